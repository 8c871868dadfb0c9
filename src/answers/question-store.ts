import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { QuestionState } from "./question.ts";

/** 委託者への確認（エスカレーション）。id は文書の鍵の id。 */
export const questionTable = table("question", {
  id: text(),
  contract_id: text(),
  number: int32(),
  /** 問い合わせの項目（inquiry_item の符号）。 */
  item: text(),
  state: text<QuestionState>(),
  /** 委託者に見せる問い。個人情報を書かない。 */
  ask: sealed(),
  /** 折り返す相手（氏名と電話）。受託者の中だけ。 */
  caller: nullable(sealed()),
  answer: nullable(sealed()),
  /** 折り返しの期限と仕事。 */
  due: instant(),
  task_id: text(),
  filing_id: nullable(text()),
  attempts: int32(),
  made_by: text(),
  made_at: instant(),
  closed_at: nullable(instant()),
  edition: int32(),
});
const schema = { question: questionTable };

export type QuestionRow = Row<typeof questionTable>;
export type StoredQuestion = PlainRow<typeof questionTable>;

export async function insertQuestion(tx: Read, key: SubjectKey, row: StoredQuestion): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("question")
    .values(sealRow(questionTable, key, row))
    .execute();
}

export function openQuestionRow(key: SubjectKey | undefined, row: QuestionRow): StoredQuestion {
  return openRow(questionTable, key, row);
}

export async function findQuestion(
  read: Read,
  contract: string,
  id: string,
): Promise<QuestionRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("question")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 新しい番号から。封じた列はそのまま。 */
export async function listQuestionRows(read: Read, contract: string): Promise<QuestionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("question")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export async function countOpenQuestions(read: Read, contract: string): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("question")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("state", "<>", "closed")
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export type QuestionChange = Partial<
  Pick<StoredQuestion, "state" | "answer" | "filing_id" | "attempts" | "closed_at">
>;

/** 読んだときから変わっていなければ変える。 */
export async function updateQuestion(
  tx: Read,
  key: SubjectKey,
  before: StoredQuestion,
  change: QuestionChange,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(questionTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("question")
    .set({ ...row, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
