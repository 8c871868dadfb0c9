import type { WordChart } from "../office/word-model.ts";
import type { CrossView } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { figureShape, labelOf, percentAt, rowsOf } from "./survey-figure.ts";

/** 集計を、値を直せる棒グラフにする。一つだけ選ぶ設問のクロスは帯、ほかは横の棒。 */
export function viewChart(view: CrossView): WordChart {
  const title = `${questionName(view.question.id)} ${view.question.short}`.trim();
  const { kind, categories, series, unit } = figureShape(view);
  if (kind === "band") return { kind: "band", title, unit: "％", categories, series };
  // 区分の多い複数回答は、選択肢を区分ごとに並べると読めないので、全体だけを棒にする。
  const shown = kind === "table" ? series.slice(0, 1) : series;
  return { kind: "bar", title, unit: unit === "%" ? "％" : "平均", categories, series: shown };
}

/** 図の読み上げ。 */
export function chartAlt(view: CrossView): string {
  const first = view.columns
    .flatMap(({ label, kind }, at) => {
      const percent = percentAt(view.total, at);
      return kind === "net" || percent === null ? [] : [`${label}${percent.toFixed(1)}％`];
    })
    .slice(0, 8)
    .join("、");
  const rows = rowsOf(view).slice(1).map(labelOf);
  return `${view.title}。全体は${first}。${rows.length > 0 ? `区分は${rows.join("、")}。` : ""}値は下の表にある。`;
}
const LEAST_HEIGHT = 70;

/** 図の高さ（mm）。帯は行、棒は項目の数から。 */
export function chartHeight({ kind, categories, series }: WordChart): number {
  const wanted =
    kind === "band"
      ? 34 + categories.length * 8.5
      : 22 + categories.length * Math.max(7.5, 4.6 * series.length);
  // 7cm より低い図は、LibreOffice で刷ると字が押しつぶされる。
  return Math.min(205, Math.max(LEAST_HEIGHT, wanted));
}
