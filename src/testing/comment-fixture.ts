import type { Actor } from "../base/actor.ts";
import { changeFrame, openPeriod, savePeriod } from "../comments/open-period.ts";
import type { NewLetter } from "../comments/receive-letters.ts";
import type { Office } from "../platform/office.ts";

/** 試験の意見公募で公表するもの。 */
export const wholeChecklist = {
  ...{ draft: "素案 令和7年8月版", purpose: "次の計画を定める", summary: "三つの章", issues: "窓口を残すか" },
  ...{ places: "本庁舎\n区役所", form: "郵送・持参・FAX・メール" },
};

export const smallFrame = [
  {
    code: "1-1",
    title: "書かない窓口",
    chapter: "第１章 窓口",
    page: "12",
    description: "窓口 紙の申請書 待ち時間",
  },
  {
    code: "1-2",
    title: "オンラインの手続",
    chapter: "第１章 窓口",
    page: "15",
    description: "電子申請 スマートフォン",
  },
  { code: "2-1", title: "身近な相談", chapter: "第２章 支援", page: "20", description: "相談 教室 高齢者" },
  { code: "9", title: "その他", chapter: "その他", page: "", description: "" },
];

/** 8月10日から9月8日までの30日間の意見公募を始める。 */
export async function openComments(office: Office, actor: Actor): Promise<void> {
  const given = {
    title: "窓口の計画（素案）",
    from: "2025-08-10",
    to: "2025-09-08",
    checklist: wholeChecklist,
  };
  await savePeriod(office, actor, given);
  await changeFrame(office, actor, { frame: smallFrame });
  await openPeriod(office, actor);
}

/** 一通。 */
export function letterOf(text: string, more: Partial<NewLetter> = {}): NewLetter {
  return {
    ...{ channel: "post", day: "2025-09-01", age: "a60", ward: "北区", kids: false, signers: 1, source: "" },
    ...{ senders: [], text },
    ...more,
  };
}
