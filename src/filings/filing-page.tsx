import { dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { filingKinds } from "./filing.ts";
import type { FilingFilter, ListedFiling } from "./list-filings.ts";

export interface FilingListPageProps {
  filings: readonly ListedFiling[];
  filter: FilingFilter;
  tally: { waiting: number; late: number; drafts: number };
  mayDraft: boolean;
}

/** 協議・届出の一覧。 */
export function FilingListPage({ filings, filter, tally, mayDraft }: FilingListPageProps) {
  const filtered = Object.values(filter).some((one) => one !== undefined);
  return (
    <>
      <PageHead
        crumb="協議・届出"
        title={<Sentence {...tally} />}
        actions={
          mayDraft ? (
            <>
              <LinkButton href="/filings/templates">委託者の様式</LinkButton>
              <LinkButton href="/filings/new" look="main" icon="plus">
                新しく作る
              </LinkButton>
            </>
          ) : undefined
        }
      />
      <div className="pile">
        <List
          action="/filings"
          filters={[
            {
              name: "group",
              label: "状態",
              value: filter.group ?? "",
              choices: [
                { value: "", label: "すべて" },
                { value: "waiting", label: "答えを待つ" },
                { value: "draft", label: "下書き" },
                { value: "closed", label: "済んだもの" },
              ],
            },
            {
              name: "kind",
              label: "種類",
              value: filter.kind ?? "",
              choices: [
                { value: "", label: "すべて" },
                ...Object.entries(filingKinds).map(([value, { label }]) => ({ value, label })),
              ],
            },
            {
              name: "due",
              label: "期限",
              value: filter.due ?? "",
              choices: [
                { value: "", label: "すべて" },
                { value: "late", label: "過ぎたもの" },
                { value: "due", label: "本日まで" },
                { value: "soon", label: "これから" },
              ],
            },
          ]}
          search={{ name: "clause", label: "条項", value: filter.clause ?? "" }}
          count={`${filings.length}件。期限を過ぎたもの、新しい番号の順です。`}
          clearHref={filtered ? "/filings" : undefined}
          table={{
            caption: "協議・届出",
            columns,
            rows: filings,
            rowKey: (filing) => filing.id,
            empty: filtered ? (
              <p>この条件に合うものはありません。条件をゆるめるか、「すべて見る」を選んでください。</p>
            ) : (
              <p>
                <b>まだ一つもありません。</b>
                {mayDraft
                  ? "仕様書が委託者との協議や承諾、報告を求めるときは、ここから作ります。"
                  : "受託者が提出すると、ここに並びます。"}
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

function Sentence({ waiting, late, drafts }: FilingListPageProps["tally"]) {
  if (waiting === 0 && drafts === 0) return <>答えを待っているものはありません。</>;
  return (
    <>
      {waiting > 0 ? `${waiting}件が答えを待っています。` : "答えを待っているものはありません。"}
      {late > 0 && <span className="late">{late}件は望む期限を過ぎました。</span>}
      {drafts > 0 && `下書きは${drafts}件です。`}
    </>
  );
}

const looks: Record<ListedFiling["state"], StatusLook> = {
  draft: "none",
  submitted: "wait",
  approved: "done",
  refused: "warn",
  returned: "warn",
  received: "done",
  answered: "done",
  withdrawn: "none",
};

/** 形・言葉・色で言う状態。待っている間は期限の近さも。 */
export function FilingStatus({ filing }: { filing: ListedFiling }) {
  const waiting = filing.state === "submitted" && (filing.urgency === "late" || filing.urgency === "due");
  const look = waiting ? (filing.urgency ?? "wait") : looks[filing.state];
  return <Status look={look}>{filing.stateText}</Status>;
}

const columns: Column<ListedFiling>[] = [
  { key: "number", head: "番号", numeric: true, width: 4, cell: (filing) => filing.number },
  { key: "kind", head: "種類", width: 7, cell: (filing) => filing.kindLabel },
  {
    key: "title",
    head: "件名",
    rowHead: true,
    wrap: true,
    cell: (filing) => (
      <>
        <a href={`/filings/${filing.id}`}>{filing.title}</a>
        {filing.version > 1 && <span className="sub">　第{filing.version}版</span>}
      </>
    ),
  },
  {
    key: "clause",
    head: "条項",
    width: 6,
    cell: (filing) => <span className="clause">{filing.clause}</span>,
  },
  { key: "state", head: "状態", width: 8, cell: (filing) => <FilingStatus filing={filing} /> },
  {
    key: "submitted",
    head: "提出",
    numeric: true,
    width: 6,
    cell: ({ submittedAt }) => (submittedAt === null ? "－" : formatMonthDay(dayOf(submittedAt))),
  },
  { key: "due", head: "期限", numeric: true, width: 10, cell: (filing) => filing.dueText },
];
