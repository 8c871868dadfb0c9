import { readFile } from "node:fs/promises";
import { insertRole } from "../src/access/account-store.ts";
import { createAccount } from "../src/access/create-account.ts";
import { DEMO_PASSWORD, demoHandlers } from "../src/access/demo-account.ts";
import { type Actor, systemActor } from "../src/base/actor.ts";
import { dayOf } from "../src/base/time.ts";
import { attestDuty, evidenceDuty } from "../src/contract/evidence-duty.ts";
import { readOwed } from "../src/contract/read-owed.ts";
import { addBusinessDays } from "../src/japan/business-day.ts";
import type { Office } from "../src/platform/office.ts";
import { bundleBlueprint } from "../src/terms/blueprint.ts";
import { shiftClock } from "../src/terms/list-contracts.ts";
import { openContract } from "../src/terms/open-contract.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { adoptWorkplan, previewMove, rebaseWorkplan } from "../src/workplan/adopt-workplan.ts";
import { changeTask } from "../src/workplan/change-task.ts";
import { blankTask, type PlanTask, readLinks } from "../src/workplan/plan-task.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { DemoStaff } from "./demo-office.ts";

/** 二つ目の契約（第２次 ICT 活用戦略の策定支援）。履行期間の半ばに置く。 */
export const STRATEGY_CONTRACT = "ict-strategy";
/** 意見募集は終わり、意見の整理の半ば。3回目の有識者会議は日程を決めるところ。 */
export const STRATEGY_NOW = "2025-01-14T10:00:00";
const blueprintFile = new URL("../blueprints/sapporo-ict-strategy.yaml", import.meta.url);

/** 受託者（架空）。 */
const sender = `sender:
  postal: 060-0001
  address: 札幌市中央区北一条西0丁目0-0
  name: ゆきあかり計画研究所
`;

export interface StrategyStaff {
  manager: Actor;
  planner: Actor;
  supervisor: Actor;
  privacy: Actor;
  client: Actor;
}

/** 策定支援の契約を始め、同じ従業者に役割を、企画担当に席を与える。時計は 2024年6月に戻る。 */
export async function startStrategy(
  office: Office,
  clock: DemoClock,
  staff: DemoStaff,
): Promise<StrategyStaff> {
  clock.set("2024-06-03T09:00:00");
  const system = systemActor(STRATEGY_CONTRACT);
  // 差出人は、準用する文書をつなげる前の、設計図そのものに書き足す。
  const yaml = await bundleBlueprint(`${await readFile(blueprintFile, "utf8")}\n${sender}`, (name) =>
    readFile(new URL(`${name}.yaml`, blueprintFile), "utf8"),
  );
  await startContract(office, system, yaml);
  const here = async ({ id, roles }: Actor): Promise<Actor> => {
    const grant = { account_id: id, contract_id: STRATEGY_CONTRACT, from_day: "2024-06-03", to_day: null };
    await office.act(system, async (tx) => {
      for (const role of roles) await insertRole(tx, { ...grant, role });
      await tx.record({ kind: "account.roles-changed", about: id, payload: { roles: [...roles] } });
    });
    return { id, contract: STRATEGY_CONTRACT, roles, desk: "" };
  };
  const manager = await here(staff.manager);
  const supervisor = await here(staff.supervisor);
  const privacy = await here(staff.privacy);
  const client = await here(staff.client);
  // 監査の人は、読むだけ。どちらの契約も同じ席から読む。
  await here(staff.auditor);
  const handler = demoHandlers.find(({ roles }) => roles.includes("planner"));
  if (handler === undefined) return { manager, supervisor, privacy, client, planner: manager };
  const { id } = await createAccount(office, system, {
    number: handler.number,
    name: handler.name,
    roles: [{ role: "planner", from: "2024-06-03" }],
    password: DEMO_PASSWORD,
    factors: [{ kind: "totp", secret: handler.secret, period: 30, lastCounter: null }],
  });
  const planner: Actor = { id, contract: STRATEGY_CONTRACT, roles: ["planner"], desk: "" };
  return { manager, supervisor, privacy, client, planner };
}

/** デモの時計を、策定支援の半ばから始める。 */
export async function startStrategyClock(office: Office): Promise<void> {
  await shiftClock(office, STRATEGY_CONTRACT, Date.parse(`${STRATEGY_NOW}+09:00`) - Date.now());
}

/** 室の記録から自動で分かること（手で証跡を添えない）。 */
const byRooms = /^(?:meeting|minutes|comment|research|analysis|plan|deliverable|register|environment)\./;

/**
 * 室の記録からは分からない義務のうち、半ばまでに期限の来たものを、期限の前の営業日に果たし、続く義務を表明する。
 * 調査・計画・意見公募・会議・成果品の義務は、あとの室のほんとうの行いが果たす。
 */
