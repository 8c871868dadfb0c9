import { AppError } from "../base/error.ts";
import type { Design } from "./codebook.ts";
import type { Matrix } from "./matrix.ts";
import type { SurveyData } from "./survey-data.ts";

/** 一つの段の抽出単位。 */
interface Stage {
  /** 回答ごとの、この段の単位の番号。 */
  unit: Int32Array;
  units: number;
  /** 単位ごとの、親（層か、一つ前の段の単位）の番号。 */
  parent: Int32Array;
  parents: number;
  /** 親ごとの抽出率（母集団修正をしないときは 0）。 */
  fraction: Float64Array;
  /** 親ごとの、標本の単位の数。 */
  size: Int32Array;
}

/** 層・集落・母集団修正を読んだ標本設計。分散は線形化で求める（Särndal ら 1992、R survey の svyrecvar と同じ）。 */
export interface SampleDesign {
  readonly rows: number;
  readonly weight: Float64Array;
  readonly weighted: boolean;
  readonly stages: readonly Stage[];
  /** 集落がなく、回答が一段の抽出単位であるとき真（層ごとの和だけで速く求める）。 */
  readonly element: boolean;
  /** 第一段の単位の数 − 層の数。 */
  readonly degrees: number;
  /** 第一段の単位が一つだけで、全数でもない層の名。この層のばらつきは数えられない（R の lonely.psu="remove" と同じ）。 */
  readonly lonely: readonly string[];
}

/**
 * 設計の列を読む。
 * @throws AppError BAD_INPUT（列がない、ウエイトや母集団の数が正の数でない、一つの層で母集団の数が違う）。行を言う。
 */
export function readDesign(data: SurveyData, design: Design, given?: Float64Array): SampleDesign {
  const { rows } = data;
  const weight =
    given ?? (design.weight === undefined ? new Float64Array(rows).fill(1) : weightsIn(data, design.weight));
  const strata = codesOf(
    rows,
    (design.strata ?? []).map((name) => textColumn(data, name, "層")),
  );
  const clusters = design.cluster ?? [];
  const stages: Stage[] = [];
  let parent = strata;
  const count = Math.max(1, clusters.length);
  for (let level = 0; level < count; level += 1) {
    const name = clusters[level];
    const unit =
      name === undefined
        ? { code: Int32Array.from({ length: rows }, (_, row) => row), count: rows }
        : nested(parent, codesOf(rows, [textColumn(data, name, "集落")]));
    stages.push(stageOf(data, unit, parent, design.fpc?.[level]));
    parent = unit;
  }
  const first = stages[0];
  return {
    ...{ rows, weight, stages, element: clusters.length === 0 },
    weighted: given !== undefined || design.weight !== undefined,
    degrees: (first?.units ?? 0) - (first?.parents ?? 0),
    lonely: first ? lonelyStrata(data, design, first, strata) : [],
  };
}

function lonelyStrata(data: SurveyData, design: Design, first: Stage, strata: Codes): string[] {
  const columns = (design.strata ?? []).map((name) => data.column(name) ?? []);
  if (first.parents < 2 && columns.length === 0) return [];
  return Array.from(first.size).flatMap((size, at) => {
    if (size !== 1 || (first.fraction[at] ?? 0) >= 1) return [];
    const row = strata.code.indexOf(at);
    return [columns.map((column) => column[row] ?? "").join("・") || "（全体）"];
  });
}

interface Codes {
  code: Int32Array;
  count: number;
}

function codesOf(rows: number, columns: readonly (readonly string[])[]): Codes {
  const known = new Map<string, number>();
  const code = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const key = columns.map((column) => column[row] ?? "").join("\u0000");
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    code[row] = found;
  }
  return { code, count: known.size };
}

/** 親の中での番号にする（別の層の同じ集落番号は、別の集落）。 */
function nested(parent: Codes, own: Codes): Codes {
  return codesOf(
    own.code.length,
    [parent.code, own.code].map((codes) => Array.from(codes, String)),
  );
}

