import { normalTail } from "../tabulation/distribution.ts";
import { matchOptions, matchQuestions } from "./match-wave.ts";
import type { WaveQuestion, WaveTables } from "./wave.ts";

/** 選択肢一つの、回ごとの割合と、直前の回との差。 */
export interface WaveLine {
  code: string;
  label: string;
  /** 古い回から今回まで（対応する選択肢がなければ null）。 */
  percents: (number | null)[];
  /** 直前の回との差（ポイント）。 */
  difference?: number;
  /** 独立な二つの標本の差の検定: z、両側の p、同じ設問の中でホルムの補正をした p。 */
  z?: number;
  p?: number;
  adjusted?: number;
  mark?: "up" | "down";
  /** 直前の回では言い回しが違った（前回の名）。 */
  reworded?: string;
}

export interface WaveComparison {
  id: string;
  text: string;
  /** 古い回から今回まで。対応する設問のない回は null。 */
  waves: ({ label: string; question: string; n: number } | null)[];
  lines: WaveLine[];
  mean?: { values: (number | null)[]; difference?: number; z?: number; p?: number };
  /** 直前の回だけにある選択肢、今回だけにある選択肢。 */
  onlyBefore: string[];
  onlyNow: string[];
  /** 検定をしないわけ。 */
  untested?: string;
}

/** この人数に満たない回は、検定しない。 */
const LEAST = 30;
const LEVEL = 0.05;

/**
 * 今回と、前の回（古い順）を比べる。検定は直前の回との差: z = (p₁ − p₀) / √(SE₁² + SE₀²)。SE はそれぞれの標本設計の
 * 標準誤差で、二つの調査の回答者は別々に選ばれたものとする（同じ人を追う調査には使わない）。
 * 対応する前の設問が一つもない設問は出さない。
 */
export function compareWaves(
  now: WaveTables,
  before: readonly (WaveTables & { map?: Readonly<Record<string, string>> })[],
): WaveComparison[] {
  const matched = before.map((wave) => matchQuestions(now.questions, wave.questions, wave.map));
  return now.questions.flatMap((question) => {
    const old = matched.map((one) => one.get(question.id));
    return old.some((one) => one !== undefined) ? [compareOne(now.label, question, before, old)] : [];
  });
}

function compareOne(
  label: string,
  question: WaveQuestion,
  before: readonly WaveTables[],
  old: readonly (WaveQuestion | undefined)[],
): WaveComparison {
  const links = old.map((one) => (one ? matchOptions(question, one) : []));
  const last = old.findLastIndex((one) => one !== undefined);
  const [previous, link] = [old[last], links[last] ?? []];
  const untested = whyUntested(question, previous);
  const lines = question.options.map((option): WaveLine => {
    const pair = link.find(({ now }) => now === option);
    const percents = links.map((each) => each.find(({ now }) => now === option)?.before.percent ?? null);
    return {
      ...{ code: option.code, label: option.label, percents: [...percents, option.percent] },
      ...(pair ? { difference: option.percent - pair.before.percent } : {}),
      ...(pair?.reworded ? { reworded: pair.before.label } : {}),
      ...(pair && untested === undefined
        ? differenceTest(option.percent - pair.before.percent, option.se, pair.before.se)
        : {}),
    };
  });
  const paired = new Set(link.map((one) => one.before));
  return {
    ...{ id: question.id, text: question.text },
    waves: [
      ...old.map((one, at) => (one ? { label: before[at]?.label ?? "", question: one.id, n: one.n } : null)),
      { label, question: question.id, n: question.n },
    ],
    lines: holm(lines),
    ...meanOf(question, old, previous, untested),
    onlyBefore: (previous?.options ?? [])
      .filter((one) => !paired.has(one) && !/^無回答$/.test(one.label))
      .map((one) => one.label),
    onlyNow: question.options
      .filter((one) => one.parts === undefined && !link.some(({ now }) => now === one))
      .map((one) => one.label),
    ...(untested === undefined ? {} : { untested }),
  };
}

function whyUntested(now: WaveQuestion, before: WaveQuestion | undefined): string | undefined {
  if (!before) return "前の回に対応する設問がない";
  if (now.n < LEAST || before.n < LEAST) return `n が ${LEAST} に満たない`;
  const sampled = [now, before].every(
    ({ options, mean }) => options.some(({ se }) => se !== undefined) || mean?.se !== undefined,
  );
  return sampled ? undefined : "無作為に抽出した調査ではない";
}

/** 独立な二つの推定値の差の z と両側の p。標準誤差がなければ、何も言わない。 */
function differenceTest(
  difference: number,
  ...errors: readonly (number | undefined)[]
): Pick<WaveLine, "z" | "p"> {
  const variance = errors.reduce<number>((sum, se) => sum + (se ?? 0) ** 2, 0);
  if (!(variance > 0)) return {};
  const z = difference / Math.sqrt(variance);
  return { z, p: 2 * normalTail(Math.abs(z)) };
}

/** ホルムの補正。小さい p から、残りの数を掛け、前より小さくしない。 */
function holm(lines: readonly WaveLine[]): WaveLine[] {
  const tested = lines.filter(({ p }) => p !== undefined).toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1));
  const adjusted = new Map<WaveLine, number>();
  let worst = 0;
  for (const [at, line] of tested.entries()) {
    worst = Math.max(worst, Math.min(1, (line.p ?? 1) * (tested.length - at)));
    adjusted.set(line, worst);
  }
  return lines.map((line) => {
    const p = adjusted.get(line);
    if (p === undefined) return line;
    return { ...line, adjusted: p, ...(p < LEVEL ? { mark: (line.z ?? 0) > 0 ? "up" : "down" } : {}) };
  });
}

function meanOf(
  question: WaveQuestion,
  old: readonly (WaveQuestion | undefined)[],
  previous: WaveQuestion | undefined,
  untested: string | undefined,
): Pick<WaveComparison, "mean"> {
  const [now, before] = [question.mean, previous?.mean];
  if (!now || !old.some((one) => one?.mean)) return {};
  const values = [...old.map((one) => one?.mean?.value ?? null), now.value];
  if (!before) return { mean: { values } };
  const difference = now.value - before.value;
  const tested = untested === undefined ? differenceTest(difference, now.se, before.se) : {};
  return { mean: { values, difference, ...tested } };
}
