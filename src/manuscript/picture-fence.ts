import { type FigureForm, figureForms, type ManuscriptBlock } from "./manuscript.ts";
import type { Mark } from "./markup-line.ts";

type Shape<K extends ManuscriptBlock["kind"]> = Omit<
  Extract<ManuscriptBlock, { kind: K }>,
  "id" | "named" | "place" | "covers" | "marks"
>;

/** 図と写真の囲み（:::figure、:::photo）の属性を読む。図の形の名が分からなければ、知らせて縦棒にする。 */
export function pictureFence(
  kind: "figure" | "photo",
  caption: string,
  { values }: Mark,
  warn: (message: string) => void,
): Shape<"figure"> | Shape<"photo"> {
  const value = (name: string) => values.get(name) ?? "";
  if (kind === "photo")
    return { kind, caption, src: value("src"), alt: value("alt"), rights: value("rights") };
  return {
    ...{
      kind,
      caption,
      data: value("data"),
      source: value("source"),
      alt: value("alt"),
      unit: value("unit"),
    },
    ...formOf(value("chart"), warn),
  };
}

function formOf(name: string, warn: (message: string) => void): { form?: FigureForm } {
  if (name === "") return {};
  const form = figureForms.find((one) => one === name) as FigureForm | undefined;
  if (form) return { form };
  warn(`図の形「${name}」が分かりません。${figureForms.join("、")} のどれかです。縦棒で描きます。`);
  return {};
}
