import type { Day } from "../base/time.ts";
import { addDays, isCalendarDate } from "../japan/day.ts";
import { readDate } from "../japan/written-date.ts";
import type { Cell } from "../office/table.ts";
import { isUndecided, type RowContext, refOf, type SessionSource, textOf } from "./schedule-source.ts";
import { readWhen, type TimePart } from "./schedule-when.ts";
import type { YearHint } from "./schedule-year.ts";

export interface ReadDay {
  mark?: string;
  day: Day | undefined;
  times: TimePart[];
}

/** 日付の欄を読む。日付ごとに、同じ欄に書かれた時間帯も返す。 */
export function readDays(source: SessionSource, context: RowContext): ReadDay[] {
  const cells = source.cells.date ?? [];
  const ref = refOf(source, "date");
  const text = dateText(source, context);
  if (text === "") {
    context.fault(ref, "日付がありません。開催日をご記入ください。");
    return [{ day: undefined, times: [] }];
  }
  if (isUndecided(text)) {
    context.fault(ref, "日付が決まっていません。決まってから取り込んでください。");
    return [{ day: undefined, times: [] }];
  }
  const read = readWhen(dottedDate(text));
  const parts = "error" in read ? [] : read.parts.filter((part) => part.dateText !== undefined);
  if ("error" in read || parts.length === 0) {
    context.fault(
      ref,
      "error" in read
        ? read.error
        : "日付として読めません。「令和7年9月17日」か「9月17日」の形でご記入ください。",
    );
    return [{ day: undefined, times: [] }];
  }
  const typed = cells.find((cell) => cell.iso !== undefined && cell.kind !== "time");
  let month = context.month;
  return parts.map((part) => {
    const whole = wholeDate(part.dateText ?? "", month);
    month = Number(/(\d{1,2})\s*[月/]/.exec(whole)?.[1]) || month;
    const day = readDay(whole, typed, source, { ...context, month });
    return {
      ...(part.mark === undefined ? {} : { mark: part.mark }),
      day,
      times: part.times.filter((time) => !isMidnight(time)),
    };
  });
}

/** Excel から書き出した CSV の「2025/8/6 0:00:00」の 0:00 は、時刻ではない。 */
function isMidnight(time: TimePart): boolean {
  return time.start === "00:00" && time.end === undefined;
}

/** 日付の欄（年・月・日に分かれていることもある）と曜日の欄を一つの文字にする。 */
function dateText(source: SessionSource, context: RowContext): string {
  const { date, year, month, day, weekday } = source.cells;
  const own = (date ?? [])
    .map((cell) => dateCellText(cell, context))
    .join(" ")
    .trim();
  const pieces: [Cell[] | undefined, string][] = [
    [year, "年"],
    [month, "月"],
    [day, "日"],
  ];
  const split = pieces
    .map(([cells, unit]) => {
      const text = textOf(cells).normalize("NFKC");
      return text === "" ? "" : text.endsWith(unit) ? text : text + unit;
    })
    .join("");
  const text = own || split;
  const named = /[月火水木金土日]/.exec(textOf(weekday))?.[0];
  const several = /[\n、，・①]/.test(text) || /[月火水木金土日]\s*曜?日?\s*[)）]/.test(text);
  return named && !several ? text.replace(/^(.*?[\d０-９]\s*日|\S+)/, `$1(${named})`) : text;
}

