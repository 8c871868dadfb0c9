import type { SurveyAbout } from "../survey/survey-about.ts";
import type { CrossView } from "../tabulation/cross-view.ts";
import type { WaveComparison } from "../waves/compare-waves.ts";
import type { Finding, FindingCheck } from "./finding.ts";
import type { SamplingError } from "./sampling-error.ts";

/** 所見一つ。人が直したものは、いまの表と合うかを確かめてある。 */
export interface ReportWords {
  /** 直すときの名（設問の id、図の id）。 */
  key: string;
  finding: Finding;
  edited: boolean;
  check: FindingCheck;
}

/** クロス集計一枚。 */
export interface ReportCross extends ReportWords {
  title: string;
  view: CrossView;
  /** 分析する人が入れた図（偽なら、差のいちばん大きい軸を機械が選んだもの）。 */
  chosen: boolean;
}

/** 設問一つ（表の形の設問は、行をまとめて一つ）。 */
export interface ReportSection extends ReportWords {
  id: string;
  /** 「問8　オンライン利用の意向」。 */
  heading: string;
  text: string;
  view: CrossView;
  crosses: ReportCross[];
}

/** 自由記述の設問一つ。符号ごとの数と、伏せた例、言葉。 */
export interface ReportFreeText {
  id: string;
  heading: string;
  text: string;
  /** 書いた人の数と、そのうち符号を付けた数（割合の分母）。 */
  written: number;
  coded: number;
  /** 符号の枠の版。枠がなければ undefined。 */
  frame: number | undefined;
  /** 多く書かれた言葉と、書いた人の数。 */
  words: { word: string; count: number }[];
  /** 二人で付けた数と、κ の幅。付けていなければ undefined。 */
  agreement: { pairs: number; low: number; high: number } | undefined;
  codes: { label: string; count: number; examples: string[] }[];
}

/** 調査報告書の中身。Word・PowerPoint・HTML・Excel は、みなここから描く。 */
export interface ReportBook {
  title: string;
  author: string;
  created: string;
  dataHash: string;
  about: SurveyAbout;
  /** 有効回収の数。 */
  rows: number;
  weighted: boolean;
  notes: string[];
  error: SamplingError | undefined;
  sections: ReportSection[];
  free: ReportFreeText[];
  /** 前の回との比べ。 */
  waves: WaveComparison[];
  /** 調査票に刷る単純集計（設問の順）。 */
  questionnaire: CrossView[];
  /** 集計表: 設問ごとに、全部の軸。 */
  tables: CrossView[];
}

/** 所見の全部（設問の順、その中でクロス集計）。 */
export function wordsIn(book: Pick<ReportBook, "sections">): (ReportWords & { title: string })[] {
  return book.sections.flatMap((section) => [{ ...section, title: section.heading }, ...section.crosses]);
}
