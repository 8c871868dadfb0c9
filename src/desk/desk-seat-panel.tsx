import { Icon } from "../ui/icon.tsx";
import type { SeatCell, SeatVenue } from "./desk-api.ts";
import { writeStart } from "./desk-speech.ts";
import { othersHolding, type SeatRow, seatLevel } from "./seat-grid.ts";
import { seatsForMe } from "./seat-guide.ts";

/** 空席表の一枠のうち、人のすることで変わるもの。 */
export interface SeatMarks {
  /** 仮押さえ中の回。 */
  held: string | null;
  /** いま話している回。 */
  chosen: string | null;
  /** お客様が希望した、満席の回。 */
  asked: string | null;
}

/** 一枠。残りの数、満席、開始ずみ。timed のときは始まる時刻を添える。 */
export function Seat(props: {
  cell: SeatCell | null;
  venue: SeatVenue;
  marks: SeatMarks;
  timed: boolean;
  tab: boolean;
  onTake: (cell: SeatCell) => void;
}) {
  const { cell, venue, marks, timed, tab, onTake } = props;
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
  const held = marks.held === cell.classId;
  return (
    <td>
      <button
        type="button"
        className={lookOf(cell, marks)}
        tabIndex={tab ? 0 : -1}
        aria-pressed={held}
        aria-label={seatLabel(cell, venue, held)}
        // 時刻は読み上げる名に入っているので、目に見せるだけにする（様式が描く）。
        data-start={timed ? cell.start.replace(/^0/, "") : undefined}
        onClick={() => onTake(cell)}
      >
        {seatWord(cell)}
        {othersHolding(cell).length > 0 && (
          <span className="hold">
            <Icon name="lockf" />
          </span>
        )}
      </button>
    </td>
  );
}

function lookOf(cell: SeatCell, { held, chosen, asked }: SeatMarks): string {
  const mine = held === cell.classId;
  const look = [
    cell.started ? "hs" : `h${seatLevel(seatsForMe(cell))}`,
    mine ? "pick" : "",
    !mine && chosen === cell.classId ? "chosen" : "",
    !mine && asked === cell.classId ? "asked" : "",
    cell.posting.inTime || cell.started ? "" : "nocard",
  ];
  return look.filter((name) => name !== "").join(" ");
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

/** 行の見出し。時刻が行の中で一つなら、ここに書く。 */
export function RowHead({ row, time }: { row: SeatRow; time: string }) {
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

/** 行の中の始まる時刻（重なりなし、早い順）。 */
export function startsOf(row: SeatRow): string[] {
  return [...new Set(row.cells.flatMap((cell) => (cell === null ? [] : [cell.start])))].sort();
}
