import { instant, nullable, sealed, table, text } from "../base/column.ts";
import { newId } from "../base/identifier.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { StepKind } from "./answer-step.ts";

/** クレームと市への確認の、受け渡しの時刻。note は文書の鍵で封じる。 */
export const answerStepTable = table("answer_step", {
  id: text(),
  contract_id: text(),
  /** クレームか確認の id（文書の鍵の id）。 */
  thing_id: text(),
  kind: text<StepKind>(),
  at: instant(),
  made_by: text(),
  note: nullable(sealed()),
});
const schema = { answer_step: answerStepTable };

export type StoredStep = PlainRow<typeof answerStepTable>;

/** 一歩を残す。at は行った時刻（省けばいま）。 */
export async function insertStep(
  tx: Tx,
  key: SubjectKey,
  kind: StepKind,
  more: { note?: string | undefined; at?: string | undefined } = {},
): Promise<void> {
  const note = more.note?.trim() ?? "";
  const row = sealRow(answerStepTable, key, {
    ...{ id: newId(), contract_id: tx.contract, thing_id: key.id, kind },
    ...{ at: more.at ?? tx.now, made_by: tx.actor.id, note: note === "" ? null : note },
  });
  await tables<typeof schema>(tx).insertInto("answer_step").values(row).execute();
}

/** 受け渡しを、起きた順に。 */
export async function listSteps(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  thing: string,
): Promise<StoredStep[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("answer_step")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("thing_id", "=", thing)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => openRow(answerStepTable, key, row));
}
