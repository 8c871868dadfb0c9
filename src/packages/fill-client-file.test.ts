import { expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { fillClientFile } from "./fill-client-file.ts";

const now = instantOf("2025-10-01", "09:00");
const sheet = "xl/worksheets/sheet1.xml";

/** 委託者の様式のつもりのブック。改行は、Excel の書くことのある「&#10;」で入っている。 */
function template(cell: string): Uint8Array {
  const parts = new Map(openZip(writeTableWorkbook([{ name: "報告", rows: [["CELL"]] }])));
  const xml = new TextDecoder().decode(parts.get(sheet));
  parts.set(sheet, new TextEncoder().encode(xml.replace("CELL", cell)));
  return writeZip(parts);
}

test("７(3) 様式のほかの字は、文字参照のところも変わらない", () => {
  const filled = fillClientFile(
    template("対象&#10;{対象の月}&#xFF5E;&amp;「&quot;」"),
    new Map([["対象の月", "<9月>\u0001 & 分"]]),
    now,
  );
  expect(readTables(filled.bytes, "a.xlsx")[0]?.rows[0]?.[0]?.text).toBe('対象\n<9月> & 分～&「"」');
});
