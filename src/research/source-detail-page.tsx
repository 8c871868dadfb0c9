import { formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { type ComparedRow, compareSources } from "./compare-source.ts";
import type { SourceUse } from "./research-hand.ts";
import { citationOf, kindOf, lackingOf, type Source, sourceCode, sourceKinds, tableHeads } from "./source.ts";

/** 資料の一件: 分かったこと、引用、書誌、使ったところ、統計の表。 */
export function SourcePage(props: {
  csrf: string;
  source: Source;
  uses: readonly SourceUse[];
  mayWrite: boolean;
}) {
  const { csrf, source, uses, mayWrite } = props;
  const lacking = lackingOf(source);
  const code = sourceCode(source);
  return (
    <>
      <PageHead
        crumb={<a href="/research">動向調査</a>}
        title={`${code}　${source.title}`}
        actions={mayWrite ? <LinkButton href={`/research/${source.id}/edit`}>直す</LinkButton> : undefined}
      />
      <div className="pile research-one">
        {lacking.length > 0 && (
          <Note tone="due" title={`${lacking.join("・")}がありません。引く前に足してください。`} />
        )}
        {source.finding && <p className="finding">{source.finding}</p>}
        {source.quote && <blockquote>{source.quote}</blockquote>}
        <Pairs
          items={[
            {
              name: "種類",
              value: `${kindOf(source.kind).label}（仕様書３(1)(ｱ)${kindOf(source.kind).clause}）`,
            },
            { name: "書誌", value: citationOf(source) },
            { name: "見た日", value: source.accessed ? formatWareki(source.accessed) : "－" },
            { name: "利用の条件", value: source.licence || "－" },
            ...(source.status ? [{ name: "状況", value: source.status }] : []),
            ...(source.tags.length > 0 ? [{ name: "札", value: source.tags.join("、") }] : []),
            ...source.facts.map(([name, value]) => ({ name, value: value || "－" })),
            { name: "本文での引き方", value: <code>{`[^src:${code}]`}</code> },
          ]}
        />
        <Section id="uses" title="計画で使ったところ">
          {uses.length === 0 ? (
            <p>{`まだ使っていません。計画の本文に「[^src:${code}]」と書くと、脚注と参考文献になります。`}</p>
          ) : (
            <ul>
              {uses.map((use) => (
                <li key={use.href}>
                  <a href={use.href}>{use.place}</a>
                </li>
              ))}
            </ul>
          )}
        </Section>
        {source.table && (
          <StatisticsPanel csrf={csrf} source={source} table={source.table} mayWrite={mayWrite} />
        )}
      </div>
    </>
  );
}

function StatisticsPanel(props: {
  csrf: string;
  source: Source;
  table: NonNullable<Source["table"]>;
  mayWrite: boolean;
}) {
  const { csrf, source, table, mayWrite } = props;
  const { rows, headRows, unit, notes, file } = table;
  const head = tableHeads({ rows, headRows });
  const body = rows.slice(headRows);
  const shown = body.slice(0, 30).map((cells, at) => ({ at, cells }));
  return (
    <Section id="statistics" title="統計の表">
      <p>{`${file} から、${body.length}行を読みました${unit ? `（単位：${unit}）` : ""}。${body.length > 30 ? "はじめの30行を示します。" : ""}`}</p>
      <Table
        caption={source.title}
        columns={head.map((name, at) => ({
          ...{ key: String(at), head: name || `${at + 1}列目`, rowHead: at === 0, numeric: at > 0 },
          cell: (row: { cells: readonly string[] }) => row.cells[at] ?? "",
        }))}
        rows={shown}
        rowKey={(row) => String(row.at)}
        empty={<p>行がありません。見出しの行の数をご確認ください。</p>}
      />
      {notes.map((note) => (
        <p key={note} className="help">
          {note}
        </p>
      ))}
      {mayWrite && (
        <form method="post" action={`/research/${source.id}/table`} className="acts">
          <Csrf token={csrf} />
          <input type="hidden" name="edition" value={source.edition} />
          <TextField
            id="headRows"
            label="見出しの行の数"
            inputMode="numeric"
            defaultValue={String(headRows)}
          />
          <TextField id="unit" label="単位" defaultValue={unit} />
          <Submit look="plain">読み直す</Submit>
        </form>
      )}
    </Section>
  );
}

/** 比べる: 種類ごとに、行は自治体・取組・技術、列は項目。 */
export function ComparePage({ sources }: { sources: readonly Source[] }) {
  const groups = sourceKinds.flatMap(({ kind, label }) => {
    const own = sources.filter((one) => one.kind === kind);
    const table = compareSources(own);
    return table.rows.length > 0 ? [{ kind, label, own, ...table }] : [];
  });
  const count = groups.reduce((sum, { rows }) => sum + rows.flatMap((row) => row.sources).length, 0);
  return (
    <>
      <PageHead
        crumb={<a href="/research">動向調査</a>}
        title={
          count === 0
            ? "比べる項目のある資料は、まだありません。"
            : `${count}件の資料を、同じ項目で比べます。`
        }
        actions={count > 0 && <LinkButton href="/research/compare/xlsx">Excel</LinkButton>}
      />
      <div className="pile">
        {count === 0 && <p>資料の「比べる項目」に「項目: 値」を書くと、ここに表で並びます。</p>}
        {groups.map(({ kind, label, own, items, rows }) => (
          <Section key={kind} id={`compare-${kind}`} title={label}>
            <Table
              caption={`${label}の比べ`}
              columns={[
                {
                  ...{
                    key: "name",
                    head: kind === "measure" ? "取組" : kind === "municipality" ? "自治体" : "資料",
                    rowHead: true,
                    wrap: true,
                  },
                  cell: (row: ComparedRow) => <NameOf row={row} />,
                },
                ...items.map((item, at) => ({
                  ...{ key: item, head: item, wrap: true },
                  cell: ({ cells }: ComparedRow) => cells[at] || "－",
                })),
                ...(own.some(({ status }) => status !== "")
                  ? [
                      {
                        ...{ key: "status", head: kind === "technology" ? "成熟の度合い" : "状況" },
                        cell: ({ status }: ComparedRow) => status || "－",
                      },
                    ]
                  : []),
              ]}
              rows={rows}
              rowKey={({ sources: [first] }) => first?.id ?? ""}
              empty={<p>ありません。</p>}
            />
          </Section>
        ))}
      </div>
    </>
  );
}

/** 行の名。もとの資料が一つならその資料へ、いくつもあれば、番号ごとに。 */
function NameOf({ row: { name, sources } }: { row: ComparedRow }) {
  const [only, ...others] = sources;
  if (only !== undefined && others.length === 0) return <a href={`/research/${only.id}`}>{name}</a>;
  return (
    <>
      {name}
      <span className="sub">
        {sources.map((source) => (
          <span key={source.id}>
            {"　"}
            <a href={`/research/${source.id}`}>{sourceCode(source)}</a>
          </span>
        ))}
      </span>
    </>
  );
}
