import { NOT_FIRST, NOT_LAST } from "../office/kinsoku.ts";

const notFirst = new RegExp(`^[${NOT_FIRST}]`, "u");
const notLast = new RegExp(`[${NOT_LAST}]$`, "u");

/** 全角を 1 とする長さ。 */
function emOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u0020-\u007e｡-ﾟ]/.test(char) ? 0.5 : 1), 0);
}

/** before と after の間で行を分ける悪さ（0 がいちばん良い。分けてはならない所は Infinity）。 */
function costBetween(before: string, after: string): number {
  if (notFirst.test(after) || notLast.test(before)) return Number.POSITIVE_INFINITY;
  if (/[A-Za-z0-9０-９.．,，]$/.test(before) && /^[A-Za-z0-9０-９.．,，]/.test(after))
    return Number.POSITIVE_INFINITY;
  if (/^[（【「『〔\s\u3000]/.test(after) || /[）】」』〕・～〜―\s\u3000]$/.test(before)) return 0;
  const [was, now] = [scriptOf(before), scriptOf(after)];
  if (was === "hiragana" && now !== "hiragana") return 1;
  return was === now || now === "hiragana" ? 12 : 3;
}

function scriptOf(text: string): "hiragana" | "katakana" | "han" | "other" {
  const char = [...text].at(-1) ?? "";
  if (/\p{Script=Hiragana}/u.test(char)) return "hiragana";
  if (/[\p{Script=Katakana}ー]/u.test(char)) return "katakana";
  return /\p{Script=Han}/u.test(char) ? "han" : "other";
}

/**
 * 表紙の題を、全角 width 字までの行に分ける（改行は "\n"）。「（第四／次）」のように語の途中で切れず、長さのそろった行になる所を選ぶ。
 * 一行に収まる題と、書いた人が改行した題は、そのまま返す。字は一つも変えない。
 */
export function breakTitle(title: string, width: number): string {
  if (emOf(title) <= width || title.includes("\n")) return title;
  const chars = [...title];
  const lines = Math.ceil(emOf(title) / width);
  const aim = emOf(title) / lines;
  // best[n]: はじめの n 字までを行に分けた、いちばん小さい悪さと、最後の行の始まり。
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= chars.length; end += 1) {
    let found = { cost: Number.POSITIVE_INFINITY, from: end - 1 };
    for (let from = end - 1; from >= 0; from -= 1) {
      const line = emOf(chars.slice(from, end).join("").trim());
      if (line > width) break;
      const cut = from === 0 ? 0 : costBetween(chars[from - 1] ?? "", chars[from] ?? "");
      const cost = (best[from]?.cost ?? 0) + cut + ((line - aim) / aim) ** 2 * 10;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  if (!Number.isFinite(best.at(-1)?.cost ?? Number.POSITIVE_INFINITY)) return title;
  const parts: string[] = [];
  for (let end = chars.length; end > 0; end = best[end]?.from ?? 0)
    parts.unshift(chars.slice(best[end]?.from ?? 0, end).join(""));
  return parts.join("\n");
}
