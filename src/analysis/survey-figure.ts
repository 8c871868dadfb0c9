import { z } from "zod";
import type { CrossAsk } from "../tabulation/cross-ask.ts";
import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";
import type { Finding } from "./finding.ts";
import { tenthsOf } from "./finding.ts";
import { NO_TOTAL } from "./matrix-view.ts";

/** 図の出どころ。同じものなら、同じ図になる。 */
export interface FigureLineage {
  /** 調査の名。 */
  survey: string;
  /** 集計したときの調査の版。 */
  version: number;
  /** 回答・直したこと・コードブックの指紋（SHA-256）。 */
  dataHash: string;
  /** 絞り込みの言葉（なければ「全員」）。 */
  filter: string;
  /** ウエイトの言葉。 */
  weights: string;
  /** 使った設問の文。 */
  questions: string[];
  madeAt: string;
}

/** 報告書や計画に置く、調査の図一枚。値は刷られる割合（小数第一位、％）。 */
export interface SurveyFigure {
  id: string;
  title: string;
  /** band は帯、bar は横の棒、table は表だけ。 */
  kind: "band" | "bar" | "table";
  categories: string[];
  /** muted は、無回答など。 */
  series: { name: string; values: (number | null)[]; muted?: boolean }[];
  /** 割合は％。平均の図は、設問の単位が分からないので空。 */
  unit: string;
  /** 分母の人数（ウエイトをつけない数）。 */
  n: number;
  note: string;
  lineage: FigureLineage;
  /** 集計した後に、回答かコードブックが変わった。 */
  stale: boolean;
}

/** 封じて残す中身。 */
export interface FigureBody {
  title: string;
  ask: CrossAsk;
  view: CrossView;
  finding: Finding;
  /** 人が文を直した。 */
  edited: boolean;
  lineage: FigureLineage;
}

const bodySchema = z.object({
  title: z.string(),
  ask: z.custom<CrossAsk>((one) => typeof one === "object"),
  view: z.custom<CrossView>((one) => typeof one === "object"),
  finding: z.object({ text: z.string(), figures: z.array(z.custom<Finding["figures"][number]>()) }),
  edited: z.boolean(),
  lineage: z.custom<FigureLineage>((one) => typeof one === "object"),
});

export function readFigureBody(text: string): FigureBody {
  return bodySchema.parse(JSON.parse(text));
}

/** 集計一枚を、図の値にする。 */
export function figureShape(
  view: CrossView,
): Pick<SurveyFigure, "kind" | "categories" | "series" | "unit" | "n"> {
  const rows = rowsOf(view);
  const n = view.total.people;
  if (view.question.type === "number") {
    const values = rows.map(({ mean }) => (mean ? Math.round(mean.value * 100) / 100 : null));
    return { kind: "bar", categories: rows.map(labelOf), series: [{ name: "平均", values }], unit: "", n };
  }
  const shown = view.columns.map((column, at) => ({ ...column, at })).filter(({ kind }) => kind !== "net");
  if (view.question.type === "sa" && view.blocks.length > 0) {
    const series = shown.map(({ label, at, kind }) => ({
      ...{ name: label, values: rows.map((row) => percentAt(row, at)) },
      ...(kind === "missing" ? { muted: true } : {}),
    }));
    return { kind: "band", categories: rows.map(labelOf), series, unit: "%", n };
  }
  const categories = shown.map(({ label }) => label);
  const series = rows.map((row) => ({
    name: labelOf(row),
    values: shown.map(({ at }) => percentAt(row, at)),
  }));
  return { kind: rows.length > 4 ? "table" : "bar", categories, series, unit: "%", n };
}

/** 全体と、軸ごとの区分。 */
export function rowsOf(view: CrossView): ViewRow[] {
  const rows = view.blocks.flatMap((block) => block.rows);
  return view.total.code === NO_TOTAL ? rows : [view.total, ...rows];
}

/** 「70歳以上（n=706）」。参考にとどめるものには ＊。 */
export function labelOf({ label, people, small }: ViewRow): string {
  return `${label}${small ? "＊" : ""}（n=${people.toLocaleString("ja-JP")}）`;
}

export function percentAt(row: ViewRow, at: number): number | null {
  const cell = row.cells[at];
  return !cell || cell.percent === null ? null : tenthsOf(cell.count, row.base) / 10;
}

/** 図の下の注: 分母、複数回答、参考、ウエイト。 */
export function figureNote(view: CrossView): string {
  const rows = rowsOf(view);
  return [
    `分母は${view.base.rule}。`,
    ...(view.question.type === "ma" ? ["いくつでも選べるので、合計は100%を超えることがある。"] : []),
    ...(view.blocks.length > 0
      ? ["軸に答えていない人を除くので、区分の n の合計は全体と一致しないことがある。"]
      : []),
    ...(view.weighted ? ["割合はウエイトつき、n は人数。"] : []),
    ...(rows.some(({ small }) => small) ? ["＊は n が少ないので参考にとどめる。"] : []),
    ...(rows.some(({ hidden }) => hidden) ? ["n がごく少ない区分の割合は示さない。"] : []),
  ].join("");
}
