import type { WordBlock, WordDocument } from "../office/word-model.ts";
import type { MinutesDraft, MinutesOptions } from "./draft-minutes-file.ts";
import { clockText } from "./transcript.ts";

/** 会議録の案（Word）。発言は、録音の時刻・発言者・発言の表。見出しの行はページをまたいで繰り返す。 */
export function minutesDocument(draft: MinutesDraft, options: MinutesOptions): WordDocument {
  const title = options.title ?? "会議録（案）";
  const timed = draft.lines.some(({ from }) => from !== undefined);
  const blocks: WordBlock[] = [
    { kind: "title", text: title },
    { kind: "heading", level: 1, text: "発言者" },
    {
      ...{ kind: "table", caption: "発言者の一覧", header: ["文字起こしの札", "会議録での名", "発言の数"] },
      columns: [{ share: 4 }, { share: 4 }, { share: 2, align: "right" }],
      rows: [
        ...draft.list.map(({ label, name, utterances }) => [label, name, String(utterances)]),
        ...(draft.unattributed > 0 ? [["（札なし）", "発言者不明", String(draft.unattributed)]] : []),
      ],
    },
    { kind: "heading", level: 1, text: "発言" },
    {
      ...{ kind: "table", caption: "発言の記録", size: 10 },
      columns: timed ? [{ share: 14 }, { share: 20 }, { share: 66 }] : [{ share: 22 }, { share: 78 }],
      header: timed ? ["録音", "発言者", "発言"] : ["発言者", "発言"],
      rows: draft.lines.map(({ from, speaker, text }) => [
        ...(timed ? [from === undefined ? "" : clockText(from)] : []),
        speaker,
        text,
      ]),
    },
    { kind: "heading", level: 1, text: "この案の作り方" },
    { kind: "list", items: makingOf(draft, options) },
  ];
  return { title, author: options.author, created: options.created, footer: title, blocks };
}

function makingOf(draft: MinutesDraft, { style = "full" }: MinutesOptions): string[] {
  const shapes = {
    ...{ vtt: "WebVTT", srt: "SRT", docx: "Word", text: "文字のファイル" },
    ...{ table: "表", json: "JSON" },
  };
  return [
    `もとの文字起こし: ${shapes[draft.shape]}、区切り ${draft.cues}、発言 ${draft.utterances}。SHA-256 ${draft.source}`,
    style === "tidy"
      ? `言いよどみ（えー、あのー など）を ${draft.edits} か所除いた。ほかのことばは変えていない。`
      : "ことばは、文字起こしのまま。",
    "発言者は、文字起こしの札と対応表のとおり。札のない発言は「発言者不明」とし、推し量っていない。",
    ...draft.warnings,
  ];
}
