import { formatMonthDay } from "../japan/wareki.ts";
import { type Bar, BarChart } from "../ui/bar-chart.tsx";
import { LinkButton, PrintButton, Submit } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { deskText, spanText } from "./call.ts";
import type { CallFigure, CallFigures } from "./call-figures.ts";
import { Definitions } from "./call-page.tsx";

export interface FigurePageProps {
  figures: CallFigures;
  terms: readonly { id: string; label: string; from: string; to: string }[];
  /** 行を見てよいか（数から一覧へつなぐ）。 */
  seesRows: boolean;
  mayKeep: boolean;
  mayConnect: boolean;
  csrf: string;
  today: string;
}

/** 入電・応答・放棄・時間外・話中。 */
export function FigurePage(props: FigurePageProps) {
  const { figures, terms, seesRows, mayKeep, csrf, today } = props;
  const { from, to, total, byDay, byHalfHour, byTerm, byDesk } = figures;
  const link: Link = (n, query) =>
    seesRows && n > 0 ? <a href={`/calls?${new URLSearchParams({ from, to, ...query })}`}>{n}</a> : n;
  const one = from === to;
  return (
    <>
      <PageHead
        crumb="電話の数"
        title={<Sentence {...figures} />}
        date={
          one ? formatMonthDay(from, { weekday: true }) : `${formatMonthDay(from)}から${formatMonthDay(to)}`
        }
        actions={<Actions {...props} />}
      />
      <div className="pile">
        <SegmentedLinks
          label="期間"
          links={[
            {
              href: `/calls/figures?from=${today}&to=${today}`,
              label: "本日",
              current: one && from === today,
            },
            ...terms.map((term) => ({
              href: `/calls/figures?from=${term.from}&to=${term.to}`,
              label: term.label,
              current: from === term.from && (to === term.to || to === today),
            })),
          ]}
        />
        <More {...props} />
        <Totals figures={figures} link={link} />
        <div className="cols">
          <Section id="h-cday" title="日ごとの入電" sub="件">
            <BarChart bars={dayBars(figures, today)} unit="件" wide />
          </Section>
          <Section id="h-chour" title="時間帯ごとの入電" sub="着いた時刻、件">
            <BarChart bars={hourBars(figures)} unit="件" wide />
          </Section>
        </div>
        <Section id="h-day" title="日ごと">
          <Table
            caption="日ごとの電話の数"
            columns={[
              {
                key: "day",
                head: "日",
                rowHead: true,
                cell: (row) => (
                  <a href={`/calls/figures?from=${row.day}&to=${row.day}`}>
                    {formatMonthDay(row.day, { weekday: true })}
                  </a>
                ),
              },
              ...figureColumns((row: (typeof byDay)[number], n, what) =>
                link(n, { from: row.day, to: row.day, what }),
              ),
              { key: "busy", head: "話中", numeric: true, cell: (row) => row.busy ?? "－" },
            ]}
            rows={byDay}
            rowKey={(row) => row.day}
            foot={<Total total={total} busy={figures.busy} />}
            empty={
              <p>この期間の電話の記録はありません。取り込むか、電話システムとつなぐと、ここに並びます。</p>
            }
          />
        </Section>
        <Section id="h-slot" title="半時間ごと" sub="着いた時刻で分けています。">
          <Table
            caption="半時間ごとの電話の数"
            columns={[
              { key: "slot", head: "時間帯", rowHead: true, cell: (row) => `${row.slot}から` },
              ...figureColumns((row: (typeof byHalfHour)[number], n, what) =>
                link(n, { hour: row.slot, what }),
              ),
            ]}
            rows={byHalfHour}
            rowKey={(row) => row.slot}
            empty={<p>まだ数がありません。</p>}
          />
        </Section>
        <div className="cols">
          <Section id="h-term" title="期ごと" sub="９(1) の区分">
            <Table
              caption="期ごとの電話の数"
              columns={termColumns}
              rows={byTerm}
              rowKey={(row) => row.id}
              empty={<p>期がありません。</p>}
            />
          </Section>
          <Section id="h-desk" title="席ごとの応答">
            <Table
              caption="席ごとの応答の数"
              columns={[
                { key: "desk", head: "席", rowHead: true, cell: (row) => deskText(row.desk) || "席の名なし" },
                {
                  key: "n",
                  head: "応答（件）",
                  numeric: true,
                  cell: (row) => link(row.n, { desk: row.desk }),
                },
                {
                  key: "aht",
                  head: "平均の通話",
                  numeric: true,
                  cell: (row) => spanText(row.n === 0 ? null : Math.round(row.talked / row.n)),
                },
              ]}
              rows={byDesk}
              rowKey={(row) => row.desk}
              empty={<p>応答はまだありません。</p>}
            />
          </Section>
        </div>
        <Reconciled figures={figures} link={link} />
        {mayKeep && <BusyForm csrf={csrf} today={today} />}
        <Definitions />
      </div>
    </>
  );
}

