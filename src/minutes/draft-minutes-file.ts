import { createHash } from "node:crypto";
import { writeWordDocument } from "../office/word-document.ts";
import { minutesDocument } from "./minutes-document.ts";
import { plainLabel } from "./speaker-map.ts";
import { type TidyEdit, tidySpeech } from "./tidy-speech.ts";
import { joinCues, type Utterance } from "./transcript.ts";
import { readTranscript, type TranscriptShape } from "./transcript-reader.ts";

export const UNKNOWN_SPEAKER = "発言者不明";

export interface MinutesOptions {
  /** 札 → 名。ないものは札のまま、札のないものは「発言者不明」。 */
  speakers?: ReadonlyMap<string, string>;
  title?: string;
  /** 全文（full、既定）か、言いよどみを除いた全文（tidy）。 */
  style?: "full" | "tidy";
  /** 作った時（UTC）。 */
  created: string;
  /** 文書の作成者の欄（事業者の名）。 */
  author: string;
}

export interface MinuteLine extends Utterance {
  speaker: string;
  /** 除いた言いよどみ（もとの文の位置）。 */
  edits: TidyEdit[];
}

export interface MinutesDraft {
  shape: TranscriptShape;
  /** 話し手の数（発言者不明を除く）。 */
  speakers: number;
  utterances: number;
  unattributed: number;
  cues: number;
  /** 話し手ごとの、札・名・発言の数。 */
  list: { label: string; name: string; utterances: number }[];
  edits: number;
  warnings: string[];
  /** 元のファイルの SHA-256。 */
  source: string;
  lines: MinuteLine[];
}

/** 文字起こしから会議録の案を作る。事務所を開かない。発言を一つも失わず、順を変えず、名を作り出さない。 */
export function draftMinutesFile(
  bytes: Uint8Array,
  options: MinutesOptions,
): { draft: MinutesDraft; docx: Uint8Array } {
  const draft = draftMinutes(bytes, options);
  return { draft, docx: writeWordDocument(minutesDocument(draft, options)) };
}

export function draftMinutes(
  bytes: Uint8Array,
  { speakers = new Map(), style = "full" }: MinutesOptions,
): MinutesDraft {
  const { shape, cues, notes } = readTranscript(bytes, new Set(speakers.keys()));
  const lines = joinCues(cues).map((utterance): MinuteLine => {
    const name = utterance.label === undefined ? undefined : speakers.get(plainLabel(utterance.label));
    const tidy = style === "tidy" ? tidySpeech(utterance.text) : { text: utterance.text, edits: [] };
    return { ...utterance, ...tidy, speaker: name ?? utterance.label ?? UNKNOWN_SPEAKER };
  });
  const list = speakerList(lines);
  const unattributed = lines.filter(({ label }) => label === undefined).length;
  return {
    shape,
    speakers: new Set(list.map(({ name }) => name)).size,
    utterances: lines.length,
    unattributed,
    cues: cues.length,
    list,
    edits: lines.reduce((sum, line) => sum + line.edits.length, 0),
    warnings: [...notes, ...warningsOf(list, speakers, unattributed)],
    source: createHash("sha256").update(bytes).digest("hex"),
    lines,
  };
}

function speakerList(lines: readonly MinuteLine[]): MinutesDraft["list"] {
  const found = new Map<string, MinutesDraft["list"][number]>();
  for (const { label, speaker } of lines) {
    if (label === undefined) continue;
    const one = found.get(label) ?? { label, name: speaker, utterances: 0 };
    one.utterances += 1;
    found.set(label, one);
  }
  return [...found.values()];
}

function warningsOf(
  list: MinutesDraft["list"],
  speakers: ReadonlyMap<string, string>,
  unattributed: number,
): string[] {
  const warnings: string[] = [];
  const used = new Set(list.map(({ label }) => plainLabel(label)));
  const unmapped = list.filter(({ label }) => !speakers.has(plainLabel(label))).length;
  const unused = [...speakers.keys()].filter((label) => !used.has(label)).length;
  if (speakers.size > 0 && unmapped > 0)
    warnings.push(`対応表にない札が ${unmapped} あります。札のまま書きました。`);
  if (unused > 0) warnings.push(`対応表の札のうち ${unused} は、文字起こしに出てきません。`);
  if (unattributed > 0)
    warnings.push(
      `だれのことばか書かれていない発言が ${unattributed} あります。「${UNKNOWN_SPEAKER}」としました。`,
    );
  return warnings;
}
