import type { HandlerName } from "../access/name-handlers.ts";
import { roleLabels } from "../access/role.ts";
import type { Role } from "../base/actor.ts";
import { type Day, type Instant, instantOf } from "../base/time.ts";
import { readDutyKey } from "../contract/duty.ts";
import type { OwedLine } from "../contract/owed-line.ts";
import { dueOf, kindInfo } from "../filings/filing.ts";
import type { ListedFiling } from "../filings/list-filings.ts";
import { dueText, type Urgency, urgencyOf, urgencyText } from "../japan/deadline.ts";
import { postingClock } from "../japan/posting-clock.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { UnsentDay, WaitingBatch } from "../notices/list-unsent.ts";
import type { ListedTask } from "../tasks/list-tasks.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";

/** 期限のある業務の一行。題に個人情報は入らない。 */
export interface Deadline {
  id: string;
  source: "posting" | "approval" | "list" | "task" | "filing" | "duty";
  title: string;
  clause: string;
  /** 担当の一人（姓）、決まっていなければ役割。 */
  holder: string;
  /** 行き先（見せないものなら undefined）。 */
  href: string | undefined;
  /** 行き先の道の id（役割で開けなければ、つながりにしない）。 */
  routeId: string;
  due: Instant | null;
  urgency: Urgency | undefined;
  /** 「1日遅れ」「本日」「あと3日」「期限なし」。 */
  urgencyText: string;
  /** 「17:00まで」「9月22日（月）15:00」「－」。 */
  dueText: string;
  /** 講習会の日（投函のとき）。 */
  days?: readonly Day[];
}

/** 期ごとの予約者リストを、出したか（仕様書９(2)）。 */
export interface TermList {
  term: Term;
  bookings: number;
  delivered: boolean;
}

export interface DeadlineFacts {
  now: Instant;
  blueprint: Pick<Blueprint, "calendar" | "posting" | "hours">;
  unsent: readonly UnsentDay[];
  batches: readonly WaitingBatch[];
  lists: readonly TermList[];
  tasks: readonly ListedTask[];
  filings: readonly ListedFiling[];
  names: ReadonlyMap<string, HandlerName>;
  /** 受託者の中の人か。委託者には、遅れていることは見えても、下書きの中身は見えない。 */
  inside: boolean;
  /** 条項から求められていること（遅れと、いま）。 */
  owed: readonly OwedLine[];
}

type Bare = Omit<Deadline, "urgency" | "urgencyText" | "dueText">;

/** 遅れ → 本日 → これから → 期限なし。画面の一文も帯も、この行から数える。 */
export function listDeadlines(facts: DeadlineFacts): Deadline[] {
  const { now, blueprint } = facts;
  return [
    ...postingRows(facts),
    ...approvalRows(facts),
    ...listRows(facts),
    // 義務を知らせる仕事は、義務の行と同じものなので並べない。
    ...facts.tasks.filter((task) => task.about?.room !== "contract").map(taskRow),
    ...dutyRows(facts),
    ...facts.filings
      .filter((filing) => !isForDuty(filing, facts))
      .flatMap((filing) => filingRow(filing, facts)),
  ]
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map((row) => ({
      ...row,
      urgency: row.due === null ? undefined : urgencyOf(row.due, now),
      urgencyText: row.due === null ? "期限なし" : urgencyText(blueprint.calendar, row.due, now),
      dueText: row.due === null ? "－" : dueText(row.due, now),
    }));
}

function orderOf({ due, source, id }: Bare): string {
  return `${due ?? "9999"}|${source}|${id}`;
}

export interface DeadlineTally {
  late: number;
  today: number;
  total: number;
}

/** 一文で言う数。行と同じものから数える。 */
export function tallyDeadlines(rows: readonly Deadline[]): DeadlineTally {
  const count = (urgency: Urgency) => rows.filter((row) => row.urgency === urgency).length;
  return { late: count("late"), today: count("due"), total: rows.length };
}

/** その役割の人がただ一人ならその姓、そうでなければ役割の名。 */
export function ownerOf(role: Role, names: DeadlineFacts["names"]): string {
  const held = [...names.values()].filter((one) => one.roles.includes(role));
  const [only] = held;
  return only !== undefined && held.length === 1 ? only.short : roleLabels[role];
}

/** 受講日から逆算した投函の期限（仕様書６(2)オ）。同じ期限の受講日は一行にまとめる。 */
function postingRows({ unsent, blueprint, names }: DeadlineFacts): Bare[] {
  const byDeadline = Map.groupBy(
    unsent,
    ({ day }) => postingClock(day, blueprint.calendar, blueprint.posting).postBy.at,
  );
  return [...byDeadline.entries()].map(([due, group]) => {
    const days = group.map((one) => one.day);
    const count = group.reduce((sum, one) => sum + one.unsent, 0);
    return {
      id: `posting-${days[0] ?? ""}`,
      source: "posting",
      title: `通知書の投函 ${daysText(days)}分 ${count}通`,
      clause: "6(2)オ",
      holder: ownerOf("operator", names),
      href: "/notices",
      routeId: "notice.list",
      due,
      days,
    };
  });
}

