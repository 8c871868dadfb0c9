import { z } from "zod";
import { japaneseIssue } from "../access/zod-message.ts";
import { contrastRatio } from "../office/colour.ts";
import type { WordLook } from "../office/word-look.ts";
import { paletteFrom, paletteRemarks } from "./chart-palette.ts";
import type { Manuscript, ManuscriptWarning } from "./manuscript.ts";

/** 見た目の決まり。Word・PowerPoint・HTML・PDF のどれにも、同じものが効く。 */
export interface PlanTheme extends WordLook {
  name: string;
  /** 表紙の絵（原稿のフォルダーの中の名）。 */
  cover?: string | undefined;
  /** 章と施策のアイコン（部分の id → 原稿のフォルダーの中の名）。 */
  icons?: Readonly<Record<string, string>> | undefined;
}

/** 見た目の直すところ。field は theme の項目。advice は、出せるが見分けにくいもの。 */
export interface ThemeFault {
  field: "theme" | "base" | "accent" | "second" | "ink" | "palette";
  message: string;
  advice?: boolean;
}

const UD = "BIZ UDPゴシック";

/** 用意してある見た目。 */
export const planThemes: Readonly<Record<string, PlanTheme>> = {
  office: {
    ...{ name: "office", accent: "1F3A5F", second: "7A4B00", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["1F3A5F", "C9721A", "2D6148", "6C93BE", "6E4A2C", "8A929B"],
    opener: "line",
  },
  yukimi: {
    ...{ name: "yukimi", accent: "17508C", second: "A8500F", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["17508C", "DE7A33", "2B5F50", "5C97D4", "7A3F14", "8A929B"],
    opener: "band",
  },
  midori: {
    ...{ name: "midori", accent: "1D6343", second: "8A4A12", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["1D6343", "CC7514", "24527F", "5FA07E", "6E4420", "8A929B"],
    opener: "band",
  },
};

const colour = z.string().regex(/^#?[0-9a-f]{6}$/i, "色は 6 桁の十六進（17508C）で書いてください。");
/** plan.yaml の theme の形。 */
export const themeSchema = z.union([
  z.string(),
  z.object({
    base: z.string().default("office"),
    name: z.string().optional(),
    accent: colour.optional(),
    second: colour.optional(),
    ink: colour.optional(),
    headFont: z.string().max(60).optional(),
    bodyFont: z.string().max(60).optional(),
    /** accent は、見出しの色から作る。 */
    palette: z.union([z.literal("accent"), z.array(colour).min(2).max(12)]).optional(),
    opener: z.enum(["band", "line"]).optional(),
    cover: z.string().optional(),
    icons: z.record(z.string().max(100), z.string().max(300)).optional(),
  }),
]);

/**
 * 原稿の見た目（plan.yaml の theme）。書き方の誤りと、読みにくい色の組み合わせを知らせる。
 * 文字は 4.5 倍、図形は 3 倍の明るさの比が要り（JIS X 8341-3 / WCAG 2.2 AA）、図の色は隣と見分けられること。
 */
export function themeOf({ meta }: Pick<Manuscript, "meta">): {
  theme: PlanTheme;
  faults: ThemeFault[];
  warnings: ManuscriptWarning[];
} {
  const { theme, faults } = readTheme(meta.theme);
  const place = { file: "plan.yaml", line: 1 };
  return { theme, faults, warnings: faults.map(({ message }) => ({ kind: "theme", place, message })) };
}

function readTheme(written: unknown): { theme: PlanTheme; faults: ThemeFault[] } {
  const office = planThemes.office as PlanTheme;
  if (written === undefined) return { theme: office, faults: [] };
  const read = themeSchema.safeParse(written, { error: japaneseIssue });
  if (!read.success) {
    const message = `theme に直すところがあります（${read.error.issues[0]?.message ?? ""}）。用意してある見た目「office」を使いました。`;
    return { theme: office, faults: [{ field: "theme", message }] };
  }
  const given = typeof read.data === "string" ? { base: read.data } : read.data;
  const base = planThemes[given.base];
  const unknown: ThemeFault[] = base
    ? []
    : [
        {
          field: "base",
          message: `見た目「${given.base}」はありません。${Object.keys(planThemes).join("、")} のどれかです。「office」を使いました。`,
        },
      ];
  const theme = ownTheme(base ?? office, given);
  return { theme, faults: [...unknown, ...textFaults(theme), ...paletteFaults(theme)] };
}

function ownTheme(base: PlanTheme, given: Exclude<z.infer<typeof themeSchema>, string>): PlanTheme {
  const plain = (rgb: string) => rgb.replace("#", "").toUpperCase();
  const { base: _base, palette, accent, second, ink, ...rest } = given;
  const own = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const theme: PlanTheme = {
    ...{ ...base, ...own },
    ...(accent === undefined ? {} : { accent: plain(accent) }),
    ...(second === undefined ? {} : { second: plain(second) }),
    ...(ink === undefined ? {} : { ink: plain(ink) }),
  };
  if (palette === undefined) return theme;
  return { ...theme, palette: palette === "accent" ? paletteFrom(theme.accent) : palette.map(plain) };
}

function textFaults({ accent, second, ink, opener }: PlanTheme): ThemeFault[] {
  const names = [
    ["accent", "見出しの色（accent）", accent],
    ["second", "囲みの色（second）", second],
    ["ink", "本文の色（ink）", ink],
  ] as const;
  return names.flatMap(([field, name, rgb]) => {
    const ratio = contrastRatio(rgb, "FFFFFF");
    if (ratio >= 4.5) return [];
    const band = opener === "band" && field === "accent" ? "章の帯の白い字も読みにくくなります。" : "";
    const message = `${name} ${rgb} は、白地での明るさの比が ${ratio.toFixed(1)} です。4.5 以上になるように、濃くしてください。${band}`;
    return [{ field, message }];
  });
}

function paletteFaults({ palette }: PlanTheme): ThemeFault[] {
  return paletteRemarks(palette).map(({ kind, message }) => ({
    ...{ field: "palette", message },
    ...(kind === "paper" ? {} : { advice: true }),
  }));
}
