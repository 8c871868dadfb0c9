import { AppError } from "../base/error.ts";
import type { Scope } from "../platform/office.ts";
import { findClass, moveSeats, type StoredClass } from "./class-store.ts";
import { removeExpiredHolds } from "./hold-store.ts";

/**
 * 席を一つ取る（仮押さえなら held、予約なら booked）。
 * 満席に見えたら、期限の切れた仮押さえを片づけてもう一度だけ試す。それでもなければ CLASS_FULL。
 */
export async function takeSeat(tx: Scope, classId: string, as: "booked" | "held"): Promise<StoredClass> {
  const by = { booked: as === "booked" ? 1 : 0, held: as === "held" ? 1 : 0 };
  const taken =
    (await moveSeats(tx, tx.contract, classId, by, tx.now)) ?? (await retryAfterSweep(tx, classId, by));
  if (taken) return taken;
  const found = await findClass(tx, tx.contract, classId);
  if (!found) throw new AppError("NOT_FOUND", "その講習会はありません。空席の表を開き直してください。");
  if (found.state !== "open")
    throw new AppError("REFUSED", "その講習会は受け付けていません。ほかの講習会をご案内ください。");
  throw new AppError("CLASS_FULL", "その講習会は満席になりました。ほかの会場か日をご案内ください。", {
    detail: { classId },
  });
}

async function retryAfterSweep(
  tx: Scope,
  classId: string,
  by: { booked: number; held: number },
): Promise<StoredClass | undefined> {
  const freed = (await removeExpiredHolds(tx, tx.contract, tx.systemNow, classId)).get(classId) ?? 0;
  if (freed === 0) return undefined;
  await moveSeats(tx, tx.contract, classId, { booked: 0, held: -freed }, tx.now);
  return moveSeats(tx, tx.contract, classId, by, tx.now);
}
