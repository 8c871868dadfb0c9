import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { PressForm, writeAt } from "./erasure-flow-panel.tsx";
import type { MonthTemplate } from "./keep-month-template.ts";
import type { MonthFigure } from "./month.ts";
import { type MonthRow, monthTitle, type OpenMonth } from "./read-month.ts";

/** 月の一覧。asked は、契約が毎月の報告を求めているか（求めていなければ、まだの月を遅れとして数えない）。 */
export function MonthListPage({ months, asked }: { months: readonly OpenMonth[]; asked: boolean }) {
  const owed = months.filter((one) => one.over && one.filing === undefined).length;
  const told = owed === 0 ? "終わった月の報告は、すべて作ってあります。" : `${owed}か月分の報告がまだです。`;
  return (
    <>
      <PageHead
        actions={
          <LinkButton href="/privacy-months/template" icon="doc">
            委託者の様式
          </LinkButton>
        }
        crumb="月次報告（様式１）"
        title={asked ? told : "この契約は、毎月の報告を求めていません。"}
      />
      <Table
        caption="月"
        rows={months}
        rowKey={(one) => one.month}
        empty={<p>まだ月がありません。</p>}
        columns={[
          {
            key: "month",
            head: "対象の月",
            rowHead: true,
            cell: (one) => <a href={`/privacy-months/${one.month}`}>{monthTitle(one.month)}</a>,
          },
          ...["taken", "revealed", "handlers", "incidents"].map((key) => ({
            ...{ key, numeric: true, width: 10 as const },
            head: months[0]?.values.find((one) => one.figure.key === key)?.figure.label ?? key,
            cell: (one: OpenMonth) => one.values.find((value) => value.figure.key === key)?.value ?? 0,
          })),
          {
            key: "state",
            head: "様式１",
            width: 12,
            cell: (one) =>
              one.filing ? (
                <Status look={one.filing.state === "received" ? "done" : "wait"}>
                  <a href={`/filings/${one.filing.id}`}>{one.filing.stateText}</a>
                </Status>
              ) : one.over && !asked ? (
                <Status look="none">求めなし</Status>
              ) : one.over ? (
                <Status look="due">まだ</Status>
              ) : (
                <Status look="none">月の途中</Status>
              ),
          },
        ]}
      />
    </>
  );
}

const fieldLabels: Readonly<Record<MonthFigure["field"], string>> = {
  handled: "取り扱った個人情報の項目と件数",
  handlers: "取り扱った従業者",
  measures: "安全管理措置",
  incidents: "事故・違反",
  training: "教育・研修",
  moves: "受渡し・持出し・消去",
  standard: "月末に有効な帳簿",
};

/** 一つの月。どの数も、開けばもとの記録が見える。 */
export function MonthPage({
  open,
  kept,
  csrf,
  may,
  said,
}: {
  open: OpenMonth;
  /** 残してある委託者の様式。 */
  kept: Pick<MonthTemplate, "fileName" | "version" | "marked" | "map"> | undefined;
  csrf: string;
  may: boolean;
  said?: string | undefined;
}) {
  return (
    <>
      <PageHead
        crumb={<a href="/privacy-months">月次報告（様式１）</a>}
        title={`${monthTitle(open.month)}の個人情報取扱状況`}
        actions={
          open.filing && (
            <LinkButton href={`/filings/${open.filing.id}`} icon="doc">
              様式１（{open.filing.stateText}）
            </LinkButton>
          )
        }
      />
      <div className="cols main-side">
        <Table
          caption="記録から数えた数"
          rows={open.values}
          rowKey={({ figure }) => figure.key}
          empty={<p>数はありません。</p>}
          columns={[
            {
              key: "field",
              head: "様式１の欄",
              width: 14,
              wrap: true,
              cell: (one) => fieldLabels[one.figure.field],
            },
            { key: "label", head: "数えたもの", rowHead: true, cell: (one) => one.figure.label },
            {
              key: "value",
              head: "数",
              numeric: true,
              width: 8,
              cell: ({ figure, value }) => (
                <a href={`/privacy-months/${open.month}/${figure.key}`}>
                  {value.toLocaleString("ja-JP")}
                  {figure.unit}
                </a>
              ),
            },
          ]}
        />
        <div className="pile noprint">
          {said !== undefined && <Note tone="late" title={said} />}
          {!open.over && <Note title="まだ月の途中です。">報告の下書きは、月が終わってから作れます。</Note>}
          {may && open.over && (
            <PressForm to={`/privacy-months/${open.month}/prepare`} csrf={csrf} look="main">
              {open.filing ? "下書きの空いた欄を埋める" : "様式１の下書きを作る"}
            </PressForm>
          )}
          <Section id="h-fill" title="委託者の様式">
            {kept ? (
              <p>
                <a href="/privacy-months/template">
                  {kept.fileName}（第{kept.version}版）
                </a>
                に、この月の数が入ります。
              </p>
            ) : (
              <p>
                様式はまだ置いてありません。<a href="/privacy-months/template">様式を置く</a>
              </p>
            )}
            {kept && <BlankNames kept={kept} />}
            {may && kept && (
              <PressForm to={`/privacy-months/${open.month}/fill`} csrf={csrf}>
                差し込んで取り出す
              </PressForm>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

/** 差し込んでも空のままの欄。手で書くところとして言う。 */
function BlankNames({ kept }: { kept: Pick<MonthTemplate, "marked" | "map"> }) {
  const blank = kept.marked.names.filter((name) => kept.map[name] === undefined);
  return (
    <p className="sub">
      {blank.length === 0
        ? "どの欄にも値が入ります。「適・否」は帳簿に有効な一件があるかどうかなので、出す前に確かめてください。"
        : `空のままの欄が${blank.length}か所あります（手で書きます）: ${blank.slice(0, 12).join("、")}${blank.length > 12 ? " など" : ""}`}
    </p>
  );
}

/** 一つの数のもとの記録。 */
export function MonthRowsPage(props: {
  month: string;
  figure: MonthFigure;
  value: number;
  rows: readonly MonthRow[];
  erased: readonly string[];
  labelOf: (kind: string) => string;
}) {
  const { month, figure, value, rows, erased, labelOf } = props;
  return (
    <>
      <PageHead
        crumb={<a href={`/privacy-months/${month}`}>{monthTitle(month)}</a>}
        title={`${figure.label}　${value.toLocaleString("ja-JP")}${figure.unit}`}
      />
      {erased.map((text) => (
        <Note key={text} tone="info" title={text} />
      ))}
      <Table
        caption="もとの記録"
        rows={rows}
        rowKey={(row) => row.id}
        empty={<p>この月に、もとになる記録はありません。</p>}
        columns={[
          { key: "at", head: "時", width: 14, cell: (row) => writeAt(row.at) },
          { key: "kind", head: "したこと", rowHead: true, cell: (row) => labelOf(row.kind) },
          { key: "who", head: "従業者番号", width: 8, cell: (row) => row.who },
          {
            key: "id",
            head: "記録の id",
            cell: (row) => <span className="code">{row.id.slice(0, 13)}</span>,
          },
        ]}
      />
    </>
  );
}
