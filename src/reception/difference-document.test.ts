import { expect, test } from "vitest";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { plainWorkbook } from "./difference-document.ts";

// soffice で開くので、documents の段階で動く。
const head = ["番号", "日時", "区分", "理由", "講習会", "受付番号", "氏名", "フリガナ", "電話番号"];
const line = (no: number) => [
  ...[no, "2025-09-28 10:00", "追加", "別の回から", "10月1日（水）10:00～11:30 北区民センター　入門"],
  ...[String(no).padStart(4, "0"), "=1+1", "ケンサ　タロウコ", "011-000-0002"],
];

test("９(2) 差分のワークブックは LibreOffice で開け、見出しがどの頁にも出て、0 も = も文字のまま", async () => {
  const lines = Array.from({ length: 80 }, (_, at) => line(at + 1));
  const bytes = plainWorkbook("差分", "予約者リストの差分　令和7年9月30日現在", head, lines);
  const [pdf] = await convertDocuments([{ name: "差分.xlsx", bytes }], "pdf");
  const facts = await pdfFacts(pdf ?? new Uint8Array());
  expect(facts.width).toBeGreaterThan(facts.height);
  expect(facts.pages).toBeGreaterThan(1);
  for (const text of facts.texts) expect(text).toContain("受付番号");
  const all = facts.texts.join("\n");
  for (const text of ["=1+1", "011-000-0002", "0080", "タロウコ", "北区民センター"])
    expect(all).toContain(text);
});
