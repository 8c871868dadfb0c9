import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import type { SeatCell, SeatVenue } from "./desk-api.ts";
import { gridMoveFor } from "./desk-keys.ts";
import { writeStart } from "./desk-speech.ts";
import type { DeskState } from "./desk-state.ts";
import {
  cellAt,
  firstSpot,
  type GridSpot,
  moveSpot,
  othersHolding,
  type SeatGrid,
  type SeatRow,
  seatLevel,
  spotOf,
} from "./seat-grid.ts";
import { seatsForMe } from "./seat-guide.ts";

interface Props {
  state: DeskState;
  grid: SeatGrid;
  onTake: (cell: SeatCell) => void;
}

/** 会場×日の空席表。矢印で動き、Enter で押さえる（ARIA の grid）。Tab で止まるのは一か所だけ。 */
export function SeatMatrix({ state, grid, onTake }: Props) {
  const [at, setAt] = useState<GridSpot | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const here =
    (at !== null && cellAt(grid, at) !== null ? at : null) ?? spotOf(grid, state.chosen) ?? firstSpot(grid);
  useEffect(() => {
    if (!moved.current || at === null) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  }, [at]);
  function onKeyDown(event: KeyboardEvent) {
    const move = gridMoveFor({ ...pressOf(event) });
    if (move === null || here === null) return;
    event.preventDefault();
    moved.current = true;
    setAt(moveSpot(grid, here, move));
  }
  const shared = sharedTime(grid);
  return (
    <div className="scroll-x seatbox">
      <table
        ref={table}
        className="heat"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: 表の構造を保ったまま、矢印で動く grid にする
        role="grid"
        aria-label="会場と日ごとの残席"
        aria-readonly="true"
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col" className="corner">
              {shared === null ? "会場" : shared}
            </th>
            {grid.days.map((day) => (
              <th key={day.date} scope="col">
                <b>{day.label}</b>
                {day.weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, r) => (
            <tr key={row.key}>
              <RowHead row={row} shared={shared !== null} />
              {row.cells.map((cell, c) => (
                <Seat
                  key={grid.days[c]?.date}
                  cell={cell}
                  venue={row.venue}
                  state={state}
                  tab={here?.row === r && here.column === c}
                  onTake={(taken) => {
                    setAt({ row: r, column: c });
                    onTake(taken);
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function pressOf(event: KeyboardEvent) {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey, keyCode, repeat, nativeEvent } = event;
  return {
    key,
    code,
    altKey,
    ctrlKey,
    metaKey,
    shiftKey,
    keyCode,
    repeat,
    isComposing: nativeEvent.isComposing,
  };
}

/** 出ている回がみな同じ時刻・定員なら、表の隅に一度だけ書く。 */
function sharedTime(grid: SeatGrid): string | null {
  const cells = grid.rows.flatMap((row) => row.cells).filter((cell) => cell !== null);
  const times = new Set(cells.map((cell) => `${cell.start}–${cell.end}`));
  const sizes = new Set(cells.map((cell) => cell.capacity));
  if (times.size !== 1) return null;
  return sizes.size === 1 ? `${[...times][0]}　定員${[...sizes][0]}名` : `${[...times][0]}`;
}

function RowHead({ row, shared }: { row: SeatRow; shared: boolean }) {
  const times = [...new Set(row.cells.flatMap((cell) => (cell === null ? [] : [cell.start])))].sort();
  const time = shared ? "" : `${times.slice(0, 2).join("・")}${times.length > 2 ? "ほか" : ""}　`;
  return (
    <th scope="row">
      <span className="venue">{row.venue.name}</span>
      <small>
        {time !== "" && <b>{time}</b>}
        {row.venue.note}
      </small>
    </th>
  );
}

function Seat(props: {
  cell: SeatCell | null;
  venue: SeatVenue;
  state: DeskState;
  tab: boolean;
  onTake: (cell: SeatCell) => void;
}) {
  const { cell, venue, state, tab, onTake } = props;
  if (cell === null) {
    return (
      <td>
        <span className="hx">
          <span aria-hidden="true">—</span>
          <span className="vh">開催なし</span>
        </span>
      </td>
    );
  }
  const seats = seatsForMe(cell);
  const held = state.hold?.classId === cell.classId;
  const others = othersHolding(cell);
  const look = [
    cell.started ? "hs" : `h${seatLevel(seats)}`,
    held ? "pick" : "",
    !held && state.chosen === cell.classId ? "chosen" : "",
    state.asked === cell.classId && !held ? "asked" : "",
    cell.posting.inTime || cell.started ? "" : "nocard",
  ];
  return (
    <td>
      <button
        type="button"
        className={look.filter((name) => name !== "").join(" ")}
        tabIndex={tab ? 0 : -1}
        aria-pressed={held}
        aria-label={seatLabel(cell, venue, held)}
        onClick={() => onTake(cell)}
      >
        {seatWord(cell)}
        {others.length > 0 && (
          <span className="hold">
            <Icon name="lockf" />
          </span>
        )}
      </button>
    </td>
  );
}

function seatWord(cell: SeatCell): string {
  if (cell.started) return "開始";
  const seats = seatsForMe(cell);
  return seats <= 0 ? "満席" : String(seats);
}

/** 読み上げる名。見える字（数、満席）を含む。 */
function seatLabel(cell: SeatCell, venue: SeatVenue, held: boolean): string {
  const seats = seatsForMe(cell);
  const others = othersHolding(cell);
  const state = cell.started ? "開始ずみ" : seats <= 0 ? "満席" : `残り ${seats} 席`;
  return [
    `${venue.name} ${writeStart(cell.date, cell.start)}`,
    state,
    held ? "仮押さえ中" : "",
    others.length === 0 ? "" : `ほかの席（${others.join("、")}）が${others.length}席を仮押さえ中`,
    cell.posting.inTime || cell.started ? "" : "通知書は間に合いません",
  ]
    .filter((part) => part !== "")
    .join("、");
}

/** 凡例。ない印は出さない。 */
export function Legend({ grid }: { grid: SeatGrid }) {
  const late = grid.rows.some((row) =>
    row.cells.some((cell) => cell !== null && !cell.posting.inTime && !cell.started),
  );
  return (
    <p className="legend">
      {["満席", "残り1–2", "3–4", "5–7", "8以上"].map((label, level) => (
        <span key={label}>
          <i className={`sw h${level}`} />
          {label}
        </span>
      ))}
      <span>
        <Icon name="lockf" />
        他席が仮押さえ
      </span>
      {late && (
        <span>
          <i className="sw nocard" />
          通知書が間に合わない
        </span>
      )}
    </p>
  );
}
