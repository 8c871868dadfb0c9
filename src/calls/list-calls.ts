import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { maskPhone } from "../japan/phone.ts";
import { linksFrom } from "../platform/link-store.ts";
import type { Office } from "../platform/office.ts";
import { isOffered } from "../telephony/call-definition.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOn } from "../terms/term.ts";
import { type CallSource, type CallState, callSources, callStates } from "./call.ts";
import { refuseCall } from "./call-right.ts";
import { countCallRows, findCall, listCallRows, type StoredCall } from "./call-store.ts";
import { openCalls } from "./open-calls.ts";
import { type CallPop, earlierOf } from "./pop-call.ts";

/** 一覧の一行。番号は伏せる。 */
export interface ListedCall {
  id: string;
  state: CallState;
  stateText: string;
  source: CallSource;
  sourceText: string;
  arrivedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  waited: number | null;
  talked: number | null;
  queue: string;
  desk: string;
  caller: string | undefined;
  taskId: string | null;
}

/** 絞り込み。what は終わり方か、「offered」（時間外を除く全部）、「unlinked」（残したもののない応答）。 */
export interface CallQuery {
  from?: string | undefined;
  to?: string | undefined;
  what?: string | undefined;
  hour?: string | undefined;
  desk?: string | undefined;
  page?: number | undefined;
}

export interface CallList {
  rows: ListedCall[];
  total: number;
  page: number;
  pages: number;
  from: Day;
  to: Day;
}

const PAGE = 50;
const answeredStates: CallState[] = ["answered", "talking"];
const offeredStates = (Object.keys(callStates) as CallState[]).filter(
  (state) => state === "waiting" || state === "talking" || isOffered(state),
);

/** 期間。省けば、いまの期の始まりから本日まで。 */
export async function rangeOf(
  office: Office,
  contract: string,
  given: { from?: string | undefined; to?: string | undefined },
): Promise<{ from: Day; to: Day }> {
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const term = blueprint.terms.length > 0 ? termOn(blueprint, today) : undefined;
  const first = term && term.deskFrom <= today ? term.deskFrom : today;
  const from = given.from || first;
  const to = given.to || (given.from && given.from > today ? given.from : today);
  for (const [field, day] of Object.entries({ from, to }))
    if (!isDay(day))
      throw new AppError("BAD_INPUT", "日は「2025-09-17」の形で入れてください。", {
        faults: [{ field, message: "「2025-09-17」の形で入れてください。" }],
      });
  return from <= to ? { from, to } : { from: to, to: from };
}

/** 電話の一覧（新しい順）。 */
export async function listCalls(office: Office, actor: Actor, query: CallQuery): Promise<CallList> {
  refuseCall("see", actor);
  const { from, to } = await rangeOf(office, actor.contract, query);
  const { what, hour, desk } = query;
  const states =
    what === "offered"
      ? offeredStates
      : what === "unlinked"
        ? answeredStates
        : what && Object.hasOwn(callStates, what)
          ? [what as CallState]
          : undefined;
  const slots = hour && /^\d\d:(00|30)$/.test(hour) ? [hour] : undefined;
  const filter = { from, to, states, slots, desk: desk || undefined, unlinked: what === "unlinked" };
  const total = await countCallRows(office.read, actor.contract, filter);
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const page = Math.min(pages, Math.max(1, query.page ?? 1));
  const rows = await listCallRows(office.read, actor.contract, filter, {
    limit: PAGE,
    offset: (page - 1) * PAGE,
  });
  const opened = await openCalls(office, actor.contract, rows);
  return { rows: opened.map(showCall), total, page, pages, from, to };
}

/** 一件の電話と、この番号の予約、この電話で残したもの（「室/種類/id」と名）。 */
export interface OpenedCall {
  call: ListedCall;
  earlier: CallPop["earlier"];
  left: { ref: string; label: string }[];
}

export async function openCall(office: Office, actor: Actor, id: string): Promise<OpenedCall> {
  refuseCall("see", actor);
  const row = await findCall(office.read, actor.contract, id);
  if (!row) throw new AppError("NOT_FOUND", "その電話の記録はありません。一覧から選び直してください。");
  const [opened] = await openCalls(office, actor.contract, [row]);
  const people = actor.roles.some(
    (role) => role === "operator" || role === "supervisor" || role === "manager",
  );
  const earlier = row.caller_hmac && people ? await earlierOf(office, actor, row.caller_hmac) : [];
  const links = await linksFrom(office.read, actor.contract, `calls/call/${id}`);
  const left = links.map(({ to_ref, label }) => ({ ref: to_ref, label }));
  return { call: showCall(opened ?? { ...row, caller: null }), earlier, left };
}

function showCall(row: StoredCall): ListedCall {
  return {
    id: row.id,
    state: row.state,
    stateText: callStates[row.state],
    source: row.source,
    sourceText: callSources[row.source],
    arrivedAt: row.arrived_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    waited: row.waited,
    talked: row.talked,
    queue: row.queue,
    desk: row.desk,
    caller: row.caller === null ? undefined : /\d/.test(row.caller) ? maskPhone(row.caller) : row.caller,
    taskId: row.task_id,
  };
}
