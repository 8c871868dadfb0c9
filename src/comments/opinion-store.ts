import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 一通から分けた一つの意見。body は範囲の文（通の鍵 key_id で封じる）。 */
export const opinionTable = table("comment_opinion", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  letter_id: text(),
  key_id: text(),
  position: int32(),
  /** 通の文の中の範囲（JSON）。 */
  ranges: text(),
  body: sealed(),
  code: nullable(text()),
  /** 二つめからの分類（改行区切り）。数えるときは code だけ。 */
  also: nullable(text()),
  /** 計画の部分の id（上の階の印。ここは中身を知らない）。 */
  block: nullable(text()),
  group_id: nullable(text()),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 分け方を変える前の形（元に戻すため、経過を見るため）。 */
export const stepTable = table("comment_step", {
  id: text(),
  contract_id: text(),
  period_id: text(),
  letter_id: text(),
  key_id: text(),
  number: int32(),
  act: text(),
  before: sealed(),
  undone: flag(),
  made_by: text(),
  made_at: instant(),
});
const schema = { comment_opinion: opinionTable, comment_step: stepTable };

export type OpinionRow = Row<typeof opinionTable>;
export type OpenOpinionRow = PlainRow<typeof opinionTable>;
export type OpenStepRow = PlainRow<typeof stepTable>;

export function openOpinionRow(key: SubjectKey | undefined, row: OpinionRow): OpenOpinionRow {
  return openRow(opinionTable, key, row);
}

/** 二つめからの分類。 */
export function alsoCodes({ also }: Pick<OpinionRow, "also">): string[] {
  return (also ?? "").split("\n").filter(Boolean);
}

/** 期間の意見の全部（通と並びの順ではない）。 */
export async function listOpinionRows(read: Read, contract: string, period: string): Promise<OpinionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_opinion")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("period_id", "=", period)
    .execute();
}

export async function listLetterOpinions(
  read: Read,
  contract: string,
  letter: string,
): Promise<OpinionRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_opinion")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("letter_id", "=", letter)
    .orderBy("position")
    .execute();
}

/** 一通の意見を、この形に置き換える。 */
export async function replaceOpinions(
  tx: Read,
  key: SubjectKey,
  letter: { id: string; contract_id: string },
  rows: readonly OpenOpinionRow[],
): Promise<void> {
  const to = tables<typeof schema>(tx);
  await to
    .deleteFrom("comment_opinion")
    .where("contract_id", "=", letter.contract_id)
    .where("letter_id", "=", letter.id)
    .execute();
  for (const row of rows)
    await to
      .insertInto("comment_opinion")
      .values(sealRow(opinionTable, key, row))
      .execute();
}

/** 分類・計画の部分・まとまりを付け替える。先に変わっていれば偽。 */
export async function updateOpinion(
  tx: Read,
  before: Pick<OpinionRow, "id" | "contract_id" | "edition">,
  change: Partial<Pick<OpinionRow, "code" | "also" | "block" | "group_id">>,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_opinion")
    .set({ ...change, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertStep(tx: Read, key: SubjectKey, row: OpenStepRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("comment_step")
    .values(sealRow(stepTable, key, row))
    .execute();
}

/** 一通の経過。古い順。 */
export async function listSteps(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  letter: string,
): Promise<OpenStepRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("comment_step")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("letter_id", "=", letter)
    .orderBy("number")
    .execute();
  return rows.map((row) => openRow(stepTable, key, row));
}

export async function markUndone(tx: Read, contract: string, id: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_step")
    .set({ undone: 1 })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("undone", "=", 0)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 経過を除く（伏せる前の文の入った、元に戻すための写し）。 */
export async function dropSteps(tx: Read, contract: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await tables<typeof schema>(tx)
      .deleteFrom("comment_step")
      .where("contract_id", "=", contract)
      .where("id", "=", id)
      .execute();
}
