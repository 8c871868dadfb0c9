import type { WordLook, WordNumber } from "./word-look.ts";
import type { WordShape } from "./word-shape.ts";

/** 段落の中の字のまとまり。改行（\n）は同じ段落の中で行を替える。 */
export interface WordRun {
  text: string;
  bold?: boolean;
  /** ポイント。省けば本文の大きさ。 */
  size?: number;
  /** "cc0000" の形。 */
  color?: string;
  underline?: boolean;
  /** ふりがな。 */
  reading?: string;
  /** 脚注（この字のまとまりの後ろに印が付き、本文は同じページの下に入る）。 */
  footnote?: string;
  /** 同じ文書の中の指す先（mark の名）。番号は、Word の中で並べ替えても追いつく欄になる。 */
  reference?: { mark: string; kind: "heading" | "text" };
  /** 変更履歴の挿入・削除（Word で承諾・元に戻すができる）。 */
  tracked?: WordTracked;
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
  /** 縦の結合。start が一番上、more はその続き（中身は出ない）。 */
  merge?: "start" | "more";
  /** 地の色。 */
  fill?: string;
}

/** 節。 */
export interface WordSection {
  landscape?: boolean;
  /** 省けば A4。 */
  paper?: "a3";
  /** 段の数。省けば一段。 */
  columns?: number;
  /** ページの上下の文と番号を刷らない（表紙）。 */
  bare?: boolean;
  /** ページ番号。start があれば、そこから数え直す。 */
  page?: { format: "decimal" | "lowerRoman"; start?: number };
}

/** 変更履歴の印。段落では段落の終わりの印、表では全部の行、図ではその図。 */
export type WordTracked = "inserted" | "deleted";

/** 文書の中身。上から順に並べる。 */
export type WordBlock = WordPart & { tracked?: WordTracked };

