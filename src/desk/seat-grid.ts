import type { Period, SeatCell, SeatDay, SeatsBoard, SeatVenue } from "./desk-api.ts";
import { isInPeriod } from "./seat-guide.ts";

/** 空席表の一行。同じ会場・同じ日に複数の回があるときだけ、時刻や講座で行を分ける。 */
export interface SeatRow {
  key: string;
  venue: SeatVenue;
  /** 行を分けたときの見出し。例: "10:00"、"14:00 基礎"。分けないときは空。 */
  slot: string;
  /** 日（列）ごとの回。ない日は null。 */
  cells: (SeatCell | null)[];
}

export interface SeatGrid {
  days: SeatDay[];
  rows: SeatRow[];
}

export interface SeatFilter {
  course: string;
  ward: string;
  period: Period;
}

/** 表の中の位置。column は左右に動いたときの列で、上下に動いても覚えている。 */
export interface GridSpot {
  row: number;
  column: number;
}

export type GridMove = "left" | "right" | "up" | "down" | "rowStart" | "rowEnd" | "first" | "last";

/** 絞り込んで表にする。回のない日の列、回のない会場の行は出さない。 */
export function seatGrid(board: SeatsBoard, filter: SeatFilter): SeatGrid {
  const venues = board.venues.filter((venue) => filter.ward === "" || venue.ward === filter.ward);
  const here = new Set(venues.map((venue) => venue.id));
  const shown = board.cells.filter((cell) => here.has(cell.venueId) && matches(cell, filter));
  const used = new Set(shown.map((cell) => cell.date));
  const days = board.days.filter((day) => used.has(day.date));
  const column = new Map(days.map((day, at) => [day.date, at]));
  const rows = venues.flatMap((venue) => {
    const cells = shown.filter((cell) => cell.venueId === venue.id);
    return rowsOf(venue, cells, column);
  });
  return { days, rows };
}

function matches(cell: SeatCell, filter: SeatFilter): boolean {
  if (filter.course !== "" && cell.course !== filter.course) return false;
  return isInPeriod(cell, filter.period);
}

function rowsOf(venue: SeatVenue, cells: SeatCell[], column: Map<string, number>): SeatRow[] {
  const crowded = cells.length > new Set(cells.map((cell) => cell.date)).size;
  const rows = new Map<string, SeatRow>();
  // 並べてから分けるので、行は時刻の順になる。
  for (const cell of [...cells].sort((a, b) => (slotKey(a) < slotKey(b) ? -1 : 1))) {
    const slot = crowded ? slotKey(cell) : "";
    let at = 0;
    let key = `${venue.id}|${slot}|${at}`;
    const day = column.get(cell.date);
    if (day === undefined) continue;
    // 同じ時刻に二回（別の部屋など）あるときは、もう一行。
    while ((rows.get(key)?.cells[day] ?? null) !== null) key = `${venue.id}|${slot}|${++at}`;
    const row = rows.get(key) ?? { key, venue, slot, cells: Array.from({ length: column.size }, () => null) };
    row.cells[day] = cell;
    rows.set(key, row);
  }
  return [...rows.values()];
}

function slotKey(cell: SeatCell): string {
  return `${cell.start} ${cell.course}`;
}

/** その位置の回。回のない枠なら null。 */
export function cellAt(grid: SeatGrid, spot: GridSpot): SeatCell | null {
  return grid.rows[spot.row]?.cells[spot.column] ?? null;
}

/** 回の位置。表にいなければ null。 */
export function spotOf(grid: SeatGrid, classId: string | null): GridSpot | null {
  if (classId === null) return null;
  for (const [row, { cells }] of grid.rows.entries()) {
    const column = cells.findIndex((cell) => cell?.classId === classId);
    if (column >= 0) return { row, column };
  }
  return null;
}

/** いちばん上の、いちばん早い回。 */
export function firstSpot(grid: SeatGrid): GridSpot | null {
  for (const [row, { cells }] of grid.rows.entries()) {
    const column = cells.findIndex((cell) => cell !== null);
    if (column >= 0) return { row, column };
  }
  return null;
}

/** 矢印で動く先。回のない枠は飛ばす。動けなければ同じ位置。 */
export function moveSpot(grid: SeatGrid, from: GridSpot, move: GridMove): GridSpot {
  const row = grid.rows[from.row];
  if (row === undefined) return firstSpot(grid) ?? from;
  if (move === "up" || move === "down") return moveRow(grid, from, move === "up" ? -1 : 1);
  if (move === "first") return firstSpot(grid) ?? from;
  if (move === "last") return lastSpot(grid) ?? from;
  const filled = row.cells.flatMap((cell, at) => (cell === null ? [] : [at]));
  const column = {
    left: filled.findLast((at) => at < from.column),
    right: filled.find((at) => at > from.column),
    rowStart: filled[0],
    rowEnd: filled.at(-1),
  }[move];
  return column === undefined ? from : { row: from.row, column };
}

function lastSpot(grid: SeatGrid): GridSpot | null {
  const row = grid.rows.findLastIndex(({ cells }) => cells.some((cell) => cell !== null));
  const column = grid.rows[row]?.cells.findLastIndex((cell) => cell !== null) ?? -1;
  return column < 0 ? null : { row, column };
}

function moveRow(grid: SeatGrid, from: GridSpot, step: 1 | -1): GridSpot {
  const next = grid.rows[from.row + step];
  if (next === undefined) return from;
  const near = next.cells
    .flatMap((cell, at) => (cell === null ? [] : [at]))
    .sort((a, b) => Math.abs(a - from.column) - Math.abs(b - from.column) || a - b)[0];
  return near === undefined
    ? moveRow(grid, { ...from, row: from.row + step }, step)
    : { row: from.row + step, column: near };
}

/** ほかの席の仮押さえ。 */
export function othersHolding(cell: SeatCell): string[] {
  return cell.holds.filter((hold) => !hold.mine).map((hold) => hold.deskLabel);
}

/** 色の深さ（h0 満席 … h4 8席以上）。 */
export function seatLevel(seats: number): 0 | 1 | 2 | 3 | 4 {
  if (seats <= 0) return 0;
  if (seats <= 2) return 1;
  if (seats <= 4) return 2;
  return seats <= 7 ? 3 : 4;
}
