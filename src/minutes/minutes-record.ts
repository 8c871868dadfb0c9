import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { correctWords, type WordPair } from "./correct-words.ts";
import { draftMinutes, UNKNOWN_SPEAKER } from "./draft-minutes-file.ts";
import { tidySpeech } from "./tidy-speech.ts";
import type { TranscriptShape } from "./transcript-reader.ts";

/** filler=言いよどみを除いた、word=誤りの組で直した、hand=人が直した、speaker=話し手を決めた、omit=載せる・載せない、split=分けた、check=委員の修正。 */
export type EditKind = "filler" | "word" | "hand" | "speaker" | "omit" | "split" | "check";
export const editNames: Readonly<Record<EditKind, string>> = {
  filler: "言いよどみを除いた",
  word: "誤りを直した",
  hand: "手で直した",
  speaker: "話し手",
  omit: "載せ方",
  split: "分けた",
  check: "委員の修正",
};

export interface LineEdit {
  kind: EditKind;
  before: string;
  after: string;
  /** 直した人（従業者の id、委員の id）。規則なら空。 */
  by: string;
  at: Instant;
}

/** 会議録の一つの発言。 */
export interface RecordLine {
  id: number;
  /** 録音の始まりからの秒。 */
  from?: number;
  to?: number;
  /** 文字起こしの札。 */
  label?: string;
  /** この発言だけの話し手（speakers の key）。空は、札の決まりに従う。「?」は、わからないと決めた。 */
  speaker: string;
  /** 文字起こしのまま。変えない。 */
  said: string;
  text: string;
  /** 会議録に載せない（相づちなど）。内部用には残る。 */
  omitted: boolean;
  edits: LineEdit[];
}

/** 会議録に書く話し手。 */
export interface RecordSpeaker {
  key: string;
  name: string;
  /** 氏名を出さない会議録での名（「委員」「事務局」）。 */
  role: string;
}

export interface MinutesRecord {
  shape: TranscriptShape;
  /** 文字起こしの SHA-256。 */
  source: string;
  cues: number;
  notes: string[];
  style: MinutesStyle;
  /** 札 → 話し手の key。人が決めたものだけ。 */
  labels: Record<string, string>;
  lines: RecordLine[];
}

/** full=全文（言いよどみも残す）、tidy=言いよどみを除いた全文、points=要点筆記（載せない発言を選び、言葉を縮める）。 */
export type MinutesStyle = "full" | "tidy" | "points";
export const styleNames: Readonly<Record<MinutesStyle, string>> = {
  points: "要点筆記",
  tidy: "全文（言いよどみを除く）",
  full: "全文（そのまま）",
};

/** わからないと、人が決めた。 */
export const NOBODY = "?";
const MOST_TEXT = 20_000;

/** 相づちだけの発言か（要点筆記で、載せない候補にする）。 */
export function isBackchannel(text: string): boolean {
  return /^(?:(?:は[いーぁ]+|え[えー]+|うん+|ああ?|なるほど|そうですね?|そうです|わかりました|分かりました|承知しました|ありがとうございます?|お願いします|よろしくお願いします|以上です|失礼します)[。、！!\s]*)+$/u.test(
    text.trim(),
  );
}

/**
 * 文字起こしから、直していく会議録を作る。発言を一つも失わず、順を変えず、話し手を作り出さない。
 * 規則で直したところは、どれも前と後を残す。
 * @throws AppError BAD_INPUT、TOO_LARGE
 */
export function beginRecord(
  bytes: Uint8Array,
  { style, words, at }: { style: MinutesStyle; words: readonly WordPair[]; at: Instant },
): MinutesRecord {
  const draft = draftMinutes(bytes, { created: at, author: "" });
  return {
    ...{
      shape: draft.shape,
      source: draft.source,
      cues: draft.cues,
      notes: draft.warnings,
      style,
      labels: {},
    },
    lines: draft.lines.map(({ from, to, label, text }, index) =>
      ruled(
        {
          ...{ id: index + 1, speaker: "", said: text, text, omitted: false, edits: [] },
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          ...(label === undefined ? {} : { label }),
        },
        { style, words, at },
      ),
    ),
  };
}

function ruled(
  line: RecordLine,
  { style, words, at }: { style: MinutesStyle; words: readonly WordPair[]; at: Instant },
): RecordLine {
  const edits: LineEdit[] = [];
  let text = line.said;
  const step = (kind: EditKind, after: string) => {
    if (after !== text) edits.push({ kind, before: text, after, by: "", at });
    text = after;
  };
  if (style !== "full") step("filler", tidySpeech(text).text);
  step("word", correctWords(text, words).text);
  const omitted = style === "points" && isBackchannel(text);
  if (omitted) edits.push({ kind: "omit", before: "載せる", after: "載せない（相づち）", by: "", at });
  return { ...line, text, omitted, edits };
}

/** 書き方を変える。人の手が入っていない発言だけ、規則をもう一度あてる。 */
export function restyle(
  record: MinutesRecord,
  style: MinutesStyle,
  words: readonly WordPair[],
  at: Instant,
): MinutesRecord {
  const lines = record.lines.map((line) =>
    line.edits.some(({ by }) => by !== "") ? line : ruled({ ...line, omitted: false }, { style, words, at }),
  );
  return { ...record, style, lines };
}

