import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FixtureValue, relationshipsXml, sheetData, workbookOf } from "../testing/workbook-fixture.ts";
import { type Area, cellName, parseArea } from "./xlsx-area.ts";
import { partText, settle, type XlsxBook } from "./xlsx-book.ts";
import { mapReferences } from "./xlsx-formula.ts";
import { formulaOf, type Grid, openGrid, textAt } from "./xlsx-grid.ts";
import { insertRows } from "./xlsx-shift.ts";
import { openStrings } from "./xlsx-text.ts";
import { openBook } from "./xlsx-workbook.ts";
import { attribute, localName, textOf, walk } from "./xlsx-xml.ts";

const ROWS = 14;
const COLUMNS = 4;

/** どのセルにも違う文字を入れたシート。 */
function labelled(): Record<number, FixtureValue[]> {
  return Object.fromEntries(
    Array.from({ length: ROWS }, (_, at) => [
      at + 1,
      Array.from({ length: COLUMNS }, (_, column) => `値${cellName(at + 1, column + 1)}`),
    ]),
  );
}

/** 範囲にある文字（上から、左から）。 */
function contentsOf(book: XlsxBook, grid: Grid, area: Area): string[] {
  const strings = openStrings(book);
  const found: string[] = [];
  for (let row = area.top; row <= Math.min(area.bottom, 300); row++) {
    for (let column = area.left; column <= Math.min(area.right, COLUMNS); column++) {
      const text = textAt(grid, strings, row, column);
      if (text !== "") found.push(text);
    }
  }
  return found;
}

const span = fc.tuple(
  fc.integer({ min: 1, max: ROWS }),
  fc.integer({ min: 1, max: ROWS }),
  fc.integer({ min: 1, max: COLUMNS }),
  fc.integer({ min: 1, max: COLUMNS }),
);
const area = span.map(
  ([a, b, c, d]): Area => ({
    top: Math.min(a, b),
    bottom: Math.max(a, b),
    left: Math.min(c, d),
    right: Math.max(c, d),
  }),
);
const refOf = (one: Area) => `${cellName(one.top, one.left)}:${cellName(one.bottom, one.right)}`;

describe("行の挿入", () => {
  test("数式、名前、入力規則、条件付き書式、結合の指す中身は、挿入の前と同じ", () => {
    fc.assert(
      fc.property(
        fc.array(area, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: ROWS + 2 }),
        fc.integer({ min: 1, max: 50 }),
        (areas, at, count) => {
          const sums = areas.map((one) => `=COUNTA(名簿!${refOf(one)})`);
          const rules = areas.map(
            (one) =>
              `<dataValidation type="custom" sqref="${refOf(one)}"><formula1>COUNTA(${refOf(one)})</formula1></dataValidation>`,
          );
          const book = openBook(
            workbookOf({
              sheets: [
                {
                  name: "名簿",
                  xml: `${sheetData(labelled())}<dataValidations count="${areas.length}">${rules.join("")}</dataValidations>`,
                },
                { name: "集計", xml: sheetData({ 1: sums }) },
              ],
              names: areas
                .map(
                  (one, n) =>
                    `<definedName name="範囲${n}">名簿!${refOf(one).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}</definedName>`,
                )
                .join(""),
            }),
          );
          const [list, total] = book.sheets;
          if (!list || !total) throw new Error("no sheets");
          const before = openGrid(book, list);
          const wanted = areas.map((one) => contentsOf(book, before, one));
          insertRows(book, list, { at, count }, book.sheets);
          const after = openGrid(book, list);
          const seen = (text: string) =>
            contentsOf(
              book,
              after,
              parseArea(text.replaceAll("$", "")) ?? { top: 1, left: 1, bottom: 0, right: 0 },
            );
          const referred = (formula: string) => {
            const found: string[] = [];
            mapReferences(formula, ({ from, to }) => {
              found.push(
                `${cellName(from.row ?? 0, from.column ?? 0)}:${cellName(to?.row ?? from.row ?? 0, to?.column ?? from.column ?? 0)}`,
              );
              return undefined;
            });
            return found[0] ?? "";
          };
          const summary = openGrid(book, total);
          areas.forEach((_, n) => {
            expect(seen(referred(formulaOf(summary, 1, n + 1) ?? ""))).toEqual(wanted[n]);
          });
          const names: string[] = [];
          for (const path of [list.path, book.workbook]) {
            walk(
              book.trees.get(path)?.root ?? { name: "", head: "", children: [], paired: false },
              (element) => {
                if (localName(element.name) === "definedName") names.push(textOf(element));
                return undefined;
              },
            );
          }
          for (const [n, name] of names.entries()) expect(seen(referred(name))).toEqual(wanted[n]);
          let n = 0;
          walk(after.root, (element) => {
            if (localName(element.name) !== "dataValidation") return undefined;
            expect(seen(attribute(element, "sqref") ?? "")).toEqual(wanted[n]);
            expect(seen(referred(textOf(element)))).toEqual(wanted[n]);
            n++;
            return undefined;
          });
          expect(n).toBe(areas.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("セルの中身はどれも失われず、番号は上から順になる", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS + 2 }), fc.integer({ min: 1, max: 50 }), (at, count) => {
        const book = openBook(workbookOf({ sheets: [{ name: "名簿", xml: sheetData(labelled()) }] }));
        const [list] = book.sheets;
        if (!list) throw new Error("no sheet");
        insertRows(book, list, { at, count }, []);
        const grid = openGrid(book, list);
        const all = { top: 1, left: 1, bottom: 300, right: COLUMNS };
        expect(contentsOf(book, grid, all)).toHaveLength(ROWS * COLUMNS);
        expect([...grid.rows.keys()]).toEqual(
          Array.from({ length: ROWS }, (_, n) => (n + 1 >= at ? n + 1 + count : n + 1)),
        );
      }),
    );
  });
});

