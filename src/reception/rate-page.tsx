import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { type Fill, type Guiding, rateOf } from "./rate.ts";
import type { RateReport } from "./tally-rates.ts";

/** 予約率: 一文、絵、同じ数の行。 */
export function RatePage({ report }: { report: RateReport }) {
  const { term, fill, guiding, terms } = report;
  return (
    <>
      <PageHead
        crumb="予約率"
        title={<Sentence report={report} />}
        actions={
          <>
            <PrintButton />
            <LinkButton href={`/booking-rate/rows?term=${encodeURIComponent(term.id)}`} icon="save">
              行を書き出す（CSV）
            </LinkButton>
          </>
        }
      />
      <div className="pile">
        <SegmentedLinks
          label="期"
          links={terms.map((one) => ({
            href: `/booking-rate?term=${encodeURIComponent(one.id)}`,
            label: one.label,
            current: one.id === term.id,
          }))}
        />
        <div className="cols">
          <Section id="h-day" title="受講日ごとの予約率" sub={`定員${fill.capacity}席に予約${fill.booked}件`}>
            <RateBars
              label="受講日ごとの予約率"
              bars={report.byClassDay.map((one) => ({
                key: one.day,
                label: formatMonthDay(one.day),
                fill: one,
              }))}
            />
          </Section>
          <Section id="h-term" title="期ごとの予約率">
            <RateBars
              label="期ごとの予約率"
              bars={report.byTerm.map((one) => ({ key: one.id, label: one.label, fill: one }))}
            />
            <Guided guiding={guiding} />
          </Section>
        </div>
        <Section id="h-rows-day" title="受講日ごと" sub="絵と同じ数です。">
          <Table
            caption="受講日ごとの席と予約の数"
            columns={fillColumns("受講日", (one: Fill & { day: string }) =>
              formatMonthDay(one.day, { weekday: true }),
            )}
            rows={report.byClassDay}
            rowKey={(one) => one.day}
            empty={
              <p>{term.label}の講習会は、まだ取り込まれていません。日程を取り込むと、ここに並びます。</p>
            }
          />
        </Section>
        <Section id="h-rows-venue" title="会場ごと">
          <Table
            caption="会場ごとの席と予約の数"
            columns={fillColumns("会場", (one: Fill & { venue: string }) => one.venue)}
            rows={report.byVenue}
            rowKey={(one) => one.venue}
            empty={<p>まだ講習会がありません。</p>}
          />
        </Section>
        <Section id="h-rows-desk" title="受付の日ごとの案内と待機" sub="行為の記録から数えています。">
          <Table
            caption="受付の日ごとの数"
            columns={guidingColumns}
            rows={report.byDeskDay}
            rowKey={(one) => one.day}
            empty={<p>この期の受付は、まだ始まっていません。</p>}
          />
        </Section>
      </div>
    </>
  );
}

function Sentence({ report: { term, fill, guiding } }: { report: RateReport }) {
  const rate = rateOf(fill);
  if (rate === undefined) return <>{term.label}の講習会は、まだありません。</>;
  return (
    <>
      {term.label}の予約率は{rate}％です。
      {fill.full > 0 && <span className="due">満席は{fill.full}回です。</span>}
      {guiding.asked > 0 && `満席の${guiding.asked}人にほかの回を案内し、${guiding.guided}人が予約しました。`}
    </>
  );
}

function Guided({ guiding }: { guiding: Guiding }) {
  return (
    <p className="mt1">
      ほかの回の案内は{guiding.asked}人、うち予約{guiding.guided}人。 待機は{guiding.waits}人、うち予約
      {guiding.converted}人。取消は{guiding.cancelled}件。
    </p>
  );
}

interface RateBar {
  key: string;
  label: string;
  fill: Fill;
}

const ROW = 22;

/** 横の棒。枠が定員、塗りが予約。読み上げは同じ数の文で。 */
function RateBars({ label, bars }: { label: string; bars: readonly RateBar[] }) {
  if (bars.length === 0)
    return (
      <div className="empty">
        <p>まだ講習会がありません。</p>
      </div>
    );
  const said = bars
    .map(({ label: name, fill }) => `${name} ${rateOf(fill) ?? "－"}％（${fill.booked}/${fill.capacity}）`)
    .join("、");
  return (
    <svg
      className="ratebars"
      viewBox={`0 0 400 ${bars.length * ROW}`}
      role="img"
      aria-label={`${label}: ${said}`}
    >
      {bars.map(({ key, label: name, fill }, at) => {
        const rate = rateOf(fill);
        const top = at * ROW;
        return (
          <g key={key}>
            <text x="0" y={top + 15}>
              {name}
            </text>
            <rect className="room" x="92" y={top + 4} width="208" height="13" />
            <rect
              className={fill.full === fill.classes && fill.classes > 0 ? "booked full" : "booked"}
              x="92"
              y={top + 4}
              width={Math.round(20.8 * Math.min(100, rate ?? 0)) / 10}
              height="13"
            />
            <text className="val" x="400" y={top + 15}>
              {rate === undefined ? "－" : `${rate}％ ${fill.booked}/${fill.capacity}`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function fillColumns<Row extends Fill>(head: string, name: (row: Row) => string): Column<Row>[] {
  return [
    { key: "name", head, rowHead: true, wrap: true, cell: name },
    { key: "classes", head: "回", numeric: true, cell: (row) => row.classes },
    { key: "capacity", head: "定員（席）", numeric: true, cell: (row) => row.capacity },
    { key: "booked", head: "予約（件）", numeric: true, cell: (row) => row.booked },
    { key: "full", head: "満席の回", numeric: true, cell: (row) => row.full },
    { key: "rate", head: "予約率（％）", numeric: true, cell: (row) => rateOf(row)?.toFixed(1) ?? "－" },
  ];
}

const guidingColumns: Column<Guiding & { day: string }>[] = [
  { key: "day", head: "受付の日", rowHead: true, cell: (row) => formatMonthDay(row.day, { weekday: true }) },
  { key: "taken", head: "予約を受けた（件）", numeric: true, cell: (row) => row.taken },
  { key: "cancelled", head: "取消（件）", numeric: true, cell: (row) => row.cancelled },
  { key: "asked", head: "ほかを案内（人）", numeric: true, cell: (row) => row.asked },
  { key: "guided", head: "案内が実った（人）", numeric: true, cell: (row) => row.guided },
  { key: "waits", head: "待機に入れた（人）", numeric: true, cell: (row) => row.waits },
  { key: "converted", head: "待機から予約（人）", numeric: true, cell: (row) => row.converted },
];
