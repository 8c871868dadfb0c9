import { columnName } from "../office/table.ts";
import type { Codebook, Question } from "./codebook.ts";
import type { CodedSurvey } from "./coded-answer.ts";
import type { CodedQuestion } from "./coded-question.ts";
import { adjustedResiduals, chiSquareOf, raoScottOf } from "./cross-test.ts";
import { addLetters } from "./letter-test.ts";
import type { Matrix } from "./matrix.ts";
import { covarianceOf, covarianceOfSums, isComplex, type SampleDesign } from "./sample-design.ts";
import type { CrossCell, CrossTable } from "./tabulate.ts";

export interface Axis {
  id: string;
  code: Int32Array;
  labels: { code: string; label: string }[];
}

/** 軸。二つ以上の設問を重ねた軸（性別×年代）もできる。答えのない人は、どの区分にも入らない。 */
export function axisOf(survey: CodedSurvey, ids: readonly string[]): Axis {
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

/** 軸の区分 × 選択肢（末の列は、分母に入るが選択肢のない人）ごとの、Σw・Σw²・人数。層ごとに持つ。 */
interface Sums {
  rows: number;
  columns: number;
  strata: number;
  sum: Float64Array;
  square: Float64Array;
  people: Int32Array;
}

function emptySums(axis: Axis, columns: number, strata: number): Sums {
  const rows = axis.labels.length;
  const size = strata * rows * (columns + 1);
  return {
    ...{ rows, columns, strata, sum: new Float64Array(size), square: new Float64Array(size) },
    people: new Int32Array(size),
  };
}

/** 一つだけ選ぶ設問を、回答の上を一度だけ回って数える。column は選択肢の番号、末の列、または −1（分母の外）。 */
function countSingle(
  sums: Sums,
  column: Int16Array,
  axis: Axis,
  weight: Float64Array,
  stratum: Int32Array,
): void {
  const { rows, columns, sum, square, people, strata } = sums;
  const { code } = axis;
  const width = columns + 1;
  for (let row = 0; row < column.length; row += 1) {
    const to = column[row] as number;
    const at = code[row] as number;
    if (to < 0 || at < 0) continue;
    const w = weight[row] as number;
    const h = strata === 1 ? 0 : (stratum[row] as number);
    const place = (h * rows + at) * width + to;
    sum[place] = (sum[place] as number) + w;
    square[place] = (square[place] as number) + w * w;
    people[place] = (people[place] as number) + 1;
  }
}

/** いくつでも選ぶ設問。末の列に分母のすべてを入れるので、行の和は末の列だけを見る。 */
function countMarks(
  sums: Sums,
  marks: readonly Uint8Array[],
  base: Uint8Array,
  axis: Axis,
  weight: Float64Array,
): void {
  const { columns, sum, square, people } = sums;
  const width = columns + 1;
  for (let row = 0; row < base.length; row += 1) {
    const at = axis.code[row] as number;
    if (base[row] === 0 || at < 0) continue;
    const w = weight[row] as number;
    for (let option = 0; option <= columns; option += 1) {
      if (option < columns && marks[option]?.[row] !== 1) continue;
      const place = at * width + option;
      sum[place] = (sum[place] as number) + w;
      square[place] = (square[place] as number) + w * w;
      people[place] = (people[place] as number) + 1;
    }
  }
}

/** 設問の列の番号: 選択肢の番号、選択肢のない人は columns、分母の外は −1。軸ごとに使い回す。 */
export function columnCodes({ question, single }: CodedQuestion, base: Uint8Array): Int16Array | undefined {
  if (!single) return undefined;
  const columns = question.options.length;
  const codes = new Int16Array(single.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = single[row] as number;
    codes[row] = base[row] === 0 ? -1 : code >= 0 ? code : columns;
  }
  return codes;
}

/** クロス集計一枚。base は分母（1 か 0）、column は columnCodes のもの。 */
export function crossTable(
  coded: CodedQuestion,
  axis: Axis,
  given: { base: Uint8Array; column: Int16Array | undefined },
  design: SampleDesign,
  codebook: Codebook,
): CrossTable {
  const { question, marks } = coded;
  const { base, column } = given;
  const columns = question.options.length;
  const complex = codebook.design.random && isComplex(design);
  const [stage] = design.stages;
  // 層ごとに持つのは、回答が抽出単位で、検定に要るときだけ。
  const strata = complex && design.element && column ? (stage?.parents ?? 1) : 1;
  const sums = emptySums(axis, columns, strata);
  if (column) countSingle(sums, column, axis, design.weight, stage?.parent ?? new Int32Array(0));
  else countMarks(sums, marks ?? [], base, axis, design.weight);
  const flat = flatten(sums, column !== undefined);
  const table = cellsOf(question, axis, flat.grid, flat.people, flat, codebook);
  if (codebook.tests.letters) addLetters(table, flat, codebook.tests.letters);
  if (!codebook.tests.chi2 || !column) return table;
  const n = flat.people.reduce((sum, one) => sum + one, 0);
  const chi = n > 0 ? chiSquareOf(flat.grid, n) : undefined;
  if (!chi) return table;
  const residuals = adjustedResiduals(flat.grid, n);
  for (const [at, cell] of table.cells.entries()) {
    const residual = residuals[Math.floor(at / columns)]?.[at % columns];
    if (residual !== undefined) cell.residual = residual;
  }
  const { leastExpected: _least, ...tested } = chi;
  if (!complex) return { ...table, ...tested };
  const answered = flat.grid.flat().reduce((sum, one) => sum + one, 0);
  const p = flat.grid.flat().map((one) => one / answered);
  const v = design.element
    ? covarianceOfSums(design, ...stratumSums(sums), p.length, p, answered)
    : stagedCovariance(axis, column, columns, p, answered, design);
  const shape = { rows: table.rows.length, columns, n: design.rows, degrees: design.degrees };
  const raoScott = raoScottOf(p, v, shape);
  return raoScott ? { ...table, ...tested, p: raoScott.p, raoScott } : { ...table, ...tested };
}

/**
 * 一つだけ選ぶ設問の単純集計を、回答の上を一度だけ回って数える（回答が抽出単位のとき）。
 * @returns 選択肢の番号の組（まとめ）ごとの、数・割合・標準誤差
 */
export function optionSums(
  column: Int16Array,
  options: number,
  design: SampleDesign,
  random: boolean,
): (places: readonly number[]) => { count: number; unweightedCount: number; percent: number; se?: number } {
  const [stage] = design.stages;
  const strata = stage?.parents ?? 1;
  const axis = { id: "", code: new Int32Array(column.length), labels: [{ code: "", label: "" }] };
  const sums = emptySums(axis, options, strata);
  countSingle(sums, column, axis, design.weight, stage?.parent ?? new Int32Array(0));
  const width = options + 1;
  const totalOf = (of: Float64Array | Int32Array, h: number) => {
    let all = 0;
    for (let j = 0; j < width; j += 1) all += of[h * width + j] as number;
    return all;
  };
  let [total, people] = [0, 0];
  for (let h = 0; h < strata; h += 1) {
    total += totalOf(sums.sum, h);
    people += totalOf(sums.people, h);
  }
  return (places) => {
    const [once, twice] = [new Float64Array(strata * 2), new Float64Array(strata * 2)];
    let [count, unweightedCount] = [0, 0];
    for (let h = 0; h < strata; h += 1) {
      for (const at of new Set(places)) {
        once[h * 2] = (once[h * 2] as number) + (sums.sum[h * width + at] as number);
        twice[h * 2] = (twice[h * 2] as number) + (sums.square[h * width + at] as number);
        unweightedCount += sums.people[h * width + at] as number;
      }
      count += once[h * 2] as number;
      once[h * 2 + 1] = totalOf(sums.sum, h);
      twice[h * 2 + 1] = totalOf(sums.square, h);
    }
    const share = total > 0 ? count / total : 0;
    const found = { count, unweightedCount, percent: share * 100 };
    if (!random || people < 2 || total <= 0) return found;
    const variance = covarianceOfSums(design, once, twice, 1, [share], total)[0]?.[0] ?? 0;
    return { ...found, se: Math.sqrt(Math.max(0, variance)) * 100 };
  };
}

interface Flat {
  grid: Matrix;
  people: Int32Array;
  rowSum: Float64Array;
  rowSquare: Float64Array;
  rowPeople: Int32Array;
}

/** 層をまとめ、行の分母と、選択肢だけの表にする。 */
function flatten({ rows, columns, strata, sum, square, people }: Sums, single: boolean): Flat {
  const width = columns + 1;
  const grid: Matrix = [];
  const flatPeople = new Int32Array(rows * columns);
  const [rowSum, rowSquare] = [new Float64Array(rows), new Float64Array(rows)];
  const rowPeople = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const line = new Array<number>(columns).fill(0);
    for (let h = 0; h < strata; h += 1)
      for (let j = 0; j <= columns; j += 1) {
        const place = (h * rows + i) * width + j;
        if (j < columns) {
          line[j] = (line[j] as number) + (sum[place] as number);
          flatPeople[i * columns + j] = (flatPeople[i * columns + j] as number) + (people[place] as number);
        }
        if (!single && j < columns) continue;
        rowSum[i] = (rowSum[i] as number) + (sum[place] as number);
        rowSquare[i] = (rowSquare[i] as number) + (square[place] as number);
        rowPeople[i] = (rowPeople[i] as number) + (people[place] as number);
      }
    grid.push(line);
  }
  return { grid, people: flatPeople, rowSum, rowSquare, rowPeople };
}

