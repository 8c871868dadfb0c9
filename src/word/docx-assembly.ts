import { xmlBytes } from "../office/xml-tree.ts";
import { ListCopies } from "./docx-numbering.ts";
import {
  addContentType,
  copyPackage,
  type DocxPackage,
  relationKind,
  relationshipsOf,
  relsPartOf,
  removePart,
  resolveTarget,
  saveDocx,
  writeRelationships,
} from "./docx-package.ts";
import { emptyFooter, emptyHeader } from "./docx-section.ts";
import type { DocxTemplate, NoteProgram, PartProgram } from "./docx-template.ts";
import type { MergeData, MergeOptions, Misfit } from "./merge-data.ts";
import { type MergeHost, MergeMachine } from "./merge-machine.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const wordNs = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const contentType = (kind: string) =>
  `application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml`;
/** Word が扱える番号の組の数の目安。これより多いと、番号が続いてしまうが壊れはしない。 */
const MAX_LIST_COPIES = 2000;

interface NewPart {
  id: string;
  kind: "header" | "footer";
  xml: string;
  rels: Uint8Array | undefined;
}

interface Place {
  cursor: number;
  sequence: number;
  sheet: number;
}

type SheetHost = MergeHost & { once: Set<string> };

/** 一組を作る間だけの控え。作り直しになったら捨てる（飛ばした人の名前を文書に残さない）。 */
interface Draft {
  parts: NewPart[];
  shared: [string, string][];
  notes: { footnote: string; endnote: string };
  noteIds: { footnote: number; endnote: number };
  once: Set<string>;
}

/** 差し込みの結果を集めて、一つの Word 文書に組み立てる。 */
export class DocxAssembly {
  private readonly template: DocxTemplate;
  private readonly data: MergeData;
  private readonly options: MergeOptions;
  private readonly pkg: DocxPackage;
  private readonly relations;
  private readonly columns = new Map<string, number | undefined>();
  private readonly misfitCounts = new Map<string, Misfit>();
  private readonly lists: ListCopies | undefined;
  private serialNumber = 0;
  private bookmark = 0;
  private partNumber = 0;
  private readonly parts: NewPart[] = [];
  /** 中身が同じヘッダー・フッターは、人をまたいで一つの部品で済ませる。 */
  private readonly shared = new Map<string, string>();
  private readonly notes = { footnote: "", endnote: "" };
  private readonly noteIds: { footnote: number; endnote: number };
  private once = new Set<string>();
  private draft: Draft;
  listsFull = false;

  constructor(template: DocxTemplate, data: MergeData, options: MergeOptions) {
    this.template = template;
    this.data = data;
    this.options = options;
    this.pkg = copyPackage(template.pkg);
    this.relations = relationshipsOf(this.pkg, this.pkg.mainPart);
    this.lists = template.numbering ? new ListCopies(template.numbering.root) : undefined;
    this.noteIds = { footnote: template.footnotes?.firstId ?? 1, endnote: template.endnotes?.firstId ?? 1 };
    this.draft = this.newDraft();
  }

  private newDraft(): Draft {
    return {
      parts: [],
      shared: [],
      notes: { footnote: "", endnote: "" },
      noteIds: { ...this.noteIds },
      once: new Set(this.once),
    };
  }

  startSheet(place: Place): SheetHost {
    this.draft = this.newDraft();
    const lists = new Map<string, string>();
    const parts = new Map<string, string>();
    const host: SheetHost = {
      ...this.hostFor(place.sheet, new Map()),
      once: this.draft.once,
      part: (id) => remembered(parts, id, () => this.partFor(id, place)),
      note: (kind, id, at) => this.noteFor(kind, id, at),
      list: (id) => (place.sheet === 0 ? id : remembered(lists, id, () => this.listFor(id))),
    };
    return host;
  }

  commitSheet(): void {
    for (const part of this.draft.parts) this.parts.push(part);
    for (const [key, id] of this.draft.shared) this.shared.set(key, id);
    this.notes.footnote += this.draft.notes.footnote;
    this.notes.endnote += this.draft.notes.endnote;
    Object.assign(this.noteIds, this.draft.noteIds);
    this.once = this.draft.once;
  }

  misfits(): Misfit[] {
    return [...this.misfitCounts.values()];
  }

  private hostFor(sheet: number, keys: Map<string, string>): MergeHost {
    return {
      now: this.options.now,
      oddStart: this.options.oddStart ?? true,
      columnOf: (name) => this.columnOf(name),
      serial: () => ++this.serialNumber,
      keyed: (kind, key) => remembered(keys, `${kind} ${key}`, () => this.keyFor(kind, key, sheet)),
      part: () => "",
      note: () => "0",
      list: (id) => id,
      reference: (name) => this.template.references.get(name),
      misfit: (field, kind) => this.countMisfit(field, kind),
    };
  }

  private columnOf(name: string): number | undefined {
    if (!this.columns.has(name)) this.columns.set(name, this.options.columnOf(name));
    return this.columns.get(name);
  }

  private countMisfit(field: string, kind: "date" | "number"): void {
    const key = `${kind} ${field}`;
    const found = this.misfitCounts.get(key) ?? { field, kind, count: 0 };
    found.count += 1;
    this.misfitCounts.set(key, found);
  }

  private keyFor(kind: string, key: string, sheet: number): string {
    if (kind === "bookmarkId") return String(this.bookmark++);
    if (kind === "textBox" || kind === "spid" || /^_x0000_[si]\d+$/.test(key)) {
      this.serialNumber += 1;
      if (kind === "textBox") return String(this.serialNumber);
      return `${/^_x0000_i/.test(key) ? "_x0000_i" : "_x0000_s"}${1025 + this.serialNumber}`;
    }
    // 名前は 40 字まで（Word の決まり）。
    return sheet === 0 ? key : `${key.slice(0, 33)}_${sheet + 1}`;
  }

