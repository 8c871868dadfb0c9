import { z } from "zod";
import { type Role, roles } from "../base/actor.ts";
import { isDay } from "../japan/day.ts";
import type { Ask } from "../platform/route.ts";
import { type DutyState, dutyStates } from "./duty.ts";
import type { OwedFilter } from "./read-owed.ts";

export const markBody = z.strictObject({
  note: z.string().max(2_000).optional(),
  ref: z.string().max(200).optional(),
});
export const attestBody = z.strictObject({ ...markBody.shape, until: z.string().max(10).optional() });
export const raiseBody = z.strictObject({
  note: z.string().max(2_000).optional(),
  day: z.string().max(10).optional(),
  time: z.string().max(5).optional(),
});
export const retractBody = z.strictObject({ entry: z.string().max(64) });
export const changeBody = z.strictObject({ yaml: z.string().max(4_000_000) });
export const confirmBody = z.strictObject({
  yaml: z.string().max(4_000_000),
  before: z.string().max(64),
  reason: z.string().max(200),
});
export const endBody = z.strictObject({ on: z.string().max(10), early: z.boolean() });

/** いま果たすことの色（済みと、なしのほか）。 */
export const openStates: readonly DutyState[] = ["late", "due", "waiting"];

/** 問い合わせの絞り込み。知らない値は、絞らない。 */
export function filterOf(ask: Ask): OwedFilter {
  const [state, role, day] = [ask.query("state"), ask.query("role"), ask.query("day")];
  const known = dutyStates.find((one) => one === state);
  const all = ask.query("all") === "1" || day !== undefined;
  return {
    states: known === undefined ? (all ? undefined : openStates) : [known],
    role: roles.find((one): one is Role => one === role),
    day: day !== undefined && isDay(day) ? day : undefined,
  };
}
