import PDFDocument from "pdfkit";
import { pdfFont } from "./pdf-font.ts";

/** 置く字。x・y は字の左上（mm）、size は字の大きさ（mm）。turned は右に 90 度回す（縦書きの長音やかっこ）。 */
export interface SheetText {
  text: string;
  x: number;
  y: number;
  size: number;
  bold?: boolean;
  color?: string;
  turned?: boolean;
}

export interface SheetRule {
  x: number;
  y: number;
  width: number;
  height: number;
  /** 枠なら線の太さ（mm）。省けば塗りつぶす。 */
  line?: number;
  color?: string;
  round?: boolean;
}

/** 紙の一面。寸法は mm。 */
export interface Sheet {
  width: number;
  height: number;
  texts: SheetText[];
  rules: SheetRule[];
  /** SVG の path（mm）。バーコードなど。 */
  paths: { x: number; y: number; d: string }[];
}

const POINT = 72 / 25.4;
const INK = "#1a1a1a";

/** 面を順に並べた PDF。紙の数は面の数と同じで、あふれても増えない。 */
export async function drawSheets(
  sheets: Iterable<Sheet>,
  info: { title: string; onSheet?(done: number): void },
): Promise<Uint8Array> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: "ja-JP",
    info: { Title: info.title, Producer: "まどぐち", Creator: "まどぐち" },
    displayTitle: true,
  });
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done, failed) => {
    doc.on("end", done);
    doc.on("error", failed);
  });
  doc.registerFont("regular", pdfFont("regular").bytes);
  doc.registerFont("bold", pdfFont("bold").bytes);
  let done = 0;
  for (const sheet of sheets) {
    doc.addPage({ size: [sheet.width * POINT, sheet.height * POINT], margin: 0 });
    drawSheet(doc, sheet);
    done += 1;
    info.onSheet?.(done);
  }
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function drawSheet(doc: PDFKit.PDFDocument, sheet: Sheet): void {
  for (const rule of sheet.rules) drawRule(doc, rule);
  for (const path of sheet.paths) {
    doc.save();
    doc.translate(path.x * POINT, path.y * POINT).scale(POINT);
    doc.path(path.d).fill(INK);
    doc.restore();
  }
  for (const text of sheet.texts) drawText(doc, text);
}

function drawRule(
  doc: PDFKit.PDFDocument,
  { x, y, width, height, line, color = INK, round }: SheetRule,
): void {
  const [left, top, wide, tall] = [x, y, width, height].map((mm) => mm * POINT) as [
    number,
    number,
    number,
    number,
  ];
  if (round) doc.ellipse(left + wide / 2, top + tall / 2, wide / 2, tall / 2);
  else doc.rect(left, top, wide, tall);
  if (line === undefined) doc.fill(color);
  else doc.lineWidth(line * POINT).stroke(color);
}

function drawText(doc: PDFKit.PDFDocument, { text, x, y, size, bold, color = INK, turned }: SheetText): void {
  if (text.trim() === "") return;
  doc
    .font(bold ? "bold" : "regular")
    .fontSize(size * POINT)
    .fillColor(color);
  const options = { lineBreak: false, features: [] } satisfies PDFKit.Mixins.TextOptions;
  if (!turned) {
    doc.text(text, x * POINT, y * POINT, options);
    return;
  }
  const middle: [number, number] = [(x + size / 2) * POINT, (y + size / 2) * POINT];
  doc.save().rotate(90, { origin: middle });
  doc.text(text, x * POINT, y * POINT, options);
  doc.restore();
}
