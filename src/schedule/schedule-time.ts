import type { Minute } from "../base/time.ts";
import { addMinutes, readTime, timeFromExcelFraction } from "../japan/clock-time.ts";
import type { Cell } from "../office/table.ts";
import { isUndecided, type RowContext, refOf, type SessionSource, textOf } from "./schedule-source.ts";
import { readWhen, type TimePart } from "./schedule-when.ts";

/** 時間の欄（時間帯、または開始と終了）を読む。 */
export function readTimes(source: SessionSource, context: RowContext): TimePart[] {
  const { time, start, end } = source.cells;
  const field = (time ?? []).length > 0 ? "time" : (start ?? []).length > 0 ? "start" : "end";
  const ref = refOf(source, field);
  if (field === "time") {
    const text = (time ?? []).map((cell) => timeCellText(cell, context)).join(" ");
    if (isUndecided(text)) {
      context.fault(ref, "時間が決まっていません。決まってから取り込んでください。");
      return [];
    }
    const read = readWhen(afternoon(text, source.variant));
    const times = "error" in read ? [] : read.parts.flatMap((part) => part.times);
    if (
      times.length === 2 &&
      times.every((one) => one.end === undefined && one.mark === undefined) &&
      (time ?? []).length > 1
    ) {
      return [{ start: times[0]?.start ?? "", end: times[1]?.start ?? "" }];
    }
    if (times.length === 0) {
      context.fault(
        ref,
        "error" in read ? read.error : "時間が読めません。「10:00～11:30」の形でご記入ください。",
      );
    }
    return times;
  }
  const from = oneTime(start, "start", source, context);
  const to = (end ?? []).length > 0 ? oneTime(end, "end", source, context) : undefined;
  if (!from) return [];
  return [{ start: from.start, ...(from.end ? { end: from.end } : to ? { end: to.start } : {}) }];
}

function oneTime(
  cells: Cell[] | undefined,
  field: "start" | "end",
  source: SessionSource,
  context: RowContext,
): TimePart | undefined {
  const name = field === "start" ? "開始" : "終了";
  const text = (cells ?? [])
    .map((cell) => timeCellText(cell, context))
    .join(" ")
    .trim();
  if (text === "") {
    context.fault(refOf(source, field), `${name}の時刻がありません。「10:00」の形でご記入ください。`);
    return undefined;
  }
  const single = readTime(afternoon(text.replace(/[~〜～\s]+$|まで$|から$/g, ""), source.variant));
  if (!("error" in single)) return { start: single.time };
  const read = readWhen(text);
  const found = "error" in read ? undefined : read.parts[0]?.times[0];
  if (!found) context.fault(refOf(source, field), `${name}の時刻：${single.error}`);
  return found;
}

/** 時刻のます目は ISO で。0〜1 の数は書式の消えた時刻。 */
function timeCellText(cell: Cell, context: RowContext): string {
  if (cell.kind === "time" && cell.iso) return cell.iso.slice(0, 5);
  if (cell.kind === "datetime" && cell.iso) return cell.iso.slice(11, 16);
  if (cell.kind === "number" && cell.number !== undefined && cell.number > 0 && cell.number < 1) {
    context.note("時刻の書式のない数を Excel の時刻として読みました", cell.ref);
    return timeFromExcelFraction(cell.number);
  }
  return cell.text.trim();
}

/** 「午後の部」の列の「1:30～3:00」。 */
function afternoon(text: string, variant: string): string {
  return /午後/.test(variant) && /^\s*0?[1-7]\s*[:時：]/.test(text.normalize("NFKC"))
    ? `午後${text.trim()}`
    : text;
}

/** 終わりの時刻を決める。始まりだけなら、所要時間の欄があるときだけ足す。 */
export function finish(
  time: TimePart,
  source: SessionSource,
  context: RowContext,
): { start: Minute; end: Minute } | undefined {
  const minutes = Number(/(\d{1,3})\s*分?/.exec(textOf(source.cells.minutes).normalize("NFKC"))?.[1]);
  const end = time.end ?? (minutes > 0 ? addMinutes(time.start, minutes) : undefined);
  const field = source.cells.time ? "time" : source.cells.end || source.cells.start ? "end" : "date";
  if (end === undefined) {
    context.fault(refOf(source, field), "終わりの時刻がありません。「10:00～11:30」の形でご記入ください。");
    return undefined;
  }
  if (end <= time.start) {
    context.fault(
      refOf(source, field),
      `終わりの時刻（${end}）が始まり（${time.start}）より後になっていません。`,
    );
    return undefined;
  }
  return { start: time.start, end };
}
