import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { HandlerGate } from "./list-gates.ts";
import { registers } from "./register.ts";
import { groupLabels, type Register, type RegisterGroup } from "./register-field.ts";
import type { RegisterTally } from "./report-status.ts";

export interface PrivacyPageProps {
  tallies: readonly RegisterTally[];
  gates: readonly HandlerGate[];
  holdings: number;
  mayReport: boolean;
}

type Row = RegisterTally & { register: Register };

/** 個人情報の帳簿の一覧。いま手を打つものから言う。 */
export function PrivacyPage({ tallies, gates, holdings, mayReport }: PrivacyPageProps) {
  const blocked = gates.filter((one) => one.missing.length > 0).length;
  const late = tallies.reduce((sum, one) => sum + one.late, 0);
  const warned = tallies.reduce((sum, one) => sum + one.warned, 0);
  const rows = registers.flatMap((register) => {
    const tally = tallies.find((one) => one.code === register.code);
    return tally ? [{ ...tally, register }] : [];
  });
  return (
    <>
      <PageHead
        crumb="個人情報"
        title={
          <>
            {blocked === 0 ? (
              `従業者${gates.length}人の資格がそろっています。`
            ) : (
              <span className="late">{blocked}人の資格がそろっていません。</span>
            )}
            {late > 0 && <span className="late">帳簿の{late}件が期限を過ぎています。</span>}
          </>
        }
        actions={
          <>
            <LinkButton href="/privacy/gate" icon="shield">
              扱う資格
            </LinkButton>
            {mayReport && (
              <LinkButton href="/privacy/access" icon="key">
                その日の権限
              </LinkButton>
            )}
            {mayReport && (
              <LinkButton href="/privacy/status" look="main" icon="doc">
                取扱状況を報告する
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        {warned > 0 && (
          <Note tone="due" title={`確かめてほしいものが${warned}件あります。`}>
            {rows
              .filter((row) => row.warned > 0)
              .map((row) => (
                <a key={row.code} href={`/privacy/registers/${row.code}`}>
                  {`${row.register.title}（${row.warned}件）`}
                </a>
              ))}
          </Note>
        )}
        {(Object.keys(groupLabels) as RegisterGroup[]).map((group) => (
          <Section key={group} id={`h-${group}`} title={groupLabels[group]}>
            <Table
              caption={`${groupLabels[group]}の帳簿`}
              columns={columns}
              rows={rows.filter((row) => row.register.group === group)}
              rowKey={(row) => row.code}
              empty={<p>帳簿がありません。</p>}
            />
          </Section>
        ))}
        <p className="sub">
          {holdings === 0
            ? "預かったものは、すべて返されています。契約を閉じられます。"
            : `預かりもの・写し・再委託の${holdings}件が開いています。閉じるまで、契約は終えられません（7(2)、特記 第13条）。`}
        </p>
      </div>
    </>
  );
}

const columns: Column<Row>[] = [
  {
    key: "title",
    head: "帳簿",
    rowHead: true,
    width: 14,
    cell: ({ register }) => <a href={`/privacy/registers/${register.code}`}>{register.title}</a>,
  },
  {
    key: "clause",
    head: "条項",
    wrap: true,
    cell: ({ register }) => <span className="sub">{register.clause}</span>,
  },
  { key: "open", head: "有効（件）", numeric: true, width: 6, cell: (row) => row.open },
  { key: "all", head: "全部（件）", numeric: true, width: 6, cell: (row) => row.all },
  { key: "state", head: "いま", width: 10, cell: (row) => <Now row={row} /> },
];

function Now({ row }: { row: Row }) {
  const [look, text]: [StatusLook, string] =
    row.late > 0
      ? ["late", `期限を過ぎた ${row.late}件`]
      : row.warned > 0
        ? ["warn", `注意 ${row.warned}件`]
        : row.waiting > 0
          ? ["wait", `承認待ち ${row.waiting}件`]
          : row.all === 0
            ? ["none", "まだない"]
            : ["done", "よい"];
  return <Status look={look}>{text}</Status>;
}
