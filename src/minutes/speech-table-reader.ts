import { secondsOf } from "./caption-reader.ts";
import type { Cue } from "./transcript.ts";

const HEADS = {
  speaker: /^(?:発言者|話者|話し手|氏名|名前|委員名?|speaker|name|user)(?:名|氏名|_?name)?$/i,
  text: /^(?:発言|発言内容|発言要旨|内容|本文|テキスト|文字起こし|書き起こし|text|transcript|sentence|content|caption|utterance|message)$/i,
  from: /^(?:開始|時刻|時間|録音|タイムスタンプ|start|begin|from|time|timestamp)(?:時刻|時間|_?time)?$/i,
  to: /^(?:終了|end|to)(?:時刻|時間|_?time)?$/i,
};

/** 見出しのある表（CSV・TSV・Excel・Word の表）の発言。見出しに「発言」と、「発言者」か「開始」がなければ undefined。 */
export function readSpeechTable(rows: readonly (readonly string[])[]): Cue[] | undefined {
  for (const [at, row] of rows.slice(0, 5).entries()) {
    const plain = row.map((text) => text.normalize("NFKC").replace(/\s/g, ""));
    const column = (shape: RegExp) => plain.findIndex((text) => shape.test(text));
    const [speaker, text, from, to] = [HEADS.speaker, HEADS.text, HEADS.from, HEADS.to].map(column);
    if (text === undefined || text < 0 || ((speaker ?? -1) < 0 && (from ?? -1) < 0)) continue;
    const body = rows.slice(at + 1);
    const cell = (line: readonly string[], of: number | undefined) =>
      of === undefined || of < 0 ? "" : (line[of] ?? "").trim();
    // Whisper の .tsv は、見出しが start・end・text で、時は整数のミリ秒。
    const scale =
      plain.join() === "start,end,text" && body.every((line) => /^\d*$/.test(cell(line, from))) ? 1000 : 1;
    return body.flatMap((line) => {
      const said = cell(line, text);
      const label = cell(line, speaker).normalize("NFKC");
      if (said === "" && label === "") return [];
      const [begin, end] = [timeOf(cell(line, from), scale), timeOf(cell(line, to), scale)];
      return [cueOf(begin, end, label, said)];
    });
  }
  return undefined;
}

function cueOf(from: number | undefined, to: number | undefined, label: string, text: string): Cue {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(label === "" ? {} : { label }),
    text,
  };
}

function timeOf(text: string, scale: number): number | undefined {
  const plain = text.normalize("NFKC").trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain) / scale;
  const clock = /(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?/.exec(plain);
  return clock ? secondsOf(clock[0]) : undefined;
}

type Json = Record<string, unknown>;

/**
 * 文字起こしの道具の JSON（Whisper の segments、whisper.cpp の transcription、utterances など）。
 * ことばの並びが見つからなければ undefined。
 */
export function readSpeechJson(value: unknown): Cue[] | undefined {
  const list = speechList(value, 0);
  if (list === undefined) return undefined;
  const spans = list.map((one) => [numberOf(one, FROM), numberOf(one, TO)] as const);
  // 整数だけで、一つが 100 より長ければ、ミリ秒。
  const whole = spans.every(([from, to]) => Number.isInteger(from ?? 0) && Number.isInteger(to ?? 0));
  const long = spans.filter(([from, to]) => from !== undefined && to !== undefined && to - from > 100).length;
  const scale = whole && long * 2 > spans.length ? 1000 : 1;
  return list.map((one, at) => {
    const [from, to] = spans[at] ?? [];
    const clock = stampsOf(one);
    const text = String(
      TEXT.map((name) => one[name]).find((found) => typeof found === "string") ?? "",
    ).trim();
    return cueOf(
      clock?.[0] ?? (from === undefined ? undefined : from / scale),
      clock?.[1] ?? (to === undefined ? undefined : to / scale),
      speakerOf(one),
      text,
    );
  });
}

const TEXT = ["text", "transcript", "sentence", "content", "speech", "caption"];
const FROM = ["start", "start_time", "startTime", "from", "begin", "start_ms", "timestamp"];
/** 発言の並びの名と、それを包むものの名（並びを先に見る）。 */
const LISTS = ["utterances", "segments", "transcription", "sentences", "transcript", "entries"];
const WRAPPERS = ["results", "result", "data", "output"];
const TO = ["end", "end_time", "endTime", "to", "end_ms"];

function speechList(value: unknown, depth: number): Json[] | undefined {
  if (depth > 4 || value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) {
    const rows = value.filter((one): one is Json => one !== null && typeof one === "object");
    const said = rows.filter((one) => TEXT.some((name) => typeof one[name] === "string"));
    return said.length > 0 ? said : undefined;
  }
  const given = value as Json;
  for (const name of [...LISTS, ...WRAPPERS]) {
    const found = speechList(given[name], depth + 1);
    if (found) return found;
  }
  return undefined;
}

function numberOf(one: Json, names: readonly string[]): number | undefined {
  const found = names.map((name) => one[name]).find((value) => typeof value === "number");
  return typeof found === "number" && found >= 0 ? found : undefined;
}

/** whisper.cpp の timestamps {from:"00:00:01,000", to:…} と、文字で書かれた時。 */
function stampsOf(one: Json): [number | undefined, number | undefined] | undefined {
  const inner = one.timestamps;
  const from = inner !== null && typeof inner === "object" ? (inner as Json) : one;
  const read = (names: readonly string[]) => {
    const found = names.map((name) => from[name]).find((value) => typeof value === "string");
    return typeof found === "string" ? timeOf(found, 1) : undefined;
  };
  const found: [number | undefined, number | undefined] = [read(FROM), read(TO)];
  return found[0] === undefined ? undefined : found;
}

function speakerOf(one: Json): string {
  const found = ["speaker", "speaker_name", "speakerName", "speaker_label", "name", "user"]
    .map((name) => one[name])
    .find((value) => (typeof value === "string" && value.trim() !== "") || typeof value === "number");
  return typeof found === "number"
    ? `speaker ${found}`
    : String(found ?? "")
        .normalize("NFKC")
        .trim();
}
