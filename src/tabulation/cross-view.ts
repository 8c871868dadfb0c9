import { type Codebook, type MissingKind, missingKinds, type Question } from "./codebook.ts";
import type { CodedSurvey } from "./coded-answer.ts";
import { type CodedQuestion, MISSING } from "./coded-question.ts";
import type { CrossAsk } from "./cross-ask.ts";
import type { RaoScott } from "./cross-test.ts";
import { questionName } from "./question-name.ts";
import { type RankTable, rankTable } from "./rank-table.ts";
import type { SampleDesign } from "./sample-design.ts";
import { type AxisCodes, axesOf, filterMask } from "./view-axis.ts";
import { countBlock, type Scene, sceneOf } from "./view-count.ts";
import { testBlock } from "./view-test.ts";

/** 集計のもと。weighted は標本設計つき、plain はウエイトのないもの。 */
export interface SurveyBase {
  readonly codebook: Codebook;
  readonly survey: CodedSurvey;
  readonly weighted?: SampleDesign | undefined;
  readonly plain: SampleDesign;
}

export interface ViewColumn {
  /** 選択肢のコード、まとめは「net:0」、無回答などは「missing:noAnswer」。 */
  key: string;
  label: string;
  kind: "option" | "net" | "missing";
}

export interface ViewCell {
  /** ウエイトつきの数（なければ人数）。 */
  count: number;
  people: number;
  /** 行の中の百分率。分母がない、または伏せたときは null。 */
  percent: number | null;
  /** 調整済み残差（標本設計で割り引いたもの）が 5% 水準を超える。 */
  mark?: "up" | "down";
  residual?: number;
  /** この区分より有意に低い区分の文字。 */
  letters?: string;
}

export interface ViewRow {
  code: string;
  label: string;
  letter: string;
  /** 分母。ウエイトつき、人数、有効な人数。 */
  base: number;
  people: number;
  effective: number;
  small: boolean;
  hidden: boolean;
  cells: ViewCell[];
  mean?: { value: number; se?: number; n: number };
}

export interface ViewTest {
  chi2: number;
  df: number;
  p: number;
  cramersV: number;
  cramersVCorrected: number;
  /** いちばん小さい期待度数と、5 に満たないますの割合。 */
  leastExpected: number;
  smallExpected: number;
  raoScott?: RaoScott;
  /** 標本設計を入れた検定を求められなかった（空のますが多い）。 */
  plainOnly?: true;
}

export interface ViewBlock {
  id: string;
  title: string;
  rows: ViewRow[];
  test?: ViewTest;
  /** 検定をしないわけ。 */
  untested?: string;
}

export interface CrossView {
  ask: CrossAsk;
  title: string;
  question: { id: string; text: string; short: string; type: Question["type"] };
  columns: ViewColumn[];
  /** まとめの中の選択肢のコード（net:0、net:1 の順）。 */
  nets: string[][];
  total: ViewRow;
  blocks: ViewBlock[];
  base: {
    /** 回答の数、絞り込みに合う数、聞かれた数、答えた数、分母に入れた数。 */
    all: number;
    filtered: number;
    asked: number;
    answered: number;
    counted: number;
    missing: { kind: MissingKind; label: string; people: number }[];
    rule: string;
  };
  /** 順位の設問の、全体の順位ごとの数と得点。 */
  ranks?: RankTable;
  weighted: boolean;
}

/** クロス集計一枚。回答の上を軸ごとに一度ずつ回るだけなので、十万人でも待たせない。 */
export function crossView(from: SurveyBase, ask: CrossAsk): CrossView {
  const coded = questionOf(from, ask.column);
  const design = ask.weighted && from.weighted ? from.weighted : from.plain;
  const mask = filterMask(from.survey, ask.filters);
  const scene = sceneOf(from, coded, design, mask, ask);
  const everyone: AxisCodes = {
    id: "",
    title: "",
    rows: [{ code: "", label: "全体" }],
    code: new Int32Array(from.survey.rows),
  };
  const total = countBlock(scene, everyone).rows[0] as ViewRow;
  const axes = axesOf(from.survey, ask);
  const ranks = rankTable(coded, design, scene.base);
  return {
    ask,
    title: titleOf(scene.question, axes),
    question: headOf(scene.question),
    columns: scene.columns,
    nets: scene.question.nets.map(({ codes }) => [...codes]),
    total,
    blocks: axes.map((axis) => testBlock(scene, axis, countBlock(scene, axis))),
    base: baseOf(scene, mask),
    ...(ranks ? { ranks } : {}),
    weighted: design.weighted,
  };
}

export function questionOf({ survey }: SurveyBase, id: string): CodedQuestion {
  const coded = survey.questions.get(id);
  if (!coded) throw new RangeError(`no coded question ${id}`);
  return coded;
}

function headOf({ id, text, short, type }: Question): CrossView["question"] {
  return { id, text, short: short ?? text, type };
}

function titleOf(question: Question, axes: readonly AxisCodes[]): string {
  const name = `${questionName(question.id)} ${question.short ?? question.text}`.trim();
  return axes.length === 0 ? name : `${name} × ${axes.map(({ title }) => title).join("・")}`;
}

function baseOf(scene: Scene, mask: Uint8Array): CrossView["base"] {
  const state = scene.coded.single ?? scene.coded.state ?? new Int8Array(0);
  let [filtered, asked, answered, counted] = [0, 0, 0, 0];
  const missing = new Map<number, number>();
  for (let row = 0; row < state.length; row += 1) {
    if (mask[row] === 0) continue;
    filtered += 1;
    const code = state[row] as number;
    if (code !== MISSING.notApplicable) asked += 1;
    if (code >= 0) answered += 1;
    else missing.set(code, (missing.get(code) ?? 0) + 1);
    if (scene.base[row] === 1) counted += 1;
  }
  const all = ["noAnswer", "unknown", "dontKnow", "notApplicable"] as const;
  return {
    ...{ all: state.length, filtered, asked, answered, counted },
    missing: all.flatMap((kind) => {
      const people = missing.get(MISSING[kind]) ?? 0;
      return people > 0 ? [{ kind, label: missingKinds[kind], people }] : [];
    }),
    rule:
      scene.ask.withMissing && scene.question.type !== "number"
        ? "聞かれた人（無回答を含む）"
        : "答えた人（無回答を除く）",
  };
}
