import { z } from "zod";
import { breakLines, fitSize } from "../office/line-break.ts";
import { missingCharacters, type PdfFont, textWidth } from "../office/pdf-font.ts";
import type { Sheet, SheetText } from "../office/pdf-sheet.ts";

/** まどぐちの標準のはがき（委託者が様式を示さないとき）。宛名の向きだけを選べる。 */
export const ownCardSchema = z.strictObject({
  format: z.literal("madoguchi-card/1"),
  direction: z.enum(["horizontal", "vertical"]),
});
export type OwnCardSetting = z.infer<typeof ownCardSchema>;

/** 様式の一覧に出る名。この名の様式は、Word ではなく標準のはがき。 */
export const ownCardName = "まどぐちの標準のはがき";

/** 標準のはがきが印字する項目（標準の呼び名）。 */
export const ownCardFields = [
  ...["郵便番号", "住所１", "住所２", "氏名", "区分", "受講日", "開始時刻", "終了時刻"],
  ...["会場", "会場所在地", "講座名", "受付番号", "持ち物", "問合せ電話"],
];

/** 一通の内容。郵便番号は数字7桁（読めなければ空）。 */
export interface OwnCardContent {
  postal: string;
  address: string;
  building: string;
  name: string;
  number: string;
  kind: string;
  day: string;
  time: string;
  venue: string;
  venueAddress: string;
  room: string;
  course: string;
  bring: string;
  phone: string;
  by: string[];
  /** 差出人・返還先。行ごと。 */
  from: string[];
  /** 料金後納などの印。空なら刷らない。 */
  mark: string;
  markOffice: string;
  barcode: { width: number; height: number; path: string } | undefined;
  large: boolean;
}

export interface OwnCard {
  front: Sheet;
  back: Sheet;
  /** 入りきらない欄の名。空なら入っている。 */
  overflow: string[];
  /** 書体にない字。別の字には替えない。 */
  missing: string[];
}

export interface CardFonts {
  regular: PdfFont;
  bold: PdfFont;
}

/** はがき（mm）。 */
const CARD = { width: 100, height: 148 } as const;
const RED = "#c8372d";
const GRAY = "#333333";

/** 郵便番号の枠（日本郵便の郵便はがきの位置: 上から 12 mm、左から 44.3 mm、枠は幅 5.7・高さ 8.0 mm）。 */
export const postalBoxes = {
  y: 12,
  width: 5.7,
  height: 8,
  x: [44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3],
} as const;

/** 一通を組む。面は必ず表と裏の二つで、入りきらなければ overflow が言う。 */
export function layOutCard(content: OwnCardContent, setting: OwnCardSetting, fonts: CardFonts): OwnCard {
  const overflow: string[] = [];
  const front = blank();
  drawPostal(front, content.postal);
  drawMark(front, content);
  if (setting.direction === "vertical") drawVertical(front, content, overflow);
  else drawHorizontal(front, content, fonts, overflow);
  drawSender(front, content, fonts, setting);
  const back = drawBack(content, fonts, overflow);
  const printed = [front, back].flatMap((sheet) => sheet.texts.map((one) => one.text)).join("");
  return { front, back, overflow, missing: missingCharacters(printed, fonts.regular) };
}

function blank(): Sheet {
  return { ...CARD, texts: [], rules: [], paths: [] };
}

function drawPostal(sheet: Sheet, postal: string): void {
  const title = "郵便はがき";
  [...title].forEach((text, at) => {
    sheet.texts.push({ text, x: 39.5 + at * 4.2, y: 4.6, size: 2.6, color: RED });
  });
  const { x, y, width, height } = postalBoxes;
  x.forEach((left, at) => {
    sheet.rules.push({ x: left, y, width, height, line: at < 3 ? 0.5 : 0.3, color: RED });
    const digit = postal[at] ?? "";
    sheet.texts.push({ text: digit, x: left + 1.35, y: y + 1.3, size: 5.2 });
  });
}

