import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import type { DeliverableState } from "./deliverable.ts";
import type { ListedDeliverable } from "./list-deliverables.ts";

export interface DeliverableListPageProps {
  csrf: string;
  rows: readonly ListedDeliverable[];
  tally: { total: number; handed: number; rework: number; waiting: number; late: number };
  filter: string;
  /** 仕様書の義務から載せられる、まだない成果品の数。 */
  proposals: number;
  mayRegister: boolean;
}

const groups: Readonly<Record<string, readonly DeliverableState[]>> = {
  preparing: ["preparing"],
  inspecting: ["submitted", "resubmitted", "rework"],
  accepted: ["passed", "received"],
  handed: ["handed"],
};

/** その組の行だけ。知らない組はすべて。 */
export function inGroup(rows: readonly ListedDeliverable[], group: string): ListedDeliverable[] {
  const states = groups[group];
  return states === undefined ? [...rows] : rows.filter((row) => states.includes(row.state));
}

/** 成果品の台帳。 */
export function DeliverableListPage(props: DeliverableListPageProps) {
  const { rows, tally, filter, proposals, mayRegister, csrf } = props;
  return (
    <>
      <PageHead
        crumb="成果品"
        title={<Sentence {...tally} />}
        actions={
          <>
            <LinkButton href="/delivery-sets">納品の一式</LinkButton>
            {mayRegister && (
              <LinkButton href="/deliverables/new" look="main" icon="plus">
                登録する
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        {mayRegister && proposals > 0 && (
          <Note tone="info" title={`仕様書から読み取った成果品が${proposals}件、まだ台帳にありません。`}>
            <form method="post" action="/deliverables/seed" className="acts">
              <Csrf token={csrf} />
              <Submit look="normal">台帳に載せる</Submit>
            </form>
          </Note>
        )}
        <List
          action="/deliverables"
          filters={[
            {
              name: "group",
              label: "状態",
              value: filter,
              choices: [
                { value: "", label: "すべて" },
                { value: "preparing", label: "準備中" },
                { value: "inspecting", label: "検査・手直し" },
                { value: "accepted", label: "合格・受領" },
                { value: "handed", label: "引渡し済み" },
              ],
            },
          ]}
          count={`${rows.length}件。記号の順です。`}
          clearHref={filter === "" ? undefined : "/deliverables"}
          table={{
            caption: "成果品の台帳",
            columns,
            rows,
            rowKey: (row) => row.id,
            empty:
              filter === "" ? (
                <p>
                  <b>まだ一つもありません。</b>
                  仕様書が納品を求めるもの（報告書、リストなど）を登録すると、ここに並びます。
                </p>
              ) : (
                <p>この状態の成果品はありません。「すべて見る」を選んでください。</p>
              ),
          }}
        />
        <p className="acts noprint">
          <LinkButton href="/rights">権利の台帳</LinkButton>
          <LinkButton href="/disclosures">提供した文書の一覧</LinkButton>
          <LinkButton href="/completion">業務完了報告書</LinkButton>
        </p>
      </div>
    </>
  );
}

function Sentence({ total, handed, rework, waiting, late }: DeliverableListPageProps["tally"]) {
  if (total === 0) return <>成果品は、まだ登録されていません。</>;
  return (
    <>
      {late > 0 && <span className="late">{late}件が期限を過ぎています。</span>}
      {total}件のうち{handed}件を引き渡しました。
      {rework > 0 && <span className="due">手直しが{rework}件</span>}
      {rework > 0 && "あります。"}
      {waiting > 0 && `${waiting}件が検査を待っています。`}
    </>
  );
}

const looks: Readonly<Record<DeliverableState, StatusLook>> = {
  preparing: "wait",
  submitted: "wait",
  rework: "warn",
  resubmitted: "wait",
  passed: "done",
  received: "done",
  handed: "done",
};

/** 形・言葉・色で言う状態。まだ版がなければ「期日前」、期限が近ければその近さも。 */
export function lookOf(row: Pick<ListedDeliverable, "state" | "urgency" | "version">): StatusLook {
  if (row.state === "rework") return "warn";
  if (row.urgency === "late" || row.urgency === "due") return row.urgency;
  if (row.state === "preparing" && row.version === 0) return "none";
  return looks[row.state];
}

/** 「準備中」「未着手」「期限切れ」。 */
export function stateWord(
  row: Pick<ListedDeliverable, "state" | "stateText" | "version" | "urgency">,
): string {
  if (row.state === "preparing" && row.urgency === "late") return "期限切れ";
  if (row.state === "preparing") return row.version === 0 ? "未着手" : `作成中 第${row.version}版`;
  return row.stateText;
}

const columns: Column<ListedDeliverable>[] = [
  { key: "code", head: "記号", width: 5, cell: (row) => row.code },
  {
    key: "title",
    head: "成果品",
    rowHead: true,
    wrap: true,
    cell: (row) => <a href={`/deliverables/${row.id}`}>{row.title}</a>,
  },
  { key: "clause", head: "条項", width: 5, cell: (row) => <span className="clause">{row.clause}</span> },
  {
    key: "format",
    head: "形式",
    width: 7,
    cell: (row) => <span className="sub">{row.formats.map((one) => `.${one}`).join(" ")}</span>,
  },
  {
    key: "state",
    head: "状態",
    width: 9,
    cell: (row) => <Status look={lookOf(row)}>{stateWord(row)}</Status>,
  },
  {
    key: "rights",
    head: "権利の確認",
    numeric: true,
    width: 6,
    cell: ({ rights }) => (rights.total === 0 ? "－" : `${rights.signed}／${rights.total}`),
  },
  {
    key: "due",
    head: "期限",
    numeric: true,
    width: 7,
    cell: (row) => (row.due === null ? "－" : formatMonthDay(row.due, { weekday: true })),
  },
];
