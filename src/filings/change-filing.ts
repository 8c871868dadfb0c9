import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type FilingAct, refuseFilingState } from "./filing.ts";
import { refuseFilingRole } from "./filing-right.ts";
import {
  type FilingChange,
  findFiling,
  keepVersion,
  openFilingRow,
  type StoredFiling,
  updateFiling,
} from "./filing-store.ts";

export interface Decided {
  change: FilingChange;
  kind: string;
  payload?: { [key: string]: Json };
  /** 変える前の版を写して残す。 */
  keepVersion?: boolean;
}

/** 一つの協議・届出を変える行為の型。役割と状態を見てから、decide が変えることと記録することを決める。 */
export async function changeFiling(
  office: Office,
  actor: Actor,
  id: string,
  act: FilingAct,
  decide: (filing: StoredFiling, tx: Tx) => Decided,
): Promise<StoredFiling> {
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noFiling();
  return office.act(actor, async (tx) => {
    const row = await findFiling(tx, tx.contract, id);
    if (!row) throw noFiling();
    const filing = openFilingRow(key, row);
    refuseFilingRole(act, filing.kind, actor.roles);
    refuseFilingState(act, filing.kind, filing.state);
    const decided = decide(filing, tx);
    if (decided.keepVersion) await keepVersion(tx, key, filing);
    if (!(await updateFiling(tx, key, filing, decided.change)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に変えました。画面を開き直して、今の内容をご確認ください。",
      );
    const after = { ...filing, ...decided.change };
    await tx.record({
      kind: decided.kind,
      about: id,
      payload: { kind: filing.kind, number: filing.number, version: after.version, ...decided.payload },
    });
    return after;
  });
}

export function noFiling(): AppError {
  return new AppError("NOT_FOUND", "その協議・届出はありません。一覧から選び直してください。");
}
