import type { Day } from "../base/time.ts";
import { type BusinessCalendar, isBusinessDay } from "../japan/business-day.ts";
import { addDays, addMonths, dayParts, daysBetween } from "../japan/day.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Plan, PlannedTask } from "./compute-plan.ts";
import type { Baseline } from "./read-workplan.ts";

export interface GanttProps {
  plan: Plan;
  baseline: Baseline;
  calendar: BusinessCalendar;
  today: Day;
  /** month=全体を一目に、week=一日を広く。 */
  zoom: "week" | "month";
}

const LABEL = 330;
const ROW = 26;
const HEAD = 40;
/** 全体を一目に見るときの、線の区画の幅。 */
const FIT = 660;

/** 工程表の図。一行が一つの作業への道で、Tab で順に移れる。決める道は、二重の枠と「◎」で示す。 */
export function GanttPanel(props: GanttProps) {
  const { plan, baseline, today, zoom } = props;
  const ends = [plan.to, ...Object.values(baseline).map(({ end }) => end)].toSorted();
  const from = `${plan.from.slice(0, 8)}01`;
  const to = addDays(addMonths(`${(ends.at(-1) ?? plan.to).slice(0, 8)}01`, 1), -1);
  const span = daysBetween(from, to) + 1;
  const step = zoom === "week" ? 9 : Math.max(1, FIT / span);
  const width = LABEL + span * step;
  const height = HEAD + plan.tasks.length * ROW + 4;
  const x = (day: Day) => LABEL + daysBetween(from, day) * step;
  return (
    <div className={zoom === "month" ? "gantt fit" : "gantt"}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 横に長い図を、鍵盤で送るため */}
      <div className="gantt-scroll" tabIndex={0} role="region" aria-label="工程表の図">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="group"
          aria-label="工程表"
        >
          <Ground {...{ ...props, from, to, x, step, height }} />
          {plan.tasks.map((one, at) => (
            <Row
              key={one.task.code}
              {...{ one, x, step, width, today }}
              y={HEAD + at * ROW}
              base={baseline[one.task.code]}
              group={one.task.group !== plan.tasks[at - 1]?.task.group ? one.task.group : ""}
            />
          ))}
          {today >= from && today <= to && (
            <g className="g-today">
              <line x1={x(today) + step / 2} x2={x(today) + step / 2} y1={HEAD - 4} y2={height} />
              <text x={x(today) + step / 2 + 3} y={height - 5}>
                今日
              </text>
            </g>
          )}
        </svg>
      </div>
    </div>
  );
}

function Ground(
  props: GanttProps & { from: Day; to: Day; x: (day: Day) => number; step: number; height: number },
) {
  const { from, to, x, step, height, calendar, zoom } = props;
  const months: Day[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return (
    <g>
      {closedRuns(calendar, from, to).map((run) => (
        <rect
          key={run.from}
          className="g-closed"
          x={x(run.from)}
          y={HEAD}
          width={(daysBetween(run.from, run.to) + 1) * step}
          height={height - HEAD}
        />
      ))}
      {months.map((month) => (
        <g key={month} className="g-month">
          <line x1={x(month)} x2={x(month)} y1={0} y2={height} />
          <text x={x(month) + 4} y={16}>
            {monthText(month, month === from)}
          </text>
          {[1, 11, 21].map((date) => (
            <text key={date} className="g-ten" x={x(addDays(month, date - 1)) + 2} y={33}>
              {zoom === "week" ? date : date === 1 ? "" : "·"}
            </text>
          ))}
        </g>
      ))}
    </g>
  );
}

/** 「令和6年6月」は広いときだけ。「R6.6」「7」。 */
function monthText(month: Day, first: boolean): string {
  const { year, month: of } = dayParts(month);
  return first || of === 1 ? `${year}/${of}` : `${of}月`;
}

function closedRuns(calendar: BusinessCalendar, from: Day, to: Day): { from: Day; to: Day }[] {
  const runs: { from: Day; to: Day }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (isBusinessDay(calendar, day)) continue;
    const last = runs.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

interface RowProps {
  one: PlannedTask;
  base: { start: Day; end: Day } | undefined;
  group: string;
  x: (day: Day) => number;
  y: number;
  step: number;
  width: number;
  today: Day;
}

function Row({ one, base, group, x, y, step, width }: RowProps) {
  const { task, start, end, critical } = one;
  const late = task.by !== null && end > task.by;
  const bar = { x: x(start), width: Math.max(3, (daysBetween(start, end) + 1) * step) };
  const name = `${critical ? "◎" : task.finished === null ? "" : "✓"}${task.name}`;
  const label = [...name].length > 24 ? `${[...name].slice(0, 23).join("")}…` : name;
  return (
    <a
      href={`/workplan/tasks/${encodeURIComponent(task.code)}`}
      aria-label={spoken(one, base)}
      className={group === "" ? "g-row" : "g-row first"}
    >
      <title>{spoken(one, base)}</title>
      <rect className="g-hit" x={0} y={y} width={width} height={ROW} />
      <text className="g-code" x={2} y={y + 17}>
        {task.code}
      </text>
      <text className={critical ? "g-name critical" : "g-name"} x={34} y={y + 17}>
        {label}
      </text>
      {task.milestone ? (
        <path className={shape("g-point", one, late)} d={diamond(bar.x + step / 2, y + 11, 7)} />
      ) : (
        <>
          <rect className={shape("g-bar", one, late)} {...bar} y={y + 4} height={13} rx={2} />
          {task.progress > 0 && (
            <rect
              className="g-progress"
              x={bar.x}
              width={(bar.width * task.progress) / 100}
              y={y + 8}
              height={5}
            />
          )}
        </>
      )}
      {base && (
        <rect
          className="g-base"
          x={x(base.start)}
          width={Math.max(3, (daysBetween(base.start, base.end) + 1) * step)}
          y={y + 20}
          height={3}
        />
      )}
      {task.by !== null && (
        <path className={late ? "g-by late" : "g-by"} d={`M${x(task.by) + step} ${y + 2}v20`} />
      )}
    </a>
  );
}

function shape(kind: string, { task, critical }: PlannedTask, late: boolean): string {
  const state = task.finished !== null ? "done" : critical ? "critical" : "";
  return [kind, state, late ? "late" : ""].filter((word) => word !== "").join(" ");
}

function diamond(x: number, y: number, r: number): string {
  return `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`;
}

function spoken({ task, start, end, critical, float, room }: PlannedTask, base?: { end: Day }): string {
  const days = start === end ? formatMonthDay(start) : `${formatMonthDay(start)}から${formatMonthDay(end)}`;
  return [
    `${task.code} ${task.name}`,
    days,
    task.finished !== null ? "終了" : task.started !== null ? `進み${task.progress}%` : "",
    critical ? "全体の終わりを決める作業" : task.finished === null ? `余裕${float}営業日` : "",
    task.by === null ? "" : `期限${formatMonthDay(task.by)}${end > task.by ? "に間に合いません" : ""}`,
    room !== null && room < 0 ? `後ろの期限に${-room}営業日足りません` : "",
    base && base.end !== end ? `当初は${formatMonthDay(base.end)}まで` : "",
  ]
    .filter((part) => part !== "")
    .join("、");
}
