import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import type { Day } from "../base/time.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { EquipmentKind, Payer } from "./equipment.ts";
import type { Duty } from "./roster.ts";

/** 席数を出す条件。契約に一行。 */
export const staffingSettingTable = table("staffing_setting", {
  contract_id: text(),
  /** 平均処理時間（秒）。 */
  aht: int32(),
  /** 目標の割合（％）。 */
  target_share: int32(),
  target_seconds: int32(),
  /** がまんの平均（秒）。 */
  patience: int32(),
  /** 実績のない日に使う、印刷された実績の id。 */
  printed: text(),
  edition: int32(),
  made_by: text(),
  made_at: instant(),
});
/** 勤務を決めた日。edition で、ほかの人の変更と重ならないようにする。 */
export const rosterDayTable = table("roster_day", {
  contract_id: text(),
  day: day(),
  edition: int32(),
  made_by: text(),
  made_at: instant(),
});
export const shiftTable = table("shift", {
  id: text(),
  contract_id: text(),
  day: day(),
  handler_id: text(),
  duty: text<Duty>(),
  starts: text(),
  ends: text(),
  lunch_starts: nullable(text()),
  lunch_ends: nullable(text()),
});
/** 設備。番号・契約先・控えの言葉は、行ごとの鍵で封じる。 */
export const equipmentTable = table("equipment", {
  id: text(),
  contract_id: text(),
  kind: text<EquipmentKind>(),
  count: int32(),
  payer: text<Payer>(),
  /** 回線の速さ（Mbps）。 */
  down: nullable(int32()),
  up: nullable(int32()),
  on_day: day(),
  detail: sealed(),
  made_by: text(),
  made_at: instant(),
  ended_at: nullable(instant()),
});
/** 従業者の雇用の別。いまは業務の体制（/team）が持つので、書かない（前の事務所の記録を残す）。 */
export const handlerGroundTable = table("handler_ground", {
  contract_id: text(),
  handler_id: text(),
  hired: text<"direct" | "exception">(),
  filing_id: nullable(text()),
  made_by: text(),
  made_at: instant(),
});
/** 研修の前の、緊急の着席。その日だけ。 */
export const deskPassTable = table("desk_pass", {
  id: text(),
  contract_id: text(),
  handler_id: text(),
  day: day(),
  reason: sealed(),
  task_id: text(),
  made_by: text(),
  made_at: instant(),
});
export const drillReportTable = table("drill_report", {
  id: text(),
  contract_id: text(),
  seed: int32(),
  report: text(),
  made_by: text(),
  made_at: instant(),
});
const schema = {
  staffing_setting: staffingSettingTable,
  roster_day: rosterDayTable,
  shift: shiftTable,
  equipment: equipmentTable,
  handler_ground: handlerGroundTable,
  desk_pass: deskPassTable,
  drill_report: drillReportTable,
};

export type StoredSetting = Row<typeof staffingSettingTable>;
export type StoredShift = Row<typeof shiftTable>;
export type StoredEquipment = PlainRow<typeof equipmentTable>;
export type StoredPass = Row<typeof deskPassTable>;
export type StoredDrill = Row<typeof drillReportTable>;

export async function findSetting(read: Read, contract: string): Promise<StoredSetting | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("staffing_setting")
    .selectAll()
    .where("contract_id", "=", contract)
    .executeTakeFirst();
}

/** 初めてなら加え、そうでなければ読んだ版のままのときだけ変える。ほかの人が先なら偽。 */
export async function putSetting(tx: Read, row: StoredSetting): Promise<boolean> {
  const { contract_id, ...change } = row;
  if (row.edition === 1) {
    const made = await tables<typeof schema>(tx)
      .insertInto("staffing_setting")
      .values(row)
      .onConflict((oc) => oc.column("contract_id").doNothing())
      .returning("contract_id")
      .execute();
    return made.length === 1;
  }
  const changed = await tables<typeof schema>(tx)
    .updateTable("staffing_setting")
    .set(change)
    .where("contract_id", "=", contract_id)
    .where("edition", "=", row.edition - 1)
    .returning("contract_id")
    .execute();
  return changed.length === 1;
}

