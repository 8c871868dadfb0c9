import { BarChart } from "../ui/bar-chart.tsx";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import type { Report, ReportChart, ReportSection, ReportTable } from "./report.ts";

export interface ReportPageProps {
  report: Report;
  client: readonly string[];
  contractor: string;
  /** 文書の日付（和暦）。 */
  date: string;
  code: readonly (readonly boolean[])[] | undefined;
  demo: boolean;
  /** 印の欄。 */
  seals: readonly { role: string; name: string }[];
}

/** 日次報告書・日別集計報告書・期の章の紙面。 */
export function ReportPage({ report, client, contractor, date, code, demo, seals }: ReportPageProps) {
  const { kind, about, title, facts, sections, check } = report;
  const query = new URLSearchParams({ kind, [kind === "daily" ? "day" : "term"]: about }).toString();
  return (
    <PaperScreen
      title={title}
      about="A4・個人情報は含みません"
      backHref="/figures"
      downloads={[
        { label: "Word", href: `/figures/export?${query}&format=docx` },
        { label: "Excel", href: `/figures/export?${query}&format=xlsx` },
      ]}
    >
      <Paper
        to={client}
        date={date}
        from={[contractor]}
        title={title}
        clause={kind === "term" ? "業務仕様書 9(1)" : "業務仕様書 6(9)"}
        facts={facts}
        seals={seals}
        demo={demo}
        long
        foot={{
          ...(check === "" ? {} : { check }),
          ...(code === undefined ? {} : { code }),
          note: "この控えは、事務所の中の端末で、記録の検査点と照合できます。外部の宛先は含みません。",
        }}
      >
        {paired(sections).map((row) =>
          row.length > 1 ? (
            <div className="pair" key={row[0]?.title}>
              {row.map((one) => (
                <One key={one.title} section={one} number={sections.indexOf(one) + 1} />
              ))}
            </div>
          ) : (
            row.map((one) => <One key={one.title} section={one} number={sections.indexOf(one) + 1} />)
          ),
        )}
      </Paper>
    </PaperScreen>
  );
}

/** half の続く二つを一行に。 */
function paired(sections: readonly ReportSection[]): ReportSection[][] {
  const rows: ReportSection[][] = [];
  for (const section of sections) {
    const last = rows.at(-1);
    if (section.half && last?.length === 1 && last[0]?.half) last.push(section);
    else rows.push([section]);
  }
  return rows;
}

const fullWidth = (n: number) =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

function One({
  section: { title, table, chart, notes },
  number,
}: {
  section: ReportSection;
  number: number;
}) {
  return (
    <section>
      <h2>{`${fullWidth(number)}　${title}`}</h2>
      {table !== undefined && table.rows.length > 0 && <Grid table={table} title={title} />}
      {chart !== undefined && drawable(chart) && <Bars chart={chart} />}
      {notes.map((note) => (
        <p key={note} className={notes.length > 2 ? "small" : undefined}>
          {note}
        </p>
      ))}
    </section>
  );
}

function Grid({ table: { heads, rows, total, words }, title }: { table: ReportTable; title: string }) {
  const look = (at: number) => (at > 0 && words !== true ? "num" : undefined);
  return (
    <table className={heads.length > 9 ? "grid dense" : "grid"}>
      <caption className="vh">{title}</caption>
      <thead>
        <tr>
          {heads.map((head, at) =>
            head === "" ? (
              <td key={head} />
            ) : (
              <th key={head} scope="col" className={look(at)}>
                {head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          <tr key={String(row[0])} className={total === true && line === rows.length - 1 ? "sum" : undefined}>
            {row.map((cell, at) => {
              const text = typeof cell === "number" ? cell.toLocaleString("ja-JP") : cell;
              const key = heads[at] ?? at;
              return at === 0 ? (
                <th key={key} scope="row">
                  {text}
                </th>
              ) : (
                <td key={key} className={look(at)}>
                  {text}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 棒の下に入る短い名だけを絵にする。長い名のものは、表と Word・Excel の図で読む。 */
function drawable({ categories }: ReportChart): boolean {
  return categories.length > 0 && categories.every((name) => name.length <= 5);
}

function Bars({ chart }: { chart: ReportChart }) {
  const [series] = chart.series;
  const bars = chart.categories.map((label, at) => ({
    label,
    actual: series?.values[at] ?? 0,
    state: "past" as const,
  }));
  return <BarChart bars={bars} unit={chart.unit} mono wide />;
}
