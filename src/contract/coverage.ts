import type { Instant } from "../base/time.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { Clause, Obligation } from "../terms/obligation.ts";
import { type DutyState, dutyStates, stateOf, worstOf } from "./duty.ts";
import { titleOf } from "./duty-title.ts";
import type { LightDuty } from "./owed-store.ts";

/** 義務の、覆いの中での姿。 */
export interface CoveredObligation {
  id: string;
  title: string;
  actor: string;
  nature: Obligation["nature"];
  quote: string;
  dueText: string;
  state: DutyState;
  /** 回の数（色ごと）。 */
  counts: Partial<Record<DutyState, number>>;
  /** いちばん差し迫った一回分（なければ、まだ生じていない）。 */
  key: string | undefined;
  due: Instant | null;
}

export interface CoveredClause {
  id: string;
  number: string;
  title: string;
  text: string;
  depth: number;
  /** 自分の義務の色。義務がなければ never（灰）。 */
  state: DutyState;
  obligations: CoveredObligation[];
}

/** 大きな条（または準用した文書）ごとのまとまり。 */
export interface CoverageGroup {
  id: string;
  label: string;
  clauses: CoveredClause[];
}

export interface Coverage {
  groups: CoverageGroup[];
  /** 義務のある条項の、色ごとの数。 */
  tally: Record<DutyState, number>;
  clauses: number;
  obligations: number;
  /** 準用しているのに、添えられていない文書。 */
  missing: string[];
}

/** 仕様書の全部の条項と義務の、いまの色。 */
export function coverageOf(blueprint: Blueprint, duties: readonly LightDuty[], now: Instant): Coverage {
  const byObligation = Map.groupBy(duties, (duty) => duty.obligation);
  const byClause = Map.groupBy(
    blueprint.obligations.map((one) => ({
      clause: one.clause,
      covered: cover(one, byObligation.get(one.id) ?? [], now),
    })),
    (one) => one.clause,
  );
  const covered = (clause: Clause, depth: number): CoveredClause => {
    const obligations = (byClause.get(clause.id) ?? []).map((one) => one.covered);
    const own = obligations.filter((one) => one.nature !== "client").map((one) => one.state);
    const { id, number, title, text } = clause;
    return {
      id,
      number,
      title,
      text,
      depth,
      state: worstOf(own.filter((state) => state !== "never")),
      obligations,
    };
  };
  const groups = groupsOf(blueprint, covered);
  const cells = groups.flatMap((group) => group.clauses).filter((clause) => clause.obligations.length > 0);
  const tally = Object.fromEntries(
    dutyStates.map((state) => [state, cells.filter((clause) => clause.state === state).length]),
  ) as Record<DutyState, number>;
  return {
    groups,
    tally,
    clauses: cells.length,
    obligations: blueprint.obligations.length,
    missing: blueprint.missing,
  };
}

function cover(obligation: Obligation, duties: readonly LightDuty[], now: Instant): CoveredObligation {
  const states = duties.map((duty) => ({ duty, state: stateOf(duty, now) }));
  const counts: Partial<Record<DutyState, number>> = {};
  for (const { state } of states) counts[state] = (counts[state] ?? 0) + 1;
  const state = duties.length === 0 ? "ahead" : worstOf(states.map((one) => one.state));
  const first = states
    .filter((one) => one.state === state)
    .sort((a, b) => ((a.duty.due ?? "9") < (b.duty.due ?? "9") ? -1 : 1))
    .at(state === "done" ? -1 : 0);
  const { id, actor, nature, quote, due } = obligation;
  return {
    ...{ id, actor, nature, quote, state, counts, title: titleOf(obligation), dueText: due.text },
    key: first?.duty.key,
    due: first?.duty.due ?? null,
  };
}

/** 大きな条（親のない条項）ごと。準用した文書は、文書ごとに一つ。 */
function groupsOf(
  blueprint: Blueprint,
  covered: (clause: Clause, depth: number) => CoveredClause,
): CoverageGroup[] {
  const children = Map.groupBy(blueprint.clauses, (clause) => clause.parent);
  const seen = new Set<string>();
  const walk = (clause: Clause, depth: number): CoveredClause[] => {
    if (seen.has(clause.id)) return [];
    seen.add(clause.id);
    const below = (children.get(clause.id) ?? []).flatMap((one) => walk(one, depth + 1));
    return [covered(clause, depth), ...below];
  };
  const groups = new Map<string, CoverageGroup>();
  // 親をたどって輪になっている条項も、失わずに並べる。
  const roots = [...(children.get(undefined) ?? []), ...blueprint.clauses];
  for (const root of roots) {
    const clauses = walk(root, 0);
    if (clauses.length === 0) continue;
    const part = blueprint.applied.find((one) => root.id.startsWith(`${one.name}.`));
    const id = part?.name ?? root.id;
    const group = groups.get(id) ?? { id, label: part?.title ?? labelOf(root), clauses: [] };
    group.clauses.push(...clauses);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** 「6 業務内容」。 */
export function labelOf({ number, title }: Pick<Clause, "number" | "title">): string {
  return `${number} ${title}`.trim();
}
