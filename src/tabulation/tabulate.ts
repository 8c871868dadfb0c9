import { type Codebook, missingKinds, type Question } from "./codebook.ts";
import type { CodedSurvey } from "./coded-answer.ts";
import { type CodedQuestion, MISSING } from "./coded-question.ts";
import type { RaoScott } from "./cross-test.ts";
import { type RankTable, rankTable } from "./rank-table.ts";
import { covarianceOf, meanVariance, type SampleDesign } from "./sample-design.ts";
import { axisOf, columnCodes, crossTable, optionSums } from "./tabulate-cross.ts";

/** 単純集計の一行。count はウエイトつきの数（ウエイトがなければ人数）、percent は丸めない百分率。 */
export interface TableOption {
  code: string;
  label: string;
  count: number;
  unweightedCount: number;
  percent: number;
  /** 標準誤差（ポイント）。無作為に抽出した調査だけ。 */
  se?: number;
}

export interface QuestionTable {
  id: string;
  text: string;
  type: Question["type"];
  /** 分母（ウエイトつき）と、その人数。いつも並べて示す。 */
  base: number;
  unweightedBase: number;
  /** 分母の決め方（表の下に刷る）。 */
  baseRule: string;
  options: TableOption[];
  /** まとめた割合（満足（計）など）。 */
  nets: TableOption[];
  /** 答えのないことの内訳（人数）。 */
  missing: Record<string, number>;
  /** 数の設問と、点のある選択肢の平均。 */
  mean?: { value: number; se?: number; n: number };
  /** 順位の設問の、順位ごとの数と得点。 */
  ranks?: RankTable;
  /** 分母が少なく、参考にとどめるもの。 */
  small?: true;
}

export interface CrossCell {
  row: string;
  column: string;
  count: number;
  unweightedCount: number;
  /** 行（軸の区分）の中での百分率。伏せたときは null。 */
  percent: number | null;
  residual?: number;
  /** この区分の割合より小さい（有意に低い）区分の文字。 */
  letters?: string;
}

export interface CrossTable {
  /** 軸（表側）と設問（表頭）の id。 */
  row: string;
  column: string;
  rows: { code: string; label: string; letter: string; base: number; unweightedBase: number; small?: true }[];
  columns: { code: string; label: string }[];
  cells: CrossCell[];
  chi2?: number;
  df?: number;
  p?: number;
  cramersV?: number;
  cramersVCorrected?: number;
  smallExpected?: number;
  raoScott?: RaoScott;
}

export interface Tabulation {
  rows: number;
  weighted: boolean;
  designEffect: number;
  effectiveN: number;
  questions: QuestionTable[];
  crosstabs: CrossTable[];
}

const baseRules: Record<Question["base"], string> = {
  all: "聞かれた人（非該当を除き、無回答を含む）",
  asked: "聞かれた人（非該当を除き、無回答を含む）",
  answered: "答えた人（無回答・不明を除く）",
};

/** 全部の設問の単純集計と、軸ごとのクロス集計。 */
export function tabulate(
  survey: CodedSurvey,
  codebook: Codebook,
  design: SampleDesign,
  progress: (done: number, total: number) => void = () => {},
): Tabulation {
  const questions: QuestionTable[] = [];
  const crosstabs: CrossTable[] = [];
  const axes = codebook.axes.map((ids) => axisOf(survey, ids));
  const all = [...survey.questions.values()];
  for (const [at, coded] of all.entries()) {
    progress(at, all.length);
    const base = coded.question.type === "number" ? answeredBase(coded) : baseOf(coded);
    const column = columnCodes(coded, base);
    questions.push(questionTable(coded, { base, column }, design, codebook));
    if (coded.question.type === "number") continue;
    for (const axis of axes)
      if (axis.id !== coded.question.id)
        crosstabs.push(crossTable(coded, axis, { base, column }, design, codebook));
  }
  const sum = design.weight.reduce((total, w) => total + w, 0);
  const square = design.weight.reduce((total, w) => total + w * w, 0);
  const designEffect = (survey.rows * square) / (sum * sum);
  return {
    ...{ rows: survey.rows, weighted: design.weighted, designEffect, effectiveN: survey.rows / designEffect },
    ...{ questions, crosstabs },
  };
}

/** 分母に入るか（1 か 0）。 */
function baseOf({ question, single, state }: CodedQuestion): Uint8Array {
  const source = single ?? state ?? new Int8Array(0);
  const answered = question.base === "answered";
  const base = new Uint8Array(source.length);
  for (let row = 0; row < source.length; row += 1) {
    const code = source[row] as number;
    base[row] = code >= 0 || (!answered && code !== MISSING.notApplicable) ? 1 : 0;
  }
  return base;
}

