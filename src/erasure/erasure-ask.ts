import { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";
import { type Instant, instantOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { withFaults } from "../platform/make-route.ts";
import type { Ask } from "../platform/route.ts";
import { type CopyHow, copyHows, type Selection } from "./erasure.ts";
import { type IncidentKind, incidentKinds, noteSteps } from "./incident.ts";
import { type PersonPick, type PickHow, pickHows } from "./person-holder.ts";

const keysOf = <T extends string>(record: Readonly<Record<T, unknown>>) => Object.keys(record) as [T, ...T[]];
const short = z.string().max(200).default("");
const long = z.string().max(20_000).default("");

export const planBody = z.object({
  scope: z.enum(["people", "period", "contract"]).default("contract"),
  from: short,
  to: short,
  label: short,
  numbers: z.string().max(4_000).default(""),
  /** 探して見つかった文書と、どこまで消すか。 */
  picks: z
    .array(
      z.object({
        holder: z.string().max(20),
        ref: z.string().max(120),
        how: z.enum(keysOf(pickHows) as [PickHow, ...PickHow[]]),
      }),
    )
    .max(400)
    .default([]),
  plannedDay: short,
  witnessAsked: z.coerce.boolean().default(false),
});
/** 申し出た方を探す言葉。 */
export const soughtBody = z.object({ name: z.string().max(100).default(""), contact: short });
export const witnessBody = z.object({ witness: z.string().max(400).default("") });
export const copyBody = z.object({
  set: z.string().max(60).default(""),
  how: z.enum(keysOf(copyHows) as [CopyHow, ...CopyHow[]]).default("destroyed"),
  day: short,
  place: z.string().max(400).default(""),
});
export const incidentBody = z.object({
  kind: z.enum(keysOf(incidentKinds) as [IncidentKind, ...IncidentKind[]]).default("sign"),
  noticedDay: short,
  noticedTime: short,
  place: long,
  items: long,
  situation: long,
  improper: z.coerce.boolean().default(false),
});
export const noteBody = z.object({ step: z.enum(noteSteps).default("told"), note: long });
export const windowBody = z.object({
  fromDay: short,
  fromTime: short,
  toDay: short,
  toTime: short,
  handler: short,
});
export const peopleBody = z.object({
  people: z
    .union([z.string(), z.number()])
    .transform((text) =>
      String(text)
        .normalize("NFKC")
        .replace(/[,人名件\s]/g, ""),
    )
    .pipe(z.string().regex(/^\d{1,7}$/, "人数を数字で入れてください。"))
    .transform(Number),
  basis: long,
});
export const preventBody = z.object({ measures: long, cause: long, prevention: long });
export const freezeBody = z.object({ on: z.string().default("") });

export function selectionOf(given: z.infer<typeof planBody>): Selection {
  const { scope, from, to, label } = given;
  if (scope === "period") return { scope, from, to, label: label.slice(0, 60) };
  if (scope === "contract") return { scope };
  const words = given.numbers
    .normalize("NFKC")
    .split(/[\s,、]+/u)
    .filter((word) => word !== "");
  if (words.some((word) => !/^\d{1,9}$/.test(word)))
    throw new AppError("BAD_INPUT", "受付番号を、数字だけで入れてください。", {
      faults: [{ field: "numbers", message: "受付番号を、「、」か空白で区切って数字で入れてください。" }],
    });
  return { scope, numbers: [...new Set(words.map(Number))], picks: given.picks };
}

/** 日と時刻の欄を瞬間に。読めなければ欄の名をつけて断る。 */
export function momentOf(prefix: "noticed" | "from" | "to", day: string, time: string): Instant {
  const faults: Fault[] = [];
  if (!isDay(day))
    faults.push({ field: `${prefix}Day`, message: "日を「2025-09-17」の形で入れてください。" });
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    faults.push({ field: `${prefix}Time`, message: "時刻を「15:00」の形で入れてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "日時に直すところがあります。", { faults });
  return instantOf(day, time);
}

/** 消去と事故の画面では、断りと重なりも、打ったままの画面で答える。 */
export function withRefusals(
  fn: () => Promise<Response>,
  again: (faults: readonly Fault[], message: string) => Promise<Response>,
): Promise<Response> {
  return withFaults(fn, again, ["BAD_INPUT", "REFUSED", "CONFLICT"]);
}

/** フォームの欄をそのまま。 */
export async function fieldsOf(ask: Ask): Promise<Record<string, string>> {
  return Object.fromEntries(await ask.form());
}

/** 「pick:letter:id/id」の欄を、選んだものに。「消さない」は除く。 */
export function picksIn(values: Readonly<Record<string, string>>): PersonPick[] {
  return Object.entries(values).flatMap(([name, how]) => {
    const [, holder, ref] = /^pick:([a-z]+):(.+)$/.exec(name) ?? [];
    return holder && ref && Object.hasOwn(pickHows, how) ? [{ holder, ref, how: how as PickHow }] : [];
  });
}
