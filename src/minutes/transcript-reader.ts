import { AppError } from "../base/error.ts";
import { decodeText, headText } from "../office/csv-encoding.ts";
import { refusePacked } from "../office/packed-kind.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { looksLikeCaptions, readCaptions } from "./caption-reader.ts";
import { readNotes } from "./note-reader.ts";
import { applyLabels } from "./speaker-label.ts";
import { readSpeechJson, readSpeechTable } from "./speech-table-reader.ts";
import type { Cue } from "./transcript.ts";
import { wordCues } from "./transcript-word-reader.ts";

export type TranscriptShape = "vtt" | "srt" | "docx" | "text" | "table" | "json";

export interface Transcript {
  shape: TranscriptShape;
  cues: Cue[];
  /** 読み取りで気づいたこと（時刻の逆戻りなど）。 */
  notes: string[];
}

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * 文字起こし（.vtt、.srt、.docx、.txt、表、JSON）を読む。形は、名ではなく中身で見分ける。
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
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readPacked(bytes, known);
  refuseOther(bytes);
  const text = decodeText(bytes)
    .text.replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    // 読めても、画面や Word に出せない制御文字。
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  if (text.trim() === "")
    throw new AppError("BAD_INPUT", "文字起こしのファイルが空です。書き出し直してください。");
  const made = jsonCues(text);
  if (made) return finish("json", made, known, []);
  const script = scriptCues(text);
  if (script) return finish("table", script, known, []);
  if (looksLikeCaptions(text)) {
    const { shape, cues, notes } = readCaptions(text);
    return finish(shape, cues, known, notes);
  }
  const rows = tableCues(bytes, text);
  return rows ? finish("table", rows, known, []) : finish("text", readNotes(text.split("\n")), known, []);
}

function refuseOther(bytes: Uint8Array): void {
  refusePacked(bytes);
  const head = headText(bytes);
  const kind = /^%PDF/.test(head)
    ? "PDF"
    : /^\u00d0\u00cf\u0011\u00e0/.test(head)
      ? "パスワードの付いたファイルと、古い形の Word や Excel（.doc、.xls）"
      : /^\{\\rtf/.test(head)
        ? "リッチテキスト"
        : /^\s*<(?:\?xml|!doctype|html|tt\b)/i.test(head)
          ? "ウェブページや XML"
          : undefined;
  if (kind !== undefined)
    throw new AppError(
      "BAD_INPUT",
      `${kind} は読めません。会議の道具から .vtt か .docx で書き出してください。`,
    );
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

function jsonCues(text: string): Cue[] | undefined {
  if (!/^\s*[{[]\s*["{\]}]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // 「{」で始まるただの文。
    return undefined;
  }
  const cues = readSpeechJson(value);
  if (cues === undefined)
    throw new AppError(
      "BAD_INPUT",
      "JSON の中に、発言の並び（segments など）が見つかりません。.vtt か .srt で書き出してください。",
    );
  return cues;
}

/** 初めの行が表の見出し（発言者・発言、start・end・text など）のときだけ、表として読む。 */
function tableCues(bytes: Uint8Array, text: string): Cue[] | undefined {
  const head = text.slice(0, text.indexOf("\n") + 1 || text.length);
  if (!/[,\t;]/.test(head) || !readSpeechTable([head.split(/[,\t;]/).map((one) => one.replaceAll('"', ""))]))
    return undefined;
  try {
    return readSpeechTable(cellsOf(bytes, "表.csv")[0] ?? []);
  } catch {
    // 引用符の閉じていない表は、文として読む（ことばを失わない）。
    return undefined;
  }
}

/** 字幕の編集の道具の .ass・.ssa。Format の行に並ぶ列の順に読む。 */
function scriptCues(text: string): Cue[] | undefined {
  if (!/^\[Script Info\]/im.test(text)) return undefined;
  const format = /^\[Events\][^[]*?^Format:(.*)$/ims.exec(text)?.[1]?.split("\n")[0] ?? "";
  const heads = format.split(",").map((name) => (name.trim() === "Name" ? "speaker" : name.trim()));
  const rows = [...text.matchAll(/^Dialogue:(.*)$/gm)].map((found) => {
    const cells = (found[1] ?? "").split(",");
    const said = cells.slice(heads.length - 1).join(",");
    return [...cells.slice(0, heads.length - 1), said.replace(/\{[^}]*\}/g, "").replace(/\\[Nn]/g, "\n")];
  });
  return rows.length === 0 ? undefined : readSpeechTable([heads, ...rows]);
}

function cellsOf(bytes: Uint8Array, name: string): string[][][] {
  return readTables(bytes, name).map(({ rows }) => rows.map((row) => row.map((cell) => cell?.text ?? "")));
}

function readPacked(bytes: Uint8Array, known: ReadonlySet<string>): Transcript {
  const zip = openZip(bytes);
  const body = zip.get("word/document.xml");
  if (body) {
    const { cues, notes } = wordCues(body);
    return finish("docx", cues, known, notes);
  }
  if (zip.has("xl/workbook.xml")) {
    const found = cellsOf(bytes, "表.xlsx")
      .map((rows) => readSpeechTable(rows))
      .find((cues) => cues !== undefined);
    if (found) return finish("table", found, known, []);
    throw new AppError(
      "BAD_INPUT",
      "Excel の表に「発言」の列と「発言者」か「開始」の列がありません。見出しをご確認ください。",
    );
  }
  throw new AppError(
    "BAD_INPUT",
    "Word の文書（.docx）ではありません。文字起こしを .docx か .vtt で書き出してください。",
  );
}
