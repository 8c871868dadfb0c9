import type { Actor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { answerFiling } from "../src/filings/answer-filing.ts";
import { draftFiling, type NewFiling } from "../src/filings/draft-filing.ts";
import { submitFiling } from "../src/filings/submit-filing.ts";
import type { Office } from "../src/platform/office.ts";
import { closeTask } from "../src/tasks/close-task.ts";
import { type NewTask, openTask } from "../src/tasks/open-task.ts";
import { takeTask } from "../src/tasks/take-task.ts";
import { readBlueprint } from "../src/terms/blueprint.ts";
import type { DemoClock } from "./demo-clock.ts";

/** 委託者とのやりとりに出てくる人。 */
export interface CityStaff {
  supervisor: Actor;
  manager: Actor;
  privacy: Actor;
  client: Actor;
}

/** 第一期までに済んだやりとり（責任者の報告、名簿の届出、開設期間の協議、指示）。 */
export async function fileFirstTerm(office: Office, clock: DemoClock, staff: CityStaff): Promise<void> {
  const { manager, privacy, supervisor, client } = staff;
  const carry = async (given: NewFiling, days: [string, string], by: [Actor, Actor], said: string) => {
    clock.set(`${days[0]}T10:30:00`);
    const { id } = await draftFiling(office, by[0], given);
    await submitFiling(office, by[1], id);
    clock.set(`${days[1]}T10:50:00`);
    const outcome = given.kind === "consultation" ? "answered" : "received";
    await answerFiling(office, client, id, { outcome, text: said });
  };
  await carry(
    {
      kind: "report",
      title: "責任者の報告",
      clause: "6(5)イ",
      body: "本業務の責任者を定めましたので、報告します。責任者は委託者との連絡の窓口を務めます。",
    },
    ["2025-07-02", "2025-07-03"],
    [supervisor, manager],
    "",
  );
  await carry(
    {
      kind: "notification",
      title: "個人情報を取り扱う従業者の届出",
      clause: "別紙1 3(2)",
      body: "個人情報を取り扱う従業者を指定しました。名簿は従業者の画面のとおりです。",
    },
    ["2025-07-03", "2025-07-04"],
    [privacy, privacy],
    "",
  );
  await carry(
    {
      kind: "consultation",
      title: "第一期の開設期間",
      clause: "6(3)ア",
      body: "第一期のコールセンターを7月11日から7月25日まで開設したいので、協議します。",
      due: instantOf("2025-07-11", "16:00"),
    },
    ["2025-07-04", "2025-07-07"],
    [supervisor, manager],
    "そのとおりで差し支えありません。",
  );
}

/** 第二期のいま: 期限を過ぎた様式１、待っている席数の協議、これからの仕事。 */
export async function fileSecondTerm(
  office: Office,
  clock: DemoClock,
  staff: CityStaff,
  blueprintYaml: string,
): Promise<void> {
  const { manager, privacy, supervisor } = staff;
  const { blueprint: terms } = readBlueprint(blueprintYaml);
  clock.set("2025-09-10T15:00:00");
  await draftFiling(office, privacy, {
    kind: "report",
    title: "8月分 取扱状況報告書",
    clause: "7(3)",
    body: "様式１により、8月分の個人情報の取扱状況を報告します。",
    form: "monthly-privacy-report",
    obligation: "monthly-privacy-report@2025-08",
    due: instantOf("2025-09-03", "16:00"),
  });
  clock.set("2025-09-16T16:20:00");
  const seats = await draftFiling(office, supervisor, {
    kind: "consultation",
    title: "席数変更の協議",
    clause: "6(5)ウ",
    body: "9月18日から、席数を4席から3席に変更したいので協議します。初日の入電が最も多く、4日目以降は3席で足りる見込みです。",
    due: instantOf("2025-09-17", "17:00"),
  });
  await submitFiling(office, manager, seats.id);
  const add = async (given: NewTask, holder?: Actor) => {
    const { id } = await openTask(office, supervisor, terms, given);
    if (holder) await takeTask(office, holder, id);
    return id;
  };
  const at = (day: string, time: string): NewTask["due"] => ({ kind: "at", at: instantOf(day, time) });
  clock.set("2025-09-12T14:00:00");
  const done = await add(
    {
      kind: "prepare",
      title: "応対記録の様式の見直し",
      clause: "6(9)",
      role: "supervisor",
      due: at("2025-09-16", "16:00"),
    },
    supervisor,
  );
  await closeTask(office, supervisor, done, "done");
  clock.set("2025-09-17T11:20:00");
  await add({
    kind: "prepare",
    title: "要員表の確認",
    clause: "6(5)ウ",
    role: "supervisor",
    due: at("2025-09-19", "16:00"),
  });
  await add({
    kind: "fix",
    title: "ＦＡＱの改版",
    clause: "6(2)エ",
    role: "supervisor",
    due: at("2025-09-25", "16:00"),
  });
}
