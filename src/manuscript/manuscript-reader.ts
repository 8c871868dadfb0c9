import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import {
  checkIds,
  type Manuscript,
  type ManuscriptBlock,
  type ManuscriptWarning,
  type Place,
} from "./manuscript.ts";
import {
  cellsOf,
  codesOf,
  FENCE,
  forgetsToClose,
  joinLines,
  LIST,
  type Mark,
  nestedMark,
  readMark,
  STARTS,
  tableLook,
} from "./markup-line.ts";
import { pictureFence } from "./picture-fence.ts";
import { readPlanMeta, readSources } from "./plan-meta-reader.ts";

/**
 * 原稿のフォルダーの中身（名 → バイト列）を読む。plan.yaml が題と決まり、*.md が本文。
 * 書き方の誤りは止めずに warnings に入れ、書かれた文字は一つも捨てない。
 * sources は、調べた資料の ID → 書誌の一文（省けば、フォルダーの sources.yaml）。本文の [^src:ID] が指す。
 * @throws AppError BAD_INPUT（plan.yaml がない・読めない、本文がない）
 */
export function readManuscript(
  files: ReadonlyMap<string, Uint8Array>,
  options: { sources?: ReadonlyMap<string, string> } = {},
): Manuscript {
  const head = files.has("plan.yaml") ? "plan.yaml" : "plan.yml";
  const { meta, chapters, warnings: noted } = readPlanMeta(files.get(head), head);
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
  const warnings: ManuscriptWarning[] = [...noted];
  const shared: Shared = { warnings, footnotes: new Map(), comments: [], annex: false };
  const blocks = names.flatMap((name) =>
    new ChapterReader(name, decodeText(files.get(name) ?? new Uint8Array()).text, shared).read(),
  );
  checkIds(blocks, warnings);
  const { sources: written, fault } = readSources(files.get("sources.yaml"));
  if (fault) warnings.push(fault);
  const { footnotes, comments } = shared;
  return {
    meta,
    blocks,
    footnotes,
    files,
    warnings,
    comments,
    sources: options.sources ?? written,
  };
}

type Identity = Pick<ManuscriptBlock, "id" | "named" | "place" | "covers" | "marks">;

/** 章をまたいで持つもの。 */
interface Shared {
  warnings: ManuscriptWarning[];
  footnotes: Map<string, string>;
  comments: { place: Place; text: string }[];
  /** 資料編に入ったか。 */
  annex: boolean;
}

const UNCLOSED = "「:::」で始めた囲みが、閉じられていません。終わりに「:::」の行を置いてください。";

class ChapterReader {
  readonly #file: string;
  readonly #lines: string[];
  readonly #shared: Shared;
  #at = 0;
  #parent = "";
  /** 名の分からない囲みの、まだ閉じていない数。 */
  #unknown = 0;
  readonly #counts = new Map<string, number>();

  constructor(file: string, text: string, shared: Shared) {
    this.#file = file;
    this.#lines = text
      .replace(/^\ufeff/, "")
      .replace(/\r\n?/g, "\n")
      .split("\n");
    this.#shared = shared;
    this.#parent = file.replace(/\.md$/i, "");
  }

  read(): ManuscriptBlock[] {
    return this.#blocks("");
  }

