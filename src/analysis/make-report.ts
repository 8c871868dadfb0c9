import type { SurveyAbout } from "../survey/survey-about.ts";
import type { Question } from "../tabulation/codebook.ts";
import { type CrossAsk, mayBeAxis, mayBeColumn, settleAsk } from "../tabulation/cross-ask.ts";
import { type CrossView, crossView, type SurveyBase } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { compareWaves, type WaveComparison } from "../waves/compare-waves.ts";
import { type WaveTables, waveOf } from "../waves/wave.ts";
import { draftFinding } from "./draft-finding.ts";
import { checkFinding, type Finding } from "./finding.ts";
import { matrixView } from "./matrix-view.ts";
import { readingNotes } from "./reading-notes.ts";
import type { ReportBook, ReportCross, ReportFreeText, ReportSection, ReportWords } from "./report-book.ts";
import { samplingError } from "./sampling-error.ts";

/** 報告書のもと。事務所の調査でも、ファイルでもよい。 */
export interface ReportSource {
  title: string;
  about: SurveyAbout;
  dataHash: string;
  base: SurveyBase;
  hasWeight: boolean;
  weighting: Parameters<typeof readingNotes>[2];
}

/** 人が入れた図（題、尋ね方、直した文）。 */
export interface ChosenFigure {
  id: string;
  title: string;
  ask: CrossAsk;
  finding: Finding;
  edited: boolean;
}

/** 報告書の中身を、いまの回答から作る。words は、人が直した所見（設問の id か、自動のクロスの名）。 */
export function makeReport(
  source: ReportSource,
  given: {
    figures: readonly ChosenFigure[];
    words: Readonly<Record<string, Finding>>;
    free: readonly ReportFreeText[];
    /** 前の回（古い順）。 */
    waves: readonly (WaveTables & { map: Readonly<Record<string, string>> })[];
    author: string;
    created: string;
  },
): ReportBook {
  const { base, hasWeight, about, title, dataHash } = source;
  const { rows } = base.survey;
  const { codebook } = base;
  const design = base.weighted ?? base.plain;
  const scene: Scene = { source, ...given };
  const asked = codebook.questions.filter(mayBeColumn);
  const views = new Map(asked.map((one) => [one.id, viewOf(scene, one.id, [])]));
  const [sum, square] = design.weight.reduce(([s, q], w) => [s + w, q + w * w], [0, 0] as [number, number]);
  const designEffect = sum > 0 ? (design.rows * square) / (sum * sum) : 1;
  const staged = codebook.design.cluster !== undefined;
  return {
    ...{ title, author: given.author, created: given.created, dataHash },
    ...{ about, rows, weighted: hasWeight },
    notes: readingNotes(
      codebook,
      { weighted: hasWeight, designEffect, effectiveN: design.rows / designEffect, lonely: design.lonely },
      source.weighting,
    ),
    error: codebook.design.random ? samplingError(rows, about.population, staged) : undefined,
    sections: sectionsOf(scene, asked, views),
    free: [...given.free],
    waves: comparisonsOf(base, given.waves),
    questionnaire: [...views.values()],
    tables: asked.map(({ id }) =>
      viewOf(scene, id, codebook.axes.filter((axis) => axis.length === 1).flat()),
    ),
  };
}

/** 前の回との比べ。前の回がなければ、集計し直さない。 */
function comparisonsOf(
  { survey, codebook, weighted, plain }: SurveyBase,
  waves: readonly (WaveTables & { map: Readonly<Record<string, string>> })[],
): WaveComparison[] {
  if (waves.length === 0) return [];
  return compareWaves(waveOf("今回", survey, codebook, weighted ?? plain), waves);
}

interface Scene {
  source: ReportSource;
  figures: readonly ChosenFigure[];
  words: Readonly<Record<string, Finding>>;
}

