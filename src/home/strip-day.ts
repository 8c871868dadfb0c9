import { type Day, dayOf, type Instant } from "../base/time.ts";
import { type BusinessCalendar, calendarDays } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import { holidayName } from "../japan/holiday.ts";
import type { Term } from "../terms/blueprint.ts";
import type { StripDay, StripItem } from "./business-strip.ts";
import type { Deadline } from "./list-deadlines.ts";

export interface StripFacts {
  now: Instant;
  calendar: BusinessCalendar;
  terms: readonly Term[];
  rows: readonly Deadline[];
  /** 講習会のある日。 */
  classDays: readonly Day[];
}

/** 年末年始をまたいでも十営業日が入る日数。 */
const SPAN_DAYS = 45;
/** ますに題をそのまま書く長さ。 */
const SHORT = 12;

/** これからの日と、その日の予定。休みの日は短い名を付ける。 */
export function stripDays(facts: StripFacts): StripDay[] {
  const today = dayOf(facts.now);
  return calendarDays(facts.calendar, today, addDays(today, SPAN_DAYS)).map((day) => {
    const items = itemsOn(day.date, today, facts);
    const base = { day: day.date, weekday: day.weekday };
    if (!day.business)
      return { ...base, off: { short: offShort(day.date, day.weekday, day.reason), name: day.reason ?? "" } };
    return items.length === 0 ? base : { ...base, items, href: `/deadlines?day=${day.date}` };
  });
}

function offShort(date: Day, weekday: string, reason: string | undefined): string {
  if (reason === `${weekday}曜日`) return weekday;
  return holidayName(date) === undefined ? "休" : "祝";
}

function itemsOn(day: Day, today: Day, { terms, rows, classDays }: StripFacts): StripItem[] {
  const due = rows.filter((row) => row.due !== null && dayOf(row.due) === day && row.urgency !== "late");
  const counts = [
    { source: "task", text: "仕事" },
    { source: "filing", text: "回答期限" },
  ].flatMap(({ source, text }) => {
    const own = due.filter((row) => row.source === source);
    const [only] = own;
    if (only === undefined) return [];
    // 一つだけで短ければ、その名を書く。
    return [
      { text: own.length === 1 && only.title.length <= SHORT ? only.title : `${text} ${own.length}件` },
    ];
  });
  const postings = due.filter((row) => row.source === "posting").map((row) => row.days ?? []);
  const list = due.some((row) => row.source === "list") ? [{ text: "リスト提出", key: true }] : [];
  const rest = [...list, ...(day === today ? [] : counts), ...termItems(day, terms, classDays)];
  // 一日のますは四行まで。ほかに予定があれば、投函は一行にする。
  return [
    ...(day === today && due.length > 0 ? [{ text: `本日 ${due.length}件` }] : []),
    ...postings.flatMap((days) =>
      rest.length + postings.length > 2
        ? [{ text: `投函${short(days)}分`, key: true }]
        : [{ text: "投函期限", key: true }, { text: long(days) }],
    ),
    ...rest,
  ];
}

/** 「10/1」「10/1ほか」。 */
function short(days: readonly Day[]): string {
  return days.length > 1 ? `${slash(days[0])}ほか` : slash(days[0]);
}

/** 「10/3分」「10/1・2日分」「10/1ほか分」。 */
function long(days: readonly Day[]): string {
  const [first = "", second = ""] = days;
  if (days.length === 2 && first.slice(0, 7) === second.slice(0, 7))
    return `${slash(first)}・${Number(second.slice(8))}日分`;
  return days.length > 1 ? `${slash(first)}ほか${days.length}日分` : `${slash(first)}分`;
}

function slash(day = ""): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;
}

function termItems(day: Day, terms: readonly Term[], classDays: readonly Day[]): StripItem[] {
  const items: StripItem[] = [];
  for (const term of terms) {
    if (term.deskFrom === day) items.push({ text: "受付開始" });
    if (term.deskTo === day) items.push({ text: "受付終了" });
    const first = classDays.filter((one) => term.classesFrom <= one && one <= term.classesTo).sort()[0];
    if (first === day) items.push({ text: "講習会初日" });
  }
  return items;
}
