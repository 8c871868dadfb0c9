import type { Fault } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { RosterSlot, RosterView } from "./read-roster.ts";
import { duties } from "./roster.ts";
import { type StaffingTab, StaffingTabs } from "./staffing-tabs-panel.tsx";

/** 勤務の欄の一行。入れたままの文字。 */
export interface ShiftRow {
  handler: string;
  duty: string;
  starts: string;
  ends: string;
  lunchStarts: string;
  lunchEnds: string;
}

export interface RosterPageProps {
  view: RosterView;
  rows: readonly ShiftRow[];
  faults: readonly Fault[];
  refusal: string | undefined;
  csrf: string;
  mayPlan: boolean;
  hidden: readonly StaffingTab[];
}

/** 一日の勤務と、半時間ごとの SV・OP・席。 */
export function RosterPage(props: RosterPageProps) {
  const { view, refusal, faults, hidden, mayPlan } = props;
  const { day, nth, term, managerFiled, bothAllowed } = view;
  return (
    <>
      <PageHead
        crumb="席数と勤務"
        title={<RosterSentence view={view} />}
        actions={
          <>
            <LinkButton href={`/staffing/roster/print?day=${day}`} icon="print">
              印刷
            </LinkButton>
            <LinkButton href={`/staffing/roster/workbook?day=${day}`} icon="save">
              Excel
            </LinkButton>
          </>
        }
      />
      <div className="pile">
        <StaffingTabs current="roster" hidden={hidden} />
        {!managerFiled && (
          <Note tone="late" title="責任者の報告（６(5)イ）がまだ出ていません。">
            開設の前に、<a href="/filings/new?form=manager-notice">業務責任者報告書</a>を出してください。
          </Note>
        )}
        {refusal !== undefined && (
          <div role="alert">
            <Note tone="late" title={refusal}>
              <ul>
                {faults.map(({ message }) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </Note>
          </div>
        )}
        <div className="cols rostercols">
          <Section
            id="h-shift"
            title={`${formatMonthDay(day, { weekday: true })}の勤務`}
            sub={`${term.label} 開設${nth}日目。${view.edition === 0 ? "まだ決まっていません" : `第${view.edition}版`}`}
          >
            <p className="sub">
              {bothAllowed
                ? "この日は、SV が OP を兼ねる協議（６(5)ア）に回答があります。SV兼OP 一人でも開けます。"
                : "SV一名と OP一名（別の人）が、どの半時間にも要ります（６(5)ア）。"}
            </p>
            {mayPlan ? <ShiftForm {...props} /> : <ShiftList view={view} />}
          </Section>
          <Section id="h-half" title="半時間ごと" sub="要る席は、10日に9日は足りる数です。">
            <SlotTable slots={view.slots} />
          </Section>
        </div>
        <Section id="h-days" title={`${term.label}の開設日`} sub="日を選ぶと、その日の勤務を開きます。">
          <DayTable view={view} />
        </Section>
      </div>
    </>
  );
}

function RosterSentence({ view: { edition, slots, day } }: { view: RosterView }) {
  const when = formatMonthDay(day);
  if (edition === 0) return <>{when}の勤務は、まだ決まっていません。</>;
  const broken = slots.filter(({ missing }) => missing !== undefined).length;
  const short = slots.filter((slot) => slot.short > 0).length;
  if (broken > 0)
    return (
      <>
        {when}は、<span className="late">{broken}枠で SV か OP がいません。</span>
      </>
    );
  if (short > 0)
    return (
      <>
        {when}は、SV と OP がそろっています。<span className="due">{short}枠で席が見込みに足りません。</span>
      </>
    );
  return <>{when}は、SV と OP がそろい、席も見込みに足ります。</>;
}

function ShiftForm({ view, rows, faults, csrf }: RosterPageProps) {
  const people = view.handlers
    .map(({ id, number, name, roles }) => ({
      value: id,
      label: `${number} ${name}`,
      group: roles.some((role) => role === "supervisor" || role === "manager") ? "SV・責任者" : "OP",
    }))
    .sort((a, b) => (a.group === b.group ? 0 : a.group === "OP" ? 1 : -1));
  const wrong = (at: number) => faults.find(({ field }) => field === `shift-${at}`)?.message;
  return (
    <form method="post" action="/staffing/roster" className="pile">
      <Csrf token={csrf} />
      <input type="hidden" name="day" value={view.day} />
      <input type="hidden" name="edition" value={view.edition} />
      <Table
        caption="勤務の欄"
        columns={[
          {
            key: "who",
            head: "従業者",
            cell: ({ row, at }) => (
              <SelectField
                id={`handler-${at}`}
                label={`${at + 1}人目の従業者`}
                hideLabel
                blank="（なし）"
                choices={people}
                defaultValue={row.handler}
                error={wrong(at)}
              />
            ),
          },
          {
            key: "duty",
            head: "役",
            cell: ({ row, at }) => (
              <SelectField
                id={`duty-${at}`}
                label={`${at + 1}人目の役`}
                hideLabel
                choices={Object.entries(duties).map(([value, label]) => ({ value, label }))}
                defaultValue={row.duty}
              />
            ),
          },
          ...(
            [
              ["starts", "始まり"],
              ["ends", "終わり"],
              ["lunchStarts", "昼休み"],
              ["lunchEnds", "まで"],
            ] as const
          ).map(([name, head]) => ({
            key: name,
            head,
            cell: ({ row, at }: { row: ShiftRow; at: number }) => (
              <TextField
                id={`${name}-${at}`}
                label={`${at + 1}人目の${head}`}
                hideLabel
                defaultValue={row[name]}
                inputMode="numeric"
                placeholder="09:00"
                size={5}
              />
            ),
          })),
        ]}
        rows={rows.map((row, at) => ({ row, at }))}
        rowKey={({ at }) => String(at)}
        empty={<p>欄がありません。</p>}
      />
      <p className="row">
        <Submit icon="check">この勤務に決める</Submit>
        <span className="sub">SV と OP のいない半時間があれば、決まりません。</span>
      </p>
    </form>
  );
}

function ShiftList({ view: { shifts, handlers } }: { view: RosterView }) {
  const nameOf = new Map(handlers.map(({ id, number, name }) => [id, `${number} ${name}`]));
  return (
    <Table
      caption="勤務"
      columns={[
        {
          key: "who",
          head: "従業者",
          rowHead: true,
          cell: ({ handlerId }) => nameOf.get(handlerId) ?? "（退職）",
        },
        { key: "duty", head: "役", cell: ({ duty }) => duties[duty] },
        { key: "time", head: "時間", cell: ({ starts, ends }) => `${starts}–${ends}` },
        {
          key: "lunch",
          head: "昼休み",
          cell: ({ lunch }) => (lunch ? `${lunch.starts}–${lunch.ends}` : "－"),
        },
      ]}
      rows={shifts}
      rowKey={({ id }) => id}
      empty={<p>勤務はまだ決まっていません。SV か責任者が決めると、ここに並びます。</p>}
    />
  );
}

export function SlotTable({ slots }: { slots: readonly RosterSlot[] }) {
  return (
    <Table
      caption="半時間ごとの要員"
      columns={[
        { key: "start", head: "時間帯", rowHead: true, cell: ({ start }) => `${start}から` },
        { key: "sv", head: "SV", numeric: true, cell: ({ supervisors }) => supervisors },
        { key: "op", head: "OP", numeric: true, cell: ({ operators }) => operators },
        { key: "both", head: "兼", numeric: true, cell: ({ both }) => both },
        { key: "need", head: "要る席", numeric: true, cell: ({ need }) => need },
        { key: "gap", head: "様子", cell: (slot) => <SlotStatus slot={slot} /> },
      ]}
      rows={slots}
      rowKey={({ start }) => start}
      empty={<p>開設時間がありません。</p>}
    />
  );
}

function SlotStatus({ slot: { missing, short } }: { slot: RosterSlot }) {
  if (missing !== undefined) return <Status look="late">{missing}</Status>;
  if (short > 0) return <Status look="warn">{short}席不足</Status>;
  return <Status look="done">足りる</Status>;
}

const dayLooks = {
  none: { look: "none", text: "未定" },
  broken: { look: "late", text: "SV・OP 欠け" },
  short: { look: "warn", text: "席不足" },
  ok: { look: "done", text: "足りる" },
} as const;

function DayTable({ view: { days, day } }: { view: RosterView }) {
  return (
    <Table
      caption="開設日の勤務の様子"
      columns={[
        {
          key: "day",
          head: "日",
          rowHead: true,
          cell: (one) => (
            <a href={`/staffing/roster?day=${one.day}`}>{formatMonthDay(one.day, { weekday: true })}</a>
          ),
        },
        { key: "nth", head: "開設（日目）", numeric: true, cell: ({ nth }) => nth },
        { key: "seats", head: "要る席（最大）", numeric: true, cell: ({ seats }) => seats },
        {
          key: "state",
          head: "勤務",
          cell: ({ state }) => <Status look={dayLooks[state].look}>{dayLooks[state].text}</Status>,
        },
      ]}
      rows={days}
      rowKey={(one) => one.day}
      selected={(one) => one.day === day}
      empty={<p>開設日がありません。</p>}
    />
  );
}