function viewOf({ source }: Scene, column: string, rows: readonly string[], nested = false): CrossView {
  const { base, hasWeight } = source;
  const ask = settleAsk({ column, rows, nested, filters: [] }, base.codebook, hasWeight);
  return crossView(base, { ...ask, rows: rows.filter((id) => ask.rows.includes(id)) });
}

/** 案か、人が直した文。直した文は、いまの表と合うかを確かめる。 */
function wordsOf(key: string, view: CrossView, edited: Finding | undefined): ReportWords {
  const finding = edited ?? draftFinding(view);
  return { key, finding, edited: edited !== undefined, check: checkFinding(finding, view) };
}

function sectionsOf(
  scene: Scene,
  asked: readonly Question[],
  views: ReadonlyMap<string, CrossView>,
): ReportSection[] {
  const { codebook } = scene.source.base;
  const matrices = new Map(
    codebook.questions
      .filter(({ type }) => type === "matrix")
      .flatMap((one) => {
        const rows = asked.filter(({ matrix }) => matrix === one.id);
        const head = { id: one.id, text: one.text, short: one.short ?? one.text };
        const view = matrixView(
          head,
          rows.flatMap(({ id }) => views.get(id) ?? []),
        );
        return view ? [[one.id, { one, rows, view }] as const] : [];
      }),
  );
  const done = new Set<string>();
  return asked.flatMap((question): ReportSection[] => {
    const matrix = question.matrix === undefined ? undefined : matrices.get(question.matrix);
    if (!matrix) {
      const view = views.get(question.id);
      return view ? [sectionOf(scene, question, [question.id], view)] : [];
    }
    if (done.has(matrix.one.id)) return [];
    done.add(matrix.one.id);
    return [
      sectionOf(
        scene,
        matrix.one,
        matrix.rows.map(({ id }) => id),
        matrix.view,
      ),
    ];
  });
}

function sectionOf(scene: Scene, question: Question, ids: readonly string[], view: CrossView): ReportSection {
  const chosen = scene.figures
    .filter(({ ask }) => ids.includes(ask.column) && (ask.rows.length > 0 || ask.filters.length > 0))
    .map((one): ReportCross => {
      const { base, hasWeight } = scene.source;
      const now = crossView(base, settleAsk(one.ask, base.codebook, hasWeight));
      return {
        ...wordsOf(one.id, now, one.edited ? one.finding : undefined),
        title: one.title,
        view: now,
        chosen: true,
      };
    });
  const auto = chosen.length > 0 ? [] : ids.slice(0, 1).flatMap((id) => bestCross(scene, id));
  return {
    ...wordsOf(question.id, view, scene.words[question.id]),
    id: question.id,
    heading: `${questionName(question.id)}　${question.short ?? question.text}`,
    text: question.text,
    view,
    crosses: [...chosen, ...auto],
  };
}

/** 差のいちばん大きい軸のクロス集計。属性の設問と、差のない設問には付けない。 */
function bestCross(scene: Scene, column: string): ReportCross[] {
  const { codebook } = scene.source.base;
  const axes = codebook.axes.filter(
    (axis) => !axis.includes(column) && axis.every((id) => mayBeAxis(codebook, id)),
  );
  if (codebook.axes.flat().includes(column)) return [];
  const views = axes.map((axis) => viewOf(scene, column, axis, axis.length > 1));
  const strength = (view: CrossView) => {
    const [block] = view.blocks;
    if (block?.test) return block.test.p < 0.05 ? block.test.cramersV : 0;
    const marks = block?.rows.flatMap(({ cells }) =>
      cells.flatMap(({ mark, residual }) => (mark ? Math.abs(residual ?? 0) : [])),
    );
    return Math.max(0, ...(marks ?? [])) / 100;
  };
  const [best] = views.toSorted((a, b) => strength(b) - strength(a));
  if (!best || strength(best) === 0) return [];
  const key = `auto:${column}`;
  return [{ ...wordsOf(key, best, scene.words[key]), title: best.title, view: best, chosen: false }];
}
