import { z } from "zod";
import { japaneseIssue } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import type { ManuscriptMeta, ManuscriptWarning } from "./manuscript.ts";
import { themeSchema } from "./plan-theme.ts";
import { issueText, readPlacedYaml } from "./yaml-place.ts";

const text = z.union([z.string(), z.number().transform(String)]);
const listSchema = z.union([
  z.string().transform((one) => [one]),
  z.null().transform((): string[] => []),
  z.array(z.string()),
]);
const metaSchema = z.object({
  title: z.string().min(1).describe("計画の名"),
  subtitle: z.string().default("").describe("副題（素案、期間など）"),
  author: z.string().default("受託者").describe("作成者（文書のプロパティと表紙）。人の名は書かない"),
  date: z
    .union([text, z.date().transform((at) => at.toISOString().slice(0, 10))])
    .default("")
    .describe("表紙の日（書いたまま刷る）"),
  numbering: z
    .array(z.string())
    .default(["第{N}章", "{N}", "({n})", "{ア}"])
    .describe("見出しの番号（段ごと）。{n} 算用、{N} 全角、{ア} カナ、{漢} 漢数字。空の文字なら番号なし"),
  annexNumbering: z.array(z.string()).optional().describe("資料編の見出しの番号（段ごと）"),
  years: z
    .enum(["both", "wareki", "western"])
    .optional()
    .describe("{{年度:2025}} の書き方。both は令和７年度（2025年度）"),
  glossary: z
    .record(z.string(), listSchema)
    .default({})
    .describe("使う言葉 → 使わない言い方（一つか、並び）"),
  allow: z.array(z.string()).optional().describe("用語と漢字の続きの注意をしない言葉（法律・機関の名）"),
  upper: z
    .record(z.string(), z.string())
    .default({})
    .describe("上位計画の項目の記号 → 名。施策の upper が指す"),
  upperPlans: z.record(z.string(), z.string()).optional().describe("記号の「-」の前 → 上位計画の名"),
  theme: themeSchema
    .optional()
    .describe("色・書体・表紙。用意してある名（office、yukimi、midori）か、決まり"),
  chapters: z.array(z.string()).optional().describe("章のファイルの順。省けば、名の順の *.md"),
});

/** 見た目の誤りは、用意してある見た目で続けられるので、断らない（plan-theme.ts が知らせる）。 */
const readSchema = metaSchema.extend({ theme: z.unknown().optional() });

/** plan.yaml の JSON Schema（docs/schemas/plan.schema.json）。 */
export function planMetaJsonSchema(): object {
  return {
    title: "まどぐちの計画の原稿（plan.yaml）",
    ...z.toJSONSchema(metaSchema, { io: "input", unrepresentable: "any" }),
  };
}

/** plan.yaml を読んだもの。 */
export interface PlanMeta {
  meta: ManuscriptMeta;
  /** 章のファイルの順。 */
  chapters?: string[] | undefined;
  warnings: ManuscriptWarning[];
}

/**
 * plan.yaml（題、番号の付け方、用語、上位計画、書体と色）を読む。知らない項目は、行を言って知らせる。
 * @throws AppError BAD_INPUT（ない、YAML でない、形が違う。行の番号を言う）
 */
export function readPlanMeta(bytes: Uint8Array | undefined, name = "plan.yaml"): PlanMeta {
  if (!bytes)
    throw new AppError(
      "BAD_INPUT",
      "原稿のフォルダーに plan.yaml がありません。「title: 計画の名」だけを書いた plan.yaml を置いてください。",
    );
  const { value, lineOf } = readPlacedYaml(bytes, name);
  const found = readSchema.safeParse(value ?? {}, { error: japaneseIssue });
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new AppError(
      "BAD_INPUT",
      issue
        ? `${name} の${lineOf(issue.path)}行目に直すところがあります（${issueText(issue)}）。`
        : `${name} に直すところがあります。`,
    );
  }
  const known = Object.keys(metaSchema.shape);
  const { chapters, ...meta } = found.data;
  return {
    meta,
    chapters,
    warnings: Object.keys(value as object)
      .filter((key) => !known.includes(key))
      .map((key) => ({
        kind: "markup",
        place: { file: name, line: lineOf([key]) },
        message: `plan.yaml の項目「${key}」は使いません。書けるのは ${known.join("、")} です。`,
      })),
  };
}

/** 調べた資料の書誌（sources.yaml: ID → 一文）。なければ空。読めなければ、どの行かを fault に入れる。 */
export function readSources(bytes: Uint8Array | undefined): {
  sources: Map<string, string>;
  fault?: ManuscriptWarning;
} {
  if (!bytes) return { sources: new Map() };
  const fault = (message: string, line = 1): ManuscriptWarning => ({
    kind: "source",
    place: { file: "sources.yaml", line },
    message,
  });
  try {
    const { value, lineOf } = readPlacedYaml(bytes, "sources.yaml");
    const found = z.record(z.string(), z.string()).safeParse(value ?? {});
    if (found.success) return { sources: new Map(Object.entries(found.data)) };
    const path = found.error.issues[0]?.path ?? [];
    return {
      sources: new Map(),
      fault: fault("「ID: 書誌の一文」を一行に一つずつ書いてください。", lineOf(path)),
    };
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { sources: new Map(), fault: fault(cause.message) };
  }
}
