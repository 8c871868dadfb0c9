import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import { roleLabels } from "../access/role.ts";
import type { About } from "../base/about.ts";
import { readAbout } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { dueText, type Urgency, urgencyOf, urgencyText } from "../japan/deadline.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import {
  compareTasks,
  type TaskKind,
  type TaskRole,
  type TaskState,
  type TaskTerms,
  type TryResult,
  taskKinds,
  tryResults,
} from "./task.ts";
import { taskEvents } from "./task-event.ts";
import { countOpenTasks as countRows, findTask, listStoredTasks, type StoredTask } from "./task-store.ts";

/** 一覧の一行。 */
export interface ListedTask {
  id: string;
  kind: TaskKind;
  kindLabel: string;
  title: string;
  clause: string;
  role: TaskRole;
  holder: string | null;
  /** 引き受けた人の姓、いなければ役割の名。 */
  holderText: string;
  state: TaskState;
  due: Instant | null;
  /** 期限がなければ undefined。 */
  urgency: Urgency | undefined;
  /** 「1日遅れ」「本日」「あと3日」「期限なし」。 */
  urgencyText: string;
  /** 「17:00まで」「9月22日（月）15:00」「－」。 */
  dueText: string;
  attempts: number;
  about: About | undefined;
  closedAt: Instant | null;
}

export type TaskWhen = "late" | "due" | "soon" | "none";

export interface TaskFilter {
  state?: TaskState | undefined;
  kind?: TaskKind | undefined;
  when?: TaskWhen | undefined;
  /** "me" は自分が引き受けたもの、"free" はまだだれも引き受けていないもの。 */
  holder?: "me" | "free" | undefined;
}

const MOST_CLOSED = 500;

/** 仕事を、遅れ → 本日 → これから → 期限なしの順に。閉じたものは新しい順に 500 件まで。 */
export async function listTasks(
  office: Office,
  actor: Actor,
  terms: TaskTerms,
  filter: TaskFilter = {},
): Promise<ListedTask[]> {
  const { state = "open" } = filter;
  const rows = await listStoredTasks(office.read, actor.contract, state, MOST_CLOSED);
  const show = await shower(office, actor.contract, terms);
  const sorted = state === "open" ? rows.sort(compareTasks) : rows;
  return sorted.map(show).filter((task) => matches(task, filter, actor.id));
}

function matches(task: ListedTask, { kind, when, holder }: TaskFilter, me: string): boolean {
  if (kind !== undefined && task.kind !== kind) return false;
  if (when !== undefined && (task.urgency ?? "none") !== when) return false;
  if (holder === "me") return task.holder === me;
  return holder !== "free" || task.holder === null;
}

/** 残っている仕事の数。 */
export function countTasks(office: Pick<Office, "read">, contract: string): Promise<number> {
  return countRows(office.read, contract);
}

/** 仕事に起きたことの一行。 */
export interface TaskHistory {
  at: Instant;
  what: string;
  who: string;
  more: string;
}

/** 仕事を一つ、履歴とともに。なければ NOT_FOUND。 */
export async function openTaskDetail(
  office: Office,
  actor: Actor,
  terms: TaskTerms,
  id: string,
): Promise<{ task: ListedTask; history: TaskHistory[]; handlers: HandlerName[] }> {
  const row = await findTask(office.read, actor.contract, id);
  if (!row) throw new AppError("NOT_FOUND", "その仕事はありません。仕事の一覧から選び直してください。");
  const [events, names, show] = await Promise.all([
    listEvents(office.read, { contract: actor.contract, about: id, limit: 200 }),
    nameHandlers(office, actor.contract),
    shower(office, actor.contract, terms),
  ]);
  const labels = new Map(taskEvents.map((kind) => [kind.kind, kind.label]));
  return {
    task: show(row),
    handlers: [...names.values()].filter((one) => !one.roles.every((r) => r === "client" || r === "auditor")),
    history: events.map((event) => ({
      at: event.at,
      what: labels.get(event.kind) ?? event.kind,
      who: names.get(event.actor)?.short ?? (event.actor === "system" ? "まどぐち" : ""),
      more: moreOf(event.payload, names),
    })),
  };
}

function moreOf(payload: { [key: string]: unknown }, names: ReadonlyMap<string, HandlerName>): string {
  const { result, holder, late } = payload;
  if (typeof result === "string" && Object.hasOwn(tryResults, result)) return tryResults[result as TryResult];
  if (typeof holder === "string") return `担当 ${names.get(holder)?.short ?? "ほかの人"}`;
  return late === true ? "期限の後" : "";
}

async function shower(
  office: Office,
  contract: string,
  terms: TaskTerms,
): Promise<(row: StoredTask) => ListedTask> {
  const names = await nameHandlers(office, contract);
  const now = office.clock.officeNow(contract);
  return (row) => showTask(row, terms, names, now);
}

function showTask(
  row: StoredTask,
  { calendar }: TaskTerms,
  names: ReadonlyMap<string, HandlerName>,
  now: Instant,
): ListedTask {
  const holder = row.holder === null ? undefined : (names.get(row.holder)?.short ?? "異動した人");
  return {
    id: row.id,
    kind: row.kind,
    kindLabel: taskKinds[row.kind],
    title: row.title,
    clause: row.clause,
    role: row.role,
    holder: row.holder,
    holderText: holder ?? roleLabels[row.role],
    state: row.state,
    due: row.due,
    urgency: row.due === null ? undefined : urgencyOf(row.due, now),
    urgencyText: row.due === null ? "期限なし" : urgencyText(calendar, row.due, now),
    dueText: row.due === null ? "－" : dueText(row.due, now),
    attempts: row.attempts,
    about: readAbout(row.about),
    closedAt: row.closed_at,
  };
}