/** 料金後納・料金別納の印（直径 20 mm の円、上から局名・種別・郵便）。 */
function drawMark(sheet: Sheet, { mark, markOffice }: OwnCardContent): void {
  if (mark === "") return;
  const [x, y, size] = [10, 9, 20];
  sheet.rules.push({ x, y, width: size, height: size, line: 0.3, round: true });
  for (const share of [1 / 3, 2 / 3]) {
    const off = Math.sqrt(100 - (share * size - 10) ** 2);
    sheet.rules.push({ x: x + 10 - off, y: y + share * size, width: off * 2, height: 0.2 });
  }
  const lines = [markOffice, mark, "郵便"];
  lines.forEach((text, at) => {
    const letter = Math.min(2.9, 15 / Math.max(1, [...text].length));
    const wide = [...text].length * letter;
    sheet.texts.push({ text, x: x + 10 - wide / 2, y: y + 2.6 + at * 6.2, size: letter });
  });
}

function drawHorizontal(
  sheet: Sheet,
  content: OwnCardContent,
  { regular, bold }: CardFonts,
  overflow: string[],
): void {
  const { large } = content;
  const [left, width] = [14, 74];
  const most = large ? 5.2 : 4.2;
  let y = 44;
  y = addLines(
    sheet,
    content.address,
    { left, width, y, sizes: [most, most - 0.5, 3.4], most: 3 },
    regular,
    () => overflow.push("住所"),
  );
  if (content.building !== "")
    y = addLines(
      sheet,
      content.building,
      { left: left + 4, width: width - 4, y: y + 0.6, sizes: [most - 0.4, 3.4, 3], most: 2 },
      regular,
      () => overflow.push("建物名"),
    );
  const name = `${content.name}　様`;
  const { size, fits } = fitSize(name, width, large ? 9 : 7.4, 4.2, bold);
  if (!fits) overflow.push("氏名");
  const nameY = Math.max(y + 4, 72);
  const wide = textWidth(name, size, regular);
  sheet.texts.push({ text: name, x: Math.max(left, 50 - wide / 2), y: nameY, size });
  if (content.barcode)
    sheet.paths.push({ x: 50 - content.barcode.width / 2, y: 94, d: content.barcode.path });
}

interface Block {
  left: number;
  width: number;
  y: number;
  /** 試す文字の大きさ（mm、大きい順）。 */
  sizes: readonly number[];
  /** 行の上限。 */
  most: number;
}

/** 行の上限に収まる大きさで書き、次の y を返す。どの大きさでも収まらなければ、いちばん小さくして over を呼ぶ。 */
function addLines(sheet: Sheet, text: string, block: Block, font: PdfFont, over: () => void): number {
  let size = block.sizes[0] ?? 4;
  let lines: string[] = [];
  for (size of block.sizes) {
    lines = breakLines(text, block.width, size, font);
    if (lines.length <= block.most) break;
  }
  if (lines.length > block.most) over();
  lines.forEach((line, at) => {
    sheet.texts.push({ text: line, x: block.left, y: block.y + at * size * 1.35, size });
  });
  return block.y + lines.length * size * 1.35;
}

/** 縦書きの列。字を一つずつ積む。 */
const turnedMarks = /^[ー―－‐\-–—~〜～（）()「」『』【】〈〉《》［］[\]=＝…‥:：]$/u;
const smallMarks = /^[ぁぃぅぇぉっゃゅょァィゥェォッャュョヶヵ]$/u;

function drawVertical(sheet: Sheet, content: OwnCardContent, overflow: string[]): void {
  const size = content.large ? 5 : 4.4;
  const columns = stackColumns(content.address, 88, size);
  if (columns.length > 2) overflow.push("住所");
  columns.forEach((column, at) => {
    stack(sheet, column, 86 - at * (size + 1.6), 27 + at * 4, size);
  });
  const under = stackColumns(content.building, 78, size - 0.4);
  if (under.length > 2) overflow.push("建物名");
  const offset = columns.length * (size + 1.6);
  if (content.building !== "")
    under.forEach((column, at) => {
      stack(sheet, column, 86 - offset - at * (size + 1.2), 37, size - 0.4);
    });
  const name = [...`${content.name}　様`];
  const room = 82;
  const most = content.large ? 9.5 : 8.2;
  const letter = Math.min(most, room / name.length);
  if (letter < 4.2) overflow.push("氏名");
  stack(sheet, name, 50 - letter / 2, 32, Math.max(4.2, letter));
  if (content.barcode)
    sheet.paths.push({ x: 50 - content.barcode.width / 2, y: 124, d: content.barcode.path });
}

