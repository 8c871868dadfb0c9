import { secondsOf } from "./caption-reader.ts";
import { isRole, isSeatName, splitLabel } from "./speaker-label.ts";
import type { Cue } from "./transcript.ts";

/** 「氏名　0:03」の行の、札と時。 */
const NAME_TIME = /^[\s　]*(.{1,40}?)[\s　]+\(?((?:\d+:)?\d{1,2}:\d{2})\)?[\s　]*$/u;
const DATE = String.raw`(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\sT　]+)?`;
const TIME_FIRST = new RegExp(
  String.raw`^[\s　]*[[(（]?${DATE}((?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?)[\])）]?[\s　]*(.*)$`,
  "su",
);
const CLOCK_ONLY = /^[\s　]*[[(（]?(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d+)?[\])）]?[\s　]*$/u;
/** Zoom のチャット「10:01:22 From 山田 to Everyone: …」「14:01:22 開始 山田 宛先 全員:」「00:12:33⇥山田:⇥…」。 */
const CHAT = new RegExp(
  String.raw`^[\s　]*${DATE}(\d{1,2}:\d{2}:\d{2})[\s　]+(?:From|送信元|開始|差出人)[\s　]+(.{1,60}?)(?:[\s　]+(?:to|宛先|終了)[\s　]+.{1,60}?)?[\s　]*[:：][\s　]*(.*)$`,
  "siu",
);
const TAB_CHAT = /^[\s　]*(\d{1,2}:\d{2}:\d{2})\t[\s　]*([^\t:：]{1,40}?)[\s　]*[:：]\t(.*)$/su;
/** 会議の道具が書き入れる行。だれのことばでもない。 */
const MACHINE =
  /(?:started|stopped) transcription$|文字起こし(?:を|が)(?:開始|停止|終了)(?:しました|されました)|^Transcribed by\b/i;
/** 一行がまるごと括弧（拍手、異議なしの声）。 */
const ASIDE = /^[\s　]*[（(][^（）()]{1,40}[）)][\s　]*$/u;
const HEADING =
  /^[\s　]*(?:第?[\d０-９一二三四五六七八九十]{1,3}(?:[\s　]|[.．、)）][\s　]*)|[■□◆◇▼#]+[\s　]*|[（(][\d０-９]{1,2}[）)][\s　]*)\S[^。]{0,29}$/u;

/**
 * 手で打った記録、チャット、書き出した .docx の段落。
 * 札のない行は、空の行をはさまなければ前の人の続き。はさめば、だれのことばかわからない。
 */
export function readNotes(lines: readonly string[]): Cue[] {
  const cues: Cue[] = [];
  let open: Cue | undefined;
  let time: number | undefined;
  const headed = nameTimeLines(lines);
  const timed = timeFirstLines(lines);
  const alone = seatLines(lines);
  const start = (cue: Cue, keep: boolean) => {
    cues.push(cue);
    open = keep ? cue : undefined;
  };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") {
      // 札だけの行は、空の行をはさんでも、次の行の札。
      if (!open || splitLabel(open.text)?.text !== "") open = undefined;
      continue;
    }
    const chat = CHAT.exec(line) ?? TAB_CHAT.exec(line);
    const name = headed.has(at) ? NAME_TIME.exec(line) : undefined;
    if (chat || name) {
      const [clock, label, text] = chat ? [chat[1], chat[2], chat[3]] : [name?.[2], name?.[1], ""];
      time = secondsOf(clock ?? "");
      start({ from: time, label: nameOf(label ?? ""), text: (text ?? "").trim() }, true);
      continue;
    }
    if (alone.has(at)) {
      start({ ...(time === undefined ? {} : { from: time }), label: nameOf(line), text: "" }, true);
      time = undefined;
      continue;
    }
    if (CLOCK_ONLY.test(line)) {
      time = secondsOf(TIME_FIRST.exec(line)?.[1] ?? "");
      open = undefined;
      continue;
    }
    const first = timed.has(at) ? TIME_FIRST.exec(line) : undefined;
    if (first) time = secondsOf(first[1] ?? "");
    const body = first ? timedBody(first[2] ?? "") : line;
    const nobody = MACHINE.test(body.trim()) || ASIDE.test(body) || isHeading(lines, at);
    const labelled = headed.size === 0 && splitLabel(body) !== undefined;
    if (open && !first && !labelled && !nobody) {
      open.text += open.text === "" ? body.trim() : `\n${body.trim()}`;
      continue;
    }
    start(
      { ...(time === undefined ? {} : { from: time }), text: body.replace(/^[\s　]+|\s+$/gu, "") },
      !nobody,
    );
    time = undefined;
  }
  return cues;
}

/** 「[Speaker 1]」の括弧は、名ではない。 */
function nameOf(label: string): string {
  const plain = label.normalize("NFKC").trim();
  return /^[[(【](.+)[\])】]$/.exec(plain)?.[1]?.trim() ?? plain;
}

/** 「（14:02）田中委員　そうです」: 時のあとの役の札は、コロンがなくても札。 */
function timedBody(body: string): string {
  const found = /^(\S{1,20})[\s　]+(\S.*)$/su.exec(body);
  return found && isRole(found[1] ?? "") ? `○${body}` : body;
}

/** 見出しだけの行（「２　閉会」）: 次の行が札か、終わりのとき。続く文のある番号つきの行は、ことば。 */
function isHeading(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (!HEADING.test(line) || splitLabel(line)) return false;
  const next = lines.slice(at + 1).find((one) => one.trim() !== "");
  return next === undefined || splitLabel(next) !== undefined || HEADING.test(next);
}

/** 「氏名　0:03」の行は、二つ以上あるか、次に本文が続くときだけ。一つだけなら、ことばとして残す。 */
function nameTimeLines(lines: readonly string[]): Set<number> {
  const found = lines.flatMap((line, at) => {
    const name = NAME_TIME.exec(line)?.[1] ?? "";
    return name !== "" && !/[。、：:]/.test(name) && (lines[at + 1] ?? "").trim() !== "" ? [at] : [];
  });
  return new Set(found.length >= 2 ? found : []);
}

/** 役の名だけの行（前が空の行、次がことば）。二つ以上あるときだけ。並んだ名簿の行は除く。 */
function seatLines(lines: readonly string[]): Set<number> {
  const found = lines.flatMap((line, at) => {
    const next = lines[at + 1] ?? "";
    const first = (lines[at - 1] ?? "").trim() === "";
    return first && isSeatName(line) && next.trim() !== "" && !isSeatName(next) && !splitLabel(next)
      ? [at]
      : [];
  });
  return new Set(found.length >= 2 ? found : []);
}

/** 時で始まる行: 括弧つきはいつも。括弧のない「14:03 山田委員：…」は、札の形が続く行が二つ以上あるとき（「10:30 から再開」はことば）。 */
function timeFirstLines(lines: readonly string[]): Set<number> {
  const bracketed = new Set<number>();
  const bare: number[] = [];
  for (const [at, line] of lines.entries()) {
    const first = TIME_FIRST.exec(line);
    if (!first) continue;
    if (/^[\s　]*[[(（]/.test(line)) bracketed.add(at);
    else if (splitLabel(timedBody(first[2] ?? ""))) bare.push(at);
  }
  return bare.length + bracketed.size >= 2 ? new Set([...bracketed, ...bare]) : bracketed;
}
