import type { Day } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { BarChart } from "../ui/bar-chart.tsx";
import { LinkButton, PrintButton, Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { type ActName, actNames, noActs } from "./count-acts.ts";
import type { PhoneFigures } from "./read-figures.ts";
import { percentText, type ReportSection } from "./report.ts";
import { definitionNotes, firstSection, itemSection, matchSection } from "./report-section.ts";

export interface FigurePageProps {
  figures: PhoneFigures;
  terms: readonly { id: string; label: string; from: Day; to: Day }[];
  today: Day;
  csrf: string;
  /** 電話の一件ごとの記録へつなぐか。 */
  seesRows: boolean;
  /** 人ごとの数を見せるか。 */
  seesPeople: boolean;
  mayPrepare: boolean;
}

/** 電話と応対の数。報告はここから作る。 */
export function FigurePage(props: FigurePageProps) {
  const { figures, terms, today, seesPeople } = props;
  const { from, to, calls, inquiries, items } = figures;
  const one = from === to;
  const first = items.reduce((sum, item) => sum + item.first, 0);
  return (
    <>
      <PageHead
        crumb="電話と応対の数"
        title={
          calls.total.offered + inquiries.total === 0
            ? "この期間の電話と問い合わせはありません。"
            : `問い合わせ${inquiries.total}件のうち${first}件（${percentText(first, inquiries.total)}）は、その電話で終わりました。`
        }
        date={
          one ? formatMonthDay(from, { weekday: true }) : `${formatMonthDay(from)}から${formatMonthDay(to)}`
        }
        actions={<PrintButton />}
      />
      <div className="pile">
        <SegmentedLinks
          label="期間"
          links={[
            {
              href: `/figures?from=${today}&to=${today}`,
              label: "本日",
              current: one && from === today,
            },
            ...terms.map((term) => ({
              href: `/figures?from=${term.from}&to=${term.to}`,
              label: term.label,
              current: from === term.from && (to === term.to || to === today),
            })),
          ]}
        />
        <Reports {...props} />
        <Days {...props} />
        <div className="cols">
          <Part id="h-items" section={itemSection(figures)} />
          <Part id="h-first" section={firstSection(figures)} sub="6(7) 原則、コールセンター内で終結" />
        </div>
        {seesPeople && <People figures={figures} />}
        <Part id="h-match" section={matchSection(figures)} sub="差は隠しません。" />
        <Section id="h-words" title="数の決めごと" sub="どの表も、この決めごとで数えています。">
          <Pairs
            items={definitionNotes.map((note) => {
              const [name = "", ...rest] = note.split("：");
              return { name, value: rest.join("：") };
            })}
          />
        </Section>
      </div>
    </>
  );
}

/** 報告の入り口。 */
function Reports({ figures, terms, today, csrf, mayPrepare }: FigurePageProps) {
  const { from, to } = figures;
  const day = to > today ? today : to;
  const term = terms.find((one) => one.from <= from && to <= one.to) ?? terms.find((one) => one.from <= to);
  const form = (kind: string, name: string, value: string, label: string) => (
    <form method="post" action="/figures/reports">
      <Csrf token={csrf} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name={name} value={value} />
      <Submit look="second">{label}</Submit>
    </form>
  );
  return (
    <Section id="h-reports" title="報告" sub="6(9) 日次・申込受付終了後１週間以内、9(1) 完了報告の期の章">
      <div className="acts noprint">
        <LinkButton href={`/figures/report?kind=daily&day=${day}`} icon="print" size="tall">
          {`${formatMonthDay(day)}の日報`}
        </LinkButton>
        {mayPrepare && form("daily", "day", day, "日報の下書きを作る")}
        {term !== undefined && (
          <>
            <LinkButton href={`/figures/report?kind=week&term=${term.id}`} icon="print" size="tall">
              {`${term.label}の日別集計`}
            </LinkButton>
            {mayPrepare && form("week", "term", term.id, "集計報告の下書きを作る")}
            <LinkButton href={`/figures/report?kind=term&term=${term.id}`} icon="print" size="tall">
              {`${term.label}の章`}
            </LinkButton>
          </>
        )}
        <LinkButton href="/figures/records" size="tall">
          記録の引渡しと廃棄
        </LinkButton>
      </div>
    </Section>
  );
}

type DayRow = { day: Day; offered: number; answered: number } & Record<ActName, number>;

function Days({ figures, seesRows }: FigurePageProps) {
  const { days, calls, acts, from, to } = figures;
  const callOf = new Map(calls.byDay.map((row) => [row.day, row]));
  const rows: DayRow[] = days.map((day) => ({
    ...noActs(),
    ...acts.byDay.get(day),
    day,
    offered: callOf.get(day)?.offered ?? 0,
    answered: callOf.get(day)?.answered ?? 0,
  }));
  const called = (row: DayRow, n: number, what: string) =>
    seesRows && n > 0 ? (
      <a href={`/calls?${new URLSearchParams({ from: row.day, to: row.day, what })}`}>{n}</a>
    ) : (
      n
    );
  const names = Object.keys(actNames) as ActName[];
  const columns: Column<DayRow>[] = [
    {
      key: "day",
      head: "日",
      rowHead: true,
      cell: (row) => (
        <a href={`/figures?from=${row.day}&to=${row.day}`}>{formatMonthDay(row.day, { weekday: true })}</a>
      ),
    },
    { key: "offered", head: "入電", numeric: true, cell: (row) => called(row, row.offered, "offered") },
    { key: "answered", head: "応答", numeric: true, cell: (row) => called(row, row.answered, "answered") },
    ...names.map(
      (name): Column<DayRow> => ({
        key: name,
        head: actNames[name],
        numeric: true,
        cell: (row) => row[name],
      }),
    ),
    {
      key: "report",
      head: "報告",
      cell: (row) => <a href={`/figures/report?kind=daily&day=${row.day}`}>日報</a>,
    },
  ];
  return (
    <Section
      id="h-days"
      title="日ごと"
      end={<a href={`/calls/figures?from=${from}&to=${to}`}>入電の半時間・席・期ごと</a>}
    >
      {days.length > 1 && (
        <BarChart
          bars={rows.slice(-16).map((row) => ({
            label: `${Number(row.day.slice(5, 7))}/${Number(row.day.slice(8))}`,
            actual: row.offered,
            state: "past" as const,
          }))}
          unit="件"
          wide
        />
      )}
      <Table
        caption="日ごとの電話と記録（件）"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.day}
        empty={<p>この期間の記録はありません。期間を選び直してください。</p>}
      />
    </Section>
  );
}

