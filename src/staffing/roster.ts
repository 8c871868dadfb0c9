import type { Day, Minute } from "../base/time.ts";
import { minutes } from "./replan-day.ts";

/** 勤務の役。both は、SV が OP を兼ねる（委託者との協議があるときだけ）。 */
export const duties = { supervisor: "SV", operator: "OP", both: "SV兼OP" } as const;
export type Duty = keyof typeof duties;

/** 一人の一日の勤務。終わりの時刻は含まない。昼休みの間は席にいない。 */
export interface Shift {
  readonly handlerId: string;
  readonly duty: Duty;
  readonly starts: Minute;
  readonly ends: Minute;
  readonly lunch: { readonly starts: Minute; readonly ends: Minute } | undefined;
}

/** 半時間ごとの在席。 */
export interface SlotStaff {
  readonly start: Minute;
  readonly supervisors: number;
  readonly operators: number;
  readonly both: number;
  /** 電話を受けられる人（OP と SV兼OP）。 */
  readonly seats: number;
  /** SV と OP がそろわないとき、何が足りないか。 */
  readonly missing: string | undefined;
}

/** 開設時間の半時間。終わりの半端は一つの枠にする。 */
export function slotsOf({ open, close }: { open: Minute; close: Minute }): Minute[] {
  const slots: Minute[] = [];
  for (let at = minutes(open); at < minutes(close); at += 30) slots.push(clock(at));
  return slots;
}

export function clock(minute: number): Minute {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** その半時間の間ずっと席にいるか。一部でも欠ければ、いないとみなす。 */
export function isPresent(shift: Shift, start: Minute): boolean {
  const [from, to] = [minutes(start), minutes(start) + 30];
  if (minutes(shift.starts) > from || minutes(shift.ends) < to) return false;
  if (!shift.lunch) return true;
  return minutes(shift.lunch.ends) <= from || minutes(shift.lunch.starts) >= to;
}

/**
 * 半時間ごとに数える。SV一名と OP一名（別の人）がいなければ missing。
 * 協議で認められた日だけ、SV兼OP の一名でよい。仕様書６(5)ア。
 */
export function staffOf(
  shifts: readonly Shift[],
  slots: readonly Minute[],
  { bothAllowed }: { bothAllowed: boolean },
): SlotStaff[] {
  return slots.map((start) => {
    const here = shifts.filter((shift) => isPresent(shift, start));
    const people = (duty: Duty) =>
      new Set(here.filter((one) => one.duty === duty).map(({ handlerId }) => handlerId)).size;
    const [supervisors, operators, both] = [people("supervisor"), people("operator"), people("both")];
    return {
      ...{ start, supervisors, operators, both, seats: operators + both },
      missing: missingOf({ supervisors, operators, both }, bothAllowed),
    };
  });
}

function missingOf(
  { supervisors, operators, both }: { supervisors: number; operators: number; both: number },
  bothAllowed: boolean,
): string | undefined {
  if (both > 0 && bothAllowed) return undefined;
  // 認められていない SV兼OP は、SV として一人に数えるだけ。
  const leaders = supervisors + both;
  if (leaders === 0 && operators === 0) return "SV と OP がいません";
  if (leaders === 0) return "SV がいません";
  if (operators === 0) return "OP がいません";
  return undefined;
}

export interface RosterFault {
  /** 何行目の勤務か（0 から）。日ぜんたいのことなら undefined。 */
  readonly row: number | undefined;
  readonly message: string;
}

/** 勤務の決まり。 */
export interface RosterRules {
  readonly slots: readonly Minute[];
  /** 従業者の id と、SV になれるか、電話を受けられるか。 */
  readonly known: ReadonlyMap<string, { readonly leads: boolean; readonly answers: boolean }>;
  readonly bothAllowed: boolean;
}

/** 勤務そのものの誤り（時刻、重なり、昼休み、兼務の許し）。 */
export function shiftFaults(
  shifts: readonly Shift[],
  { known, bothAllowed }: Pick<RosterRules, "known" | "bothAllowed">,
): RosterFault[] {
  return shifts.flatMap((shift, row): RosterFault[] => {
    const say = (message: string) => [{ row, message }];
    const { starts, ends, lunch } = shift;
    const roles = known.get(shift.handlerId);
    if (!roles) return say("従業者を選んでください。");
    if (shift.duty !== "operator" && !roles.leads)
      return say("SV の役割のない人は、SV にできません（責任者は SV を兼ねられます）。");
    if (shift.duty !== "supervisor" && !roles.answers)
      return say("OP・SV の役割のない人は、電話の席に着けません。");
    if (!isMinute(starts) || !isMinute(ends) || starts >= ends)
      return say("勤務の時刻は、始まりを終わりより早くしてください（例 09:00 から 16:00）。");
    if (lunch && (!isMinute(lunch.starts) || !isMinute(lunch.ends) || lunch.starts >= lunch.ends))
      return say("昼休みの時刻は、始まりを終わりより早くしてください。");
    if (lunch && (lunch.starts < starts || lunch.ends > ends))
      return say("昼休みは、勤務の時間の中に入れてください。");
    if (minutes(ends) - minutes(starts) > 6 * 60 && !lunch)
      return say("6時間を超える勤務には、昼休みを入れてください。");
    const twice = shifts.findIndex(
      (other) => other.handlerId === shift.handlerId && other.starts < ends && starts < other.ends,
    );
    if (twice < row) return say("同じ人の勤務が重なっています。");
    if (shift.duty === "both" && !bothAllowed)
      return say("SV が OP を兼ねるには、委託者との協議（６(5)ア）の回答が要ります。");
    return [];
  });
}

/** その日の勤務を断る理由。空なら受けられる。 */
export function rosterFaults(shifts: readonly Shift[], rules: RosterRules): RosterFault[] {
  const own = shiftFaults(shifts, rules);
  if (own.length > 0) return own;
  const gaps = staffOf(shifts, rules.slots, rules).filter(({ missing }) => missing !== undefined);
  return runsOf(gaps).map(({ from, to, missing }) => ({
    row: undefined,
    message: `${from}から${to}まで、${missing}。`,
  }));
}

/** 続く半時間の同じ不足を、一つにまとめる。 */
export function runsOf(gaps: readonly SlotStaff[]): { from: Minute; to: Minute; missing: string }[] {
  const runs: { from: Minute; to: Minute; missing: string }[] = [];
  for (const { start, missing = "" } of gaps) {
    const last = runs.at(-1);
    const next = clock(minutes(start) + 30);
    if (last && last.to === start && last.missing === missing) last.to = next;
    else runs.push({ from: start, to: next, missing });
  }
  return runs;
}

function isMinute(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** 兼務の協議（様式 roster-exception）が、その日を含むか。 */
export function coversDay(fields: Readonly<Record<string, string>>, day: Day): boolean {
  return (fields.from ?? "9999") <= day && day <= (fields.to ?? "");
}
