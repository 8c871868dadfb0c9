/** 文字起こしの一つの区切り（字幕の一枚、段落の一つ）。 */
export interface Cue {
  /** 録音の始まりからの秒。書かれていなければ undefined。 */
  from?: number;
  to?: number;
  /** ファイルに書かれた話し手の札。なければ undefined（だれのことばか、わからない）。 */
  label?: string;
  text: string;
}

/** 一人が続けて話したひとまとまり。 */
export interface Utterance {
  from?: number;
  to?: number;
  label?: string;
  text: string;
  /** もとの区切りの番号（0 から）。一語一語を録音の時まで戻れるように。 */
  cues: number[];
}

/** 同じ人の続きとみなす間（秒）。reference/planning-council.md §3。 */
const PAUSE = 2;

/**
 * 同じ人の続けた区切りを一つの発言にする。順は変えず、文字は一つも失わない。
 * 話し手の書かれていない区切りは、前の人に続けず、それだけで残す（名を作り出さない）。
 */
export function joinCues(cues: readonly Cue[]): Utterance[] {
  const joined: Utterance[] = [];
  for (const [at, cue] of cues.entries()) {
    if (cue.text.trim() === "") continue;
    const last = joined.at(-1);
    const lastTo = last?.to;
    const near = cue.from === undefined || lastTo === undefined || cue.from - lastTo <= PAUSE;
    if (last && last.label === cue.label && cue.label !== undefined && near) {
      last.text += joint(last.text, cue.text) + cue.text.trim();
      if (cue.to !== undefined) last.to = cue.to;
      last.cues.push(at);
    } else
      joined.push({
        ...(cue.from === undefined ? {} : { from: cue.from }),
        ...(cue.to === undefined ? {} : { to: cue.to }),
        ...(cue.label === undefined ? {} : { label: cue.label }),
        text: cue.text.trim(),
        cues: [at],
      });
  }
  return joined;
}

/** 英数字どうしの間だけ、空白を入れる。日本語は、切れ目なくつなぐ。 */
function joint(before: string, after: string): string {
  return /[\p{Script=Latin}\d.,!?]$/u.test(before) && /^[\p{Script=Latin}\d]/u.test(after) ? " " : "";
}

/** 秒 →「0:12:34」。 */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
