import type { Role } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type Instant, instantOf } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import { addBusinessMinutes, type BusinessHours, endOfBusinessDay } from "../japan/business-hours.ts";
import { isDay } from "../japan/day.ts";

/** 仕事の種類。 */
export const taskKinds = {
  callback: "折り返し",
  confirm: "委託者への確認",
  report: "報告",
  prepare: "準備",
  fix: "手直し",
  other: "そのほか",
} as const;
export type TaskKind = keyof typeof taskKinds;

/** open=残っている、done=済んだ、dropped=しないと決めた。 */
export type TaskState = "open" | "done" | "dropped";
export const taskStateLabels: Record<TaskState, string> = { open: "残り", done: "済み", dropped: "取りやめ" };

/** 試みの結果。相手の名や話したことは書かない。 */
export const tryResults = {
  absent: "不在・応答なし",
  busy: "話し中",
  message: "伝言を頼んだ",
  reached: "話した（まだ終わらない）",
  waiting: "返事を待つ",
  other: "そのほか",
} as const;
export type TryResult = keyof typeof tryResults;

/** 仕事を割り当てられる役割。 */
export const taskRoles = [
  "operator",
  "supervisor",
  "manager",
  "planner",
  "privacy",
] as const satisfies Role[];
export type TaskRole = (typeof taskRoles)[number];

/** 期限の決め方。minutes は営業時間の分、days は営業日（1 が翌営業日中）。 */
export type DueRule =
  | { kind: "none" }
  | { kind: "at"; at: Instant }
  | { kind: "business-minutes"; minutes: number }
  | { kind: "business-days"; days: number };

/** 期限を数えるための、契約の暦と仕事の時間。 */
export interface TaskTerms {
  calendar: BusinessCalendar;
  hours: BusinessHours;
}

/** 期限。決めなければ null。 */
export function dueOf(rule: DueRule, from: Instant, { calendar, hours }: TaskTerms): Instant | null {
  switch (rule.kind) {
    case "none":
      return null;
    case "at":
      return rule.at;
    case "business-minutes":
      return addBusinessMinutes(calendar, hours, from, rule.minutes);
    case "business-days":
      return endOfBusinessDay(calendar, hours, from, rule.days);
  }
}

/** 手で書き足すときの、期限の選択肢。 */
export const dueChoices = {
  today: "本日中",
  next: "翌営業日中",
  "hours-2": "2営業時間以内",
  "days-3": "3営業日以内",
  at: "日時を決める",
  none: "期限なし",
} as const;
export type DueChoice = keyof typeof dueChoices;

/** 選択肢と日時から、期限の決め方。日時を決めるのに日がなければ断る。時刻を省けば仕事の終わる時。 */
export function readDue(
  choice: DueChoice,
  day: string,
  time: string,
  hours: BusinessHours,
): DueRule | { fault: Fault } {
  if (choice === "none") return { kind: "none" };
  if (choice === "today") return { kind: "business-days", days: 0 };
  if (choice === "next") return { kind: "business-days", days: 1 };
  if (choice === "days-3") return { kind: "business-days", days: 3 };
  if (choice === "hours-2") return { kind: "business-minutes", minutes: 120 };
  if (!isDay(day)) return { fault: { field: "day", message: "期限の日を入れてください。" } };
  const at = time === "" ? hours.close : time;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at))
    return { fault: { field: "time", message: "時刻は「15:00」の形で入れてください。" } };
  return { kind: "at", at: instantOf(day, at) };
}

export const taskLimits = { title: 80, clause: 30 } as const;

/** 題と条項の直すところ。題には個人情報を書かない（だれのことかは、つながりで示す）。 */
export function taskFaults(given: { title: string; clause: string }): Fault[] {
  const faults: Fault[] = [];
  const title = given.title.trim();
  if (title === "") faults.push({ field: "title", message: "することを、短く書いてください。" });
  if ([...title].length > taskLimits.title)
    faults.push({ field: "title", message: `${taskLimits.title}字までで書いてください。` });
  if (holdsContact(title))
    faults.push({
      field: "title",
      message:
        "電話番号・メールアドレス・郵便番号は書けません。だれのことかは、予約などへのつながりで示してください。",
    });
  if ([...given.clause].length > taskLimits.clause)
    faults.push({ field: "clause", message: `条項は${taskLimits.clause}字までで書いてください。` });
  return faults;
}

/** 電話番号、メールアドレス、郵便番号らしいものがあるか。 */
export function holdsContact(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/[‐‑–—―−ー]/g, "-");
  return (
    /(?<!\d)0\d{1,4}[-( ]?\d{1,4}[-) ]?\d{3,4}(?!\d)/.test(plain) ||
    /[\w.+-]+@[\w-]+\.\w+/.test(plain) ||
    /〒|(?<!\d)\d{3}-\d{4}(?!\d)/.test(plain)
  );
}

export type TaskAct = "take" | "try" | "done" | "drop" | "reopen";
const actLabels: Record<TaskAct, string> = {
  take: "引き受けること",
  try: "試みを記録すること",
  done: "済みにすること",
  drop: "取りやめること",
  reopen: "元に戻すこと",
};

/** その状態で、できることか。残っていれば何でも、閉じていれば元に戻すことだけ。 */
export function stateAllows(act: TaskAct, state: TaskState): boolean {
  return act === "reopen" ? state !== "open" : state === "open";
}

/** できなければ REFUSED。 */
export function refuseTaskState(act: TaskAct, state: TaskState): void {
  if (stateAllows(act, state)) return;
  const now = state === "open" ? "まだ残っている" : `もう「${taskStateLabels[state]}」になっている`;
  throw new AppError(
    "REFUSED",
    `この仕事は${now}ので、${actLabels[act]}はできません。仕事の一覧を開き直してください。`,
  );
}

interface Placed {
  due: Instant | null;
  made_at: Instant;
  id: string;
}

/** 遅れ → 本日 → これから → 期限なし。同じ期限なら、先に頼まれたものから。 */
export function compareTasks(a: Placed, b: Placed): number {
  const key = (one: Placed) => `${one.due ?? "9999"}|${one.made_at}|${one.id}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