export async function coverStrategy(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<void> {
  const { manager, privacy } = staff;
  const { blueprint } = await openContract(office, STRATEGY_CONTRACT);
  const ofRooms = new Set(
    blueprint.obligations
      .filter(({ nature, done }) => nature === "act" && done.some(({ event }) => byRooms.test(event)))
      .map(({ id }) => id),
  );
  clock.set("2025-01-10T17:00:00");
  const { lines } = await readOwed(office, STRATEGY_CONTRACT, { states: ["late", "due"] });
  const dated = lines
    .filter(({ nature, obligation }) => nature !== "client" && !ofRooms.has(obligation))
    .map((line) => ({ line, due: line.due === null ? "2024-06-10" : dayOf(line.due) }))
    .filter(({ due }) => due < "2025-01-10")
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  for (const { line, due } of dated) {
    const before = addBusinessDays(blueprint.calendar, due, -1);
    clock.set(`${before < "2024-06-04" ? "2024-06-04" : before}T15:00:00`);
    const by = line.role === "privacy" || line.role === "chief-privacy" ? privacy : manager;
    if (line.nature === "act")
      await evidenceDuty(office, by, line.key, { note: `${line.title}を行い、書類つづりにとじた。` });
    else await attestDuty(office, by, line.key, { note: "点検表で確かめた。", until: "2025-03-24" });
  }
}

interface Line extends Partial<Omit<PlanTask, "links">> {
  after?: string;
}
const task = (code: string, name: string, { after = "", ...more }: Line): PlanTask => ({
  ...blankTask(code, name),
  ...more,
  links: readLinks(after).links,
});
const point = (code: string, name: string, more: Line): PlanTask =>
  task(code, name, { milestone: true, days: 0, ...more });

const ours = { owner: "企画担当" };
const city = { owner: "委託者" };
const research = { ...ours, group: "調査・骨子" };
const draft = { ...ours, group: "素案" };
const comment = { ...ours, group: "パブリックコメント" };
const final = { ...ours, group: "最終原稿" };

const strategyTasks: PlanTask[] = [
  task("T01", "市民アンケートの集計・分析", {
    ...research,
    clause: "3(1)(ｱ)①",
    days: 20,
    from: "2024-06-10",
  }),
  task("T02", "これまでの取組状況の調査・分析", {
    ...research,
    clause: "3(1)(ｱ)②",
    days: 25,
    from: "2024-06-05",
  }),
  task("T03", "国や他自治体・技術の動向調査", {
    ...research,
    clause: "3(1)(ｱ)③",
    days: 30,
    from: "2024-06-05",
  }),
  task("T04", "骨子の作成", { ...research, clause: "3(1)(ｱ)", days: 15, after: "T01 T02" }),
  point("T05", "骨子の提出", { ...research, clause: "6(2)①", by: "2024-07-31", after: "T03 T04" }),
  point("T06", "有識者会議（第1回）", { ...draft, clause: "3(2)", from: "2024-08-20", after: "T05" }),
  task("T07", "素案の作成", { ...draft, clause: "3(1)(ｱ)", days: 35, after: "T05" }),
  task("T08", "ビジュアルデザインの提案", { ...draft, clause: "3(1)(ｲ)", days: 45, after: "T07SS+10" }),
  point("T09", "有識者会議（第2回）", { ...draft, clause: "3(2)", from: "2024-09-18" }),
  point("T10", "素案の提出", { ...draft, clause: "6(2)①", by: "2024-09-30", after: "T07 T09" }),
  task("T11", "庁内会議・議会への説明", {
    ...city,
    group: "パブリックコメント",
    days: 20,
    from: "2024-10-07",
    after: "T10",
  }),
  task("T12", "意見募集用の概要版原稿の作成", { ...comment, clause: "3(1)(ｳ)", days: 20, after: "T10" }),
  point("T13", "概要版原稿の提出", { ...comment, clause: "6(2)②", by: "2024-10-31", after: "T12" }),
  task("T14", "パブリックコメント", {
    ...city,
    group: "パブリックコメント",
    days: 30,
    calendar: true,
    from: "2024-11-25",
    after: "T11 T13FS+5",
  }),
  task("T15", "市民意見の整理", { ...comment, clause: "3(1)(ｴ)①", days: 20, after: "T14SS+5 T14FF+4" }),
  task("T16", "意見への回答・結果公表資料の作成", {
    ...comment,
    clause: "3(1)(ｴ)②",
    days: 10,
    by: "2025-01-31",
    after: "T15",
  }),
  point("T17", "有識者会議（第3回）", { ...final, clause: "3(2)", after: "T16FS+5" }),
  task("T18", "最終原稿・概要版の作成", { ...final, clause: "3(1)(ｵ)", days: 18, after: "T16" }),
  task("T19", "デザイン・校正", { ...final, clause: "3(1)(ｲ)", days: 8, after: "T08 T17 T18" }),
  point("T20", "最終原稿・概要版の提出", {
    ...final,
    clause: "6(2)③",
    by: "2025-03-19",
    firm: true,
    after: "T19",
  }),
  task("T21", "業務完了報告書の作成", { ...final, owner: "責任者", clause: "6(1)", days: 2, after: "T20" }),
  point("T22", "業務完了届の提出", {
    ...final,
    owner: "責任者",
    clause: "6(1)",
    by: "2025-03-24",
    firm: true,
    after: "T21",
  }),
];

type Actual = [code: string, started: string, finished: string | null, progress?: number];
const strategyActuals: Actual[] = [
  ["T02", "2024-06-05", "2024-07-10"],
  ["T03", "2024-06-05", "2024-07-19"],
  ["T01", "2024-06-10", "2024-07-05"],
  ["T04", "2024-07-11", "2024-07-31"],
  ["T05", "2024-07-31", "2024-07-31"],
  ["T06", "2024-08-20", "2024-08-20"],
  ["T09", "2024-09-18", "2024-09-18"],
  ["T07", "2024-08-01", "2024-09-26"],
  ["T10", "2024-09-30", "2024-09-30"],
  ["T12", "2024-10-01", "2024-10-30"],
  ["T13", "2024-10-31", "2024-10-31"],
  ["T11", "2024-10-07", "2024-11-08"],
];
/** 市が意見募集の始まりを動かした後のこと。 */
const laterActuals: Actual[] = [
  ["T14", "2024-12-02", "2024-12-31"],
  ["T08", "2024-08-19", null, 90],
  ["T15", "2024-12-09", null, 50],
];

/** 策定支援の工程表: 骨子と素案は済み、市が意見募集の始まりを一週間遅らせた。 */
export async function fillStrategyPlan(
  office: Office,
  clock: DemoClock,
  { planner, manager }: Pick<StrategyStaff, "planner" | "manager">,
): Promise<void> {
  const enter = async (actuals: readonly Actual[]) => {
    for (const [code, started, finished, progress = 0] of actuals) {
      clock.set(`${finished ?? "2025-01-10"}T17:10:00`);
      await changeTask(office, planner, code, { started, finished, progress });
    }
  };
  clock.set("2024-06-05T10:00:00");
  await adoptWorkplan(office, planner, {
    tasks: strategyTasks,
    reason: "別紙「想定業務スケジュール案」と、成果物の提出期限から",
  });
  await enter(strategyActuals);
  clock.set("2024-11-12T14:00:00");
  const move = { code: "T14", day: "2024-12-02", behind: "linked" as const };
  const { workplan } = await previewMove(office, manager.contract, move);
  await rebaseWorkplan(office, manager, {
    ...{ move, edition: workplan.version?.edition ?? 0 },
    reason:
      "議会の日程により、意見募集の始まりを12月2日にしたいとの連絡による。整理と回答の期限も同じだけ動かす。",
  });
  await enter(laterActuals);
  clock.set(STRATEGY_NOW.replace("10:00", "09:50"));
}

const bookingTasks: PlanTask[] = [
  task("T01", "開設の準備（席・電話・研修）", {
    owner: "責任者",
    clause: "6(5)",
    days: 5,
    from: "2025-07-02",
    group: "第一期",
  }),
  task("T02", "申込受付（第一期）", {
    owner: "SV",
    clause: "6(3)",
    days: 10,
    from: "2025-07-11",
    after: "T01",
    group: "第一期",
  }),
  point("T03", "予約者リストの納品（第一期）", {
    owner: "SV",
    clause: "6(4)",
    by: "2025-07-28",
    after: "T02",
    group: "第一期",
  }),
  task("T04", "申込受付（第二期）", {
    owner: "SV",
    clause: "6(3)",
    days: 8,
    from: "2025-09-11",
    after: "T03",
    group: "第二期",
  }),
  task("T05", "受講通知書の発送（第二期）", {
    owner: "SV",
    clause: "6(2)",
    days: 6,
    after: "T04SS+3 T04FF+2",
    by: "2025-09-30",
    group: "第二期",
  }),
  point("T06", "予約者リストの納品（第二期）", {
    owner: "SV",
    clause: "6(4)",
    by: "2025-09-30",
    after: "T04FS+1",
    group: "第二期",
  }),
  task("T07", "ＦＡＱの手直しと納品", {
    owner: "SV",
    clause: "9(3)",
    days: 10,
    from: "2025-09-18",
    group: "まとめ",
  }),
  task("T08", "業務完了報告書の作成", {
    owner: "責任者",
    clause: "9",
    days: 5,
    after: "T05 T06 T07",
    group: "まとめ",
  }),
];

/** 講習会の申込受付の、小さい工程表。 */
export async function fillBookingPlan(
  office: Office,
  clock: DemoClock,
  { manager, supervisor }: DemoStaff,
): Promise<void> {
  clock.set("2025-07-02T10:30:00");
  await adoptWorkplan(office, manager, { tasks: bookingTasks, reason: "仕様書の開設期間と納品の期限から" });
  const actuals: Actual[] = [
    ["T01", "2025-07-02", "2025-07-09"],
    ["T02", "2025-07-11", "2025-07-25"],
    ["T03", "2025-07-28", "2025-07-28"],
    ["T04", "2025-09-11", null, 50],
    ["T05", "2025-09-16", null, 20],
  ];
  for (const [code, started, finished, progress = 0] of actuals) {
    clock.set(`${finished ?? "2025-09-17"}T12:10:00`);
    await changeTask(office, supervisor, code, { started, finished, progress });
  }
}