type WordPart =
  | { kind: "title"; text: string }
  /** 見出し（１ → (1) → ア）。number を false にすると番号を付けない。 */
  | {
      kind: "heading";
      level: 1 | 2 | 3 | 4;
      text: WordText;
      number?: boolean;
      newPage?: boolean;
      /** 指す先の名（英数字）。 */
      mark?: string;
      /** 目次に書く番号（numbering で番号の付け方を決めたとき）。 */
      shownNumber?: string;
      /** 番号の並び。annex は資料編。 */
      list?: "annex";
      /** 「施策1」のような、見出しの外の通し番号。 */
      label?: { name: string; number: string };
      /** 見出しの右に置く飾りの絵（mm）。見出しの帯は、その分だけ短くなる。 */
      icon?: { bytes: Uint8Array; extension: "png" | "jpeg"; width: number; height: number };
    }
  | {
      kind: "paragraph";
      text: WordText;
      align?: WordAlign;
      /** 左の字下げ（mm）。 */
      indent?: number;
      /** 一行目を左に出す幅（mm）。番号を外に出す並びで使う。 */
      hanging?: number;
      /** 前と後の空き（ポイント）。 */
      before?: number;
      after?: number;
      keepNext?: boolean;
      /** 様式。column は囲み、source は図表の出典。 */
      style?: "column" | "columnHead" | "source" | "body" | "caption" | "bullet" | "measure";
      mark?: string;
    }
  /** 図表の題（「図1　…」）。番号は Word の通し番号の欄。 */
  | { kind: "caption"; name: string; number: string; text: WordText; mark?: string; newPage?: boolean }
  /** 図形のまとまり。Word の中で直せる。 */
  | { kind: "shapes"; width: number; height: number; alt: string; shapes: readonly WordShape[] }
  /** 表紙。字は本文の文字、帯と絵は文字の後ろ。 */
  | {
      kind: "cover";
      title: string;
      subtitle: string;
      date: string;
      author: string;
      image?: { bytes: Uint8Array; extension: "png" | "jpeg"; width: number; height: number; alt: string };
    }
  /** ここから新しい節（向き、ページ番号）。 */
  | { kind: "section"; section: WordSection }
  | { kind: "list"; items: readonly WordText[]; ordered?: boolean }
  | {
      kind: "table";
      columns: readonly WordColumn[];
      /** 見出しの行。ページをまたぐたびに繰り返す。 */
      header?: readonly (WordCell | string)[];
      rows: readonly (readonly (WordCell | string)[])[];
      /** 行をページで分けない（小さい表）。 */
      together?: boolean;
      /** 行ごとの変更履歴の印（見出しの行は除く）。 */
      rowTracked?: readonly (WordTracked | undefined)[];
      /** 一列目を見出しの地にする。 */
      headColumn?: boolean;
      /** ます目の文を上にそろえる（省けば中央）。見出しの行は除く。 */
      cellTop?: boolean;
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
  | {
      kind: "image";
      png: Uint8Array;
      /** 省けば PNG。 */
      extension?: "png" | "jpeg";
      width: number;
      height: number;
      alt: string;
    }
  /** name は、図を見分ける名（図形の名に入り、Word の中で様式を直しても残る）。 */
  | { kind: "chart"; chart: WordChart; width: number; height: number; alt: string; name?: string }
  /** 目次。見出しの 1 から 2 まで。 */
  | { kind: "contents" }
  | { kind: "pageBreak" };

/** グラフ（Word・PowerPoint の中で値を直せる）。 */
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
  /**
   * 計画の図の形（色・字の大きさ・単位を決められる）。省けば kind の棒。
   * percent は 100 % の帯、pie は一つ目の系列の円。
   */
  form?: "column" | "bar" | "stacked" | "percent" | "line" | "pie";
  /** form のある図の字の大きさ（ポイント）。省けば 9。 */
  size?: number;
  /** form のある図の、系列（円では項目）の色。"0017C1" の形。 */
  colours?: readonly string[];
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
  pages?: readonly (number | string)[];
  /** 見た目。省けば、事務の文書の見た目。 */
  look?: WordLook;
  /** 見出しの番号の付け方（段ごと）。省けば １ → (1) → ア。 */
  numbering?: { body: readonly (WordNumber | undefined)[]; annex: readonly (WordNumber | undefined)[] };
  /** 最初の節。省けば、上と下の文とページ番号のある節。 */
  section?: WordSection;
  blocks: readonly WordBlock[];
}

/** 段の間（mm）。A3 を二つに折ったときの、二面の余白になる。 */
export const COLUMN_GAP = 50;

/** 本文の幅（mm）。段があれば一段の幅。A4 の本文の幅（mm）。余白は左右 25 mm、上下 25 mm。 */
export function bodyWidth(document: { landscape?: boolean; paper?: "a3"; columns?: number }): number {
  const whole = document.paper === "a3" ? (document.landscape ? 370 : 247) : document.landscape ? 247 : 160;
  const columns = document.columns ?? 1;
  return (whole - (columns - 1) * COLUMN_GAP) / columns;
}

const fullDigits = "０１２３４５６７８９";
const kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/** 見出しの番号（公用文の順: １、(1)、ア）。番号のないものは空。 */
export function headingNumbers(blocks: readonly WordBlock[]): Map<WordBlock, string> {
  const at = [0, 0, 0, 0];
  const numbers = new Map<WordBlock, string>();
  for (const block of blocks) {
    if (block.kind !== "heading") continue;
    if (block.number === false) {
      numbers.set(block, "");
      continue;
    }
    at[block.level - 1] = (at[block.level - 1] ?? 0) + 1;
    at.fill(0, block.level);
    numbers.set(block, block.level === 4 ? "" : numberText(block.level, at[block.level - 1] ?? 1));
  }
  return numbers;
}

function numberText(level: 1 | 2 | 3, value: number): string {
  if (level === 1) return [...String(value)].map((digit) => fullDigits[Number(digit)] ?? digit).join("");
  if (level === 2) return `(${value})`;
  return kana[(value - 1) % kana.length] ?? String(value);
}
