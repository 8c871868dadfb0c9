import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import {
  allBlocks,
  type Manuscript,
  type ManuscriptBlock,
  type ManuscriptMeta,
  type ManuscriptWarning,
  type Place,
} from "./manuscript.ts";

const listSchema = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const metaSchema = z.object({
  title: z.string().min(1),
  subtitle: z.string().default(""),
  author: z.string().default("受託者"),
  date: z.union([z.string(), z.date().transform((at) => at.toISOString().slice(0, 10))]).default(""),
  numbering: z.array(z.string()).default(["第{N}章", "{N}", "({n})", "{ア}"]),
  glossary: z.record(z.string(), listSchema).default({}),
  upper: z.record(z.string(), z.string()).default({}),
  /** 章のファイルの順。省けば名の順。 */
  chapters: z.array(z.string()).optional(),
});

/**
 * 原稿のフォルダーの中身（名 → バイト列）を読む。plan.yaml が題と決まり、*.md が本文。
 * 書き方の誤りは止めずに warnings に入れ、書かれた文字は一つも捨てない。
 * @throws AppError BAD_INPUT（plan.yaml がない・読めない、本文がない）
 */
export function readManuscript(files: ReadonlyMap<string, Uint8Array>): Manuscript {
  const { chapters, ...meta } = readMeta(files.get("plan.yaml") ?? files.get("plan.yml"));
  const names = chapters ?? [...files.keys()].filter((name) => /^[^/]+\.md$/i.test(name)).sort();
  const missing = names.find((name) => !files.has(name));
  if (missing !== undefined)
    throw new AppError(
      "BAD_INPUT",
      `plan.yaml の chapters にある「${missing}」が、原稿のフォルダーにありません。`,
    );
  if (names.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "原稿のフォルダーに、本文（.md）がありません。「# 見出し {#id}」で始まる .md を置いてください。",
    );
  const warnings: ManuscriptWarning[] = [];
  const footnotes = new Map<string, string>();
  const blocks = names.flatMap((name) =>
    new ChapterReader(name, decodeText(files.get(name) ?? new Uint8Array()).text, warnings, footnotes).read(),
  );
  checkIds(blocks, warnings);
  return { meta, blocks, footnotes, files, warnings };
}

function readMeta(bytes: Uint8Array | undefined): ManuscriptMeta & { chapters?: string[] | undefined } {
  if (!bytes)
    throw new AppError(
      "BAD_INPUT",
      "原稿のフォルダーに plan.yaml がありません。「title: 計画の名」だけを書いた plan.yaml を置いてください。",
    );
  let value: unknown;
  try {
    value = parse(decodeText(bytes).text, { maxAliasCount: 100 });
  } catch {
    throw new AppError("BAD_INPUT", "plan.yaml が読めません。字下げと「:」の後の空白をご確認ください。");
  }
  const found = metaSchema.safeParse(value);
  if (!found.success)
    throw new AppError(
      "BAD_INPUT",
      `plan.yaml に直すところがあります（${found.error.issues[0]?.path.join(".") ?? ""}: ${found.error.issues[0]?.message ?? ""}）。`,
    );
  return found.data;
}

