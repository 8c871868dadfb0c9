import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { type EquipmentKind, equipmentKinds, type Payer, payers } from "./equipment.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { endEquipmentRow, insertEquipment } from "./staffing-store.ts";

/** 加える設備。数と速さは文字のまま受ける。 */
export interface NewEquipment {
  kind: string;
  count?: string | undefined;
  payer?: string | undefined;
  down?: string | undefined;
  up?: string | undefined;
  /** 使い始めた日、測った日。省けば本日。 */
  onDay?: string | undefined;
  /** 番号、契約先、機種など。封じて置く。 */
  detail: string;
}

/** 設備を加える（６(6)）。@throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN */
export async function noteEquipment(
  office: Office,
  actor: Actor,
  given: NewEquipment,
): Promise<{ id: string }> {
  refuseStaffing("plan", actor);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const read = readEquipment(given, today);
  const key = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    await insertEquipment(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, kind: read.kind, count: read.count, payer: read.payer },
      ...{ down: read.down, up: read.up, on_day: read.onDay, detail: read.detail },
      ...{ made_by: tx.actor.id, made_at: tx.now, ended_at: null },
    });
    await tx.record({
      kind: "equipment.noted",
      about: key.id,
      payload: { kind: read.kind, count: read.count, payer: read.payer, down: read.down, up: read.up },
    });
    return { id: key.id };
  });
}

/** 使わなくなった。行は残る。 */
export async function endEquipment(office: Office, actor: Actor, id: string): Promise<void> {
  refuseStaffing("plan", actor);
  await office.act(actor, async (tx) => {
    if (!(await endEquipmentRow(tx, tx.contract, id, tx.now)))
      throw new AppError("NOT_FOUND", "その設備はないか、もう使い終えています。一覧を開き直してください。");
    await tx.record({ kind: "equipment.ended", about: id, payload: {} });
  });
}

function readEquipment(given: NewEquipment, today: string) {
  const faults: Fault[] = [];
  const number = (field: "count" | "down" | "up", label: string, most: number): number | null => {
    const text = (given[field] ?? "").normalize("NFKC").replace(/[,\s]/g, "");
    if (text === "") return null;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    faults.push({
      field,
      message: `${label}は、0から${most.toLocaleString("ja-JP")}までの整数で入れてください。`,
    });
    return null;
  };
  const kind = given.kind as EquipmentKind;
  if (!Object.hasOwn(equipmentKinds, kind)) faults.push({ field: "kind", message: "種類を選んでください。" });
  const payer = (given.payer || "contractor") as Payer;
  if (!Object.hasOwn(payers, payer)) faults.push({ field: "payer", message: "負担する者を選んでください。" });
  const onDay = given.onDay || today;
  if (!isDay(onDay)) faults.push({ field: "onDay", message: "日は「2025-09-17」の形で入れてください。" });
  const detail = given.detail.trim();
  if (detail === "" || detail.length > 400)
    faults.push({ field: "detail", message: "番号・契約先・機種などを、400字までで書いてください。" });
  const count = number("count", "数", 10_000) ?? 1;
  const [down, up] = [number("down", "下り", 1_000_000), number("up", "上り", 1_000_000)];
  if (kind === "speed" && (down === null || up === null) && faults.length === 0)
    faults.push({ field: "down", message: "測定では、下りと上りの速さ（Mbps）を入れてください。" });
  if (faults.length > 0)
    throw new AppError("BAD_INPUT", `設備に直すところがあります。${faults[0]?.message ?? ""}`, { faults });
  return {
    kind,
    payer,
    onDay,
    detail,
    count,
    down: kind === "speed" ? down : null,
    up: kind === "speed" ? up : null,
  };
}
