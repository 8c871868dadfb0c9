import { AppError } from "../base/error.ts";
import { readRecords } from "../office/record-reader.ts";

/** 回答の表。列ごとに持つ（同じ文字は一つだけ覚える）。 */
export interface SurveyData {
  readonly rows: number;
  readonly names: readonly string[];
  /** 列の値（前後の空白を除き、全角の英数字を半角にしたもの）。なければ undefined。 */
  column(name: string): readonly string[] | undefined;
  /** ファイルのままの値（自由記述）。 */
  raw(name: string): readonly string[] | undefined;
}

/**
 * 回答の表（CSV: UTF-8、Shift_JIS など、.xlsx）を読む。1行目は列の名。
 * @throws AppError BAD_INPUT（空、列の名が空・重なる、行の列の数が違う）。行を言う。
 */
export function readSurveyData(bytes: Uint8Array, fileName: string): SurveyData {
  let names: string[] | undefined;
  const raws: string[][] = [];
  const pool = new Map<string, string>();
  const keep = (value: string) => {
    if (value.length > 40) return value;
    const known = pool.get(value);
    if (known !== undefined) return known;
    // 切り出した文字列は元の全文を抱えるので、短いものは写しを覚える。
    const copy = Buffer.from(value).toString();
    pool.set(copy, copy);
    return copy;
  };
  let rows = 0;
  readRecords(bytes, fileName, (fields, row) => {
    if (!names) {
      if (fields.every((field) => field.trim() === "")) return;
      names = checkNames(fields);
      for (const _ of names) raws.push([]);
      return;
    }
    if (fields.every((field) => field.trim() === "")) return;
    if (fields.length > names.length && fields.slice(names.length).some((field) => field.trim() !== ""))
      throw new AppError(
        "BAD_INPUT",
        `回答の表の${row}行目の列が、見出しより多くあります（${fields.length} と ${names.length}）。値の中の「,」が引用符で囲まれているかご確認ください。`,
      );
    for (const [at, values] of raws.entries()) values.push(keep(fields[at] ?? ""));
    rows += 1;
  });
  if (!names || rows === 0) throw new AppError("BAD_INPUT", "回答の表に、回答の行がありません。");
  return surveyDataOf(names, raws, rows);
}

/** 列ごとの値から、回答の表を作る（値は写さない）。 */
export function surveyDataOf(
  names: readonly string[],
  raws: readonly (readonly string[])[],
  rows: number,
): SurveyData {
  const plain = new Map<number, string[]>();
  const clean = new Map<string, string>();
  const cleaned = (value: string) => {
    const known = clean.get(value);
    if (known !== undefined) return known;
    const made = value.normalize("NFKC").trim();
    clean.set(value, made);
    return made;
  };
  const place = (name: string) => {
    const exact = names.indexOf(name);
    return exact >= 0 ? exact : names.findIndex((one) => sameName(one, name));
  };
  return {
    rows,
    names,
    raw: (name) => raws[place(name)],
    column: (name) => {
      const at = place(name);
      const values = raws[at];
      if (!values) return undefined;
      const known = plain.get(at) ?? values.map(cleaned);
      plain.set(at, known);
      return known;
    },
  };
}

function sameName(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  return plain(a) === plain(b);
}

function checkNames(fields: readonly string[]): string[] {
  const names = fields.map((field) => field.replace(/^\ufeff/, "").trim());
  while (names.at(-1) === "") names.pop();
  const empty = names.indexOf("");
  if (empty >= 0)
    throw new AppError(
      "BAD_INPUT",
      `回答の表の${empty + 1}列目に、列の名がありません。1行目に列の名を書いてください。`,
    );
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new AppError("BAD_INPUT", `回答の表に、列「${twice}」が二つあります。`);
  return names;
}
