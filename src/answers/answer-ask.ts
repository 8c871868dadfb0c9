import { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";
import { type Instant, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { tryResults } from "../tasks/task.ts";
import { complaintChannels, complaintTopics, severities } from "./complaint.ts";
import { pendingReasons } from "./inquiry.ts";
import { callbackPromises } from "./question.ts";

const keysOf = <T extends string>(record: Readonly<Record<T, unknown>>) => Object.keys(record) as [T, ...T[]];
const short = z.string().max(100).default("");
const long = z.string().max(20_000).default("");

export const complaintBody = z.object({
  severity: z.enum(keysOf(severities)).default("normal"),
  topic: z.enum(keysOf(complaintTopics)).default("other"),
  channel: z.enum(keysOf(complaintChannels)).default("phone"),
  receivedDay: short,
  receivedTime: short,
  content: long,
  note: long,
  persons: z.string().max(2_000).default(""),
});
export const handleBody = z.object({ response: long });
export const confirmBody = z.object({ prevention: long });
export const callBody = z.object({
  calledDay: short,
  calledTime: short,
  to: z.string().max(400).default(""),
  note: long,
});
export const reportBodySchema = z.object({ body: long });
export const questionBody = z.object({
  item: short,
  ask: long,
  caller: z.string().max(1_000).default(""),
  promise: z.enum(keysOf(callbackPromises)).default("120"),
});
export const sendBody = z.object({ body: long });
export const instructBody = z.object({ answer: long, from: z.string().max(400).default("") });
export const tryBody = z.object({ result: z.enum(keysOf(tryResults)) });
export const tellBody = z.object({ note: long });
const day = z
  .string()
  .max(10)
  .default("")
  .refine((text) => text === "" || isDay(text), "日を「2025-09-17」の形で入れてください。");
export const faqBody = z.object({
  category: z.string().max(200).default(""),
  question: z.string().max(1_000).default(""),
  answer: long,
  reading: z.string().max(1_000).default(""),
  synonyms: z.string().max(1_000).default(""),
  validFrom: day,
  validUntil: day,
  reason: z.string().max(400).default(""),
});
export const whyBody = z.object({ why: z.string().max(1_000).default("") });
export const missBody = z.object({ words: z.string().max(200) });
export const tallyBody = z.object({ item: z.string().max(40) });
export const recordBody = z.object({
  item: z.string().max(40).default(""),
  content: long,
  reason: z.enum(keysOf(pendingReasons)).or(z.literal("")).default(""),
  important: z.coerce.boolean().default(false),
  needsPersonal: z.coerce.boolean().default(false),
});
export const handBody = z.object({ receiver: z.string().max(400).default("") });

/** 日と時刻の欄を瞬間に。読めなければ欄の名をつけて断る。 */
export function momentOf(prefix: "received" | "called", dayText: string, time: string): Instant {
  const faults: Fault[] = [];
  if (!isDay(dayText))
    faults.push({ field: `${prefix}Day`, message: "日を「2025-09-17」の形で入れてください。" });
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    faults.push({ field: `${prefix}Time`, message: "時刻を「15:00」の形で入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "日時に直すところがあります。", { faults });
  return instantOf(dayText, time);
}

/** faqBody から問いの中身。 */
export function faqOf(given: z.infer<typeof faqBody>) {
  const { validFrom, validUntil, ...rest } = given;
  return { ...rest, validFrom: validFrom || null, validUntil: validUntil || null };
}
