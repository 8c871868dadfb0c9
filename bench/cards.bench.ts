import { readFileSync } from "node:fs";
import { join } from "node:path";
import { barcodeDrawing, customerBarcode } from "../src/japan/customer-barcode.ts";
import { fillNoticeFile } from "../src/notices/fill-notice-file.ts";
import { layOutCard, type OwnCardContent } from "../src/notices/own-card.ts";
import { cardFonts } from "../src/notices/own-card-document.ts";
import { printNoticeFile } from "../src/notices/print-notice-file.ts";
import { canConvertToPdf, withPdfConverter } from "../src/office/pdf-converter.ts";
import { drawSheets, type Sheet } from "../src/office/pdf-sheet.ts";
import { fillListFile } from "../src/roster/fill-list-file.ts";
import { convertDocuments } from "../src/testing/libre-office.ts";
import type { BenchRow } from "./bench-row.ts";
import { libreMailMerge } from "./mail-merge.ts";

export const name = "はがきと予約者リスト（手本は、同じ文書を LibreOffice が開いて書き出す時間）";

const templates = join(process.cwd(), "samples", "templates");
const PEOPLE = 1000;
const CLIENT_PEOPLE = 100;
const ROWS = 10_000;
const now = "2025-09-22T11:20";
const merged = (people: number) =>
  `手本は LibreOffice の差し込み印刷（com.sun.star.text.MailMerge）${people} 人の ${PEOPLE / people} 倍（${PEOPLE} 人では 200 秒で終わらなかったので、手本に有利な数）`;
const opening =
  "この機械には python3-uno と libreoffice-base がないので、差し込み印刷とは比べず、差し込み済みの 100 人の文書を開いて書き出すだけの時間（差し込みより短い）の 10 倍と比べる";

export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  if (!canConvertToPdf()) return rows;
  const card = new Uint8Array(readFileSync(join(templates, "postcard_mergefield.docx")));
  const list = new Uint8Array(readFileSync(join(templates, "booking_list_template.xlsx")));
  const input = (people: number) => ({
    template: card,
    list: peopleCsv(people),
    listName: "people.csv",
    now,
  });

  const docx = await timed(async () => fillNoticeFile(input(PEOPLE)).docx);
  const part = fillNoticeFile(input(CLIENT_PEOPLE)).docx;
  const opened = await timed(() => convertDocuments([{ name: "x.docx", bytes: part }], "docx"));
  const tenfold = opened.seconds * (PEOPLE / CLIENT_PEOPLE);
  const merge = await libreMailMerge(join(templates, "postcard_mergefield.docx"), peopleCsv(CLIENT_PEOPLE));
  rows.push(
    merge === undefined
      ? row(`はがき ${PEOPLE} 人 .docx`, docx.seconds, tenfold, opening)
      : row(
          `はがき ${PEOPLE} 人 .docx`,
          docx.seconds,
          merge * (PEOPLE / CLIENT_PEOPLE),
          merged(CLIENT_PEOPLE),
        ),
  );

  const own = await timed(() => drawOwn(PEOPLE));
  const bare = await timed(() =>
    withPdfConverter({}, (converter) => converter.convert({ docx: part, keepBlankPages: true })),
  );
  const scaled = bare.seconds * (PEOPLE / CLIENT_PEOPLE);
  rows.push(
    row(
      `標準のはがき ${PEOPLE} 人 PDF`,
      own.seconds,
      scaled,
      `手本は委託者の様式 ${CLIENT_PEOPLE} 人を LibreOffice で PDF にした時間の ${PEOPLE / CLIENT_PEOPLE} 倍（様式は違う）`,
    ),
  );
  const client = await timed(() => printNoticeFile(input(CLIENT_PEOPLE)));
  rows.push(
    row(
      `委託者の様式 ${CLIENT_PEOPLE} 人 PDF`,
      client.seconds,
      bare.seconds,
      "差し込み、変換、ページの確かめまで。手本は差し込み済みの同じ文書の変換だけ",
    ),
  );

  const csv = bookingCsv(ROWS);
  const filled = await timed(async () =>
    fillListFile({ template: list, list: csv, listName: "bookings.csv" }),
  );
  const plain = await timed(() => convertDocuments([{ name: "x.csv", bytes: csv }], "xlsx"));
  rows.push(
    row(
      `予約者リスト ${ROWS} 行 .xlsx`,
      filled.seconds,
      plain.seconds,
      "手本は同じ CSV を LibreOffice が書式なしの .xlsx にする時間",
    ),
  );
  return rows;
}

function row(what: string, ours: number, peer: number, note: string): BenchRow {
  return { what, ours: round(ours), peer: round(peer), ratio: round(ours / peer), unit: "秒", note };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

async function timed<T>(work: () => Promise<T>): Promise<{ made: T; seconds: number }> {
  const start = performance.now();
  const made = await work();
  return { made, seconds: (performance.now() - start) / 1000 };
}

function peopleCsv(count: number): Uint8Array {
  const head =
    "郵便番号,住所１,住所２,氏名,区分,受講日,開始時刻,終了時刻,会場,会場所在地,講座名,受付番号,持ち物,問合せ電話";
  const lines = Array.from(
    { length: count },
    (_, i) =>
      `001-0031,札幌市北区北三十一条西5丁目${i + 1}-1,${i % 3 ? "" : `検査ビル${i}号`},検査　${i}子,講習会,2025-10-01,10:00,12:00,北区民センター,札幌市北区北二十五条西6丁目,入門,${i + 1},筆記用具,0120-000-000`,
  );
  return Buffer.from([head, ...lines].join("\r\n"));
}

function bookingCsv(count: number): Uint8Array {
  const head = "会場,日時,講座,定員,受付番号,氏名,フリガナ,郵便番号,住所,電話番号,受付日時,状態";
  const lines = Array.from(
    { length: count },
    (_, i) =>
      `会場${i % 50},2025-10-${String(((i % 50) % 28) + 1).padStart(2, "0")} 10:00,入門,200,${i + 1},検査　${i}子,ケンサ,001-0031,札幌市北区北三十一条西5丁目${i + 1}-1,011-000-0000,2025-09-12 10:00,予約`,
  );
  return Buffer.from([head, ...lines].join("\r\n"));
}

function drawOwn(count: number): Promise<Uint8Array> {
  const fonts = cardFonts();
  function* sheets(): Generator<Sheet> {
    for (let i = 0; i < count; i += 1) {
      const { front, back } = layOutCard(
        content(i),
        { format: "madoguchi-card/1", direction: "horizontal" },
        fonts,
      );
      yield front;
      yield back;
    }
  }
  return drawSheets(sheets(), { title: "受講通知書" });
}

function content(i: number): OwnCardContent {
  const address = `札幌市北区北三十一条西5丁目${i + 1}-1`;
  const made = customerBarcode("001-0031", address);
  return {
    postal: "0010031",
    address,
    building: i % 3 ? "" : `検査ビル${i}号`,
    name: `検査　${i}子`,
    number: String(i + 1).padStart(4, "0"),
    kind: "講習会",
    day: "令和7年10月1日（水）",
    time: "午前10時から正午",
    venue: "北区民センター",
    venueAddress: "札幌市北区北二十五条西6丁目",
    room: "2階",
    course: "入門",
    bring: "筆記用具",
    phone: "0120-000-000",
    by: ["札幌市"],
    from: ["差出人・返還先", "札幌市中央区北一条西0丁目0-0"],
    mark: "料金後納",
    markOffice: "札幌中央局",
    barcode: "bars" in made ? barcodeDrawing(made.bars) : undefined,
    large: false,
  };
}
