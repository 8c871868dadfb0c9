import { refOf } from "../office/table.ts";

/** セルの範囲。行も列も 1 から数え、両端を含む。 */
export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;

/** 列の番号（A → 1）。 */
export function columnNumber(name: string): number {
  let number = 0;
  for (const letter of name.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

/** 行と列（どちらも 1 から）→「B4」。 */
export function cellName(row: number, column: number): string {
  return refOf(row - 1, column - 1);
}

const AREA = /^\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?(?::\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?)?$/;

/** 「B4」「A1:K28」「6:7」「A:C」を範囲にする。読めなければ undefined。 */
export function parseArea(text: string): Area | undefined {
  const match = AREA.exec(text);
  if (!match || text === "") return undefined;
  const [, left, top, right, bottom] = match;
  const single = !text.includes(":");
  if (single && (left === undefined || top === undefined)) return undefined;
  const area = {
    left: left === undefined ? 1 : columnNumber(left),
    top: top === undefined ? 1 : Number(top),
    right: single ? columnNumber(left ?? "A") : right === undefined ? LAST_COLUMN : columnNumber(right),
    bottom: single ? Number(top) : bottom === undefined ? LAST_ROW : Number(bottom),
  };
  const ok = area.top >= 1 && area.bottom <= LAST_ROW && area.right <= LAST_COLUMN;
  return ok && area.top <= area.bottom && area.left <= area.right ? area : undefined;
}

/** 範囲を「A1:K28」にする（一つのセルなら「B4」）。 */
export function areaName(area: Area): string {
  const first = cellName(area.top, area.left);
  return area.top === area.bottom && area.left === area.right
    ? first
    : `${first}:${cellName(area.bottom, area.right)}`;
}

/** 範囲がセルを含むか。 */
export function contains(area: Area, row: number, column: number): boolean {
  return row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;
}

/** 行の挿入。at の行の前に count 行を入れる。 */
export interface RowInsertion {
  at: number;
  count: number;
  /**
   * 表の本体の最初の行。あれば、終わりがちょうど at - 1 の範囲も伸ばす（見本が一行しかない表の末尾に足すとき。
   * Excel の挿入では伸びないが、その行は表の全部なので、印刷範囲も集計も伸びなければならない）。
   */
  growing?: number;
}

/** 行の挿入のあと、上端と下端がどこへ移るか。シートの外へ出れば undefined。 */
export function shiftSpan(
  top: number,
  bottom: number,
  insertion: RowInsertion,
): [number, number] | undefined {
  const { at, count } = insertion;
  const first = top >= at ? top + count : top;
  const grows = bottom >= at || (insertion.growing !== undefined && bottom === at - 1);
  const last = grows && bottom < LAST_ROW ? Math.min(bottom + count, LAST_ROW) : bottom;
  return first > LAST_ROW ? undefined : [first, last];
}

/** 「A8:K27 M8」のような範囲の並びを、行の挿入に合わせて書き替える。 */
export function shiftAreas(text: string, insertion: RowInsertion): string {
  const moved: string[] = [];
  for (const token of text.split(/\s+/)) {
    if (token === "") continue;
    const area = parseArea(token);
    const span = area && shiftSpan(area.top, area.bottom, insertion);
    if (!area) moved.push(token);
    else if (span) moved.push(rewriteRows(token, span));
  }
  return moved.join(" ");
}

function rewriteRows(token: string, [top, bottom]: [number, number]): string {
  const [first = "", second] = token.split(":");
  const put = (part: string, row: number) => part.replace(/[0-9]+$/, String(row));
  if (second !== undefined) return `${put(first, top)}:${put(second, bottom)}`;
  return top === bottom ? put(first, top) : `${put(first, top)}:${put(first, bottom)}`;
}
