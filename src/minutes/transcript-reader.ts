import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { descendantsOf, localName, parseXml, textOf, type XmlElement } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { applyLabels, splitLabel } from "./speaker-label.ts";
import type { Cue } from "./transcript.ts";

export type TranscriptShape = "vtt" | "srt" | "docx" | "text";

export interface Transcript {
  shape: TranscriptShape;
  cues: Cue[];
  /** 読み取りで気づいたこと（時刻の逆戻りなど）。 */
  notes: string[];
}

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * 文字起こし（.vtt、.srt、.docx、.txt）を読む。形は、名ではなく中身で見分ける。
 * Teams（<v 氏名>）、Zoom（氏名: ）、Whisper（話し手なし）、手で打った記録のどれでも読み、文字を一つも捨てない。
 * known は、対応表に書かれた札。
 * @throws AppError BAD_INPUT（読めない形、空）、TOO_LARGE
 */
export function readTranscript(bytes: Uint8Array, known: ReadonlySet<string> = new Set()): Transcript {
  if (bytes.length > MAX_BYTES)
    throw new AppError(
      "TOO_LARGE",
      "文字起こしのファイルが 64 MB を超えています。会議ごとに分けてください。",
    );
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readDocx(bytes, known);
  if (bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44)
    throw new AppError("BAD_INPUT", "PDF は読めません。会議の道具から .vtt か .docx で書き出してください。");
  const text = decodeText(bytes)
    .text.replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    // 読めても、画面や Word に出せない制御文字。
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  if (text.trim() === "")
    throw new AppError("BAD_INPUT", "文字起こしのファイルが空です。書き出し直してください。");
  const arrow = /^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,:]\d{1,3}[ \t]*-->/m.exec(text);
  if (/^WEBVTT/.test(text) || arrow) return readCaptions(text, known);
  return finish("text", readNotes(text.split("\n")), known, []);
}

function finish(
  shape: TranscriptShape,
  cues: readonly Cue[],
  known: ReadonlySet<string>,
  notes: readonly string[],
): Transcript {
  const found = applyLabels(cues, known);
  if (found.every(({ text }) => text.trim() === ""))
    throw new AppError("BAD_INPUT", "文字起こしに、発言が一つもありません。ファイルをご確認ください。");
  return { shape, cues: found, notes: [...notes, ...backwards(found)] };
}

function backwards(cues: readonly Cue[]): string[] {
  let last = 0;
  let count = 0;
  for (const { from } of cues) {
    if (from === undefined) continue;
    if (from < last - 0.001) count += 1;
    last = Math.max(last, from);
  }
  return count === 0
    ? []
    : [`時刻が前に戻る区切りが ${count} あります。ファイルに書かれた順のまま並べました。`];
}

const STAMP =
  /^[ \t]*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?)[ \t]*-->[ \t]*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,3})?)(?:[ \t].*)?$/;

/** WebVTT と SRT。時の行から次の時の行までが一枚。NOTE と STYLE は捨て、壊れた時の行は本文として残す。 */
function readCaptions(text: string, known: ReadonlySet<string>): Transcript {
  const lines = text.split("\n");
  const shape = /^WEBVTT/.test(text) ? "vtt" : "srt";
  const cues: Cue[] = [];
  const notes: string[] = [];
  let at = 0;
  if (shape === "vtt")
    while (at < lines.length && (lines[at] ?? "").trim() !== "" && !STAMP.test(lines[at] ?? "")) at += 1;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (shape === "vtt" && /^(NOTE|STYLE|REGION)(\s|$)/.test(line)) {
      while (at < lines.length && (lines[at] ?? "").trim() !== "") at += 1;
      continue;
    }
    const stamp = STAMP.exec(line);
    if (!stamp) {
      const next = lines[at + 1] ?? "";
      // 札（番号や GUID）は、次が時の行のときだけ捨てる。
      if (line.trim() !== "" && !STAMP.test(next)) cues.push({ text: unmarked(line).text });
      at += 1;
      continue;
    }
    const body: string[] = [];
    at += 1;
    while (at < lines.length && (lines[at] ?? "").trim() !== "" && !STAMP.test(lines[at] ?? "")) {
      body.push(lines[at] ?? "");
      at += 1;
    }
    // 空の行をはさまずに次の札が来たとき。
    if (STAMP.test(lines[at] ?? "") && /^(\d+|[\da-f-]{20,}\S*)$/i.test(body.at(-1) ?? "")) body.pop();
    const [from, to] = [secondsOf(stamp[1] ?? ""), secondsOf(stamp[2] ?? "")];
    for (const voice of voices(body.join("\n"))) cues.push({ from, to, ...voice });
  }
  return finish(shape, cues, known, notes);
}

function secondsOf(stamp: string): number {
  const parts = stamp.replace(",", ".").split(":");
  // 「00:01:02:500」のように、小数点の代わりに「:」で書いたもの。
  const [main, tail] = parts.length === 4 ? [parts.slice(0, 3), Number(`0.${parts[3] ?? 0}`)] : [parts, 0];
  return main.reduce((sum, part) => sum * 60 + Number(part), 0) + tail;
}

