import { deflateRawSync } from "node:zlib";
import { draftMinutesFile } from "../src/minutes/draft-minutes-file.ts";
import { finalMinutesDocument } from "../src/minutes/final-minutes-document.ts";
import { beginRecord } from "../src/minutes/minutes-record.ts";
import { readTranscript } from "../src/minutes/transcript-reader.ts";
import { writeWordDocument } from "../src/office/word-document.ts";
import { openZip } from "../src/office/zip.ts";
import { drawFrom } from "../src/staffing/random-draw.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "三時間の文字起こし（4,000 の区切り）から会議録の案（Word）";

const CUES = 4_000;
const created = "2025-01-14T01:00:00.000Z";

/** 手本は、同じファイルの字幕をただ読み、できた文書と同じ大きさの XML を圧縮するだけの時間。 */
export async function run(): Promise<BenchRow[]> {
  const vtt = Buffer.from(makeVtt());
  const options = { created, author: "受託者", style: "tidy" as const };
  const { draft, docx } = draftMinutesFile(vtt, options);
  if (draft.cues !== CUES) throw new Error(`区切りの数が合いません: ${draft.cues}`);
  const parts = [...openZip(docx).values()].map((part) => Buffer.from(part));
  const bare = () => {
    readTranscript(vtt);
    for (const part of parts) deflateRawSync(part);
  };
  const record = () => {
    const made = beginRecord(vtt, {
      style: "points",
      words: [{ wrong: "札幌し", right: "札幌市" }],
      at: created,
    });
    return writeWordDocument(
      finalMinutesDocument("internal", {
        ...{ title: "会議録", facts: () => [], agenda: [], papers: [], decisions: [], record: made },
        ...{ speakers: new Map(), people: [], handOf: () => "", final: false, author: "受託者", created },
      }),
    );
  };
  const peer = timeOf(bare);
  const ours = timeOf(() => draftMinutesFile(vtt, options));
  const inside = timeOf(record);
  const size = `${Math.round(vtt.length / 1024)} KB、発言 ${draft.utterances}`;
  return [
    {
      ...{ what: "minutes draft（読む → 案の Word）", ours, peer, ratio: ours / peer, unit: "ミリ秒" },
      note: `手本は字幕を読むことと、同じ XML の圧縮だけ。${size}。求めるのは 1,000 ミリ秒より速いこと`,
    },
    {
      ...{
        what: "事務所の中: 規則と跡つきの会議録 → 内部用の Word",
        ours: inside,
        peer,
        ratio: inside / peer,
        unit: "ミリ秒",
      },
      note: "同じ手本",
    },
  ];
}

function timeOf(work: () => unknown): number {
  work();
  return median(
    Array.from({ length: 5 }, () => {
      const before = performance.now();
      work();
      return performance.now() - before;
    }),
  );
}

/** 十人が、2.7 秒ずつ、時に続けて話す三時間。 */
function makeVtt(): string {
  const draw = drawFrom(11);
  const words = [
    "えーと、",
    "札幌しの",
    "データの活用と",
    "窓口の支援を",
    "まあ、",
    "指標に",
    "書き込むべきだと",
    "考えます。",
  ];
  const stamp = (seconds: number) => {
    const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
    return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${(seconds % 60).toFixed(3).padStart(6, "0")}`;
  };
  let who = 0;
  const cues = Array.from({ length: CUES }, (_, at) => {
    if (draw() < 0.4) who = Math.floor(draw() * 10);
    const said = Array.from(
      { length: 5 + Math.floor(draw() * 8) },
      () => words[Math.floor(draw() * words.length)],
    ).join("");
    return `c${at}\n${stamp(at * 2.7)} --> ${stamp(at * 2.7 + 2.5)}\n<v 話者${who + 1}>${said}</v>\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}
