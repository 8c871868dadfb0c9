import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { type Blueprint, readBlueprint } from "../terms/blueprint.ts";
import { keepDocuments } from "../terms/keep-documents.ts";
import { openContract } from "../terms/open-contract.ts";
import { type Duty, type DutyState, type Fact, stateOf } from "./duty.ts";
import { titleOf } from "./duty-title.ts";
import { listFacts } from "./fact-store.ts";
import { deriveDuties, kindsOfAll } from "./owed.ts";

/** 変更で、一つの回がどう変わるか。 */
export interface OwedChange {
  key: string;
  title: string;
  clause: string;
  change: "added" | "removed" | "moved" | "reworded";
  before: Instant | null;
  after: Instant | null;
  stateBefore: DutyState | undefined;
  stateAfter: DutyState | undefined;
}

export interface OwedDifference {
  /** いまの設計図のハッシュ（確かめるときに渡す）。 */
  before: string;
  after: string;
  obligations: { before: number; after: number };
  changes: OwedChange[];
  /** 期・履行期間・開設時間・暦など、義務のほかに変わる項目の名。 */
  settings: string[];
}

/** 変更契約の設計図（YAML）を当てたら、義務と期限がどう変わるか。何も書かない。 */
export async function compareOwed(office: Office, contractId: string, yaml: string): Promise<OwedDifference> {
  const contract = await openContract(office, contractId);
  const next = readBlueprint(await keepDocuments(office, contractId, yaml));
  const kinds = new Set([...kindsOfAll(contract.blueprint), ...kindsOfAll(next.blueprint)]);
  const facts = await listFacts(office.read, contractId, [...kinds]);
  const now = office.clock.officeNow(contractId);
  return {
    ...{ before: contract.blueprintHash, after: next.hash },
    obligations: { before: contract.blueprint.obligations.length, after: next.blueprint.obligations.length },
    changes: changesOf(contract.blueprint, next.blueprint, facts, now),
    settings: settingsOf(contract.blueprint, next.blueprint),
  };
}

/** 二つの設計図から、同じ記録で導いた義務の差。 */
export function changesOf(
  before: Blueprint,
  after: Blueprint,
  facts: readonly Fact[],
  now: Instant,
): OwedChange[] {
  const old = new Map(deriveDuties(before, facts, before.calendar).map((duty) => [duty.key, duty]));
  const fresh = new Map(deriveDuties(after, facts, after.calendar).map((duty) => [duty.key, duty]));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [a, b] = [old.get(key), fresh.get(key)];
    const change = kindOf(a, b, before, after);
    const named = b ?? a;
    if (change === undefined || named === undefined) return [];
    const from = b === undefined ? before : after;
    const obligation = from.obligations.find((one) => one.id === named.obligation);
    return [
      {
        key,
        title: obligation === undefined ? named.obligation : titleOf(obligation, named.label),
        clause: from.clauses.find((one) => one.id === named.clause)?.number ?? "",
        change,
        before: a?.due ?? null,
        after: b?.due ?? null,
        stateBefore: a && stateOf(a, now),
        stateAfter: b && stateOf(b, now),
      },
    ];
  });
}

function kindOf(
  a: Duty | undefined,
  b: Duty | undefined,
  before: Blueprint,
  after: Blueprint,
): OwedChange["change"] | undefined {
  if (a === undefined) return "added";
  if (b === undefined) return "removed";
  if (a.due !== b.due || a.keepUntil !== b.keepUntil || a.outcome !== b.outcome) return "moved";
  const [one, other] = [quoteOf(before, a.obligation), quoteOf(after, b.obligation)];
  return one === other ? undefined : "reworded";
}

function quoteOf(blueprint: Blueprint, id: string): string | undefined {
  return blueprint.obligations.find((one) => one.id === id)?.quote;
}

const settingLabels = {
  performance: "履行期間",
  hours: "開設時間",
  calendar: "暦",
  posting: "投函の規則",
  postage: "郵便料金",
  terms: "期",
  desk: "受付デスク",
  roles: "役割",
  words: "時を表す言葉",
  services: "使う室",
} as const satisfies Partial<Record<keyof Blueprint, string>>;

function settingsOf(before: Blueprint, after: Blueprint): string[] {
  return (Object.keys(settingLabels) as (keyof typeof settingLabels)[])
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => settingLabels[name]);
}