/** 同じ id が二つあれば、後のものを仮の id にして知らせる。 */
function checkIds(blocks: readonly ManuscriptBlock[], warnings: ManuscriptWarning[]): void {
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

const ATTRIBUTES = /\s*\{#([\p{L}\p{N}_.-]+)((?:\s+[\w-]+="[^"]*")*)\s*\}\s*$/u;

interface Mark {
  id: string | undefined;
  text: string;
  values: Map<string, string>;
}

/** 行の終わりの {#id 名="値"}。 */
function readMark(line: string): Mark {
  const found = ATTRIBUTES.exec(line);
  const values = new Map(
    [...(found?.[2] ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map((one) => [one[1] ?? "", one[2] ?? ""]),
  );
  return { id: found?.[1], text: (found ? line.slice(0, found.index) : line).trim(), values };
}

const FENCE = /^:::\s*(measure|column|figure|photo|kpi)?\s*(.*)$/;

class ChapterReader {
  readonly #file: string;
  readonly #lines: string[];
  readonly #warnings: ManuscriptWarning[];
  readonly #footnotes: Map<string, string>;
  #at = 0;
  #parent = "";
  readonly #counts = new Map<string, number>();

  constructor(file: string, text: string, warnings: ManuscriptWarning[], footnotes: Map<string, string>) {
    this.#file = file;
    this.#lines = text
      .replace(/^\ufeff/, "")
      .replace(/\r\n?/g, "\n")
      .split("\n");
    this.#warnings = warnings;
    this.#footnotes = footnotes;
    this.#parent = file.replace(/\.md$/i, "");
  }

  read(): ManuscriptBlock[] {
    return this.#blocks(false);
  }

  #blocks(inside: boolean): ManuscriptBlock[] {
    const blocks: ManuscriptBlock[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? "";
      if (inside && /^:::\s*$/.test(line)) return blocks;
      const block = this.#next(line);
      if (block) blocks.push(block);
    }
    if (inside)
      this.#warn(
        "markup",
        "「:::」で始めた囲みが、閉じられていません。終わりに「:::」の行を置いてください。",
      );
    return blocks;
  }

  #next(line: string): ManuscriptBlock | undefined {
    if (line.trim() === "") {
      this.#at += 1;
      return undefined;
    }
    const note = /^\[\^([^\]\s]+)\]:\s*(.*)$/.exec(line);
    if (note) {
      this.#footnotes.set(note[1] ?? "", note[2] ?? "");
      this.#at += 1;
      return undefined;
    }
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) return this.#heading(heading[1]?.length ?? 1, heading[2] ?? "");
    if (FENCE.test(line)) return this.#fence(line);
    if (/^(Table|表)[:：]/.test(line)) return this.#table(line);
    if (line.trimStart().startsWith("|")) return this.#table(undefined);
    if (/^\s*([-*・]|\d+[.．)）])\s+/.test(line)) return this.#list();
    return this.#paragraph();
  }

  #heading(level: number, text: string): ManuscriptBlock {
    const place = this.#place();
    const mark = readMark(text);
    this.#at += 1;
    const block = {
      ...this.#identity(mark.id, "h", place),
      kind: "heading" as const,
      level,
      text: mark.text,
    };
    this.#parent = block.id;
    return block;
  }

  #paragraph(): ManuscriptBlock {
    const place = this.#place();
    const lines: string[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? "";
      if (
        line.trim() === "" ||
        /^#{1,6}\s/.test(line) ||
        FENCE.test(line) ||
        line.trimStart().startsWith("|")
      )
        break;
      if (lines.length > 0 && /^\[\^[^\]\s]+\]:/.test(line)) break;
      lines.push(line.trim());
      this.#at += 1;
    }
    const mark = readMark(joinLines(lines));
    return { ...this.#identity(mark.id, "p", place), kind: "paragraph", text: mark.text };
  }

  #list(): ManuscriptBlock {
    const place = this.#place();
    const items: string[] = [];
    const ordered = /^\s*\d/.test(this.#lines[this.#at] ?? "");
    let id: string | undefined;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? "";
      const item = /^\s*(?:[-*・]|\d+[.．)）])\s+(.*)$/.exec(line);
      if (item) {
        const mark = readMark(item[1] ?? "");
        id = mark.id ?? id;
        items.push(mark.text);
      } else if (/^\s{2,}\S/.test(line) && items.length > 0) items[items.length - 1] += line.trim();
      else break;
    }
    return { ...this.#identity(id, "l", place), kind: "list", ordered, items };
  }

  #table(captionLine: string | undefined): ManuscriptBlock {
    const place = this.#place();
    const mark = readMark((captionLine ?? "").replace(/^(Table|表)[:：]\s*/, ""));
    if (captionLine !== undefined) this.#at += 1;
    while ((this.#lines[this.#at] ?? "x").trim() === "" && this.#at < this.#lines.length) this.#at += 1;
    const { header, rows } = this.#rows();
    if (header.length === 0) {
      this.#warn("markup", "表の題のあとに、「|」で区切った行がありません。", place);
      return { ...this.#identity(mark.id, "p", place), kind: "paragraph", text: mark.text };
    }
    const kind =
      header.some((one) => /目標値/.test(one)) && header.some((one) => /指標/.test(one)) ? "kpi" : "table";
    return { ...this.#identity(mark.id, "t", place), kind, caption: mark.text, header, rows };
  }

  #rows(): { header: string[]; rows: string[][] } {
    const rows: string[][] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = (this.#lines[this.#at] ?? "").trim();
      if (!line.startsWith("|")) break;
      if (/^\|[\s:|-]+\|?$/.test(line) && rows.length === 1) continue;
      rows.push(cellsOf(line));
    }
    const [header = [], ...body] = rows;
    for (const row of body)
      if (row.length !== header.length)
        this.#warn("markup", `表の列の数が、見出し（${header.length}）と違う行（${row.length}）があります。`);
    return {
      header,
      rows: body.map((row) =>
        Array.from({ length: Math.max(header.length, row.length) }, (_, at) => row[at] ?? ""),
      ),
    };
  }

  #fence(line: string): ManuscriptBlock | undefined {
    const place = this.#place();
    const [, kind, rest = ""] = FENCE.exec(line) ?? [];
    this.#at += 1;
    if (!kind) {
      if (rest.trim() === "") this.#warn("markup", "始まりのない「:::」があります。", place);
      else {
        this.#warn(
          "markup",
          "囲みの名が分かりません。measure、column、figure、photo、kpi のどれかです。",
          place,
        );
        return { ...this.#identity(undefined, "p", place), kind: "paragraph", text: rest.trim() };
      }
      return undefined;
    }
    const mark = readMark(rest);
    const value = (name: string) => mark.values.get(name) ?? "";
    const identity = this.#identity(mark.id, kind.slice(0, 1), place);
    const before = this.#parent;
    this.#parent = identity.id;
    const body = this.#blocks(true);
    this.#parent = before;
    this.#at += 1;
    const title = value("title") || mark.text;
    if (kind === "measure")
      return {
        ...identity,
        kind,
        title,
        owner: value("owner"),
        upper: value("upper")
          .split(/[,、\s]+/)
          .filter(Boolean),
        body,
      };
    if (kind === "column") return { ...identity, kind, title, body };
    if (kind === "kpi") {
      const table = body.find((one) => one.kind === "table" || one.kind === "kpi");
      if (table && "rows" in table)
        return { ...identity, kind, caption: title, header: table.header, rows: table.rows };
      this.#warn("markup", "kpi の囲みに、表がありません。", place);
      return { ...identity, kind, caption: title, header: [], rows: [] };
    }
    if (body.length > 0)
      this.#warn(
        "markup",
        `${kind} の囲みの中の文は、本文として続けて出します。囲みの外に書いてください。`,
        place,
      );
    const shape =
      kind === "figure"
        ? {
            ...identity,
            kind: "figure" as const,
            caption: title,
            data: value("data"),
            source: value("source"),
            alt: value("alt"),
            unit: value("unit"),
          }
        : {
            ...identity,
            kind: "photo" as const,
            caption: title,
            src: value("src"),
            alt: value("alt"),
            rights: value("rights"),
          };
    return body.length > 0
      ? { ...identity, id: `${identity.id}+`, kind: "column", title: "", body: [shape, ...body] }
      : shape;
  }

  #identity(
    id: string | undefined,
    letter: string,
    place: Place,
  ): { id: string; named: boolean; place: Place } {
    if (id !== undefined) return { id, named: true, place };
    const key = `${this.#parent}/${letter}`;
    const n = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, n);
    return { id: `${key}${n}`, named: false, place };
  }

  #place(): Place {
    return { file: this.#file, line: this.#at + 1 };
  }

  #warn(kind: ManuscriptWarning["kind"], message: string, place = this.#place()): void {
    this.#warnings.push({ kind, place, message });
  }
}

/** 「|」で区切る。「\|」は字のまま。 */
function cellsOf(line: string): string[] {
  const inner = line.replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** 行の折り返しは、英数字どうしの間だけ空白にする。 */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const space = /[\p{Script=Latin}\d,.]$/u.test(text) && /^[\p{Script=Latin}\d]/u.test(line) ? " " : "";
    return text === "" ? line : text + space + line;
  }, "");
}
