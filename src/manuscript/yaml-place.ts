import { isMap, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { z } from "zod";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";

/** 読んだ YAML と、その中の場所。 */
export interface PlacedYaml {
  value: unknown;
  /** 道（["upper", "A-1"]）の書かれた行。なければ、その上の項目の行。 */
  lineOf(path: readonly PropertyKey[]): number;
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "字下げにタブは使えません。空白にしてください。",
  DUPLICATE_KEY: "同じ項目が二度書かれています。",
  BAD_INDENT: "字下げの幅が、まわりの行と合いません。",
  MISSING_CHAR: "閉じる「\"」「'」「]」「}」が足りないか、コンマが抜けています。",
  BLOCK_AS_IMPLICIT_KEY: '「:」の書き方か、字下げが違います。「:」を含む文は「"…"」で囲んでください。',
  MULTILINE_IMPLICIT_KEY: "「:」のない行があるか、字下げが違います。",
};

/**
 * YAML を読む。誤りは、何行目の何が違うかを言って断る。
 * @throws AppError BAD_INPUT（YAML でない、別名の入れ子が多すぎる）
 */
export function readPlacedYaml(bytes: Uint8Array, name: string): PlacedYaml {
  const counter = new LineCounter();
  const document = parseDocument(decodeText(bytes).text, { lineCounter: counter });
  const [error] = document.errors;
  if (error) throw new AppError("BAD_INPUT", faultText(error, name));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AppError(
      "BAD_INPUT",
      `${name} の別名（&、*）の入れ子が多すぎます。別名を使わずに書いてください。`,
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const owner = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      const key = isMap(owner)
        ? owner.items.find(({ key: one }) => String(one) === String(path[depth - 1]))?.key
        : document.getIn(path.slice(0, depth), true);
      const range = (key as { range?: [number, number, number] } | undefined)?.range;
      if (range) return counter.linePos(range[0]).line;
    }
    return 1;
  };
  return { value, lineOf };
}

function faultText({ code, linePos }: YAMLError, name: string): string {
  const hint = hints[code] ?? "字下げと「:」の後の空白をご確認ください。";
  return `${name} の${linePos?.[0].line ?? 1}行目が読めません。${hint}`;
}

/** Zod の誤りを、日本語の一文に（「years は both、wareki、western のどれかです」）。 */
export function issueText(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join(".") || "全体";
  if (issue.code === "invalid_value") return `${name} は ${issue.values.map(String).join("、")} のどれかです`;
  if (issue.code === "invalid_type" || issue.code === "invalid_union")
    return `${name} の形が違います${issue.code === "invalid_type" ? `（${typeNames[issue.expected] ?? issue.expected}で書きます）` : ""}`;
  if (issue.code === "too_small") return `${name} が空です`;
  return `${name} の書き方が違います`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "文字",
  number: "数",
  boolean: "true か false",
  array: "「- 」の並び",
  record: "「名: 値」の並び",
  object: "「名: 値」の並び",
};
