import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** draft=書いているところ、asked=部局に確認中、agreed=決まった。 */
export type GroupState = "draft" | "asked" | "agreed";

/** 一つの答えにまとめた意見（一つだけのものも）。概要・考え方・案の変更は、まとまりの鍵（id）で封じる。 */
export const groupTable = table("comment_group", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  number: int32(),
  summary: nullable(sealed()),
  answer: nullable(sealed()),
  status: nullable(text()),
  state: text<GroupState>(),
  code: nullable(text()),
  round_id: nullable(text()),
  /** 計画の変更の id（計画の室のもの）。 */
  change_ref: nullable(text()),
  /** 案の変更（JSON: 場所・前・後・理由）。 */
  change: nullable(sealed()),
  /** 手元のモデルの下書きのままで、人がまだ認めていない。 */
  drafted: flag(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 人が「別の意見」と決めた組。 */
export const apartTable = table("comment_apart", {
  contract_id: text(),
  period_id: text(),
  first_id: text(),
  second_id: text(),
  made_by: text(),
  made_at: instant(),
});

/** 部局への確認の一回。 */
export const roundTable = table("comment_round", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  number: int32(),
  department: text(),
  filing_id: text(),
  /** まとまりの id（JSON）。 */
  groups: text(),
  made_by: text(),
  made_at: instant(),
});
const schema = { comment_group: groupTable, comment_apart: apartTable, comment_round: roundTable };

export type GroupRow = Row<typeof groupTable>;
export type OpenGroupRow = PlainRow<typeof groupTable>;
export type RoundRow = Row<typeof roundTable>;

export async function insertGroup(tx: Read, key: SubjectKey, row: OpenGroupRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("comment_group")
    .values(sealRow(groupTable, key, row))
    .execute();
}

/** 番号の順。 */
export async function listGroupRows(read: Read, contract: string, period: string): Promise<GroupRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_group")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("period_id", "=", period)
    .orderBy("number")
    .execute();
}

export async function updateGroup(
  tx: Read,
  key: SubjectKey,
  before: OpenGroupRow,
  change: Partial<
    Pick<
      OpenGroupRow,
      "summary" | "answer" | "status" | "state" | "code" | "round_id" | "change_ref" | "change" | "drafted"
    >
  >,
): Promise<boolean> {
  const row = sealRow(groupTable, key, { ...before, ...change });
  const { summary, answer, status, state, code, round_id, change_ref, change: changed, drafted } = row;
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_group")
    .set({ summary, answer, status, state, code, round_id, change_ref, change: changed, drafted })
    .set({ edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 二つを「別の意見」とする。組の順は問わない。 */
export async function putApart(
  tx: Read,
  row: { contract_id: string; period_id: string; made_by: string; made_at: string },
  a: string,
  b: string,
): Promise<boolean> {
  const [first_id, second_id] = a < b ? [a, b] : [b, a];
  const rows = await tables<typeof schema>(tx)
    .insertInto("comment_apart")
    .values({ ...row, first_id, second_id })
    .onConflict((on) => on.columns(["contract_id", "first_id", "second_id"]).doNothing())
    .returning("first_id")
    .execute();
  return rows.length === 1;
}

/** 「小さい id 大きい id」の形。 */
export async function listApart(read: Read, period: string): Promise<Set<string>> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("comment_apart")
    .select(["first_id", "second_id"])
    .where("period_id", "=", period)
    .execute();
  return new Set(rows.map(({ first_id, second_id }) => `${first_id} ${second_id}`));
}

export async function insertRound(tx: Read, row: RoundRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("comment_round").values(row).execute();
}

export async function listRoundRows(read: Read, period: string): Promise<RoundRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_round")
    .selectAll()
    .where("period_id", "=", period)
    .orderBy("number", "desc")
    .execute();
}