/** 行、書き出し。 */
function Actions({ figures: { from, to }, seesRows }: FigurePageProps) {
  return (
    <>
      {seesRows && (
        <LinkButton href={`/calls?from=${from}&to=${to}`} icon="list">
          一覧
        </LinkButton>
      )}
      <PrintButton />
      <LinkButton href={`/calls/figures/rows?from=${from}&to=${to}`} icon="save">
        CSV
      </LinkButton>
    </>
  );
}

/** 電話の室のほかの画面。 */
function More({ seesRows, mayKeep, mayConnect }: FigurePageProps) {
  if (!(seesRows || mayKeep || mayConnect)) return null;
  return (
    <nav className="row noprint" aria-label="電話のほかの画面">
      {seesRows && (
        <LinkButton href="/calls/wall" icon="eye">
          いまの様子
        </LinkButton>
      )}
      {mayKeep && <LinkButton href="/calls/import">電話機の記録を取り込む</LinkButton>}
      {mayKeep && <LinkButton href="/calls/announcement">時間外の案内</LinkButton>}
      {mayConnect && (
        <LinkButton href="/calls/door" icon="phone">
          電話システムとの接続
        </LinkButton>
      )}
    </nav>
  );
}

type Link = (n: number, query: Record<string, string>) => React.ReactNode;

