import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Office, Tx } from "../platform/office.ts";
import { type DeliverableAct, refuseState } from "./deliverable.ts";
import {
  type DeliverableChange,
  type DeliverableRow,
  findDeliverable,
  updateDeliverable,
} from "./deliverable-store.ts";
import { refuseDuty } from "./delivery-right.ts";

export interface DecidedChange {
  change: DeliverableChange;
  kind: string;
  payload?: { [key: string]: Json };
}

/** 一つの成果品を変える行為の型。役割と状態を見てから、decide が変えることと記録することを決める。 */
export async function changeDeliverable(
  office: Office,
  actor: Actor,
  id: string,
  act: DeliverableAct,
  decide: (row: DeliverableRow, tx: Tx) => Promise<DecidedChange> | DecidedChange,
): Promise<DeliverableRow> {
  refuseDuty(act, actor);
  return office.act(actor, async (tx) => {
    const row = await findDeliverable(tx, tx.contract, id);
    if (!row) throw noDeliverable();
    refuseState(act, row.state);
    const { change, kind, payload } = await decide(row, tx);
    if (!(await updateDeliverable(tx, row, change)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先に変えました。画面を開き直して、今の状態をご確認ください。",
      );
    const after = { ...row, ...change };
    await tx.record({
      kind,
      about: id,
      payload: {
        ...{ code: row.code, version: after.version, state: after.state, clause: row.clause },
        ...dutyOf(row),
        ...payload,
      },
    });
    return after;
  });
}

/** もとの義務と、その期（「booking-list-delivery@2」→ obligation と period）。義務の室が、どの一回分かを知るため。 */
function dutyOf({ obligation }: DeliverableRow): { [key: string]: Json } {
  if (obligation === null) return {};
  const at = obligation.indexOf("@");
  if (at < 0) return { obligation };
  return { obligation: obligation.slice(0, at), period: obligation.slice(at + 1) };
}

export function noDeliverable(): AppError {
  return new AppError("NOT_FOUND", "その成果品はありません。一覧から選び直してください。");
}
