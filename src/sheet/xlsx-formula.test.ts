import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnName } from "../office/table.ts";
import {
  copyFormula,
  mentionsSheet,
  renameSheets,
  renameTables,
  sheetPrefix,
  shiftFormula,
} from "./xlsx-formula.ts";

const insertion = { at: 27, count: 3 };
const shift = (formula: string) => shiftFormula(formula, "名簿", "名簿", insertion);

describe("行の挿入と数式", () => {
  test.each([
    ["COUNTA(C8:C27)", "COUNTA(C8:C30)"],
    ['IF(C27="","",ROW()-7)', 'IF(C30="","",ROW()-7)'],
    ["$A$27+A$28-$A1", "$A$30+A$31-$A1"],
    ["SUM(C8:C26)", "SUM(C8:C26)"],
    ["SUM(C:C)+SUM($5:$40)", "SUM(C:C)+SUM($5:$43)"],
    ['"C27"&C27', '"C27"&C30'],
    ["LOG10(C27)+ATAN2(A27,B27)", "LOG10(C30)+ATAN2(A30,B30)"],
    ["表27[氏名]+表1[[#Totals],[A27]]", "表27[氏名]+表1[[#Totals],[A27]]"],
    ["[1]名簿!A27+'[別.xlsx]名簿'!A27", "[1]名簿!A27+'[別.xlsx]名簿'!A27"],
    ["リスト!A27+名簿!A27+'名簿'!A27", "リスト!A27+名簿!A30+'名簿'!A30"],
    ["A27:INDEX(A:A,30)", "A30:INDEX(A:A,30)"],
    ["SUM(A30:A8)", "SUM(A8:A33)"],
    ["A1048576", "#REF!"],
    ["A8:A1048576", "A8:A1048576"],
    ["名A27+A27名+_A27", "名A27+A27名+_A27"],
    ["Q4.A27+1.5E27", "Q4.A27+1.5E27"],
    ["Sheet1:名簿!A27", "Sheet1:名簿!A27"],
  ])("%s → %s", (before, after) => expect(shift(before)).toBe(after));

  test("一行だけの表の末尾に足すとき、その行で終わる範囲は伸び、一つのセルは伸びない", () => {
    const grow = { at: 9, count: 4, growing: 8 };
    expect(shiftFormula("COUNTA(C8:C8)+C8+SUM(C1:C8)", "名簿", "名簿", grow)).toBe(
      "COUNTA(C8:C12)+C8+SUM(C1:C12)",
    );
  });

  test("別のシートにある数式は、名指しした参照だけが動く", () => {
    expect(shiftFormula("A27+名簿!A27", "集計", "名簿", insertion)).toBe("A27+名簿!A30");
  });

  // 列の英字と行番号から、名前やほかの参照に紛れない数式を作って確かめる。
  const corner = fc.record({
    column: fc.integer({ min: 1, max: 16_384 }),
    row: fc.integer({ min: 1, max: 1_000_000 }),
    columnFixed: fc.boolean(),
    rowFixed: fc.boolean(),
  });
  const write = (c: { column: number; row: number; columnFixed: boolean; rowFixed: boolean }) =>
    `${c.columnFixed ? "$" : ""}${columnName(c.column - 1)}${c.rowFixed ? "$" : ""}${c.row}`;

  test("どの参照も、挿入の前と同じ中身を指し続ける", () => {
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 500 }),
        (cells, at, count) => {
          const moved = shiftFormula(cells.map(write).join("+"), "S", "S", { at, count });
          // 挿入のあとのシートでは、もとの行 r の中身は r >= at なら r + count にある。
          const expected = cells
            .map((c) => write({ ...c, row: c.row >= at ? c.row + count : c.row }))
            .join("+");
          expect(moved).toBe(expected);
        },
      ),
    );
  });

  test("二度に分けて入れても、一度に入れても同じになる", () => {
    fc.assert(
      fc.property(
        corner,
        corner,
        fc.integer({ min: 2, max: 1_000_000 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (a, b, at, one, two) => {
          const formula = `SUM(${write(a)}:${write(b)})`;
          const once = shiftFormula(formula, "S", "S", { at, count: one + two });
          const twice = shiftFormula(shiftFormula(formula, "S", "S", { at, count: one }), "S", "S", {
            at,
            count: two,
          });
          expect(twice).toBe(once);
        },
      ),
    );
  });

  test("写しは、行って戻れば元どおり", () => {
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40_000 }),
        (cells, rows) => {
          const formula = `IF(${cells.map(write).join("*")}="","A1",ROW()-7)`;
          expect(copyFormula(copyFormula(formula, rows), -rows)).toBe(formula);
        },
      ),
    );
  });
});

test("写すと相対参照だけが動く", () => {
  expect(copyFormula('IF(C8="","",ROW()-7)+$C8+C$8+$C$8+SUM(C$8:C8)', 2)).toBe(
    'IF(C10="","",ROW()-7)+$C10+C$8+$C$8+SUM(C$8:C10)',
  );
  expect(copyFormula("C1", -1)).toBe("#REF!");
});

test("シート名を付け替える", () => {
  const names = new Map([["予約者リスト", "10月1日_麻生"]]);
  expect(
    renameSheets(
      `予約者リスト!A1+'予約者リスト'!B2&"予約者リスト!A1"+[1]予約者リスト!C3+予約者リスト2!A1`,
      names,
    ),
  ).toBe(`'10月1日_麻生'!A1+'10月1日_麻生'!B2&"予約者リスト!A1"+[1]予約者リスト!C3+予約者リスト2!A1`);
});

test("表の名を付け替える", () => {
  const names = new Map([["予約表", "予約表_2"]]);
  expect(
    renameTables('COUNTA(予約表[氏名])+予約表[[#This Row],[予約表]]&"予約表"+予約表2[氏名]', names),
  ).toBe('COUNTA(予約表_2[氏名])+予約表_2[[#This Row],[予約表]]&"予約表"+予約表2[氏名]');
});

test("シート名には要るときだけ引用符がつき、参照として読み戻せる", () => {
  expect(sheetPrefix("名簿")).toBe("名簿!");
  expect(sheetPrefix("A1")).toBe("'A1'!");
  fc.assert(
    fc.property(fc.stringMatching(/^[^\u0000-\u001f:\\/?*[\]"]{1,20}$/), (name) => {
      fc.pre(!name.startsWith("'") && !name.endsWith("'"));
      expect(mentionsSheet(`${sheetPrefix(name)}B4`, name)).toBe(true);
    }),
  );
});
