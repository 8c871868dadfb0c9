import { sentencesOf } from "./merge-text.ts";

/** 目安（字）。公用文の書き方では、一文 40–60 字。 */
export const SENTENCE_GOAL = 60;
/** これを超えたら言う（字）。 */
export const SENTENCE_LIMIT = 80;

/** 分けられるところ: 前の語尾を終わりの形にし、続きの始めの語を添える。 */
const joints: readonly [RegExp, string, string][] = [
  [/([うくぐすつぬぶむる])とともに、/, "$1。", "また、"],
  [/([うくぐすつぬぶむる])ほか、/, "$1。", "このほか、"],
  [/ており、/, "ている。", ""],
  [/であり、/, "である。", ""],
  [/ますが、/, "ます。", "しかし、"],
  [/ですが、/, "です。", "しかし、"],
  [/であるが、/, "である。", "しかし、"],
  [/られるが、/, "られる。", "しかし、"],
];

export interface LongSentence {
  sentence: string;
  length: number;
  /** 分けた文。分けるところが見つからなければ undefined。 */
  split: string | undefined;
  /** 「用意する」のように、分けるところの語。 */
  at: string;
}

/** 長すぎる文。 */
export function longSentences(text: string): LongSentence[] {
  return sentencesOf(text.replace(/\*\*/g, ""))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > SENTENCE_LIMIT)
    .map((sentence) => ({ sentence, length: sentence.length, ...splitOf(sentence) }));
}

/** 真ん中に近い継ぎ目で分ける。 */
function splitOf(sentence: string): { split: string | undefined; at: string } {
  const found = joints
    .flatMap(([pattern, end, next]) =>
      [...sentence.matchAll(new RegExp(pattern, "g"))].map((one) => ({ one, end, next })),
    )
    .filter(({ one }) => one.index > 10 && one.index < sentence.length - 12)
    .sort(
      (a, b) => Math.abs(a.one.index - sentence.length / 2) - Math.abs(b.one.index - sentence.length / 2),
    )[0];
  if (!found) return { split: undefined, at: "" };
  const { one, end, next } = found;
  const head = sentence.slice(0, one.index) + end.replace("$1", one[1] ?? "");
  const tail = sentence.slice(one.index + one[0].length);
  const word = /[^、。「」（）をにはがもと]{1,6}$/.exec(head.slice(0, -1))?.[0] ?? "";
  return { split: `${head}${tail.startsWith(next) ? "" : next}${tail}`, at: word };
}
