import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Term } from "../terms/blueprint.ts";
import { LinkButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { type ClassFilter, type ClassLine, distinct, filterClasses, stateOf } from "./class-view.ts";
import { SeatBar } from "./seat-bar-panel.tsx";

export interface ClassListPageProps {
  terms: readonly Term[];
  term: Term;
  lines: readonly ClassLine[];
  filter: ClassFilter;
  /** 座標のない会場の数。 */
  unplaced: number;
  /** 日程を取り込めるか。 */
  mayImport: boolean;
  /** 予約者リストを開けるか。 */
  mayList: boolean;
}

const stateChoices = [
  { value: "", label: "すべて" },
  { value: "free", label: "空きあり" },
  { value: "full", label: "満席" },
  { value: "closed", label: "受付終了" },
];

/** 期の講習会と、席の埋まり方。 */
export function ClassListPage(props: ClassListPageProps) {
  const { terms, term, lines, filter, unplaced, mayImport, mayList } = props;
  const shown = filterClasses(lines, filter);
  const filtered = shown.length !== lines.length;
  return (
    <>
      <PageHead
        crumb="講習会と会場"
        title={<Sentence term={term} lines={lines} />}
        actions={
          <>
            <LinkButton href="/venues">会場の台帳</LinkButton>
            {mayList && <LinkButton href="/class-changes">市の変更・中止</LinkButton>}
            {mayImport && (
              <LinkButton href="/classes/import" look="main">
                日程を取り込む
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        <Warnings lines={lines} unplaced={unplaced} />
        <SegmentedLinks
          label="期"
          links={terms.map((each) => ({
            href: `/classes?term=${encodeURIComponent(each.id)}`,
            label: each.label,
            current: each.id === term.id,
          }))}
        />
        <List
          action="/classes"
          keep={{ term: term.id }}
          filters={[
            {
              name: "ward",
              label: "区",
              value: filter.ward,
              choices: choices(lines.map((line) => line.ward)),
            },
            {
              name: "course",
              label: "講座",
              value: filter.course,
              choices: choices(lines.map((line) => line.course)),
            },
            { name: "state", label: "席", value: filter.state, choices: stateChoices },
          ]}
          count={
            filtered ? `${lines.length}回のうち${shown.length}回` : `${lines.length}回の講習会。日の順です。`
          }
          clearHref={filtered ? `/classes?term=${encodeURIComponent(term.id)}` : undefined}
          table={{
            caption: `${term.label}の講習会`,
            columns: columnsFor(props.mayList),
            rows: shown,
            rowKey: (line) => line.id,
            empty: <Empty any={lines.length > 0} term={term} mayImport={mayImport} />,
          }}
        />
      </div>
    </>
  );
}

function Sentence({ term, lines }: { term: Term; lines: readonly ClassLine[] }) {
  const open = lines.filter((line) => line.state === "open");
  if (open.length === 0) return <>{term.label}の講習会は、まだありません。</>;
  const sum = (of: (line: ClassLine) => number) => open.reduce((total, line) => total + of(line), 0);
  const full = open.filter((line) => line.free === 0).length;
  return (
    <>
      {term.label}の{open.length}回、{sum((line) => line.capacity)}席のうち
      {sum((line) => line.booked)}席が埋まっています。
      {full > 0 ? <span className="due">満席は{full}回です。</span> : "満席の回はありません。"}
    </>
  );
}

function Warnings({ lines, unplaced }: { lines: readonly ClassLine[]; unplaced: number }) {
  const stranded = lines.filter((line) => line.state === "closed" && line.booked > 0);
  const people = stranded.reduce((sum, line) => sum + line.booked, 0);
  return (
    <>
      {stranded.length > 0 && (
        <Note tone="due" title={`受付終了の${stranded.length}回に、予約が${people}件残っています。`}>
          <p>
            予約された方への連絡と、別の回への変更が要ります。
            <a href={`/classes?term=${encodeURIComponent(stranded[0]?.term ?? "")}&state=closed`}>
              受付終了の回を見る
            </a>
          </p>
        </Note>
      )}
      {unplaced > 0 && (
        <Note tone="due" title={`${unplaced}つの会場に座標がありません。`}>
          <p>
            満席のときの「近い会場」の案内に出ません。<a href="/venues">会場の台帳で補う</a>
          </p>
        </Note>
      )}
    </>
  );
}

function Empty({ any, term, mayImport }: { any: boolean; term: Term; mayImport: boolean }) {
  if (any) return <p>この条件に合う講習会はありません。条件をゆるめるか、「すべて見る」を選んでください。</p>;
  return (
    <p>
      <b>{term.label}の講習会は、まだ取り込まれていません。</b>
      {mayImport ? (
        <a href="/classes/import">委託者から届いた日程表を取り込んでください。</a>
      ) : (
        "SV が日程表を取り込むと、ここに並びます。"
      )}
    </p>
  );
}

function choices(values: readonly string[]) {
  const all = distinct(values).map((value) => ({ value, label: value }));
  return [{ value: "", label: "すべて" }, ...all];
}

function columnsFor(mayList: boolean): Column<ClassLine>[] {
  return [
    {
      key: "day",
      head: "日",
      rowHead: true,
      cell: (line) =>
        mayList ? (
          <a href={`/lists/${line.id}`}>{formatMonthDay(line.day, { weekday: true })}</a>
        ) : (
          formatMonthDay(line.day, { weekday: true })
        ),
    },
    { key: "time", head: "時間", cell: (line) => formatTimeRange(line.start, line.end) },
    {
      key: "venue",
      head: "会場",
      wrap: true,
      cell: (line) => (
        <>
          {line.venue}
          {line.room !== "" && <span className="sub">　{line.room}</span>}
        </>
      ),
    },
    { key: "course", head: "講座", wrap: true, cell: (line) => line.course },
    { key: "capacity", head: "定員", numeric: true, cell: (line) => line.capacity },
    { key: "booked", head: "予約", numeric: true, cell: (line) => line.booked },
    { key: "bar", head: "席", cell: (line) => <SeatBar {...line} /> },
    { key: "free", head: "空き", numeric: true, cell: (line) => <Free line={line} /> },
  ];
}

function Free({ line }: { line: ClassLine }) {
  switch (stateOf(line)) {
    case "closed":
      return <Status look="none">受付終了</Status>;
    case "full":
      return <Status look="warn">満席</Status>;
    default:
      return <>{line.free}</>;
  }
}
