import { AppError } from "../base/error.ts";
import { decodeText, type TextEncodingName } from "./csv-encoding.ts";
import { type Cell, defaultTableLimits, refOf, type Table, type TableLimits } from "./table.ts";

export interface CsvTable extends Table {
  encoding: TextEncodingName;
  delimiter: string;
}

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * CSV を一枚の表に読む。文字コードと区切り（, タブ ; |）は中身から見分ける。
 * 行は改行を含む引用符を数えた行（Excel で開いたときの行番号と同じ）。0 で始まる数字は文字のまま。
 * @throws AppError BAD_INPUT（読めない文字、閉じていない引用符）、TOO_LARGE
 */
export function readCsv(bytes: Uint8Array, name: string, limits: TableLimits = defaultTableLimits): CsvTable {
  if (bytes.length > MAX_BYTES) throw tooLarge();
  const { text, encoding } = decodeText(bytes);
  if (text.trim() === "") {
    throw new AppError("BAD_INPUT", "ファイルが空です。表の入ったファイルを選び直してください。");
  }
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const delimiter = declared?.[1] ?? guessDelimiter(body);
  const rows: Cell[][] = [];
  const budget = { cells: limits.cells };
  if (declared) rows.push([]);
  readRecords(body, delimiter, (fields) => {
    budget.cells -= fields.length;
    if (budget.cells < 0 || rows.length >= limits.rows) throw tooLarge();
    rows.push(cellsOf(fields, rows.length));
  });
  while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
  return { name, rows, encoding, delimiter };
}

/**
 * 大きな CSV を、ます目を作らずに一行ずつ渡す。文字はファイルのまま（改行も空白も直さない）。
 * row は 1 から、引用符の中の改行を数えない行。
 * @throws AppError BAD_INPUT（読めない文字、閉じていない引用符、空）、TOO_LARGE（maxBytes を超える）
 */
export function readCsvRecords(
  bytes: Uint8Array,
  maxBytes: number,
  receive: (fields: string[], row: number) => void,
): void {
  if (bytes.length > maxBytes) throw tooLarge();
  const { text } = decodeText(bytes);
  if (text.trim() === "")
    throw new AppError("BAD_INPUT", "ファイルが空です。表の入ったファイルを選び直してください。");
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  let row = declared ? 1 : 0;
  readRecords(body, declared?.[1] ?? guessDelimiter(body), (fields) => {
    row += 1;
    receive(fields, row);
  });
}

/**
 * 区切られた文字列を一行ずつ渡す。
 * @throws AppError BAD_INPUT: 引用符が閉じていない行。
 */
function readRecords(text: string, delimiter: string, receive: (fields: string[]) => void): void {
  let at = 0;
  let row = 1;
  let fields: string[] = [];
  while (at < text.length) {
    const field = readField(text, at, delimiter, row);
    fields.push(field.value);
    at = field.next;
    if (text[at] === delimiter) {
      at++;
      if (at < text.length) continue;
      fields.push("");
    } else if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
    else at++;
    receive(fields);
    fields = [];
    row++;
  }
}

function readField(
  text: string,
  from: number,
  delimiter: string,
  row: number,
): { value: string; next: number } {
  // Excel に先頭の 0 を守らせる ="0123" の書き方。
  const formula = text.startsWith('="', from);
  const start = formula ? from + 1 : from;
  if (text[start] !== '"') {
    const end = endOfPlain(text, from, delimiter);
    return { value: text.slice(from, end), next: end };
  }
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw unclosed(row);
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = endOfPlain(text, quote + 1, delimiter);
      return { value: value + text.slice(quote + 1, end).trimEnd(), next: end };
    }
    value += '"';
    at = quote + 2;
  }
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

const delimiters = [",", "\t", ";", "|"];

/** 最初の 30 行で、引用符の外にいちばん多く、行ごとの数がそろう区切り。 */
function guessDelimiter(text: string): string {
  const rows = countDelimiters(text.slice(0, 64 * 1024));
  let best = { delimiter: ",", score: 0 };
  for (const [index, delimiter] of delimiters.entries()) {
    const widths = rows.map((row) => row[index] ?? 0).filter((width) => width > 0);
    const score = Math.max(
      0,
      ...widths.map((width) => width * widths.filter((other) => other === width).length),
    );
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** 行ごとに、引用符の外にある区切りの数（delimiters の順）。 */
function countDelimiters(text: string): number[][] {
  const rows: number[][] = [];
  let row = delimiters.map(() => 0);
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === "\n") {
      if (rows.push(row) >= 30) return rows;
      row = delimiters.map(() => 0);
    } else {
      const index = delimiters.indexOf(letter);
      if (index >= 0) row[index] = (row[index] ?? 0) + 1;
    }
  }
  return [...rows, row];
}

function cellsOf(fields: string[], row: number): Cell[] {
  let last = fields.length;
  while (last > 0 && (fields[last - 1] ?? "").trim() === "") last--;
  return fields.slice(0, last).map((field, column) => cellOf(field, refOf(row, column)));
}

function cellOf(field: string, ref: string): Cell {
  const text = field.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  if (text.trim() === "") return { text: "", kind: "empty", ref };
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,17})?$/.test(text))
    return { text, kind: "number", number: Number(text), ref };
  return { text, kind: "text", ref };
}

function unclosed(row: number): AppError {
  return new AppError(
    "BAD_INPUT",
    `${row} 行目で始まる引用符（"）が閉じていません。この行を直して保存し直してください。`,
    {
      faults: [{ row, message: '引用符（"）が閉じていません。' }],
    },
  );
}

function tooLarge(): AppError {
  return new AppError(
    "TOO_LARGE",
    "CSV が大きすぎるため読み込めません。使っていない行や列を除くか、分けて保存してからお試しください。",
  );
}
