import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor, Role } from "../base/actor.ts";
import { type Day, dayOf, type Minute } from "../base/time.ts";
import { listFilings, openFiling, readFields } from "../filings/list-filings.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import type { ForecastDay } from "./forecast.ts";
import { pickDay } from "./open-day.ts";
import { readNeed } from "./read-need.ts";
import { coversDay, runsOf, type Shift, type SlotStaff, slotsOf, staffOf } from "./roster.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { refuseStaffing } from "./staffing-right.ts";
import { listRosterDays, listShifts, type StoredShift } from "./staffing-store.ts";

const deskRoles: readonly Role[] = ["operator", "supervisor", "manager"];

export interface RosterSlot extends SlotStaff {
  /** 見込みから要る席。 */
  need: number;
  short: number;
}

export interface RosterView {
  day: Day;
  nth: number;
  term: { id: string; label: string };
  /** 期の開設日と、その日の様子。 */
  days: readonly (ForecastDay & { state: "none" | "short" | "ok" | "broken"; seats: number })[];
  shifts: (Shift & { id: string })[];
  edition: number;
  slots: RosterSlot[];
  bothAllowed: boolean;
  handlers: HandlerName[];
  /** 責任者の報告（６(5)イ）が済んでいるか。 */
  managerFiled: boolean;
}

/** 要員: OP・SV と、SV を兼ねられる責任者（６(5)イ）。従業者番号の順。 */
export async function deskHandlers(office: Office, contract: string): Promise<HandlerName[]> {
  const names = await nameHandlers(office, contract);
  return [...names.values()]
    .filter(({ roles }) => roles.some((role) => deskRoles.includes(role)))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** 勤務表の一日。 */
export async function readRoster(
  office: Office,
  actor: Actor,
  hand: Pick<StaffingHand, "calls">,
  asked: string | undefined,
): Promise<RosterView> {
  refuseStaffing("see", actor);
  const { contract } = actor;
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const { term, days, picked } = pickDay(blueprint, today, asked);
  const slots = slotsOf(blueprint.hours);
  const [need, exceptions, saved, rows, handlers, managerFiled] = await Promise.all([
    readNeed(office, contract, hand, { days, slots, today }),
    listExceptions(office, contract),
    listRosterDays(office.read, contract, term.deskFrom, term.deskTo),
    listShifts(office.read, contract, term.deskFrom, term.deskTo),
    deskHandlers(office, contract),
    isManagerFiled(office, contract),
  ]);
  const byDay = Map.groupBy(rows, ({ day }) => day);
  const staffOn = (day: Day) =>
    staffOf((byDay.get(day) ?? []).map(shiftOf), slots, {
      bothAllowed: exceptions.some((fields) => coversDay(fields, day)),
    });
  const states = days.map((one) => {
    const staff = staffOn(one.day);
    const own = need.get(one.day) ?? [];
    const isSaved = saved.some(({ day }) => day === one.day);
    const isBroken = staff.some(({ missing }) => missing !== undefined);
    const isShort = staff.some(({ seats }, i) => seats < (own[i] ?? 0));
    const state = !isSaved ? "none" : isBroken ? "broken" : isShort ? "short" : "ok";
    return { ...one, state: state as "none" | "short" | "ok" | "broken", seats: Math.max(0, ...own) };
  });
  const own = need.get(picked.day) ?? [];
  return {
    ...{ day: picked.day, nth: picked.nth, term: { id: term.id, label: term.label }, days: states },
    shifts: inOrder(byDay.get(picked.day) ?? [], handlers),
    edition: saved.find(({ day }) => day === picked.day)?.edition ?? 0,
    slots: staffOn(picked.day).map((staff, i) => ({
      ...staff,
      need: own[i] ?? 0,
      short: Math.max(0, (own[i] ?? 0) - staff.seats),
    })),
    bothAllowed: exceptions.some((fields) => coversDay(fields, picked.day)),
    ...{ handlers, managerFiled },
  };
}

/** SV、兼務、OP の順。同じ役なら、早い人、従業者番号の順。 */
function inOrder(rows: readonly StoredShift[], handlers: readonly HandlerName[]): RosterView["shifts"] {
  const numberOf = new Map(handlers.map(({ id, number }) => [id, number]));
  const places = { supervisor: 0, both: 1, operator: 2 };
  const key = ({ duty, starts, handler_id }: StoredShift) =>
    `${places[duty]}|${starts}|${numberOf.get(handler_id) ?? ""}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1)).map((row) => ({ ...shiftOf(row), id: row.id }));
}

/** 半時間の在席。勤務が決まっていなければ undefined。 */
export async function readStaff(
  office: Office,
  contract: string,
  day: Day,
  slots: readonly Minute[],
): Promise<SlotStaff[] | undefined> {
  const [saved] = await listRosterDays(office.read, contract, day, day);
  if (!saved) return undefined;
  const [rows, bothAllowed] = await Promise.all([
    listShifts(office.read, contract, day, day),
    isBothAllowed(office, contract, day),
  ]);
  return staffOf(rows.map(shiftOf), slots, { bothAllowed });
}

/** その日に、SV が OP を兼ねてよいか（６(5)ア の協議に回答がある）。 */
export async function isBothAllowed(office: Office, contract: string, day: Day): Promise<boolean> {
  return (await listExceptions(office, contract)).some((fields) => coversDay(fields, day));
}

/** 回答のあった、兼務の協議。 */
async function listExceptions(office: Office, contract: string): Promise<Record<string, string>[]> {
  const actor: Actor = { id: "system", contract, roles: ["manager"] };
  const answered = (await listFilings(office, actor, { form: "roster-exception" })).filter(
    ({ state }) => state === "answered",
  );
  const opened = await Promise.all(answered.map(({ id }) => openFiling(office, actor, id)));
  return opened.map(({ filing }) => readFields(filing));
}

/** 責任者を定めて報告したか（６(5)イ）。差し戻されたものは数えない。 */
async function isManagerFiled(office: Office, contract: string): Promise<boolean> {
  const filed = await listFilings(office, { contract, roles: ["manager"] }, { form: "manager-notice" });
  return filed.some(({ state }) => state === "submitted" || state === "received");
}

export function shiftOf(row: StoredShift): Shift {
  return {
    ...{ handlerId: row.handler_id, duty: row.duty, starts: row.starts, ends: row.ends },
    lunch:
      row.lunch_starts !== null && row.lunch_ends !== null
        ? { starts: row.lunch_starts, ends: row.lunch_ends }
        : undefined,
  };
}

/** 足りない半時間を、言葉で。 */
export function gapWords(slots: readonly SlotStaff[]): string[] {
  return runsOf(slots.filter(({ missing }) => missing !== undefined)).map(
    ({ from, to, missing }) => `${from}から${to}まで、${missing}。`,
  );
}
