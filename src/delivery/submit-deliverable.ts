import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { changeDeliverable } from "./change-deliverable.ts";
import { currentVersion } from "./current-version.ts";
import { afterAct } from "./deliverable.ts";
import { updateVersion } from "./deliverable-store.ts";

/**
 * 今の版を委託者に提出する（責任者）。手直しのあとは、検査のときより新しい版でなければ出せない。
 * @throws AppError REFUSED（版がない、手直しした版がない）、FORBIDDEN
 */
export async function submitDeliverable(office: Office, actor: Actor, id: string): Promise<void> {
  const current = await currentVersion(office, actor.contract, id);
  await changeDeliverable(office, actor, id, "submit", async (row, tx) => {
    if (!current || row.version === 0)
      throw new AppError("REFUSED", "まだ一つも版がありません。ファイルを登録してから提出してください。");
    if (current.row.version !== row.version)
      throw new AppError("CONFLICT", "ほかの人が先に新しい版を登録しました。画面を開き直してください。");
    if (current.row.outcome !== null)
      throw new AppError(
        "REFUSED",
        `第${row.version}版は検査で手直しになりました。直した版を登録してから提出してください。`,
      );
    await updateVersion(tx, current.key, current.row, { submitted_by: actor.id, submitted_at: tx.now });
    return {
      change: { state: afterAct("submit", row.state) },
      kind: "deliverable.submitted",
      payload: { sha256: current.row.sha256, mark: current.row.mark },
    };
  });
}
