import { AppError } from "../base/error.ts";
import type {
  PersonHit,
  PersonHolder,
  PersonPick,
  PickedKeys,
  SoughtPerson,
} from "../erasure/person-holder.ts";
import { nameKey } from "../japan/person-name.ts";
import { phoneKey } from "../japan/phone.ts";
import { type Member, seatNames } from "../meetings/meeting.ts";
import type { Office } from "../platform/office.ts";
import { dropMemberAnswers } from "./council-store.ts";
import { readCouncil } from "./read-council.ts";

/**
 * 委員の一人の、申出による消去（特記 第13条）。消すのは登録（氏名、所属、電話、メール、謝金）と日程の回答。
 * 出欠と謝金の行は仮名のまま残り、公表した会議録は委託者への提出物として残る。傍聴の方は、数だけを残し氏名を持たない。
 */
export const memberHolder: PersonHolder = { code: "member", label: "委員", find, keysOf, release };

async function find(office: Office, contract: string, sought: SoughtPerson): Promise<PersonHit[]> {
  const { members } = await readCouncil(office, contract);
  return members.flatMap((one): PersonHit[] => {
    const basis = basisOf(one, sought);
    if (basis === undefined) return [];
    return [
      {
        ...{ holder: "member", ref: one.id, basis, hows: ["identity"] },
        label: `有識者会議の委員 ${one.number}番（${seatNames[one.seat]}）`,
        note: one.active
          ? "任期中です。先に、委員の名簿で任期を終えます。"
          : "出欠の行は仮名で、公表した会議録はそのまま残ります。声は会議の録音にも入っています。",
      },
    ];
  });
}

function basisOf({ name, phone, reserve, mail }: Member, sought: SoughtPerson): string | undefined {
  const sameName = sought.name !== "" && nameKey(name) === nameKey(sought.name);
  const number = phoneKey(sought.contact);
  const samePlace =
    (number !== undefined && [phone, reserve].some((one) => phoneKey(one) === number)) ||
    (mail !== "" && mail.toLowerCase() === sought.contact.toLowerCase());
  if (sameName && samePlace) return "氏名と連絡先が同じ";
  if (sameName) return "氏名が同じ";
  return samePlace ? "連絡先が同じ" : undefined;
}

async function keysOf(office: Office, contract: string, picks: readonly PersonPick[]): Promise<PickedKeys> {
  const { members } = await readCouncil(office, contract);
  const alive = await office.keys.get(
    contract,
    picks.map(({ ref }) => ref),
  );
  const labels = picks.map(({ ref }) => {
    const member = members.find(({ id }) => id === ref);
    if (!member || !alive.has(ref))
      throw new AppError(
        "REFUSED",
        "その委員の分は、もう消してあるか、登録がありません。探し直してください。",
      );
    if (member.active)
      throw new AppError(
        "REFUSED",
        `委員 ${member.number}番の方は任期中です。委員の名簿で任期を終えてから、消去の範囲を決めてください。`,
      );
    const label = `有識者会議の委員 ${member.number}番: 氏名・所属・電話・メール・謝金の登録と、日程の回答。出欠（仮名）と公表した会議録は残る。`;
    return { ref, label };
  });
  return { keys: picks.map(({ ref }) => ref), labels, spared: {} };
}

/** 日程の回答は会議の鍵で封じてあるので、行を除く。 */
async function release(office: Office, contract: string, picks: readonly PersonPick[]): Promise<void> {
  for (const { ref } of picks) await office.keep((tx) => dropMemberAnswers(tx, contract, ref));
}
