import { AppError } from "../base/error.ts";
import type { Codebook } from "./codebook.ts";
import type { CodedSurvey } from "./coded-answer.ts";
import type { CodedQuestion } from "./coded-question.ts";

export interface Weighting {
  weight: Float64Array;
  method: "cell" | "rake" | "given";
  rounds: number;
  /** n Σw² / (Σw)²。 */
  designEffect: number;
  effectiveN: number;
  min: number;
  max: number;
  trimmed: number;
}

const ROUNDS = 1000;
const CLOSE = 1e-10;

/**
 * 母集団の周辺（または組合せ）に合わせるウエイト。和は回答の数にそろえる。
 * 性別などの答えていない人は、標本での割合のまま、一つの区分にする。
 * @throws AppError BAD_INPUT（空の区分、収束しない、知らない選択肢）。どこかと直し方を言う。
 */
export function makeWeights(survey: CodedSurvey, weighting: NonNullable<Codebook["weighting"]>): Weighting {
  const base = new Float64Array(survey.rows).fill(1);
  const { rake, cell, trim } = weighting;
  if (cell) {
    const margins = [cellMargin(survey, cell)];
    return finish(rakeTo(base, margins), "cell", trim, margins, survey.rows);
  }
  const margins = (rake ?? []).map((one) => questionMargin(survey, one));
  if (margins.length === 0)
    throw new AppError("BAD_INPUT", "ウエイトの周辺（weighting.rake）が書かれていません。");
  return finish(rakeTo(base, margins), "rake", trim, margins, survey.rows);
}

/** 与えられたウエイトの、効きの数。 */
export function describeWeights(weight: Float64Array, more: Partial<Weighting> = {}): Weighting {
  let [sum, square, min, max] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (const w of weight) {
    sum += w;
    square += w * w;
    min = Math.min(min, w);
    max = Math.max(max, w);
  }
  const designEffect = (weight.length * square) / (sum * sum);
  return {
    ...{ weight, method: "given", rounds: 0, designEffect },
    effectiveN: weight.length / designEffect,
    min,
    max,
    trimmed: 0,
    ...more,
  };
}

interface Margin {
  name: string;
  code: Int32Array;
  /** 区分ごとの目標の割合（和は 1）。 */
  target: number[];
  labels: string[];
}

function questionMargin(
  survey: CodedSurvey,
  { question: id, targets }: { question: string; targets: Record<string, number> },
): Margin {
  const coded = survey.questions.get(id);
  if (!coded?.single)
    throw new AppError("BAD_INPUT", `ウエイトの周辺の設問 ${id} は、一つだけ選ぶ設問（sa）ではありません。`);
  const { options } = coded.question;
  const keys = Object.keys(targets);
  const unknown = keys.find((key) => optionOf(coded, key) < 0);
  if (unknown !== undefined)
    throw new AppError("BAD_INPUT", `ウエイトの周辺「${id}」の区分「${unknown}」は、選択肢にありません。`);
  // 表にない区分（「答えたくない」など、母集団の数のないもの）は、無回答と同じに、標本での割合のままにする。
  const amountOf = ({ code, label }: (typeof options)[number]) => targets[code] ?? targets[label];
  const counted = options.filter((option) => amountOf(option) !== undefined);
  const place = options.map((option) => counted.indexOf(option));
  return marginOf(
    id,
    counted.map(({ label }) => label),
    counted.map((option) => amountOf(option) ?? 0),
    coded.single.map((at) => (at < 0 ? at : (place[at] ?? -1))),
  );
}

function optionOf(coded: CodedQuestion, key: string): number {
  return coded.question.options.findIndex(({ code, label }) => code === key || label === key);
}

function cellMargin(
  survey: CodedSurvey,
  cell: { questions: readonly string[]; targets: Record<string, number> },
): Margin {
  const parts = cell.questions.map((id) => {
    const coded = survey.questions.get(id);
    if (!coded?.single)
      throw new AppError("BAD_INPUT", `ウエイトの組の設問 ${id} は、一つだけ選ぶ設問（sa）ではありません。`);
    return coded;
  });
  const keys = Object.keys(cell.targets);
  const place = new Map(
    keys.map((key, at) => [
      key
        .split(/\s*[×*|]\s*/)
        .map((part, i) => {
          const found = parts[i] ? optionOf(parts[i], part) : -1;
          if (found < 0)
            throw new AppError("BAD_INPUT", `ウエイトの組「${key}」の「${part}」は、選択肢にありません。`);
          return found;
        })
        .join("|"),
      at,
    ]),
  );
  const code = new Int32Array(survey.rows);
  for (let row = 0; row < survey.rows; row += 1)
    code[row] = place.get(parts.map(({ single }) => single?.[row] ?? -1).join("|")) ?? -1;
  return marginOf(
    cell.questions.join("×"),
    keys,
    keys.map((key) => cell.targets[key] ?? 0),
    code,
  );
}

