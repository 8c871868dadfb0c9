import type { Day } from "../base/time.ts";
import { daysBetween } from "../japan/day.ts";
import { readDate } from "../japan/written-date.ts";
import { type Cell, cellAt, type Table } from "../office/table.ts";
import {
  type CellFault,
  codeAt,
  milestoneOn,
  type PlanSheet,
  type PlanWorld,
  plain,
  taskBetween,
} from "./plan-sheet.ts";
import { blankTask, type PlanTask, readLinks, taskLimits } from "./plan-task.ts";
import { readSpan, type WrittenSpan } from "./written-span.ts";

const columns = {
  code: /^(No\.?|番号|記号|ID|WBS|項番|#)$/i,
  name: /作業|業務内容|業務名|項目|タスク|工程|名称|内容|件名|マイルストーン|成果物|事項/,
  start: /(開始|着手|始期|始まり|自$|^from$|^start)/i,
  end: /(終了|完了|期限|納期|締切|〆切|終期|終わり|至$|提出日|^to$|^end|^finish|^due)/i,
  period: /(期間|時期|日程|スケジュール|年月日|実施日)$|^(工期|予定日?)$/,
  days: /(日数|所要|工数|営業日|期間)/,
  links: /(先行|前工程|前提|依存|predecessor)/i,
  owner: /(担当|主体|実施者|分担|責任者|owner)/i,
  clause: /(条項|仕様書|根拠)/,
  group: /(区分|大項目|フェーズ|分類|大分類|段階)/,
  progress: /(進捗|進み|達成率)/,
  started: /(実績.*(開始|着手)|(開始|着手).*実績)/,
  finished: /(実績.*(終了|完了)|(終了|完了).*実績)/,
} as const;
type Role = keyof typeof columns;

/** 一行に一つの作業と、始まり・終わりの日が書かれた表を読む。そういう表でなければ undefined。 */
export function readListTable(table: Table, world: PlanWorld): PlanSheet | undefined {
  const head = findHead(table);
  if (head === undefined) return undefined;
  const sheet: PlanSheet = { sheet: table.name, shape: "list", tasks: [], faults: [], notes: [] };
  const numbers = new Map<string, string>();
  const wanted: { code: string; cell: Cell }[] = [];
  let [group, top] = ["", ""];
  for (let row = head.row + 1; row < table.rows.length && sheet.tasks.length <= taskLimits.tasks; row++) {
    const cell = (role: Role) => {
      const column = head.columns.get(role);
      return column === undefined ? undefined : cellAt(table, row, column);
    };
    const name = (cell("name")?.text ?? "").trim().slice(0, taskLimits.name);
    if (name === "") continue;
    const written = plain(cell("code")?.text ?? "");
    const code = codeAt(sheet.tasks.length + 1);
    const task = readRow(code, name, cell, world, sheet);
    if (task === "heading") {
      group = name;
      top = topOf(written);
      continue;
    }
    if (task === undefined) continue;
    // 「2.」のまとまりのあとの「3」は、そのまとまりのものではない。
    if (top !== "" && topOf(written) !== "" && topOf(written) !== top) group = top = "";
    if (written !== "") numbers.set(written, code);
    numbers.set(code, code);
    const links = cell("links");
    if (links && links.text.trim() !== "") wanted.push({ code, cell: links });
    sheet.tasks.push({ ...task, group: (cell("group")?.text ?? "").trim() || group });
  }
  sheet.tasks = sheet.tasks.map((task) => linked(task, wanted, numbers, sheet));
  return sheet;
}

/** 番号の、はじめの数（「2.1」→「2」）。 */
function topOf(written: string): string {
  return /^(\d+)(?:[.-]|$)/.exec(written)?.[1] ?? "";
}

/** 名と、始まりか終わりの見出しのある行。 */
function findHead(table: Table): { row: number; columns: Map<Role, number> } | undefined {
  for (const [row, cells] of table.rows.slice(0, 20).entries()) {
    const found = new Map<Role, number>();
    const order: Role[] = [
      "started",
      "finished",
      "code",
      "links",
      "period",
      "days",
      "owner",
      "clause",
      "progress",
      "group",
      "start",
      "end",
      "name",
    ];
    for (const [column, cell] of cells.entries()) {
      const text = plain(cell.text);
      if (text === "" || text.length > 20) continue;
      const role = order.find((one) => columns[one].test(text));
      if (role !== undefined && !found.has(role)) found.set(role, column);
    }
    if (!found.has("name")) continue;
    // 始まり・終わりの列があれば、「期間」の列は日数のこと。
    const edged = found.has("start") || found.has("end");
    const period = found.get("period");
    if (edged && period !== undefined) {
      found.delete("period");
      if (!found.has("days")) found.set("days", period);
    }
    if (edged || found.has("period")) return { row, columns: found };
  }
  return undefined;
}

function readRow(
  code: string,
  name: string,
  cell: (role: Role) => Cell | undefined,
  world: PlanWorld,
  sheet: PlanSheet,
): PlanTask | "heading" | undefined {
  const faults: CellFault[] = [];
  const day = (role: Role): Day | undefined => readDay(cell(role), world, sheet.sheet, faults);
  const span = readPeriod(cell("period"), world, sheet.sheet, faults);
  // 一日だけ、または「7月下旬」の提出は、節目。
  const point = span !== undefined && (span.from === span.to || (pointNames.test(name) && isJun(span)));
  const [start, end] = [day("start") ?? (point ? undefined : span?.from), day("end") ?? span?.to];
  const [started, finished] = [day("started"), day("finished")];
  const days = readCount(cell("days"), sheet.sheet, faults);
  const progress = readPercent(cell("progress"));
  sheet.faults.push(...faults);
  if (faults.length > 0) return undefined;
  if (start === undefined && end === undefined && days === undefined) return "heading";
  if (start !== undefined && end !== undefined && end < start) {
    const ref = cell("end")?.ref ?? "";
    sheet.faults.push({ sheet: sheet.sheet, ref, message: "終わりの日が、始まりの日より前です。" });
    return undefined;
  }
  const base = shaped(code, name, start, end, days, world);
  return {
    ...base,
    owner: (cell("owner")?.text ?? "").trim().slice(0, 60),
    clause: (cell("clause")?.text ?? "").trim().slice(0, 40),
    started: started ?? (finished === undefined ? null : finished),
    finished: finished ?? null,
    progress: finished === undefined ? progress : 100,
  };
}

const pointNames = /提出|納品|納入|公表|完了|着手|締結|開催|会議/;

/** 一つの旬の中だけの期間。 */
function isJun({ from, to }: WrittenSpan): boolean {
  return from.slice(0, 7) === to.slice(0, 7) && daysBetween(from, to) <= 10;
}

function shaped(
  code: string,
  name: string,
  start: Day | undefined,
  end: Day | undefined,
  days: number | undefined,
  { calendar }: PlanWorld,
): PlanTask {
  if (start !== undefined && end !== undefined && (start !== end || days !== 0))
    return taskBetween(code, name, start, end, calendar);
  if (days !== undefined && days > 0)
    return { ...blankTask(code, name), days, from: start ?? null, by: end ?? null };
  const only = end ?? start;
  return only === undefined ? blankTask(code, name) : milestoneOn(code, name, only);
}

/** 一つのます目に書かれた期間。 */
function readPeriod(
  cell: Cell | undefined,
  { within }: PlanWorld,
  sheet: string,
  faults: CellFault[],
): WrittenSpan | undefined {
  if (cell === undefined) return undefined;
  if ((cell.kind === "date" || cell.kind === "datetime") && cell.iso !== undefined)
    return { from: cell.iso.slice(0, 10), to: cell.iso.slice(0, 10) };
  if (blankDay.test(cell.text.trim())) return undefined;
  const span = readSpan(cell.text, within);
  if (span === undefined)
    faults.push({
      ...{ sheet, ref: cell.ref },
      message: "期間が読めません。「6月3日～7月5日」「12月上旬」の形で書いてください。",
    });
  return span;
}

const blankDay = /^(|[-－ー―—]|未定|適宜|随時|別途.*|都度|通年)$/;

function readDay(
  cell: Cell | undefined,
  { within }: PlanWorld,
  sheet: string,
  faults: CellFault[],
): Day | undefined {
  if (cell === undefined) return undefined;
  if (cell.kind === "date" || cell.kind === "datetime") return cell.iso?.slice(0, 10);
  const text = cell.text.trim();
  if (blankDay.test(text)) return undefined;
  const read = readDate(text.replace(/[(（]予定[)）]|頃$|まで$/g, ""), { within });
  if ("day" in read) return read.day;
  // 「令和6年7月下旬」「9月下旬」: その旬の終わりの日。
  const jun = /旬|末/.test(text) ? readSpan(text, within)?.to : undefined;
  if (jun !== undefined) return jun;
  faults.push({ sheet, ref: cell.ref, message: read.error });
  return undefined;
}

function readCount(cell: Cell | undefined, sheet: string, faults: CellFault[]): number | undefined {
  const text = plain(cell?.text ?? "");
  if (cell === undefined || text === "") return undefined;
  const found = /^(\d{1,4})(?:営業)?日?(?:間)?$/.exec(text);
  if (found && Number(found[1]) <= taskLimits.days) return Number(found[1]);
  // 「6月～7月」のような書き方は、日数ではない。
  if (/\d/.test(text) && /^[\d.]+/.test(text) && !/月/.test(text))
    faults.push({
      sheet,
      ref: cell.ref,
      message: `日数は、${taskLimits.days}日までの整数で書いてください。`,
    });
  return undefined;
}

function readPercent(cell: Cell | undefined): number {
  const found = /^(\d{1,3})(?:\.\d+)?%?$/.exec(plain(cell?.text ?? ""));
  if (cell?.number !== undefined && cell.number <= 1 && /%$/.test(plain(cell.text)))
    return Math.round(cell.number * 100);
  return found ? Math.min(100, Number(found[1])) : 0;
}

/** 先行の欄は、表の番号でも記号でもよい。 */
function linked(
  task: PlanTask,
  wanted: readonly { code: string; cell: Cell }[],
  numbers: ReadonlyMap<string, string>,
  sheet: PlanSheet,
): PlanTask {
  const cell = wanted.find(({ code }) => code === task.code)?.cell;
  if (cell === undefined) return task;
  const { links, error } = readLinks(cell.text);
  const unknown = links.find(({ of }) => !numbers.has(of));
  const message = error ?? (unknown && `先行する作業「${unknown.of}」が、この表にありません。`);
  if (message !== undefined) {
    sheet.faults.push({ sheet: sheet.sheet, ref: cell.ref, message });
    return task;
  }
  return { ...task, links: links.map((link) => ({ ...link, of: numbers.get(link.of) ?? link.of })) };
}