  /** inside は、いま中にいる囲みの名（囲みの外なら空）。 */
  #blocks(inside: string): ManuscriptBlock[] {
    const blocks: ManuscriptBlock[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? "";
      if (inside && /^:::\s*$/.test(line)) return blocks;
      if (inside && forgetsToClose(inside, line)) break;
      const block = this.#next(line);
      if (block) blocks.push(block);
    }
    if (inside) this.#warn("markup", UNCLOSED);
    return blocks;
  }

  #next(line: string): ManuscriptBlock | undefined {
    if (line.trim() === "") {
      this.#at += 1;
      return undefined;
    }
    const note = /^\[\^([^\]\s]+)\]:\s*(.*)$/.exec(line);
    if (note) {
      this.#note(note[1] ?? "", note[2] ?? "");
      return undefined;
    }
    // 区切りの線は、紙では要らない。
    if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
      this.#at += 1;
      return undefined;
    }
    if (line.startsWith("<!--")) {
      this.#comment();
      return undefined;
    }
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) return this.#heading(heading[1]?.length ?? 1, heading[2] ?? "");
    if (FENCE.test(line)) return this.#fence(line);
    if (/^(Table|表)[:：]/.test(line)) return this.#table(line);
    if (line.trimStart().startsWith("|")) return this.#table(undefined);
    if (LIST.test(line)) return this.#list();
    const image = /^!\[([^\]]*)\]\(([^)\s]+)\)\s*(.*)$/.exec(line);
    if (image) return this.#image(image[1] ?? "", image[2] ?? "", image[3] ?? "");
    return this.#paragraph();
  }

  #heading(level: number, text: string): ManuscriptBlock {
    const place = this.#place();
    const mark = readMark(text);
    this.#at += 1;
    const yes = (name: string) => /^(yes|はい|true)$/.test(mark.values.get(name) ?? "");
    // 資料編の章の下の見出しも、次の章まで資料編の番号になる。
    if (level === 1) this.#shared.annex = yes("annex");
    const block: Extract<ManuscriptBlock, { kind: "heading" }> = {
      ...this.#identity(mark.id, "h", place, mark),
      kind: "heading",
      level,
      text: mark.text,
      ...(this.#shared.annex ? { annex: true } : {}),
      ...(mark.values.get("number") === "no" ? { unnumbered: true } : {}),
    };
    this.#parent = block.id;
    return block;
  }

  /** <!-- から --> まで。閉じていなければ、この行だけを書き込みとする。 */
  #comment(): void {
    const place = this.#place();
    let end = this.#at;
    while (end < this.#lines.length && !(this.#lines[end] ?? "").includes("-->")) end += 1;
    if (end >= this.#lines.length) {
      this.#warn(
        "markup",
        "「<!--」の書き込みが「-->」で閉じられていません。この一行だけを書き込みとしました。",
      );
      end = this.#at;
    }
    const text = this.#lines.slice(this.#at, end + 1).join("\n");
    const [inside = "", after = ""] = text.split("-->");
    this.#shared.comments.push({ place, text: inside.replace("<!--", "").trim() });
    // 閉じたあとに続く字は、本文である。
    if (after.trim() !== "") this.#lines[end] = after;
    this.#at = after.trim() === "" ? end + 1 : end;
  }

  /** 脚注。字下げした次の行は、続き。同じ印が二度あれば知らせる。 */
  #note(id: string, first: string): void {
    if (this.#shared.footnotes.has(id))
      this.#warn("footnote", `脚注「${id}」の本文が二度書かれています。後のものを使います。`);
    const lines = [first.trim()];
    for (this.#at += 1; /^[ \t\u3000]+\S/.test(this.#lines[this.#at] ?? ""); this.#at += 1)
      lines.push((this.#lines[this.#at] ?? "").trim());
    this.#shared.footnotes.set(id, joinLines(lines));
  }

  /** ほかの道具の書き方の画像（![代わりの文](場所)）。 */
  #image(alt: string, src: string, rest: string): ManuscriptBlock {
    const place = this.#place();
    const mark = readMark(rest);
    this.#at += 1;
    const rights = mark.values.get("rights") ?? "";
    const caption = mark.values.get("title") ?? alt;
    return { ...this.#identity(mark.id, "p", place, mark), kind: "photo", caption, src, alt, rights };
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
      if (lines.length > 0 && (/^\[\^[^\]\s]+\]:/.test(line) || STARTS.test(line))) break;
      lines.push(line.trim().replace(/^>\s?/, ""));
      this.#at += 1;
    }
    const mark = readMark(joinLines(lines));
    return { ...this.#identity(mark.id, "p", place, mark), kind: "paragraph", text: mark.text };
  }

  #list(): ManuscriptBlock {
    const place = this.#place();
    const items: string[] = [];
    const ordered = /^\s*\d/.test(this.#lines[this.#at] ?? "");
    let id: string | undefined;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? "";
      const item = /^(\s*)([-*・]|\d+[.．)）])\s+(.*)$/.exec(line);
      if (item) {
        const mark = readMark(item[3] ?? "");
        id = mark.id ?? id;
        // 入れ子の項目は、親の項目の中の行にする（並びは一段）。
        if (/^(?: {2,}|\t|\u3000)/.test(item[1] ?? "") && items.length > 0)
          items[items.length - 1] += `<br>${nestedMark(item[1] ?? "", item[2] ?? "")} ${mark.text}`;
        else items.push(mark.text);
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
    const has = (word: RegExp) => header.some((one) => word.test(one));
    // 実績値のある表は、過ぎた取組の評価であって、これからの指標ではない。
    const kind = has(/目標値/) && has(/指標/) && !has(/実績/) ? "kpi" : "table";
    return {
      ...this.#identity(mark.id, "t", place, mark),
      kind,
      caption: mark.text,
      header,
      rows,
      ...tableLook(mark),
    };
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
      if (rest.trim() === "" && this.#unknown > 0) this.#unknown -= 1;
      else if (rest.trim() === "") this.#warn("markup", "始まりのない「:::」があります。", place);
      else {
        this.#warn(
          "markup",
          `囲みの名「${rest.trim().split(/[\s{]/)[0] ?? ""}」が分かりません。measure、column、figure、photo、kpi のどれかです。中の文は、本文として残しました。`,
          place,
        );
        this.#unknown += 1;
        return { ...this.#identity(undefined, "p", place), kind: "paragraph", text: rest.trim() };
      }
      return undefined;
    }
    const mark = readMark(rest);
    const value = (name: string) => mark.values.get(name) ?? "";
    const identity = this.#identity(mark.id, kind.slice(0, 1), place, mark);
    const before = this.#parent;
    this.#parent = identity.id;
    const body = this.#blocks(kind);
    this.#parent = before;
    if (/^:::\s*$/.test(this.#lines[this.#at] ?? "")) this.#at += 1;
    const title = value("title") || mark.text;
    if (kind === "measure")
      return {
        ...identity,
        kind,
        title,
        owner: value("owner"),
        upper: codesOf(value("upper")),
        ...(value("period") ? { period: value("period") } : {}),
        body,
      };
    if (kind === "column") return { ...identity, kind, title, body };
    if (kind === "kpi") {
      const table = body.find((one) => one.kind === "table" || one.kind === "kpi");
      if (table && "rows" in table)
        return {
          ...identity,
          kind,
          caption: title,
          header: table.header,
          rows: table.rows,
          ...tableLook(mark),
        };
      this.#warn("markup", "kpi の囲みに、表がありません。", place);
      return { ...identity, kind, caption: title, header: [], rows: [] };
    }
    if (body.length > 0)
      this.#warn(
        "markup",
        `${kind} の囲みの中の文は、本文として続けて出します。囲みの外に書いてください。`,
        place,
      );
    const warn = (message: string) => this.#warn("markup", message, place);
    const shape = { ...identity, ...pictureFence(kind === "figure" ? kind : "photo", title, mark, warn) };
    return body.length > 0
      ? { ...identity, id: `${identity.id}+`, kind: "column", title: "", body: [shape, ...body] }
      : shape;
  }

  #identity(id: string | undefined, letter: string, place: Place, mark?: Mark): Identity {
    const covers = codesOf(mark?.values.get("covers") ?? "");
    const rest = {
      place,
      ...(covers.length > 0 ? { covers } : {}),
      ...(mark && mark.values.size > 0 ? { marks: Object.fromEntries(mark.values) } : {}),
    };
    if (id !== undefined) return { id, named: true, ...rest };
    const key = `${this.#parent}/${letter}`;
    const n = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, n);
    return { id: `${key}${n}`, named: false, ...rest };
  }

  #place(): Place {
    return { file: this.#file, line: this.#at + 1 };
  }

  #warn(kind: ManuscriptWarning["kind"], message: string, place = this.#place()): void {
    this.#shared.warnings.push({ kind, place, message });
  }
}