/** 層ごとの、ますの Σw・Σw² と、末に検定に入る人の和。 */
function stratumSums({ rows, columns, strata, sum, square }: Sums): [Float64Array, Float64Array] {
  const cells = rows * columns;
  const once = new Float64Array(strata * (cells + 1));
  const twice = new Float64Array(strata * (cells + 1));
  for (let h = 0; h < strata; h += 1)
    for (let i = 0; i < rows; i += 1)
      for (let j = 0; j < columns; j += 1) {
        const from = (h * rows + i) * (columns + 1) + j;
        const to = h * (cells + 1) + i * columns + j;
        const last = h * (cells + 1) + cells;
        once[to] = sum[from] as number;
        twice[to] = square[from] as number;
        once[last] = (once[last] as number) + (sum[from] as number);
        twice[last] = (twice[last] as number) + (square[from] as number);
      }
  return [once, twice];
}

function stagedCovariance(
  axis: Axis,
  column: Int16Array,
  columns: number,
  p: readonly number[],
  answered: number,
  design: SampleDesign,
): Matrix {
  const cell = new Int32Array(column.length).fill(-1);
  const inside = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row += 1) {
    const [at, to] = [axis.code[row] as number, column[row] as number];
    if (at < 0 || to < 0 || to >= columns) continue;
    inside[row] = 1;
    cell[row] = at * columns + to;
  }
  return covarianceOf(design, cell, inside, p.length, p, answered);
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
