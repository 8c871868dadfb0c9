import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { newId } from "../base/identifier.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { IncidentKind, IncidentState, IncidentStep, Lane } from "./incident.ts";

/** 事故（兆候から報告まで）。id は文書の鍵の id。 */
export const incidentTable = table("incident", {
  id: text(),
  contract_id: text(),
  number: int32(),
  kind: text<IncidentKind>(),
  lane: text<Lane>(),
  state: text<IncidentState>(),
  noticed_at: instant(),
  /** 1 の間、この契約の消去は止まる。 */
  freeze: flag(),
  improper: flag(),
  people: nullable(int32()),
  /** 件数を記録から数えた条件と結果（JSON。個人情報なし）。人が確かめた件数なら null。 */
  counted: nullable(text()),
  place: sealed(),
  items: sealed(),
  situation: sealed(),
  measures: nullable(sealed()),
  cause: nullable(sealed()),
  prevention: nullable(sealed()),
  filing_id: nullable(text()),
  task_id: text(),
  made_by: text(),
  made_at: instant(),
  closed_at: nullable(instant()),
  edition: int32(),
});
export const incidentStepTable = table("incident_step", {
  id: text(),
  contract_id: text(),
  incident_id: text(),
  kind: text<IncidentStep>(),
  at: instant(),
  made_by: text(),
  note: nullable(sealed()),
});
const schema = { incident: incidentTable, incident_step: incidentStepTable };

export type IncidentRow = Row<typeof incidentTable>;
export type StoredIncident = PlainRow<typeof incidentTable>;
export type StoredStep = PlainRow<typeof incidentStepTable>;
export type IncidentChange = Partial<Omit<StoredIncident, "id" | "contract_id" | "number" | "edition">>;

export async function insertIncident(tx: Read, key: SubjectKey, row: StoredIncident): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("incident")
    .values(sealRow(incidentTable, key, row))
    .execute();
}

export async function findIncident(
  read: Read,
  contract: string,
  id: string,
): Promise<IncidentRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("incident")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listIncidentRows(read: Read, contract: string): Promise<IncidentRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("incident")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

/** 証拠を保全している事故の数。 */
export async function countFrozen(read: Read, contract: string): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("incident")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("freeze", "=", 1)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

export function openIncidentRow(key: SubjectKey | undefined, row: IncidentRow): StoredIncident {
  return openRow(incidentTable, key, row);
}

/** edition が同じときだけ変える。変わったら真。 */
export async function updateIncident(
  tx: Read,
  key: SubjectKey,
  before: StoredIncident,
  change: IncidentChange,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(incidentTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("incident")
    .set({ ...row, edition: before.edition + 1 })
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertIncidentStep(
  tx: Tx,
  key: SubjectKey,
  kind: IncidentStep,
  note: string,
): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("incident_step")
    .values(
      sealRow(incidentStepTable, key, {
        ...{ id: newId(), contract_id: tx.contract, incident_id: key.id, kind },
        ...{ at: tx.now, made_by: tx.actor.id, note: note.trim() === "" ? null : note.trim() },
      }),
    )
    .execute();
}

export async function listIncidentSteps(
  read: Read,
  contract: string,
  key: SubjectKey | undefined,
  incident: string,
): Promise<StoredStep[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("incident_step")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("incident_id", "=", incident)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => openRow(incidentStepTable, key, row));
}
