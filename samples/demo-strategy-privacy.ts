import type { Actor } from "../src/base/actor.ts";
import { draftFiling } from "../src/filings/draft-filing.ts";
import { findForm } from "../src/filings/filing-form.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import { enterLine } from "../src/privacy/enter-line.ts";
import { quizQuestions } from "../src/privacy/quiz.ts";
import { closeLine } from "../src/privacy/step-line.ts";
import { takeQuiz } from "../src/privacy/take-quiz.ts";
import type { DemoClock } from "./demo-clock.ts";
import { paperOf } from "./demo-privacy.ts";
import type { StrategyStaff } from "./demo-workplan.ts";

/** 策定支援で回答票と意見を扱う人の資格: 名簿、誓約書、研修と確認テスト。 */
export async function qualifyStrategy(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<void> {
  const { manager, supervisor, privacy, planner } = staff;
  clock.set("2024-06-03T15:00:00");
  const enter = async (
    register: string,
    fields: Record<string, string>,
    more: { filing?: string; paper?: string } = {},
  ) => {
    const file =
      more.paper === undefined ? undefined : { fileName: "paper.docx", bytes: paperOf(more.paper) };
    return (await enterLine(office, privacy, { register, fields, filing: more.filing, file })).id;
  };
  const filing = await report(office, privacy);
  const course = await enter(
    "course",
    {
      ...{ name: "着手前の研修（個人情報と情報セキュリティ）", day: "2024-06-04" },
      content: "特記事項の順守、回答票と意見の扱い、自由記述の中の個人情報、事故のときの連絡",
      system: "講師 保護管理者、責任者 業務責任者",
    },
    { paper: "着手前の研修　教材" },
  );
  const people: readonly [Actor, string, string][] = [
    [manager, "業務の統括、委託者との連絡", "報告に要る範囲"],
    [supervisor, "回答票の入力の照合", "回答票（氏名はない）"],
    [privacy, "保護管理、消去と監査", "閲覧の記録。内容は理由のあるときだけ"],
    [
      planner,
      "アンケートの集計、意見の整理、会議の事務",
      "自由記述、意見を出した方の氏名・住所、委員の連絡先",
    ],
  ];
  for (const [actor, work, scope] of people) {
    const fields = { handler: actor.id, employment: "regular", work, scope, from: "2024-06-03" };
    await enter("handler", fields, { filing });
    await enter(
      "pledge",
      { handler: actor.id, signed: "2024-06-03", place: "事務室の耐火金庫 2段" },
      { paper: "秘密保持に関する誓約書" },
    );
  }
  clock.set("2024-06-04T16:00:00");
  for (const [actor] of people)
    await takeQuiz(office, actor, { course, answers: quizQuestions.map(({ answer }) => answer) });
  await closeLine(office, manager, course, { result: "全員合格。" });
}

/** 保護管理者及び従業者の報告書（特記 第3条1）。 */
async function report(office: Office, privacy: Actor): Promise<string> {
  const form = findForm("handler-list");
  if (form === undefined) throw new Error("no form handler-list");
  const { id } = await draftFiling(office, privacy, {
    ...{ kind: form.kind, form: form.code, title: form.title, clause: form.clause, body: "" },
    fields: {
      ...{ privacyManager: "管理部 課長", from: "2024-06-03" },
      handlers: "4名（責任者、入力の照合、保護管理者、企画担当）",
    },
  });
  await submitFiling(office, privacy, id);
  return id;
}
