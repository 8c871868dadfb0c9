import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type Age, ageNames, type Channel, channelNames } from "../opinions/period-rule.ts";
import { changeBody } from "./read-book.ts";
import { checklistBody, frameEntry, statusBody } from "./read-period.ts";
import type { SplitAct } from "./split-opinions.ts";

/** 本文の上限（バイト）。 */
export const LETTER_BYTES = 60_000_000;
export const TABLE_BYTES = 100_000_000;
export const MAIL_BYTES = 200_000_000;

const at = z.coerce.number().int().min(0).max(10_000_000);

export const periodBodyAsk = z.object({
  title: z.string().max(200).default(""),
  from: z.string().max(10).default(""),
  to: z.string().max(10).default(""),
  checklist: checklistBody,
  shortReason: z.string().max(500).default(""),
  edition: z.coerce.number().int().optional(),
});
export const frameAsk = z.object({
  frame: z.array(frameEntry).max(500).optional(),
  statuses: z.array(statusBody).min(1).max(12).optional(),
});

const channel = z.enum(channelNames as [Channel, ...Channel[]]);
const age = z.enum(ageNames as [Age, ...Age[]]).default("none");
const short = z.string().max(200).default("");

/** 手で打つ一通。氏名などは、なくてもよい（無記名）。 */
export const letterAsk = z.object({
  channel,
  day: z.string().max(10),
  age,
  ward: z.string().max(40).default(""),
  kids: z.union([z.boolean(), z.literal("1").transform(() => true)]).default(false),
  signers: z.coerce.number().int().min(1).default(1),
  /** 一行に一人。「氏名　住所　電話」は、タブか「、」で区切る。 */
  name: z.string().max(4_000).default(""),
  address: short,
  contact: short,
  text: z.string().max(400_000).default(""),
});

/** 分け方の一手（欄は平ら。画面の form からも JSON からも同じ形）。 */
export const splitAsk = z.object({
  act: z.enum(["mark", "move", "clear", "merge", "remove", "propose", "find"]),
  start: at.optional(),
  end: at.optional(),
  to: z.string().max(64).optional(),
  into: z.string().max(64).optional(),
  from: z.string().max(64).optional(),
  opinion: z.string().max(64).optional(),
  words: z.string().max(10_000).optional(),
  edition: z.coerce.number().int().optional(),
});

/** 平らな欄から、一手に。足りない欄は BAD_INPUT。 */
export function splitOf(given: z.infer<typeof splitAsk>): SplitAct {
  const { act, start, end, to = "", into = "", from = "", opinion = "" } = given;
  if (act === "merge") return { act, into, from };
  if (act === "remove") return { act, opinion };
  if (act === "propose") return { act };
  if (act === "find") return { act, words: given.words ?? "" };
  if (start === undefined || end === undefined)
    throw new AppError("BAD_INPUT", "範囲（start と end）を書いてください。");
  return act === "move" ? { act, range: [start, end], to } : { act, range: [start, end] };
}

const id = z.string().max(2_000);
export const codeAsk = z.object({
  code: z.string().max(20).optional(),
  block: z.string().max(200).optional(),
  /** 二つめからの分類に足す・除く。 */
  add: z.string().max(20).optional(),
  drop: z.string().max(20).optional(),
});
export const withAsk = z.object({ with: id.min(1) });
export const answerAsk = z.object({
  summary: z.string().max(2_000).optional(),
  answer: z.string().max(8_000).optional(),
  status: z.string().max(4).optional(),
  changeRef: z.string().max(200).optional(),
  change: changeBody.optional(),
  edition: z.coerce.number().int().optional(),
});
/** いくつかの答えを、一度に。 */
export const answersAsk = z.object({
  answers: z
    .array(answerAsk.extend({ id: z.string().max(64) }))
    .min(1)
    .max(2_000),
});
export const answerForm = z.object({
  ...answerAsk.omit({ change: true }).shape,
  place: z.string().max(400).optional(),
  before: z.string().max(8_000).optional(),
  after: z.string().max(8_000).optional(),
  reason: z.string().max(2_000).optional(),
});
export const standAsk = z.object({
  standing: z.enum(["counted", "late", "copy"]),
  reason: z.string().max(1_000).default(""),
});
/** 文のない通（スキャンだけ、添付だけ）に、人が打つ文。 */
export const typeAsk = z.object({ text: z.string().max(400_000).default("") });
export const maskAsk = z.object({
  masks: z
    .array(
      z.object({
        start: at,
        end: at,
        kind: z.enum(["name", "address", "phone", "mail", "number", "other"]),
        byHand: z.boolean().optional(),
      }),
    )
    .max(2_000),
});
export const sortedAsk = z.object({
  letters: z
    .array(
      z.object({
        letter: z.string().max(64),
        opinions: z
          .array(
            z.object({ words: z.string().max(200_000), from: z.int().optional(), code: z.string().max(20) }),
          )
          .max(500),
      }),
    )
    .min(1)
    .max(20_000),
});
export const roundAsk = z.object({
  department: z.string().trim().max(60).default(""),
  groups: z.array(z.string().max(64)).max(2_000),
  due: z.string().max(10).default(""),
});
