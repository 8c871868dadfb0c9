import { z } from "zod";
import type { Codebook } from "../tabulation/codebook.ts";
import type { CodedSurvey } from "../tabulation/coded-answer.ts";
import type { SampleDesign } from "../tabulation/sample-design.ts";
import { type QuestionTable, tabulate } from "../tabulation/tabulate.ts";

export const waveOption = z.object({
  code: z.string(),
  label: z.string(),
  /** 百分率（丸めない）。 */
  percent: z.number(),
  /** 標準誤差（ポイント）。無作為に抽出した調査だけ。 */
  se: z.number().optional(),
  /** まとめ（満足（計）など）なら、足したコード。 */
  parts: z.array(z.string()).optional(),
});
export type WaveOption = z.infer<typeof waveOption>;

export const waveQuestion = z.object({
  id: z.string(),
  text: z.string(),
  /** 分母の人数。 */
  n: z.number(),
  options: z.array(waveOption),
  mean: z.object({ value: z.number(), se: z.number().optional(), n: z.number() }).optional(),
});
export type WaveQuestion = z.infer<typeof waveQuestion>;

/** 一回の調査の、単純集計だけの写し。個人の答えを含まない。 */
export const waveTables = z.object({
  /** 「令和元年度」のような、表の頭に刷る名。 */
  label: z.string(),
  questions: z.array(waveQuestion),
});
export type WaveTables = z.infer<typeof waveTables>;

/** 単純集計だけをして（軸は数えない）、比べるための写しを作る。codebook の設問文を、表の名に使う。 */
export function waveOf(
  label: string,
  survey: CodedSurvey,
  codebook: Codebook,
  design: SampleDesign,
): WaveTables {
  const found = tabulate(survey, { ...codebook, axes: [] }, design);
  const texts = new Map(codebook.questions.map(({ id, text }) => [id, text]));
  return {
    label,
    questions: found.questions
      .filter(({ options, mean, unweightedBase }) => (options.length > 0 || mean) && unweightedBase > 0)
      .map((table) => questionOf(table, texts.get(table.id) ?? table.text)),
  };
}

function questionOf({ id, unweightedBase, options, nets, mean }: QuestionTable, text: string): WaveQuestion {
  return {
    ...{ id, text, n: unweightedBase },
    options: [...options, ...nets].map(({ code, label, percent, se }) => ({
      ...{ code, label, percent },
      ...(se === undefined ? {} : { se }),
      ...(code.includes("+") ? { parts: code.split("+") } : {}),
    })),
    ...(mean
      ? { mean: { value: mean.value, n: mean.n, ...(mean.se === undefined ? {} : { se: mean.se }) } }
      : {}),
  };
}
