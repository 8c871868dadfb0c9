import type { PlanChange } from "../manuscript/compare-manuscript.ts";
import {
  groupUnits,
  type Passage,
  passageKey,
  passagesOf,
  type Span,
  type UnitGroup,
  unitsOf,
} from "../manuscript/passage.ts";

/** 変えた理由。意見の番号など、つながりの名を含む。 */
export interface ChangeReason {
  text: string;
  link: { ref: string; label: string } | null;
}

interface WrittenReason {
  reason: string;
  link: ChangeReason["link"];
}

/** 変更の経過（history）の理由と、あとから書き足した理由（explained）。理由もつながりもない変更は、除く。 */
export function reasonsIn(
  history: readonly WrittenReason[],
  explained: readonly { reason: string }[],
): ChangeReason[] {
  return [
    ...history.flatMap(({ reason, link }) =>
      reason === "" && link === null ? [] : [{ text: reason, link }],
    ),
    ...explained.map(({ reason }) => ({ text: reason, link: null })),
  ];
}

/** 部分の中の変わったところと、その理由。 */
export interface ComparedPassage extends Passage {
  key: string;
  reasons: ChangeReason[];
}

/**
 * 部分の中の変わったところごとの理由。変わったところが一つの部分では、空（部分の理由で足りる）。
 * explained の passage のないものは、部分の全体の理由（前からある書き方）。
 */
export function comparedPassages(
  change: PlanChange,
  history: readonly (WrittenReason & { before: string; after: string })[],
  explained: readonly { reason: string; passage?: string | undefined }[],
): ComparedPassage[] {
  const passages = change.kind === "changed" ? passagesOf(change.before, change.after) : [];
  if (passages.length < 2) return [];
  const touched = reasonsByPassage(passages, change, history);
  return passages.map((passage, at) => {
    const key = passageKey(passage);
    const own =
      touched === undefined ? history : (touched[at] ?? []).flatMap((index) => history[index] ?? []);
    return {
      ...passage,
      key,
      reasons: reasonsIn(
        own,
        explained.filter((one) => one.passage === undefined || one.passage === key),
      ),
    };
  });
}

/**
 * 変わったところ（passages、後の文の順）ごとに、どの変更（changes、古い順）がそこに触れたか。答えは changes の番号。
 * 変更を後から前へたどり、その変更が直した文の範囲を、前の文の範囲へ移していく。
 * 原稿の文（参照や数の書き方のまま）と、見えている文の数がそろわず、たどれないときは undefined。
 */
export function reasonsByPassage(
  passages: readonly Passage[],
  shown: { before: string; after: string },
  changes: readonly { before: string; after: string }[],
): number[][] | undefined {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (unitsOf(first.before).length !== unitsOf(shown.before).length) return undefined;
  if (unitsOf(last.after).length !== unitsOf(shown.after).length) return undefined;
  for (const [at, { after }] of changes.slice(0, -1).entries())
    if (unitsOf(after).length !== unitsOf(changes[at + 1]?.before ?? "").length) return undefined;
  const spans = passages.map(({ at }) => ({ ...at }));
  const touched = passages.map((): number[] => []);
  for (let at = changes.length - 1; at >= 0; at -= 1) {
    const { before = "", after = "" } = changes[at] ?? {};
    const groups = groupUnits(unitsOf(before), unitsOf(after));
    for (const [index, span] of spans.entries()) {
      const own = groups.filter((group) => !group.same && meets(group.at, span));
      if (own.length > 0) touched[index]?.unshift(at);
      spans[index] = moveBack(span, groups, own);
    }
  }
  return touched;
}

/** 二つの範囲が重なるか。どちらかが空（消しただけ）なら、触れていればよい。 */
function meets(a: Span, b: Span): boolean {
  if (a.from === a.to || b.from === b.to) return a.from <= b.to && b.from <= a.to;
  return a.from < b.to && b.from < a.to;
}

/** 後の範囲を、前の範囲へ。 */
function moveBack(span: Span, groups: readonly UnitGroup[], own: readonly UnitGroup[]): Span {
  const end = groups.at(-1)?.was.to ?? 0;
  const start = groups.find(({ at }) => span.from < at.to);
  const stop = groups.find(({ at }) => span.to <= at.to);
  const from =
    start === undefined
      ? end
      : start.same
        ? start.was.from + Math.max(0, span.from - start.at.from)
        : start.was.from;
  const to =
    stop === undefined ? end : stop.same ? stop.was.from + Math.max(0, span.to - stop.at.from) : stop.was.to;
  const low = Math.min(from, ...own.map(({ was }) => was.from));
  return { from: low, to: Math.max(own.length === 0 ? low : 0, low, to, ...own.map(({ was }) => was.to)) };
}
