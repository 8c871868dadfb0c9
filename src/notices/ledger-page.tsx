import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import type { LedgerEquation, LedgerRows } from "./ledger.ts";

/** 発送簿の一行。数はどれも行を開く。 */
export interface LedgerLine {
  id: string;
  about: string;
  sentOn: string;
  counts: Record<LedgerRows, number>;
  equations: LedgerEquation[];
  /** 「料金後納 85円×3通」。 */
  postage: string;
  payer: string;
  yen: string;
  serials: string;
  receipt: string;
}

export interface LedgerTerm {
  id: string;
  label: string;
  lines: LedgerLine[];
  counts: Record<LedgerRows, number>;
  yen: string;
  balanced: boolean;
}

export interface LedgerPageProps {
  date: string;
  now: string;
  terms: LedgerTerm[];
  balanced: boolean;
}

const columns: { key: LedgerRows; head: string }[] = [
  { key: "approved", head: "承認" },
  { key: "printed", head: "印刷" },
  { key: "posted", head: "投函" },
  { key: "withdrawn", head: "抜いた" },
  { key: "returned", head: "返戻" },
  { key: "reprinted", head: "作り直し" },
  { key: "phoned", head: "電話" },
  { key: "open", head: "残り" },
];

/** 発送簿: 期ごと・束ごとに、承認＝印刷＝投函＋抜いた が合うか。 */
export function LedgerPage({ date, now, terms, balanced }: LedgerPageProps) {
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ 発送簿
          </>
        }
        title={balanced ? "承認・印刷・投函・返戻の数は、すべて合っています" : "数の合わない束があります"}
        date={date}
        now={now}
      />
      <div className="pile wide mt2">
        {terms.length === 0 && <p className="empty">まだ束はありません。</p>}
        {terms.map((term) => (
          <Section
            key={term.id}
            id={`l-${term.id}`}
            title={term.label}
            sub={`${term.lines.length}束・${term.yen}`}
          >
            <TermTable term={term} />
          </Section>
        ))}
        <p className="sub">
          数を選ぶと、その通の一覧が開きます。承認は行の数、印刷はファイルの人数、投函は人が数えた数で、別々に数えて比べています。
        </p>
      </div>
    </>
  );
}

function TermTable({ term }: { term: LedgerTerm }) {
  return (
    <Table
      caption={`${term.label}の発送簿`}
      rows={term.lines}
      rowKey={(line) => line.id}
      empty="この期の束はありません。"
      columns={[
        {
          key: "batch",
          head: "束",
          rowHead: true,
          width: 12,
          wrap: true,
          cell: (line) => (
            <>
              <a href={`/notices/${line.id}`}>{line.about}</a>
              <br />
              <span className="sub">
                {line.sentOn}
                {line.serials !== "" && `　発送番号 ${line.serials}`}
                {line.postage !== "" && `　${line.postage}`}
                {line.payer !== "" && `　${line.payer}`}
                {line.receipt !== "" && `　控え ${line.receipt}`}
              </span>
            </>
          ),
        },
        ...columns.map(({ key, head }) => ({
          key,
          head,
          numeric: true,
          width: 3 as const,
          cell: (line: LedgerLine) =>
            line.counts[key] === 0 ? (
              "0"
            ) : (
              <a href={`/notices/ledger/${line.id}/${key}`}>
                {line.counts[key]}
                <span className="vh">通（{head}）</span>
              </a>
            ),
        })),
        {
          key: "equations",
          head: "突き合わせ",
          wrap: true,
          cell: (line: LedgerLine) => <Equations line={line} />,
        },
        {
          key: "cost",
          head: "費用",
          numeric: true,
          width: 6,
          cell: (line: LedgerLine) => line.yen,
        },
      ]}
      foot={
        <tr>
          <th scope="row">計</th>
          {columns.map(({ key }) => (
            <td key={key} className="num">
              {term.counts[key]}
            </td>
          ))}
          <td>{term.balanced ? "合っています" : "合わないものがあります"}</td>
          <td className="num">{term.yen}</td>
        </tr>
      }
    />
  );
}

function Equations({ line }: { line: LedgerLine }) {
  if (line.equations.length === 0) return <span className="sub">まだ印刷していません</span>;
  return line.equations.map((one) => (
    <div key={one.label}>
      <Status look={one.balanced ? "done" : "late"}>
        {one.left} {one.balanced ? "＝" : "≠"} {one.right}
      </Status>
      <span className="sub">　{one.label}</span>
    </div>
  ));
}

export interface LedgerRowsPageProps {
  about: string;
  what: string;
  batchId: string;
  rows: {
    id: string;
    bookingId: string;
    number: string;
    serial: string;
    day: string;
    venue: string;
    words: string;
  }[];
}

/** 発送簿の一つの数の中身。 */
export function LedgerRowsPage({ about, what, batchId, rows }: LedgerRowsPageProps) {
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ <a href="/notices/ledger">発送簿</a> ／{" "}
            <a href={`/notices/${batchId}`}>{about}</a>
          </>
        }
        title={`${what}　${rows.length}通`}
      />
      <Section id="lr" title="受講通知書" className="mt2">
        <Table
          caption={what}
          rows={rows}
          rowKey={(row) => row.id}
          empty="この数に入る通知書はありません。"
          columns={[
            {
              key: "number",
              head: "受付番号",
              rowHead: true,
              width: 6,
              cell: (row) => <a href={`/bookings/${row.bookingId}`}>{row.number}</a>,
            },
            { key: "serial", head: "発送番号", numeric: true, width: 6, cell: (row) => row.serial },
            { key: "day", head: "受講日", width: 9, cell: (row) => row.day },
            { key: "venue", head: "会場", width: 14, wrap: true, cell: (row) => row.venue },
            { key: "words", head: "いま", wrap: true, cell: (row) => row.words },
          ]}
        />
      </Section>
    </>
  );
}
