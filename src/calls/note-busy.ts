import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { refuseCall } from "./call-right.ts";
import { putBusy } from "./call-store.ts";

/** 電話会社の統計による、その日の話中の数を入れる（入れ直せる）。 */
export async function noteBusy(
  office: Office,
  actor: Actor,
  given: { day: Day; count: number },
): Promise<void> {
  refuseCall("keep", actor);
  const faults = [
    ...(isDay(given.day) ? [] : [{ field: "day", message: "日は「2025-09-17」の形で入れてください。" }]),
    ...(Number.isInteger(given.count) && given.count >= 0 && given.count <= 1_000_000
      ? []
      : [{ field: "count", message: "件数は0以上の整数で入れてください。" }]),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "話中の数に直すところがあります。", { faults });
  await office.act(actor, async (tx) => {
    await putBusy(tx, { contract_id: tx.contract, ...given, made_by: actor.id, made_at: tx.now });
    await tx.record({ kind: "call.busy-noted", payload: { day: given.day, count: given.count } });
  });
}
