import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, PrintButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { PlannedTask } from "./compute-plan.ts";
import { GanttPanel } from "./gantt-panel.tsx";
import { writeLinks } from "./plan-task.ts";
import type { Workplan, WorkplanVersion } from "./read-workplan.ts";

export interface WorkplanPageProps {
  workplan: Workplan;
  may: { adopt: boolean; write: boolean };
  zoom: "week" | "month";
}

/** 工程表: 図、作業の表、版。 */
export function WorkplanPage({ workplan, may, zoom }: WorkplanPageProps) {
  const { plan, version, baseline, against, frame, versions } = workplan;
  if (plan === undefined || version === undefined) return <Empty may={may} />;
  return (
    <>
      <PageHead
        crumb="工程表"
        title={<Sentence workplan={workplan} />}
        actions={
          <>
            <LinkButton href="/workplan/cockpit">締切から納品まで</LinkButton>
            {may.adopt && (
              <LinkButton href="/workplan/move" look="main" icon="calendar">
                日を動かす
              </LinkButton>
            )}
          </>
        }
      />
      <div className="pile">
        {plan.misses.length > 0 && (
          <Note tone="late" title={`${plan.misses.length}件が期限に間に合いません。`}>
            <ul>
              {plan.misses.map((one) => (
                <li key={one.code}>
                  <a href={`/workplan/tasks/${encodeURIComponent(one.code)}`}>{one.name}</a>
                  　期限{formatMonthDay(one.by)}、見込み{formatMonthDay(one.end)}（{one.days}営業日の遅れ）
                </li>
              ))}
            </ul>
          </Note>
        )}
        <div className="gantt-bar noprint">
          <SegmentedLinks
            label="図の幅"
            links={[
              { href: link("month", against), label: "全体", current: zoom === "month" },
              { href: link("week", against), label: "一日ずつ", current: zoom === "week" },
            ]}
          />
          <span className="acts">
            <LinkButton href="/workplan/file/xlsx">Excel</LinkButton>
            <LinkButton href="/workplan/file/pptx">PowerPoint</LinkButton>
            <LinkButton href="/workplan/file/docx">Word</LinkButton>
            <PrintButton>A3で刷る</PrintButton>
          </span>
        </div>
        <GanttPanel
          plan={plan}
          baseline={baseline}
          calendar={frame.calendar}
          today={frame.today}
          zoom={zoom}
        />
        <p className="gantt-key">
          ◎と二重の枠は、全体の終わりを決める作業。下の細い線は、第{against}
          版で定めた日。縦の短い線は期限。灰色は休業日。
        </p>
        <Section
          id="h-tasks"
          title="作業の表"
          className="noprint"
          end={may.write && <a href="/workplan/tasks/new">作業を足す</a>}
        >
          <Table
            caption="作業の一覧"
            columns={columns}
            rows={plan.tasks}
            rowKey={({ task }) => task.code}
            empty="作業がありません。"
          />
        </Section>
        <Versions versions={versions} against={against} zoom={zoom} may={may.adopt} />
      </div>
    </>
  );
}

function link(zoom: string, against: number | undefined): string {
  return `/workplan?zoom=${zoom}${against === undefined ? "" : `&against=${against}`}`;
}

function Empty({ may }: { may: WorkplanPageProps["may"] }) {
  return (
    <>
      <PageHead crumb="工程表" title="工程表は、まだ定めていません。" />
      <div className="pile">
        <p>
          仕様書の別紙（想定業務スケジュール）を取り込むか、義務の期限から逆に引いて、はじめの工程表を作ります。
        </p>
        {may.adopt ? (
          <p className="acts">
            <LinkButton href="/workplan/import" look="main" icon="plus">
              別紙を取り込む
            </LinkButton>
            <LinkButton href="/workplan/propose">期限から作る</LinkButton>
          </p>
        ) : (
          <p>定めるのは、責任者・企画担当の役割です。</p>
        )}
      </div>
    </>
  );
}

