import { z } from "zod";
import { AppError } from "../base/error.ts";
import { type Codebook, type Design, readCodebook } from "../tabulation/codebook.ts";
import type { FixInput } from "./fix-answers.ts";
import { listOf } from "./question-form.ts";
import { surveyAbout } from "./survey-about.ts";

/** 回答・コードブックのファイルの上限（バイト）。 */
export const ANSWER_BYTES = 256 * 1024 * 1024;
export const SMALL_FILE_BYTES = 20 * 1024 * 1024;
export const FORM_BYTES = 4 * 1024 * 1024;

const id = z.string().max(60);

export const surveyBody = z.object({
  title: z.string().max(400),
  about: surveyAbout.optional(),
  previous: id.nullable().default(null),
});
export const surveyEditBody = surveyBody.extend({ version: z.int() });
export const fixBody = z.object({
  fixes: z.array(
    z.object({
      respondent: z.string().max(200),
      column: z.string().max(300),
      after: z.string().max(10_000).default(""),
      reason: z.string().max(400),
    }),
  ),
});
export const codebookBody = z.object({ codebook: z.unknown(), version: z.int().optional() });
export const designBody = z.object({
  /** 母集団の周辺の表（CSV の文）。null でウエイトをやめる。省けばいまのまま。 */
  margins: z.string().max(2_000_000).nullable().optional(),
  trim: z.object({ min: z.number(), max: z.number() }).nullable().optional(),
  design: z
    .object({
      weight: z.string().optional(),
      strata: z.array(z.string()).optional(),
      cluster: z.array(z.string()).optional(),
      fpc: z.array(z.string()).optional(),
      random: z.boolean().default(true),
    })
    .optional(),
});

/** 画面の欄から、件名と概要。 */
export function surveyOf(form: Readonly<Record<string, string>>): z.infer<typeof surveyBody> {
  const count = (name: string) => {
    const text = (form[name] ?? "").normalize("NFKC").replace(/[,\s]/g, "");
    if (text === "") return null;
    if (!/^\d{1,9}$/.test(text))
      throw new AppError("BAD_INPUT", "数の欄に直すところがあります。", {
        faults: [{ field: name, message: "0 からの整数で書いてください。" }],
      });
    return Number(text);
  };
  const text = (name: string) => (form[name] ?? "").trim().slice(0, 1000);
  return {
    title: text("title"),
    about: {
      ...{
        purpose: text("purpose"),
        target: text("target").slice(0, 200),
        owner: text("owner").slice(0, 200),
      },
      ...{ sampling: text("sampling").slice(0, 200), method: text("method").slice(0, 200) },
      ...{ from: text("from").slice(0, 10), to: text("to").slice(0, 10) },
      ...{ population: count("population"), sample: count("sample") },
    },
    previous: text("previous") === "" ? null : text("previous"),
  };
}

/** 画面の欄の値を、表示に戻せる文字に。 */
export function surveyValues(given: {
  title: string;
  about: z.infer<typeof surveyAbout>;
  previous: string | null;
}): Record<string, string> {
  const { population, sample, ...rest } = given.about;
  const text = (value: number | null) => (value === null ? "" : String(value));
  return {
    ...{ ...rest, title: given.title, previous: given.previous ?? "" },
    ...{ population: text(population), sample: text(sample) },
  };
}

const fixChoice = z.object({
  respondent: z.string(),
  column: z.string(),
  after: z.string(),
  rule: z.string().max(40),
});

/** 選ばれた直し方（JSON の欄）から。 */
export function chosenFixes(choices: readonly string[], reason: string): FixInput[] {
  return choices
    .filter((text) => text !== "")
    .map((text) => {
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        throw new AppError("BAD_INPUT", "直し方が読めません。画面を開き直してください。");
      }
      const read = fixChoice.safeParse(json);
      if (!read.success) throw new AppError("BAD_INPUT", "直し方が読めません。画面を開き直してください。");
      return { ...read.data, reason };
    });
}

/** 画面の欄から、軸・小さい分母・食い違いの確かめ。 */
export function settingsOf(
  codebook: Codebook,
  form: Readonly<Record<string, string>>,
  axes: readonly string[],
): Codebook {
  const nests = listOf(form.nests ?? "").map((text) => text.split(/[×*]/).map((one) => one.trim()));
  const places = Object.keys(form).flatMap((name) => /^l\.(\d+)\.when$/.exec(name)?.[1] ?? []);
  const logic = places.flatMap((at) => {
    const cell = (name: string) => (form[`l.${at}.${name}`] ?? "").trim();
    if (cell("when") === "" || cell("never") === "") return [];
    const say = cell("say");
    return [
      {
        when: { question: cell("when"), codes: listOf(cell("whenCodes")) },
        never: { question: cell("never"), codes: listOf(cell("neverCodes")) },
        ...(say === "" ? {} : { say }),
      },
    ];
  });
  const small = (name: string) => Number((form[name] ?? "0").normalize("NFKC").trim() || "0");
  return readCodebook(
    JSON.stringify({
      ...codebook,
      ...{ axes: [...axes.map((one) => [one]), ...nests.filter((one) => one.length > 1)], logic },
      ...{ smallBase: small("smallBase"), suppressBelow: small("suppressBelow") },
    }),
  );
}

/** 画面の欄から、標本設計。 */
export function designOf(form: Readonly<Record<string, string>>): Design {
  const one = (name: string) => ((form[name] ?? "") === "" ? {} : { [name]: [form[name]] });
  const weight = form.weight ?? "";
  return {
    ...(weight === "" ? {} : { weight }),
    ...one("strata"),
    ...one("cluster"),
    ...one("fpc"),
    random: form.random === "1",
  } as Design;
}
