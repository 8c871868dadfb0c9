import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook, Design } from "../tabulation/codebook.ts";
import { type CodedSurvey, codeAnswers } from "../tabulation/coded-answer.ts";
import type { CodedQuestion } from "../tabulation/coded-question.ts";
import { readMargins, type WeightingPlan } from "../tabulation/read-margins-file.ts";
import { readDesign } from "../tabulation/sample-design.ts";
import { makeWeights, type Weighting } from "../tabulation/weighting.ts";
import { saveCodebook } from "./create-survey.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers, openSurveyData, type SurveyDataSet } from "./open-survey-data.ts";

/** 周辺の一区分: 母集団、標本、ウエイトをつけた後の割合（0–1）。 */
export interface MarginLine {
  question: string;
  label: string;
  /** 母集団の表にない区分（回答での割合のまま）は null。 */
  population: number | null;
  share: number | null;
  sampleCount: number;
  sampleShare: number;
  weightedShare: number;
}

export interface WeightReport {
  weighting: Omit<Weighting, "weight"> | undefined;
  margins: MarginLine[];
  /** ウエイトの大きさの分布（0.25 刻み。最後は、それより大きいもの全部）。 */
  histogram: { from: number; count: number }[];
  rows: number;
  /** 層の数、集落の数、自由度。 */
  design: { strata: number; units: number; degrees: number; fpc: boolean };
}

const STEP = 0.25;
const BINS = 20;

/** ウエイトの効き。集計できない調査では、openSurveyData と同じ失敗。 */
export async function readWeights(office: Office, actor: Actor, surveyId: string): Promise<WeightReport> {
  return reportOf(await openSurveyData(office, actor, surveyId));
}

function reportOf({ codebook, coded, weighting, design }: SurveyDataSet): WeightReport {
  const { weight, ...described } = weighting ?? { weight: undefined };
  const first = design.stages[0];
  const shown = weight ?? (design.weighted ? design.weight : undefined);
  return {
    weighting: weighting && (described as Omit<Weighting, "weight">),
    margins: codebook.weighting ? marginLines(coded, codebook.weighting, design.weight) : [],
    histogram: shown ? histogramOf(shown) : [],
    rows: design.rows,
    design: {
      ...{ strata: first?.parents ?? 1, units: first?.units ?? design.rows, degrees: design.degrees },
      fpc: first?.fraction.some((one) => one > 0) ?? false,
    },
  };
}

function histogramOf(weight: Float64Array): { from: number; count: number }[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const one of weight) {
    const at = Math.min(BINS - 1, Math.floor(one / STEP));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const last = counts.findLastIndex((count) => count > 0);
  return counts.slice(0, last + 1).map((count, at) => ({ from: at * STEP, count }));
}

/** 周辺ごとの、母集団・標本・ウエイト後。無回答を除いた中での割合。 */
function marginLines(coded: CodedSurvey, { rake, cell }: WeightingPlan, weight: Float64Array): MarginLine[] {
  const parts = rake ?? (cell ? [{ question: cell.questions.join("×"), targets: cell.targets }] : []);
  return parts.flatMap(({ question: key, targets }) => {
    const questions = key.split("×").map((id) => coded.questions.get(id));
    const placeOf = (category: string) =>
      category.split(/\s*[×*|]\s*/).map((part, at) => {
        const options = questions[at]?.question.options ?? [];
        return options.findIndex(({ code, label }) => code === part || label === part);
      });
    const places = new Map(Object.keys(targets).map((name) => [placeOf(name).join("|"), name]));
    const counts = new Map<string, { n: number; w: number }>();
    for (let row = 0; row < coded.rows; row += 1) {
      const name = places.get(questions.map((one) => one?.single?.[row] ?? -1).join("|"));
      if (name === undefined) continue;
      const sum = counts.get(name) ?? { n: 0, w: 0 };
      counts.set(name, { n: sum.n + 1, w: sum.w + (weight[row] ?? 0) });
    }
    const total = { n: 0, w: 0, p: 0 };
    for (const { n, w } of counts.values()) Object.assign(total, { n: total.n + n, w: total.w + w });
    for (const amount of Object.values(targets)) total.p += amount;
    const labelOf = (name: string) =>
      placeOf(name)
        .map((place, at) => questions[at]?.question.options[place]?.label ?? name)
        .join("・");
    const lines = Object.entries(targets).map(([name, population]): MarginLine => {
      const { n, w } = counts.get(name) ?? { n: 0, w: 0 };
      return {
        ...{ question: key, label: labelOf(name), population, share: population / total.p },
        ...{ sampleCount: n, sampleShare: n / total.n, weightedShare: w / total.w },
      };
    });
    const [only] = questions.length === 1 ? questions : [];
    return [...lines, ...(only ? uncounted(key, only, places, coded.rows) : [])];
  });
}

