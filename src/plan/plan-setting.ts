import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { ManuscriptMeta } from "../manuscript/manuscript.ts";
import { numberSchemeNames, numberSchemes } from "./plan-outline.ts";

const line = (most: number) => z.string().trim().max(most);

/** 計画の決めごと（表紙の文、番号、年度、用語）。glossary は一行に「使う言葉: 使わない言い方、…」。 */
export const settingBody = z.object({
  title: line(120).min(1),
  subtitle: line(120).default(""),
  author: line(120).default(""),
  date: line(60).default(""),
  /** 番号の形の名か、own（段ごとの形を numbering に書く）。 */
  scheme: z.enum([...numberSchemeNames, "own"]).default("own"),
  /** 段ごとの番号の形を、一行に一つ（「第{N}章」）。 */
  numbering: z.string().max(400).default(""),
  years: z.enum(["both", "wareki", "western"]).default("both"),
  glossary: z.string().max(40_000).default(""),
  /** 注意をしない言葉を、一行に一つ。 */
  allow: z.string().max(20_000).default(""),
  edition: z.coerce.number().int().min(1),
});
export type PlanSetting = z.infer<typeof settingBody>;

/** 原稿の決めごとを、欄の形に。 */
export function settingOf(meta: ManuscriptMeta, edition: number): PlanSetting {
  const known = numberSchemeNames.find(
    (name) => trimmed(numberSchemes[name].numbering).join("\n") === trimmed(meta.numbering).join("\n"),
  );
  return {
    ...{ title: meta.title, subtitle: meta.subtitle, author: meta.author, date: meta.date },
    ...{ scheme: known ?? "own", numbering: meta.numbering.join("\n").trimEnd() },
    years: meta.years ?? "both",
    glossary: Object.entries(meta.glossary)
      .map(([term, others]) => `${term}: ${others.join("、")}`)
      .join("\n"),
    ...{ allow: (meta.allow ?? []).join("\n"), edition },
  };
}

function trimmed(numbering: readonly string[]): string[] {
  return numbering.join("\n").trimEnd().split("\n");
}

/**
 * 欄の値を、原稿の決めごとに（上位計画、書体と色など、欄にないものは残す）。
 * @throws AppError BAD_INPUT（番号の形に {N} などがない、用語の行に「:」がない）
 */
export function applySetting(meta: ManuscriptMeta, setting: PlanSetting): ManuscriptMeta {
  const { title, subtitle, author, date, years } = setting;
  const numbering =
    setting.scheme === "own"
      ? readNumbering(setting.numbering)
      : [...numberSchemes[setting.scheme].numbering];
  return {
    ...meta,
    ...{ title, subtitle, author, date, years, numbering },
    ...{ glossary: readGlossary(setting.glossary), allow: linesOf(setting.allow) },
  };
}

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

function readNumbering(text: string): string[] {
  const lines = text
    .replace(/\s+$/, "")
    .split(/\r?\n/)
    .map((one) => one.trim());
  if (lines.length > 6) throw fault("numbering", "番号の形は、6段までです。");
  const wrong = lines.find((one) => one !== "" && !/\{(?:n|N|ア|漢)\}/.test(one));
  if (wrong !== undefined)
    throw fault(
      "numbering",
      `「${wrong}」に番号の場所がありません。{N}、{n}、{ア}、{漢} のどれかを入れてください。`,
    );
  return lines;
}

function readGlossary(text: string): Record<string, string[]> {
  const book: Record<string, string[]> = {};
  for (const one of linesOf(text)) {
    const [, term = "", others = ""] = /^(.+?)\s*[:：]\s*(.+)$/.exec(one) ?? [];
    if (term === "")
      throw fault("glossary", `「${one.slice(0, 30)}」を「使う言葉: 使わない言い方」の形で書いてください。`);
    if (Object.hasOwn(book, term))
      throw fault("glossary", `「${term}」が二度あります。一行にまとめてください。`);
    book[term] = others.split(/[、,，]/).flatMap((other) => (other.trim() === "" ? [] : [other.trim()]));
  }
  return book;
}

function fault(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
