import type { Obligation as ReadDuty } from "../reading/obligation.ts";
import type { Specification } from "../reading/read-specification.ts";
import { bigrams, overlap, solid } from "./carry-over.ts";

/** 条項の違い: 足された、なくなった、番号が動いた、文が変わった。 */
export interface ClauseChange {
  kind: "added" | "removed" | "moved" | "changed";
  before?: ComparedClause;
  after?: ComparedClause;
}

export interface ComparedClause {
  number: string;
  title: string;
  text: string;
}

/** 義務の違い。due は期限の言葉だけが変わったもの。 */
export interface DutyChange {
  kind: "added" | "removed" | "due" | "changed";
  before?: ComparedDuty;
  after?: ComparedDuty;
}

export interface ComparedDuty {
  clause: string;
  actor: string;
  verb: string;
  object: string;
  due: string;
  date: string;
  quote: string;
}

export interface SpecificationComparison {
  clauses: ClauseChange[];
  duties: DutyChange[];
}

type Compared = Pick<Specification, "clauses" | "obligations">;

/**
 * 二つの仕様書を比べる。番号の同じ条項を先に、残りは文の近さで組にする（動いた条項）。
 * 空白と全角・半角の違いは、違いとしない。
 */
export function compareSpecifications(old: Compared, now: Compared): SpecificationComparison {
  return {
    clauses: compareClauses(old.clauses.map(clauseOf), now.clauses.map(clauseOf)),
    duties: compareDuties(old.obligations.map(dutyOf), now.obligations.map(dutyOf)),
  };
}

function clauseOf({ id, title, text }: Specification["clauses"][number]): ComparedClause {
  return { number: id, title, text };
}

function dutyOf(one: ReadDuty): ComparedDuty {
  const { clause, actor, verb, object, due, sentence } = one;
  return { clause, actor, verb, object, due: due.text, date: due.date ?? "", quote: sentence };
}

function compareClauses(old: readonly ComparedClause[], now: readonly ComparedClause[]): ClauseChange[] {
  const pairs = pairUp(old, now, [
    (a, b) => a.number === b.number && body(a) === body(b),
    (a, b) => body(a) === body(b) && body(a) !== "",
    (a, b) => a.number === b.number && (near(body(a), body(b)) >= 0.4 || a.title === b.title),
    (a, b) => near(body(a), body(b)) >= 0.7,
  ]);
  return pairs.flatMap(({ before, after }): ClauseChange[] => {
    if (before === undefined) return after === undefined ? [] : [{ kind: "added", after }];
    if (after === undefined) return [{ kind: "removed", before }];
    if (body(before) !== body(after)) return [{ kind: "changed", before, after }];
    return before.number === after.number ? [] : [{ kind: "moved", before, after }];
  });
}

function compareDuties(old: readonly ComparedDuty[], now: readonly ComparedDuty[]): DutyChange[] {
  const same = (a: ComparedDuty, b: ComparedDuty) => a.actor === b.actor && a.verb === b.verb;
  const pairs = pairUp(old, now, [
    (a, b) => same(a, b) && solid(a.quote) === solid(b.quote) && a.clause === b.clause,
    (a, b) => same(a, b) && solid(a.quote) === solid(b.quote),
    (a, b) => a.verb === b.verb && a.object === b.object && near(a.quote, b.quote) >= 0.5,
    (a, b) => a.verb === b.verb && near(solid(a.quote), solid(b.quote)) >= 0.7,
  ]);
  return pairs.flatMap(({ before, after }): DutyChange[] => {
    if (before === undefined) return after === undefined ? [] : [{ kind: "added", after }];
    if (after === undefined) return [{ kind: "removed", before }];
    if (solid(before.due) !== solid(after.due) || before.date !== after.date)
      return [{ kind: "due", before, after }];
    return solid(before.quote) === solid(after.quote) ? [] : [{ kind: "changed", before, after }];
  });
}

/** 番号の印を除いた、条項の文。番号がずれただけの条項を、同じと見るため。 */
function body({ number, text }: ComparedClause): string {
  const plain = solid(text);
  const last = /[^/]*$/.exec(solid(number))?.[0] ?? "";
  const mark = /(?:\([^)]*\)|第\d+条\d*|\d+|[ァ-ヶ])$/.exec(last)?.[0] ?? "";
  return mark !== "" && plain.startsWith(mark) ? plain.slice(mark.length).replace(/^[.、.]/, "") : plain;
}

const grams = new Map<string, Set<string>>();

function near(a: string, b: string): number {
  if (Math.min(a.length, b.length) < Math.max(a.length, b.length) * 0.3) return 0;
  if (grams.size > 20_000) grams.clear();
  const of = (text: string) => grams.get(text) ?? remember(text);
  return overlap(of(a), of(b));
}

function remember(text: string): Set<string> {
  const made = bigrams(text);
  grams.set(text, made);
  return made;
}

interface Pair<T> {
  before: T | undefined;
  after: T | undefined;
}

/** 決まりを一つずつ、まだ組になっていないものに当てる。新しい方の順に並べ、なくなったものは元の場所の近くに。 */
function pairUp<T>(
  old: readonly T[],
  now: readonly T[],
  rules: readonly ((a: T, b: T) => boolean)[],
): Pair<T>[] {
  const partner = new Map<T, T>();
  const used = new Set<T>();
  for (const rule of rules) {
    const left = old.filter((one) => !used.has(one));
    for (const after of now) {
      if (partner.has(after)) continue;
      const at = left.findIndex((before) => rule(before, after));
      const before = left[at];
      if (before === undefined) continue;
      left.splice(at, 1);
      partner.set(after, before);
      used.add(before);
    }
  }
  const out: Pair<T>[] = now.map((after) => ({ before: partner.get(after), after }));
  for (const [at, before] of old.entries()) {
    if (used.has(before)) continue;
    const above = old.slice(0, at).findLast((one) => out.some((pair) => pair.before === one));
    const place = above === undefined ? 0 : out.findIndex((pair) => pair.before === above) + 1;
    out.splice(place, 0, { before, after: undefined });
  }
  return out;
}

export const clauseChangeLabels = {
  added: "追加",
  removed: "削除",
  moved: "番号の移動",
  changed: "文の変更",
} as const;
export const dutyChangeLabels = {
  added: "追加",
  removed: "削除",
  due: "期限の変更",
  changed: "文の変更",
} as const;
