import type { Actor } from "../base/actor.ts";
import type { EventKind } from "../base/event.ts";
import type { Office } from "../platform/office.ts";
import { readBlueprint } from "./blueprint.ts";
import { insertContract } from "./contract-store.ts";

export const termsEvents: EventKind[] = [
  { kind: "contract.started", label: "契約を始めた" },
  { kind: "contract.changed", label: "契約を変更した（設計図を入れ替えた）" },
];

/** 設計図（YAML）から契約を始める。clockShiftMs はデモの時計のずれ。 */
export async function startContract(
  office: Office,
  actor: Actor,
  yaml: string,
  clockShiftMs = 0,
): Promise<void> {
  const { blueprint, hash } = readBlueprint(yaml);
  await office.act(actor, async (tx) => {
    await insertContract(tx, {
      id: tx.contract,
      title: blueprint.shortTitle,
      client: blueprint.client,
      fiscal_year: blueprint.fiscalYear,
      blueprint: yaml,
      blueprint_hash: hash,
      clock_shift_ms: String(clockShiftMs),
      created_at: tx.now,
    });
    await tx.record({ kind: "contract.started", about: tx.contract, payload: { blueprint: hash } });
  });
}