/** 百分率は丸め上げない。 */
function rate(part: number, whole: number): string {
  return whole === 0 ? "－" : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)}％`;
}

function Sentence({ total }: CallFigures) {
  if (total.offered === 0) return <>この期間の入電はありません。</>;
  return (
    <>
      入電{total.offered.toLocaleString("ja-JP")}件のうち{total.answered.toLocaleString("ja-JP")}件（
      {rate(total.answered, total.offered)}）に応答しました。
      {total.abandoned > 0 && <span className="due">放棄は{total.abandoned}件です。</span>}
    </>
  );
}

function Totals({ figures: { total, busy }, link }: { figures: CallFigures; link: Link }) {
  const items: [string, React.ReactNode, string][] = [
    ["入電", link(total.offered, { what: "offered" }), "件"],
    ["応答", link(total.answered, { what: "answered" }), `件 ${rate(total.answered, total.offered)}`],
    ["放棄", link(total.abandoned, { what: "abandoned" }), `件 ${rate(total.abandoned, total.offered)}`],
    ["時間外", link(total.closed, { what: "closed" }), "件"],
    ["話中", busy ?? "－", busy === undefined ? "未入力" : "件"],
  ];
  return (
    <dl className="figs callfigs">
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
  );
}

function figureColumns<Row extends CallFigure>(
  link: (row: Row, n: number, what: string) => React.ReactNode,
): Column<Row>[] {
  return [
    { key: "offered", head: "入電（件）", numeric: true, cell: (row) => link(row, row.offered, "offered") },
    {
      key: "answered",
      head: "応答（件）",
      numeric: true,
      cell: (row) => link(row, row.answered, "answered"),
    },
    { key: "rate", head: "応答率", numeric: true, cell: (row) => rate(row.answered, row.offered) },
    {
      key: "abandoned",
      head: "放棄（件）",
      numeric: true,
      cell: (row) => link(row, row.abandoned, "abandoned"),
    },
    { key: "missed", head: "ほか（件）", numeric: true, cell: (row) => row.missed },
    { key: "closed", head: "時間外（件）", numeric: true, cell: (row) => link(row, row.closed, "closed") },
  ];
}

function Total({ total, busy }: { total: CallFigure; busy: number | undefined }) {
  return (
    <tr>
      <th scope="row">計</th>
      <td className="num">{total.offered}</td>
      <td className="num">{total.answered}</td>
      <td className="num">{rate(total.answered, total.offered)}</td>
      <td className="num">{total.abandoned}</td>
      <td className="num">{total.missed}</td>
      <td className="num">{total.closed}</td>
      <td className="num">{busy ?? "－"}</td>
    </tr>
  );
}

const termColumns: Column<CallFigures["byTerm"][number]>[] = [
  { key: "term", head: "期", rowHead: true, cell: (row) => row.label },
  { key: "offered", head: "入電（件）", numeric: true, cell: (row) => row.offered },
  { key: "answered", head: "応答（件）", numeric: true, cell: (row) => row.answered },
  { key: "days", head: "入電の日数", numeric: true, cell: (row) => row.days },
  { key: "most", head: "最大（件/日）", numeric: true, cell: (row) => row.most },
];

function dayBars({ byDay, from, to }: CallFigures, today: string): Bar[] {
  if (from === to)
    return byDay.map((row) => ({ label: formatMonthDay(row.day), actual: row.offered, state: "past" }));
  return byDay
    .filter((row) => row.offered > 0 || row.day === today)
    .slice(-16)
    .map((row) => ({
      label: `${Number(row.day.slice(5, 7))}/${Number(row.day.slice(8))}`,
      actual: row.offered,
      state: row.day === today ? "now" : "past",
    }));
}

function hourBars({ byHalfHour }: CallFigures): Bar[] {
  const hours = new Map<string, number>();
  for (const { slot, offered } of byHalfHour)
    hours.set(slot.slice(0, 2), (hours.get(slot.slice(0, 2)) ?? 0) + offered);
  return [...hours].map(([hour, n]) => ({ label: `${Number(hour)}時`, actual: n, state: "past" }));
}

/** 電話 ＝ 予約 ＋ 変更 ＋ 取消 ＋ 問い合わせ ＋ クレーム ＋ 記録なし。 */
function Reconciled({ figures: { reconcile }, link }: { figures: CallFigures; link: Link }) {
  const { linked, answered, bookings, changes, cancellations, waits, inquiries, complaints, difference } =
    reconcile;
  const off = reconcile.byDay.filter((one) => one.difference !== 0);
  return (
    <Section
      id="h-rec"
      title="応答と記録の突き合わせ"
      sub="差は隠しません。一本の電話で二つ以上を受ければ、差は負になります。"
    >
      <p>
        応答{answered} ＝ 予約{bookings} ＋ 変更{changes} ＋ 取消{cancellations} ＋ 待機{waits} ＋ 問い合わせ
        {inquiries} ＋ クレーム{complaints} ＋{" "}
        {difference >= 0 ? <b>記録なし {difference}</b> : <b>電話より多い記録 {difference}</b>}
      </p>
      <p>
        電話ごとでは、応答{answered}のうち{linked}件が、そこで残したものとつながっています（ほか
        {link(answered - linked, { what: "unlinked" })}
        件）。受付デスクの通話のキーを使わない受付は、日ごとの数だけで突き合わせます。
      </p>
      <Table
        caption="応答と記録の差のある日"
        columns={[
          {
            key: "day",
            head: "日",
            rowHead: true,
            cell: (row) => formatMonthDay(row.day, { weekday: true }),
          },
          { key: "answered", head: "応答（件）", numeric: true, cell: (row) => row.answered },
          { key: "records", head: "記録（件）", numeric: true, cell: (row) => row.records },
          { key: "linked", head: "電話とつながった（件）", numeric: true, cell: (row) => row.linked },
          { key: "difference", head: "記録なし（件）", numeric: true, cell: (row) => row.difference },
        ]}
        rows={off}
        rowKey={(row) => row.day}
        empty={<p>応答と記録の数は、どの日も合っています。</p>}
      />
    </Section>
  );
}

function BusyForm({ csrf, today }: { csrf: string; today: string }) {
  return (
    <Section
      id="h-busy"
      title="話中の数を入れる"
      sub="電話会社の統計から。入れ直すと、新しい数に替わります。"
    >
      <form method="post" action="/calls/busy" className="row noprint">
        <Csrf token={csrf} />
        <TextField id="busy-day" name="day" label="日" type="date" defaultValue={today} required />
        <TextField id="busy-count" name="count" label="話中（件）" inputMode="numeric" required />
        <Submit look="second">入れる</Submit>
      </form>
    </Section>
  );
}
