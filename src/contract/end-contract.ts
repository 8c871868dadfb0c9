import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import { refuseContractRole } from "./contract-right.ts";

/**
 * 契約の終わりを記録する。early は解除（特記事項 第17条）: 返還・消去・引継ぎが直ちに生じ、これからの回は消える。
 * on は終わる日（きょうまで）。
 */
export async function endContract(
  office: Office,
  actor: Actor,
  given: { on: string; early: boolean },
): Promise<void> {
  refuseContractRole("change", actor.roles);
  const today = dayOf(office.clock.officeNow(actor.contract));
  if (!isDay(given.on) || given.on > today) {
    const message = "終わった日は、きょうまでの、暦にある日を入れてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "on", message }] });
  }
  await office.act(actor, (tx) =>
    tx.record({ kind: "contract.ended", about: tx.contract, payload: { on: given.on, early: given.early } }),
  );
}
