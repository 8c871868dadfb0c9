import { LinkButton } from "../ui/button.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { Column } from "../ui/table.tsx";
import { writeAt } from "./answer-flow-panel.tsx";
import {
  complaintChannels,
  complaintStateLabels,
  complaintTopics,
  reportLabels,
  severities,
} from "./complaint.ts";
import type { ComplaintGroup, ListedComplaint } from "./list-complaints.ts";

export interface ComplaintListPageProps {
  complaints: readonly ListedComplaint[];
  group: ComplaintGroup | undefined;
  tally: { open: number; owing: number; late: number; today: number };
  mayRecord: boolean;
}

/** クレームの一覧。 */
export function ComplaintListPage({ complaints, group, tally, mayRecord }: ComplaintListPageProps) {
  return (
    <>
      <PageHead
        crumb="応対"
        title={<Sentence {...tally} />}
        actions={
          <>
            <LinkButton href="/complaints/contacts" icon="phone">
              緊急の連絡体制
            </LinkButton>
            {mayRecord && (
              <LinkButton href="/complaints/new" look="main" icon="plus">
                クレームを記録する
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        <List
          action="/complaints"
          filters={[
            {
              name: "group",
              label: "状態",
              value: group ?? "",
              choices: [
                { value: "", label: "すべて" },
                { value: "open", label: "終わっていないもの" },
                { value: "unreported", label: "日次報告がまだのもの" },
                { value: "closed", label: "終わったもの" },
              ],
            },
          ]}
          count={`${complaints.length}件。新しい番号からです。`}
          clearHref={group === undefined ? undefined : "/complaints"}
          table={{
            caption: "クレーム",
            columns,
            rows: complaints,
            rowKey: (one) => one.id,
            empty: (
              <p>
                <b>
                  {group === undefined ? "クレームの記録はありません。" : "この条件に合うものはありません。"}
                </b>
                お申し出を受けたら、その場で記録してください。翌営業日中に日次報告を出します（仕様書6(9)）。
              </p>
            ),
          }}
        />
      </div>
    </>
  );
}

function Sentence({ open, owing, late, today }: ComplaintListPageProps["tally"]) {
  if (open === 0) return <>対応中のクレームはありません。</>;
  return (
    <>
      {`対応中は${open}件です。`}
      {owing > 0 && `${owing}件の日次報告がまだです。`}
      {late > 0 && <span className="late">{late}件は期限を過ぎました。</span>}
      {late === 0 && today > 0 && `${today}件は本日中です。`}
    </>
  );
}

const reportLooks: Record<ListedComplaint["report"], StatusLook> = {
  none: "none",
  draft: "none",
  waiting: "wait",
  accepted: "done",
  returned: "warn",
};

/** 日次報告のいま。出していなければ期限の近さで言う。 */
export function ReportStatus({ complaint }: { complaint: ListedComplaint }) {
  const near = complaint.urgency === "late" || complaint.urgency === "due";
  const look = near ? (complaint.urgency ?? "none") : reportLooks[complaint.report];
  return <Status look={look}>{reportLabels[complaint.report]}</Status>;
}

const columns: Column<ListedComplaint>[] = [
  { key: "number", head: "番号", numeric: true, width: 4, cell: (one) => one.number },
  { key: "received", head: "受付", width: 10, cell: (one) => writeAt(one.receivedAt) },
  {
    key: "topic",
    head: "区分",
    rowHead: true,
    wrap: true,
    cell: (one) => (
      <>
        <a href={`/complaints/${one.id}`}>{complaintTopics[one.topic]}</a>
        <span className="sub">　{complaintChannels[one.channel]}</span>
      </>
    ),
  },
  {
    key: "severity",
    head: "重さ",
    width: 6,
    cell: (one) =>
      one.severity === "emergency" ? <Status look="late">緊急</Status> : severities[one.severity],
  },
  { key: "state", head: "状態", width: 10, cell: (one) => complaintStateLabels[one.state] },
  { key: "report", head: "日次報告", width: 7, cell: (one) => <ReportStatus complaint={one} /> },
  {
    key: "due",
    head: "報告の期限",
    width: 10,
    cell: (one) => (one.urgency === undefined ? "－" : one.dueText),
  },
];
