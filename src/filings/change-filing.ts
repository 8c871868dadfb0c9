import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { SubjectKey } from "../platform/key.ts";
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
  decide: (filing: StoredFiling, tx: Tx) => Decided | Promise<Decided>,
): Promise<StoredFiling> {
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noFiling();
  return office.act(actor, (tx) => changeFilingIn(tx, key, actor, id, act, decide));
}

/** 上の階の行為の中で、同じ取引で変える（読み取った回答など）。key は、その文書の鍵。 */
export async function changeFilingIn(
  tx: Tx,
  key: SubjectKey,
  actor: Pick<Actor, "roles">,
  id: string,
  act: FilingAct,
  decide: (filing: StoredFiling, tx: Tx) => Decided | Promise<Decided>,
): Promise<StoredFiling> {
  const row = await findFiling(tx, tx.contract, id);
  if (!row) throw noFiling();
  const filing = openFilingRow(key, row);
  refuseFilingRole(act, filing.kind, actor.roles);
  refuseFilingState(act, filing.kind, filing.state);
  const decided = await decide(filing, tx);
  if (decided.keepVersion) await keepVersion(tx, key, filing);
  if (!(await updateFiling(tx, key, filing, decided.change)))
    throw new AppError("CONFLICT", "ほかの人が先に変えました。画面を開き直して、今の内容をご確認ください。");
  const after = { ...filing, ...decided.change };
  await tx.record({
    kind: decided.kind,
    about: id,
    payload: { ...plainOf(after), ...decided.payload },
  });
  return after;
}

/** 記録に残す、個人のことを含まない印。義務の充足もここから分かる。 */
export function plainOf(
  filing: Pick<StoredFiling, "kind" | "number" | "version" | "clause" | "form" | "obligation" | "document">,
): { [key: string]: Json } {
  const { kind, number, version, clause, form, obligation, document } = filing;
  return {
    ...{ kind, number, version, clause, form },
    ...(obligation === null ? {} : { obligation }),
    ...(document === null ? {} : { document }),
  };
}

export function noFiling(): AppError {
  return new AppError("NOT_FOUND", "その協議・届出はありません。一覧から選び直してください。");
}
