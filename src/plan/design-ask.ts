import { z } from "zod";
import { AppError } from "../base/error.ts";
import { readPalette } from "../manuscript/chart-palette.ts";
import { type DesignInput, designOrigins } from "./design.ts";

const colour = z
  .string()
  .trim()
  .regex(/^(?:#?[0-9a-f]{6})?$/i, "色は 6 桁の十六進（17508C）で書いてください。")
  .default("");

/** 案を出す。palette は "accent"（見出しの色から作る）か、色の並び（文字でも配列でも）。icons は部分の id → 画像の名。 */
export const designBody = z.object({
  title: z.string().max(60),
  aim: z.string().max(1000).default(""),
  base: z.enum(["office", "yukimi", "midori"]).default("office"),
  ...{ accent: colour, second: colour, ink: colour },
  opener: z.enum(["", "band", "line"]).default(""),
  ...{ headFont: z.string().max(60).default(""), cover: z.string().max(200).default("") },
  palette: z.union([z.string().max(200), z.array(z.string().max(20)).max(20)]).default(""),
  icons: z.record(z.string().max(100), z.string().max(300)).default({}),
});

const ICON = "icon.";

/** 画面の欄を、案の形に。図の色は、選び方（paletteKind）と、書いた並び。アイコンは「icon.部分の id」。 */
export function designOfForm(form: Readonly<Record<string, string>>): unknown {
  const kind = form.paletteKind ?? "";
  const written = (form.palette ?? "").trim();
  if (kind === "own" && written === "")
    throw new AppError("BAD_INPUT", "案に直すところがあります。", {
      faults: [{ field: "palette", message: "図の色を、使う順に書いてください（17508C DE7A33 …）。" }],
    });
  const icons = Object.entries(form).flatMap(([name, value]): [string, string][] =>
    name.startsWith(ICON) && value !== "" ? [[name.slice(ICON.length), value]] : [],
  );
  return { ...form, palette: kind === "accent" ? "accent" : written, icons: Object.fromEntries(icons) };
}

/** @throws AppError BAD_INPUT（図の色が読めない。欄は palette） */
export function designInput(body: z.infer<typeof designBody>): DesignInput {
  const { title, aim, base, opener, palette, icons, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  const colours = paletteOf(palette);
  return {
    title: title.trim(),
    aim: aim.trim(),
    theme: {
      ...{ base, ...given },
      ...(opener === "" ? {} : { opener }),
      ...(colours === undefined ? {} : { palette: colours }),
      ...(Object.keys(icons).length === 0 ? {} : { icons }),
    },
  };
}

function paletteOf(given: string | readonly string[]): "accent" | string[] | undefined {
  const text = typeof given === "string" ? given.trim() : given.join(" ");
  if (text === "") return undefined;
  if (text === "accent") return "accent";
  const { palette, fault } = readPalette(text);
  if (fault === "") return palette;
  throw new AppError("BAD_INPUT", "案に直すところがあります。", {
    faults: [{ field: "palette", message: fault }],
  });
}

/** 要望。origin は、どこから出たか。day は、出た日（省けば、きょう）。 */
export const requestBody = z.object({
  text: z.string().max(1000),
  origin: z.enum(designOrigins).default("client"),
  day: z
    .string()
    .regex(/^(?:\d{4}-\d{2}-\d{2})?$/, "日は「2025-01-14」の形で書いてください。")
    .default(""),
});
export const chooseBody = z.object({ reason: z.string().max(1000).default("") });
export const answerBody = z.object({
  text: z.string().max(1000),
  design: z
    .union([z.literal(""), z.coerce.number().int(), z.null()])
    .default(null)
    .transform((value) => (value === "" ? null : value)),
});
