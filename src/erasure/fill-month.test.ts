import { afterEach, beforeEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { fillMonth, monthValues } from "./fill-month.ts";
import { keepMonthTemplate } from "./keep-month-template.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());

test("７(3) 一度置いた年間の様式に、年度のはじめからその月までが入り、あとの月と当てのない欄は空のまま", async () => {
  const privacy = desk.actor("p", "privacy");
  const months = ["4月", "8月", "9月", "3月"];
  const rows = [
    ["項目", ...months],
    ["研修修了者数", "", "", "", ""],
    ["所管課の確認", "", "", "", ""],
  ];
  const labels = [...(await monthValues(desk.office, desk.contract, "2025-08")).keys()];
  const bytes = writeTableWorkbook([{ name: "様式１", rows }]);
  const kept = await keepMonthTemplate(desk.office, privacy, { fileName: "様式１.xlsx", bytes }, labels);
  expect(kept).toEqual({ names: ["研修修了者数", "所管課の確認"], mapped: 1 });
  const filled = await fillMonth(desk.office, privacy, "2025-08");
  const said = readTables(filled.bytes, "a.xlsx")[0]?.rows.map((row) => row.map((one) => one.text).join("|"));
  expect(said).toEqual(["項目|4月|8月|9月|3月", "研修修了者数|0|0", "所管課の確認"]);
});
