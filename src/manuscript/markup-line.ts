import { FURIGANA } from "./furigana.ts";

const ATTRIBUTES = /\s*\{#([\p{L}\p{N}_.-]+)((?:\s+[\w-]+="[^"]*")*)\s*\}\s*$/u;

/** 並びの項目。 */
export const LIST = /^\s*([-*・]|\d+[.．)）])\s+/;
/** 空の行がなくても、前の行とつながない書き出し（並び、丸数字、表の題）。 */
export const STARTS = /^\s*(?:[-*・]\s+|\d+[.．)）]\s+|[①-⑳]|<!--|(?:Table|表)[:：])/;
/** 囲みの始まりと終わり。 */
export const FENCE = /^:::\s*(measure|column|figure|photo|kpi)?\s*(.*)$/;

/** 行の終わりの印を読んだもの。 */
export interface Mark {
  id: string | undefined;
  text: string;
  values: Map<string, string>;
}

/** 行の終わりの {#id 名="値"}。 */
export function readMark(line: string): Mark {
  const found = ATTRIBUTES.exec(line);
  const values = new Map(
    [...(found?.[2] ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map((one) => [one[1] ?? "", one[2] ?? ""]),
  );
  return { id: found?.[1], text: (found ? line.slice(0, found.index) : line).trim(), values };
}

/** 「A-1, B-2」→ 記号の並び。 */
export function codesOf(text: string): string[] {
  return text.split(/[,、\s]+/).filter(Boolean);
}

/** 表の見せ方（wide、widths、source）。 */
export function tableLook({ values }: Mark): { wide?: boolean; widths?: number[]; source?: string } {
  const widths = codesOf(values.get("widths") ?? "").map(Number);
  const source = values.get("source");
  return {
    ...(/^(yes|はい|true)$/.test(values.get("wide") ?? "") ? { wide: true } : {}),
    ...(widths.length > 0 && widths.every((one) => one > 0) ? { widths } : {}),
    ...(source ? { source } : {}),
  };
}

/** ます目一つと、空のます目。 */
const CELL = new RegExp(`(?:\\\\\\||\\{\\{[^{}]*\\}\\}|${FURIGANA.source}|[^|])+|(?<=^|\\|)(?=\\||$)`, "gu");

/** 「|」で区切る。「\\|」は字のまま。{{data/x.csv!B2|0.0}} とふりがな（{漢字|かんじ}）の中の「|」では分けない。 */
export function cellsOf(line: string): string[] {
  const inner = line.replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  const cells = inner.match(CELL) ?? [""];
  return cells.map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** 行の折り返しは、英数字どうしの間だけ空白にする。 */
export function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const space = /[\p{Script=Latin}\d,.]$/u.test(text) && /^[\p{Script=Latin}\d]/u.test(line) ? " " : "";
    return text === "" ? line : text + space + line;
  }, "");
}

/** 囲みの中で、閉じ忘れたとしか見えない行か: 章の見出し、施策やコラムの中の次の施策やコラム。そこで囲みを閉じて知らせる。 */
export function forgetsToClose(inside: string, line: string): boolean {
  return /^#\s/.test(line) || (inside !== "kpi" && /^:::\s*(?:measure|column)\b/.test(line));
}

/** 入れ子の項目の頭。番号は書かれたまま、点は「－」にし、二段目からは一字ずつ下げる。indent は行の頭の空白、mark は書かれた印。 */
export function nestedMark(indent: string, mark: string): string {
  const depth = Math.floor(([...indent].reduce((sum, one) => sum + (one === " " ? 1 : 3), 0) - 1) / 3);
  return `${"　".repeat(Math.max(0, depth))}${/\d/.test(mark) ? mark : "－"}`;
}
