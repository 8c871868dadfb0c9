import { z } from "zod";
import { isDay } from "../japan/day.ts";

export const daySchema = z.string().refine(isDay, "「2025-09-11」の形で、暦にある日を書いてください。");
const idSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/,
    "英小文字・数字・ハイフンの「complaint-report」の形で書いてください。",
  )
  .max(80);
const eventKindSchema = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/, "「complaint.recorded」の形で書いてください。");
const matchSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const count = z.int().min(0).max(3_650);

/** 時の長さ。単位を一つだけ書く。 */
export const spanSchema = z.union([
  z.strictObject({ businessDays: count }),
  z.strictObject({ businessHours: count }),
  z.strictObject({ hours: count }),
  z.strictObject({ days: count }),
  z.strictObject({ weeks: count }),
  z.strictObject({ months: count }),
  z.strictObject({ years: count }),
]);

/**
 * 設計図の日付から決まる時点。term は期ごとの義務ではその期、ほかは最初（last- は最後）の期。
 * event-day は、生じさせた記録が言う日（会議の日など。payload の day）。日が動けば、期限も動く。
 */
export const anchorSchema = z.enum([
  "trigger",
  "contract-start",
  "contract-end",
  "fiscal-year-end",
  "term-start",
  "term-end",
  "term-dispatch-end",
  "first-term-start",
  "last-term-end",
  "last-term-dispatch-end",
  "event-day",
]);

/** 時を表す言葉。長さは設計図の words で決める。 */
export const timeWords = ["immediately", "promptly", "withoutDelay", "beforehand"] as const;
export const timeWordLabels: Readonly<Record<(typeof timeWords)[number], string>> = {
  immediately: "直ちに",
  promptly: "速やかに",
  withoutDelay: "遅滞なく",
  beforehand: "あらかじめ",
};

export const wordsSchema = z.strictObject({
  immediately: spanSchema.default({ businessHours: 1 }),
  promptly: spanSchema.default({ businessDays: 3 }),
  withoutDelay: spanSchema.default({ businessDays: 5 }),
  beforehand: spanSchema.default({ businessDays: 5 }),
});

const whenSchema = z.union([
  /** 契約の時点に一度。 */
  z.strictObject({ at: anchorSchema.exclude(["trigger"]) }),
  /** その日に一度。 */
  z.strictObject({ date: daySchema }),
  /**
   * くり返し。from は、期間の始めと終わりのどちらで生じるか（既定は終わり）。
   * only は期の番号（term だけ）。during: desk は、開設期間の間の日だけ（business-day だけ）。
   */
  z.strictObject({
    each: z.enum(["month", "quarter", "term", "year", "business-day", "meeting"]),
    from: z.enum(["start", "end"]).optional(),
    only: z.array(z.string()).optional(),
    during: z.enum(["contract", "desk"]).optional(),
  }),
  /** 記録が一つあるごとに。 */
  z.strictObject({ event: eventKindSchema, with: matchSchema.optional() }),
  /** 起きたと人が言ったときだけ（obligation.raised）。 */
  z.strictObject({ asked: z.literal(true) }),
]);

const ruleSchema = z.union([
  z.strictObject({ date: daySchema }),
  z.strictObject({
    endOf: z.enum(["day", "month", "next-month", "quarter", "term", "fiscal-year", "contract"]),
  }),
  /** 翌月10日のように、月の中の日。next は生じた月から何か月後か。 */
  z.strictObject({ dayOfMonth: z.int().min(1).max(31), next: z.int().min(0).max(12).default(0) }),
  z.strictObject({ word: z.enum(timeWords), of: anchorSchema.optional() }),
  z.strictObject({ before: spanSchema, of: anchorSchema }),
  /** of の時点から span 後。of を省けば、生じた時から。 */
  z.strictObject({ after: spanSchema, of: anchorSchema }),
  /** その時点まで。 */
  z.strictObject({ by: anchorSchema }),
  /** 保管の期間。after を省けば契約の終わりから。この日までは捨てられない。 */
  z.strictObject({ keep: spanSchema, after: anchorSchema.optional() }),
  spanSchema,
  z.literal("none"),
]);

export const dueSchema = z.strictObject({
  /** 文書の言葉（「翌営業日中」）。 */
  text: z.string().default(""),
  rule: ruleSchema.default("none"),
  /** 期限が休みの日に当たるとき: 前の開庁日、翌開庁日、そのまま。 */
  closedDay: z.enum(["before", "next", "none"]).default("none"),
});

