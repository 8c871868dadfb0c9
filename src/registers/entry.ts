import type { Fault } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { addDays, daysBetween, isDay } from "../japan/day.ts";
import { type BookFields, type BookName, bookFaults, bookOf, entryLimits } from "./book.ts";

export type EntryState = "open" | "closed";

/** 登録簿に書くこと。 */
export interface EntryInput {
  title: string;
  clause: string;
  heldOn: Day;
  due?: Day | undefined;
  expires?: Day | undefined;
  /** 費用（円）。0 は「かからない」。 */
  cost?: number | undefined;
  fields: BookFields;
}

/** 有効期限が近いと言い始める日数。 */
export const expiryWarningDays = 60;

/** 欄の直すところ。today より先の日は、起きた日にできない。 */
export function entryFaults(book: BookName, given: EntryInput, today: Day): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, message: string) => faults.push({ field, message });
  if (given.title.trim() === "") say("title", "件名を書いてください。氏名や電話番号は書けません。");
  for (const field of ["title", "clause"] as const)
    if ([...given[field]].length > entryLimits[field])
      say(field, `${entryLimits[field]}字までで書いてください。`);
  if (!isDay(given.heldOn)) say("heldOn", "日を「2025-09-17」の形で入れてください。");
  else if (given.heldOn > today) say("heldOn", "まだ来ていない日です。起きた日を入れてください。");
  for (const field of ["due", "expires"] as const) {
    const day = given[field];
    if (day !== undefined && !isDay(day)) say(field, "日を「2025-09-17」の形で入れてください。");
    else if (day !== undefined && isDay(given.heldOn) && day < given.heldOn)
      say(field, `${bookOf(book).day}より前の日です。`);
  }
  const { cost } = given;
  if (cost !== undefined && (!Number.isInteger(cost) || cost < 0 || cost > entryLimits.cost))
    say("cost", "円の整数で入れてください。かからないときは 0 です。");
  return [...faults, ...bookFaults(book, given.fields)];
}

/** いまの急ぎ: late=期限か有効期限を過ぎた、soon=もうすぐ、それ以外は undefined。結んだものは急がない。 */
export function entryUrgency(
  entry: { state: EntryState; due: Day | null; expires: Day | null },
  today: Day,
): "late" | "due" | "soon" | undefined {
  if (entry.state === "closed") return undefined;
  const past = (day: Day | null) => day !== null && day < today;
  if (past(entry.due) || past(entry.expires)) return "late";
  if (entry.due === today || entry.expires === today) return "due";
  const near = entry.expires !== null && entry.expires <= addDays(today, expiryWarningDays);
  return near || (entry.due !== null && daysBetween(today, entry.due) <= 3) ? "soon" : undefined;
}

/** 「協議 第3号」。 */
export function entryNumber(book: BookName, number: number): string {
  return `${bookOf(book).series} 第${number}号`;
}

/** 全角・半角、大文字・小文字をそろえて、すべての語を含むか。 */
export function entryHolds(text: string, query: string): boolean {
  const flat = (value: string) => value.normalize("NFKC").toLowerCase();
  const hay = flat(text);
  return flat(query)
    .split(/\s+/u)
    .every((word) => hay.includes(word));
}
