import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Ask } from "../platform/route.ts";
import type { PlanQuery } from "./read-plan.ts";
import type { Duty, Shift } from "./roster.ts";
import type { ShiftRow } from "./roster-page.tsx";
import type { DrillOrder } from "./run-drill.ts";
import { mayStaff } from "./staffing-right.ts";
import type { StaffingTab } from "./staffing-tabs-panel.tsx";

const planNames = [
  ...["day", "basis", "simulate", "seed", "aht", "targetShare", "targetSeconds", "patience", "printed"],
] as const;
/** 一日に入れられる勤務の行の上限。 */
const MOST_ROWS = 60;

export function planQuery(ask: Ask): PlanQuery {
  return Object.fromEntries(planNames.map((name) => [name, ask.query(name) || undefined]));
}

/** この人には開けない画面。 */
export function hiddenTabs({ actor }: Ask): StaffingTab[] {
  const hidden: StaffingTab[] = [];
  if (!mayStaff("see", actor.roles)) hidden.push("roster", "people");
  if (!mayStaff("plan", actor.roles)) hidden.push("drill");
  return hidden;
}

const minute = z.string().max(5);
export const rosterBody = z.object({
  day: z.string().max(10),
  edition: z.number().int().min(0),
  shifts: z
    .array(
      z.object({
        handler: z.string().max(64),
        duty: z.enum(["supervisor", "operator", "both"]),
        starts: minute,
        ends: minute,
        lunchStarts: minute.optional(),
        lunchEnds: minute.optional(),
      }),
    )
    .max(MOST_ROWS),
});
export const drillBody = z.object({
  seed: z.number().int(),
  calls: z.number().int().optional(),
  operators: z.number().int().optional(),
});

/** フォームの行。従業者を選んでいない行は除く前のまま返す。 */
export function formRows(form: ReadonlyMap<string, string>): ShiftRow[] {
  const count = [...form.keys()].filter((name) => /^handler-\d{1,2}$/.test(name)).length;
  const get = (name: string, at: number) => (form.get(`${name}-${at}`) ?? "").slice(0, 64);
  return Array.from({ length: Math.min(count, MOST_ROWS) }, (_, at) => ({
    ...{ handler: get("handler", at), duty: get("duty", at) },
    ...{ starts: tidy(get("starts", at)), ends: tidy(get("ends", at)) },
    ...{ lunchStarts: tidy(get("lunchStarts", at)), lunchEnds: tidy(get("lunchEnds", at)) },
  }));
}

/** 「９:００」「9:00」「900」→「09:00」。 */
function tidy(text: string): string {
  const plain = text.normalize("NFKC").trim();
  const found = /^(\d{1,2}):(\d{2})$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  return found ? `${found[1]?.padStart(2, "0")}:${found[2]}` : plain;
}

export function shiftsOf(rows: readonly ShiftRow[]): Shift[] {
  return rows
    .filter(({ handler }) => handler !== "")
    .map(({ handler, duty, starts, ends, lunchStarts, lunchEnds }) => ({
      ...{ handlerId: handler, starts, ends },
      duty: (["supervisor", "operator", "both"].includes(duty) ? duty : "operator") as Duty,
      lunch: lunchStarts || lunchEnds ? { starts: lunchStarts, ends: lunchEnds } : undefined,
    }));
}

export function drillOrder(form: ReadonlyMap<string, string>): DrillOrder {
  const number = (name: string) => {
    const text = (form.get(name) ?? "").normalize("NFKC").replace(/[,\s]/g, "");
    if (text === "") return undefined;
    const value = Number(text);
    if (Number.isInteger(value)) return value;
    throw new AppError("BAD_INPUT", "訓練の数は、整数で入れてください。", {
      faults: [{ field: name, message: "整数で入れてください。" }],
    });
  };
  return { seed: number("seed") ?? 1, calls: number("calls"), operators: number("operators") };
}
