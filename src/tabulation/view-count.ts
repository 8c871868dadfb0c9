import { columnName } from "../office/table.ts";
import { type Codebook, type MissingKind, missingKinds, type Question } from "./codebook.ts";
import { type CodedQuestion, MISSING } from "./coded-question.ts";
import type { CrossAsk } from "./cross-ask.ts";
import type { SurveyBase, ViewCell, ViewColumn, ViewRow } from "./cross-view.ts";
import { meanVariance, type SampleDesign } from "./sample-design.ts";
import type { AxisCodes } from "./view-axis.ts";

/** 数えるときに何度も使うもの。 */
export interface Scene {
  readonly codebook: Codebook;
  readonly question: Question;
  readonly coded: CodedQuestion;
  readonly design: SampleDesign;
  readonly ask: CrossAsk;
  /** 絞り込みに合う回答。 */
  readonly mask: Uint8Array;
  /** 分母に入る回答。 */
  readonly base: Uint8Array;
  readonly columns: ViewColumn[];
  /** 選択肢の数（columns のはじめ）。 */
  readonly options: number;
  /** 一つだけ選ぶ設問の、列の番号（無回答などの列を含む。どれでもなければ −1）。 */
  readonly column?: Int16Array;
  readonly missing: MissingKind[];
}

const kinds = ["noAnswer", "unknown", "dontKnow"] as const;

export function sceneOf(
  from: SurveyBase,
  coded: CodedQuestion,
  design: SampleDesign,
  mask: Uint8Array,
  ask: CrossAsk,
): Scene {
  const { question } = coded;
  const state = coded.single ?? coded.state ?? new Int8Array(from.survey.rows);
  const counts = new Map<number, number>();
  const base = new Uint8Array(from.survey.rows);
  for (let row = 0; row < base.length; row += 1) {
    if (mask[row] === 0) continue;
    const code = state[row] as number;
    if (code >= 0) base[row] = 1;
    else if (code !== MISSING.notApplicable) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (ask.withMissing && question.type !== "number") base[row] = 1;
    }
  }
  const missing = question.type === "number" ? [] : kinds.filter((kind) => counts.has(MISSING[kind]));
  const shown = ask.withMissing ? missing : [];
  const options = question.type === "number" ? 0 : question.options.length;
  const columns: ViewColumn[] = [
    ...question.options.slice(0, options).map(({ code, label, short }) => ({
      ...{ key: code, label: short ?? label, kind: "option" as const },
    })),
    ...shown.map((kind) => ({
      ...{ key: `missing:${kind}`, label: missingKinds[kind], kind: "missing" as const },
    })),
    ...question.nets.map(({ label }, at) => ({ key: `net:${at}`, label, kind: "net" as const })),
  ];
  const place = new Map(shown.map((kind, at) => [MISSING[kind], options + at]));
  const column =
    coded.single && Int16Array.from(coded.single, (code) => (code >= 0 ? code : (place.get(code) ?? -1)));
  return {
    ...{
      codebook: from.codebook,
      question,
      coded,
      design,
      ask,
      mask,
      base,
      columns,
      options,
      missing: shown,
    },
    ...(column ? { column } : {}),
  };
}

export interface Counted {
  rows: ViewRow[];
  /** 選択肢だけの度数（行 × 選択肢）。 */
  sums: Float64Array;
  people: Int32Array;
  rowSquare: Float64Array;
}

