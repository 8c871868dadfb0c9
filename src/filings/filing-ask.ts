import { z } from "zod";
import { readAbout } from "../base/about.ts";
import { AppError, type Fault } from "../base/error.ts";
import { type Instant, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { Ask } from "../platform/route.ts";
import { answerFiling, type FilingAnswer } from "./answer-filing.ts";
import { draftFiling, type FilingInput } from "./draft-filing.ts";
import { type FilingKind, filingKinds } from "./filing.ts";
import { heardChannels } from "./filing-answer.ts";
import { findForm } from "./filing-form.ts";
import type { FilingHand } from "./filing-hand.ts";
import type { FilingFilter } from "./list-filings.ts";

const kindNames = Object.keys(filingKinds) as [FilingKind, ...FilingKind[]];
const short = z.string().max(100).default("");

export const contentShape = {
  title: z.string().max(400),
  clause: z.string().max(100).default(""),
  body: z.string().max(20_000).default(""),
  /** 様式の欄（名は様式による）。 */
  fields: z.record(z.string().max(40), z.string().max(10_000)).optional(),
  copies: z.coerce.number().int().min(1).max(20).default(1),
  /** 提出の期限、または回答を望む日（「2025-09-22」）と時刻（「15:00」）。 */
  dueDay: short,
  dueTime: short,
};
const heardShape = {
  /** 委託者の言葉が届いた方法。委託者が自分で出す・答えるときは省く。 */
  channel: z.enum(heardChannels).or(z.literal("")).default(""),
  heardFrom: z.string().max(200).default(""),
  heardDay: short,
  heardTime: short,
};
export const filingBody = z.object({
  kind: z.enum(kindNames),
  form: z.string().max(60).optional(),
  obligation: z.string().max(300).optional(),
  ...contentShape,
  ...heardShape,
  about: z
    .string()
    .refine((text) => text === "" || readAbout(text) !== undefined, "「室/種類/番号」の形で入れてください。")
    .optional(),
});
export const editBody = z.object({ ...contentShape, edition: z.coerce.number().int() });
export const answerBody = z.object({
  outcome: z.enum(["approved", "refused", "returned", "received", "answered"]),
  text: z.string().max(10_000).default(""),
  ...heardShape,
});

/** 画面の欄（f.名）を、様式の欄にまとめる。 */
export function gatherFields(form: Readonly<Record<string, string>>): Record<string, unknown> {
  const fields: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(form))
    if (name.startsWith("f.")) fields[name.slice(2)] = value;
    else if (value !== "" || !["form", "obligation", "copies", "about"].includes(name)) rest[name] = value;
  return Object.keys(fields).length > 0 ? { ...rest, fields } : rest;
}

const filterSchema = z.object({
  form: z.string().max(60).optional(),
  clause: z.string().max(30).optional(),
  due: z.enum(["late", "due", "soon"]).optional().catch(undefined),
  kind: z.enum(kindNames).optional().catch(undefined),
  group: z.enum(["waiting", "draft", "closed"]).optional().catch(undefined),
});

export function filterOf(ask: Ask): FilingFilter {
  const given = (name: string) => ask.query(name) || undefined;
  return filterSchema.parse({
    ...{ kind: given("kind"), group: given("group"), due: given("due") },
    form: findForm(given("form"))?.code,
    clause: given("clause")?.trim().slice(0, 30) || undefined,
  });
}

/** 日と時刻の欄を瞬間に。日が空なら undefined、読めなければ欄の名をつけて断る。 */
function momentOf(prefix: "due" | "heard", day: string, time: string, close: string): Instant | undefined {
  if (day === "" && time === "") return undefined;
  const faults: Fault[] = [];
  if (!isDay(day))
    faults.push({ field: `${prefix}Day`, message: "日を「2025-09-17」の形で入れてください。" });
  const minute = time === "" ? close : time;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(minute))
    faults.push({ field: `${prefix}Time`, message: "時刻を「15:00」の形で入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "日時に直すところがあります。", { faults });
  return instantOf(day, minute);
}

export async function contentOf(
  ask: Ask,
  hand: FilingHand,
  given: Pick<z.infer<typeof filingBody>, keyof typeof contentShape>,
): Promise<FilingInput> {
  const { close } = await hand.parties(ask.office, ask.actor.contract);
  const { title, clause, body, fields, copies } = given;
  return { title, clause, body, fields, copies, due: momentOf("due", given.dueDay, given.dueTime, close) };
}

function heardOf(given: z.infer<typeof answerBody> | z.infer<typeof filingBody>): FilingAnswer["heard"] {
  const { channel } = given;
  if (channel === "") return undefined;
  const at = momentOf("heard", given.heardDay, given.heardTime, "00:00");
  if (at === undefined)
    throw new AppError("BAD_INPUT", "受けた日時を入れてください。", {
      faults: [{ field: "heardDay", message: "受けた日時を入れてください。" }],
    });
  return { channel, at, from: given.heardFrom };
}

/** 下書きを作る（委託者の指示なら、受けたことを記録する）。 */
export async function draftGiven(
  ask: Ask,
  hand: FilingHand,
  given: z.infer<typeof filingBody>,
  onceKey: string | undefined,
): Promise<{ id: string; number: number }> {
  const content = await contentOf(ask, hand, given);
  const about = readAbout(given.about);
  const recording = filingKinds[given.kind].from === "client" && !ask.actor.roles.includes("client");
  return draftFiling(ask.office, ask.actor, {
    ...content,
    kind: given.kind,
    form: given.form,
    obligation: given.obligation,
    about,
    heard: recording ? heardOf(given) : undefined,
    onceKey,
  });
}

export async function answerGiven(ask: Ask, given: z.infer<typeof answerBody>): Promise<void> {
  const { outcome, text } = given;
  await answerFiling(ask.office, ask.actor, ask.param("id"), { outcome, text, heard: heardOf(given) });
}
