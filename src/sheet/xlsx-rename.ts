import { tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { renameSheets, sameSheet } from "./xlsx-formula.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import { mapFormulas, mapText, mentions, nameElements, partsOf } from "./xlsx-part.ts";
import { sheetElements } from "./xlsx-workbook.ts";
import { attribute, localName, setAttribute, walk } from "./xlsx-xml.ts";

/** シートの名を変え、ブックの中の、その名を使う数式・名前・グラフ・ピボットをすべて合わせる。 */
export function renameSheet(
  book: XlsxBook,
  sheet: XlsxSheet,
  name: string,
  scope: readonly XlsxSheet[],
): void {
  const old = sheet.name;
  if (old === name) return;
  const names = new Map([[old, name]]);
  const element = sheetElements(book)[book.sheets.indexOf(sheet)];
  if (element) setAttribute(element, "name", name);
  for (const other of scope) {
    for (const path of [other.path, ...partsOf(book, other)]) {
      if (mentions(book, path, old))
        mapFormulas(tree(book, path).root, (formula) => renameSheets(formula, names));
    }
  }
  for (const defined of nameElements(book)) mapText(defined, (formula) => renameSheets(formula, names));
  for (const link of relationshipsOf(book, book.workbook)) {
    if (link.kind !== "pivotCacheDefinition" || !book.parts.has(link.target)) continue;
    walk(tree(book, link.target).root, (source) => {
      if (localName(source.name) === "worksheetSource" && sameSheet(attribute(source, "sheet") ?? "", old))
        setAttribute(source, "sheet", name);
      return undefined;
    });
  }
  sheet.name = name;
}