export async function listRosterDays(
  read: Read,
  contract: string,
  from: Day,
  to: Day,
): Promise<Row<typeof rosterDayTable>[]> {
  return tables<typeof schema>(read)
    .selectFrom("roster_day")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .orderBy("day")
    .execute();
}

/** 勤務の日の版を一つ進める。読んだ版（0 は、まだない）と違えば偽。 */
export async function stepRosterDay(tx: Read, row: Row<typeof rosterDayTable>): Promise<boolean> {
  const { contract_id, day: on, ...change } = row;
  if (row.edition === 1) {
    const made = await tables<typeof schema>(tx)
      .insertInto("roster_day")
      .values(row)
      .onConflict((oc) => oc.columns(["contract_id", "day"]).doNothing())
      .returning("day")
      .execute();
    return made.length === 1;
  }
  const changed = await tables<typeof schema>(tx)
    .updateTable("roster_day")
    .set(change)
    .where("contract_id", "=", contract_id)
    .where("day", "=", on)
    .where("edition", "=", row.edition - 1)
    .returning("day")
    .execute();
  return changed.length === 1;
}

export async function listShifts(read: Read, contract: string, from: Day, to: Day): Promise<StoredShift[]> {
  return tables<typeof schema>(read)
    .selectFrom("shift")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .orderBy("day")
    .orderBy("starts")
    .orderBy("id")
    .execute();
}

/** その日の勤務を、新しいものに入れ替える。 */
export async function replaceShifts(
  tx: Read,
  contract: string,
  on: Day,
  rows: readonly StoredShift[],
): Promise<void> {
  await tables<typeof schema>(tx)
    .deleteFrom("shift")
    .where("contract_id", "=", contract)
    .where("day", "=", on)
    .execute();
  if (rows.length > 0)
    await tables<typeof schema>(tx)
      .insertInto("shift")
      .values([...rows])
      .execute();
}

export async function insertEquipment(tx: Read, key: SubjectKey, row: StoredEquipment): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("equipment")
    .values(sealRow(equipmentTable, key, row))
    .execute();
}

export async function listEquipmentRows(read: Read, contract: string): Promise<Row<typeof equipmentTable>[]> {
  return tables<typeof schema>(read)
    .selectFrom("equipment")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("made_at")
    .orderBy("id")
    .execute();
}

export function openEquipment(key: SubjectKey | undefined, row: Row<typeof equipmentTable>): StoredEquipment {
  return openRow(equipmentTable, key, row);
}

export async function endEquipmentRow(tx: Read, contract: string, id: string, at: string): Promise<boolean> {
  const ended = await tables<typeof schema>(tx)
    .updateTable("equipment")
    .set({ ended_at: at })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  return ended.length === 1;
}

export async function insertPass(
  tx: Read,
  key: SubjectKey,
  row: PlainRow<typeof deskPassTable>,
): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("desk_pass")
    .values(sealRow(deskPassTable, key, row))
    .execute();
}

export async function listPasses(read: Read, contract: string, on: Day): Promise<StoredPass[]> {
  return tables<typeof schema>(read)
    .selectFrom("desk_pass")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("day", "=", on)
    .orderBy("made_at")
    .execute();
}

export async function insertDrill(tx: Read, row: StoredDrill): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("drill_report")
    .values(row)
    .onConflict((oc) => oc.column("id").doNothing())
    .returning("id")
    .execute();
  return made.length === 1;
}

export async function listDrills(read: Read, contract: string, limit: number): Promise<StoredDrill[]> {
  return tables<typeof schema>(read)
    .selectFrom("drill_report")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("made_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
}
