import { columnName } from "../office/table.ts";
import { columnNumber, LAST_COLUMN, LAST_ROW, type RowInsertion, shiftSpan } from "./xlsx-area.ts";

/** 数式の中の参照の端。行だけ・列だけの参照では、もう一方が undefined。 */
export interface Corner {
  column: number | undefined;
  columnFixed: boolean;
  row: number | undefined;
  rowFixed: boolean;
}
/** 数式の中の参照（B4、$A$1:K28、6:7、A:C）。 */
export interface Reference {
  /** 「'予約者リスト'!」まで、原文のまま。なければ空。 */
  prefix: string;
  /** 指しているシートの名（引用符を除く）。書かれていなければ undefined。 */
  sheet: string | undefined;
  /** ほかのブックか、複数のシートにまたがる。触らない。 */
  foreign: boolean;
  from: Corner;
  /** 範囲でなければ undefined。 */
  to: Corner | undefined;
}

const NAME = "A-Za-z0-9_.\\\\?\\u0080-\\uFFFF";
const BRACKETS = "\\[(?:[^\\[\\]']|'[\\s\\S]|\\[(?:[^\\[\\]']|'[\\s\\S])*\\])*\\]";
const CELL = "\\$?[A-Za-z]{1,3}\\$?[0-9]{1,7}";
const TOKEN = new RegExp(
  [
    '"(?:[^"]|"")*"', // 文字列
    // シート名つき、またはなしの参照。直後に名前や ( が続けば、関数や名前の一部である。
    `((?:'(?:[^']|'')*'|(?:\\[[^\\]]*\\])?[${NAME}]+(?::[${NAME}]+)?)!)?` +
      `(${CELL}:${CELL}|${CELL}|\\$?[A-Za-z]{1,3}:\\$?[A-Za-z]{1,3}|\\$?[0-9]{1,7}:\\$?[0-9]{1,7})(?![${NAME}(!\\[])`,
    "'(?:[^']|'')*'!?", // 名前を指すシート名
    BRACKETS, // 表の列の参照
    `(?:[${NAME}]+!)?[${NAME}]+`, // 関数、名前、数
    "[\\s\\S]",
  ].join("|"),
  "g",
);

/**
 * 数式の中の参照だけを書き替える。文字列、関数名、表の列名、名前には触れない。
 * change が undefined を返した参照は原文のまま残る。
 */
export function mapReferences(formula: string, change: (reference: Reference) => string | undefined): string {
  return formula.replace(TOKEN, (token, prefix: string | undefined, body: string | undefined) => {
    const reference = body === undefined ? undefined : readReference(prefix ?? "", body);
    return (reference && change(reference)) ?? token;
  });
}

function readReference(prefix: string, body: string): Reference | undefined {
  const [first = "", second] = body.split(":");
  const from = readCorner(first);
  const to = second === undefined ? undefined : readCorner(second);
  if (!from || (second !== undefined && !to)) return undefined;
  return { prefix, ...readPrefix(prefix), from, to };
}

const CORNER = /^(\$?)([A-Za-z]{1,3})?(\$?)([0-9]{1,7})?$/;

function readCorner(text: string): Corner | undefined {
  const match = CORNER.exec(text);
  if (!match) return undefined;
  const column = match[2] === undefined ? undefined : columnNumber(match[2]);
  const row = match[4] === undefined ? undefined : Number(match[4]);
  if (column !== undefined && column > LAST_COLUMN) return undefined;
  if (row !== undefined && (row < 1 || row > LAST_ROW)) return undefined;
  const columnFixed = column !== undefined && match[1] === "$";
  return { column, columnFixed, row, rowFixed: column === undefined ? match[1] === "$" : match[3] === "$" };
}

function readPrefix(prefix: string): { sheet: string | undefined; foreign: boolean } {
  if (prefix === "") return { sheet: undefined, foreign: false };
  const name = prefix.slice(0, -1);
  const sheet = name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
  return { sheet, foreign: /[[\]:]/.test(sheet) };
}

function writeCorner(corner: Corner): string {
  const column =
    corner.column === undefined ? "" : (corner.columnFixed ? "$" : "") + columnName(corner.column - 1);
  return column + (corner.row === undefined ? "" : (corner.rowFixed ? "$" : "") + corner.row);
}

function writeReference(prefix: string, from: Corner, to: Corner | undefined): string {
  return prefix + writeCorner(from) + (to ? `:${writeCorner(to)}` : "");
}

