import type { Tx } from "../platform/office.ts";
import { countUnsorted } from "./letter-store.ts";

/** 数える通の整理が一つも残っていなければ、そう記録する（３(1)(ｴ)①「市民意見の整理」の証跡になる）。 */
export async function noteSorted(tx: Tx, period: string): Promise<void> {
  if ((await countUnsorted(tx, tx.contract, period)) === 0)
    await tx.record({ kind: "comment.sorting-finished", about: period, payload: {} });
}
