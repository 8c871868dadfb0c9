import { AppError } from "../base/error.ts";
import type { Cell, Table } from "../office/table.ts";
import { type FillValue, isTooLong } from "../sheet/xlsx-value.ts";
import { fieldKey, foldName, isCount, isPlain, scopeOf } from "./list-field.ts";
import { type ListHeader, type ListRow, listHeader } from "./list-row.ts";

/** 読みとった名簿。 */
export interface ListSource {
  headers: ListHeader[];
  rows: ListRow[];
  warnings: string[];
}

const HEADER_WITHIN = 20;
const MOST_ROWS = 200_000;

/** 表から名簿を読む。wanted は様式の見出しで、知らない名の見出しの行を見分ける手がかりになる。 */
export function readList(tables: readonly Table[], wanted: readonly string[]): ListSource {
  const names = new Set(wanted.map(foldName));
  const known = (cell: Cell) =>
    cell.text.trim() !== "" && (names.has(foldName(cell.text)) || fieldKey(cell.text) !== undefined);
  const found = tables
    .filter((table) => table.hidden !== true)
    .map((table) => ({ table, at: headerAt(table, known) }));
  const used = found.filter(({ table, at }) => (table.rows[at] ?? []).filter(known).length >= 2);
  const chosen = used.length > 0 ? used : found.filter(({ table }) => table.rows.length > 0).slice(0, 1);
  if (chosen.length === 0)
    throw new AppError("BAD_INPUT", "名簿に行がありません。見出しの行と、一人一行の名簿をお選びください。");
  // 見出しのない名簿の一行目は人の値である。見出しと取り違えて、知らせの中に出してはならない。
  if (!chosen.some(({ table, at }) => (table.rows[at] ?? []).some(known))) throw noHeader();
  const list: ListSource = { headers: [], rows: [], warnings: [] };
  for (const { table, at } of chosen) readTable(list, table, at);
  if (used.length > 0 && used.length < found.length) {
    list.warnings.push(
      `名簿のファイルのうち、見出しの合うシート（${used.map(({ table }) => `「${table.name}」`).join("")}）だけを使いました。`,
    );
  }
  if (list.rows.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "名簿に、見出しの下の行がありません。一人一行で書かれているか、お確かめください。",
    );
  if (list.rows.length > MOST_ROWS)
    throw new AppError(
      "TOO_LARGE",
      `名簿の行が多すぎます（上限 ${MOST_ROWS.toLocaleString("ja-JP")} 行）。分けてお試しください。`,
    );
  return list;
}

function noHeader(): AppError {
  return new AppError(
    "BAD_INPUT",
    "名簿の見出しの行が見つかりません。一行目に列の名（氏名、電話番号 など）があるか、お確かめください。",
  );
}

