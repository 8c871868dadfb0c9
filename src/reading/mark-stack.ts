import type { Mark } from "./mark.ts";

/** いま開いている段の一つ。 */
export interface OpenLevel<Node> {
  scheme: string;
  value: number;
  label: string;
  node: Node;
}

/** 番号の置き場所。depth は、積み重ねのどこに置くか（0 が根の直下）。 */
export interface Placement {
  mark: Mark;
  depth: number;
}

/** 文書を分ける大きな区切りは、下の番号より必ず上に来る。 */
const GREAT = ["第編", "第部", "第章", "第節", "第款", "第条"];

interface Context {
  /** 題のように短い行か。 */
  titleLike: boolean;
  /** 前の行が文の途中で終わった。番号が偶然行の頭に来たのかもしれない。 */
  afterOpenLine: boolean;
}

/**
 * 番号を、文書に現れた順だけから段に置く。知っている番号の続きなら同じ段、1 から始まるなら一段下。
 * どちらでもない数字は、文の途中の数と見て置かない（undefined）。
 */
export function placeMark(
  marks: readonly Mark[],
  stack: readonly OpenLevel<unknown>[],
  context: Context,
): Placement | undefined {
  let best: (Placement & { score: number }) | undefined;
  for (const mark of marks) {
    if (mark.titleOnly && !context.titleLike) continue;
    const placed = placeOne(mark, stack, context);
    if (placed && (!best || placed.score > best.score)) best = placed;
  }
  const least = context.afterOpenLine && !context.titleLike ? 3 : 1;
  return best && best.score >= least ? best : undefined;
}

function placeOne(mark: Mark, stack: readonly OpenLevel<unknown>[], context: Context) {
  const at = stack.findLastIndex((level) => level.scheme === mark.scheme);
  const great = GREAT.indexOf(mark.scheme);
  if (at >= 0) return placeSibling(mark, at, stack, context);
  if (great >= 0) {
    const below = stack.findIndex((level) => rankOf(level.scheme) > great);
    return { mark, depth: below < 0 ? stack.length : below, score: mark.value === 1 ? 4 : 2 };
  }
  if (mark.scheme.startsWith("dotted")) return placeDotted(mark, stack);
  if (mark.value === 1) return { mark, depth: stack.length, score: 3 };
  // 条の第１項には番号がない。「２」から始まる。
  const article = stack.findLastIndex((level) => level.scheme === "第条" || level.scheme === "第");
  if (mark.scheme === "1" && mark.value === 2 && article >= 0) return { mark, depth: article + 1, score: 4 };
  // 始まりを見落とした、または番号の抜けた一覧。形が確かで、数が小さいときだけ。
  const plausible = mark.strong && context.titleLike && mark.value <= 3 && !/^[aAiI]/.test(mark.scheme);
  return plausible ? { mark, depth: stack.length, score: 1 } : undefined;
}

/** 章や条は、ほかの番号より上。章より下、条より上の番号はない。 */
function rankOf(scheme: string): number {
  const rank = GREAT.indexOf(scheme);
  return rank < 0 ? GREAT.length : rank;
}

function placeSibling(mark: Mark, at: number, stack: readonly OpenLevel<unknown>[], context: Context) {
  const last = stack[at]?.value ?? 0;
  if (mark.value > last && mark.value - last <= 1) return { mark, depth: at, score: 4 };
  // 番号の抜け（削除された条など）。
  if (mark.value > last && mark.value - last <= 5 && (mark.strong || context.titleLike))
    return { mark, depth: at, score: mark.scheme === "第条" ? 3 : 2 };
  // 1 に戻った。間に別の段があればその下の一覧、なければ同じ段の始め直し。
  if (mark.value === 1 && at < stack.length - 1 && stack.length < 12)
    return { mark, depth: stack.length, score: 2 };
  if (mark.value <= last && (mark.strong || (mark.value === 1 && context.titleLike)))
    return { mark, depth: at, score: 1 };
  return undefined;
}

/** 1.2.3 の上は 1.2。なければ、いまの段の下。 */
function placeDotted(mark: Mark, stack: readonly OpenLevel<unknown>[]) {
  const separator = mark.label.includes(".") ? "." : "-";
  const parent = mark.label.split(separator).slice(0, -1).join(separator);
  const at = stack.findLastIndex((level) => level.label === parent || level.label === `第${parent}`);
  if (at >= 0) return { mark, depth: at + 1, score: 4 };
  return mark.value === 1 ? { mark, depth: stack.length, score: 2 } : undefined;
}

/** 根からの番号の道。数字が続いて読み違えるところと、別紙の後は「/」で区切る。 */
export function pathNumber(base: string, above: readonly string[], label: string): string {
  // 1.2 や 1-2 は、それだけで道になっている。
  const dotted = (one: string) => /^\d+[.-]\d/.test(one);
  const all = [...above, label];
  const from = all.findLastIndex(dotted);
  let path = "";
  for (const one of from < 0 ? all : all.slice(from)) {
    path += /\d$/.test(path) && /^\d/.test(one) ? `/${one}` : one;
  }
  return base === "" ? path : `${base}/${path}`;
}