function stageOf(data: SurveyData, unit: Codes, parent: Codes, fpc: string | undefined): Stage {
  const parents = new Int32Array(unit.count);
  const size = new Int32Array(parent.count);
  const seen = new Uint8Array(unit.count);
  for (let row = 0; row < unit.code.length; row += 1) {
    const [one, above] = [unit.code[row] ?? 0, parent.code[row] ?? 0];
    if (seen[one] === 1) continue;
    seen[one] = 1;
    parents[one] = above;
    size[above] = (size[above] ?? 0) + 1;
  }
  const fraction = new Float64Array(parent.count);
  if (fpc !== undefined) fillFractions(numbers(data, fpc, "母集団の数"), parent, size, fraction);
  return { unit: unit.code, units: unit.count, parent: parents, parents: parent.count, fraction, size };
}

function fillFractions(
  population: Float64Array,
  parent: Codes,
  size: Int32Array,
  fraction: Float64Array,
): void {
  const known = new Float64Array(parent.count);
  for (const [row, value] of population.entries()) {
    const above = parent.code[row] ?? 0;
    if (known[above] !== 0 && known[above] !== value)
      throw new AppError("BAD_INPUT", `${row + 1}行目の母集団の数が、同じ層（集落）のほかの行と違います。`);
    known[above] = value;
    const n = size[above] ?? 0;
    const share = value > 1 ? n / value : value;
    if (share > 1 + 1e-12)
      throw new AppError(
        "BAD_INPUT",
        `${row + 1}行目の母集団の数（${value}）が、標本の単位の数（${n}）より小さくなっています。`,
      );
    fraction[above] = Math.min(1, share);
  }
}

function textColumn(data: SurveyData, name: string, what: string): readonly string[] {
  const values = data.column(name);
  if (!values) throw new AppError("BAD_INPUT", `${what}の列「${name}」が、回答の表にありません。`);
  return values;
}

/** ウエイトの列。0 は、設計には残り、割合には効かない（R の survey と同じ）。 */
function weightsIn(data: SurveyData, name: string): Float64Array {
  const weight = Float64Array.from(textColumn(data, name, "ウエイト"), (text, row) => {
    const number = Number(text.replace(/,/g, ""));
    if (text === "" || !Number.isFinite(number) || number < 0)
      throw new AppError(
        "BAD_INPUT",
        `${row + 1}行目のウエイト（列「${name}」）が、0 以上の数ではありません。`,
      );
    return number;
  });
  if (!weight.some((one) => one > 0))
    throw new AppError(
      "BAD_INPUT",
      `ウエイトの列「${name}」が、すべて 0 です。列の取り違えでないか、ご確認ください。`,
    );
  return weight;
}

function numbers(data: SurveyData, name: string, what: string): Float64Array {
  return Float64Array.from(textColumn(data, name, what), (text, row) => {
    const number = Number(text.replace(/,/g, ""));
    if (text === "" || !Number.isFinite(number) || number <= 0)
      throw new AppError("BAD_INPUT", `${row + 1}行目の${what}（列「${name}」）が、正の数ではありません。`);
    return number;
  });
}

/**
 * 割合（比）の分散共分散。cell は回答ごとの区分（0 から cells−1、どれでもなければ −1）、
 * base は分母に入る回答（1 か 0）。p は区分ごとの割合、total は分母のウエイトの和。
 */
export function covarianceOf(
  design: SampleDesign,
  cell: Int32Array,
  base: Uint8Array,
  cells: number,
  p: readonly number[],
  total: number,
): Matrix {
  return design.element
    ? elementCovariance(design, cell, base, cells, p, total)
    : stagedCovariance(design, cell, base, cells, p, total);
}

function zeros(n: number): Matrix {
  return Array.from({ length: n }, () => new Array<number>(n).fill(0));
}

