import { AppError } from "../base/error.ts";
import { LAST_ROW } from "./xlsx-area.ts";
import { settle, type XlsxSheet } from "./xlsx-book.ts";
import { type Grid, lastColumnOf, lastRowOf, openGrid } from "./xlsx-grid.ts";
import type { BookTools, ListLayout } from "./xlsx-list.ts";
import type { TitleLookup } from "./xlsx-mark.ts";
import { repeatMerges, repeatRules } from "./xlsx-repeat.ts";
import { compileBody, type RowLookup } from "./xlsx-row.ts";
import { insertRows, setDimension } from "./xlsx-shift.ts";
import { type BodyModel, planStripes } from "./xlsx-stripe.ts";
import { fillTitles, findTitles } from "./xlsx-title.ts";
import { attribute, childOf, localName, setAttribute, type XmlElement } from "./xlsx-xml.ts";

/** 一枚に書くもの。 */
export interface SheetFill {
  title: TitleLookup;
  rows: readonly RowLookup[];
}

/**
 * layout のシートに名簿を書く。見本より人が多ければ行を挿入し、少なければ残りの見本を空のまま残す。
 * scope は、このシートを指す数式がありうるほかのシート。
 */
export function fillSheet(
  tools: BookTools,
  layout: ListLayout,
  fill: SheetFill,
  scope: readonly XlsxSheet[],
): void {
  const { book } = tools;
  const lanes = 1 + Math.max(0, ...layout.columns.map(({ lane }) => lane));
  // 横に組の並ぶ様式では、左の組を上から下まで埋めてから右へ移る。people は要る行の数（一人の行数で割ったもの）。
  const people = Math.ceil(fill.rows.length / lanes);
  if (layout.first + people * layout.height - 1 > LAST_ROW)
    throw new AppError(
      "TOO_LARGE",
      "人数が多すぎて、Excel の一枚のシートに収まりません。名簿を分けてお試しください。",
    );
  const before = openGrid(book, layout.sheet);
  const slots = findTitles(tools, before, layout).map((slot) => moveSlot(slot, layout, people));
  makeRoom(tools, layout, people, scope);
  const grid = openGrid(book, layout.sheet);
  const body = bodyOf(grid, layout, people);
  const plan = planStripes(body, tools.styles, people);
  const total = Math.max(people, layout.blocks);
  const after = { ...layout, blocks: total };
  dropCachedValues(grid);
  const rows = compileBody(tools, body, plan);
  const written = Array.from({ length: total }, (_, index) =>
    rows.write(
      { index, total, people: Array.from({ length: lanes }, (_, lane) => fill.rows[lane * total + index]) },
      fill.title,
    ),
  );
  fillTitles(tools, grid, after, slots, fill.title);
  writeBody(grid, after, written);
  repeatMerges(grid, before.merges, body, plan);
  repeatRules(grid, body, plan);
  setDimension(
    grid.root,
    Math.max(after.first + total * layout.height - 1, lastRowOf(grid)),
    lastColumnOf(grid),
  );
  settle(book, layout.sheet.path);
}

function bodyOf(grid: Grid, layout: ListLayout, people: number): BodyModel {
  const { first, height, blocks } = layout;
  const added = Math.max(0, people - blocks) * height;
  const rowOf = (block: number) => first + block * height + (blocks >= 2 && block === blocks - 1 ? added : 0);
  return { grid, layout, rowOf, grown: added > 0 };
}

/** 数式の控えの値（前の計算結果）を捨てる。開いたときに計算し直され、古い人数が見えることがない。 */
export function dropCachedValues(grid: Grid): void {
  for (const { cells } of grid.rows.values()) {
    for (const cell of cells.values()) {
      if (!childOf(cell, "f")) continue;
      cell.children = cell.children.filter(
        (node) => typeof node === "string" || localName(node.name) !== "v",
      );
      setAttribute(cell, "t", undefined);
    }
  }
}

/** 足りない人の分の行を入れる。最後の見本の前に入れるので、本体を指す範囲はみな伸びる。 */
function makeRoom(tools: BookTools, layout: ListLayout, people: number, scope: readonly XlsxSheet[]): void {
  const { first, height, blocks } = layout;
  const count = (people - blocks) * height;
  if (count <= 0) return;
  const last = first + (blocks - 1) * height;
  const insertion =
    blocks >= 2
      ? { at: last, count }
      : { at: first + blocks * height, count, growing: blocks === 1 ? first : layout.headerRow };
  insertRows(tools.book, layout.sheet, insertion, scope);
}

function moveSlot<T extends { row: number }>(slot: T, layout: ListLayout, people: number): T {
  const count = Math.max(0, people - layout.blocks) * layout.height;
  return slot.row >= layout.first + layout.blocks * layout.height ? { ...slot, row: slot.row + count } : slot;
}

/** 本体の行を、書き上げた XML に置き換える。 */
function writeBody(grid: Grid, layout: ListLayout, rows: readonly string[]): void {
  const end = layout.first + layout.blocks * layout.height;
  const above: (XmlElement | string)[] = [];
  const below: (XmlElement | string)[] = [];
  for (const node of grid.data.children) {
    if (typeof node === "string") continue;
    const row = Number(attribute(node, "r"));
    if (row < layout.first) above.push(node);
    else if (row >= end) below.push(node);
  }
  grid.data.children = [...above, ...rows, ...below];
  grid.data.paired = true;
}
