import type { Day } from "../base/time.ts";
import { businessDayOnOrBefore } from "../japan/business-day.ts";
import { addMonths } from "../japan/day.ts";
import type { Table } from "../office/table.ts";
import { cellAt, refOf } from "../office/table.ts";
import type { SheetMarks } from "./cell-mark-reader.ts";
import { codeAt, milestoneOn, type PlanSheet, type PlanWorld, plain, taskBetween } from "./plan-sheet.ts";
import { COMMENT_DAYS, isCommentPeriod, type PlanTask } from "./plan-task.ts";
import { findTimeHead, type TimeHead } from "./time-column.ts";
import { readSpan } from "./written-span.ts";

/** 節目の印。 */
const points = /^[★☆◆◇▲△▼▽◎※○●]+/;
/** 日の列の下に並ぶ曜日。 */
const weekday = /^[月火水木金土日祝休]$/;
/** 線の印ではないもの。 */
const nothing = /^[-‐－ー―—×✕/／]$/;

/** 期間の列に、印（■●→）・色・図形で線を引いた表を読む。そういう表でなければ undefined。 */
export function readBarTable(
  table: Table,
  marks: SheetMarks | undefined,
  world: PlanWorld,
): PlanSheet | undefined {
  const heads = table.rows.slice(0, 25).map((row) =>
    row.map((cell, column) => ({
      ...{ column, text: plain(cell.text) },
      day: cell.kind === "date" ? cell.iso : undefined,
    })),
  );
  const head = findTimeHead(heads, world.within);
  if (head === undefined || head.columns.length < 3) return undefined;
  const left = labelColumns(table, head);
  const lines = readLines(table, marks, head, left);
  if (lines.every(({ segments }) => segments.length === 0)) return undefined;
  return buildSheet(table, head, lines, world);
}

interface Segment {
  from: number;
  to: number;
  point: boolean;
  label: string;
}
interface Line {
  row: number;
  group: string;
  name: string;
  owner: string;
  segments: Segment[];
  /** 「実績」の行（「予定」の行の次にある）。 */
  actual: boolean;
}
interface LabelColumns {
  name: number;
  group: number[];
  owner: number | undefined;
  /** 「予定」「実績」の列。 */
  kinds: number[];
}

/** 期間の列より左の列の役目。見出しの言葉で、なければ並びで決める。 */
function labelColumns(table: Table, head: TimeHead): LabelColumns {
  const first = Math.min(...head.columns.map(({ column }) => column));
  const titles = Array.from({ length: first }, (_, column) =>
    plain(
      table.rows
        .slice(Math.max(0, head.body - 3), head.body)
        .map((row) => row[column]?.text ?? "")
        .join(""),
    ),
  );
  const owner = titles.findIndex((title) => /担当|主体|実施者|役割|分担/.test(title));
  const isNumber = (column: number) => {
    const texts = bodyTexts(table, head, column);
    return texts.length > 0 && texts.every((text) => /^[\d.()-]+$|^[①-⑳]$/.test(text));
  };
  const left = titles.map((_, column) => column).filter((column) => column !== owner && !isNumber(column));
  const named = left.findLast((column) =>
    /作業|業務|項目|内容|工程|タスク|名称|事項/.test(titles[column] ?? ""),
  );
  const distinct = (column: number) => new Set(bodyTexts(table, head, column)).size;
  const richest = left.toSorted((a, b) => distinct(b) - distinct(a) || b - a)[0];
  const name = named !== undefined && distinct(named) > 1 ? named : (richest ?? 0);
  const kinds = left.filter((column) => {
    const texts = bodyTexts(table, head, column);
    return texts.length > 0 && texts.every((text) => /^(?:予定|計画|実績|実施)$/.test(text));
  });
  const group = left.filter((column) => column < name && !kinds.includes(column));
  return { name, group, owner: owner < 0 ? undefined : owner, kinds };
}

function bodyTexts(table: Table, head: TimeHead, column: number): string[] {
  return table.rows
    .slice(head.body)
    .map((row) => plain(row[column]?.text ?? ""))
    .filter((text) => text !== "");
}