/** 回答が抽出単位のとき: 層ごとの Σw と Σw² だけで済む。 */
function elementCovariance(
  { weight, stages, rows }: SampleDesign,
  cell: Int32Array,
  base: Uint8Array,
  cells: number,
  p: readonly number[],
  total: number,
): Matrix {
  const stage = stages[0] as Stage;
  const width = cells + 1;
  const once = new Float64Array(stage.parents * width);
  const twice = new Float64Array(stage.parents * width);
  for (let row = 0; row < rows; row += 1) {
    if (base[row] === 0) continue;
    const w = weight[row] as number;
    const at = (stage.parent[row] as number) * width;
    once[at + cells] = (once[at + cells] as number) + w;
    twice[at + cells] = (twice[at + cells] as number) + w * w;
    const k = cell[row] as number;
    if (k < 0) continue;
    once[at + k] = (once[at + k] as number) + w;
    twice[at + k] = (twice[at + k] as number) + w * w;
  }
  return covarianceOfSums({ stages: [stage] }, once, twice, cells, p, total);
}

/**
 * 層ごとのます（0 から cells−1、末は分母の全部）の Σw と Σw² から、割合の分散共分散。
 * 回答が抽出単位のときに使う。
 */
export function covarianceOfSums(
  { stages }: Pick<SampleDesign, "stages">,
  once: Float64Array,
  twice: Float64Array,
  cells: number,
  p: readonly number[],
  total: number,
): Matrix {
  const stage = stages[0] as Stage;
  const width = cells + 1;
  const v = zeros(cells);
  for (let h = 0; h < stage.parents; h += 1) {
    const n = stage.size[h] ?? 0;
    const factor = spread(n, stage.fraction[h] ?? 0);
    if (factor === 0) continue;
    const at = h * width;
    const [sum, square] = [(k: number) => once[at + k] ?? 0, (k: number) => twice[at + k] ?? 0];
    for (let k = 0; k < cells; k += 1) {
      const pk = p[k] ?? 0;
      const meanK = (sum(k) - pk * sum(cells)) / n;
      for (let l = 0; l <= k; l += 1) {
        const pl = p[l] ?? 0;
        const meanL = (sum(l) - pl * sum(cells)) / n;
        const products =
          (k === l ? square(k) : 0) - pl * square(k) - pk * square(l) + pk * pl * square(cells);
        add(v, k, l, (factor * (products - n * meanK * meanL)) / (total * total));
      }
    }
  }
  return v;
}

/** (1−f)·n/(n−1)。単位が一つだけの層は、全数（f=1）でなければ分散を出せないので、0 とする。 */
function spread(n: number, fraction: number): number {
  return n > 1 ? ((1 - fraction) * n) / (n - 1) : 0;
}

function add(v: Matrix, k: number, l: number, value: number): void {
  const [row, other] = [v[k], v[l]];
  if (row) row[l] = (row[l] ?? 0) + value;
  if (k !== l && other) other[k] = (other[k] ?? 0) + value;
}

/** 集落のあるとき: 段ごとに、単位の和の散らばり。二段目からは、前の段の抽出率を掛ける。 */
function stagedCovariance(
  design: SampleDesign,
  cell: Int32Array,
  base: Uint8Array,
  cells: number,
  p: readonly number[],
  total: number,
): Matrix {
  const v = zeros(cells);
  let above: Float64Array | undefined;
  for (const [level, stage] of design.stages.entries()) {
    const sums = unitSums(design, stage, cell, base, cells, p, total);
    // 親ごとに掛ける、前の段までの抽出率。
    const carry = new Float64Array(stage.parents).fill(1);
    if (level > 0) {
      const before = design.stages[level - 1] as Stage;
      for (let unit = 0; unit < stage.parents; unit += 1) {
        const up = before.parent[unit] ?? 0;
        carry[unit] = (above?.[up] ?? 1) * (before.fraction[up] ?? 0);
      }
    }
    above = carry;
    addSpread(v, stage, sums, cells, carry);
  }
  return v;
}

