import { dayOf, type Instant } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { Done, Obligation } from "../terms/obligation.ts";
import { dueDate } from "./due-date.ts";
import { type Duty, dutyKey, type Fact, type OwedItem, obligationOf, readDutyKey, stateOf } from "./duty.ts";
import { ENDED, type Frame, frameOf } from "./frame.ts";
import { matches, type Occasion, occasionsOf, RAISED, RETRACTED, showsAt, triggerKinds } from "./occasion.ts";
import { type Open, settleDuties } from "./settle-duty.ts";

/**
 * 何が求められているか。設計図・記録・暦・いまだけから決まる（データベースも時計も見ない）。
 * 記録の順は問わない（時と番号で並べ直す）。
 */
export function owed(
  blueprint: Blueprint,
  facts: readonly Fact[],
  calendar: BusinessCalendar,
  now: Instant,
): OwedItem[] {
  return deriveDuties(blueprint, facts, calendar).map((duty) => ({ ...duty, state: stateOf(duty, now) }));
}

/** いまによらない部分。これを表に置く（owed-store）。only は、数え直す義務の id。 */
export function deriveDuties(
  blueprint: Blueprint,
  given: readonly Fact[],
  calendar: BusinessCalendar,
  only?: ReadonlySet<string>,
): Duty[] {
  const facts = given.toSorted(byTime);
  const frame = frameOf(blueprint, calendar, facts);
  const index = indexFacts(facts);
  const numbers = new Map(blueprint.clauses.map(({ id, number }) => [id, number]));
  return blueprint.obligations
    .filter((one) => only === undefined || only.has(one.id))
    .flatMap((one) => dutiesOf(one, numbers.get(one.clause) ?? "", frame, factsOf(one, index)));
}

function byTime(a: Fact, b: Fact): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function dutiesOf(obligation: Obligation, clause: string, frame: Frame, facts: readonly Fact[]): Duty[] {
  const open = occasionsOf(obligation, clause, frame, facts).map((occasion): Open => {
    const early = occasion.early === true;
    const due = dueDate(
      early ? { ...obligation.due, rule: { word: "immediately" } } : obligation.due,
      occasion,
      frame,
    );
    const until = isStanding(obligation) && !obligation.outlives ? endOf(frame) : null;
    return {
      occasion,
      duty: {
        key: dutyKey(obligation.id, occasion.subject),
        ...{ obligation: obligation.id, clause: obligation.clause, nature: obligation.nature },
        ...{ subject: occasion.subject, label: occasion.label, since: occasion.since },
        shows: showsAt(occasion, due.at, frame),
        ...{ due: due.at, keepUntil: due.keepUntil, until, how: due.how },
        ...{
          outcome: isVoid(obligation, occasion, frame) ? "void" : "open",
          at: null,
          expires: null,
          proofs: [],
        },
      },
    };
  });
  return settleDuties(obligation, frame, facts, open);
}

/** 解除のあとに来るはずだった回は、もう生じない（契約より長く続く義務のほかは）。 */
function isVoid(obligation: Obligation, occasion: Occasion, frame: Frame): boolean {
  const past = frame.ended !== undefined && occasion.from === "calendar" && dayOf(occasion.since) > frame.end;
  return past && !obligation.outlives;
}

export function isStanding({ nature }: Pick<Obligation, "nature">): boolean {
  return nature === "standing" || nature === "prohibition";
}

function endOf(frame: Frame): Instant {
  // 契約の最後の日が終わるまでは続く。
  return new Date(Date.parse(`${frame.end}T00:00:00+09:00`) + 86_400_000).toISOString();
}

/** 手で書き足す記録。どの義務にも関わりうる。payload の key（または obligation）が、どの義務かを言う。 */
export const handKinds = [
  RAISED,
  "obligation.evidenced",
  "obligation.attested",
  "obligation.waived",
  RETRACTED,
] as const;
/** 届出の記録。payload の obligation が、どの一回分かを言うことがある。 */
export const filingKinds = ["filing.submitted", "filing.answered", "filing.withdrawn"] as const;

