import type { WordLook } from "./word-look.ts";
import type { WordChart } from "./word-model.ts";

/** スライドの大きさ（mm、16:9）。 */
export const SLIDE = { width: 338.67, height: 190.5 } as const;

/** 置く所（mm、左上から）。 */
export interface SlidePlace {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** スライドに置くもの。どれも PowerPoint の中で直せる。 */
export type SlideItem =
  | (SlidePlace & {
      kind: "box";
      shape?: "rect" | "diamond";
      /** "cc0000" の形。省けば塗らない。 */
      fill?: string;
      line?: string;
      /** 線の太さ（ポイント）。 */
      weight?: number;
      dash?: boolean;
      text?: string;
      /** 字の大きさ（ポイント）。 */
      size?: number;
      bold?: boolean;
      color?: string;
      align?: "left" | "center" | "right";
      /** 字の縦の寄せ。省けば真ん中。 */
      anchor?: "top";
      /** 段落の後の空き（ポイント）。 */
      after?: number;
      /** 読み上げの名。飾りだけのものは空。 */
      alt: string;
    })
  | (SlidePlace & {
      kind: "table";
      /** 列の幅の割り当て（比）。 */
      shares: readonly number[];
      header: readonly string[];
      rows: readonly (readonly string[])[];
      size?: number;
      /** 色を付けるます（行と列、見出しの行は -1）。 */
      fills?: ReadonlyMap<string, string>;
      /** 結合（行と列）。left・above は、ほかのます目の続き。 */
      spans?: ReadonlyMap<string, { span: number; down: number } | "left" | "above">;
      alt: string;
    })
  | (SlidePlace & { kind: "image"; bytes: Uint8Array; extension: "png" | "jpeg"; alt: string })
  | (SlidePlace & { kind: "chart"; chart: WordChart; alt: string });

export interface Slide {
  title: string;
  items: readonly SlideItem[];
  /** 題の後ろに敷くもの（表紙と章の地）。 */
  back?: readonly SlideItem[];
  /** 題の置き場所と字。省けば、どのスライドも同じ。 */
  titleBox?: SlidePlace & { size: number; color: string; align: "left" | "center" };
  /** フッターの左の端（ミリ）。左に濃い帯を敷いたスライドで、字が帯に重ならないように。省けば、どのスライドも同じ。 */
  footerX?: number;
  /** 発表者のノート。 */
  notes?: string;
}

export interface SlideDeck {
  title: string;
  /** 作成者の欄。人の名ではなく事業者の名。 */
  author: string;
  /** 作った時（ISO 8601、UTC）。 */
  created: string;
  /** 下の左に刷ること（管理番号など）。右はページ番号。 */
  footer: string;
  /** 見た目。省けば、事務の文書の見た目。 */
  look?: WordLook;
  slides: readonly Slide[];
}
