import { formatMonthDay } from "../japan/wareki.ts";
import { BarChart } from "../ui/bar-chart.tsx";
import { PrintButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { BackTested, Printed, percent, Simulated } from "./forecast-panel.tsx";
import { printedTerms } from "./printed-figure.ts";
import { bases, type PlanRow, type StaffingView } from "./read-plan.ts";
import { type StaffingTab, StaffingTabs } from "./staffing-tabs-panel.tsx";

export interface SeatPageProps {
  view: StaffingView;
  csrf: string;
  mayPlan: boolean;
  hidden: readonly StaffingTab[];
}

/** 席数と回線: 一日の半時間ごとの見込み、席、勤務との差。 */
export function SeatPage(props: SeatPageProps) {
  const { view, hidden } = props;
  const { day, nth, term, replanned } = view;
  return (
    <>
      <PageHead
        crumb="席数と勤務"
        title={<SeatSentence view={view} />}
        date={formatMonthDay(day, { weekday: true })}
        now={`${term.label} 開設${nth}日目`}
        actions={<PrintButton />}
      />
      <div className="pile">
        <StaffingTabs current="seats" hidden={hidden} />
        <GapNote view={view} />
        <TryForm {...props} />
        <div className="cols">
          <Section
            id="h-day"
            title="半時間ごとの入電"
            sub={replanned ? "実績と、いま直した見込み（件）" : "見込みの中央（件）"}
          >
            <BarChart bars={barsOf(view)} unit="件" wide />
          </Section>
          <DayNumbers view={view} />
        </div>
        <SeatTable view={view} />
        <div className="cols">
          <Simulated view={view} />
          <BackTested view={view} />
        </div>
        <Printed current={view.setting.printed} />
      </div>
    </>
  );
}

function SeatSentence({ view: { rows, maxSeats, rosterSaved, basis } }: { view: StaffingView }) {
  const peak = rows.find(({ seats }) => seats === maxSeats);
  const short = rows.filter((row) => row.short > 0 && row.state !== "past");
  return (
    <>
      {basis === "most" && "一日450件なら、"}
      いちばん多い{peak?.start ?? ""}からの半時間に{maxSeats}席要ります。
      {short.length > 0 && <span className="late">{short.length}枠で席が足りません。</span>}
      {!rosterSaved && <span className="due">勤務がまだ決まっていません。</span>}
    </>
  );
}

/** 本日の途中の知らせ。 */
function GapNote({ view: { replanned, rows, rosterSaved, isToday, day } }: { view: StaffingView }) {
  if (!isToday || !replanned) return null;
  const short = rows.filter((row) => row.short > 0 && row.state !== "past");
  const percent = Math.round((replanned.factor - 1) * 100);
  const trend =
    Math.abs(percent) < 5
      ? "ほぼ見込みどおりです"
      : `朝の見込みより${Math.abs(percent)}％${percent > 0 ? "多い" : "少ない"}ペースです`;
  const title = `ここまで${replanned.seen}件（見込み${Math.round(replanned.expected)}件）。${trend}。`;
  if (short.length === 0) return <Note tone={rosterSaved ? "done" : "due"} title={title} />;
  const most = short.reduce((a, b) => (b.short > a.short ? b : a));
  return (
    <Note tone="late" title={title}>
      {most.start}から{most.short}席足りません。<a href={`/staffing/roster?day=${day}`}>勤務を直す</a>
    </Note>
  );
}

function barsOf({ rows }: StaffingView) {
  return rows.map((row) => ({
    label: row.start.replace(/^0/, ""),
    forecast: row.band.middle,
    ...(row.state === "coming" || row.actual === undefined ? {} : { actual: row.actual }),
    state: row.actual === undefined ? ("coming" as const) : row.state,
  }));
}

function DayNumbers({ view: { forecast, replanned, maxSeats, maxLines } }: { view: StaffingView }) {
  const { low, middle, high } = forecast.band;
  const items: [string, React.ReactNode, string][] = [
    ["朝の見込み", middle, `件（${low}–${high}）`],
    ["いまの見込み", replanned ? Math.round(replanned.total) : "－", replanned ? "件" : "当日に出ます"],
    ["要る席", maxSeats, "席"],
    ["要る回線", maxLines, "回線（話し中1％以下）"],
  ];
  return (
    <Section id="h-sum" title="一日では" sub="幅は、10日に8日が入る広さです。">
      <dl className="figs staffigs two">
        {items.map(([name, value, unit]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <small>{unit}</small>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function TryForm({ view, csrf, mayPlan }: SeatPageProps) {
  const { setting, basis, day, days, trying } = view;
  return (
    <Section
      id="h-try"
      title="条件を変えて試す"
      sub={trying ? "試しているだけです。決めた条件はまだ変わっていません。" : "何も残りません。"}
    >
      <form method="get" action="/staffing" className="tryrow noprint">
        <SelectField
          id="day"
          label="開設日"
          defaultValue={day}
          choices={days.map((one) => ({
            value: one.day,
            label: `${formatMonthDay(one.day, { weekday: true })} ${one.nth}日目`,
          }))}
        />
        <SelectField
          id="basis"
          label="備える入電"
          defaultValue={basis}
          choices={Object.entries(bases).map(([value, label]) => ({ value, label }))}
        />
        <TextField id="aht" label="処理時間" unit="秒" inputMode="numeric" defaultValue={setting.aht} />
        <TextField
          id="targetShare"
          label="目標"
          unit="％を"
          inputMode="numeric"
          defaultValue={setting.targetShare}
        />
        <TextField
          id="targetSeconds"
          label="以内の応答"
          unit="秒"
          inputMode="numeric"
          defaultValue={setting.targetSeconds}
        />
        <TextField
          id="patience"
          label="がまん"
          unit="秒"
          inputMode="numeric"
          defaultValue={setting.patience}
        />
        <SelectField
          id="printed"
          label="表２の形"
          defaultValue={setting.printed}
          choices={printedTerms.map(({ id, label }) => ({ value: id, label }))}
        />
        <Submit look="second">計算する</Submit>
      </form>
      {mayPlan && trying && (
        <form method="post" action="/staffing/setting" className="row noprint">
          <Csrf token={csrf} />
          <input type="hidden" name="day" value={day} />
          {Object.entries(setting).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Submit look="normal">この条件に決める</Submit>
        </form>
      )}
    </Section>
  );
}

function SeatTable({ view: { rows, setting, basis } }: { view: StaffingView }) {
  const hasActual = rows.some(({ actual }) => actual !== undefined);
  return (
    <Section
      id="h-seats"
      title="半時間ごとの席と回線"
      sub={`${bases[basis]}に、${setting.targetShare}％を${setting.targetSeconds}秒以内（アーラン A）`}
    >
      <Table
        caption="席と回線の表"
        columns={[
          { key: "start", head: "時間帯", rowHead: true, cell: (row) => `${row.start}から` },
          {
            key: "band",
            head: "入電の幅（件）",
            numeric: true,
            cell: ({ band }) => `${band.low}–${band.high}`,
          },
          { key: "middle", head: "中央（件）", numeric: true, cell: ({ band }) => band.middle },
          ...(hasActual
            ? [
                {
                  key: "actual",
                  head: "実績（件）",
                  numeric: true,
                  cell: (row: PlanRow) => row.actual ?? "－",
                },
              ]
            : []),
          { key: "seats", head: "席", numeric: true, cell: ({ seats }) => <b>{seats}</b> },
          { key: "lines", head: "回線", numeric: true, cell: ({ lines }) => lines },
          { key: "level", head: "応答率", numeric: true, cell: (row) => percent(row.serviceLevel) },
          { key: "busy", head: "稼働", numeric: true, cell: (row) => percent(row.occupancy) },
          { key: "lost", head: "放棄", numeric: true, cell: (row) => percent(row.abandonment) },
          { key: "staff", head: "勤務（席）", numeric: true, cell: ({ staff }) => staff?.seats ?? "－" },
          { key: "gap", head: "過不足", width: 10, cell: (row) => <Gap row={row} /> },
        ]}
        rows={rows}
        rowKey={({ start }) => start}
        empty={<p>開設時間がありません。設計図の hours をご確認ください。</p>}
      />
    </Section>
  );
}

function Gap({ row: { staff, short, state } }: { row: PlanRow }) {
  if (!staff) return <Status look="none">勤務なし</Status>;
  if (staff.missing !== undefined) return <Status look="late">{staff.missing}</Status>;
  if (short > 0) return <Status look={state === "past" ? "warn" : "late"}>{short}席不足</Status>;
  return <Status look="done">足りる</Status>;
}
