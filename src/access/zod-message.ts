import type { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";

const kinds: Record<string, string> = {
  string: "文字",
  number: "数",
  int: "整数",
  boolean: "はい・いいえ",
  array: "並び",
  object: "項目の組",
  date: "日付",
};

const formats: Record<string, string> = {
  email: "メールアドレスの形で入れてください。",
  url: "URL の形で入れてください。",
  uuid: "番号の形が違います。画面を開き直してください。",
  date: "日付を「2025-09-17」の形で入れてください。",
  time: "時刻を「09:00」の形で入れてください。",
};

/** Zod の指摘を、直し方が分かる日本語にする。schema に書いた文があれば、そちらが先に使われる。 */
export function japaneseIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined || issue.input === null
        ? "入っていません。入れてください。"
        : `${kinds[issue.expected] ?? issue.expected}で入れてください。`;
    case "too_small":
      return small(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case "too_big":
      return big(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case "invalid_format":
      return formats[issue.format] ?? "形が違います。書き方を確かめてください。";
    case "invalid_value":
      return issue.values.length <= 12
        ? `次のどれかを入れてください: ${issue.values.map(String).join("、")}`
        : "選べない値です。一覧から選び直してください。";
    case "unrecognized_keys":
      return `知らない項目があります: ${issue.keys.slice(0, 5).join("、")}`;
    case "not_multiple_of":
      return `${issue.divisor} の倍数で入れてください。`;
    default:
      return "使えない値です。入れ直してください。";
  }
}

function small(origin: string, least: number, inclusive: boolean): string {
  if (origin === "string")
    return least <= 1 ? "入っていません。入れてください。" : `${least}字以上で入れてください。`;
  if (origin === "array" || origin === "set") return `${least}つ以上選んでください。`;
  return inclusive ? `${least}以上で入れてください。` : `${least}より大きい数を入れてください。`;
}

function big(origin: string, most: number, inclusive: boolean): string {
  if (origin === "string") return `${most}字までで入れてください。`;
  if (origin === "array" || origin === "set") return `${most}個までです。`;
  return inclusive ? `${most}以下で入れてください。` : `${most}より小さい数を入れてください。`;
}

/** 値を schema で確かめる。合わなければ BAD_INPUT（faults に「a.0.b」の形の欄の名）。 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value, { error: japaneseIssue });
  if (result.success) return result.data;
  const faults: Fault[] = result.error.issues.slice(0, 100).map((issue) => ({
    ...(issue.path.length > 0 ? { field: issue.path.map(String).join(".") } : {}),
    message: issue.message,
  }));
  throw new AppError("BAD_INPUT", "入力に直すところがあります。示した所を直してください。", { faults });
}
