import { diffList, diffText } from "../office/text-diff.ts";
import { listNumber } from "./block-text.ts";

/** 対照表の一つの側の、字のまとまり。changed は下線を引くところ。 */
export interface SidePiece {
  text: string;
  changed: boolean;
}

/**
 * 変わった部分の、新旧の両側。行（並びの項目、表の行）がいくつもあるときは、変わらない行を略す。
 * 番号つきの並びは「２～５　略」（三つからは「～」、二つは「及び」）、表と、番号のない並びは「（略）」。
 */
export function pairSides(
  before: string,
  after: string,
  omit: "list" | "table" | "none",
): { before: SidePiece[]; after: SidePiece[] } {
  const [old, now] = [before.split("\n"), after.split("\n")];
  if (omit === "none" || (old.length < 2 && now.length < 2)) return plainSides(before, after);
  const groups = groupLines(old, now);
  const sides = { before: [] as SidePiece[], after: [] as SidePiece[] };
  let [x, y] = [0, 0];
  for (const group of groups) {
    if (group.same) {
      sides.before.push({ text: omitted(omit, x, group.old.length), changed: false });
      sides.after.push({ text: omitted(omit, y, group.now.length), changed: false });
    } else {
      const pair = plainSides(group.old.join("\n"), group.now.join("\n"));
      sides.before.push(...pair.before);
      sides.after.push(...pair.after);
    }
    for (const side of [sides.before, sides.after]) side.push({ text: "\n", changed: false });
    x += group.old.length;
    y += group.now.length;
  }
  for (const side of [sides.before, sides.after]) side.pop();
  return sides;
}

function plainSides(before: string, after: string): { before: SidePiece[]; after: SidePiece[] } {
  const pieces = diffText(before, after);
  const side = (skip: "added" | "removed") =>
    pieces.flatMap(({ kind, text }): SidePiece[] =>
      kind === skip ? [] : [{ text, changed: kind !== "same" }],
    );
  return { before: side("added"), after: side("removed") };
}

/** 「２～５　略」。番号は一からの全角（二桁は半角）。 */
function omitted(omit: "list" | "table", from: number, count: number): string {
  if (omit === "table") return "（略）";
  if (count === 1) return `${listNumber(from + 1)}　略`;
  return `${listNumber(from + 1)}${count === 2 ? "及び" : "～"}${listNumber(from + count)}　略`;
}

/** 行の並びを、同じ行の続きと、違う行の続きに分ける。 */
function groupLines(
  old: readonly string[],
  now: readonly string[],
): { same: boolean; old: string[]; now: string[] }[] {
  const groups: { same: boolean; old: string[]; now: string[] }[] = [];
  for (const { kind, items } of diffList(old, now, (line) => line)) {
    const same = kind === "same";
    const last = groups.at(-1);
    const group = last && last.same === same ? last : { same, old: [], now: [] };
    if (group !== last) groups.push(group);
    if (kind !== "added") group.old.push(...items);
    if (kind !== "removed") group.now.push(...items);
  }
  return groups;
}
