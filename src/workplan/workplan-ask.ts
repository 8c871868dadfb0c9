import { z } from "zod";
import type { Ask } from "../platform/route.ts";
import type { NewTask } from "./add-task.ts";
import type { TaskChange } from "./change-task.ts";
import type { DateMove } from "./move-date.ts";
import { readLinks } from "./plan-task.ts";
import { taskBody } from "./read-workplan.ts";

/** 作業の一覧を受ける本文の上限（バイト）。 */
export const TASKS_BYTES = 2_000_000;

const reason = z.string().max(500).default("");
export const moveBody = z.object({
  code: z.string().max(20).default(""),
  day: z.string().max(10).default(""),
  behind: z.enum(["linked", "later"]).default("linked"),
});
export const adoptBody = z.object({ tasks: z.array(taskBody).max(1_000), reason });
export const rebaseBody = moveBody.extend({ reason, edition: z.int() });
export const rebaseForm = moveBody.extend({ reason, edition: z.coerce.number().int() });

/** 画面では、作業の一覧は隠れた欄の JSON。 */
export const adoptForm = z.object({
  tasks: z
    .string()
    .max(TASKS_BYTES)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "作業の一覧が読めません。取り込み直してください。" });
        return z.NEVER;
      }
    })
    .pipe(z.array(taskBody).max(1_000)),
  reason,
});

const dayField = z.string().max(10).default("");
export const taskForm = z.object({
  edition: z.coerce.number().int().optional(),
  owner: z.string().max(60).default(""),
  days: z.coerce.number().default(0),
  links: z.string().max(300).default(""),
  from: dayField,
  by: dayField,
  started: dayField,
  finished: dayField,
  progress: z.coerce.number().min(0).max(100).default(0),
});
const checked = z.string().optional();
/** 足す作業の欄。 */
export const newTaskForm = z.object({
  edition: z.coerce.number().int().optional(),
  name: z.string().max(200).default(""),
  group: z.string().max(60).default(""),
  owner: z.string().max(60).default(""),
  clause: z.string().max(60).default(""),
  days: z.coerce.number().default(1),
  links: z.string().max(300).default(""),
  from: dayField,
  by: dayField,
  before: z.string().max(20).default(""),
  milestone: checked,
  calendar: checked,
});
export const editionForm = z.object({ edition: z.coerce.number().int().optional() });

const nullableDay = z.string().max(10).nullable().optional();
export const newTaskBody = taskBody
  .pick({
    ...{ name: true, group: true, owner: true, clause: true, milestone: true, calendar: true },
    ...{ days: true, links: true, from: true, by: true },
  })
  .extend({ before: z.string().max(20).default(""), edition: z.int().optional() });
export const editionBody = z.object({ edition: z.int().optional() });
export const taskChangeBody = z.object({
  edition: z.int().optional(),
  owner: z.string().max(60).optional(),
  days: z.int().optional(),
  links: taskBody.shape.links.unwrap().optional(),
  from: nullableDay,
  by: nullableDay,
  firm: z.boolean().optional(),
  started: nullableDay,
  finished: nullableDay,
  progress: z.number().min(0).max(100).optional(),
});

/** 画面の欄から、変えること。先行の書き方の誤りは、知らない記号として欄に出る。 */
export function changeOf(form: Omit<z.infer<typeof taskForm>, "edition">): TaskChange {
  const { links, from, by, started, finished, ...rest } = form;
  const read = readLinks(links);
  const day = (text: string) => (text === "" ? null : text);
  return {
    ...rest,
    links: read.error === undefined ? read.links : [{ of: links.trim(), kind: "FS", lag: 0 }],
    ...{ from: day(from), by: day(by), started: day(started), finished: day(finished) },
  };
}

/** 画面の欄から、足す作業。 */
export function newTaskOf(form: Omit<z.infer<typeof newTaskForm>, "edition">): NewTask & { before: string } {
  const { links, from, by, milestone, calendar, days, ...rest } = form;
  const read = readLinks(links);
  const isMilestone = milestone !== undefined;
  return {
    ...rest,
    links: read.error === undefined ? read.links : [{ of: links.trim(), kind: "FS", lag: 0 }],
    ...{ from: from === "" ? null : from, by: by === "" ? null : by },
    ...{ milestone: isMilestone, calendar: calendar !== undefined, days: isMilestone ? 0 : days },
  };
}

/** 省いた欄（undefined）を除く。 */
export function givenChange(body: Omit<z.infer<typeof taskChangeBody>, "edition">): TaskChange {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as TaskChange;
}

/** 画面の ?code=&day=&behind= から。 */
export function moveQuery(ask: Ask): DateMove {
  const {
    code = "",
    day = "",
    behind,
  } = {
    ...{ code: ask.query("code"), day: ask.query("day"), behind: ask.query("behind") },
  };
  return { code, day, behind: behind === "later" ? "later" : "linked" };
}