/** シート名を参照の前につける形にする（要るときだけ引用符）。 */
export function sheetPrefix(sheet: string): string {
  const plain =
    /^[\p{L}_][\p{L}\p{N}_]*$/u.test(sheet) &&
    !/^[A-Za-z]{1,3}[0-9]+$|^[Rr][0-9]*([Cc][0-9]*)?$|^[Cc][0-9]*$/.test(sheet);
  return `${plain ? sheet : `'${sheet.replaceAll("'", "''")}'`}!`;
}

/** 同じシートか。Excel は大文字と小文字を区別しない。 */
export function sameSheet(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

/**
 * target シートに行を挿入したとき、home シートにある数式をどう書き替えるか。
 * 挿入のあとも、参照は同じ中身を指す。シートの外へ押し出されたものは #REF! になる。
 */
export function shiftFormula(formula: string, home: string, target: string, insertion: RowInsertion): string {
  if (!/[0-9]/.test(formula)) return formula;
  return mapReferences(formula, (reference) => {
    if (reference.foreign || !sameSheet(reference.sheet ?? home, target)) return undefined;
    const { prefix, from, to } = reference;
    if (from.row === undefined || (to && to.row === undefined)) return undefined;
    if (!to) {
      const span = shiftSpan(from.row, from.row, { at: insertion.at, count: insertion.count });
      return span ? writeReference(prefix, { ...from, row: span[0] }, undefined) : `${prefix}#REF!`;
    }
    const [top, bottom] = (from.row <= (to.row ?? 0) ? [from, to] : [to, from]) as [Corner, Corner];
    const span = shiftSpan(top.row ?? 1, bottom.row ?? 1, insertion);
    return span
      ? writeReference(prefix, { ...top, row: span[0] }, { ...bottom, row: span[1] })
      : `${prefix}#REF!`;
  });
}

/** 数式を下（負なら上）へ rows、右へ columns だけ写したときの形。$ のついた側は動かない。 */
export function copyFormula(formula: string, rows: number, columns = 0): string {
  return mapReferences(formula, ({ prefix, from, to }) => {
    const first = copyCorner(from, rows, columns);
    const second = to && copyCorner(to, rows, columns);
    return first && (!to || second) ? writeReference(prefix, first, second) : `${prefix}#REF!`;
  });
}

function copyCorner(corner: Corner, rows: number, columns: number): Corner | undefined {
  const row = corner.row === undefined || corner.rowFixed ? corner.row : corner.row + rows;
  const column = corner.column === undefined || corner.columnFixed ? corner.column : corner.column + columns;
  const outside =
    (row !== undefined && (row < 1 || row > LAST_ROW)) ||
    (column !== undefined && (column < 1 || column > LAST_COLUMN));
  return outside ? undefined : { ...corner, row, column };
}

const NAMED = new RegExp(
  `"(?:[^"]|"")*"|${BRACKETS}(?:[${NAME}]+!)?|('(?:[^']|'')*'|[${NAME}]+)!|[\\s\\S]`,
  "g",
);
const TABLED = new RegExp(
  `"(?:[^"]|"")*"|'(?:[^']|'')*'|${BRACKETS}|([${NAME}]+)(?![${NAME}(!])|[\\s\\S]`,
  "g",
);

/** 数式の中のシート名を付け替える（参照にも、シートつきの名前にも効く）。 */
export function renameSheets(formula: string, names: ReadonlyMap<string, string>): string {
  if (!formula.includes("!")) return formula;
  return formula.replace(NAMED, (token, name: string | undefined) => {
    if (name === undefined) return token;
    const plain = name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
    for (const [old, fresh] of names) if (sameSheet(plain, old)) return sheetPrefix(fresh);
    return token;
  });
}

/** 数式が target シートを名指ししているか。 */
export function mentionsSheet(formula: string, target: string): boolean {
  let found = false;
  mapReferences(formula, ({ sheet, foreign }) => {
    if (!foreign && sheet !== undefined && sameSheet(sheet, target)) found = true;
    return undefined;
  });
  return found;
}

/** 表（ListObject）の名を付け替える。`予約表[氏名]` の「予約表」。 */
export function renameTables(formula: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return formula;
  return formula.replace(TABLED, (token, name) => {
    if (name === undefined) return token;
    for (const [old, fresh] of names) if (sameSheet(name, old)) return fresh;
    return token;
  });
}
