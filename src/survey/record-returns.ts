import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openSurvey } from "./open-survey.ts";
import { insertReturn, listReturnRows, type ReturnRow, undoReturnRow } from "./sheet-store.ts";

/** 数えるもの。 */
export const returnKinds = {
  sent: "配布",
  undelivered: "不達",
  returned: "回収",
  invalid: "無効",
} as const;
export type ReturnKind = keyof typeof returnKinds;
/** 書いた一行。 */
export type ReturnRecord = ReturnRow;

export interface ReturnInput {
  day: Day;
  kind: ReturnKind;
  area: string;
  channel: string;
  count: number;
  /** 受渡票の番号（個人情報の帳簿の受渡票）。 */
  slip: string;
}

/**
 * 紙の調査票の配布・不達・回収・無効を、日と配布区分ごとに書く。
 * @throws AppError BAD_INPUT（日、数）、REFUSED（回収が配布を、無効が回収を超える）
 */
export async function recordReturn(
  office: Office,
  actor: Actor,
  surveyId: string,
  input: ReturnInput,
): Promise<{ id: string }> {
  await openSurvey(office, actor, surveyId, "key");
  const faults: Fault[] = [];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.day)) faults.push({ field: "day", message: "日を入れてください。" });
  if (!Number.isInteger(input.count) || input.count < 1 || input.count > 10_000_000)
    faults.push({ field: "count", message: "1 からの整数で入れてください。" });
  if (input.area.length > 40) faults.push({ field: "area", message: "40 字までにしてください。" });
  const [first] = faults;
  if (first) throw new AppError("BAD_INPUT", first.message, { faults });
  const area = input.area.trim() || "全体";
  const { areas } = await countReturns(office, actor, surveyId);
  const now = areas.find((one) => one.area === area) ?? emptyCount(area);
  const next = { ...now, [input.kind]: now[input.kind] + input.count };
  if (next.returned + next.undelivered > next.sent || next.invalid > next.returned) {
    const message =
      input.kind === "invalid"
        ? `無効が、回収（${now.returned}）を超えます。回収を先に書いてください。`
        : `回収と不達の合わせた数が、配布（${now.sent}）を超えます。配布を先に書いてください。`;
    throw new AppError("REFUSED", message, { faults: [{ field: "count", message }] });
  }
  const id = newId();
  await office.act(actor, async (tx) => {
    await insertReturn(tx, {
      ...{ id, contract_id: tx.contract, survey_id: surveyId, day: input.day, kind: input.kind, area },
      ...{
        channel: input.channel.trim().slice(0, 40),
        count: input.count,
        slip: input.slip.trim().slice(0, 40),
      },
      ...{ made_by: tx.actor.id, made_at: tx.now, undone_at: null },
    });
    const payload = { kind: input.kind, area, count: input.count, day: input.day };
    await tx.record({ kind: "survey.returned", about: surveyId, payload });
  });
  return { id };
}

/** 書いた数を取り消す（行は残る）。 */
export async function undoReturn(office: Office, actor: Actor, surveyId: string, id: string): Promise<void> {
  await openSurvey(office, actor, surveyId, "key");
  const rows = await listReturnRows(office.read, actor.contract, surveyId);
  if (!rows.some((row) => row.id === id)) throw new AppError("NOT_FOUND", "その数の行はありません。");
  await office.act(actor, async (tx) => {
    if (!(await undoReturnRow(tx, tx.contract, id, tx.now)))
      throw new AppError("CONFLICT", "その行は、もう取り消されています。");
    await tx.record({ kind: "survey.returned-undone", about: surveyId, payload: { row: id } });
  });
}

export interface ReturnCount {
  area: string;
  sent: number;
  undelivered: number;
  returned: number;
  invalid: number;
  /** 有効 = 回収 − 無効。 */
  valid: number;
}

function emptyCount(area: string): ReturnCount {
  return { area, sent: 0, undelivered: 0, returned: 0, invalid: 0, valid: 0 };
}

/** 配布区分ごとの数と、合わせた数。率は 回収 ÷ 配布、有効回収 ÷ 配布。 */
export async function countReturns(
  office: Office,
  actor: Actor,
  surveyId: string,
): Promise<{ areas: ReturnCount[]; total: ReturnCount; rows: ReturnRow[] }> {
  await openSurvey(office, actor, surveyId);
  const rows = await listReturnRows(office.read, actor.contract, surveyId);
  const areas = new Map<string, ReturnCount>();
  const total = emptyCount("合計");
  // 区分は、はじめに書かれた順（id は作った順に並ぶ）。
  for (const { area, kind, count, undone_at } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (undone_at !== null) continue;
    const own = areas.get(area) ?? emptyCount(area);
    areas.set(area, own);
    for (const one of [own, total]) {
      one[kind] += count;
      one.valid = one.returned - one.invalid;
    }
  }
  return { areas: [...areas.values()], total, rows };
}