/** 一つの軸で数える。 */
export function countBlock(scene: Scene, axis: AxisCodes): Counted {
  const { design, base, column, coded, options, missing, question, codebook } = scene;
  const [height, width] = [axis.rows.length, options + missing.length];
  const sums = new Float64Array(height * width);
  const people = new Int32Array(height * width);
  const [rowSum, rowSquare] = [new Float64Array(height), new Float64Array(height)];
  const rowPeople = new Int32Array(height);
  const { weight } = design;
  const visit = (row: number, at: number): void => {
    const w = weight[row] as number;
    rowSum[at] = (rowSum[at] as number) + w;
    rowSquare[at] = (rowSquare[at] as number) + w * w;
    rowPeople[at] = (rowPeople[at] as number) + 1;
    const put = (place: number) => {
      sums[place] = (sums[place] as number) + w;
      people[place] = (people[place] as number) + 1;
    };
    if (column) {
      const to = column[row] as number;
      if (to >= 0) put(at * width + to);
      return;
    }
    for (let option = 0; option < options; option += 1)
      if (coded.marks?.[option]?.[row] === 1) put(at * width + option);
    const state = coded.state?.[row] as number;
    if (state < 0)
      for (const [i, kind] of missing.entries()) if (MISSING[kind] === state) put(at * width + options + i);
  };
  for (let row = 0; row < base.length; row += 1) {
    if (base[row] === 0) continue;
    if (axis.code) {
      const at = axis.code[row] as number;
      if (at >= 0) visit(row, at);
    } else for (let at = 0; at < height; at += 1) if (isIn(axis, row, at)) visit(row, at);
  }
  const rows = axis.rows.map(({ code, label }, i): ViewRow => {
    const [total, n] = [rowSum[i] ?? 0, rowPeople[i] ?? 0];
    const hidden = n < codebook.suppressBelow;
    const cell = (count: number, counted: number): ViewCell => ({
      ...{ count, people: counted },
      percent: hidden || total <= 0 ? null : (count / total) * 100,
    });
    const plain = Array.from({ length: width }, (_, j) =>
      cell(sums[i * width + j] ?? 0, people[i * width + j] ?? 0),
    );
    const square = rowSquare[i] ?? 0;
    return {
      ...{ code, label, letter: columnName(i), base: total, people: n, hidden },
      ...{ effective: square > 0 ? total ** 2 / square : 0, small: n < codebook.smallBase },
      cells: [...plain, ...question.nets.map((net) => netCell(scene, axis, i, net.codes, plain, cell))],
      ...meanOf(scene, axis, i),
    };
  });
  return { rows, sums, people, rowSquare };
}

/** まとめた割合。一つだけ選ぶ設問は足し算、いくつでも選ぶ設問は、どれかを選んだ人。 */
function netCell(
  scene: Scene,
  axis: AxisCodes,
  at: number,
  codes: readonly string[],
  plain: readonly ViewCell[],
  cell: (count: number, people: number) => ViewCell,
): ViewCell {
  const places = scene.question.options.flatMap(({ code }, i) => (codes.includes(code) ? [i] : []));
  if (scene.column) {
    const sum = (pick: (one: ViewCell) => number) =>
      places.reduce((all, i) => all + (plain[i] ? pick(plain[i]) : 0), 0);
    return cell(
      sum(({ count }) => count),
      sum(({ people }) => people),
    );
  }
  let [count, people] = [0, 0];
  for (let row = 0; row < scene.base.length; row += 1)
    if (
      scene.base[row] === 1 &&
      isIn(axis, row, at) &&
      places.some((i) => scene.coded.marks?.[i]?.[row] === 1)
    ) {
      count += scene.design.weight[row] as number;
      people += 1;
    }
  return cell(count, people);
}

export function isIn(axis: AxisCodes, row: number, at: number): boolean {
  return axis.code ? axis.code[row] === at : axis.marks?.[at]?.[row] === 1;
}

/** 数の設問、点のある選択肢の平均と標準誤差。 */
function meanOf(scene: Scene, axis: AxisCodes, at: number): Pick<ViewRow, "mean"> {
  const { coded, question, design, codebook } = scene;
  const scores = question.options.map(({ score }) => score);
  if (!coded.value && !(coded.single && scores.some((one) => one !== undefined))) return {};
  const rows = design.rows;
  const y = coded.value ?? Float64Array.from(coded.single ?? [], (code) => scores[code] ?? Number.NaN);
  const inside = new Uint8Array(rows);
  let [sum, total, n] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    if (scene.base[row] === 0 || !isIn(axis, row, at) || Number.isNaN(y[row] as number)) continue;
    inside[row] = 1;
    const w = design.weight[row] as number;
    sum += w * (y[row] as number);
    total += w;
    n += 1;
  }
  if (n === 0) return {};
  const value = sum / total;
  if (!codebook.design.random || n < 2) return { mean: { value, n } };
  return { mean: { value, n, se: Math.sqrt(meanVariance(design, y, inside, value, total)) } };
}
