import { columnName } from "../office/table.ts";
import { type Codebook, missingKinds, type Question } from "./codebook.ts";
import { type CodedQuestion, type CodedSurvey, MISSING } from "./coded-answer.ts";
import { adjustedResiduals, type ChiSquare, chiSquareOf, type RaoScott, raoScottOf } from "./cross-test.ts";
import { addLetters } from "./letter-test.ts";
import type { Matrix } from "./matrix.ts";
import { covarianceOf, isComplex, meanVariance, type SampleDesign } from "./sample-design.ts";

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
    questions.push(questionTable(coded, design, codebook));
    if (coded.question.type === "number") continue;
    for (const axis of axes)
      if (axis.id !== coded.question.id) crosstabs.push(crossTable(coded, axis, design, codebook));
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

function questionTable(coded: CodedQuestion, design: SampleDesign, codebook: Codebook): QuestionTable {
  const { question, single, marks } = coded;
  const base = question.type === "number" ? answeredBase(coded) : baseOf(coded);
  const [total, n] = totals(base, design);
  const table: QuestionTable = {
    ...{ id: question.id, text: question.text, type: question.type, base: total, unweightedBase: n },
    baseRule: question.type === "number" ? baseRules.answered : baseRules[question.base],
    options: [],
    nets: [],
    missing: missingCounts(coded),
    ...(n < codebook.smallBase ? { small: true as const } : {}),
  };
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
  const mean = meanOf(coded, design, codebook);
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
    for (const code of single ?? state ?? []) if (code === MISSING[kind]) count += 1;
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

interface Axis {
  id: string;
  code: Int32Array;
  labels: { code: string; label: string }[];
}

/** 軸。二つ以上の設問を重ねた軸（性別×年代）もできる。答えのない人は、どの区分にも入らない。 */
function axisOf(survey: CodedSurvey, ids: readonly string[]): Axis {
  const parts = ids.map((id) => survey.questions.get(id)).filter((one) => one?.single !== undefined);
  const code = new Int32Array(survey.rows);
  let labels: Axis["labels"] = [{ code: "", label: "" }];
  for (const part of parts) {
    const options = part?.question.options ?? [];
    for (let row = 0; row < survey.rows; row += 1) {
      const one = part?.single?.[row] ?? -1;
      const before = code[row] ?? -1;
      code[row] = before < 0 || one < 0 ? -1 : before * options.length + one;
    }
    labels = labels.flatMap((above) =>
      options.map((option) => ({
        code: above.code === "" ? option.code : `${above.code}×${option.code}`,
        label: above.label === "" ? option.label : `${above.label}／${option.label}`,
      })),
    );
  }
  return { id: ids.join("×"), code, labels };
}

function crossTable(coded: CodedQuestion, axis: Axis, design: SampleDesign, codebook: Codebook): CrossTable {
  const { question, single, marks } = coded;
  const base = baseOf(coded);
  const [rows, columns] = [axis.labels.length, question.options.length];
  const sums = new Float64Array(rows * columns);
  const people = new Int32Array(rows * columns);
  const [rowSum, rowPeople, rowSquare] = [
    new Float64Array(rows),
    new Int32Array(rows),
    new Float64Array(rows),
  ];
  for (let row = 0; row < base.length; row += 1) {
    const at = axis.code[row] as number;
    if (base[row] === 0 || at < 0) continue;
    const w = design.weight[row] as number;
    rowSum[at] = (rowSum[at] as number) + w;
    rowSquare[at] = (rowSquare[at] as number) + w * w;
    rowPeople[at] = (rowPeople[at] as number) + 1;
    if (single) {
      const option = single[row] as number;
      if (option < 0) continue;
      const place = at * columns + option;
      sums[place] = (sums[place] as number) + w;
      people[place] = (people[place] as number) + 1;
    } else
      for (let option = 0; option < columns; option += 1)
        if (marks?.[option]?.[row] === 1) {
          const place = at * columns + option;
          sums[place] = (sums[place] as number) + w;
          people[place] = (people[place] as number) + 1;
        }
  }
  const grid = Array.from({ length: rows }, (_, i) => Array.from(sums.slice(i * columns, (i + 1) * columns)));
  const table = cellsOf(question, axis, grid, people, { rowSum, rowPeople }, codebook);
  if (codebook.tests.letters) addLetters(table, { rowSum, rowSquare, rowPeople }, codebook.tests.letters);
  if (!codebook.tests.chi2 || !single) return table;
  return { ...table, ...testsOf(table, grid, people, single, axis, base, design, codebook) };
}

function cellsOf(
  question: Question,
  axis: Axis,
  grid: Matrix,
  people: Int32Array,
  { rowSum, rowPeople }: { rowSum: Float64Array; rowPeople: Int32Array },
  codebook: Codebook,
): CrossTable {
  const columns = question.options.map(({ code, label }) => ({ code, label }));
  return {
    row: axis.id,
    column: question.id,
    rows: axis.labels.map(({ code, label }, i) => ({
      ...{ code, label, letter: columnName(i), base: rowSum[i] ?? 0, unweightedBase: rowPeople[i] ?? 0 },
      ...((rowPeople[i] ?? 0) < codebook.smallBase ? { small: true as const } : {}),
    })),
    columns,
    cells: axis.labels.flatMap((row, i) =>
      columns.map((column, j): CrossCell => {
        const hidden = (rowPeople[i] ?? 0) < codebook.suppressBelow;
        const share = (rowSum[i] ?? 0) > 0 ? (grid[i]?.[j] ?? 0) / (rowSum[i] ?? 1) : 0;
        return {
          ...{ row: row.code, column: column.code, count: grid[i]?.[j] ?? 0 },
          unweightedCount: people[i * columns.length + j] ?? 0,
          percent: hidden ? null : share * 100,
        };
      }),
    ),
  };
}

function testsOf(
  table: CrossTable,
  grid: Matrix,
  people: Int32Array,
  single: Int16Array,
  axis: Axis,
  base: Uint8Array,
  design: SampleDesign,
  codebook: Codebook,
): Partial<CrossTable> {
  const answered = grid.flat().reduce((sum, one) => sum + one, 0);
  const n = people.reduce((sum, one) => sum + one, 0);
  const chi: ChiSquare | undefined = n > 0 ? chiSquareOf(grid, n) : undefined;
  if (!chi) return {};
  const residuals = adjustedResiduals(grid, n);
  for (const [at, cell] of table.cells.entries()) {
    const residual = residuals[Math.floor(at / table.columns.length)]?.[at % table.columns.length];
    if (residual !== undefined) cell.residual = residual;
  }
  const tested = { ...chi };
  if (!codebook.design.random || !isComplex(design)) return tested;
  const columns = table.columns.length;
  const cell = new Int32Array(base.length).fill(-1);
  const inside = new Uint8Array(base.length);
  for (let row = 0; row < base.length; row += 1) {
    const [at, option] = [axis.code[row] as number, single[row] as number];
    if (base[row] === 0 || at < 0 || option < 0) continue;
    inside[row] = 1;
    cell[row] = at * columns + option;
  }
  const p = grid.flat().map((one) => one / answered);
  const v = covarianceOf(design, cell, inside, p.length, p, answered);
  const raoScott = raoScottOf(p, v, {
    rows: table.rows.length,
    columns,
    n: design.rows,
    degrees: design.degrees,
  });
  return raoScott ? { ...tested, p: raoScott.p, raoScott } : tested;
}