test("図、コメントとその枠、改ページ、リンク、グラフ、表も、行とともに動く", () => {
  const drawing = `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:to><xdr:col>1</xdr:col><xdr:row>11</xdr:row></xdr:to></xdr:twoCellAnchor><xdr:twoCellAnchor editAs="absolute"><xdr:from><xdr:row>9</xdr:row></xdr:from><xdr:to><xdr:row>11</xdr:row></xdr:to></xdr:twoCellAnchor><xdr:twoCellAnchor editAs="oneCell"><xdr:from><xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:row>11</xdr:row></xdr:to></xdr:twoCellAnchor></xdr:wsDr>`;
  const vml = `<xml><v:shape id="_x0000_s1025"><x:ClientData><x:Anchor>\n 1, 15, 8, 2, 3, 31, 12, 1</x:Anchor><x:Row>9</x:Row><x:Column>0</x:Column></x:ClientData><br></v:shape></xml>`;
  const book = openBook(
    workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: `${sheetData({ 1: ["あ"], 10: ["い"] })}<hyperlinks><hyperlink ref="A10" location="名簿!A10"/></hyperlinks><rowBreaks count="2"><brk id="3" max="16383" man="1"/><brk id="9" max="16383" man="1"/></rowBreaks>`,
          links: {
            rId1: ["drawing", "../drawings/drawing1.xml"],
            rId2: ["comments", "../comments1.xml"],
            rId3: ["vmlDrawing", "../drawings/vmlDrawing1.vml"],
          },
        },
      ],
      parts: {
        "xl/drawings/drawing1.xml": [drawing, "application/vnd.openxmlformats-officedocument.drawing+xml"],
        "xl/drawings/_rels/drawing1.xml.rels": [
          relationshipsXml({ rId1: ["chart", "../charts/chart1.xml"] }),
          "",
        ],
        "xl/charts/chart1.xml": [
          "<c:chartSpace><c:f>名簿!$A$1:$A$10</c:f></c:chartSpace>",
          "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        ],
        "xl/comments1.xml": [
          '<comments><commentList><comment ref="A10" authorId="0"/><comment ref="A1" authorId="0"/></commentList></comments>',
          "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
        ],
        "xl/drawings/vmlDrawing1.vml": [vml, ""],
      },
    }),
  );
  const [list] = book.sheets;
  if (!list) throw new Error("no sheet");
  insertRows(book, list, { at: 8, count: 5 }, []);
  for (const path of [...book.trees.keys()]) settle(book, path);
  const rows = [...partText(book, "xl/drawings/drawing1.xml").matchAll(/<xdr:row>(\d+)/g)].map(([, row]) =>
    Number(row),
  );
  expect(rows).toEqual([14, 16, 9, 11, 2, 11]);
  expect(partText(book, "xl/drawings/vmlDrawing1.vml")).toContain(
    "1, 15, 13, 2, 3, 31, 17, 1</x:Anchor><x:Row>14</x:Row>",
  );
  expect(partText(book, "xl/charts/chart1.xml")).toContain("名簿!$A$1:$A$15");
  expect(partText(book, "xl/comments1.xml")).toMatch(/ref="A15".*ref="A1"/);
  const xml = partText(book, list.path);
  expect(xml).toContain('<hyperlink ref="A15" location="名簿!A15"/>');
  expect(xml).toContain('<brk id="3" max="16383" man="1"/><brk id="14" max="16383" man="1"/>');
});
