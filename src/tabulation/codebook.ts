import { parse } from "yaml";
import { z } from "zod";
import { japaneseIssue } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { settleSpelling } from "./codebook-spelling.ts";

/** 答えのないことの四つ。互いに代わりにならない。 */
export const missingKinds = {
  noAnswer: "無回答",
  notApplicable: "非該当",
  unknown: "不明",
  dontKnow: "わからない",
} as const;
export type MissingKind = keyof typeof missingKinds;

const codeSchema = z.union([z.string(), z.number()]).transform(String);
const codesSchema = z.union([codeSchema.transform((one) => [one]), z.array(codeSchema)]);

const optionSchema = z.object({
  code: codeSchema,
  label: z.string(),
  /** 図や表で使う短い名。 */
  short: z.string().optional(),
  /** 「特にない」のように、ほかと一緒には選ばれないはずのもの。 */
  exclusive: z.boolean().optional(),
  /** 平均を出すときの点。 */
  score: z.number().optional(),
  /** 「その他」に書かれた言葉の列の名。 */
  write: z.string().optional(),
});

/** 選択肢は、{code,label} の並び、{コード: 名} の組、名の並び（コードは 1 から）のどれでもよい。 */
const optionsSchema = z
  .union([
    z.array(z.union([optionSchema, z.string().transform((label) => ({ code: "", label }))])),
    z
      .record(z.string(), z.string())
      .transform((map) => Object.entries(map).map(([code, label]) => ({ code, label }))),
  ])
  .transform((options) =>
    options.map((one, at): Option => ({ ...one, code: one.code === "" ? String(at + 1) : one.code })),
  );
export type Option = z.infer<typeof optionSchema>;

const missingSchema = z
  .union([
    codesSchema.transform((codes) => ({ noAnswer: codes })),
    z.strictObject({
      noAnswer: codesSchema.optional(),
      notApplicable: codesSchema.optional(),
      unknown: codesSchema.optional(),
      dontKnow: codesSchema.optional(),
    }),
  ])
  .default({});

const questionSchema = z.object({
  id: codeSchema,
  text: z.string().default(""),
  /** 短い設問文（表の題）。 */
  short: z.string().optional(),
  type: z.enum(["sa", "ma", "number", "rank", "text", "matrix"]),
  /** 表の形の設問（type: matrix）の一行であるとき、その設問の id。行そのものは sa で書く。 */
  matrix: codeSchema.optional(),
  /** 列の名。省けば id。MA と順位は、一列（区切り）でも、選択肢ごとの列でもよい。 */
  columns: codesSchema.optional(),
  options: optionsSchema.default([]),
  missing: missingSchema,
  /**
   * 割合の分母。all（既定）は、聞かれた人（非該当を除き、無回答を含む）。answered は、答えた人だけ。
   */
  base: z.enum(["all", "asked", "answered"]).default("all"),
  /** 枝分かれ: この設問がこのコードの人にだけ聞く。 */
  when: z.object({ question: codeSchema, codes: codesSchema }).optional(),
  range: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
  /** まとめた割合（満足（計）など）。丸める前の数から出す。 */
  nets: z.array(z.object({ label: z.string(), codes: codesSchema })).default([]),
});
export type Question = z.infer<typeof questionSchema>;

const axisSchema = z.union([
  codeSchema.transform((id) => [id]),
  z.array(codeSchema),
  z.object({ nest: z.array(codeSchema) }).transform(({ nest }) => nest),
]);

const designSchema = z.object({
  weight: z.string().optional(),
  strata: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  /** 抽出の段ごとの列。 */
  cluster: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  /** 母集団の数（1 より大きい）か抽出率（1 以下）の列。段ごと。 */
  fpc: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  /** 無作為に抽出した調査か。標本誤差は、このときだけ出す。 */
  random: z.boolean().default(true),
});
export type Design = z.infer<typeof designSchema>;

const lettersSchema = z.object({
  level: z.number().min(0.0001).max(0.5).default(0.05),
  method: z.enum(["none", "bonferroni", "holm"]).default("bonferroni"),
  minBase: z.int().min(0).default(30),
});

const testsSchema = z
  .union([
    z.array(z.string()).transform((names) => ({
      chi2: names.some((one) => /chi|カイ/i.test(one)),
      ...(names.some((one) => /letter|z|列/i.test(one)) ? { letters: lettersSchema.parse({}) } : {}),
    })),
    z.object({ chi2: z.boolean().default(true), letters: lettersSchema.optional() }),
  ])
  .default({ chi2: true });

const marginSchema = z.object({
  question: codeSchema,
  targets: z.record(z.string(), z.number().min(0)),
});

