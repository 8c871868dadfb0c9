/** 段落の中の字のまとまり。改行（\n）は同じ段落の中で行を替える。 */
export interface WordRun {
  text: string;
  bold?: boolean;
  /** ポイント。省けば本文の大きさ。 */
  size?: number;
  /** "cc0000" の形。 */
  color?: string;
  underline?: boolean;
  /** 変更履歴の挿入・削除（Word で承諾・元に戻すができる）。 */
  tracked?: "inserted" | "deleted";
}
export type WordText = string | readonly WordRun[];
export type WordAlign = "left" | "center" | "right";

export interface WordColumn {
  /** 幅の割り当て（比）。 */
  share: number;
  align?: WordAlign;
}

export interface WordCell {
  text: WordText;
  align?: WordAlign;
  /** 見出しの地の色を付ける。 */
  head?: boolean;
  /** 横に続ける列の数。 */
  span?: number;
}

/** 文書の中身。上から順に並べる。 */
export type WordBlock =
  | { kind: "title"; text: string }
  /** 見出し（１ → (1) → ア）。number を false にすると番号を付けない。 */
  | { kind: "heading"; level: 1 | 2 | 3; text: string; number?: boolean; newPage?: boolean }
  | {
      kind: "paragraph";
      text: WordText;
      align?: WordAlign;
      /** 左の字下げ（mm）。 */
      indent?: number;
      /** 前と後の空き（ポイント）。 */
      before?: number;
      after?: number;
      keepNext?: boolean;
    }
  | { kind: "list"; items: readonly WordText[]; ordered?: boolean }
  | {
      kind: "table";
      columns: readonly WordColumn[];
      /** 見出しの行。ページをまたぐたびに繰り返す。 */
      header?: readonly string[];
      rows: readonly (readonly (WordCell | string)[])[];
      /** 一列目を見出しの地にする。 */
      headColumn?: boolean;
      /** 表の幅（mm）。省けば本文の幅。 */
      width?: number;
      align?: WordAlign;
      /** 読み上げのための表の名。 */
      caption: string;
      /** 字の大きさ（ポイント）。 */
      size?: number;
      /** 行の高さの下限（mm）。押印の欄など。 */
      rowHeight?: number;
    }
  | { kind: "image"; png: Uint8Array; width: number; height: number; alt: string }
  /** name は、図を見分ける名（図形の名に入り、Word の中で様式を直しても残る）。 */
  | { kind: "chart"; chart: WordChart; width: number; height: number; alt: string; name?: string }
  /** 目次。見出しの 1 から 2 まで。 */
  | { kind: "contents" }
  | { kind: "pageBreak" };

/** 棒グラフ（Word の中で値を直せる）。 */
export interface WordChart {
  /** column は縦の棒（省いたとき）、bar は横の棒、band は帯（百分率の積み上げ）。横の棒と帯は、上から順に並ぶ。 */
  kind?: "column" | "bar" | "band";
  title: string;
  categories: readonly string[];
  /** muted は、無回答などの帯（斜線）。 */
  series: readonly { name: string; values: readonly (number | null)[]; muted?: boolean }[];
  /** 値の単位。 */
  unit: string;
  /** 字の大きさの倍率（スライドでは大きくする）。 */
  letters?: number;
}

export interface WordDocument {
  title: string;
  /** 件名（文書のプロパティ）。 */
  subject?: string;
  /** 作成者の欄。人の名ではなく事業者の名。 */
  author: string;
  /** 作った時（ISO 8601、UTC）。 */
  created: string;
  /** ページの上の右。 */
  header?: string;
  /** ページの下の左。管理番号と公文書の印など。右はページ番号。 */
  footer?: string;
  /** 文書のプロパティに残す項目（管理番号など）。 */
  properties?: Readonly<Record<string, string>>;
  landscape?: boolean;
  /** 見出しごとのページ（並び順）。わかっているときだけ目次に刷る。 */
  pages?: readonly number[];
  blocks: readonly WordBlock[];
}

/** A4 の本文の幅（mm）。余白は左右 25 mm、上下 25 mm。 */
export function bodyWidth(document: Pick<WordDocument, "landscape">): number {
  return document.landscape ? 247 : 160;
}

const fullDigits = "０１２３４５６７８９";
const kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/** 見出しの番号（公用文の順: １、(1)、ア）。番号のないものは空。 */
export function headingNumbers(blocks: readonly WordBlock[]): Map<WordBlock, string> {
  const at = [0, 0, 0];
  const numbers = new Map<WordBlock, string>();
  for (const block of blocks) {
    if (block.kind !== "heading") continue;
    if (block.number === false) {
      numbers.set(block, "");
      continue;
    }
    at[block.level - 1] = (at[block.level - 1] ?? 0) + 1;
    at.fill(0, block.level);
    numbers.set(block, numberText(block.level, at[block.level - 1] ?? 1));
  }
  return numbers;
}

function numberText(level: 1 | 2 | 3, value: number): string {
  if (level === 1) return [...String(value)].map((digit) => fullDigits[Number(digit)] ?? digit).join("");
  if (level === 2) return `(${value})`;
  return kana[(value - 1) % kana.length] ?? String(value);
}
