import { z } from "zod";
import { readAbout } from "../base/about.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Ask } from "../platform/route.ts";
import { closeTask, reopenTask } from "./close-task.ts";
import type { TaskFilter } from "./list-tasks.ts";
import { type OpenedTask, openTask } from "./open-task.ts";
import { recordAttempt } from "./record-attempt.ts";
import { dueChoices, readDue, taskKinds, taskRoles, taskStateLabels, tryResults } from "./task.ts";
import type { TaskHand } from "./task-hand.ts";

const keysOf = <T extends string>(record: Readonly<Record<T, string>>) => Object.keys(record) as [T, ...T[]];
const filterSchema = z.object({
  state: z.enum(keysOf(taskStateLabels)).optional().catch(undefined),
  kind: z.enum(keysOf(taskKinds)).optional().catch(undefined),
  when: z.enum(["late", "due", "soon", "none"]).optional().catch(undefined),
  holder: z.enum(["me", "free"]).optional().catch(undefined),
});
export const taskBody = z.object({
  kind: z.enum(keysOf(taskKinds)),
  title: z.string().max(400),
  clause: z.string().max(100).default(""),
  role: z.enum(taskRoles),
  due: z.enum(keysOf(dueChoices)),
  day: z.string().max(20).default(""),
  time: z.string().max(20).default(""),
  about: z
    .string()
    .refine((text) => readAbout(text) !== undefined, "「室/種類/番号」の形で入れてください。")
    .optional(),
  /** 同じきっかけからは一つだけ。 */
  cause: z.string().min(1).max(200).optional(),
});
export const tryBody = z.object({
  result: z.enum(keysOf(tryResults)),
  next: z.enum(keysOf(dueChoices)).optional(),
});
export const takeBody = z.object({ to: z.string().min(1).max(64).optional() });
/** 閉じる・戻すの三つ。 */
export const verbs = ["done", "drop", "reopen"] as const;

export function filterOf(ask: Ask): TaskFilter {
  const given = Object.fromEntries(
    ["state", "kind", "when", "holder"].map((name) => [name, ask.query(name)]),
  );
  return filterSchema.parse(given);
}

export async function openGiven(
  ask: Ask,
  hand: TaskHand,
  given: z.infer<typeof taskBody>,
): Promise<OpenedTask> {
  const terms = await hand.terms(ask.office, ask.actor.contract);
  const due = readDue(given.due, given.day, given.time, terms.hours);
  if ("fault" in due)
    throw new AppError("BAD_INPUT", "期限に直すところがあります。", { faults: [due.fault] });
  const about = readAbout(given.about);
  const { kind, title, clause, role, cause } = given;
  return openTask(ask.office, ask.actor, terms, {
    ...{ kind, title, clause, role, due },
    ...(about ? { about } : {}),
    ...(cause === undefined ? {} : { cause }),
  });
}

export async function act(ask: Ask, verb: (typeof verbs)[number]): Promise<void> {
  const id = ask.param("id");
  if (verb === "reopen") return reopenTask(ask.office, ask.actor, id);
  return closeTask(ask.office, ask.actor, id, verb === "done" ? "done" : "dropped");
}

export async function tryGiven(
  ask: Ask,
  hand: TaskHand,
  { result, next }: z.infer<typeof tryBody>,
): Promise<void> {
  const terms = await hand.terms(ask.office, ask.actor.contract);
  const rule = next === undefined ? undefined : readDue(next, dayOf(ask.now), "", terms.hours);
  const renewed = rule === undefined || "fault" in rule ? undefined : { rule, terms };
  await recordAttempt(ask.office, ask.actor, ask.param("id"), result, renewed);
}

export const verbLabels = { done: "済みにする", drop: "取りやめる", reopen: "元に戻す" } as const;
