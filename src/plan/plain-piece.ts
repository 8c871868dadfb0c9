import { withoutFurigana } from "../manuscript/furigana.ts";
import { diffText } from "../office/text-diff.ts";
import { type InlineBook, labelOf, parseInline, TOKEN } from "./inline.ts";
import type { BlockKind } from "./plan-block.ts";

/** 原稿の書き方（raw）と、庁内照会の紙に出す文字（shown）。ふつうの字は同じ。 */
export type PlainPiece = readonly [raw: string, shown: string];

/** 文では直せない部分に書くこと。 */
const ASIDE = "意見は右の欄に書いてください";
const wholes: readonly BlockKind[] = ["figure", "photo"];
/** 画面の印（参照、数、脚注、ふりがな）と、太字、囲み、属性、表の罫。 */
const MARKS = new RegExp(
  `^:::.*(?:\\n|$)|${TOKEN.source}|\\*\\*|[ \\t]*\\{[#.][^}\\n]*\\}(?=[ \\t]*(?:\\n|$))|^\\|[\\s:|-]+\\|[ \\t]*(?:\\n|$)`,
  "gmu",
);

/**
 * 部分の文を、ほかの部署の人が読める文字と、その元の書き方の並びに。参照は「図18」、年度は「令和10年度（2028年度）」に見せ、
 * 属性・太字・表の罫は見せない。図と写真は、文では直せないので、名だけを見せる。つないだ raw は元の文。
 */
export function plainPieces(
  { kind, text, number, title }: { kind: BlockKind; text: string; number: string; title: string },
  book: InlineBook,
): PlainPiece[] {
  if (wholes.includes(kind) || withoutFurigana(text).replaceAll(MARKS, "").trim() === "")
    return [[text, `（${[number, title].filter(Boolean).join("　") || "図"}: ${ASIDE}）`]];
  const pieces: PlainPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKS)) {
    if (found.index > from) pieces.push(same(text.slice(from, found.index)));
    pieces.push([found[0], shownMark(found[0], book)]);
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push(same(text.slice(from)));
  return pieces;
}

const same = (text: string): PlainPiece => [text, text];

function shownMark(mark: string, book: InlineBook): string {
  const [piece] = parseInline(mark);
  if (!piece || piece.kind === "text") return "";
  const { text, missing } = labelOf(piece, book);
  return missing ? mark : text;
}

/** 表の属性と罫を落とし、ますを「｜」で分けた文字（画面に並べるため）。ほかの文は変わらない。 */
export function tidyTable(text: string): string {
  return text
    .replaceAll(/[ \t]*\{[#.][^}\n]*\}(?=[ \t]*(?:\n|$))|^:::.*(?:\n|$)|^\|[\s:|-]+\|[ \t]*(?:\n|$)/gm, "")
    .replaceAll(/^\|[ \t]*(.*?)[ \t]*\|$/gm, (_, row: string) => row.replaceAll(/[ \t]*\|[ \t]*/g, "｜"));
}

/** 紙に出す文字。 */
export function shownText(pieces: readonly PlainPiece[]): string {
  return pieces.map(([, shown]) => shown).join("");
}

/** 図・写真のように、文では直せない部分か。 */
export function isWhole(pieces: readonly PlainPiece[]): boolean {
  const [[raw, shown] = ["", ""]] = pieces;
  return pieces.length === 1 && raw !== shown && shown.endsWith(`${ASIDE}）`);
}

/**
 * 返った文を、原稿の書き方に戻す。変わらなかった参照・年度・数は、元の書き方のまま。書き換えられたものは、書かれた字のままになり、lost に入る。
 */
export function rawText(pieces: readonly PlainPiece[], came: string): { text: string; lost: string[] } {
  const shown = shownText(pieces);
  const flags: boolean[] = [];
  const inserts = new Map<number, string>();
  let at = 0;
  for (const { kind, text } of diffText(shown, came)) {
    if (kind === "added") inserts.set(at, `${inserts.get(at) ?? ""}${text}`);
    else {
      for (let step = 0; step < text.length; step += 1) flags.push(kind === "same");
      at += text.length;
    }
  }
  const lost: string[] = [];
  let out = "";
  let place = 0;
  const put = () => {
    out += inserts.get(place) ?? "";
    inserts.delete(place);
  };
  for (const [raw, words] of pieces) {
    const end = place + words.length;
    const inside = [...inserts.keys()].some((key) => key > place && key < end);
    const kept = flags.slice(place, end).every(Boolean) && !inside;
    if (raw !== words && kept) {
      // 見せない印（太字、属性、表の罫）は、足した字の前に置く。
      if (words === "") out += raw;
      else {
        put();
        out += raw;
      }
      place = end;
      continue;
    }
    if (raw !== words && words !== "") lost.push(words);
    for (; place < end; place += 1) {
      put();
      if (flags[place]) out += shown[place] ?? "";
    }
  }
  put();
  return { text: out.replaceAll("****", ""), lost };
}
