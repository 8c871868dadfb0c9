import { z } from "zod";
import { contrastRatio } from "../office/colour.ts";
import type { WordLook } from "../office/word-look.ts";
import type { Manuscript, ManuscriptWarning } from "./manuscript.ts";

/** 見た目の決まり。Word・PowerPoint・HTML・PDF のどれにも、同じものが効く。 */
export interface PlanTheme extends WordLook {
  name: string;
  /** 表紙の絵（原稿のフォルダーの中の名）。 */
  cover?: string | undefined;
}

const UD = "BIZ UDPゴシック";

/** 用意してある見た目。 */
export const planThemes: Readonly<Record<string, PlanTheme>> = {
  office: {
    ...{ name: "office", accent: "1F3A5F", second: "7A4B00", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["1F3A5F", "C9721A", "8FB0D6", "4E7D57", "C2C9D1", "6B6B6B"],
    opener: "line",
  },
  yukimi: {
    ...{ name: "yukimi", accent: "17508C", second: "A8500F", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["17508C", "DE7A33", "86B2DE", "3C7A69", "BAC6D2", "5A5A5A"],
    opener: "band",
  },
  midori: {
    ...{ name: "midori", accent: "1D6343", second: "8A4A12", ink: "1A1A1A", headFont: UD, bodyFont: UD },
    palette: ["1D6343", "CC7514", "8CC2A5", "2F5E8C", "C4CCC7", "5F5F5F"],
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
    palette: z.array(colour).min(2).max(12).optional(),
    opener: z.enum(["band", "line"]).optional(),
    cover: z.string().optional(),
  }),
]);

/**
 * 原稿の見た目（plan.yaml の theme）。書き方の誤りと、読みにくい色の組み合わせを知らせる。
 * 文字は 4.5 倍、図形は 3 倍の明るさの比が要る（JIS X 8341-3 / WCAG 2.2 AA）。
 */
export function themeOf({ meta }: Pick<Manuscript, "meta">): {
  theme: PlanTheme;
  warnings: ManuscriptWarning[];
} {
  const warnings: ManuscriptWarning[] = [];
  const warn = (message: string) =>
    warnings.push({ kind: "theme", place: { file: "plan.yaml", line: 1 }, message });
  const office = planThemes.office as PlanTheme;
  if (meta.theme === undefined) return { theme: office, warnings };
  const read = themeSchema.safeParse(meta.theme);
  if (!read.success) {
    warn(
      `theme に直すところがあります（${read.error.issues[0]?.message ?? ""}）。用意してある見た目「office」を使いました。`,
    );
    return { theme: office, warnings };
  }
  const given = typeof read.data === "string" ? { base: read.data } : read.data;
  const base = planThemes[given.base];
  if (!base)
    warn(
      `見た目「${given.base}」はありません。${Object.keys(planThemes).join("、")} のどれかです。「office」を使いました。`,
    );
  const plain = (rgb: string) => rgb.replace("#", "").toUpperCase();
  const own = Object.fromEntries(
    Object.entries(given)
      .filter(([key, value]) => key !== "base" && value !== undefined)
      .map(([key, value]) => [
        key,
        ["accent", "second", "ink"].includes(key)
          ? plain(String(value))
          : Array.isArray(value)
            ? value.map(plain)
            : value,
      ]),
  );
  const theme: PlanTheme = { ...(base ?? office), ...own };
  for (const message of contrastFaults(theme)) warn(message);
  return { theme, warnings };
}

function contrastFaults({ accent, second, ink, palette, opener }: PlanTheme): string[] {
  const shown = (ratio: number) => ratio.toFixed(1);
  const faults = (
    [
      ["見出しの色（accent）", accent],
      ["囲みの色（second）", second],
      ["本文の色（ink）", ink],
    ] as const
  ).flatMap(([name, rgb]) => {
    const ratio = contrastRatio(rgb, "FFFFFF");
    return ratio < 4.5
      ? [
          `${name} ${rgb} は、白地での明るさの比が ${shown(ratio)} です。4.5 以上になるように、濃くしてください。${opener === "band" && rgb === accent ? "章の帯の白い字も読みにくくなります。" : ""}`,
        ]
      : [];
  });
  for (const [at, rgb] of palette.slice(0, 2).entries()) {
    const ratio = contrastRatio(rgb, "FFFFFF");
    if (ratio < 3)
      faults.push(
        `図の${at + 1}番目の色 ${rgb} は、白地での明るさの比が ${shown(ratio)} です。3 以上にしてください。`,
      );
  }
  return faults;
}
