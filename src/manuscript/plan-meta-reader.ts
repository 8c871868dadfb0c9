import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import type { ManuscriptMeta } from "./manuscript.ts";

const listSchema = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const metaSchema = z.object({
  title: z.string().min(1),
  subtitle: z.string().default(""),
  author: z.string().default("受託者"),
  date: z.union([z.string(), z.date().transform((at) => at.toISOString().slice(0, 10))]).default(""),
  numbering: z.array(z.string()).default(["第{N}章", "{N}", "({n})", "{ア}"]),
  glossary: z.record(z.string(), listSchema).default({}),
  allow: z.array(z.string()).optional(),
  upper: z.record(z.string(), z.string()).default({}),
  upperPlans: z.record(z.string(), z.string()).optional(),
  annexNumbering: z.array(z.string()).optional(),
  years: z.enum(["both", "wareki", "western"]).optional(),
  theme: z.unknown().optional(),
  /** 章のファイルの順。省けば名の順。 */
  chapters: z.array(z.string()).optional(),
});

/**
 * plan.yaml（題、番号の付け方、用語、上位計画、書体と色）を読む。
 * @throws AppError BAD_INPUT（ない、YAML でない、形が違う）
 */
export function readPlanMeta(
  bytes: Uint8Array | undefined,
): ManuscriptMeta & { chapters?: string[] | undefined } {
  if (!bytes)
    throw new AppError(
      "BAD_INPUT",
      "原稿のフォルダーに plan.yaml がありません。「title: 計画の名」だけを書いた plan.yaml を置いてください。",
    );
  let value: unknown;
  try {
    value = parse(decodeText(bytes).text, { maxAliasCount: 100 });
  } catch {
    throw new AppError("BAD_INPUT", "plan.yaml が読めません。字下げと「:」の後の空白をご確認ください。");
  }
  const found = metaSchema.safeParse(value);
  if (!found.success)
    throw new AppError(
      "BAD_INPUT",
      `plan.yaml に直すところがあります（${found.error.issues[0]?.path.join(".") ?? ""}: ${found.error.issues[0]?.message ?? ""}）。`,
    );
  return found.data;
}

/** 調べた資料の書誌（sources.yaml: ID → 一文）。なければ空。読めなければ undefined。 */
export function readSources(bytes: Uint8Array | undefined): Map<string, string> | undefined {
  if (!bytes) return new Map();
  try {
    const found = z
      .record(z.string(), z.string())
      .safeParse(parse(decodeText(bytes).text, { maxAliasCount: 100 }));
    return found.success ? new Map(Object.entries(found.data)) : undefined;
  } catch {
    return undefined;
  }
}
