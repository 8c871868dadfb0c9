import type { Table } from "../base/column.ts";
import type { Day } from "../base/time.ts";
import type { Queries, Read } from "../platform/database.ts";
import { isPersonalFile, isPrintedFile, type PersonalPlace, personalPlaces } from "./personal-place.ts";

/** 一度に問い合わせる鍵の数。 */
const KEYS_AT_ONCE = 300;

/** 一つの鍵が、ある表で封じている行の数と、その時の幅。 */
export interface KeySpan {
  table: string;
  key: string;
  rows: number;
  first: string | null;
  last: string | null;
}

/** 表ごとに、鍵と行の数を数える。名は列の宣言から来る（利用者の文字は混じらない）。 */
export async function listKeySpans(read: Read, contract: string, place: PersonalPlace): Promise<KeySpan[]> {
  const { table, keyColumn, timeColumn } = place;
  const q: Queries = read.q;
  let query = q
    .selectFrom(table)
    .select(keyColumn)
    .select((eb) => eb.fn.countAll().as("n"))
    .where("contract_id", "=", contract)
    .where(keyColumn, "is not", null)
    .groupBy(keyColumn);
  if (timeColumn !== undefined)
    query = query.select((eb) => [eb.fn.min(timeColumn).as("first"), eb.fn.max(timeColumn).as("last")]);
  if (table === "blob") {
    const kinds = await q
      .selectFrom(table)
      .select("kind")
      .distinct()
      .where("contract_id", "=", contract)
      .execute();
    const wanted = kinds.map((row) => String(row.kind)).filter(isPersonalFile);
    if (wanted.length === 0) return [];
    query = query.where("kind", "in", wanted);
  }
  const rows = (await query.execute()) as Record<string, unknown>[];
  return rows.map((row) => ({
    table,
    key: String(row[keyColumn]),
    rows: Number(row.n),
    first: typeof row.first === "string" ? row.first : null,
    last: typeof row.last === "string" ? row.last : null,
  }));
}

/** 受付番号から本人の鍵の id。 */
export async function findPersonsByNumbers(
  read: Read,
  contract: string,
  numbers: readonly number[],
): Promise<{ number: number; person: string }[]> {
  if (numbers.length === 0) return [];
  const rows = (await read.q
    .selectFrom("booking")
    .select(["number", "person_id"])
    .where("contract_id", "=", contract)
    .where("number", "in", [...numbers])
    .execute()) as { number: number; person_id: string }[];
  return rows.map((row) => ({ number: row.number, person: row.person_id }));
}

/** その人が載っているクレームの鍵。 */
export async function findComplaintsOf(
  read: Read,
  contract: string,
  persons: readonly string[],
): Promise<string[]> {
  const wanted = new Set(persons);
  const rows = (await read.q
    .selectFrom("complaint")
    .select(["id", "persons"])
    .where("contract_id", "=", contract)
    .execute()) as { id: string; persons: string }[];
  return rows.filter((row) => row.persons.split(",").some((id) => wanted.has(id))).map((row) => row.id);
}

/** 申込みの方を刷ったファイルの鍵（束は、何人もの方を一つに刷る）。 */
export async function findPrints(read: Read, contract: string): Promise<string[]> {
  const rows = (await read.q
    .selectFrom("blob")
    .select(["key_id", "kind"])
    .where("contract_id", "=", contract)
    .execute()) as { key_id: string; kind: string }[];
  return rows.filter(({ kind }) => isPrintedFile(kind)).map((row) => row.key_id);
}

/** 表の行のうち、その鍵で封じたもの（most 行まで）。鍵の列は、表の宣言から。 */
export async function listRowsUnder(
  read: Read,
  contract: string,
  table: string,
  keys: readonly string[],
  most: number,
): Promise<{ keyColumn: string; rows: Record<string, unknown>[] }> {
  const keyColumn = personalPlaces().find((one) => one.table === table)?.keyColumn ?? "id";
  const rows: Record<string, unknown>[] = [];
  for (let at = 0; at < keys.length && rows.length < most; at += KEYS_AT_ONCE)
    rows.push(
      ...((await read.q
        .selectFrom(table)
        .selectAll()
        .where("contract_id", "=", contract)
        .where(keyColumn, "in", keys.slice(at, at + KEYS_AT_ONCE))
        .limit(most - rows.length)
        .execute()) as Record<string, unknown>[]),
    );
  return { keyColumn, rows };
}

/** 消した鍵で封じた値と、照合値を空にする。空にした行の数を返す。一度に 300 の鍵まで。 */
export async function scrubPlace(
  tx: Read,
  contract: string,
  place: PersonalPlace,
  keys: readonly string[],
): Promise<number> {
  const empty = Object.fromEntries(
    place.columns.map(({ name, nullable }) => [name, nullable ? null : Buffer.alloc(0)]),
  );
  const rows = (await tx.q
    .updateTable(place.table)
    .set(empty)
    .where("contract_id", "=", contract)
    .where(place.keyColumn, "in", [...keys])
    .returning(place.keyColumn)
    .execute()) as unknown[];
  return rows.length;
}

/** 送り直しの控え（入力のハッシュ）を消す。言い当てを試せる値を残さない。 */
export async function dropAnswersBefore(tx: Read, contract: string, before: string): Promise<number> {
  const rows = (await tx.q
    .deleteFrom("idempotency")
    .where("contract_id", "=", contract)
    .where("created_at", "<=", before)
    .returning("verb")
    .execute()) as unknown[];
  return rows.length;
}

/** PostgreSQL で一度に読む行。 */
const PAGE = 5000;

/** 表の一つを、少しずつ全部読む（跡を探すため）。 */
export async function* readWhole(
  read: Read,
  engine: "sqlite" | "postgres",
  of: Table,
): AsyncGenerator<Record<string, unknown>> {
  const order = Object.keys(of.columns)[0] ?? "id";
  const query = read.q.selectFrom(of.name).selectAll().orderBy(order);
  if (engine === "sqlite") {
    for await (const row of query.stream()) yield row as Record<string, unknown>;
    return;
  }
  for (let offset = 0; ; offset += PAGE) {
    const rows = (await query.limit(PAGE).offset(offset).execute()) as Record<string, unknown>[];
    yield* rows;
    if (rows.length < PAGE) return;
  }
}

/** その日より後に作られた本人の数（期間の確かめ）。 */
export function insideOf(
  span: Pick<KeySpan, "first" | "last">,
  from: Day,
  to: Day,
  dayOf: (at: string) => Day,
): boolean {
  if (span.first === null || span.last === null) return false;
  return dayOf(span.first) >= from && dayOf(span.last) <= to;
}
