import type { Instant } from "../base/time.ts";
import type { PlanTheme } from "../manuscript/plan-theme.ts";
import { planThemes, themeOf } from "../manuscript/plan-theme.ts";
import { contrastRatio } from "../office/colour.ts";

/** 案に書くこと。色は 6 桁の十六進。 */
export interface DesignInput {
  title: string;
  /** ねらい（なぜこの見た目か）。 */
  aim: string;
  theme: {
    base: string;
    accent?: string | undefined;
    second?: string | undefined;
    ink?: string | undefined;
    headFont?: string | undefined;
    bodyFont?: string | undefined;
    opener?: "band" | "line" | undefined;
    cover?: string | undefined;
  };
}

/** デザインの案。number は計画の通し番号、label は「Ａ案」。 */
export interface Design extends DesignInput {
  number: number;
  label: string;
  by: string;
  at: Instant;
  /** 選ばれたとき（最後の選定）。 */
  chosen: { reason: string; by: string; at: Instant } | null;
}

/** 都度の要望と応え。 */
export interface DesignRequest {
  number: number;
  text: string;
  by: string;
  at: Instant;
  answers: { text: string; design: number | null; by: string; at: Instant }[];
}

/** 案の、形を整えた見た目と、直すところ。 */
export function lookOfDesign(theme: DesignInput["theme"]): { theme: PlanTheme; faults: string[] } {
  const given = Object.fromEntries(
    Object.entries(theme).filter(([, value]) => value !== undefined && value !== ""),
  );
  const { theme: look, warnings } = themeOf({
    meta: {
      ...{ title: "", subtitle: "", author: "", date: "", numbering: [], glossary: {}, upper: {} },
      theme: given,
    },
  });
  return { theme: look, faults: warnings.map(({ message }) => message) };
}

/** 明るさの比の一行。want は要る比（文字 4.5、図形 3）。 */
export interface ContrastLine {
  name: string;
  front: string;
  back: string;
  ratio: number;
  want: number;
}

/** 使う色の組の全部の、明るさの比（JIS X 8341-3 の等級 AA: 文字は 4.5、図形は 3）。 */
export function contrastOf({ accent, second, ink, palette, opener }: PlanTheme): ContrastLine[] {
  const line = (name: string, front: string, back: string, want: number): ContrastLine => ({
    ...{ name, front, back, want, ratio: contrastRatio(front, back) },
  });
  return [
    line("本文の字", ink, "FFFFFF", 4.5),
    line("見出しの字", accent, "FFFFFF", 4.5),
    line("囲みの字", second, "FFFFFF", 4.5),
    ...(opener === "band" ? [line("章の扉の白い字", "FFFFFF", accent, 4.5)] : []),
    ...palette.slice(0, 2).map((colour, at) => line(`図の${at + 1}番目の色`, colour, "FFFFFF", 3)),
  ];
}

/** 案の名（1 → Ａ案）。 */
export function designLabel(at: number): string {
  return `${String.fromCodePoint(0xff21 + (at % 26))}案`;
}

/** もとにできる見た目の名。 */
export const designBases: readonly { value: string; label: string }[] = [
  { value: "office", label: "あい（細い線の章）" },
  { value: "yukimi", label: "ゆきみ（青の帯の章）" },
  { value: "midori", label: "みどり（緑の帯の章）" },
].filter(({ value }) => planThemes[value] !== undefined);