/** 母集団の表にない区分。回答での割合のままにしたもの。 */
function uncounted(
  question: string,
  { question: { options }, single }: CodedQuestion,
  places: ReadonlyMap<string, string>,
  rows: number,
): MarginLine[] {
  return options.flatMap(({ label }, at) => {
    const n = single?.reduce((sum, one) => sum + (one === at ? 1 : 0), 0) ?? 0;
    if (places.has(String(at)) || n === 0) return [];
    const share = n / rows;
    return [
      {
        question,
        label,
        population: null,
        share: null,
        sampleCount: n,
        sampleShare: share,
        weightedShare: share,
      },
    ];
  });
}

export interface WeightInput {
  /** 母集団の周辺の表。省けば、いまの周辺のまま。null で、ウエイトをやめる。 */
  margins?: { bytes: Uint8Array; name: string } | null;
  /** 刈り込む下と上。null で刈り込まない。省けばいまのまま。 */
  trim?: { min: number; max: number } | null;
  /** 標本設計。省けばいまのまま。 */
  design?: Design;
  version?: number;
}

/**
 * ウエイトと標本設計を決める。決める前に一度作ってみて、作れなければ何も変えない。
 * @throws AppError BAD_INPUT（周辺の表の誤り、空の区分、収束しない、設計の列がない）。どこかと直し方を言う
 */
export async function weightSurvey(
  office: Office,
  actor: Actor,
  surveyId: string,
  input: WeightInput,
): Promise<WeightReport> {
  const { codebook } = await openSurvey(office, actor, surveyId, "work");
  if (!codebook) throw new AppError("REFUSED", "コードブックを定めてから、ウエイトを決めてください。");
  const { data } = await openAnswers(office, actor, surveyId);
  const next = nextCodebook(codebook, input);
  const coded = codeAnswers(data, next);
  const made = next.weighting ? makeWeights(coded, next.weighting) : undefined;
  readDesign(data, next.design, made?.weight);
  const given = input.version === undefined ? {} : { version: input.version };
  await saveCodebook(office, actor, surveyId, { codebook: next, kind: "survey.weighted", ...given });
  return readWeights(office, actor, surveyId);
}

function nextCodebook(codebook: Codebook, { margins, trim, design }: WeightInput): Codebook {
  const { weighting: before, ...rest } = codebook;
  const read =
    margins === undefined
      ? before
      : margins === null
        ? undefined
        : {
            ...readMargins(margins.bytes, margins.name, codebook),
            ...(before?.trim ? { trim: before.trim } : {}),
          };
  if (trim && !(trim.min > 0 && trim.min < 1 && trim.max > 1))
    throw new AppError("BAD_INPUT", "刈り込みの下は 0 と 1 の間、上は 1 より大きい数にしてください。", {
      faults: [{ field: "min", message: "下は 0 と 1 の間、上は 1 より大きい数です。" }],
    });
  const { trim: _trim, ...plan } = read ?? {};
  const kept = trim === undefined ? read?.trim : (trim ?? undefined);
  const weighting = read && { ...plan, ...(kept ? { trim: kept } : {}) };
  return { ...rest, design: design ?? codebook.design, ...(weighting ? { weighting } : {}) };
}