const codebookSchema = z.object({
  format: z.string().default("madoguchi-codebook/1"),
  title: z.string().default("調査"),
  /** 回答者の番号の列。省けば行の番号。 */
  id: z.string().optional(),
  questions: z.array(questionSchema).min(1),
  /** 確かめる食い違い: when のように答えた人が、never のように答えるはずはない。 */
  logic: z
    .array(
      z.object({
        when: z.object({ question: codeSchema, codes: codesSchema }),
        never: z.object({ question: codeSchema, codes: codesSchema }),
        /** 見つけたときに言う文。 */
        say: z.string().optional(),
      }),
    )
    .default([]),
  axes: z.array(axisSchema).default([]),
  design: designSchema.default({ random: true }),
  tests: testsSchema,
  weighting: z
    .object({
      /** cell は全部の組合せ、rake は周辺ごと。 */
      rake: z.array(marginSchema).optional(),
      cell: z.object({ questions: codesSchema, targets: z.record(z.string(), z.number().min(0)) }).optional(),
      trim: z.object({ min: z.number().default(0.2), max: z.number().default(5) }).optional(),
    })
    .optional(),
  /** この人数に満たない分母に * を付ける。 */
  smallBase: z.int().min(0).default(30),
  /** この人数に満たない分母の割合は出さない（0 は、いつも出す）。 */
  suppressBelow: z.int().min(0).default(0),
});
export type Codebook = z.infer<typeof codebookSchema>;

/**
 * コードブック（YAML か JSON）を読む。
 * @throws AppError BAD_INPUT（形、知らない設問を指す軸、重なる id）。どこかを言う。
 */
export function readCodebook(text: string): Codebook {
  const raw = settleSpelling(parseText(text));
  const parsed = codebookSchema.safeParse(raw, { error: japaneseIssue });
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, 20)
      .map(({ path, message }) => ({ field: path.join("."), message: `${placeOf(raw, path)}: ${message}` }));
    throw new AppError("BAD_INPUT", `コードブックに直すところがあります。${faults[0]?.message ?? ""}`, {
      faults,
    });
  }
  checkReferences(parsed.data);
  return parsed.data;
}

/** 「設問 Q4 の base」のように、人の分かる場所の名。 */
function placeOf(raw: unknown, path: readonly PropertyKey[]): string {
  const [top, at, ...rest] = path;
  const questions = (raw as { questions?: unknown[] } | undefined)?.questions;
  if (top !== "questions" || typeof at !== "number" || !Array.isArray(questions)) return path.join(".");
  const id = (questions[at] as { id?: unknown } | undefined)?.id;
  return `設問 ${typeof id === "string" || typeof id === "number" ? id : `（${at + 1}番目）`} の ${rest.join(".")}`;
}

function parseText(text: string): unknown {
  try {
    // JSON は YAML の一部だが、JSON として読む方がずっと速い。
    if (/^\s*\{/.test(text)) return JSON.parse(text);
  } catch {
    // 波括弧で始まる YAML かもしれない。
  }
  try {
    return parse(text.replace(/^\ufeff/, ""), { maxAliasCount: 100 });
  } catch (cause) {
    const line =
      cause instanceof Error && "linePos" in cause && Array.isArray(cause.linePos)
        ? cause.linePos[0]?.line
        : undefined;
    throw new AppError(
      "BAD_INPUT",
      `コードブックが YAML（JSON）として読めません。${line ? `${line}行目のあたりです。` : ""}字下げと「:」の後の空白をご確認ください。`,
    );
  }
}

function checkReferences({ questions, axes, weighting, logic }: Codebook): void {
  const ids = new Set<string>();
  for (const { id } of questions) {
    if (ids.has(id)) throw new AppError("BAD_INPUT", `コードブックに、設問 ${id} が二度書かれています。`);
    ids.add(id);
  }
  const named = [
    ...axes.flat().map((id) => ["集計の軸", id]),
    ...questions.flatMap(({ when }) => (when ? [["枝分かれ", when.question]] : [])),
    ...logic.flatMap(({ when, never }) => [
      ["食い違いの確かめ", when.question],
      ["食い違いの確かめ", never.question],
    ]),
    ...questions.flatMap(({ matrix }) => (matrix === undefined ? [] : [["表の形の設問", matrix]])),
    ...(weighting?.rake ?? []).map(({ question }) => ["ウエイトの周辺", question]),
    ...(weighting?.cell?.questions ?? []).map((id) => ["ウエイトの組", id]),
  ];
  for (const [what, id] of named)
    if (!ids.has(id ?? ""))
      throw new AppError(
        "BAD_INPUT",
        `コードブックの${what}が指す設問 ${id} がありません。questions の id をご確認ください。`,
      );
  for (const { id, type, options } of questions) {
    if ((type === "sa" || type === "ma" || type === "rank") && options.length === 0)
      throw new AppError("BAD_INPUT", `設問 ${id}（${type}）に options（選択肢）がありません。`);
    const codes = options.map(({ code }) => code);
    const twice = codes.find((code, at) => codes.indexOf(code) < at);
    if (twice !== undefined)
      throw new AppError("BAD_INPUT", `設問 ${id} の選択肢のコード ${twice} が二度書かれています。`);
  }
}

/** コードブックの JSON Schema（docs/schemas/codebook.schema.json）。 */
export function codebookJsonSchema(): object {
  return {
    title: "まどぐちのコードブック",
    ...z.toJSONSchema(codebookSchema, { io: "input", unrepresentable: "any" }),
  };
}
