import type { Actor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { amendFiling, draftFiling, editFiling, type NewFiling } from "../src/filings/draft-filing.ts";
import type { Outcome } from "../src/filings/filing.ts";
import { findForm } from "../src/filings/filing-form.ts";
import { openFiling } from "../src/filings/list-filings.ts";
import { prepareFiling } from "../src/filings/prepare-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import { withdrawFiling } from "../src/filings/withdraw-filing.ts";
import type { Office } from "../src/platform/office.ts";
import type { CityStaff } from "./demo-city.ts";
import type { DemoClock } from "./demo-clock.ts";

/** 様式から作った文書の、どの状態も一つずつ（下書き、待ち、期限切れ、受領、承認、差戻しの後の版、不承認、取下げ）。 */
export async function fileForms(office: Office, clock: DemoClock, staff: CityStaff): Promise<void> {
  const { manager, privacy, supervisor, client } = staff;
  const at = (moment: string) => clock.set(`2025-${moment}:00`);
  const draft = (by: Actor, form: string, fields: Record<string, string>, more: Partial<NewFiling> = {}) =>
    draftFiling(office, by, { ...blankOf(form), fields, ...more }).then(({ id }) => id);
  const answer = (id: string, outcome: Outcome, text = "") =>
    answerFiling(office, client, id, { outcome, text });

  at("08-20T11:00");
  const hire = await draft(supervisor, "direct-hire-exception", {
    who: "OP 2名",
    form: "派遣（有期）",
    reason: "第二期の初日の入電に備えるため。",
    safety: "誓約書と研修を終えてから着席させ、SV が同席します。",
  });
  await submitFiling(office, manager, hire);
  at("08-22T15:10");
  await answer(hire, "refused", "直接雇用の方で対応してください。");

  at("08-26T10:00");
  const area = await draft(privacy, "area-change", {
    before: "受付センター 3階 執務室",
    after: "受付センター 3階 執務室・印刷室",
    measures: "印刷室を施錠し、入退室を記録します。",
    from: "2025-09-08",
    reason: "受講通知書の印刷を区域の中で終えるため。",
  });
  await submitFiling(office, privacy, area);
  at("08-28T16:00");
  await answer(area, "returned", "警報と監視の措置を書き足してください。");
  at("08-29T09:30");
  await amendFiling(office, privacy, area);
  const { filing } = await openFiling(office, privacy, area);
  await editFiling(office, privacy, area, {
    ...{ title: filing.title, clause: filing.clause, body: "", edition: filing.edition },
    fields: {
      ...(JSON.parse(filing.fields ?? "{}") as Record<string, string>),
      measures: "印刷室を施錠し、入退室を記録します。入口に警報と監視カメラを置きます。",
    },
  });
  await submitFiling(office, privacy, area);
  at("09-02T11:20");
  await answer(area, "approved", "承認します。");

  at("09-05T14:00");
  const takeout = await draft(manager, "data-takeout-request", {
    items: "受講通知書 35通",
    destination: "郵便局（引受）",
    day: "2025-09-18",
    protection: "施錠した搬送容器。",
    reason: "集荷に間に合わないときに備えるため。",
  });
  await submitFiling(office, manager, takeout);
  at("09-08T09:10");
  await withdrawFiling(office, manager, takeout);

  at("09-09T10:00");
  const erase = await draft(privacy, "erasure-request", {
    items: "第一期の予約者リストの写し（氏名、電話番号）",
    media: "事務所のデータ（暗号化）",
    quantity: "4ファイル",
    method: "本人ごとの鍵を消し、写しを復元できない形で消去します。",
    day: "2025-09-30",
  });
  await submitFiling(office, privacy, erase);

  at("09-17T10:30");
  const question = await draft(supervisor, "question", {
    question: "車いすの方の会場の入口について、案内してよい場所を教えてください。",
    background: "本日の問い合わせで、二つの入口があると分かりました。",
    plan: "回答があるまで、折り返しでご案内します。",
  });
  await submitFiling(office, manager, question);
  await prepareFiling(office, manager, {
    form: "week-report",
    title: "第二期 日別集計報告",
    fields: { term: "第二期", from: "2025-09-11", to: "2025-09-26" },
    due: instantOf("2025-10-03", "16:00"),
  });
}

function blankOf(code: string): NewFiling {
  const form = findForm(code);
  if (!form) throw new Error(`様式 ${code} がない`);
  return { kind: form.kind, form: code, title: form.title, clause: form.clause, body: "" };
}
