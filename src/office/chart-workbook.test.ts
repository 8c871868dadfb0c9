import { expect, test } from "vitest";
import { writeChartWorkbook } from "./chart-workbook.ts";
import { readTables } from "./table-reader.ts";
import { openZip } from "./zip.ts";

const sheet = {
  name: "日別 '入電'/応答",
  title: "=1+1",
  heads: ["日", "入電", "応答"],
  rows: [
    ["9/11", 447, 332],
    ["=HYPERLINK(1)", 162, 144],
  ],
  notes: ["<決めごと>"],
  chart: {
    ...{ title: "入電", unit: "件", categories: ["9/11", "9/12"] },
    series: [{ name: "応答", values: [332, 144] }],
  },
};

test("図は同じブックの表を指し、表を直せば動く", () => {
  const parts = openZip(writeChartWorkbook([sheet]));
  const chart = new TextDecoder().decode(parts.get("xl/charts/chart1.xml"));
  expect(chart).toContain("$C$4:$C$5");
  expect(chart).toContain("$A$4:$A$5");
  expect(chart).not.toContain("externalData");
  const drawing = new TextDecoder().decode(parts.get("xl/drawings/drawing1.xml"));
  expect(drawing).toContain("graphicFrame");
});

test("文字は式にならず、名の重なりと使えない字は直す", () => {
  const bytes = writeChartWorkbook([sheet, sheet]);
  const sheetXml = new TextDecoder().decode(openZip(bytes).get("xl/worksheets/sheet1.xml"));
  expect(sheetXml).not.toContain("<f>");
  expect(sheetXml).toContain("&lt;決めごと&gt;");
  const tables = readTables(bytes, "a.xlsx");
  expect(new Set(tables.map(({ name }) => name)).size).toBe(2);
});
