import { stringify } from "yaml";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";

/**
 * 原稿を、読み取れる文字の形（plan.yaml と章ごとの .md）に書く。読み戻すと、同じ原稿になる。
 * データと画像（files の、plan.yaml と .md のほか）は、そのまま写す。
 */
export function writeManuscript(manuscript: Manuscript): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>();
  const put = (name: string, text: string) => out.set(name, new TextEncoder().encode(text));
  const chapters = chaptersOf(manuscript.blocks);
  const names = chapters.map((_, at) => `${String(at + 1).padStart(2, "0")}.md`);
  put("plan.yaml", stringify({ ...manuscript.meta, chapters: names }, { lineWidth: 0 }));
  const notes = [...manuscript.footnotes].map(([id, text]) => `[^${id}]: ${oneLine(text)}\n`);
  for (const [at, blocks] of chapters.entries())
    put(
      names[at] ?? "",
      `${blocks.map(writeBlock).join("\n\n")}\n${at === chapters.length - 1 && notes.length > 0 ? `\n${notes.join("")}` : ""}`,
    );
  for (const [name, bytes] of manuscript.files)
    if (!/^plan\.ya?ml$/.test(name) && !/^[^/]+\.md$/i.test(name)) out.set(name, bytes);
  return out;
}

/** 章（段1の見出し）ごとに分ける。資料編は、見出しの annex がその章の終わりまで続く。 */
function chaptersOf(blocks: readonly ManuscriptBlock[]): ManuscriptBlock[][] {
  const chapters: ManuscriptBlock[][] = [];
  for (const block of blocks) {
    const last = chapters.at(-1);
    if (!last || (block.kind === "heading" && block.level === 1)) chapters.push([block]);
    else last.push(block);
  }
  return chapters.length > 0 ? chapters : [[]];
}

/** 一つの部分の、文字の形。終わりに {#id 名="値"} を付ける。 */
export function writeBlock(block: ManuscriptBlock): string {
  const mark = markOf(block);
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${tidyText(block.text)} ${mark}`;
    case "paragraph":
      return `${tidyText(block.text)} ${mark}`.trim();
    case "list":
      return block.items
        .map((item, at) => {
          const end = at === block.items.length - 1 ? ` ${mark}` : "";
          return `${block.ordered ? `${at + 1}.` : "-"} ${tidyText(item)}${end}`;
        })
        .join("\n");
    case "table":
      return `表: ${tidyText(block.caption)} ${mark}\n${rowsText(block.header, block.rows)}`;
    case "kpi":
      return isKpi(block.header)
        ? `表: ${tidyText(block.caption)} ${mark}\n${rowsText(block.header, block.rows)}`
        : fence("kpi", mark, rowsText(block.header, block.rows));
    case "figure":
    case "photo":
      return fence(block.kind, mark, "");
    case "measure":
    case "column":
      return fence(block.kind, mark, block.body.map(writeBlock).join("\n\n"));
  }
}

/** 指標の表か（指標と目標値の列がある）。読み手も、こう見分ける。 */
export function isKpi(header: readonly string[]): boolean {
  return header.some((one) => /目標値/.test(one)) && header.some((one) => /指標/.test(one));
}

function fence(kind: string, mark: string, body: string): string {
  return `:::${kind} ${mark}\n${body === "" ? "" : `${body}\n`}:::`;
}

function rowsText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tidyCell).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** 表のます目の字。横棒だけのます目は、表の区切りと間違えないように全角にする。 */
export function tidyCell(text: string): string {
  const one = oneLine(text);
  return /^[\s:-]+$/.test(one) ? one.replaceAll("-", "－").trim() : one.replaceAll("|", "\\|");
}

function oneLine(text: string): string {
  return text.replace(/\s*\r?\n\s*/g, " ").trim();
}

/**
 * 本文の一つの文。行の始めと終わりの、書き方の印と間違える字だけを、形の近い字に替える。
 * 何度かけても同じ。
 */
export function tidyText(text: string): string {
  let one = oneLine(text.replace(/^\ufeff+/, ""));
  one = one
    .replace(/\{#(?=[^{}]*\}\s*$)/u, "｛#")
    .replace(/^#{1,6}(?=\s|$)/, (marks) => "＃".repeat(marks.length))
    .replace(/^\|/, "｜")
    .replace(/^:::/, "：：：")
    .replace(/^(Table|表)([:：])/, "$1　$2")
    .replace(/^\[\^(?=[^\]\s]+\]:)/, "［^")
    .replace(/^<!--/, "＜!--")
    .replace(/^([-*・]|\d+[.．)）])\s+/, "$1")
    .replace(/^-$/, "－")
    .replace(/^\*$/, "＊")
    .replace(/^・$/, "･")
    .replace(/^(\d+)([.．)）])$/, "$1 $2");
  return one;
}

/** 属性の値に入れられない字（"、改行）を替える。 */
function value(text: string): string {
  return oneLine(text).replaceAll('"', "”");
}

function markOf(block: ManuscriptBlock): string {
  const values = new Map(Object.entries(block.marks ?? {}));
  const put = (name: string, text: string | undefined) => {
    if (text === undefined || text === "") values.delete(name);
    else values.set(name, value(text));
  };
  put("covers", block.covers?.join(","));
  switch (block.kind) {
    case "heading":
      if (block.level === 1) put("annex", block.annex ? "yes" : undefined);
      put("number", block.unnumbered ? "no" : undefined);
      break;
    case "kpi":
      if (!isKpi(block.header)) put("title", block.caption);
      lookOf(block, put);
      break;
    case "table":
      lookOf(block, put);
      break;
    case "figure":
      put("title", block.caption);
      for (const name of ["data", "source", "alt", "unit"] as const) put(name, block[name]);
      put("chart", block.form);
      break;
    case "photo":
      put("title", block.caption);
      for (const name of ["src", "alt", "rights"] as const) put(name, block[name]);
      break;
    case "measure":
      put("title", block.title);
      put("owner", block.owner);
      put("upper", block.upper.join(","));
      put("period", block.period);
      break;
    case "column":
      put("title", block.title);
  }
  if (!block.named && values.size === 0) return "";
  return `{#${block.id}${[...values].map(([name, text]) => ` ${name}="${text}"`).join("")}}`;
}

function lookOf(
  look: { wide?: boolean; widths?: number[]; source?: string },
  put: (name: string, text: string | undefined) => void,
): void {
  put("wide", look.wide ? "yes" : undefined);
  put("widths", look.widths?.join(","));
  put("source", look.source);
}
