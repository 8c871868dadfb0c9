import { addDays, addMonths, dayParts, daysBetween } from "../japan/day.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { writeSlides } from "../office/slide-document.ts";
import { SLIDE, type SlideItem } from "../office/slide-model.ts";
import type { PlannedTask } from "./compute-plan.ts";
import type { PlanBook } from "./plan-book.ts";

const LEFT = 12;
const LABEL = 92;
const TOP = 30;
const BOTTOM = 176;
/** 一枚に並べる作業。 */
const ROWS = 26;
const DATES = 14;

/** 工程表の PowerPoint: 図（作業が多ければ何枚かに分ける）と、節目の表。どれも図形と表のまま直せる。 */
export function planSlides(book: PlanBook): Uint8Array {
  const pages = chunk(book.plan.tasks, ROWS);
  const marks = book.plan.tasks.filter(({ task }) => task.milestone || task.by !== null);
  const dates = chunk(marks, DATES);
  return writeSlides({
    ...{ title: `${book.contract}　工程表`, author: book.contractor, created: book.created },
    footer: `${book.contract}　第${book.version}版　${formatWareki(book.today)}現在`,
    slides: [
      ...pages.map((tasks, at) => ({
        title: pages.length > 1 ? `工程表（${at + 1}／${pages.length}）` : "工程表",
        items: ganttItems(book, tasks),
        notes: `◎と太い枠は、全体の終わりを決める作業です。灰色の線は、第${book.version}版で定めた日です。`,
      })),
      ...dates.map((tasks, at) => ({
        title: dates.length > 1 ? `節目と期限（${at + 1}／${dates.length}）` : "節目と期限",
        items: [milestoneTable(book, tasks)],
        notes: "期限に間に合わないものは「間に合わない」と書いています。",
      })),
    ],
  });
}

function chunk<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

function ganttItems(book: PlanBook, tasks: readonly PlannedTask[]): SlideItem[] {
  const { plan, baseline, today } = book;
  const from = `${plan.from.slice(0, 8)}01`;
  const last = [plan.to, ...Object.values(baseline).map(({ end }) => end)].toSorted().at(-1) ?? plan.to;
  const to = addDays(addMonths(`${last.slice(0, 8)}01`, 1), -1);
  const start = LEFT + LABEL;
  const step = (SLIDE.width - LEFT - start) / (daysBetween(from, to) + 1);
  const x = (day: string) => start + daysBetween(from, day) * step;
  const row = Math.min(9, (BOTTOM - TOP - 8) / Math.max(1, tasks.length));
  const height = row * tasks.length;
  const items: SlideItem[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) {
    const { month: of, year } = dayParts(month);
    const width = x(addMonths(month, 1)) - x(month);
    const head = { x: x(month), y: TOP, width, height: 8, line: "999999", fill: "F2F2F2", size: 10, alt: "" };
    items.push({
      ...head,
      kind: "box",
      align: "center",
      text: month === from || of === 1 ? `${year}/${of}` : `${of}月`,
    });
    items.push({ ...{ x: x(month), y: TOP + 8, width, height }, kind: "box", line: "CCCCCC", alt: "" });
  }
  for (const [at, one] of tasks.entries())
    items.push(...rowItems(one, TOP + 8 + at * row, row, x, step, book));
  if (today >= from && today <= to)
    items.push({
      kind: "box",
      x: x(today),
      y: TOP + 8,
      width: 0.6,
      height,
      fill: "CE0000",
      alt: `今日 ${formatMonthDay(today)}`,
    });
  return items;
}

function rowItems(
  { task, start, end, critical }: PlannedTask,
  y: number,
  row: number,
  x: (day: string) => number,
  step: number,
  { baseline }: PlanBook,
): SlideItem[] {
  const done = task.finished !== null;
  const name = `${critical ? "◎" : ""}${task.name}`;
  const short = [...name].length > 27 ? `${[...name].slice(0, 26).join("")}…` : name;
  const late = task.by !== null && end > task.by;
  const alt = `${name} ${formatMonthDay(start)}から${formatMonthDay(end)}${late ? " 期限に間に合わない" : ""}`;
  const fill = done ? "CCCCCC" : critical ? "0017C1" : "9DB7F9";
  const look = {
    fill,
    line: late ? "CE0000" : critical ? "000000" : "4D4D4D",
    weight: critical || late ? 1.75 : 0.5,
    dash: late,
    alt,
  };
  const base = baseline[task.code];
  const size = Math.min(11, row * 1.9);
  const mark: SlideItem = task.milestone
    ? {
        ...look,
        kind: "box",
        shape: "diamond",
        x: x(start) + step / 2 - row * 0.35,
        y: y + row * 0.1,
        width: row * 0.7,
        height: row * 0.7,
      }
    : {
        ...look,
        kind: "box",
        x: x(start),
        y: y + row * 0.15,
        width: Math.max(0.8, x(end) - x(start) + step),
        height: row * 0.5,
      };
  return [
    { kind: "box", x: LEFT, y, width: LABEL - 2, height: row, text: short, size, bold: critical, alt: "" },
    mark,
    ...(base === undefined
      ? []
      : [
          {
            ...{ kind: "box" as const, x: x(base.start), y: y + row * 0.75, fill: "767676" },
            ...{ width: Math.max(0.8, x(base.end) - x(base.start) + step), height: row * 0.12 },
            alt: `定めた日 ${formatMonthDay(base.start)}から${formatMonthDay(base.end)}`,
          },
        ]),
  ];
}

function milestoneTable(book: PlanBook, tasks: readonly PlannedTask[]): SlideItem {
  return {
    ...{
      kind: "table",
      x: LEFT,
      y: TOP,
      width: SLIDE.width - 2 * LEFT,
      height: Math.min(140, 9 * (tasks.length + 1)),
    },
    shares: [6, 2, 2.4, 2.4, 2.4, 2.4],
    header: ["節目・作業", "条項", "定めた日", "見込み", "期限", "状態"],
    rows: tasks.map(({ task, end }) => [
      ...[task.name, task.clause],
      formatMonthDay(book.baseline[task.code]?.end ?? end),
      formatMonthDay(task.finished ?? end),
      task.by === null ? "－" : formatMonthDay(task.by),
      stateWord(task.finished !== null, task.by !== null && end > task.by, task.started !== null),
    ]),
    ...{ size: 12, alt: "節目と期限の表" },
  };
}

/** 「終了」「間に合わない」「進行中」「これから」。 */
export function stateWord(done: boolean, late: boolean, running: boolean): string {
  if (done) return "終了";
  if (late) return "間に合わない";
  return running ? "進行中" : "これから";
}
