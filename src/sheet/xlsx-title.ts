import { cellOf, formulaOf, type Grid, mergeAt, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListLayout } from "./xlsx-list.ts";
import { outside } from "./xlsx-list.ts";
import { fillAround, fillMarks, type TitleLookup, write } from "./xlsx-mark.ts";
import { placeholdersOf } from "./xlsx-placeholder.ts";
import type { FillValue } from "./xlsx-value.ts";

/** 表題の一つの欄（札の右か下のセル、または札と同じセルの続き）。 */
export interface TitleSlot {
  row: number;
  column: number;
  field: string;
  label: string;
  /** 同じセルの中で、札のあとに続けて書く。 */
  inside: boolean;
}

const BLANK = /^[\s　＿_.…‥・〔〕［］[\]（）()]*$/;

const SAMPLE = /^\s*[〔［【(（]?[^〔［【]*[〕］】)）]\s*$/;

/** 札の飾り（【会場】、会場：、■会場）を除いた文字。〔会場〕は札でなく、書き込む所の見本なので除かない。 */
function bare(text: string): string {
  return text.replace(/^[\s　【■◆●○◎・]+|[\s　】:：]+$/g, "");
}

/** 名簿の上と下にある札から、値を書くセルを見つける。数式のセルには書かない。 */
export function findTitles(tools: BookTools, grid: Grid, layout: ListLayout): TitleSlot[] {
  const slots: TitleSlot[] = [];
  for (const [row, column, text] of textCells(tools, grid, layout)) {
    slots.push(
      ...slotsInside(tools, text).map((field) => ({
        row,
        column,
        field: field.field,
        label: field.label,
        inside: true,
      })),
    );
    const field = tools.finder.title(bare(text));
    if (field === undefined || slots.some((slot) => slot.row === row && slot.column === column)) continue;
    const place = valueCell(tools, grid, layout, row, column);
    if (place === "inside") slots.push({ row, column, field, label: bare(text), inside: true });
    else if (
      place !== undefined &&
      !slots.some((slot) => slot.row === place.row && slot.column === place.column)
    )
      slots.push({ ...place, field, label: bare(text), inside: false });
  }
  // 札の隣になくても、〔会場〕とだけ書かれたセルは書き込む所。
  for (const [row, column, text] of textCells(tools, grid, layout)) {
    const field = tools.finder.title(/^\s*[〔［]\s*(.*?)\s*[〕］]\s*$/.exec(text)?.[1] ?? "");
    if (field !== undefined && !slots.some((slot) => slot.row === row && slot.column === column))
      slots.push({ row, column, field, label: field, inside: false });
  }
  return slots;
}

function textCells(tools: BookTools, grid: Grid, layout: ListLayout): [number, number, string][] {
  const found: [number, number, string][] = [];
  for (const [row, { cells }] of grid.rows) {
    if (!outside(layout, row)) continue;
    for (const column of cells.keys()) {
      const text = textAt(grid, tools.strings, row, column);
      if (text.trim() !== "" && placeholdersOf(text).length === 0) found.push([row, column, text]);
    }
  }
  return found;
}

/** 「会場：　　　　日時：〔日時〕」のように、札と空きが一つのセルに並ぶもの。 */
function slotsInside(tools: BookTools, text: string): { field: string; label: string }[] {
  return segments(text).flatMap(({ label, value }) => {
    const field = tools.finder.title(bare(label));
    return field !== undefined && value !== "" && isSample(value) ? [{ field, label: bare(label) }] : [];
  });
}

function isSample(text: string): boolean {
  return BLANK.test(text) || (SAMPLE.test(text) && /[〔［【(（]/.test(text));
}

interface Segment {
  label: string;
  value: string;
  from: number;
  to: number;
}

/** 文字を「札：値」の並びに分ける。 */
function segments(text: string): Segment[] {
  const marks = [...text.matchAll(/([^\s　:：〔［【(（]+)\s*[:：]/g)];
  return marks.map((match, at) => {
    const from = match.index + match[0].length;
    const to = marks[at + 1]?.index ?? text.length;
    return { label: match[1] ?? "", value: text.slice(from, to), from, to };
  });
}

function valueCell(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  row: number,
  column: number,
): { row: number; column: number } | "inside" | undefined {
  const label = mergeAt(grid, row, column);
  const right = originOf(grid, row, (label?.right ?? column) + 1);
  const below = originOf(grid, (label?.bottom ?? row) + 1, column);
  const text = (at: { row: number; column: number }) => textAt(grid, tools.strings, at.row, at.column);
  const isLabel = (at: { row: number; column: number }) =>
    tools.finder.title(bare(text(at))) !== undefined || slotsInside(tools, text(at)).length > 0;
  const open = (at: { row: number; column: number }) =>
    outside(layout, at.row) && formulaOf(grid, at.row, at.column) === undefined && !isLabel(at);
  if (formulaOf(grid, right.row, right.column) !== undefined) return undefined;
  // 幅いっぱいに結合された「会場：」は、そのセルに続けて書く。
  if (
    /[:：]\s*$/.test(textAt(grid, tools.strings, row, column)) &&
    label &&
    label.right - label.left >= 2 &&
    text(right) === ""
  )
    return "inside";
  // 札が横に並んでいれば（右端の札も）、値は下の段。
  const inRow = isLabel(right) || (column > 1 && isLabel(originOf(grid, row, column - 1)));
  const hasBelow = open(below) && cellOf(grid, below.row, below.column) !== undefined;
  if (inRow && hasBelow) return below;
  return open(right) ? right : undefined;
}

function originOf(grid: Grid, row: number, column: number): { row: number; column: number } {
  const merge = mergeAt(grid, row, column);
  return merge ? { row: merge.top, column: merge.left } : { row, column };
}

/** 表題の欄と、本体の外の差込みの印を埋める。 */
export function fillTitles(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  slots: readonly TitleSlot[],
  lookup: TitleLookup,
): void {
  for (const slot of slots) {
    const value = lookup(slot.field);
    if (value === undefined) continue;
    if (slot.inside) fillInside(tools, grid, slot, value);
    else write(tools, grid, slot.row, slot.column, value);
  }
  fillMarks(tools, grid, layout, lookup);
  fillAround(tools, grid, lookup);
}

function fillInside(tools: BookTools, grid: Grid, slot: TitleSlot, value: FillValue): void {
  const text = textAt(grid, tools.strings, slot.row, slot.column);
  const hit = segments(text).find((segment) => bare(segment.label) === slot.label);
  if (!hit) return;
  const gap = /^[\s　]/.test(hit.value) && hit.value.trim() !== "" ? (hit.value[0] ?? "") : "";
  const tail = hit.to < text.length ? "　" : "";
  write(tools, grid, slot.row, slot.column, {
    text: text.slice(0, hit.from) + gap + value.text + tail + text.slice(hit.to),
    plain: true,
  });
}