/** この義務の色を変えうる記録の種類（名指しの記録は除く）。 */
export function kindsOf(obligation: Obligation): string[] {
  const done = obligation.done.flatMap((one) => [
    one.event,
    ...(typeof one.awaits === "object" ? [one.awaits.event] : []),
  ]);
  return [
    ...new Set([...triggerKinds(obligation), ...done, ...(done.includes(filingKinds[0]) ? filingKinds : [])]),
  ];
}

/** 設計図の義務に関わる記録の種類の全部。 */
export function kindsOfAll(blueprint: Blueprint): string[] {
  return [
    ...new Set([ENDED, ...handKinds, ...filingKinds, ...blueprint.obligations.flatMap(kindsOf)]),
  ].sort();
}

/** 記録が名指す義務。なければ undefined。 */
export function namedBy(fact: Fact): string | undefined {
  const { key, obligation } = fact.payload;
  const named = typeof key === "string" ? key : obligation;
  return typeof named === "string" ? obligationOf(readDutyKey(named)) : undefined;
}

interface FactIndex {
  byKind: Map<string, Fact[]>;
  byName: Map<string, Fact[]>;
}

function indexFacts(facts: readonly Fact[]): FactIndex {
  const byName = new Map<string, Fact[]>();
  for (const fact of facts) {
    const name = namedBy(fact);
    if (name === undefined) continue;
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [fact]);
    else list.push(fact);
  }
  return { byKind: Map.groupBy(facts, (fact) => fact.kind), byName };
}

/** 型に合うものと、名指されたもの、出したものへの答えと取下げ。時の順。 */
function factsOf(obligation: Obligation, { byKind, byName }: FactIndex): Fact[] {
  const named = byName.get(obligation.id) ?? [];
  const own = patternsOf(obligation).flatMap(({ event, with: wanted }) =>
    (byKind.get(event) ?? []).filter((fact) => matches(fact, event, wanted)),
  );
  if (named.length === 0 && own.length === 0) return [];
  const all = new Map([...own, ...named].map((fact) => [fact.id, fact]));
  const filed = new Set(
    [...all.values()].filter((one) => one.kind === "filing.submitted").map((one) => one.about),
  );
  if (filed.size > 0)
    for (const kind of filingKinds)
      for (const fact of byKind.get(kind) ?? []) if (filed.has(fact.about)) all.set(fact.id, fact);
  return [...all.values()].sort(byTime);
}

/** 生じさせる記録、果たす記録、待つ記録の型。 */
function patternsOf(obligation: Obligation): { event: string; with?: Done["with"] }[] {
  const done = obligation.done.flatMap((one) => [
    one,
    ...(typeof one.awaits === "object" ? [one.awaits] : []),
  ]);
  const when = obligation.when.flatMap((one) => ("event" in one ? [one] : []));
  const plain = triggerKinds(obligation).filter((kind) => !when.some((one) => one.event === kind));
  return [...when, ...plain.map((event) => ({ event })), ...done];
}

/** 記録が触れる義務の id。undefined は、すべて数え直す。 */
export function touchedBy(
  blueprint: Blueprint,
  facts: readonly Fact[],
  filed: ReadonlyMap<string, readonly string[]>,
): Set<string> | undefined {
  if (facts.some((fact) => fact.kind === ENDED)) return undefined;
  const kinds = new Set(facts.map((fact) => fact.kind));
  const touched = new Set(facts.flatMap((fact) => namedBy(fact) ?? []));
  for (const fact of facts) {
    for (const named of fact.about === null ? [] : (filed.get(fact.about) ?? [])) touched.add(named);
  }
  for (const one of blueprint.obligations)
    if (kindsOf(one).some((kind) => kinds.has(kind))) touched.add(one.id);
  return touched;
}
