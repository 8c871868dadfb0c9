import { attributeOf, childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";
import type { ListPlace } from "../word/docx-style.ts";

interface Level {
  start: number;
  format: string;
  text: string;
  suffix: string;
}

/** Word の箇条書きの番号を、画面に見える文字にする（w:numPr → 「(1)」「ア」「第３条」）。 */
export class DocxMarks {
  private readonly abstracts = new Map<string, Level[]>();
  private readonly lists = new Map<string, { abstract: string; levels: Level[] }>();
  /** 抽象の番号 → 段ごとの今の値。同じ抽象を使う一覧は、続けて数える。 */
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly restarted = new Set<string>();
  private readonly overrides = new Map<string, Map<number, number>>();

  constructor(numbering: XmlElement | undefined) {
    for (const child of numbering ? childrenOf(numbering) : []) {
      if (child.name === "w:abstractNum")
        this.abstracts.set(attributeOf(child, "w:abstractNumId") ?? "", levelsOf(child));
    }
    for (const child of numbering ? childrenOf(numbering) : [])
      if (child.name === "w:num") this.addList(child);
  }

  private addList(num: XmlElement): void {
    const id = attributeOf(num, "w:numId") ?? "";
    const reference = childOf(num, "w:abstractNumId");
    const abstract = (reference && attributeOf(reference, "w:val")) ?? "";
    const levels = [...(this.abstracts.get(abstract) ?? [])];
    const starts = new Map<number, number>();
    for (const override of childrenOf(num).filter((one) => one.name === "w:lvlOverride")) {
      const at = Number(attributeOf(override, "w:ilvl") ?? "0");
      const own = childOf(override, "w:lvl");
      if (own) levels[at] = levelOf(own);
      const start = childOf(override, "w:startOverride");
      if (start) starts.set(at, Number(attributeOf(start, "w:val") ?? "1"));
    }
    this.overrides.set(id, starts);
    this.lists.set(id, { abstract, levels });
  }

  /** 次の番号の文字（後の空白つき）。番号がなければ空。 */
  next({ list, level }: ListPlace): string {
    const found = this.lists.get(list);
    const own = found?.levels[level];
    if (!found || !own) return "";
    if (own.format === "bullet") return "・";
    if (own.format === "none" && own.text === "") return "";
    const counts = this.counters.get(found.abstract) ?? [];
    const first = `${list}/${level}`;
    const forced = this.overrides.get(list)?.get(level);
    const before = counts[level];
    if (forced !== undefined && !this.restarted.has(first)) counts[level] = forced;
    else counts[level] = before === undefined ? own.start : before + 1;
    this.restarted.add(first);
    counts.length = level + 1;
    this.counters.set(found.abstract, counts);
    const text = own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const shown = found.levels[at];
      return shown ? formatNumber(counts[at] ?? shown.start, shown.format) : "";
    });
    return text === "" ? "" : `${text}${own.suffix === "nothing" ? "" : " "}`;
  }
}

function levelsOf(abstract: XmlElement): Level[] {
  const levels: Level[] = [];
  for (const child of childrenOf(abstract)) {
    if (child.name === "w:lvl") levels[Number(attributeOf(child, "w:ilvl") ?? "0")] = levelOf(child);
  }
  return levels;
}

function levelOf(element: XmlElement): Level {
  const value = (name: string) => {
    const child = childOf(element, name);
    return child && attributeOf(child, "w:val");
  };
  return {
    start: Number(value("w:start") ?? "1"),
    format: value("w:numFmt") ?? "decimal",
    text: (value("w:lvlText") ?? "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"),
    suffix: value("w:suff") ?? "tab",
  };
}

const AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";
const IROHA =
  "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";

/** 番号の書式（ST_NumberFormat）。知らない書式は算用数字。 */
export function formatNumber(value: number, format: string): string {
  const letter = (table: string) => table.charAt((value - 1) % table.length) || String(value);
  if (/^aiueoFullWidth$/i.test(format)) return letter(AIUEO);
  if (format === "aiueo") return letter(HALF);
  if (/^iroha/i.test(format)) return letter(IROHA);
  if (/^decimalEnclosedCircle/.test(format)) return letter(CIRCLED);
  if (/^decimalFullWidth/.test(format)) return fullWidth(String(value));
  if (format === "decimalZero") return String(value).padStart(2, "0");
  if (format === "decimalEnclosedParen") return `(${value})`;
  if (format === "decimalEnclosedFullstop") return `${value}.`;
  if (
    /^(japaneseCounting|ideographTraditional|chineseCounting|ideographDigital|japaneseDigital|taiwanese)/.test(
      format,
    )
  )
    return kanji(value);
  if (format === "lowerLetter") return letter("abcdefghijklmnopqrstuvwxyz");
  if (format === "upperLetter") return letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (/Roman$/.test(format)) return format.startsWith("lower") ? roman(value).toLowerCase() : roman(value);
  return String(value);
}

function fullWidth(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function kanji(value: number): string {
  const digits = "〇一二三四五六七八九";
  if (value < 10) return digits.charAt(value);
  if (value >= 100) return [...String(value)].map((one) => digits.charAt(Number(one))).join("");
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? digits.charAt(tens) : ""}十${value % 10 ? digits.charAt(value % 10) : ""}`;
}

function roman(value: number): string {
  const table: [number, string][] = [
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = value;
  let out = "";
  for (const [size, sign] of table) {
    while (rest >= size && out.length < 20) {
      out += sign;
      rest -= size;
    }
  }
  return out;
}
