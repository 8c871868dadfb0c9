import type { Actor } from "../base/actor.ts";
import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listDeliverableRows } from "./deliverable-store.ts";
import { type RightKind, type RightState, rightKinds } from "./right.ts";
import { listRightRows, openRightRow } from "./right-store.ts";

/** 権利の一行。holder は人の名のこともあるので、画面と書類のほかには出さない。 */
export interface ListedRight {
  id: string;
  deliverable: string;
  code: string;
  title: string;
  kind: RightKind;
  kindLabel: string;
  clause: string;
  subject: string;
  holder: string;
  terms: string;
  state: RightState;
  signedOn: Day | null;
  evidence: string | null;
}

/** 権利の台帳（仕様書10）。成果品の記号、加えた順。deliverable を省けば、契約のすべて。 */
export async function listRights(
  office: Office,
  actor: Pick<Actor, "contract">,
  deliverable?: string,
): Promise<ListedRight[]> {
  const [rows, deliverables] = await Promise.all([
    listRightRows(office.read, actor.contract, deliverable),
    listDeliverableRows(office.read, actor.contract),
  ]);
  const keys = await office.keys.get(
    actor.contract,
    rows.map((row) => row.id),
  );
  const order = new Map(deliverables.map((row, at) => [row.id, { row, at }]));
  return rows
    .map((sealedRow) => {
      const row = openRightRow(keys.get(sealedRow.id), sealedRow);
      const of = order.get(row.deliverable_id)?.row;
      return {
        ...{ id: row.id, deliverable: row.deliverable_id, code: of?.code ?? "", title: of?.title ?? "" },
        ...{ kind: row.kind, kindLabel: rightKinds[row.kind].label, clause: rightKinds[row.kind].clause },
        ...{ subject: row.subject, holder: row.holder, terms: row.terms, state: row.state },
        ...{ signedOn: row.signed_on, evidence: row.evidence },
      };
    })
    .sort((a, b) => (order.get(a.deliverable)?.at ?? 0) - (order.get(b.deliverable)?.at ?? 0));
}