function unitSums(
  { weight, rows }: SampleDesign,
  stage: Stage,
  cell: Int32Array,
  base: Uint8Array,
  cells: number,
  p: readonly number[],
  total: number,
): Float64Array {
  const sums = new Float64Array(stage.units * cells);
  for (let row = 0; row < rows; row += 1) {
    if (base[row] === 0) continue;
    const at = (stage.unit[row] as number) * cells;
    const w = (weight[row] as number) / total;
    for (let k = 0; k < cells; k += 1) sums[at + k] = (sums[at + k] as number) - w * (p[k] ?? 0);
    const k = cell[row] as number;
    if (k >= 0) sums[at + k] = (sums[at + k] as number) + w;
  }
  return sums;
}

function addSpread(v: Matrix, stage: Stage, sums: Float64Array, cells: number, carry: Float64Array): void {
  const means = new Float64Array(stage.parents * cells);
  for (let unit = 0; unit < stage.units; unit += 1) {
    const up = stage.parent[unit] ?? 0;
    for (let k = 0; k < cells; k += 1)
      means[up * cells + k] =
        (means[up * cells + k] ?? 0) + (sums[unit * cells + k] ?? 0) / (stage.size[up] ?? 1);
  }
  for (let unit = 0; unit < stage.units; unit += 1) {
    const up = stage.parent[unit] ?? 0;
    const factor = spread(stage.size[up] ?? 0, stage.fraction[up] ?? 0) * (carry[up] ?? 1);
    if (factor === 0) continue;
    for (let k = 0; k < cells; k += 1) {
      const zk = (sums[unit * cells + k] ?? 0) - (means[up * cells + k] ?? 0);
      for (let l = 0; l <= k; l += 1)
        add(v, k, l, factor * zk * ((sums[unit * cells + l] ?? 0) - (means[up * cells + l] ?? 0)));
    }
  }
}

/** 数の平均の分散。y は値（分母でないところは見ない）。 */
export function meanVariance(
  design: SampleDesign,
  y: Float64Array,
  base: Uint8Array,
  mean: number,
  total: number,
): number {
  let variance = 0;
  let above: Float64Array | undefined;
  for (const [level, stage] of design.stages.entries()) {
    const sums = new Float64Array(stage.units);
    for (let row = 0; row < design.rows; row += 1) {
      if (base[row] === 0) continue;
      const unit = stage.unit[row] ?? 0;
      sums[unit] = (sums[unit] ?? 0) + ((design.weight[row] ?? 0) * ((y[row] ?? 0) - mean)) / total;
    }
    const carry = new Float64Array(stage.parents).fill(1);
    const before = design.stages[level - 1];
    if (before)
      for (let unit = 0; unit < stage.parents; unit += 1) {
        const up = before.parent[unit] ?? 0;
        carry[unit] = (above?.[up] ?? 1) * (before.fraction[up] ?? 0);
      }
    above = carry;
    const v = zeros(1);
    addSpread(v, stage, sums, 1, carry);
    variance += v[0]?.[0] ?? 0;
  }
  return variance;
}

/** 絞り込んだ回答だけの自由度（残る第一段の単位 − 残る層）。R の subset と同じ。 */
export function degreesWithin({ stages, degrees, rows }: SampleDesign, mask: Uint8Array): number {
  const [first] = stages;
  if (!first) return degrees;
  const units = new Uint8Array(first.units);
  const parents = new Uint8Array(first.parents);
  for (let row = 0; row < rows; row += 1) {
    if (mask[row] === 0) continue;
    const unit = first.unit[row] as number;
    units[unit] = 1;
    parents[first.parent[unit] as number] = 1;
  }
  const count = (seen: Uint8Array) => seen.reduce((sum, one) => sum + one, 0);
  return count(units) - count(parents);
}

/** ウエイト、層、集落、母集団修正のどれかがある。 */
export function isComplex(design: SampleDesign): boolean {
  const [first] = design.stages;
  return design.weighted || !design.element || (first?.parents ?? 1) > 1 || (first?.fraction[0] ?? 0) > 0;
}