/** 区分のない人（無回答など）は、標本での割合の区分を一つ足す。 */
function marginOf(
  name: string,
  labels: readonly string[],
  amounts: readonly number[],
  given: Int16Array | Int32Array,
): Margin {
  const rows = given.length;
  const code = Int32Array.from(given, (one) => (one < 0 ? labels.length : one));
  const counts = new Array<number>(labels.length + 1).fill(0);
  for (const one of code) counts[one] = (counts[one] ?? 0) + 1;
  const missing = (counts[labels.length] ?? 0) / rows;
  const sum = amounts.reduce((all, one) => all + one, 0);
  if (!(sum > 0)) throw new AppError("BAD_INPUT", `ウエイトの周辺「${name}」の母集団の数が、すべて0です。`);
  const target = [...amounts.map((one) => (one / sum) * (1 - missing)), missing];
  const empty = target.findIndex((one, at) => one > 0 && (counts[at] ?? 0) === 0);
  if (empty >= 0)
    throw new AppError(
      "BAD_INPUT",
      `ウエイトの周辺「${name}」の区分「${labels[empty] ?? ""}」に、回答が一つもありません。隣の区分とまとめてください。`,
    );
  const extra = target.findIndex((one, at) => one === 0 && (counts[at] ?? 0) > 0);
  if (extra >= 0)
    throw new AppError(
      "BAD_INPUT",
      `ウエイトの周辺「${name}」の区分「${labels[extra] ?? ""}」に回答が${counts[extra]}件ありますが、母集団の数が0です。数を入れるか、区分をまとめてください。`,
    );
  return { name, code, target, labels: [...labels, "無回答など"] };
}

function rakeTo(start: Float64Array, margins: readonly Margin[]): { weight: Float64Array; rounds: number } {
  const weight = Float64Array.from(start);
  for (let round = 1; round <= ROUNDS; round += 1) {
    let worst = 0;
    for (const { code, target } of margins) {
      const sums = new Float64Array(target.length);
      let total = 0;
      for (const [row, w] of weight.entries()) {
        sums[code[row] ?? 0] = (sums[code[row] ?? 0] ?? 0) + w;
        total += w;
      }
      const factor = target.map((share, at) => {
        const seen = (sums[at] ?? 0) / total;
        if (seen > 0) worst = Math.max(worst, Math.abs(share / seen - 1));
        return seen > 0 ? share / seen : 1;
      });
      for (let row = 0; row < weight.length; row += 1)
        weight[row] = (weight[row] ?? 0) * (factor[code[row] ?? 0] ?? 1);
    }
    if (worst < CLOSE) return { weight, rounds: round };
  }
  throw new AppError(
    "BAD_INPUT",
    `ウエイトが${ROUNDS}回で収束しません。周辺（${margins.map(({ name }) => name).join("、")}）どうしの食い違いか、ほとんど回答のない組合せがあります。区分をまとめてください。`,
  );
}

function finish(
  raked: { weight: Float64Array; rounds: number },
  method: "cell" | "rake",
  trim: { min: number; max: number } | undefined,
  margins: readonly Margin[],
  n: number,
): Weighting {
  let { weight, rounds } = raked;
  let trimmed = 0;
  scaleTo(weight, n);
  // 刈り込んで合わせ直す。合わせ直すとまた外に出ることがあるので、外がなくなるか 20 回まで。
  for (let round = 0; trim && round < 20; round += 1) {
    let out = 0;
    for (const [row, w] of weight.entries()) {
      const kept = Math.min(trim.max, Math.max(trim.min, w));
      if (Math.abs(kept - w) > 1e-6) out += 1;
      weight[row] = kept;
    }
    if (out === 0) break;
    trimmed += out;
    ({ weight, rounds } = rakeTo(weight, margins));
    scaleTo(weight, n);
  }
  return describeWeights(weight, { method, rounds, trimmed });
}

function scaleTo(weight: Float64Array, n: number): void {
  const sum = weight.reduce((all, w) => all + w, 0);
  for (let row = 0; row < weight.length; row += 1) weight[row] = ((weight[row] ?? 0) * n) / sum;
}