function questionTable(
  coded: CodedQuestion,
  { base, column }: { base: Uint8Array; column: Int16Array | undefined },
  design: SampleDesign,
  codebook: Codebook,
): QuestionTable {
  const { question, single, marks } = coded;
  const [total, n] = totals(base, design);
  const table: QuestionTable = {
    ...{ id: question.id, text: question.text, type: question.type, base: total, unweightedBase: n },
    baseRule: question.type === "number" ? baseRules.answered : baseRules[question.base],
    options: [],
    nets: [],
    missing: missingCounts(coded),
    ...(n < codebook.smallBase ? { small: true as const } : {}),
  };
  const mean = meanOf(coded, design, codebook);
  const ranks = rankTable(coded, design, base);
  if (ranks) table.ranks = ranks;
  if (column && design.element && question.type !== "number") {
    const row = optionSums(column, question.options.length, design, codebook.design.random);
    const place = (code: string) => question.options.findIndex((one) => one.code === code);
    table.options = question.options.map(({ code, label }, at) => ({ code, label, ...row([at]) }));
    table.nets = question.nets.map(({ label, codes }) => ({
      ...{ code: codes.join("+"), label },
      ...row(codes.map(place).filter((at) => at >= 0)),
    }));
    return mean ? { ...table, mean } : table;
  }
  const columns = single
    ? question.options.map((_, at) => (row: number) => single[row] === at)
    : (marks ?? []).map((column) => (row: number) => column[row] === 1);
  table.options = question.options.map(({ code, label }, at) =>
    optionRow(code, label, columns[at] ?? (() => false), base, { total, n }, design, codebook),
  );
  table.nets = question.nets.map(({ label, codes }) => {
    const places = question.options.flatMap(({ code }, at) => (codes.includes(code) ? [at] : []));
    const inside = (row: number) => places.some((at) => columns[at]?.(row) === true);
    return optionRow(codes.join("+"), label, inside, base, { total, n }, design, codebook);
  });
  return mean ? { ...table, mean } : table;
}

function answeredBase({ state, single }: CodedQuestion): Uint8Array {
  return Uint8Array.from(state ?? single ?? [], (code) => (code >= 0 ? 1 : 0));
}

function totals(base: Uint8Array, { weight }: SampleDesign): [number, number] {
  let total = 0;
  let n = 0;
  for (let row = 0; row < base.length; row += 1)
    if (base[row] === 1) {
      total += weight[row] as number;
      n += 1;
    }
  return [total, n];
}

function optionRow(
  code: string,
  label: string,
  inside: (row: number) => boolean,
  base: Uint8Array,
  { total, n }: { total: number; n: number },
  design: SampleDesign,
  codebook: Codebook,
): TableOption {
  let count = 0;
  let unweightedCount = 0;
  const cell = new Int32Array(base.length).fill(-1);
  for (let row = 0; row < base.length; row += 1)
    if (base[row] === 1 && inside(row)) {
      count += design.weight[row] as number;
      unweightedCount += 1;
      cell[row] = 0;
    }
  const share = total > 0 ? count / total : 0;
  const option: TableOption = { code, label, count, unweightedCount, percent: share * 100 };
  if (!codebook.design.random || n < 2 || total <= 0) return option;
  const variance = covarianceOf(design, cell, base, 1, [share], total)[0]?.[0] ?? 0;
  return { ...option, se: Math.sqrt(Math.max(0, variance)) * 100 };
}

function missingCounts({ single, state }: CodedQuestion): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of ["noAnswer", "notApplicable", "unknown", "dontKnow"] as const) {
    let count = 0;
    const codes = single ?? state ?? new Int8Array(0);
    const wanted = MISSING[kind];
    for (let row = 0; row < codes.length; row += 1) if (codes[row] === wanted) count += 1;
    counts[missingKinds[kind]] = count;
  }
  return counts;
}

function meanOf(coded: CodedQuestion, design: SampleDesign, codebook: Codebook): QuestionTable["mean"] {
  const { question, value, single } = coded;
  const scores = question.options.map(({ score }) => score);
  if (!value && !(single && scores.some((score) => score !== undefined))) return undefined;
  const y = value ?? Float64Array.from(single ?? [], (code) => scores[code] ?? Number.NaN);
  const base = Uint8Array.from(y, (one) => (Number.isNaN(one) ? 0 : 1));
  const [total, n] = totals(base, design);
  if (total <= 0) return undefined;
  let sum = 0;
  for (let row = 0; row < y.length; row += 1)
    if (base[row] === 1) sum += (design.weight[row] ?? 0) * (y[row] ?? 0);
  const mean = sum / total;
  if (!codebook.design.random || n < 2) return { value: mean, n };
  return { value: mean, se: Math.sqrt(meanVariance(design, y, base, mean, total)), n };
}