function stackColumns(text: string, room: number, size: number): string[][] {
  const letters = [...new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(text)].map(
    (one) => one.segment,
  );
  const each = Math.floor(room / (size * 1.06));
  return Array.from({ length: Math.ceil(letters.length / each) }, (_, at) =>
    letters.slice(at * each, (at + 1) * each),
  );
}

function stack(sheet: Sheet, letters: readonly string[], x: number, y: number, size: number): void {
  letters.forEach((given, at) => {
    const text = given === "-" ? "－" : given;
    const half = /^[\u0021-\u007e]$/.test(text);
    const punctuation = /^[、。，．]$/u.test(text);
    const small = smallMarks.test(text);
    sheet.texts.push({
      text,
      x: x + (half ? size * 0.22 : punctuation ? size * 0.6 : small ? size * 0.1 : 0),
      y: y + at * size * 1.06 - (punctuation ? size * 0.6 : small ? size * 0.1 : 0),
      size,
      ...(turnedMarks.test(text) ? { turned: true } : {}),
    });
  });
}

function drawSender(
  sheet: Sheet,
  { from, number }: OwnCardContent,
  { regular }: CardFonts,
  { direction }: OwnCardSetting,
): void {
  const [left, width] = direction === "vertical" ? [8, 30] : [14, 66];
  const size = direction === "vertical" ? 2.3 : 2.6;
  let y = direction === "vertical" ? 92 : 112;
  for (const line of from)
    for (const part of breakLines(line, width, size, regular)) {
      sheet.texts.push({ text: part, x: left, y, size, color: GRAY });
      y += size * 1.5;
    }
  const text = `受付 ${number}`;
  sheet.texts.push({ text, x: 92 - textWidth(text, 2.9, regular), y: 138, size: 2.9, color: GRAY });
}

/** 文面。大きな文字の版は、同じことを、入るかぎり大きく書く。 */
function drawBack(content: OwnCardContent, fonts: CardFonts, overflow: string[]): Sheet {
  const scales = content.large ? [1.55, 1.45, 1.35, 1.25] : [1.25, 1.15, 1.05, 0.95, 0.87];
  for (const scale of scales) {
    const made = tryBack(content, fonts, scale);
    if (made.end <= 141) return made.sheet;
  }
  overflow.push(content.large ? "文面（大きな文字の版）" : "文面");
  return tryBack(content, fonts, scales.at(-1) ?? 1).sheet;
}

function tryBack(
  content: OwnCardContent,
  { regular, bold }: CardFonts,
  scale: number,
): { sheet: Sheet; end: number } {
  const sheet = blank();
  const [left, width] = [9, 82];
  let y = 9;
  const put = (text: string, size: number, more: Partial<SheetText> & { middle?: boolean } = {}) => {
    const { middle, ...look } = more;
    const font = look.bold ? bold : regular;
    for (const line of breakLines(text, width, size * scale, font)) {
      const x = middle ? 50 - textWidth(line, size * scale, font) / 2 : left;
      sheet.texts.push({ text: line, x, y, size: size * scale, ...look });
      y += size * scale * 1.45;
    }
  };
  const rule = () => {
    y += 1.2 * scale;
    sheet.rules.push({ x: left, y, width, height: 0.35 });
    y += 2.2 * scale;
  };
  put(content.kind, 4.4, { bold: true, middle: true });
  put("受講通知書", 4.8, { bold: true, middle: true });
  y += 1.5 * scale;
  if (!content.large)
    put("お申し込みありがとうございます。次のとおり受講いただけますので、お知らせします。", 2.9);
  rule();
  put(content.day, 4.1, { bold: true });
  put(content.time, 4.1, { bold: true });
  put(content.room === "" ? content.venue : `${content.venue}　${content.room}`, 3.8, { bold: true });
  if (content.venueAddress !== "") put(content.venueAddress, 2.9);
  put(`講座　${content.course}`, 3.4);
  put(`受付番号　${content.number}`, 3.4);
  rule();
  put("お持ちいただくもの", 2.9, { bold: true });
  put(content.bring === "" ? "特にありません。" : content.bring, 2.9);
  y += 1 * scale;
  put("ご都合が悪くなったとき・お問い合わせ", 2.9, { bold: true });
  put(content.phone, 3.4);
  y += 1.5 * scale;
  for (const line of content.by) put(line, 2.7, { middle: true });
  return { sheet, end: y };
}
