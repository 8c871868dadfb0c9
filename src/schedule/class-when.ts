import type { Day, Minute } from "../base/time.ts";
import { readTime, readTimeRange } from "../japan/clock-time.ts";
import { dayParts, weekdayName } from "../japan/day.ts";
import { readMoment } from "../sheet/xlsx-value.ts";

/** 講習会の日と時刻。読めたものだけが入る。 */
export interface ClassWhen {
  day?: Day;
  start?: Minute;
  end?: Minute;
}

const DAY_HEAD =
  /^(?:(?:明治|大正|昭和|平成|令和|[MTSHRmtshr])?[\s.]*(?:元|\d{1,4})\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)/;

/** 「2025年10月1日(水) 10:00～12:00」「2025-10-01T10:00」のような日時を読む。 */
export function readWhen(text: string): ClassWhen {
  const plain = text.normalize("NFKC").trim();
  const head = DAY_HEAD.exec(plain)?.[0] ?? "";
  const day = readMoment(head)?.day;
  const rest = (day === undefined ? plain : plain.slice(head.length))
    .replace(/^\s*\(?[日月火水木金土](曜日?)?(・?祝)?\)?/, "")
    .replace(/^[\sT]+/, "");
  return { ...(day === undefined ? {} : { day }), ...readClock(rest) };
}

/** 時刻か、時刻の幅を読む。 */
export function readClock(text: string): ClassWhen {
  if (text.trim() === "") return {};
  const range = readTimeRange(text);
  if (!("error" in range)) return range;
  const time = readTime(text);
  return "error" in time ? {} : { start: time.time };
}

/** 「2025年10月1日(水)」。 */
export function showDay(day: Day): string {
  const { year, month, date } = dayParts(day);
  return `${year}年${month}月${date}日(${weekdayName(day)})`;
}

/** 「10:00～12:00」。終わりがなければ「10:00～」。 */
export function showClock({ start, end }: ClassWhen): string {
  if (start === undefined) return "";
  return `${start.replace(/^0/, "")}～${end === undefined ? "" : end.replace(/^0/, "")}`;
}

/** 「2025年10月1日(水)　10:00～12:00」。 */
export function showWhen(when: ClassWhen): string {
  return [when.day === undefined ? "" : showDay(when.day), showClock(when)]
    .filter((part) => part !== "")
    .join("　");
}
