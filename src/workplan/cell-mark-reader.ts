import { tree, type XlsxBook, type XlsxSheet } from "../sheet/xlsx-book.ts";
import { openGrid, styleOf } from "../sheet/xlsx-grid.ts";
import { relationshipsOf } from "../sheet/xlsx-link.ts";
import { fillOf, openStyles, type Styles } from "../sheet/xlsx-style.ts";
import { openBook } from "../sheet/xlsx-workbook.ts";
import {
  attribute,
  childOf,
  childrenOf,
  localName,
  textOf,
  walk,
  type XmlElement,
} from "../sheet/xlsx-xml.ts";

/** 色と図形で引かれた線。行と列は 0 から。 */
export interface SheetMarks {
  /** 塗られたます目の色の番号。塗られていなければ 0。 */
  fill(row: number, column: number): number;
  /** 矢印や帯の図形。 */
  shapes: { row: number; from: number; to: number }[];
}

/** シートの名 → 色と図形。Excel でなければ空。読めない色や図形は、ないものとする。 */
export function readCellMarks(bytes: Uint8Array): Map<string, SheetMarks> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return new Map();
  const book = openBook(bytes);
  const styles = openStyles(book);
  const coloured = colouredFills(styles);
  return new Map(
    book.sheets
      .filter((sheet) => sheet.cells)
      .map((sheet) => {
        const grid = openGrid(book, sheet);
        const fill = (row: number, column: number) => {
          const id = fillOf(styles, styleOf(grid, row + 1, column + 1));
          return coloured.has(id) ? id : 0;
        };
        return [sheet.name, { fill, shapes: shapesOf(book, sheet) }];
      }),
  );
}

/** 白でも、塗りなしでもない塗りの番号。 */
function colouredFills(styles: Styles): Set<number> {
  const fills = styles.root && childOf(styles.root, "fills");
  const ids = new Set<number>();
  for (const [at, fill] of (fills ? childrenOf(fills, "fill") : []).entries()) {
    const pattern = childOf(fill, "patternFill");
    const kind = pattern ? (attribute(pattern, "patternType") ?? "none") : "gradient";
    if (kind === "none" || (kind === "gray125" && at < 2)) continue;
    const color = pattern && childOf(pattern, "fgColor");
    const white =
      color !== undefined &&
      (/FFFFFF$/i.test(attribute(color, "rgb") ?? "") ||
        (attribute(color, "theme") === "0" && attribute(color, "tint") === undefined) ||
        attribute(color, "indexed") === "9");
    if (!white) ids.add(at);
  }
  return ids;
}

/** 二つのます目に留められた図形の、行と列の範囲。字だけの箱は除く。 */
function shapesOf(book: XlsxBook, sheet: XlsxSheet): SheetMarks["shapes"] {
  const shapes: SheetMarks["shapes"] = [];
  for (const link of relationshipsOf(book, sheet.path)) {
    if (link.kind !== "drawing" || link.external || !book.parts.has(link.target)) continue;
    walk(tree(book, link.target).root, (element) => {
      if (localName(element.name) !== "twoCellAnchor") return undefined;
      const corner = (name: string) => cornerOf(childOf(element, name));
      const [from, to] = [corner("from"), corner("to")];
      const isLine = childOf(element, "sp") ?? childOf(element, "cxnSp");
      if (!from || !to || !isLine) return undefined;
      const row = Math.floor((from.row + to.row + (to.down > 0 ? 1 : 0)) / 2);
      // 端がますの境目にあるときは、次の列には掛からない。
      const end = to.right > 20_000 || to.column === from.column ? to.column : to.column - 1;
      if (shapes.length < 5_000) shapes.push({ row, from: from.column, to: Math.max(from.column, end) });
      return undefined;
    });
  }
  return shapes;
}

function cornerOf(
  element: XmlElement | undefined,
): { row: number; column: number; right: number; down: number } | undefined {
  if (!element) return undefined;
  const read = (name: string) => {
    const child = childOf(element, name);
    return child ? Number(textOf(child)) : Number.NaN;
  };
  const [row, column] = [read("row"), read("col")];
  if (!(row >= 0 && column >= 0)) return undefined;
  return { row, column, right: read("colOff") || 0, down: read("rowOff") || 0 };
}
