import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { changeFiling } from "./change-filing.ts";

/** 提出する（申請・承諾の求め・報告・届出・協議は責任者か保護管理者、指示は委託者）。 */
export async function submitFiling(office: Office, actor: Actor, id: string): Promise<void> {
  await changeFiling(office, actor, id, "submit", (filing, tx) => ({
    change: { state: "submitted", submitted_by: actor.id, submitted_at: tx.now },
    kind: "filing.submitted",
    payload: { clause: filing.clause, due: filing.due },
  }));
}