export const doneSchema = z.strictObject({
  event: eventKindSchema,
  with: matchSchema.optional(),
  /** about=生じさせた記録と同じもの、period=同じ月・期（payload の period）、省けば古いものから一つずつ。 */
  same: z.enum(["about", "period"]).optional(),
  /**
   * 提出のあとに待つ記録（同じものについての）。待つ間は waiting。
   * filing.submitted は、省けば委託者の受領・承認（filing.answered）を待つ。none は待たない。
   */
  awaits: z
    .union([z.literal("none"), z.strictObject({ event: eventKindSchema, with: matchSchema.optional() })])
    .optional(),
});

export const natures = ["act", "standing", "prohibition", "client"] as const;
/** 義務が果たされるまでに行えないこと。 */
export const blockWords = [
  "desk-open",
  "personal-data",
  "dispatch",
  "delivery",
  "completion",
  "subcontract",
  "remote-access",
  "takeout",
  "format-change",
  "publication",
  "survey-send",
  "contract-start",
] as const;

export const clauseSchema = z.strictObject({
  id: idSchema,
  /** 文書の番号（「6(9)」「別紙1 5(6)」）。 */
  number: z.string().min(1).max(40),
  parent: idSchema.optional(),
  title: z.string().max(200).default(""),
  text: z.string().max(20_000).default(""),
});

export const obligationSchema = z.strictObject({
  id: idSchema,
  clause: idSchema,
  /** だれが（文書の言葉。受託者、責任者、SV、委託者…）。 */
  actor: z.string().min(1).max(60),
  to: z.string().max(60).optional(),
  verb: z.string().min(1).max(40),
  object: z.string().max(300).default(""),
  format: z.string().max(60).optional(),
  /** 文書の一文。そのまま。 */
  quote: z.string().min(1).max(4_000),
  nature: z.enum(natures).default("act"),
  when: z
    .array(whenSchema)
    .min(1)
    .default([{ at: "contract-start" }]),
  due: dueSchema.prefault({}),
  done: z.array(doneSchema).default([]),
  /** 表明の見直し（standing と prohibition）。過ぎると黄になる。 */
  review: spanSchema.optional(),
  blocks: z.array(z.enum(blockWords)).default([]),
  /** 契約の終わりと解除のあとも残る。 */
  outlives: z.boolean().default(false),
  /** 解除（contract.ended の early）のとき、直ちに生じる: 返還、消去、引継ぎ。 */
  onEnd: z.boolean().default(false),
  /** 果たすために出す届出の様式（filings の form）。画面が下書きへつなぐ。 */
  form: z.string().max(60).optional(),
  note: z.string().max(500).optional(),
});

/** 準用する文書の一つの指し方。 */
export const applySchema = z.union([
  z.string().regex(/^[a-z0-9-]+$/),
  z.strictObject({
    document: z.string().regex(/^[a-z0-9-]+$/),
    /** 番号の前に置く名。省けば文書の prefix。 */
    prefix: z.string().max(20).optional(),
    /** 読み替え。条項の文、義務の主体・相手・目的語に当てる。 */
    replace: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })).default([]),
    /** 当てはめない義務の id。 */
    without: z.array(idSchema).default([]),
  }),
]);

/** 準用される文書（blueprints/<name>.yaml）。 */
export const documentSchema = z.strictObject({
  format: z.literal("madoguchi-document/1"),
  document: z.strictObject({
    /** applies で指す名（ファイルの名と同じ）。 */
    name: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string().min(1),
    prefix: z.string().min(1).max(20),
  }),
  clauses: z.array(clauseSchema),
  obligations: z.array(obligationSchema),
});

export type Span = z.infer<typeof spanSchema>;
export type Anchor = z.infer<typeof anchorSchema>;
export type TimeWord = (typeof timeWords)[number];
export type Words = z.infer<typeof wordsSchema>;
export type When = z.infer<typeof whenSchema>;
export type DueRule = z.infer<typeof ruleSchema>;
export type Due = z.infer<typeof dueSchema>;
export type Done = z.infer<typeof doneSchema>;
export type Clause = z.infer<typeof clauseSchema>;
export type Obligation = z.infer<typeof obligationSchema>;
export type Nature = (typeof natures)[number];
export type BlockWord = (typeof blockWords)[number];
export type Apply = z.infer<typeof applySchema>;
export type AppliedDocument = z.infer<typeof documentSchema>;