function People({ figures }: { figures: PhoneFigures }) {
  const names = Object.keys(actNames) as ActName[];
  return (
    <Section
      id="h-people"
      title="担当ごと"
      sub="残した記録の数（件）。速さや良し悪しを比べるものではありません。"
    >
      <Table
        caption="担当ごとの記録"
        columns={[
          { key: "name", head: "担当", rowHead: true, cell: (row) => row.name },
          ...names.map(
            (name): Column<PhoneFigures["byOperator"][number]> => ({
              key: name,
              head: actNames[name],
              numeric: true,
              cell: (row) => row[name],
            }),
          ),
        ]}
        rows={figures.byOperator}
        rowKey={(row) => row.name}
        empty={<p>この期間の記録はありません。</p>}
      />
    </Section>
  );
}

/** 報告の一つの区分を、画面の表で。 */
function Part({ id, section, sub }: { id: string; section: ReportSection; sub?: string }) {
  const { title, table, notes } = section;
  return (
    <Section id={id} title={title} {...(sub === undefined ? {} : { sub })}>
      {table !== undefined && (
        <Table
          caption={`${title}の表`}
          columns={table.heads.map((head, at) => ({
            key: String(at),
            head,
            rowHead: at === 0,
            numeric: at > 0,
            cell: (row: readonly (string | number)[]) => row[at],
          }))}
          rows={table.rows}
          rowKey={(row) => String(row[0])}
          empty={
            <p>{id === "h-match" ? "応答と記録の数は、どの日も合っています。" : "まだ数がありません。"}</p>
          }
        />
      )}
      {notes.map((note) => (
        <p className="sub" key={note}>
          {note}
        </p>
      ))}
    </Section>
  );
}