/** 見出しの行: はじめの 20 行のうち、知っている名がいちばん多い行。なければ最初の空でない行。 */
function headerAt(table: Table, known: (cell: Cell) => boolean): number {
  let best = {
    at: Math.max(
      0,
      table.rows.findIndex((row) => row.some((cell) => cell.text.trim() !== "")),
    ),
    score: 0,
  };
  for (const [at, row] of table.rows.slice(0, HEADER_WITHIN).entries()) {
    const score = new Set(row.filter(known).map((cell) => foldName(cell.text))).size;
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

function readTable(list: ListSource, table: Table, at: number): void {
  const columns: { column: number; header: ListHeader }[] = [];
  for (const [column, cell] of (table.rows[at] ?? []).entries()) {
    if (cell.text.trim() === "" || cell.mergedFrom !== undefined) continue;
    const header = listHeader(cell.text);
    if (columns.some((other) => other.header.folded === header.folded))
      list.warnings.push(`名簿に「${label(cell.text)}」の列が二つあります。左の列を使いました。`);
    else columns.push({ column, header });
  }
  if (columns.length === 0) throw noHeader();
  for (const { header } of columns)
    if (!list.headers.some((other) => other.folded === header.folded)) list.headers.push(header);
  const body = table.rows.slice(at + 1).filter((row) => isPerson(row, columns));
  const counted = new Set(
    columns.filter(({ column, header }) => isCounting(body, column, header)).map(({ column }) => column),
  );
  const restored = { phone: 0, uncomputed: 0, long: 0 };
  for (const row of body) {
    const values = new Map<string, FillValue>();
    for (const { column, header } of columns) {
      const cell = row[column];
      if (!cell) continue;
      if (cell.uncomputed) restored.uncomputed++;
      if (isTooLong(cell.text)) restored.long++;
      values.set(header.folded, valueOfCell(cell, header, counted.has(column), restored));
    }
    list.rows.push(values);
  }
  if (restored.phone > 0)
    list.warnings.push(
      `電話番号や郵便番号の先頭の 0 が、名簿で失われていました（${restored.phone} か所）。0 を補いましたので、お確かめください。`,
    );
  if (restored.long > 0)
    list.warnings.push(
      `Excel の一つのセルに入る長さ（32,767 字）を超える値が ${restored.long} か所あり、後ろを切りました。`,
    );
  if (restored.uncomputed > 0)
    list.warnings.push(
      `名簿に、計算結果が保存されていない数式が ${restored.uncomputed} か所あり、空欄になりました。Excel で開いて保存し直すと入ります。`,
    );
}

/** 改行を除いた、知らせるための列の名。 */
function label(text: string): string {
  return text.replace(/\s+/g, "").slice(0, 30);
}

/** 空の行、繰り返された見出し、欄外の注や合計の行は、人の行ではない。 */
function isPerson(row: readonly Cell[], columns: readonly { column: number; header: ListHeader }[]): boolean {
  const filled = columns.filter(({ column }) => (row[column]?.text ?? "").trim() !== "");
  if (filled.length === 0) return false;
  if (
    filled.length >= 2 &&
    filled.every(({ column, header }) => foldName(row[column]?.text ?? "") === header.folded)
  )
    return false;
  const first = row[filled[0]?.column ?? 0]?.text.trim() ?? "";
  return !(filled.length <= 2 && /^(※|注[:：]|合計|小計|計$|以上$)/.test(first));
}

/** 数として扱ってよい列か（知らない列や番号・人数の列で、全部が余分な 0 のない数字）。 */
function isCounting(rows: readonly (readonly Cell[])[], column: number, header: ListHeader): boolean {
  if (header.key !== undefined && !isCount(header.key)) return false;
  const texts = rows.map((row) => row[column]?.text.trim() ?? "").filter((text) => text !== "");
  return texts.length > 0 && texts.every((text) => /^(0|[1-9]\d{0,8})$/.test(text));
}

function valueOfCell(
  cell: Cell,
  header: ListHeader,
  counted: boolean,
  restored: { phone: number },
): FillValue {
  const key = header.key ?? "";
  if (cell.kind === "number" && scopeOf(key) === "person") {
    const whole = restoreZero(key, cell.text);
    if (whole !== cell.text) restored.phone++;
    return { text: whole, ...(isPlain(key) ? { plain: true } : numberOf(cell)) };
  }
  if (isPlain(key)) return { text: cell.text, plain: true };
  if (cell.iso !== undefined) return { text: cell.text, iso: cell.iso };
  if (cell.kind === "number") return { text: cell.text, ...numberOf(cell) };
  return counted && cell.text.trim() !== ""
    ? { text: cell.text, number: Number(cell.text) }
    : { text: cell.text };
}

/** 「0007」と見えている数を 7 にしてしまわないよう、見た目どおりの数だけを数とする。 */
function numberOf(cell: Cell): { number?: number } {
  return cell.number === undefined || /^-?0\d/.test(cell.text) ? {} : { number: cell.number };
}

/** Excel が数にしてしまった電話番号・郵便番号の、先頭の 0。日本の番号は必ず 0 で始まり、郵便番号は 7 桁。 */
function restoreZero(key: string, text: string): string {
  if (key === "郵便番号" && /^\d{1,6}$/.test(text)) return text.padStart(7, "0");
  return /^(電話番号|携帯電話)$/.test(key) && /^[1-9]\d{8,9}$/.test(text) ? `0${text}` : text;
}
