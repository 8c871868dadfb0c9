import type { TidyEdit } from "./tidy-speech.ts";

/** 文字起こしの誤りを直す組。 */
export interface WordPair {
  wrong: string;
  right: string;
}

/** 直したところ。at は、直す前の文の何文字目か。 */
export interface WordEdit extends TidyEdit {
  placed: string;
}

/**
 * 聞き違いの言葉を、決めた組だけ直す（日銀「議事録作成要領」の、明らかな誤りを直す規則）。
 * 長い言葉から先に、一度だけ直す（直したあとの文字は、もう直さない）。
 */
export function correctWords(text: string, pairs: readonly WordPair[]): { text: string; edits: WordEdit[] } {
  const order = pairs
    .filter(({ wrong, right }) => wrong !== "" && wrong !== right)
    .toSorted((a, b) => b.wrong.length - a.wrong.length);
  if (order.length === 0) return { text, edits: [] };
  const byWrong = new Map(order.map(({ wrong, right }) => [wrong, right]));
  const shape = new RegExp([...byWrong.keys()].map(escaped).join("|"), "gu");
  const edits: WordEdit[] = [];
  const corrected = text.replace(shape, (removed, at: number) => {
    const placed = byWrong.get(removed) ?? removed;
    edits.push({ at, removed, placed });
    return placed;
  });
  return { text: corrected, edits };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
