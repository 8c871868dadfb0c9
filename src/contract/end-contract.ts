import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Office } from "../platform/office.ts";
import type { ContractHand } from "./contract-hand.ts";
import { refuseContractRole } from "./contract-right.ts";

/**
 * 契約の終わりを記録する。early は解除（特記事項 第17条）: 返還・消去・引継ぎが直ちに生じ、これからの回は消える。
 * on は終わる日（きょうまで）。ふつうの終わりは、預かったものがすべて返るまで記録できない（7(2)）。解除は止めない。
 */
export async function endContract(
  office: Office,
  actor: Actor,
  given: { on: string; early: boolean },
  hand: Pick<ContractHand, "holdings"> = {},
): Promise<void> {
  refuseContractRole("change", actor.roles);
  const today = dayOf(office.clock.officeNow(actor.contract));
  if (!isDay(given.on) || given.on > today) {
    const message = "終わった日は、きょうまでの、暦にある日を入れてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "on", message }] });
  }
  const held = given.early ? [] : ((await hand.holdings?.(office, actor.contract)) ?? []);
  if (held.length > 0)
    throw new AppError(
      "REFUSED",
      `預かったものが${held.length}件返されていないので、契約を終えられません。${held[0]?.text ?? ""}「個人情報」の帳簿で返却を記録してから、もう一度お試しください。`,
    );
  await office.act(actor, (tx) =>
    tx.record({ kind: "contract.ended", about: tx.contract, payload: { on: given.on, early: given.early } }),
  );
}