/** 日付のます目は、書式に時刻や曜日があれば見えるとおりに、なければ ISO で。数だけなら日か、書式の消えた通し番号。 */
function dateCellText(cell: Cell, context: RowContext): string {
  if (cell.kind === "date" && cell.iso) {
    const shown = /[（(]([月火水木金土日])/.exec(cell.text)?.[1];
    return shown ? `${cell.iso}(${shown})` : cell.iso;
  }
  if (cell.kind === "datetime" && cell.iso) return cell.iso.replace("T", " ");
  const value = cell.kind === "number" ? (cell.number ?? Number.NaN) : Number.NaN;
  if (Number.isInteger(value) && value >= 1 && value <= 31) return `${value}日`;
  if (Number.isInteger(value) && value > 36_525 && value < 73_050) {
    context.note("日付の書式のない数を Excel の日付として読みました", cell.ref);
    return addDays("1899-12-30", value);
  }
  return cell.text.trim();
}

/** 「8.5(火)」のように点で書いた月日。ほかの数と紛れるので、欄の全体がこの形のときだけ。 */
function dottedDate(text: string): string {
  return text.replace(/^\s*([\d０-９]{1,2})[.．-]([\d０-９]{1,2})(?=\s*(?:[（(]|$))/, "$1/$2");
}

function wholeDate(text: string, month: number | undefined): string {
  return /^\d{1,2}\s*日/.test(text) && month !== undefined ? `${month}月${text}` : text;
}

function readDay(
  text: string,
  typed: Cell | undefined,
  source: SessionSource,
  context: RowContext,
): Day | undefined {
  const ref = refOf(source, "date");
  if (/^\d{1,2}\s*日/.test(text)) {
    context.fault(ref, "何月か分かりません。「9月17日」のように月からご記入ください。");
    return undefined;
  }
  const hint = context.hint;
  const yearless = /^\d{1,2}\s*[月/]/.test(text);
  if (typed && !yearless && hidesYear(typed, hint)) return readHiddenYear(text, typed, context);
  const read = readDate(text, yearless && hint ? hint.defaults : {});
  if ("error" in read && yearless && !isMonthDay(text)) {
    context.fault(ref, "暦にない日です。日付をご確認ください。");
    return undefined;
  }
  if ("error" in read) {
    context.fault(ref, yearless && hint ? `${read.error}（年は、${hint.why}から）` : read.error);
    return undefined;
  }
  if (yearless && hint) context.note(`年は、${hint.why}から補いました`, ref);
  const bound = yearless ? undefined : hint?.bound;
  if (!bound || (read.day >= bound.from && read.day <= bound.to)) return read.day;
  context.fault(
    ref,
    `${read.day} は${hint?.why}の期間（${bound.from}～${bound.to}）の外です。日付か表題をご確認ください。`,
  );
  return undefined;
}

/** どの年にもない日（11月31日）でないか。 */
function isMonthDay(text: string): boolean {
  const [, month, date] = /^(\d{1,2})\s*[月/]\s*(\d{1,2})/.exec(text) ?? [];
  return isCalendarDate(2000, Number(month), Number(date));
}

/** Excel に「8/5」と打つと、打った年の日付になる。見た目に年がなく、表題の年と違うか。 */
function hidesYear(typed: Cell, hint: YearHint | undefined): boolean {
  const within = hint?.defaults.within;
  const day = typed.iso?.slice(0, 10) ?? "";
  const showsYear = /\d{4}|年(?!度)|^[MTSHR]\d/i.test(typed.text);
  return within !== undefined && !showsYear && (day < within.from || day > within.to);
}

/** 曜日が表題の年に合えば表題の年とし（知らせる）、決め手がなければ黙って選ばずに誤りにする。 */
function readHiddenYear(text: string, typed: Cell, context: RowContext): Day | undefined {
  const why = context.hint?.why ?? "";
  const [, month, date, weekday] = /-(\d{2})-(\d{2})(?:\(([月火水木金土日])\))?/.exec(text) ?? [];
  const other = weekday
    ? readDate(`${Number(month)}/${Number(date)}(${weekday})`, context.hint?.defaults)
    : undefined;
  if (other && "day" in other) {
    context.note(`見た目に年がなく、中身の年が違う日付を、曜日の合う${why}の年としました`, typed.ref);
    return other.day;
  }
  const year = typed.iso?.slice(0, 4) ?? "";
  context.fault(
    typed.ref,
    `見た目に年がありませんが、中身は ${year} 年の日付で、${why}と合いません。年を入れ直してください。`,
  );
  return undefined;
}