/** 「10月1日・2日」「10月1日・11月4日」「10月1日など4日」。 */
export function daysText(days: readonly Day[]): string {
  const [first = "", second] = days;
  if (second === undefined) return formatMonthDay(first);
  if (days.length > 2) return `${formatMonthDay(first)}など${days.length}日`;
  const sameMonth = first.slice(0, 7) === second.slice(0, 7);
  return `${formatMonthDay(first)}・${sameMonth ? `${Number(second.slice(8))}日` : formatMonthDay(second)}`;
}

/** 承認待ちの束。期限は、束の中でいちばん早い投函の期限（承認しないと投函できない）。 */
function approvalRows({ batches, blueprint, names }: DeadlineFacts): Bare[] {
  return batches.map((batch) => {
    const [day] = batch.days;
    const due = day === undefined ? null : postingClock(day, blueprint.calendar, blueprint.posting).postBy.at;
    return {
      id: `batch-${batch.id}`,
      source: "approval",
      title: `通知書の承認 第${batch.number}束 ${batch.waiting}通`,
      clause: "6(5)ア",
      holder: ownerOf("supervisor", names),
      href: `/notices/${batch.id}`,
      routeId: "notice.batch",
      due,
    };
  });
}

/** 予約者リストは、各期の開設期間終了時に出す（仕様書９(2)）。 */
function listRows({ lists, blueprint, names }: DeadlineFacts): Bare[] {
  return lists
    .filter((one) => one.bookings > 0 && !one.delivered)
    .map(({ term }) => ({
      id: `list-${term.id}`,
      source: "list",
      title: `予約者リスト（${term.label}）の提出`,
      clause: "9(2)",
      holder: ownerOf("manager", names),
      href: `/lists?term=${encodeURIComponent(term.id)}`,
      routeId: "lists.page",
      due: instantOf(term.deskTo, blueprint.hours.close),
    }));
}

function taskRow(task: ListedTask): Bare {
  return {
    id: `task-${task.id}`,
    source: "task",
    title: task.title,
    clause: task.clause,
    holder: task.holderText,
    href: `/tasks/${task.id}`,
    routeId: "task.page",
    due: task.due,
  };
}

/** 条項から求められていることのうち、期限のあるもの。投函・リストのように、ほかの行が立つものは、そちらに任せる。 */
function dutyRows({ owed, lists, unsent, filings, names }: DeadlineFacts): Bare[] {
  const drafted = new Set(
    filings.flatMap(({ state, obligation }) =>
      state === "draft" && obligation ? readDutyKey(obligation) : [],
    ),
  );
  const told = new Set([...(lists.length > 0 ? ["9(2)"] : []), ...(unsent.length > 0 ? ["6(2)オ"] : [])]);
  return owed
    .filter((line) => line.due !== null && line.nature !== "client" && !line.lapsed)
    .filter((line) => !(told.has(line.clause) && line.state !== "late"))
    .map((line) => ({
      id: `duty-${line.key}`,
      source: "duty",
      title: drafted.has(line.key) ? `${line.title}（作成中）` : line.title,
      clause: line.clause,
      holder: ownerOf(line.role, names),
      href: `/contract/duties/${encodeURIComponent(line.key)}`,
      routeId: "contract.duty",
      due: line.due,
    }));
}

/** 並んでいる義務のための下書き。義務の行が立つので、別には並べない。 */
function isForDuty({ state, obligation }: ListedFiling, { owed }: DeadlineFacts): boolean {
  return state === "draft" && !!obligation && owed.some((line) => line.key === readDutyKey(obligation));
}

/** 答えを待っているもの。差し戻されて作り直しているもの（期限つきの下書き）も、こちらの仕事として並ぶ。 */
function filingRow(filing: ListedFiling, { names, inside }: DeadlineFacts): Bare[] {
  const row = {
    id: `filing-${filing.id}`,
    source: "filing" as const,
    clause: filing.clause,
    href: `/filings/${filing.id}`,
    routeId: "filing.page",
    due: filing.due,
  };
  if (filing.state === "submitted") {
    const fromClient = kindInfo(filing.kind).from === "client";
    const holder = fromClient ? ownerOf("manager", names) : "委託者";
    const due = dueOf(filing.kind) === "submit" ? null : filing.due;
    return [{ ...row, due, title: `${filing.title}（${filing.stateText}）`, holder }];
  }
  if (filing.state !== "draft" || filing.due === null) return [];
  if (!inside && dueOf(filing.kind) === "answer") return [];
  const holder = names.get(filing.madeBy)?.short ?? ownerOf("manager", names);
  return [{ ...row, href: inside ? row.href : undefined, title: `${filing.title}（作成中）`, holder }];
}
