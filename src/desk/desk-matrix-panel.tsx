import { type KeyboardEvent, memo, type RefObject, useEffect, useRef, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import type { SeatCell } from "./desk-api.ts";
import { gridMoveFor } from "./desk-keys.ts";
import { RowHead, Seat, type SeatMarks, startsOf } from "./desk-seat-panel.tsx";
import { cellAt, firstSpot, type GridSpot, moveSpot, type SeatGrid, spotOf } from "./seat-grid.ts";

interface Props extends SeatMarks {
  grid: SeatGrid;
  onTake: (cell: SeatCell) => void;
}

/**
 * 会場×日の空席表。矢印で動き、Enter で押さえる（ARIA の grid）。Tab で止まるのは一か所だけ。
 * 入りきらない日と会場は、見出しを残して表の中で動く。欄を打つたびに千の枠を描き直さないよう、変わったときだけ描く。
 */
export const SeatMatrix = memo(function SeatMatrix({ grid, onTake, ...marks }: Props) {
  const [at, setAt] = useState<GridSpot | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const here =
    (at !== null && cellAt(grid, at) !== null ? at : null) ?? spotOf(grid, marks.chosen) ?? firstSpot(grid);
  useEffect(() => {
    if (!moved.current || at === null) return;
    moved.current = false;
    box.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
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
    <div className="seatbox" ref={box}>
      <table
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
              {shared ?? "会場"}
              <Beyond box={box} grid={grid} />
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
          {grid.rows.map((row, r) => {
            const starts = startsOf(row);
            const timed = starts.length > 1;
            const time = shared !== null || timed ? "" : (starts[0] ?? "");
            return (
              <tr key={row.key}>
                <RowHead row={row} time={time} />
                {row.cells.map((cell, c) => (
                  <Seat
                    key={grid.days[c]?.date}
                    cell={cell}
                    venue={row.venue}
                    marks={marks}
                    timed={timed}
                    tab={here?.row === r && here.column === c}
                    onTake={(taken) => {
                      setAt({ row: r, column: c });
                      onTake(taken);
                    }}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
});

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

/** 見えていない日と行の数。目で見る人に、表が続いていることを言う（矢印で動けば見えてくる）。 */
function Beyond({ box, grid }: { box: RefObject<HTMLDivElement | null>; grid: SeatGrid }) {
  const [words, setWords] = useState("");
  useEffect(() => {
    const frame = box.current;
    if (frame === null || grid.days.length === 0) return;
    const measure = () => setWords(beyond(frame));
    const resized = new ResizeObserver(measure);
    resized.observe(frame);
    frame.addEventListener("scroll", measure, { passive: true });
    return () => {
      resized.disconnect();
      frame.removeEventListener("scroll", measure);
    };
  }, [box, grid]);
  return (
    <small aria-hidden="true" className="beyond">
      {words}
    </small>
  );
}

/** 半分より多く隠れたものを数える。 */
function beyond(frame: HTMLElement): string {
  const corner = frame.querySelector(".corner")?.getBoundingClientRect();
  if (corner === undefined) return "";
  const left = frame.getBoundingClientRect().left;
  const top = frame.getBoundingClientRect().top;
  const right = left + frame.clientWidth;
  const bottom = top + frame.clientHeight;
  const days = middles(frame, "thead th:not(.corner)");
  const rows = middles(frame, "tbody tr");
  const count = (arrow: string, hidden: unknown[], unit: string) =>
    hidden.length === 0 ? [] : [`${arrow} ${hidden.length}${unit}`];
  return [
    ...count(
      "←",
      days.filter(({ x }) => x < corner.right),
      "日",
    ),
    ...count(
      "→",
      days.filter(({ x }) => x > right),
      "日",
    ),
    ...count(
      "↑",
      rows.filter(({ y }) => y < corner.bottom),
      "行",
    ),
    ...count(
      "↓",
      rows.filter(({ y }) => y > bottom),
      "行",
    ),
  ].join("　");
}

function middles(frame: HTMLElement, selector: string): { x: number; y: number }[] {
  return [...frame.querySelectorAll(selector)].map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  });
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
