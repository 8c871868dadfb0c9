import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** 字の幅と、字があるかを答える書体（TrueType）。 */
export interface PdfFont {
  bytes: Buffer;
  /** その字（符号位置）があるか。 */
  has(codePoint: number): boolean;
  /** 大きさ 1 のときの幅。ない字は全角の幅。 */
  advance(codePoint: number): number;
}

const from = createRequire(import.meta.url);
const files = {
  regular: "@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf",
  bold: "@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf",
} as const;
const opened = new Map<keyof typeof files, PdfFont>();

/** はがきと帳票の書体（BIZ UDPゴシック、OFL）。一度読めば使い回す。 */
export function pdfFont(weight: keyof typeof files = "regular"): PdfFont {
  const known = opened.get(weight);
  if (known) return known;
  const font = readFont(readFileSync(from.resolve(files[weight])));
  opened.set(weight, font);
  return font;
}

/** TrueType の cmap（形式 4 と 12）と hmtx を読む。 */
export function readFont(bytes: Buffer): PdfFont {
  const tables = tablesOf(bytes);
  const at = (name: string) => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`the font has no ${name} table`);
    return found;
  };
  const unitsPerEm = bytes.readUInt16BE(at("head") + 18);
  const metrics = bytes.readUInt16BE(at("hhea") + 34);
  const hmtx = at("hmtx");
  const glyphs = readCmap(bytes, at("cmap"));
  return {
    bytes,
    has: (codePoint) => (glyphs.get(codePoint) ?? 0) !== 0,
    advance: (codePoint) => {
      const glyph = glyphs.get(codePoint) ?? 0;
      if (glyph === 0) return 1;
      return bytes.readUInt16BE(hmtx + Math.min(glyph, metrics - 1) * 4) / unitsPerEm;
    },
  };
}

function tablesOf(bytes: Buffer): Map<string, number> {
  const count = bytes.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = 12 + i * 16;
      return [bytes.toString("latin1", entry, entry + 4), bytes.readUInt32BE(entry + 8)];
    }),
  );
}

function readCmap(bytes: Buffer, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const count = bytes.readUInt16BE(cmap + 2);
  for (let i = 0; i < count; i += 1) {
    const sub = cmap + bytes.readUInt32BE(cmap + 4 + i * 8 + 4);
    const format = bytes.readUInt16BE(sub);
    if (format === 12) readSegmented(bytes, sub, glyphs);
    if (format === 4) readBasic(bytes, sub, glyphs);
  }
  return glyphs;
}

function readSegmented(bytes: Buffer, sub: number, glyphs: Map<number, number>): void {
  const groups = bytes.readUInt32BE(sub + 12);
  for (let i = 0; i < groups; i += 1) {
    const entry = sub + 16 + i * 12;
    const [start, end, glyph] = [0, 4, 8].map((more) => bytes.readUInt32BE(entry + more));
    if (start === undefined || end === undefined || glyph === undefined) continue;
    for (let code = start; code <= end; code += 1) glyphs.set(code, glyph + code - start);
  }
}

function readBasic(bytes: Buffer, sub: number, glyphs: Map<number, number>): void {
  const doubled = bytes.readUInt16BE(sub + 6);
  const [ends, starts] = [sub + 14, sub + 16 + doubled];
  const [deltas, offsets] = [starts + doubled, starts + doubled * 2];
  for (let i = 0; i < doubled; i += 2) {
    const end = bytes.readUInt16BE(ends + i);
    const start = bytes.readUInt16BE(starts + i);
    const delta = bytes.readUInt16BE(deltas + i);
    const offset = bytes.readUInt16BE(offsets + i);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      if (glyphs.has(code)) continue;
      const raw = offset === 0 ? code : bytes.readUInt16BE(offsets + i + offset + (code - start) * 2);
      const glyph = offset === 0 || raw !== 0 ? (raw + delta) & 0xffff : 0;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

/** 大きさ size（mm）で組んだ幅（mm）。 */
export function textWidth(text: string, size: number, font: PdfFont): number {
  let sum = 0;
  for (const char of text) sum += font.advance(char.codePointAt(0) ?? 0);
  return sum * size;
}

/** 書体にない字（書記素）。異体字セレクタ付きは、その字形で刷れるとは限らないので、ないものとして扱う。 */
export function missingCharacters(text: string, font: PdfFont): string[] {
  const missing: string[] = [];
  for (const { segment } of new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(text)) {
    const codes = [...segment].map((char) => char.codePointAt(0) ?? 0);
    const blank = /^[\s\u3000]+$/u.test(segment);
    if (!blank && codes.some((code) => !font.has(code)) && !missing.includes(segment)) missing.push(segment);
  }
  return missing;
}
