import { plainEntities, unmarked, voices } from "./caption-mark.ts";
import type { Cue } from "./transcript.ts";

const TIME = String.raw`(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,:;]\d{1,3})?`;
const ARROW = new RegExp(String.raw`^[ \t]*(${TIME})[ \t]*-->[ \t]*(${TIME})(?:[ \t].*)?$`);
/** YouTube の .sbv。 */
const SBV = /^[ \t]*(\d+:\d{2}:\d{2}\.\d{1,3}),(\d+:\d{2}:\d{2}\.\d{1,3})[ \t]*$/;
/** 動画の編集の道具が書き出す「00:00:01:12 - 00:00:05:10」（最後はこま）。次の行が話し手。 */
const FRAMES = /^[ \t]*(\d{2}:\d{2}:\d{2}[:;]\d{2}) - (\d{2}:\d{2}:\d{2}[:;]\d{2})[ \t]*$/;
/** Whisper が画面に出す「[00:00.000 --> 00:04.000] ことば」。一行が一枚。 */
const BRACKET = new RegExp(
  String.raw`^[ \t]*\[[ \t]*(${TIME})[ \t]*-->[ \t]*(${TIME})[ \t]*\][ \t]*(.*)$`,
  "s",
);
/** Webex の札「1 "山田 太郎" (1234567)」。 */
const CUE_NAME = /^\d+\s+"([^"]+)"(?:\s+\(\d+\))?\s*$/;

interface Stamp {
  from: number;
  to: number;
  /** 同じ行に書かれたことば。 */
  inline?: string;
  frames: boolean;
}

function stampOf(line: string): Stamp | undefined {
  const bracket = BRACKET.exec(line);
  const frames = FRAMES.exec(line);
  const found = bracket ?? frames ?? ARROW.exec(line) ?? SBV.exec(line);
  if (!found) return undefined;
  return {
    ...{ from: secondsOf(found[1] ?? ""), to: secondsOf(found[2] ?? ""), frames: frames !== null },
    ...(bracket ? { inline: bracket[3] ?? "" } : {}),
  };
}

/** 「1:02:03.5」「02:03,5」→ 秒。四つに分かれていれば、最後は小数かこま。 */
export function secondsOf(stamp: string): number {
  const parts = stamp.replace(",", ".").replace(";", ":").split(":");
  const [main, tail] = parts.length === 4 ? [parts.slice(0, 3), Number(`0.${parts[3] ?? 0}`)] : [parts, 0];
  return main.reduce((sum, part) => sum * 60 + Number(part), 0) + tail;
}

/** 字幕の形か（時の行が一つでもある）。 */
export function looksLikeCaptions(text: string): boolean {
  return /^WEBVTT/.test(text) || text.split("\n").some((line) => stampOf(line) !== undefined);
}

export interface ReadCaptions {
  shape: "vtt" | "srt";
  cues: Cue[];
  notes: string[];
}

/**
 * WebVTT・SRT・SBV と、その仲間。時の行から次の時の行までが一枚。NOTE と STYLE は捨て、壊れた時の行は本文として残す。
 * named なら、一枚の中の初めの行が話し手の名（Teams の古い .docx）。
 */
export function readCaptions(text: string, named = false): ReadCaptions {
  const lines = text.split("\n");
  const shape = /^WEBVTT/.test(text) ? "vtt" : "srt";
  const cues: Cue[] = [];
  const raw: string[][] = [];
  let at = shape === "vtt" ? afterHead(lines) : 0;
  let name: string | undefined;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (shape === "vtt" && /^(NOTE|STYLE|REGION)(\s|$)/.test(line)) {
      while (at < lines.length && (lines[at] ?? "").trim() !== "") at += 1;
      continue;
    }
    const stamp = stampOf(line);
    at += 1;
    if (stamp === undefined) {
      // 札（番号や GUID）は、次が時の行のときだけ捨てる。
      const isId = stampOf(lines[at] ?? "") !== undefined;
      name = isId ? CUE_NAME.exec(line)?.[1]?.trim() : undefined;
      if (line.trim() !== "" && !isId) cues.push({ ...timesOf(cues.at(-1), shape), ...unmarked(line) });
      continue;
    }
    const body = stamp.inline === undefined ? [] : [stamp.inline];
    // YouTube は、時の行のすぐ下に空白一つの行を置く（空の行ではない）。
    if (/^[ \t　]+$/.test(lines[at] ?? "") && isBody(lines[at + 1] ?? "")) at += 1;
    while (stamp.inline === undefined && at < lines.length && isBody(lines[at] ?? "")) {
      body.push(lines[at] ?? "");
      at += 1;
    }
    // 空の行をはさまずに次の札が来たとき。
    if (stampOf(lines[at] ?? "") && /^(\d+|[\da-f-]{20,}\S*)$/i.test(body.at(-1) ?? "")) body.pop();
    const label = name ?? (stamp.frames || named ? takeName(body) : undefined);
    name = undefined;
    for (const voice of voices(body.join("\n"))) {
      cues.push({ from: stamp.from, to: stamp.to, ...(label === undefined ? {} : { label }), ...voice });
      raw[cues.length - 1] = body;
    }
  }
  const { kept, dropped } = unroll(cues, raw);
  const notes = dropped === 0 ? [] : [`送り出しの字幕で繰り返された ${dropped} 行を、一度だけ書きました。`];
  return { shape, cues: kept, notes };
}

