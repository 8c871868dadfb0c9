import type { Fault } from "../base/error.ts";
import type { Day, Instant } from "../base/time.ts";
import { mendedPalette } from "../manuscript/chart-palette.ts";
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
    /** 図の系列の色（順に）。accent は、見出しの色から作る。省けば、もとの色。 */
    palette?: "accent" | readonly string[] | undefined;
    /** 章と施策のアイコン（部分の id → 画像の名）。 */
    icons?: Readonly<Record<string, string>> | undefined;
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
  /** 選ばれた記録の全部（あとで別の案に替わったものも）。 */
  selections: { reason: string; by: string; at: Instant }[];
}

/** 要望の出どころ（業務仕様書 3(1)(ｲ): 有識者会議、庁内会議での議論、パブリックコメントなど）。 */
export const designOrigins = ["client", "panel", "office", "comment", "other"] as const;
export type DesignOrigin = (typeof designOrigins)[number];
export const originLabels: Readonly<Record<DesignOrigin, string>> = {
  ...{
    client: "委託者",
    panel: "有識者会議",
    office: "庁内会議",
    comment: "パブリックコメント",
    other: "その他",
  },
};

/** 都度の要望。day は、要望の出た日。 */
export interface DesignRequestInput {
  text: string;
  origin?: DesignOrigin | undefined;
  day?: string | undefined;
}

/** 都度の要望と応え。by と at は、記録した人と時。changed は、応えた案で替わったところ（前の案と比べて）。 */
export interface DesignRequest {
  number: number;
  text: string;
  origin: DesignOrigin;
  day: Day;
  by: string;
  at: Instant;
  answers: { text: string; design: number | null; changed: string[]; by: string; at: Instant }[];
}

/**
 * 案の、形を整えた見た目と、直すところ（出せない）と、見分けにくい色（出せるが、わけと直し方を言う）。
 * mended は、見分けにくい図の色の、濃さを直した並び。
 */
export function lookOfDesign(theme: DesignInput["theme"]): {
  theme: PlanTheme;
  faults: Fault[];
  advice: string[];
  mended: string[] | undefined;
} {
  const given = Object.fromEntries(
    Object.entries(theme).filter(([, value]) => value !== undefined && value !== ""),
  );
  const { theme: look, faults } = themeOf({
    meta: {
      ...{ title: "", subtitle: "", author: "", date: "", numbering: [], glossary: {}, upper: {} },
      theme: given,
    },
  });
  const mended = faults.some(({ field }) => field === "palette") ? mendedPalette(look.palette) : undefined;
  return {
    theme: look,
    faults: faults.filter(({ advice }) => !advice).map(({ field, message }) => ({ field, message })),
    advice: faults.filter(({ advice }) => advice).map(({ message }) => message),
    mended,
  };
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
    ...palette.map((colour, at) => line(`図の${at + 1}番目の色`, colour, "FFFFFF", 3)),
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

/** 二つの案の、見た目の違い（「囲みの色 A8500F → 8A4A12」）。 */
export function designChanges(before: DesignInput["theme"], after: DesignInput["theme"]): string[] {
  const [old, now] = [lookOfDesign(before).theme, lookOfDesign(after).theme];
  const openers = { band: "色の帯", line: "細い線" };
  const pairs: [string, string, string][] = [
    ["見出しの色", old.accent, now.accent],
    ["囲みの色", old.second, now.second],
    ["本文の色", old.ink, now.ink],
    ["図の色", old.palette.join("・"), now.palette.join("・")],
    ["見出しの書体", old.headFont, now.headFont],
    ["本文の書体", old.bodyFont, now.bodyFont],
    ["章の始まり", openers[old.opener], openers[now.opener]],
    ["表紙の絵", old.cover ?? "なし", now.cover ?? "なし"],
  ];
  const places = new Set([...Object.keys(old.icons ?? {}), ...Object.keys(now.icons ?? {})]);
  for (const id of [...places].sort())
    pairs.push([`アイコン（${id}）`, old.icons?.[id] ?? "なし", now.icons?.[id] ?? "なし"]);
  return pairs.flatMap(([name, one, other]) => (one === other ? [] : [`${name} ${one} → ${other}`]));
}
