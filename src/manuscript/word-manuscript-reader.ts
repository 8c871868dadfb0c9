import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  localName,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { type DocxReading, isUnread, readDocxParts } from "../word/docx-reading.ts";
import { type DocxStyles, readDocxStyles } from "../word/docx-style.ts";
import { cellsOf, mergeOf, rowsOf } from "../word/docx-table.ts";
import type { Manuscript, ManuscriptBlock, ManuscriptWarning } from "./manuscript.ts";

/**
 * ほかの人が作った Word を、比べるための原稿として読む。見出しは様式（か段落のアウトラインの段）で、表は結合も読む。
 * 変更履歴は承諾したものとして、書き込み・図・目次は除いて読み、そのことを warnings に入れる。
 * @throws AppError BAD_INPUT（Word でない、壊れている、合言葉つき）
 */
export function readWordManuscript(bytes: Uint8Array, name: string): Manuscript {
  const { document, part } = openWord(bytes, name);
  const body = document && childOf(document, "w:body");
  if (!body) throw notWord(name);
  const reader = new WordReader(name, readDocxStyles(part("styles")), notesOf(part("footnotes")));
  reader.read(body);
  const { blocks, warnings, footnotes } = reader;
  if (blocks.length === 0)
    throw new AppError("BAD_INPUT", `${name} に、読める文がありません。画像だけの文書は比べられません。`);
  return {
    meta: {
      title: name.replace(/\.docx$/i, ""),
      subtitle: "",
      author: "",
      date: "",
      numbering: [],
      glossary: {},
      upper: {},
    },
    ...{ blocks, footnotes, warnings, files: new Map() },
  };
}

function openWord(bytes: Uint8Array, name: string): DocxReading {
  let parts: Map<string, Uint8Array>;
  try {
    parts = openZip(bytes);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw notWord(name);
  }
  return readDocxParts(parts);
}

function notWord(name: string): AppError {
  return new AppError(
    "BAD_INPUT",
    `${name} は Word（.docx）として開けません。古い形（.doc）や合言葉つきのものは、Word で開いて .docx で保存し直してください。`,
  );
}

function notesOf(notes: XmlElement | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const note of notes ? childrenOf(notes) : []) {
    const id = attributeOf(note, "w:id");
    if (id !== undefined && attributeOf(note, "w:type") === undefined)
      found.set(id, wordsOf(note, () => "").trim());
  }
  return found;
}

/** 図と、その中の字。 */
const PICTURES = new Set(["w:drawing", "w:pict", "w:object"]);

function wordsOf(element: XmlElement, note: (id: string) => string): string {
  return childrenOf(element)
    .map((one): string => {
      const kind = localName(one);
      if (kind === "t") return textOf(one);
      if (kind === "tab") return "　";
      if (kind === "br" || kind === "cr") return "<br>";
      if (kind === "noBreakHyphen") return "-";
      if (kind === "footnoteReference") return note(attributeOf(one, "w:id") ?? "");
      return isUnread(one) || PICTURES.has(one.name) ? "" : wordsOf(one, note);
    })
    .join("");
}

class WordReader {
  readonly blocks: ManuscriptBlock[] = [];
  readonly warnings: ManuscriptWarning[] = [];
  readonly footnotes: Map<string, string>;
  readonly #name: string;
  readonly #styles: DocxStyles;
  /** 終わりの印が消された段落の文（次の段落に続く）。 */
  #carried = "";

  constructor(name: string, styles: DocxStyles, footnotes: Map<string, string>) {
    this.#name = name;
    this.#styles = styles;
    this.footnotes = footnotes;
  }

  read(body: XmlElement): void {
    this.#children(body);
    const any = (...names: string[]) => descendantsOf(body, ({ name }) => names.includes(name)).length > 0;
    if (any("w:ins", "w:del")) this.#warn("変更履歴があります。承諾したものとして比べました。");
    if (any("w:drawing", "w:pict")) this.#warn("図と写真の中身は比べていません。文と表だけを比べました。");
  }

  #children(parent: XmlElement): void {
    for (const one of childrenOf(parent)) {
      const kind = localName(one);
      if (kind === "p") this.#paragraph(one);
      else if (kind === "tbl") this.#table(one);
      else if (kind === "sdt") {
        const inside = childOf(one, "w:sdtContent");
        if (inside) this.#children(inside);
      } else if (kind === "ins" || kind === "moveTo") this.#children(one);
    }
  }

  #paragraph(element: XmlElement): void {
    const properties = childOf(element, "w:pPr");
    if (/^(?:toc|目次)/.test(this.#styles.nameOf(properties))) return;
    const text = (
      this.#carried + wordsOf(element, (id) => (this.footnotes.has(id) ? `[^${id}]` : ""))
    ).trim();
    this.#carried = "";
    const marks = properties && childOf(properties, "w:rPr");
    if (marks && (childOf(marks, "w:del") || childOf(marks, "w:moveFrom"))) {
      this.#carried = text;
      return;
    }
    if (text === "") return;
    const level = this.#styles.levelOf(properties);
    if (level !== undefined) this.#put({ ...this.#common(), kind: "heading", level, text, unnumbered: true });
    else this.#put({ ...this.#common(), kind: "paragraph", text });
  }

  #table(element: XmlElement): void {
    const rows = rowsOf(element).map((row) => this.#row(row));
    const wide = Math.max(0, ...rows.map((row) => row.length));
    const [header = [], ...rest] = rows.map((row) => Array.from({ length: wide }, (_, at) => row[at] ?? ""));
    if (header.length > 0) this.#put({ ...this.#common(), kind: "table", caption: "", header, rows: rest });
  }

  #row(row: XmlElement): string[] {
    return cellsOf(row).flatMap((cell) => {
      const { across, below } = mergeOf(cell);
      const text = descendantsOf(cell, ({ name }) => name === "w:p")
        .map((one) => wordsOf(one, () => "").trim())
        .filter(Boolean)
        .join("<br>");
      return [below ? "^^" : text, ...Array.from({ length: across - 1 }, () => "<<")];
    });
  }

  #common(): Pick<ManuscriptBlock, "id" | "named" | "place"> {
    const at = this.blocks.length + 1;
    return { id: `p${at}`, named: false, place: { file: this.#name, line: at } };
  }

  #put(block: ManuscriptBlock): void {
    this.blocks.push(block);
  }

  #warn(message: string): void {
    this.warnings.push({
      kind: "markup",
      place: { file: this.#name, line: 1 },
      message: `${this.#name}: ${message}`,
    });
  }
}
