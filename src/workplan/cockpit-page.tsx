import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { PlannedTask } from "./compute-plan.ts";
import type { Cockpit } from "./read-cockpit.ts";
import { TaskStatus } from "./workplan-page.tsx";

/** 締切から納品まで: 残る営業日、一日ごとの作業、納品を止めているもの。 */
export function CockpitPage({ cockpit, today }: { cockpit: Cockpit; today: string }) {
  const { closes, delivery, span, left, days, open, misses, blocks } = cockpit;
  return (
    <>
      <PageHead
        crumb={<a href="/workplan">工程表</a>}
        title={
          <>
            {closes === undefined ? "納品まで、" : `意見募集の締切から納品まで、${span}営業日。`}
            {left < 0 ? (
              <span className="late">納品の期限を過ぎています。</span>
            ) : (
              `今日からは${left}営業日です。`
            )}
            {misses.length > 0 && <span className="late">{misses.length}件が間に合いません。</span>}
          </>
        }
        date={today}
        now={`納品の期限 ${formatMonthDay(delivery, { weekday: true })}`}
      />
      <div className="pile">
        {blocks.length > 0 ? (
          <Note tone="late" title={`納品を止めているものが${blocks.length}件あります。`}>
            <ul>
              {blocks.map((block) => (
                <li key={block.href}>
                  <a href={block.href}>{block.text}</a>
                </li>
              ))}
            </ul>
          </Note>
        ) : (
          <Note tone="done" title="納品を止めている義務はありません。" />
        )}
        <Section
          id="h-days"
          title={
            closes === undefined ? "これからの一日ずつ" : `締切（${formatMonthDay(closes)}）のあとの一日ずつ`
          }
        >
          <ol className="countdown">
            {runsOf(days).map((run) => (
              <li key={run.from}>
                <b>
                  {formatMonthDay(run.from, { weekday: true })}
                  {run.to !== run.from && `〜${formatMonthDay(run.to)}`}
                </b>
                <span className="sub">あと{run.left}日</span>
                <span>{run.text}</span>
              </li>
            ))}
          </ol>
        </Section>
        <Section id="h-open" title="残る作業" sub="余裕の少ない順">
          <Table
            caption="残る作業の一覧"
            columns={columns}
            rows={open}
            rowKey={({ task }) => task.code}
            empty="残る作業はありません。"
          />
        </Section>
        <p className="acts noprint">
          <LinkButton href="/deliverables">成果品</LinkButton>
          <LinkButton href="/contract/board">期限の盤</LinkButton>
        </p>
      </div>
    </>
  );
}

/** 一日ずつ並べる上限。これより長い間は、同じ作業の続く日をまとめる。 */
const ONE_BY_ONE = 12;

interface Run {
  from: string;
  to: string;
  /** この並びの始まりの日から納品までの営業日。 */
  left: number;
  text: string;
}

function runsOf(days: Cockpit["days"]): Run[] {
  const runs: Run[] = [];
  for (const [at, { day, tasks }] of days.entries()) {
    const text = tasks.map((task) => `${task.critical ? "◎" : ""}${task.name}`).join("、") || "－";
    const last = runs.at(-1);
    if (days.length > ONE_BY_ONE && last?.text === text) last.to = day;
    else runs.push({ from: day, to: day, left: days.length - at - 1, text });
  }
  return runs;
}

const columns: Column<PlannedTask>[] = [
  {
    key: "name",
    head: "作業",
    rowHead: true,
    wrap: true,
    cell: ({ task, critical }) => (
      <a href={`/workplan/tasks/${encodeURIComponent(task.code)}`}>
        {critical ? "◎" : ""}
        {task.name}
      </a>
    ),
  },
  { key: "owner", head: "担当", width: 7, cell: ({ task }) => task.owner || "－" },
  { key: "end", head: "見込み", numeric: true, width: 6, cell: (one) => formatMonthDay(one.end) },
  {
    key: "by",
    head: "期限",
    numeric: true,
    width: 6,
    cell: ({ task }) => (task.by === null ? "－" : formatMonthDay(task.by)),
  },
  {
    key: "room",
    head: "余裕（営業日）",
    numeric: true,
    width: 6,
    cell: ({ room, float }) => room ?? float,
  },
  { key: "state", head: "状態", width: 9, cell: (one) => <TaskStatus one={one} /> },
];