function readLines(table: Table, marks: SheetMarks | undefined, head: TimeHead, left: LabelColumns): Line[] {
  const shaded = shadedColumns(table, marks, head);
  const lines: Line[] = [];
  let group = "";
  const last = Math.max(table.rows.length, ...(marks?.shapes.map(({ row }) => row + 1) ?? [0]));
  for (let row = head.body; row < Math.min(last, head.body + 2_000); row++) {
    const text = (column: number) => cellAt(table, row, column).text.trim();
    const above = left.group.map(text).find((one) => one !== "");
    const name = text(left.name);
    const segments = [
      ...segmentsOf(table, marks, head, row, left.name, shaded),
      ...shapeSegments(marks, head, row),
    ];
    const actual = left.kinds.map(text).some((one) => /^実[績施]$/.test(plain(one)));
    if (actual) {
      lines.push({ row, group, name: name || (lines.at(-1)?.name ?? ""), owner: "", segments, actual });
      continue;
    }
    if (above !== undefined) group = above;
    if (name === "" && segments.every(({ label }) => weekday.test(label))) continue;
    if (segments.length === 0 && above === undefined) group = name;
    const owner = left.owner === undefined ? "" : text(left.owner);
    lines.push({
      row,
      group: group === name ? "" : group,
      name: name || (above ?? ""),
      owner,
      segments,
      actual,
    });
  }
  return lines;
}

/** ほとんどの行で塗られている列（土日の網かけなど）は、線ではない。 */
function shadedColumns(table: Table, marks: SheetMarks | undefined, head: TimeHead): Set<number> {
  const rows = Math.max(1, table.rows.length - head.body);
  if (marks === undefined || rows < 4) return new Set();
  return new Set(
    head.columns
      .map(({ column }) => column)
      .filter((column) => {
        let count = 0;
        for (let row = head.body; row < table.rows.length; row++) if (marks.fill(row, column) > 0) count++;
        return count > rows * 0.75;
      }),
  );
}

function segmentsOf(
  table: Table,
  marks: SheetMarks | undefined,
  head: TimeHead,
  row: number,
  nameColumn: number,
  shaded: ReadonlySet<number>,
): Segment[] {
  const ground = marks?.fill(row, nameColumn) ?? 0;
  const segments: Segment[] = [];
  let before: { at: number; fill: number; merged: string } | undefined;
  for (const [at, { column }] of head.columns.entries()) {
    const cell = cellAt(table, row, column);
    const text = plain(cell.text);
    const merged = cell.mergedFrom ?? cell.ref;
    const fill = shaded.has(column) ? 0 : (marks?.fill(row, column) ?? 0);
    const coloured = fill > 0 && fill !== ground;
    const marked = text !== "" && !nothing.test(text);
    if (!coloured && !marked) {
      before = undefined;
      continue;
    }
    const point = points.test(text);
    const open = segments.at(-1);
    const beside = before !== undefined && before.at === at - 1;
    const same = beside && text !== "" && before?.merged === merged;
    const joins = same || (beside && before?.fill === (coloured ? fill : -1));
    const label = text.replace(/^[■□●○◎★☆◆◇▲△▼▽※⇒→←⇔~━─=＝>]+/g, "");
    if (open && joins && (same || !(label !== "" && open.label !== ""))) {
      open.to = at;
      open.point = open.point && point && /^[●○]/.test(text) === false;
      open.label ||= label;
    } else segments.push({ from: at, to: at, point, label });
    before = { at, fill: coloured ? fill : -1, merged };
  }
  // 一つきりの ● は節目、続く ● は線。
  return segments.map((one) => ({ ...one, point: one.point && one.from === one.to }));
}

function shapeSegments(marks: SheetMarks | undefined, head: TimeHead, row: number): Segment[] {
  return (marks?.shapes ?? [])
    .filter((shape) => shape.row === row)
    .flatMap((shape) => {
      const at = head.columns.flatMap(({ column }, i) =>
        shape.from <= column && column <= shape.to ? [i] : [],
      );
      const [first] = at;
      return first === undefined ? [] : [{ from: first, to: at.at(-1) ?? first, point: false, label: "" }];
    });
}

