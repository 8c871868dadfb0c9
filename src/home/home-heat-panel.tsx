import { seatLevel } from "../desk/seat-grid.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { HeatCell, HeatRow, SeatHeat } from "./seat-heat.ts";

export interface HeatPanelProps {
  heat: SeatHeat;
  /** そのますの予約者リスト（開けない役割なら undefined）。 */
  hrefOf: (cell: HeatCell, row: HeatRow) => string | undefined;
}

const PER_TABLE = 6;

/** 予約の入り具合。会場×日の残席を、受付デスクと同じ色で。多ければ二つの表に分けて並べる。 */
export function HeatPanel({ heat, hrefOf }: HeatPanelProps) {
  const half = heat.rows.length > PER_TABLE ? Math.ceil(heat.rows.length / 2) : heat.rows.length;
  const parts = [heat.rows.slice(0, half), heat.rows.slice(half)].filter((rows) => rows.length > 0);
  return (
    <div className={parts.length > 1 ? "mini two" : "mini"}>
      {parts.map((rows, at) => (
        <HeatTable
          key={rows[0]?.venueId}
          caption={at === 0 ? "会場と日ごとの残席" : "会場と日ごとの残席（続き）"}
          days={heat.days}
          rows={rows}
          hrefOf={hrefOf}
        />
      ))}
    </div>
  );
}

function HeatTable({
  caption,
  days,
  rows,
  hrefOf,
}: {
  caption: string;
  days: readonly string[];
  rows: readonly HeatRow[];
  hrefOf: HeatPanelProps["hrefOf"];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある
    <div className="scroll-x" tabIndex={0} role="region" aria-label={caption}>
      <table className="seatmap">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="corner">
              <span className="row between">
                会場
                <span aria-hidden="true">{monthOf(days[0])}</span>
              </span>
            </th>
            {days.map((day, at) => (
              <th scope="col" key={day}>
                <span aria-hidden="true">{headOf(day, days[at - 1])}</span>
                <span className="vh">{formatMonthDay(day, { weekday: true })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.venueId}>
              <th scope="row" title={row.venue}>
                {row.venue}
              </th>
              {row.cells.map((cell, at) => (
                <td key={days[at]}>
                  {cell === null ? <Blank /> : <Cell cell={cell} href={hrefOf(cell, row)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function monthOf(day: string | undefined): string {
  return day === undefined ? "" : `${Number(day.slice(5, 7))}月`;
}

// はじめの月は左の見出しに書くので、ここでは替わり目だけに付ける。
function headOf(day: string, before: string | undefined): string {
  const date = String(Number(day.slice(8)));
  return before === undefined || before.slice(0, 7) === day.slice(0, 7)
    ? date
    : `${Number(day.slice(5, 7))}/${date}`;
}

function Blank() {
  return (
    <span className="hx">
      <span aria-hidden="true">—</span>
      <span className="vh">なし</span>
    </span>
  );
}

function Cell({ cell, href }: { cell: HeatCell; href: string | undefined }) {
  const level = `h${seatLevel(cell.free)}`;
  const inside = (
    <>
      {cell.free === 0 ? <span className="vh">満席</span> : cell.free}
      {cell.free === 0 && <span aria-hidden="true">満</span>}
    </>
  );
  return href === undefined ? (
    <span className={level}>{inside}</span>
  ) : (
    <a className={level} href={href}>
      {inside}
    </a>
  );
}
