import type { ManuscriptBlock } from "./manuscript.ts";
import type { WordPicture } from "./word-picture-reader.ts";

type Common = Pick<ManuscriptBlock, "id" | "named" | "place">;

/**
 * よその文書（Word、PowerPoint）の図の枠の中身を、原稿の部分に。画像と値の表は files に置く。
 * 図の名は、元のグラフの題（なければ空。呼び手が付ける）。common は、部分の種類の字から身元を作る。
 */
export function pictureBlock(
  one: WordPicture,
  files: Map<string, Uint8Array>,
  common: (kind: "l" | "f") => Common,
): Extract<ManuscriptBlock, { kind: "list" | "photo" | "figure" }> {
  if (one.kind === "list") return { ...common("l"), kind: "list", ordered: false, items: one.items };
  const { alt } = one;
  if (one.kind === "image") {
    const src = `images/${one.name}`;
    files.set(src, one.bytes);
    return { ...common("f"), kind: "photo", caption: "", src, alt, rights: "" };
  }
  const { csv, form, title } = one.chart;
  const data = `data/chart-${files.size + 1}.csv`;
  files.set(data, new TextEncoder().encode(csv));
  return { ...common("f"), kind: "figure", caption: title, data, source: "", alt, unit: "", form };
}

/** 箇条書きの項目を足す。同じ形の並びが続けばその項目に、段の下がった項目は上の項目の続きの行に。 */
export function addItem(
  blocks: ManuscriptBlock[],
  { text, ordered, depth }: { text: string; ordered: boolean; depth: number },
  common: (kind: "l") => Common,
): void {
  const last = blocks.at(-1);
  if (last?.kind === "list" && depth > 0) last.items.push(`${last.items.pop() ?? ""}<br>－ ${text}`);
  else if (last?.kind === "list" && last.ordered === ordered) last.items.push(text);
  else blocks.push({ ...common("l"), kind: "list", ordered, items: [text] });
}

/** いちばん近い上の見出しの文。なければ undefined。 */
export function nearestHeading(blocks: readonly ManuscriptBlock[]): string | undefined {
  const last = blocks.findLast((one) => one.kind === "heading");
  return last?.kind === "heading" ? last.text : undefined;
}
