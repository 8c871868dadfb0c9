/** 読みやすさの数。 */
export interface Readability {
  /** 文の数。 */
  sentences: number;
  /** 一文の平均の字数。 */
  length: number;
  /** 建石式の点（高いほど読みやすい。平均 50 ほど）。文がなければ undefined。 */
  score: number | undefined;
}

const opens = "「『（(【〔［";
const closes = "」』）)】〕］";

/** 文に分ける。「」や（）の中の「。」では分けない（分けると、長い文が短く数えられてしまう）。 */
export function sentencesOf(text: string): string[] {
  const out: string[] = [];
  let now = "";
  let depth = 0;
  for (const char of text) {
    if (char === "\n") {
      out.push(now);
      now = "";
      depth = 0;
      continue;
    }
    now += char;
    if (opens.includes(char)) depth += 1;
    else if (closes.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && /[。！？!?]/.test(char)) {
      out.push(now);
      now = "";
    }
  }
  return [...out, now].map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

/**
 * 建石式の読みやすさ（建石由佳・小野芳彦・山田尚勇「日本文の読みやすさの評価式」1988）。
 * RS = −0.12ls −1.37la ＋7.4lh −23.18lc −5.4lk −4.67cp ＋115.79
 * （ls 一文の平均の字数、la・lh・lc・lk 英字・ひらがな・漢字・カタカナの続きの平均の字数、cp 一文の読点の数）。辞書は要らない。
 */
export function readabilityOf(text: string): Readability {
  const sentences = sentencesOf(text);
  const joined = sentences.join("\n");
  const count = sentences.length;
  const length = count === 0 ? 0 : sentences.reduce((sum, one) => sum + [...one].length, 0) / count;
  if (count === 0) return { sentences: 0, length: 0, score: undefined };
  const run = (pattern: RegExp) => {
    const found = joined.match(pattern) ?? [];
    return found.length === 0 ? 0 : found.reduce((sum, one) => sum + [...one].length, 0) / found.length;
  };
  const commas = (joined.match(/[、，]/g) ?? []).length / count;
  const score =
    -0.12 * length -
    1.37 * run(/[A-Za-zＡ-Ｚａ-ｚ]+/g) +
    7.4 * run(/[ぁ-ゖ]+/g) -
    23.18 * run(/[\p{Script=Han}々〆]+/gu) -
    5.4 * run(/[ァ-ヺー]+/g) -
    4.67 * commas +
    115.79;
  return { sentences: count, length, score };
}