/** 発言の話し手。わからなければ undefined。 */
export function speakerOf(
  record: Pick<MinutesRecord, "labels">,
  line: RecordLine,
  speakers: ReadonlyMap<string, RecordSpeaker>,
): RecordSpeaker | undefined {
  if (line.speaker === NOBODY) return undefined;
  const key = line.speaker !== "" ? line.speaker : record.labels[line.label ?? ""];
  return key === undefined ? undefined : speakers.get(key);
}

/** 画面と内部用の名: 話し手 → 札のまま → 発言者不明。 */
export function speakerName(
  record: Pick<MinutesRecord, "labels">,
  line: RecordLine,
  speakers: ReadonlyMap<string, RecordSpeaker>,
): string {
  if (line.speaker === NOBODY) return UNKNOWN_SPEAKER;
  return speakerOf(record, line, speakers)?.name ?? line.label ?? UNKNOWN_SPEAKER;
}

/** まだ人が話し手を決めていない発言の数。 */
export function unmatched(record: MinutesRecord, speakers: ReadonlyMap<string, RecordSpeaker>): number {
  return record.lines.filter(
    (line) => line.speaker !== NOBODY && speakerOf(record, line, speakers) === undefined,
  ).length;
}

/** 札ごとの、発言の数と初めの一言。 */
export function labelList(record: MinutesRecord): { label: string; count: number; first: string }[] {
  const found = new Map<string, { label: string; count: number; first: string }>();
  for (const { label, said } of record.lines) {
    if (label === undefined) continue;
    const one = found.get(label) ?? { label, count: 0, first: [...said].slice(0, 40).join("") };
    one.count += 1;
    found.set(label, one);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

export interface LineChange {
  text?: string;
  speaker?: string;
  omitted?: boolean;
}

/** 発言を分ける印。この行だけの行で、前と後の二つの発言に分かれる。 */
export const SPLIT_MARK = "====";

/**
 * 発言を直す。前と後、だれが、いつを残す。本文を空にはできない（載せないなら omitted）。
 * 本文に「====」だけの行があれば、そこで二つの発言に分ける（後の発言の話し手は、わからないに戻る）。
 * @throws AppError BAD_INPUT、NOT_FOUND
 */
export function changeLine(
  record: MinutesRecord,
  id: number,
  change: LineChange,
  by: { who: string; at: Instant; kind?: EditKind },
): MinutesRecord {
  const at = record.lines.findIndex((line) => line.id === id);
  const line = record.lines[at];
  if (line === undefined) throw new AppError("NOT_FOUND", "その発言はありません。画面を開き直してください。");
  const parts = (change.text ?? line.text)
    .replace(/\r\n?/g, "\n")
    .split(new RegExp(`^${SPLIT_MARK}+$`, "m"))
    .map((part) => part.trim());
  if (parts.some((part) => part === ""))
    throw new AppError("BAD_INPUT", "発言を空にはできません。載せないときは「載せない」を選んでください。", {
      faults: [{ field: `t${id}`, message: "空です。載せないときは「載せない」を選んでください。" }],
    });
  if (parts.some((part) => part.length > MOST_TEXT))
    throw new AppError("BAD_INPUT", "一つの発言は 20,000 字までです。分けてください。");
  const edits: LineEdit[] = [];
  const note = (kind: EditKind, before: string, after: string) => {
    if (before !== after) edits.push({ kind, before, after, by: by.who, at: by.at });
  };
  const [first = "", ...rest] = parts;
  note(rest.length > 0 ? "split" : (by.kind ?? "hand"), line.text, first);
  const speaker = change.speaker ?? line.speaker;
  note("speaker", line.speaker, speaker);
  const omitted = change.omitted ?? line.omitted;
  note("omit", line.omitted ? "載せない" : "載せる", omitted ? "載せない" : "載せる");
  if (edits.length === 0) return record;
  const next = Math.max(...record.lines.map((one) => one.id));
  const made = rest.map((text, n): RecordLine => {
    const split: LineEdit = { kind: "split", before: line.text, after: text, by: by.who, at: by.at };
    const { label: _label, ...plain } = line;
    return { ...plain, id: next + 1 + n, said: text, text, speaker: "", omitted: false, edits: [split] };
  });
  const lines = record.lines.toSpliced(
    at,
    1,
    { ...line, text: first, speaker, omitted, edits: [...line.edits, ...edits] },
    ...made,
  );
  return { ...record, lines };
}

/** 札の話し手をまとめて決める（空なら、決めたことを取り消す）。 */
export function nameLabel(record: MinutesRecord, label: string, speaker: string): MinutesRecord {
  const { [label]: _before, ...labels } = record.labels;
  return { ...record, labels: speaker === "" ? labels : { ...labels, [label]: speaker } };
}

/** 直したところの全部。録音の時刻の順。 */
export function editTrail(record: MinutesRecord): { line: RecordLine; edit: LineEdit }[] {
  return record.lines.flatMap((line) => line.edits.map((edit) => ({ line, edit })));
}