function buildSheet(table: Table, head: TimeHead, lines: readonly Line[], world: PlanWorld): PlanSheet {
  const sheet: PlanSheet = { sheet: table.name, shape: "bars", tasks: [], faults: [], notes: [] };
  for (const line of lines) {
    if (line.actual) {
      startActual(sheet, line, head);
      continue;
    }
    for (const [at, segment] of line.segments.entries()) {
      const from = head.columns[segment.from];
      const to = head.columns[segment.to];
      if (from === undefined || to === undefined) continue;
      if (line.name === "") {
        const ref = refOf(line.row, from.column);
        sheet.faults.push({ sheet: table.name, ref, message: "線がありますが、作業の名がありません。" });
        continue;
      }
      const many = line.segments.length > 1;
      const written = writtenIn(segment.label, from.from, to.to);
      const label = written?.label ?? segment.label;
      const suffix = label !== "" ? `（${label}）` : many ? `（${at + 1}）` : "";
      const code = codeAt(sheet.tasks.length + 1);
      const task = taskOf(
        code,
        `${line.name}${suffix}`,
        written ?? { from: from.from, to: to.to },
        segment,
        world,
      );
      if (task.calendar && isCommentPeriod(task.name) && task.days === COMMENT_DAYS)
        sheet.notes.push(`「${task.name}」は、暦の日で${COMMENT_DAYS}日としました。`);
      sheet.tasks.push({ ...task, group: line.group, owner: line.owner });
    }
  }
  return sheet;
}

/** 実績の線は、始まりの日だけを、同じ名の作業に入れる（終わったかは、線からは分からない）。 */
function startActual(sheet: PlanSheet, { name, segments }: Line, head: TimeHead): void {
  const from = head.columns[segments[0]?.from ?? -1]?.from;
  const at = sheet.tasks.findLastIndex((one) => one.name === name);
  const task = sheet.tasks[at];
  if (from === undefined || task === undefined) return;
  sheet.tasks[at] = { ...task, started: from };
  sheet.notes.push(
    `「${name}」の実績の線は、始まりの日だけを取り込みました。終わりの日は、画面で書いてください。`,
  );
}

interface Placed {
  from: Day;
  to: Day;
  /** 書かれていた日が一日だけ。 */
  day?: boolean;
}

/**
 * ます目の中に書かれた日（「第1回(10/15)」「実施(1/6~2/4)」「中旬」）。列の期間より、そちらを信じる。
 * 列から二か月より離れた日は、その列のものではない（ほかの説明）。
 */
function writtenIn(label: string, from: Day, to: Day): (Placed & { label: string }) | undefined {
  const found =
    /[(（]?((?:\d{1,2}[/月]\d{1,2}日?(?:\([月火水木金土日]\))?)(?:[~〜～→-](?:\d{1,2}[/月])?\d{1,2}日?(?:\([月火水木金土日]\))?)?)[)）]?/.exec(
      label,
    );
  const near = { from: addMonths(from, -2), to: addMonths(to, 2) };
  if (found?.[1] !== undefined) {
    const span = readSpan(found[1], near);
    if (span === undefined || span.from < near.from || span.to > near.to) return undefined;
    return { ...span, day: span.from === span.to, label: label.replace(found[0], "") };
  }
  const jun = /[(（]?(上|中|下)旬[)）]?/.exec(label);
  if (jun === null || from.slice(0, 7) !== to.slice(0, 7)) return undefined;
  const span = readSpan(`${Number(from.slice(5, 7))}月${jun[1]}旬`, near);
  const held = /第\d+回|開催|提出|納品|公表/.test(label);
  return span && { ...span, day: held, label: label.replace(jun[0], "") };
}

function taskOf(
  code: string,
  name: string,
  placed: Placed,
  segment: Segment,
  { calendar }: PlanWorld,
): PlanTask {
  const short = name.slice(0, 120);
  if (placed.day === true) return milestoneOn(code, short, placed.to);
  if (segment.point) return milestoneOn(code, short, businessDayOnOrBefore(calendar, placed.to));
  return taskBetween(code, short, placed.from, placed.to, calendar);
}
