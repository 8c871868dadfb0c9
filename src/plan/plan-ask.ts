import { z } from "zod";
import { figureForms } from "../manuscript/manuscript.ts";
import { type BlockContent, reviewStates } from "./plan-block.ts";
import { numberSchemeNames } from "./plan-outline.ts";
import { planStages, stageLabels } from "./plan-version.ts";
import { matchMarks } from "./upper.ts";

/** 一つの部分を直す本文の上限（バイト）。 */
export const BLOCK_BYTES = 512 * 1024;
/** 原稿の一式（zip）の上限（バイト）。 */
export const FOLDER_BYTES = 128 * 1024 * 1024;

const text = (most: number) => z.string().max(most);
/** 章立てから始める。 */
export const startBody = z.object({
  title: text(120).trim().min(1),
  subtitle: text(120).trim().default(""),
  scheme: z.enum(numberSchemeNames).default("chapter"),
  outline: text(40_000),
});
const common = {
  covers: z.array(text(20)).max(50).optional(),
  marks: z.record(z.string(), z.string()).optional(),
};
const cells = z.array(z.array(text(2000)).max(40)).max(500);
const look = {
  wide: z.boolean().optional(),
  widths: z.array(z.number().positive()).max(40).optional(),
  source: text(500).optional(),
};
const sheet = { caption: text(300), header: z.array(text(300)).max(40), rows: cells, ...look };

/** 部分の中身の JSON の形。 */
export const contentBody = z.discriminatedUnion("kind", [
  z.object({
    ...{ ...common, kind: z.literal("heading"), level: z.int().min(1).max(6), text: text(300) },
    ...{ annex: z.boolean().optional(), unnumbered: z.boolean().optional() },
  }),
  z.object({ ...common, kind: z.literal("paragraph"), text: text(50_000) }),
  z.object({ ...common, kind: z.literal("footnote"), text: text(5000) }),
  z.object({ ...common, kind: z.literal("list"), ordered: z.boolean(), items: z.array(text(5000)).max(300) }),
  z.object({ ...common, kind: z.literal("table"), ...sheet }),
  z.object({ ...common, kind: z.literal("kpi"), ...sheet }),
  z.object({
    ...{ ...common, kind: z.literal("figure"), caption: text(300), data: text(300), source: text(500) },
    ...{ alt: text(1000), unit: text(40), form: z.enum(figureForms as unknown as [string]).optional() },
  }),
  z.object({
    ...{ ...common, kind: z.literal("photo"), caption: text(300), src: text(300), alt: text(1000) },
    rights: text(500),
  }),
  z.object({
    ...{ ...common, kind: z.literal("measure"), title: text(300), owner: text(100) },
    ...{ upper: z.array(text(20)).max(50), period: text(100).optional() },
  }),
  z.object({ ...common, kind: z.literal("column"), title: text(300) }),
]) as unknown as z.ZodType<BlockContent>;

export const changeBody = z.object({
  /** 直すための文字（content を言わないとき）。 */
  text: text(50_000).optional(),
  content: contentBody.optional(),
  expectedVersion: z.int().min(1),
  reason: text(500).default(""),
  tracked: z.boolean().default(false),
});
export const changeForm = z.object({
  text: text(50_000),
  expectedVersion: z.coerce.number().int().min(1),
  reason: text(500).default(""),
  tracked: z.string().optional(),
});

const place = { after: z.string().max(100).nullable(), inside: z.boolean().default(false) };
export const insertBody = z.object({
  ...place,
  content: contentBody,
  id: z
    .string()
    .regex(/^\^?[\p{L}\p{N}_.-]{1,60}$/u)
    .optional(),
  tracked: z.boolean().default(false),
});
export const arrangeBody = z.discriminatedUnion("act", [
  z.object({ act: z.literal("move"), ...place }),
  z.object({ act: z.literal("remove"), reason: text(500).default("") }),
  z.object({ act: z.literal("restore") }),
  z.object({ act: z.literal("revert"), version: z.int().min(0) }),
  z.object({ act: z.literal("settle") }),
  z.object({ act: z.literal("unrecord") }),
  z.object({ act: z.literal("review"), review: z.enum(reviewStates) }),
]);
export const figureBody = z.object({
  figure: text(100),
  after: z.string().max(100).nullable(),
  tracked: z.boolean().default(false),
});
export const commentBody = z.object({ text: text(1000) });
export const asideBody = z.object({ act: z.enum(["use", "drop"]) });
/** 残す版。名がなければ、段の名。 */
export const versionBody = z
  .object({
    stage: z.enum(planStages),
    name: text(60).default(""),
    note: text(500).default(""),
  })
  .transform((given) => ({ ...given, name: given.name || stageLabels[given.stage] }));
export const reasonsBody = z.object({
  reasons: z
    .array(z.object({ block: text(100), passage: text(40).optional(), reason: text(500) }))
    .min(1)
    .max(5000),
});
export const matchBody = z.object({
  measure: text(100),
  upperId: text(100),
  mark: z.enum([...matchMarks, ""]).transform((mark) => (mark === "" ? null : mark)),
  note: text(500).default(""),
});
