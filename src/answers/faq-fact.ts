import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Blueprint } from "../terms/blueprint.ts";

/** 答えに書ける印と、その値。契約の約束ごとが変われば、読むたびに新しくなる。 */
export function factsOf(blueprint: Blueprint): Map<string, string> {
  const day = (value: Day) => formatMonthDay(value, { weekday: true });
  const facts = new Map<string, string>([
    ["client", blueprint.client],
    ["clientUnit", blueprint.clientUnit],
    ["fiscalYear", `${blueprint.fiscalYear}`],
    ["hours.open", clock(blueprint.hours.open)],
    ["hours.close", clock(blueprint.hours.close)],
    ["posting.arriveDaysBefore", `${blueprint.posting.arriveDaysBefore}`],
  ]);
  if (blueprint.desk.enquiryPhone !== "") facts.set("desk.enquiryPhone", blueprint.desk.enquiryPhone);
  for (const term of blueprint.terms) {
    facts.set(`term.${term.id}.label`, term.label);
    for (const field of ["deskFrom", "deskTo", "dispatchTo", "classesFrom", "classesTo"] as const) {
      facts.set(`term.${term.id}.${field}`, day(term[field]));
    }
  }
  return facts;
}

/** 「9時」「9時30分」。 */
function clock(minute: string): string {
  const [hour = 0, rest = 0] = minute.split(":").map(Number);
  return `${hour}時${rest === 0 ? "" : `${rest}分`}`;
}

const marks = /\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}/g;

/** 印を値に置き換える。知らない印はそのまま残し、unknown に入れる。 */
export function resolveFacts(
  facts: ReadonlyMap<string, string>,
  text: string,
): { text: string; used: Record<string, string>; unknown: string[] } {
  const used: Record<string, string> = {};
  const unknown: string[] = [];
  const resolved = text.replace(marks, (whole, name: string) => {
    const value = facts.get(name);
    if (value === undefined) {
      unknown.push(name);
      return whole;
    }
    used[name] = value;
    return value;
  });
  return { text: resolved, used, unknown };
}

/** 承認したときの値と今の値の違い。 */
export function changedFacts(
  facts: ReadonlyMap<string, string>,
  approved: Readonly<Record<string, string>>,
): { name: string; before: string; after: string | undefined }[] {
  return Object.entries(approved)
    .filter(([name, before]) => facts.get(name) !== before)
    .map(([name, before]) => ({ name, before, after: facts.get(name) }));
}

/** 文の中の「9月26日」「2025年9月26日」で、今日より前のもの。年がなければ、その年度の日とみなす。 */
export function pastDays(text: string, fiscalYear: number, today: Day): Day[] {
  const found = [
    ...text.normalize("NFKC").matchAll(/(?:(?:令和(\d{1,2})|(20\d\d))年)?(\d{1,2})月(\d{1,2})日/g),
  ];
  return found.flatMap(([, reiwa, western, month = "", date = ""]) => {
    const m = Number(month);
    const year = reiwa
      ? 2018 + Number(reiwa)
      : western
        ? Number(western)
        : m >= 4
          ? fiscalYear
          : fiscalYear + 1;
    const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
    return isDay(day) && day < today ? [day] : [];
  });
}