/** <v 氏名>…</v> の並び。閉じていなくても、次の <v> まで。 */
function voices(body: string): Pick<Cue, "label" | "text">[] {
  const marks = [...body.matchAll(/<v(?:\.[^\s>]+)*\s+([^>]*)>/g)];
  if (marks.length === 0) return [unmarked(body)];
  const parts: Pick<Cue, "label" | "text">[] = [];
  const before = unmarked(body.slice(0, marks[0]?.index ?? 0));
  if (before.text.trim() !== "") parts.push(before);
  for (const [i, mark] of marks.entries()) {
    const inside = body.slice((mark.index ?? 0) + mark[0].length, marks[i + 1]?.index ?? body.length);
    const close = inside.indexOf("</v>");
    const label = plainEntities(mark[1] ?? "").trim();
    const said = unmarked(close < 0 ? inside : inside.slice(0, close));
    if (said.text.trim() !== "") parts.push({ ...(label === "" ? {} : { label }), text: said.text });
    const after = close < 0 ? "" : unmarked(inside.slice(close + 4)).text;
    if (after.trim() !== "") parts.push({ text: after });
  }
  return parts;
}

/** 字幕の飾り（<i>、<00:01.000> など）を外し、実体参照を文字にする。知らない <…> は文字のまま残す。 */
function unmarked(text: string): { text: string } {
  return {
    text: plainEntities(
      text
        .replace(/<\/?(?:c|i|b|u|ruby|rt|lang|font|v)(?:[.\s][^<>]*)?>/gi, "")
        .replace(/<\d{1,2}:\d{2}[:.\d]*>/g, "")
        .replace(/\{\\an?\d+\}/g, ""),
    ),
  };
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  lrm: "",
  rlm: "",
};

function plainEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, ten, hex, name) => {
    const code = ten ? Number(ten) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code > 31 && code < 0x110000 ? String.fromCodePoint(code) : whole;
    return entities[String(name).toLowerCase()] ?? whole;
  });
}

/** 「氏名　0:03」「[00:01:02] 氏名: …」だけの行の、時と札。 */
const NAME_TIME = /^[\s　]*(.{1,40}?)[\s　]+\(?((?:\d+:)?\d{1,2}:\d{2})\)?[\s　]*$/u;
const TIME_FIRST = /^[\s　]*[[(（]?((?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?)[\])）]?[\s　]*(.*)$/su;
const CLOCK_ONLY = /^[\s　]*[[(（]?(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?[\])）]?[\s　]*$/u;

/**
 * 手で打った記録と、書き出した .docx の段落。
 * 札のない行は、空の行をはさまなければ前の人の続き。はさめば、だれのことばかわからない。
 */
function readNotes(lines: readonly string[]): Cue[] {
  const cues: Cue[] = [];
  let open: Cue | undefined;
  let time: number | undefined;
  const headed = nameTimeLines(lines);
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") {
      open = undefined;
      continue;
    }
    const name = headed.has(at) ? NAME_TIME.exec(line) : undefined;
    if (name) {
      time = secondsOf(name[2] ?? "");
      open = { from: time, label: (name[1] ?? "").normalize("NFKC").trim(), text: "" };
      cues.push(open);
      continue;
    }
    const first = TIME_FIRST.exec(line);
    if (CLOCK_ONLY.test(line)) {
      time = secondsOf(first?.[1] ?? "");
      open = undefined;
      continue;
    }
    // 「[10:30] 氏名: …」。かっこのない「10:30 から再開」は、時の印ではなくことば。
    const bracketed = first && /^[\s　]*[[(（]/.test(line) ? first : undefined;
    if (bracketed) time = secondsOf(bracketed[1] ?? "");
    const body = bracketed ? (bracketed[2] ?? "") : line;
    if (open && !splitLabel(body) && !bracketed) {
      open.text += open.text === "" ? body.trim() : `\n${body.trim()}`;
      continue;
    }
    open = { ...(time === undefined ? {} : { from: time }), text: body.trim() };
    cues.push(open);
    time = undefined;
  }
  return cues;
}

/** 「氏名　0:03」の行は、二つ以上あるか、次に本文が続くときだけ。一つだけなら、ことばとして残す。 */
function nameTimeLines(lines: readonly string[]): Set<number> {
  const found = lines.flatMap((line, at) => {
    const name = NAME_TIME.exec(line)?.[1] ?? "";
    return name !== "" && !/[。、]/.test(name) && (lines[at + 1] ?? "").trim() !== "" ? [at] : [];
  });
  return new Set(found.length >= 2 ? found : []);
}

/** Teams などが書き出す .docx。段落を行として読む。段落の中の改行も行。 */
function readDocx(bytes: Uint8Array, known: ReadonlySet<string>): Transcript {
  const part = openDocument(bytes);
  const lines = descendantsOf(part, (one: XmlElement) => localName(one) === "p").flatMap((paragraph) => [
    ...paragraphText(paragraph).split("\n"),
  ]);
  return finish("docx", readNotes(lines), known, []);
}

function openDocument(bytes: Uint8Array): XmlElement {
  const zip = openZip(bytes);
  const body = zip.get("word/document.xml");
  if (!body)
    throw new AppError(
      "BAD_INPUT",
      "Word の文書（.docx）ではありません。文字起こしを .docx か .vtt で書き出してください。",
    );
  return parseXml(body);
}

function paragraphText(paragraph: XmlElement): string {
  let text = "";
  const visit = (element: XmlElement) => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      const name = localName(child);
      if (name === "t") text += textOf(child);
      else if (name === "br" || name === "cr") text += "\n";
      else if (name === "tab") text += "　";
      else if (name !== "p" && name !== "del" && name !== "instrText") visit(child);
    }
  };
  visit(paragraph);
  return text;
}
