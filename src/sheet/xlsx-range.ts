import { type Area, parseArea } from "./xlsx-area.ts";
import { tree } from "./xlsx-book.ts";
import type { Grid } from "./xlsx-grid.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import type { BookTools } from "./xlsx-list.ts";
import { nameElements } from "./xlsx-part.ts";
import { attribute, localName, textOf, walk } from "./xlsx-xml.ts";

/** シートにある範囲（表、絞り込み、印刷範囲、入力規則、条件付き書式）。 */
export function rangesOn(tools: BookTools, grid: Grid, kinds: readonly string[]): Area[] {
  const found: string[] = [];
  const wanted = new Set(kinds);
  walk(grid.root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "autoFilter" && wanted.has(name)) found.push(attribute(element, "ref") ?? "");
    if (name === "sqref" && wanted.has("sqref")) found.push(...textOf(element).split(/\s+/));
    if (/^(dataValidation|conditionalFormatting)$/.test(name) && wanted.has("sqref"))
      found.push(...(attribute(element, "sqref") ?? "").split(/\s+/));
    return undefined;
  });
  if (wanted.has("table")) found.push(...tablesOn(tools, grid).map(({ ref }) => ref));
  if (wanted.has("print")) found.push(...printAreas(tools, grid));
  return found.flatMap((text) => parseArea(text) ?? []);
}

export function tablesOn(tools: BookTools, grid: Grid): { ref: string; totals: number }[] {
  return relationshipsOf(tools.book, grid.sheet.path)
    .filter((link) => link.kind === "table" && tools.book.parts.has(link.target))
    .map((link) => tree(tools.book, link.target).root)
    .map((root) => ({
      ref: attribute(root, "ref") ?? "",
      totals: Number(attribute(root, "totalsRowCount") ?? 0),
    }));
}

function printAreas(tools: BookTools, grid: Grid): string[] {
  const at = String(tools.book.sheets.indexOf(grid.sheet));
  return nameElements(tools.book)
    .filter(
      (name) => attribute(name, "name") === "_xlnm.Print_Area" && attribute(name, "localSheetId") === at,
    )
    .flatMap((name) =>
      textOf(name)
        .split(",")
        .map((part) => part.slice(part.lastIndexOf("!") + 1)),
    );
}
