import { day, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { Nature } from "../terms/obligation.ts";
import type { Duty, Outcome, Proof } from "./duty.ts";

/** 写しがどこまで進んだか。ハッシュが変われば、丸ごと作り直す。 */
export const owedHeadTable = table("owed_head", {
  contract_id: text(),
  blueprint_hash: text(),
  calendar_hash: text(),
  /** この番号より前の記録は、写しに入っている。 */
  position: int32(),
  built_at: instant(),
});

/** 義務の一回分。いまの色は持たない（読むときに、いまから決める）。 */
export const owedItemTable = table("owed_item", {
  contract_id: text(),
  key: text(),
  obligation: text(),
  clause: text(),
  nature: text<Nature>(),
  subject: nullable(text()),
  label: text(),
  since: instant(),
  shows: instant(),
  due: nullable(instant()),
  keep_until: nullable(day()),
  until: nullable(instant()),
  how: text(),
  outcome: text<Outcome>(),
  at: nullable(instant()),
  expires: nullable(instant()),
  proofs: text(),
});
const schema = { owed_head: owedHeadTable, owed_item: owedItemTable };

export type OwedHead = Row<typeof owedHeadTable>;
type ItemRow = Row<typeof owedItemTable>;

/** 一つの文で入れる行の数（引数の数の上限に収まる）。 */
const CHUNK = 500;

export async function findHead(read: Read, contract: string): Promise<OwedHead | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("owed_head")
    .selectAll()
    .where("contract_id", "=", contract)
    .executeTakeFirst();
}

/** 頭の行を取る（なければ、空の頭を置く）。ほかのプロセスが写しを進めていれば、その取引が終わるまで待つ。 */
export async function lockHead(tx: Read, contract: string): Promise<OwedHead> {
  return tables<typeof schema>(tx)
    .insertInto("owed_head")
    .values({ contract_id: contract, blueprint_hash: "", calendar_hash: "", position: 0, built_at: "" })
    .onConflict((on) =>
      on.column("contract_id").doUpdateSet((of) => ({ position: of.ref("owed_head.position") })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function putHead(tx: Read, head: OwedHead): Promise<void> {
  const { contract_id: _id, ...rest } = head;
  await tables<typeof schema>(tx)
    .insertInto("owed_head")
    .values(head)
    .onConflict((on) => on.column("contract_id").doUpdateSet(rest))
    .execute();
}

/** 義務の写しを入れ替える。only を省けば、契約の全部。 */
export async function replaceDuties(
  tx: Read,
  contract: string,
  duties: readonly Duty[],
  only?: readonly string[],
): Promise<void> {
  const q = tables<typeof schema>(tx);
  const drop = q.deleteFrom("owed_item").where("contract_id", "=", contract);
  if (only === undefined) await drop.execute();
  else for (const id of only) await drop.where("obligation", "=", id).execute();
  const rows = duties.map((duty) => rowOf(contract, duty));
  for (let at = 0; at < rows.length; at += CHUNK)
    await q
      .insertInto("owed_item")
      .values(rows.slice(at, at + CHUNK))
      .execute();
}

function rowOf(contract: string, { keepUntil, how, proofs, ...rest }: Duty): ItemRow {
  const row = { ...rest, keep_until: keepUntil, how: JSON.stringify(how), proofs: JSON.stringify(proofs) };
  return { contract_id: contract, ...row };
}

function dutyOf({ contract_id: _id, keep_until: keepUntil, how, proofs, ...rest }: ItemRow): Duty {
  return { ...rest, keepUntil, how: JSON.parse(how) as string[], proofs: JSON.parse(proofs) as Proof[] };
}

export async function listDuties(read: Read, contract: string, obligation?: string): Promise<Duty[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("owed_item")
    .selectAll()
    .where("contract_id", "=", contract);
  if (obligation !== undefined) query = query.where("obligation", "=", obligation);
  const rows = await query.orderBy("key").execute();
  return rows.map(dutyOf);
}

const lightColumns = [
  ...(["key", "obligation", "clause", "nature", "subject", "label", "since"] as const),
  ...(["shows", "due", "keep_until", "until", "outcome", "at", "expires"] as const),
] as const;

/** 説明と証跡を除いた一回分。盤と覆いに使う（一万件でも軽い）。 */
export type LightDuty = Omit<Duty, "how" | "proofs">;

export async function listLightDuties(read: Read, contract: string): Promise<LightDuty[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("owed_item")
    .select([...lightColumns])
    .where("contract_id", "=", contract)
    .execute();
  return rows.map(({ keep_until: keepUntil, ...rest }) => ({ ...rest, keepUntil }));
}
