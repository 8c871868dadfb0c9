import { createHash } from "node:crypto";
import { diffList } from "../office/text-diff.ts";
import type { PlanChange } from "./compare-manuscript.ts";
import { sentencesOf } from "./readability.ts";

/** 一つの部分の中の、ひと続きの変わったところ。was と at は、前と後の文（単位）の番号の範囲（終わりは含まない）。 */
export interface Passage {
  before: string;
  after: string;
  was: Span;
  at: Span;
  /** 前後に、変わらない文が続く。 */
  lead: boolean;
  trail: boolean;
}

export interface Span {
  from: number;
  to: number;
}

/** 二つの並びの、同じところと違うところ。 */
export interface UnitGroup {
  same: boolean;
  was: Span;
  at: Span;
}

/** 文を、比べる単位に分ける。表（「｜」や「|」の行）は一行、文は一文。表の罫の行は数えない。 */
export function unitsOf(text: string): string[] {
  if (!/[｜|]/.test(text)) return sentencesOf(text);
  return text.split("\n").filter((line) => line.trim() !== "" && !/^\|?[\s:|-]+\|?$/.test(line.trim()));
}

/** 単位の並びの差。前と後の数が同じ違いは、一つずつに分ける。 */
export function groupUnits(before: readonly string[], after: readonly string[]): UnitGroup[] {
  const groups: UnitGroup[] = [];
  let [x, y] = [0, 0];
  for (const { kind, items } of diffList([...before], [...after], (one) => one.trim())) {
    const same = kind === "same";
    const last = groups.at(-1);
    const group =
      last && last.same === same ? last : { same, was: { from: x, to: x }, at: { from: y, to: y } };
    if (group !== last) groups.push(group);
    if (kind !== "added") x += items.length;
    if (kind !== "removed") y += items.length;
    group.was.to = x;
    group.at.to = y;
  }
  return groups.flatMap((group) => (group.same ? [group] : splitGroup(group, before, after)));
}

/** 続いた違いを、一文ずつの直しに分ける。文の数がちがうときは、近い文どうしを順に組み、残りを足した・消した文とする。 */
function splitGroup(group: UnitGroup, before: readonly string[], after: readonly string[]): UnitGroup[] {
  const { was, at } = group;
  const even = was.to - was.from === at.to - at.from;
  const out: UnitGroup[] = [];
  let [x, y] = [was.from, at.from];
  const cut = (toX: number, toY: number) => {
    if (toX > x || toY > y) out.push({ same: false, was: { from: x, to: toX }, at: { from: y, to: toY } });
    [x, y] = [toX, toY];
  };
  for (let old = was.from; old < was.to; old += 1) {
    let now = even ? at.from + old - was.from : y;
    while (!even && now < at.to && !isNear(before[old] ?? "", after[now] ?? "")) now += 1;
    if (now >= at.to) continue;
    cut(old, now);
    cut(old + 1, now + 1);
  }
  cut(was.to, at.to);
  return out;
}

/** 二つの文が、同じ文の直しといえるほど近いか（二字の続きの半分より多くが同じ）。 */
function isNear(a: string, b: string): boolean {
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [left, right] = [pairs(a.trim()), pairs(b.trim())];
  const shared = [...left].filter((one) => right.has(one)).length;
  return shared * 2 > Math.min(left.size, right.size);
}

/** 部分の中の、変わったところ（後の文の順）。一つだけなら、その部分の全体が一つの変更。 */
export function passagesOf(before: string, after: string): Passage[] {
  const [old, now] = [unitsOf(before), unitsOf(after)];
  const join = /[｜|]/.test(before + after) ? "\n" : "";
  return groupUnits(old, now)
    .filter(({ same }) => !same)
    .map(({ was, at }) => ({
      before: old.slice(was.from, was.to).join(join).trim(),
      after: now.slice(at.from, at.to).join(join).trim(),
      ...{ was, at },
      lead: at.from > 0 || was.from > 0,
      trail: at.to < now.length || was.to < old.length,
    }));
}

/** 変わったところの名。文が変わらないかぎり、同じ。 */
export function passageKey({ before, after }: Pick<Passage, "before" | "after">): string {
  return createHash("sha256")
    .update(after === "" ? `-${before}` : after)
    .digest("hex")
    .slice(0, 12);
}

/** 変わったところだけの行。前後の変わらない文は「（略）」。 */
export function passageChange(change: PlanChange, passage: Passage): PlanChange {
  const side = (text: string) => {
    const shown = [passage.lead ? "（略）" : "", text, passage.trail ? "（略）" : ""];
    return text === "" ? "（略）" : shown.filter(Boolean).join(/[｜|]/.test(text) ? "\n" : "");
  };
  return { ...change, before: side(passage.before), after: side(passage.after) };
}
