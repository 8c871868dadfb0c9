import type { ReactNode } from "react";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { sizeText } from "./contents-document.ts";
import { stages } from "./deliverable.ts";
import { DeliverableActs, type DeliverableActsProps } from "./deliverable-act-panel.tsx";
import { lookOf, stateWord } from "./deliverable-page.tsx";
import { formatInfo } from "./file-format.ts";
import type { DeliveryHistory, OpenDeliverable } from "./list-deliverables.ts";
import type { ListedRight } from "./list-rights.ts";

type Version = OpenDeliverable["versions"][number];

/** 一つの成果品。左に今までのこと、右に、いまできること。 */
export function DeliverablePage(props: DeliverableActsProps) {
  const { open } = props;
  return (
    <>
      <PageHead
        crumb={<a href="/deliverables">成果品</a>}
        title={`${open.row.code}　${open.row.title}`}
        actions={<Stages state={open.row.state} />}
      />
      <div className="cols main-side">
        <div className="pile">
          <Facts open={open} />
          <Section
            id="h-versions"
            title="版"
            sub={open.versions.length > 0 ? `${open.versions.length}つ` : undefined}
          >
            <Versions open={open} />
          </Section>
          <Section
            id="h-rights"
            title="権利"
            end={<a href={`/rights?deliverable=${open.row.id}`}>加える・確認する</a>}
          >
            <Rights rights={open.rights} />
          </Section>
          <Section id="h-history" title="これまで">
            <History lines={open.history} />
          </Section>
        </div>
        <DeliverableActs {...props} />
      </div>
    </>
  );
}

function Stages({ state }: { state: OpenDeliverable["row"]["state"] }) {
  const now = stages.findIndex((stage) => stage.states.includes(state));
  return (
    <ol className="stages" aria-label="引渡しまでの道のり">
      {stages.map((stage, at) => (
        <li
          key={stage.label}
          aria-current={at === now ? "step" : undefined}
          className={at < now ? "past" : undefined}
        >
          {stage.label}
        </li>
      ))}
    </ol>
  );
}

/** 「9月17日（水）13:40」。なければ「－」。 */
function writeAt(at: Instant | null): string {
  if (at === null) return "－";
  return `${formatMonthDay(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}

function Facts({ open }: { open: OpenDeliverable }) {
  const { row, head } = open;
  const rows: { name: string; value: ReactNode }[] = [
    { name: "状態", value: <Status look={lookOf(head)}>{stateWord(head)}</Status> },
    { name: "根拠の条項", value: row.clause === "" ? "－" : row.clause },
    { name: "形式", value: head.formats.map((one) => formatInfo[one].label).join("、") },
    { name: "期限", value: row.due === null ? "決まっていません" : formatWareki(row.due, { weekday: true }) },
    { name: "検査・受領", value: row.accepter },
  ];
  if (row.received_on !== null)
    rows.push({ name: "受領", value: `${formatWareki(row.received_on)}　${row.receipt ?? ""}` });
  if (row.handed_at !== null) rows.push({ name: "引渡し", value: writeAt(row.handed_at) });
  return <Pairs items={rows} />;
}

function Versions({ open }: { open: OpenDeliverable }) {
  const columns: Column<Version>[] = [
    {
      key: "version",
      head: "版",
      rowHead: true,
      width: 5,
      cell: (row) => <a href={`/deliverables/${open.row.id}/versions/${row.version}`}>第{row.version}版</a>,
    },
    {
      key: "mark",
      head: "管理番号",
      width: 9,
      cell: (row) => (
        <>
          {row.mark}
          <br />
          <span className="sub">
            {row.format}・{sizeText(row.size)}
          </span>
        </>
      ),
    },
    {
      key: "result",
      head: "検査",
      wrap: true,
      cell: (row) => <Result row={row} current={row.version === open.row.version} />,
    },
    {
      key: "hash",
      head: "SHA-256",
      width: 9,
      cell: (row) => (
        <span className="sub" title={row.sha256}>
          {row.sha256.slice(0, 12)}…
        </span>
      ),
    },
  ];
  return (
    <Table
      caption="版の一覧"
      columns={columns}
      rows={open.versions}
      rowKey={(row) => row.id}
      empty="まだ版がありません。ファイルを登録すると、ここに並びます。"
    />
  );
}

function Result({ row, current }: { row: Version; current: boolean }) {
  if (row.submitted_at === null)
    return <span className="sub">{current ? "まだ提出していません" : "提出せずに次の版へ"}</span>;
  if (row.outcome === null) return <>{writeAt(row.submitted_at)} 提出</>;
  return (
    <>
      <Status look={row.outcome === "passed" ? "done" : "warn"}>
        {row.outcome === "passed" ? "合格" : "手直し"}
      </Status>
      <span className="sub">　{writeAt(row.inspected_at)}</span>
      {row.words !== null && <p className="pre">{row.words}</p>}
    </>
  );
}

const rightColumns: Column<ListedRight>[] = [
  { key: "kind", head: "権利", rowHead: true, wrap: true, cell: (right) => right.kindLabel },
  { key: "holder", head: "権利者・創作者", wrap: true, cell: (right) => right.holder },
  {
    key: "state",
    head: "確認",
    width: 10,
    cell: (right) =>
      right.state === "signed" ? (
        <Status look="done">{right.signedOn === null ? "済み" : formatMonthDay(right.signedOn)}</Status>
      ) : (
        <Status look="warn">未確認</Status>
      ),
  },
];

function Rights({ rights }: { rights: readonly ListedRight[] }) {
  return (
    <Table
      caption="権利の一覧"
      columns={rightColumns}
      rows={rights}
      rowKey={(right) => right.id}
      empty="権利が一つも載っていません。加えるまで引き渡せません。"
    />
  );
}

function History({ lines }: { lines: readonly DeliveryHistory[] }) {
  return (
    <Table
      caption="これまでの記録"
      columns={[
        { key: "at", head: "日時", width: 10, cell: (line: DeliveryHistory) => writeAt(line.at) },
        { key: "what", head: "したこと", rowHead: true, cell: (line) => line.what },
        { key: "who", head: "だれが", width: 6, cell: (line) => line.who },
        { key: "more", head: "詳しく", wrap: true, cell: (line) => line.more },
      ]}
      rows={lines}
      rowKey={(line) => `${line.at} ${line.what} ${line.more}`}
      empty="まだ何も記録されていません。"
    />
  );
}