  private listFor(id: string): string {
    if (!this.lists || this.lists.count >= MAX_LIST_COPIES) {
      this.listsFull = true;
      return id;
    }
    return this.lists.copy(id);
  }

  private noteFor(kind: "footnote" | "endnote", id: string, at: MergeMachine): string {
    const program = kind === "footnote" ? this.template.footnotes : this.template.endnotes;
    const note = program?.notes.get(id);
    if (!note) return id;
    const number = this.draft.noteIds[kind]++;
    const out: string[] = [];
    at.run(note.ops, out);
    this.draft.notes[kind] += `${note.open}${number}">${out.join("")}${note.close}`;
    return String(number);
  }

  private partFor(id: string, place: Place): string {
    if (id === emptyHeader || id === emptyFooter) return this.emptyPart(id);
    const program = this.template.parts.get(id);
    if (!program?.personal) return id;
    const key = `${id} ${this.partXml(program, place, true)}`;
    const found = this.shared.get(key) ?? this.draft.shared.find(([one]) => one === key)?.[1];
    if (found) return found;
    const xml = program.numbered ? this.partXml(program, place, false) : key.slice(id.length + 1);
    return this.addPart(key, program.kind, xml, program.rels);
  }

  /** probe: 同じ中身かどうかを比べるために、番号を付けずに作る。 */
  private partXml(program: PartProgram, place: Place, probe: boolean): string {
    const host = this.hostFor(place.sheet, new Map());
    if (probe)
      Object.assign(host, {
        serial: () => 0,
        keyed: (_kind: string, name: string) => name,
        misfit: () => {},
      });
    const out: string[] = [declaration, program.open];
    new MergeMachine(this.data, host, { ...place, once: new Set() }).run(program.ops, out);
    out.push(program.close);
    return out.join("");
  }

  private emptyPart(id: string): string {
    const found = this.shared.get(id) ?? this.draft.shared.find(([one]) => one === id)?.[1];
    const element = id === emptyHeader ? "w:hdr" : "w:ftr";
    return (
      found ??
      this.addPart(
        id,
        id === emptyHeader ? "header" : "footer",
        `${declaration}<${element} ${wordNs}><w:p/></${element}>`,
        undefined,
      )
    );
  }

  private addPart(key: string, kind: "header" | "footer", xml: string, rels: Uint8Array | undefined): string {
    this.partNumber += 1;
    const id = `rIdMerged${this.partNumber}`;
    this.draft.parts.push({ id, kind, xml, rels });
    this.draft.shared.push([key, id]);
    return id;
  }

  /** 本文を入れて .docx にする。 */
  finish(body: Uint8Array): Uint8Array {
    const { pkg, template } = this;
    pkg.parts.set(pkg.mainPart, body);
    this.settleParts();
    this.writeParts();
    this.writeNotes(template.footnotes, this.notes.footnote);
    this.writeNotes(template.endnotes, this.notes.endnote);
    if (template.numbering && this.lists && this.lists.count > 0) {
      pkg.parts.set(template.numbering.part, xmlBytes(this.lists.finish()));
    }
    return saveDocx(pkg);
  }

  /** 人ごとの写しを作った元の部品は消し、全員で使う部品は差し込み済み（日付など）にする。 */
  private settleParts(): void {
    for (const program of this.template.parts.values()) {
      if (program.personal) removePart(this.pkg, program.part);
      else {
        const xml = this.partXml(program, { cursor: 0, sequence: 1, sheet: 0 }, false);
        this.pkg.parts.set(program.part, new TextEncoder().encode(xml));
      }
    }
  }

  private writeParts(): void {
    const { pkg } = this;
    const folder = pkg.mainPart.slice(0, pkg.mainPart.lastIndexOf("/") + 1);
    let number = 1;
    const kept = this.relations.filter(
      (one) => one.external || pkg.parts.has(resolveTarget(pkg.mainPart, one.target)),
    );
    for (const part of this.parts) {
      while (pkg.parts.has(`${folder}${part.kind}${number}.xml`)) number += 1;
      const name = `${folder}${part.kind}${number}.xml`;
      pkg.parts.set(name, new TextEncoder().encode(part.xml));
      if (part.rels) pkg.parts.set(relsPartOf(name), part.rels);
      addContentType(pkg, name, contentType(part.kind));
      kept.push({
        id: part.id,
        type: `${this.relationBase()}/${part.kind}`,
        target: `${part.kind}${number}.xml`,
        external: false,
      });
    }
    writeRelationships(pkg, pkg.mainPart, kept);
  }

  /** 厳密形式の文書では、関係の種類の書き方も違う。 */
  private relationBase(): string {
    const known = this.relations.find((one) => /^(styles|settings|header|footer)$/.test(relationKind(one)));
    return known ? known.type.slice(0, known.type.lastIndexOf("/")) : officeRelations;
  }

  private writeNotes(program: NoteProgram | undefined, notes: string): void {
    if (!program) return;
    const xml = `${declaration}${program.open}${program.fixed}${notes}${program.close}`;
    this.pkg.parts.set(program.part, new TextEncoder().encode(xml));
  }
}

function remembered(memory: Map<string, string>, key: string, make: () => string): string {
  const found = memory.get(key);
  if (found !== undefined) return found;
  const made = make();
  memory.set(key, made);
  return made;
}