function afterHead(lines: readonly string[]): number {
  let at = 0;
  while (at < lines.length && (lines[at] ?? "").trim() !== "" && stampOf(lines[at] ?? "") === undefined)
    at += 1;
  return at;
}

function isBody(line: string): boolean {
  return line.trim() !== "" && stampOf(line) === undefined;
}

/** 空の行で切れた字幕の続きは、同じ時のもの（SRT だけ。WebVTT の時のない行は、どこのものかわからない）。 */
function timesOf(last: Cue | undefined, shape: "vtt" | "srt"): Pick<Cue, "from" | "to"> {
  if (shape === "vtt" || last?.from === undefined) return {};
  return { from: last.from, ...(last.to === undefined ? {} : { to: last.to }) };
}

function takeName(body: string[]): string | undefined {
  const [first = ""] = body;
  if (body.length < 2 || /[。、]/.test(first) || [...first].length > 40) return undefined;
  body.shift();
  const name = plainEntities(first).trim();
  return name === "" || /^(unknown|不明)$/i.test(name) ? undefined : name;
}

/** 一語ずつの時の印（<00:00:01.200>）。YouTube の自動字幕にある。 */
const WORD_TIME = /<\d{1,2}:\d{2}[:.\d]*>/;

/**
 * 送り出しの字幕（前の行が残ったまま、次の行が加わる）の、繰り返された行を一度だけにする。
 * 人が同じことばを二度言ったものを消さないよう、一語ずつの時の印のあるファイルか、ほとんどの字幕が送りの形のときだけ。
 */
function unroll(cues: readonly Cue[], raw: readonly string[][]): { kept: Cue[]; dropped: number } {
  const tagged = raw.some((body) => body?.some((line) => WORD_TIME.test(line)));
  const shown = cues.map(({ text }) => text.split("\n").filter((line) => line.trim() !== ""));
  const repeats = cues.map((cue, at) => {
    const before = cues[at - 1];
    const [last, now] = [shown[at - 1], shown[at]];
    if (!before || !last || !now || cue.label !== undefined || cue.from === undefined) return 0;
    if (before.to === undefined || Math.abs(cue.from - before.to) > 0.11) return 0;
    const fresh = tagged
      ? (raw[at] ?? []).filter((line) => line.trim() !== "").findIndex((line) => WORD_TIME.test(line))
      : 0;
    // 印のないファイルでは、新しい行の加わるものだけ（「はい。」「はい。」は、二度言ったことば）。
    const most = Math.min(last.length, tagged ? (fresh < 0 ? now.length : fresh) : now.length - 1);
    for (let size = most; size > 0; size -= 1)
      if (last.slice(-size).every((line, n) => line === now[n])) return size;
    return 0;
  });
  const rolling = repeats.filter((size) => size > 0).length;
  if (!tagged && (rolling < 3 || rolling * 2 < cues.length - 1)) return { kept: [...cues], dropped: 0 };
  const kept = cues.flatMap((cue, at) => {
    const size = repeats[at] ?? 0;
    const text = (shown[at] ?? []).slice(size).join("\n");
    return size === 0 ? [cue] : text === "" ? [] : [{ ...cue, text }];
  });
  return { kept, dropped: repeats.reduce((sum, size) => sum + size, 0) };
}
