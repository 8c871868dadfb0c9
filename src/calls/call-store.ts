import { type ExpressionBuilder, sql } from "kysely";
import {
  bytes,
  day,
  flag,
  instant,
  int32,
  nullable,
  type Row,
  type Schema,
  sealed,
  table,
  text,
} from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { linkTable } from "../platform/link-store.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { CallSource, CallState } from "./call.ts";

/** 電話。番号は日ごとの鍵（key_id）で封じ、探すための照合値だけを別に置く。 */
export const callTable = table("call", {
  id: text(),
  contract_id: text(),
  source: text<CallSource>(),
  direction: text<"in" | "out">(),
  day: day(),
  slot: text(),
  arrived_at: instant(),
  answered_at: nullable(instant()),
  ended_at: nullable(instant()),
  state: text<CallState>(),
  /** つながらずに終わったときの、終わり方の知らせ。 */
  why: text(),
  queue: text(),
  desk: text(),
  /** 秒。 */
  waited: nullable(int32()),
  talked: nullable(int32()),
  caller: nullable(sealed()),
  caller_hmac: nullable(bytes("personal")),
  key_id: nullable(text()),
  /** 折り返しの仕事。 */
  task_id: nullable(text()),
  edition: int32(),
});
/** 知らせた側での番号（「pbx:1765411186.0」）→ 電話。 */
export const callAliasTable = table("call_alias", { contract_id: text(), alias: text(), call_id: text() });
/** 日ごとの、番号を封じる鍵。 */
export const callKeyTable = table("call_key", { contract_id: text(), day: day(), key_id: text() });
/** 電話会社の統計による話中の数。 */
export const callBusyTable = table("call_busy", {
  contract_id: text(),
  day: day(),
  count: int32(),
  made_by: text(),
  made_at: instant(),
});
/** 電話システムとの接続。edition が進むと、合い鍵が変わる。 */
export const callDoorTable = table("call_door", {
  contract_id: text(),
  opened: flag(),
  edition: int32(),
  made_by: text(),
  made_at: instant(),
});
const schema = {
  call: callTable,
  call_alias: callAliasTable,
  call_key: callKeyTable,
  call_busy: callBusyTable,
  call_door: callDoorTable,
};

const linkedSchema = { ...schema, link: linkTable };

export type CallRow = Row<typeof callTable>;
export type StoredCall = PlainRow<typeof callTable>;

export function sealCall(key: SubjectKey | undefined, row: StoredCall): CallRow {
  if (key) return sealRow(callTable, key, row);
  return { ...row, caller: null };
}

export function openCallRow(key: SubjectKey | undefined, row: CallRow): StoredCall {
  return openRow(callTable, key, row);
}

export async function insertCall(tx: Read, row: CallRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("call").values(row).execute();
}

export async function insertAlias(tx: Read, contract: string, alias: string, call: string): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("call_alias")
    .values({ contract_id: contract, alias, call_id: call })
    .onConflict((oc) => oc.columns(["contract_id", "alias"]).doNothing())
    .returning("alias")
    .execute();
  return made.length === 1;
}

export async function findCallByAlias(
  read: Read,
  contract: string,
  alias: string,
): Promise<CallRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("call")
    .innerJoin("call_alias", "call_alias.call_id", "call.id")
    .selectAll("call")
    .where("call_alias.contract_id", "=", contract)
    .where("call_alias.alias", "=", alias)
    .executeTakeFirst();
}

export async function findCall(read: Read, contract: string, id: string): Promise<CallRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("call")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** その時刻の近くに着いた電話（ほかの知らせと同じ電話かを見る）。 */
export async function listNearCalls(
  read: Read,
  contract: string,
  span: { from: string; to: string; days: readonly string[] },
): Promise<CallRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("call")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("direction", "=", "in")
    .where("day", "in", span.days)
    .where("arrived_at", ">=", span.from)
    .where("arrived_at", "<=", span.to)
    .orderBy("arrived_at")
    .limit(500)
    .execute();
}

/** 読んだときのままなら変える。ほかの知らせが先に変えていれば偽。 */
export async function updateCall(tx: Read, before: CallRow, change: Partial<CallRow>): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("call")
    .set({ ...change, edition: before.edition + 1 })
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function findCallKey(read: Read, contract: string, on: string): Promise<string | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("call_key")
    .select("key_id")
    .where("contract_id", "=", contract)
    .where("day", "=", on)
    .executeTakeFirst();
  return row?.key_id;
}

export async function insertCallKey(tx: Read, contract: string, on: string, key: string): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("call_key")
    .values({ contract_id: contract, day: on, key_id: key })
    .onConflict((oc) => oc.columns(["contract_id", "day"]).doNothing())
    .execute();
}

