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
  /** 手引や法律の項目の記号（covers="A10,B14"）。この部分が、どの項目に応えるか。 */
  covers?: string[];
  /** 書かれていた属性の全部（名 → 値）。書き戻すときに、知らない属性も失わない。 */
  marks?: Record<string, string>;
}

/**
 * 図の形。column 縦棒、bar 横棒、stacked 積み上げ、percent 帯（100 %）、line 折れ線、pie 円。
 * tree（体系図）・map（施策と上位計画の地図）・roadmap（工程）は、データではなく原稿の施策から描く。
 */
export const figureForms = [
  ...["column", "bar", "stacked", "percent", "line", "pie"],
  ...["tree", "map", "roadmap"],
] as const;
export type FigureForm =
  | "column"
  | "bar"
  | "stacked"
  | "percent"
  | "line"
  | "pie"
  | "tree"
  | "map"
  | "roadmap";

/** データではなく、原稿の施策から描く図か。 */
export function isDrawnForm(form: FigureForm | undefined): form is "tree" | "map" | "roadmap" {
  return form === "tree" || form === "map" || form === "roadmap";
}

/** 表の見せ方。wide は横向きのページ、widths は列の幅の比。 */
interface TableLook {
  wide?: boolean;
  widths?: number[];
  source?: string;
}

export type ManuscriptBlock = Common &
  /** annex は資料編の見出し（資料１…）、unnumbered は番号を付けない見出し。 */
  (
    | { kind: "heading"; level: number; text: string; annex?: boolean; unnumbered?: boolean }
    | { kind: "paragraph"; text: string }
    | { kind: "list"; ordered: boolean; items: string[] }
    | ({ kind: "table"; caption: string; header: string[]; rows: string[][] } & TableLook)
    | ({ kind: "kpi"; caption: string; header: string[]; rows: string[][] } & TableLook)
    | {
        kind: "figure";
        caption: string;
        data: string;
        source: string;
        alt: string;
        unit: string;
        form?: FigureForm;
      }
    | { kind: "photo"; caption: string; src: string; alt: string; rights: string }
    | {
        kind: "measure";
        title: string;
        owner: string;
        upper: string[];
        /** 取り組む期間（「2025-2028」の形か、そのままの言葉）。 */
        period?: string;
        body: ManuscriptBlock[];
      }
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
  /** 用語や漢字の続きの注意をしない言葉（法律の名、機関の名など）。 */
  allow?: string[] | undefined;
  /** 上位計画の項目（記号 → 名）。施策の upper が指す。 */
  upper: Record<string, string>;
  /** 上位計画の名（項目の記号の、はじめの「-」の前 → 名）。 */
  upperPlans?: Record<string, string> | undefined;
  /** 資料編の見出しの番号の付け方。 */
  annexNumbering?: string[] | undefined;
  /** 年度の書き方。both は「令和６年度（2024年度）」。 */
  years?: "both" | "wareki" | "western" | undefined;
  /** 色・書体・表紙の決まり（名か、決まりそのもの）。読むのは plan-theme.ts。 */
  theme?: unknown;
}

export interface Manuscript {
  meta: ManuscriptMeta;
  blocks: ManuscriptBlock[];
  footnotes: Map<string, string>;
  /** 名 → 中身（データの表、画像）。 */
  files: ReadonlyMap<string, Uint8Array>;
  warnings: ManuscriptWarning[];
  /** 調べた資料（[^src:ID] の ID → 書誌の一文）。 */
  sources?: ReadonlyMap<string, string>;
  /** <!-- … --> の書き込み。どの成果品にも出さない。 */
  comments?: { place: Place; text: string }[];
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
    | "image"
    | "source"
    | "theme"
    | "plain"
    | "digest";
  place: Place;
  message: string;
  /** よその Word から写せなかったものの、あった部分の id。取り込むと、その部分への書き込みになる。 */
  block?: string;
}

/** 中の部分も含めて、上から順に。 */
export function allBlocks(blocks: readonly ManuscriptBlock[]): ManuscriptBlock[] {
  return blocks.flatMap((block) => ("body" in block ? [block, ...allBlocks(block.body)] : [block]));
}

/** 同じ id が二つあれば、後のものを仮の id にして知らせる。 */
export function checkIds(blocks: readonly ManuscriptBlock[], warnings: ManuscriptWarning[]): void {
  const seen = new Map<string, Place>();
  for (const block of allBlocks(blocks)) {
    const before = seen.get(block.id);
    if (before && block.named)
      warnings.push({
        kind: "duplicate-id",
        place: block.place,
        message: `id「${block.id}」は、${before.file} の${before.line}行目でも使われています。どちらかを変えてください。`,
      });
    if (before) {
      let n = 2;
      while (seen.has(`${block.id}~${n}`)) n += 1;
      block.id = `${block.id}~${n}`;
      block.named = false;
    }
    seen.set(block.id, block.place);
  }
}

/** 資料編の番号の、決めのないとき。 */
export const defaultAnnexNumbering: readonly string[] = ["資料{N}", "{N}", "({n})", "{ア}"];

const fullDigits = "０１２３４５６７８９";
const kana = [
  ..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];
const kanji = "〇一二三四五六七八九";

/** 見出しの番号と、図・表・写真・施策の通し番号。id → 「第２章」「図３」。 */
export function numbersOf(
  blocks: readonly ManuscriptBlock[],
  numbering: readonly string[],
  annexNumbering: readonly string[] = defaultAnnexNumbering,
): Map<string, string> {
  const numbers = new Map<string, string>();
  const at: { body: number[]; annex: number[] } = { body: [], annex: [] };
  const counts = { figure: 0, table: 0, photo: 0, measure: 0, column: 0 };
  const names = { figure: "図", table: "表", photo: "写真", measure: "施策", column: "コラム" };
  for (const block of allBlocks(blocks)) {
    if (block.kind === "heading") {
      if (block.unnumbered) continue;
      const count = block.annex ? at.annex : at.body;
      count[block.level - 1] = (count[block.level - 1] ?? 0) + 1;
      count.length = block.level;
      const scheme = (block.annex ? annexNumbering : numbering)[block.level - 1] ?? "";
      numbers.set(block.id, headingNumber(scheme, count[block.level - 1] ?? 1));
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