function Sentence({ workplan: { plan, frame } }: { workplan: Workplan }) {
  if (plan === undefined) return null;
  const done = plan.tasks.filter(({ task }) => task.finished !== null).length;
  const next = plan.tasks
    .filter(({ task, end }) => task.milestone && task.finished === null && end >= frame.today)
    .toSorted((a, b) => (a.end < b.end ? -1 : 1))[0];
  return (
    <>
      {plan.misses.length > 0 && <span className="late">{plan.misses.length}件が期限に間に合いません。</span>}
      {plan.tasks.length}の作業のうち{done}が終わりました。
      {next && `次の節目は${formatMonthDay(next.end, { weekday: true })}の「${next.task.name}」です。`}
    </>
  );
}

const columns: Column<PlannedTask>[] = [
  { key: "code", head: "記号", width: 4, cell: ({ task }) => task.code },
  {
    key: "name",
    head: "作業",
    rowHead: true,
    wrap: true,
    cell: ({ task }) => <a href={`/workplan/tasks/${encodeURIComponent(task.code)}`}>{task.name}</a>,
  },
  { key: "owner", head: "担当", width: 6, cell: ({ task }) => task.owner || "－" },
  { key: "start", head: "始まり", numeric: true, width: 5, cell: (one) => formatMonthDay(one.start) },
  { key: "end", head: "終わり", numeric: true, width: 5, cell: (one) => formatMonthDay(one.end) },
  {
    key: "by",
    head: "期限",
    numeric: true,
    width: 5,
    cell: ({ task }) => (task.by === null ? "－" : formatMonthDay(task.by)),
  },
  {
    key: "float",
    head: "余裕（日）",
    numeric: true,
    width: 5,
    cell: (one) => (one.task.finished !== null ? "－" : one.critical ? "◎0" : one.float),
  },
  { key: "links", head: "先行", width: 7, cell: ({ task }) => writeLinks(task.links) || "－" },
  { key: "state", head: "状態", width: 7, cell: (one) => <TaskStatus one={one} /> },
];

/** 作業の状態。形・言葉・色で言う。 */
export function TaskStatus({ one: { task, end, room } }: { one: PlannedTask }) {
  if (task.finished !== null) return <Status look="done">終了</Status>;
  if (task.by !== null && end > task.by) return <Status look="late">間に合わない</Status>;
  if (room !== null && room < 0) return <Status look="due">後ろが足りない</Status>;
  if (task.started !== null) return <Status look="wait">進み{task.progress}%</Status>;
  return <Status look="none">これから</Status>;
}

function Versions(props: {
  versions: readonly WorkplanVersion[];
  against: number | undefined;
  zoom: string;
  may: boolean;
}) {
  return (
    <Section
      id="h-versions"
      title="版"
      className="noprint"
      end={props.may && <a href="/workplan/import">新しい表を取り込む</a>}
    >
      <Table
        caption="工程表の版"
        columns={[
          { key: "number", head: "版", rowHead: true, width: 5, cell: (one) => `第${one.number}版` },
          { key: "at", head: "定めた日", width: 9, cell: (one) => formatWareki(one.madeAt.slice(0, 10)) },
          { key: "reason", head: "理由", wrap: true, cell: (one) => one.reason },
          {
            key: "filing",
            head: "協議書",
            width: 5,
            cell: (one) => (one.filing === null ? "－" : <a href={`/filings/${one.filing}`}>開く</a>),
          },
          {
            key: "against",
            head: "比べる",
            width: 6,
            cell: (one) =>
              one.number === props.against ? (
                "比べている"
              ) : (
                <a href={link(props.zoom, one.number)}>この版と</a>
              ),
          },
        ]}
        rows={props.versions}
        rowKey={(one) => one.id}
        empty="版はありません。"
      />
    </Section>
  );
}
