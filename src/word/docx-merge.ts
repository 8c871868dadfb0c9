import { AppError } from "../base/error.ts";
import { DocxAssembly } from "./docx-assembly.ts";
import type { DocxTemplate } from "./docx-template.ts";
import type { MergeData, MergeOptions, Misfit } from "./merge-data.ts";
import { MergeMachine } from "./merge-machine.ts";

export interface Merged {
  docx: Uint8Array;
  /** 差し込んだ人数（飛ばした人は数えない）。 */
  people: number;
  sheets: number;
  skipped: number;
  /** 次に始める行。全員済んでいれば行の数と同じ。 */
  next: number;
  /** 各組の最初の人の行（0 から）。 */
  starts: number[];
  misfits: Misfit[];
}

/** 作ってよい本文の大きさ（バイト）。これを超える文書は Word でも開けないことが多い。 */
const MAX_BODY_BYTES = 400 * 1024 * 1024;

interface Sheet {
  before: string;
  after: string;
  /** 区切りを置く場所があったか。 */
  inline: boolean;
  section: string;
  mark: string;
}

/**
 * ひな形を名簿の人数分差し込んで、一つの .docx にする。人ごと（一枚に何人も載せるなら一枚ごと）に節を改める。
 * @throws AppError TOO_LARGE 人数が多すぎる
 */
export function mergeDocx(template: DocxTemplate, data: MergeData, options: MergeOptions): Merged {
  const assembly = new DocxAssembly(template, data, options);
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [encoder.encode(template.open)];
  let bytes = 0;
  const put = (text: string) => {
    const chunk = encoder.encode(text);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw tooMany(starts.length);
    chunks.push(chunk);
  };
  let pending: Sheet | undefined;
  const starts: number[] = [];
  let cursor = options.from ?? 0;
  let merged = options.merged ?? 0;
  let skipped = 0;
  while (cursor < data.rows.length && starts.length < (options.sheets ?? Number.POSITIVE_INFINITY)) {
    const place = { cursor, sequence: merged + 1, sheet: starts.length };
    const made = makeSheet(template, assembly, data, place, options);
    if (!made) {
      cursor += 1;
      skipped += 1;
      continue;
    }
    if (pending)
      put(marked(template.catalog ? pending.before + pending.after : separated(pending), pending.mark));
    pending = made.sheet;
    starts.push(cursor);
    const last = Math.min(made.machine.cursor, data.rows.length - 1);
    // 札が余って終わったときは、いない人の分まで数えている。
    const sequence = made.machine.present ? made.machine.sequence : made.machine.sequence - 1;
    skipped += last - cursor + 1 - (sequence - merged);
    merged = sequence;
    cursor = last + 1;
  }
  if (pending) put(marked(pending.before + pending.after + pending.section, pending.mark));
  chunks.push(encoder.encode(template.close));
  const people = merged - (options.merged ?? 0);
  return {
    docx: assembly.finish(joined(chunks)),
    people,
    sheets: starts.length,
    skipped,
    next: cursor,
    starts,
    misfits: assembly.misfits(),
  };
}

function makeSheet(
  template: DocxTemplate,
  assembly: DocxAssembly,
  data: MergeData,
  place: { cursor: number; sequence: number; sheet: number },
  options: MergeOptions,
): { sheet: Sheet; machine: MergeMachine } | undefined {
  const host = assembly.startSheet(place);
  const machine = new MergeMachine(data, host, { ...place, once: host.once });
  const out: string[] = [];
  const tails: number[] = [];
  machine.run(template.body, out, () => tails.push(out.length));
  if (machine.restart) return undefined;
  const section: string[] = [];
  new MergeMachine(data, host, { ...place, once: host.once }).run(template.section, section);
  assembly.commitSheet();
  const inline = tails.length === 1;
  const cut = inline ? (tails[0] ?? 0) : out.length;
  return {
    sheet: {
      before: out.slice(0, cut).join(""),
      after: out.slice(cut).join(""),
      inline,
      section: section.join(""),
      mark: options.landmark ? landmark(options.landmark(place.sheet), place.sheet) : "",
    },
    machine,
  };
}

function landmark(name: string, sheet: number): string {
  // 本文のブックマークの番号と重ならないよう、離れた所から振る。
  const id = 1_000_000_000 + sheet;
  return `<w:bookmarkStart w:id="${id}" w:name="${name}"/><w:bookmarkEnd w:id="${id}"/>`;
}

/** 目印は最初の段落の中に置く。段落の外に置くと、前のページの終わりに付いてしまう。 */
function marked(xml: string, mark: string): string {
  const start = mark ? /<w:p(?: [^>]*[^/>])?>/.exec(xml) : null;
  if (!start) return xml;
  const at = afterProperties(xml, start.index + start[0].length);
  return xml.slice(0, at) + mark + xml.slice(at);
}

/** 段落の性質（w:pPr）の後ろ。性質は段落の先頭になければならず、空のことも、変更履歴を中に持つこともある。 */
function afterProperties(xml: string, from: number): number {
  const own = /\s*<w:pPr(?: [^>]*?)?(\/)?>/y;
  own.lastIndex = from;
  const opened = own.exec(xml);
  if (!opened) return from;
  if (opened[1]) return own.lastIndex;
  const tag = /<(\/)?w:pPr(?: [^>]*?)?(\/)?>/g;
  tag.lastIndex = own.lastIndex;
  let depth = 1;
  for (let found = tag.exec(xml); found; found = tag.exec(xml)) {
    if (!found[2]) depth += found[1] ? -1 : 1;
    if (depth === 0) return tag.lastIndex;
  }
  return from;
}

/** 次の組との区切り。最後の段落に置けないときは、見えないほど小さい段落を足す。 */
function separated(sheet: Sheet): string {
  const section = sheet.section || '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>';
  if (sheet.inline) return sheet.before + section + sheet.after;
  const tiny =
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>';
  return `${sheet.before}${sheet.after}<w:p><w:pPr>${tiny}${section}</w:pPr></w:p>`;
}

function joined(chunks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function tooMany(sheets: number): AppError {
  return new AppError(
    "TOO_LARGE",
    `人数が多く、一つの Word 文書にすると大きくなりすぎます。一覧を ${Math.max(1, Math.floor(sheets / 100) * 100)} 人ほどに分けてお試しください。`,
  );
}