export interface CallFilter {
  from: string;
  to: string;
  states?: readonly CallState[] | undefined;
  slots?: readonly string[] | undefined;
  desk?: string | undefined;
  /** 残したもの（予約、クレームなど）とつながっていないものだけ。 */
  unlinked?: boolean | undefined;
}

/** 期間の入った電話を、新しい順に。 */
export async function listCallRows(
  read: Read,
  contract: string,
  filter: CallFilter,
  page: { limit: number; offset: number },
): Promise<CallRow[]> {
  return filtered(read, contract, filter)
    .selectAll()
    .orderBy("arrived_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

export async function countCallRows(read: Read, contract: string, filter: CallFilter): Promise<number> {
  const row = await filtered(read, contract, filter)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

function filtered(read: Read, contract: string, filter: CallFilter) {
  const { from, to, states, slots, desk, unlinked = false } = filter;
  let query = tables<typeof linkedSchema>(read)
    .selectFrom("call")
    .where("contract_id", "=", contract)
    .where("direction", "=", "in")
    .where("day", ">=", from)
    .where("day", "<=", to);
  if (states) query = query.where("state", "in", states);
  if (slots) query = query.where("slot", "in", slots);
  if (desk !== undefined) query = query.where("desk", "=", desk);
  if (unlinked) query = query.where((eb) => eb.not(eb.exists(linksOf(eb))));
  return query;
}

type CallExpression = ExpressionBuilder<Schema<typeof linkedSchema>, "call">;

/** 電話から、そこで残したものへのつながり。 */
function linksOf(eb: CallExpression) {
  return eb
    .selectFrom("link")
    .select("link.from_ref")
    .whereRef("link.contract_id", "=", "call.contract_id")
    .where("link.relation", "=", "led-to")
    .where("link.from_ref", "=", sql<string>`'calls/call/' || call.id`);
}

/** 応答のうち、残したものとつながった電話の数を、日ごとに。 */
export async function countLinkedCalls(
  read: Read,
  contract: string,
  range: { from: string; to: string },
): Promise<Map<string, number>> {
  const rows = await filtered(read, contract, { ...range, states: ["answered", "talking"] })
    .where((eb) => eb.exists(linksOf(eb)))
    .select(["day", (eb) => eb.fn.countAll<number>().as("n")])
    .groupBy("day")
    .execute();
  return new Map(rows.map((row) => [row.day, Number(row.n)]));
}

export interface CallCount {
  day: string;
  slot: string;
  state: CallState;
  n: number;
}

/** 日・半時間・終わり方ごとの数。索引だけで数える。 */
export async function countCalls(
  read: Read,
  contract: string,
  from: string,
  to: string,
): Promise<CallCount[]> {
  const rows = await filtered(read, contract, { from, to })
    .select(["day", "slot", "state", (eb) => eb.fn.countAll<number>().as("n")])
    .groupBy(["day", "slot", "state"])
    .orderBy("day")
    .orderBy("slot")
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

export interface DeskCount {
  desk: string;
  n: number;
  talked: number;
}

/** 席ごとの応答の数と、話した秒の和。 */
export async function countDesks(
  read: Read,
  contract: string,
  from: string,
  to: string,
): Promise<DeskCount[]> {
  const rows = await filtered(read, contract, { from, to, states: ["answered", "talking"] })
    .select([
      "desk",
      (eb) => eb.fn.countAll<number>().as("n"),
      (eb) => eb.fn.sum<number>("talked").as("talked"),
    ])
    .groupBy("desk")
    .orderBy("desk")
    .execute();
  return rows.map((row) => ({ desk: row.desk, n: Number(row.n), talked: Number(row.talked ?? 0) }));
}

/** まだ終わっていない電話を、着いた順に。 */
export async function listLiveCalls(read: Read, contract: string, since: string): Promise<CallRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("call")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("state", "in", ["waiting", "talking"])
    .where("arrived_at", ">=", since)
    .orderBy("arrived_at")
    .limit(200)
    .execute();
}

export async function listBusy(read: Read, contract: string, from: string, to: string) {
  return tables<typeof schema>(read)
    .selectFrom("call_busy")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .execute();
}

export async function putBusy(tx: Read, row: Row<typeof callBusyTable>): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("call_busy")
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(["contract_id", "day"])
        .doUpdateSet({ count: row.count, made_by: row.made_by, made_at: row.made_at }),
    )
    .execute();
}

export async function findDoor(read: Read, contract: string): Promise<Row<typeof callDoorTable> | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("call_door")
    .selectAll()
    .where("contract_id", "=", contract)
    .executeTakeFirst();
}

export async function putDoor(tx: Read, row: Row<typeof callDoorTable>): Promise<void> {
  const { opened, edition, made_by, made_at } = row;
  await tables<typeof schema>(tx)
    .insertInto("call_door")
    .values(row)
    .onConflict((oc) => oc.column("contract_id").doUpdateSet({ opened, edition, made_by, made_at }))
    .execute();
}
