import type { Json } from "../base/event.ts";
import { newId } from "../base/identifier.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { type DecisionKind, insertDecision } from "./plan-decision-store.ts";

/** 決めたことを一つ書き、同じ取引に記録する。番号は計画ごとの通し。中身の言葉は、計画の鍵で封じる。 */
export async function writeDecision(
  tx: Tx,
  { plan, key }: { plan: string; key: SubjectKey },
  given: { kind: DecisionKind; subject: string; body: Json },
): Promise<number> {
  const number = await takeNumber(tx, tx.contract, `plan-decision-${plan}`);
  await insertDecision(tx, key, {
    ...{ id: newId(), contract_id: tx.contract, plan_id: plan, number, kind: given.kind },
    ...{ subject: given.subject, body: JSON.stringify(given.body), made_by: tx.actor.id, made_at: tx.now },
  });
  await tx.record({ kind: `plan.${given.kind}`, about: plan, payload: { number, subject: given.subject } });
  return number;
}
