import { formatFiscalYear, formatWareki } from "../japan/wareki.ts";
import { FURIGANA } from "../manuscript/furigana.ts";

/** 本文の中の印: 参照、データの数、脚注、太字。画面では印を見せず、番号・数・注の番号を見せる。 */
export type InlinePiece =
  | { kind: "text"; text: string; bold: boolean }
  | { kind: "ref" | "cell" | "note"; token: string; name: string; bold: boolean }
  | { kind: "ruby"; token: string; word: string; reading: string; bold: boolean };

/** 印の一つずつ（ふりがなは、書き出しと同じ形だけ）。 */
export const TOKEN = new RegExp(
  `\\[\\[@([^\\]\\s]+)\\]\\]|\\{\\{([^}]+)\\}\\}|\\[\\^([^\\]\\s]+)\\]|${FURIGANA.source}`,
  "gu",
);

/** 文を、字と印の並びに。つなげると元に戻る（太字は前後の ** を落とす）。 */
export function parseInline(text: string): InlinePiece[] {
  const pieces: InlinePiece[] = [];
  const parts = text.split("**");
  const paired = parts.length % 2 === 1;
  for (const [at, part] of parts.entries()) {
    const bold = paired && at % 2 === 1;
    tokensOf(paired || at === 0 ? part : `**${part}`, bold, pieces);
  }
  return pieces;
}

function tokensOf(text: string, bold: boolean, pieces: InlinePiece[]): void {
  let from = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > from) pieces.push({ kind: "text", text: text.slice(from, found.index), bold });
    const [token, ref, cell, note, word, reading] = found;
    if (word !== undefined) pieces.push({ kind: "ruby", token, word, reading: reading ?? "", bold });
    else if (ref !== undefined) pieces.push({ kind: "ref", token, name: ref, bold });
    else if (cell !== undefined) pieces.push({ kind: "cell", token, name: cell, bold });
    else pieces.push({ kind: "note", token, name: note ?? "", bold });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from), bold });
}

/** 並びを、文に戻す。 */
export function writeInline(pieces: readonly InlinePiece[]): string {
  let out = "";
  let bold = false;
  for (const piece of pieces) {
    if (piece.bold !== bold) {
      out += "**";
      bold = piece.bold;
    }
    out += piece.kind === "text" ? piece.text : piece.token;
  }
  return bold ? `${out}**` : out;
}

/** 印の見せ方を決めるもの。 */
export interface InlineBook {
  /** 部分の id → 番号。 */
  numbers: ReadonlyMap<string, string>;
  /** データの名 → 行（1行目が見出し）。 */
  tables: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** 脚注の id の、使った順。 */
  notes: readonly string[];
  /** 画像を見せてよい計画の id（「/plans/<id>/pictures/…」で読める）。省けば、写真は名と権利だけを出す。 */
  plan?: string;
}

/** 原稿の画像の場所。 */
export function pictureHref(plan: string, name: string): string {
  return `/plans/${plan}/pictures/${encodeURIComponent(name)}`;
}

/** 印の、画面での文字。missing は、先がない。 */
export function labelOf(piece: InlinePiece, book: InlineBook): { text: string; missing: boolean } {
  if (piece.kind === "text") return { text: piece.text, missing: false };
  if (piece.kind === "ruby") return { text: `${piece.word}（${piece.reading}）`, missing: false };
  if (piece.kind === "ref") {
    const number = book.numbers.get(piece.name);
    return { text: number || `？${piece.name}`, missing: !number };
  }
  if (piece.kind === "note") {
    const at = book.notes.indexOf(piece.name);
    return {
      text: at < 0 ? "（注？）" : `（注${at + 1}）`,
      missing: at < 0 && !piece.name.startsWith("src:"),
    };
  }
  const value = cellText(piece.name, book.tables);
  return { text: value ?? "？", missing: value === undefined };
}

/** 「data/x.csv!B3|0.0」の値。 */
export function cellText(source: string, tables: InlineBook["tables"]): string | undefined {
  const [, year] = /^年度[:：](\d{4})$/.exec(source.trim()) ?? [];
  if (year !== undefined) return `${wide(formatFiscalYear(Number(year)))}（${year}年度）`;
  const [, day] = /^(?:日|日付|年月日)[:：](\d{4}-\d{2}-\d{2})$/.exec(source.trim()) ?? [];
  if (day !== undefined) return wide(formatWareki(day));
  const [place = "", format] = source.split("|");
  const [name = "", ref = ""] = place.trim().split("!");
  const found = /^([A-Z]{1,2})(\d{1,5})$/.exec(ref.trim());
  if (!found) return undefined;
  const column = [...(found[1] ?? "")].reduce((sum, char) => sum * 26 + char.charCodeAt(0) - 64, 0) - 1;
  const text = tables[name]?.[Number(found[2]) - 1]?.[column]?.trim();
  if (text === undefined || text === "") return undefined;
  const number = Number(text.replaceAll(",", ""));
  if (!Number.isFinite(number) || format === undefined) return text;
  const digits = /\.(\d+)$/.exec(format.trim())?.[1]?.length ?? 0;
  return number.toLocaleString("ja-JP", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** 計画の本文の数字は全角（書き出しと同じ）。 */
function wide(text: string): string {
  return text.replace(/\d+/g, (digits) =>
    digits.length === 1 ? String.fromCharCode(digits.charCodeAt(0) + 0xfee0) : digits,
  );
}

/** 列の番号（0から）とます目の番号（1から）→ 「B3」。 */
export function cellRef(row: number, column: number): string {
  const name = column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(39 + column)}`;
  return `${name}${row}`;
}
