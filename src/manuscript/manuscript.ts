/** 計画の原稿。章から写真まで、どの部分にも変わらない id がある。 */

export interface Place {
  file: string;
  line: number;
}

interface Common {
  id: string;
  /** 書いた人が付けた id か（付いていなければ、場所から決めた仮の id）。 */
  named: boolean;
  place: Place;
}

export type ManuscriptBlock = Common &
  (
    | { kind: "heading"; level: number; text: string }
    | { kind: "paragraph"; text: string }
    | { kind: "list"; ordered: boolean; items: string[] }
    | { kind: "table"; caption: string; header: string[]; rows: string[][] }
    | { kind: "kpi"; caption: string; header: string[]; rows: string[][] }
    | {
        kind: "figure";
        caption: string;
        data: string;
        source: string;
        alt: string;
        unit: string;
      }
    | { kind: "photo"; caption: string; src: string; alt: string; rights: string }
    | { kind: "measure"; title: string; owner: string; upper: string[]; body: ManuscriptBlock[] }
    | { kind: "column"; title: string; body: ManuscriptBlock[] }
  );

export interface ManuscriptMeta {
  title: string;
  subtitle: string;
  author: string;
  date: string;
  /** 見出しの番号の付け方（段ごと）。{n} は算用数字、{N} は全角、{ア} はカナ、{漢} は漢数字。 */
  numbering: string[];
  /** 使う言葉 → 使わない言い方。 */
  glossary: Record<string, string[]>;
  /** 上位計画の項目（記号 → 名）。施策の upper が指す。 */
  upper: Record<string, string>;
}

export interface Manuscript {
  meta: ManuscriptMeta;
  blocks: ManuscriptBlock[];
  footnotes: Map<string, string>;
  /** 名 → 中身（データの表、画像）。 */
  files: ReadonlyMap<string, Uint8Array>;
  warnings: ManuscriptWarning[];
}

/** 直すところ。build は止めずに、どこかを言って続ける。 */
export interface ManuscriptWarning {
  kind:
    | "markup"
    | "duplicate-id"
    | "missing-reference"
    | "missing-data"
    | "missing-alt"
    | "missing-rights"
    | "missing-source"
    | "kpi"
    | "glossary"
    | "upper"
    | "footnote"
    | "image";
  place: Place;
  message: string;
}

/** 中の部分も含めて、上から順に。 */
export function allBlocks(blocks: readonly ManuscriptBlock[]): ManuscriptBlock[] {
  return blocks.flatMap((block) => ("body" in block ? [block, ...allBlocks(block.body)] : [block]));
}

const fullDigits = "０１２３４５６７８９";
const kana = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];
const kanji = "〇一二三四五六七八九";

/** 見出しの番号と、図・表・写真・施策の通し番号。id → 「第２章」「図３」。 */
export function numbersOf(
  blocks: readonly ManuscriptBlock[],
  numbering: readonly string[],
): Map<string, string> {
  const numbers = new Map<string, string>();
  const at: number[] = [];
  const counts = { figure: 0, table: 0, photo: 0, measure: 0, column: 0 };
  const names = { figure: "図", table: "表", photo: "写真", measure: "施策", column: "コラム" };
  for (const block of allBlocks(blocks)) {
    if (block.kind === "heading") {
      at[block.level - 1] = (at[block.level - 1] ?? 0) + 1;
      at.length = block.level;
      numbers.set(block.id, headingNumber(numbering[block.level - 1] ?? "", at[block.level - 1] ?? 1));
      continue;
    }
    const kind = block.kind === "kpi" ? "table" : block.kind;
    if (kind === "paragraph" || kind === "list") continue;
    counts[kind] += 1;
    numbers.set(block.id, `${names[kind]}${counts[kind]}`);
  }
  return numbers;
}

function headingNumber(scheme: string, n: number): string {
  return scheme
    .replaceAll("{n}", String(n))
    .replaceAll("{N}", [...String(n)].map((digit) => fullDigits[Number(digit)] ?? digit).join(""))
    .replaceAll("{ア}", kana[(n - 1) % kana.length] ?? String(n))
    .replaceAll("{漢}", kanjiNumber(n));
}

function kanjiNumber(n: number): string {
  if (n < 10) return kanji[n] ?? String(n);
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? (kanji[tens] ?? "") : ""}十${n % 10 > 0 ? (kanji[n % 10] ?? "") : ""}`;
}
