import type { BracedToken } from "./docx-brace-tag.ts";
import type { Token } from "./docx-token.ts";
import { parseInstruction } from "./field-instruction.ts";
import { dependsOnRecord } from "./merge-program.ts";

/** 一枚に何人も載せるひな形の、一人分の札。 */
export interface Card {
  from: number;
  to: number;
  /** 札の頭で次の人へ進むなら、その位置。それより前の文字も、次の人の札のもの。 */
  next: number;
}

/** 空いた札では消える、変わらない中身か（文字、図）。改ページは残す。人ごとの値を含む枠は、中で出し分ける。 */
export function isInk(token: BracedToken): token is Extract<Token, { t: "text" | "piece" }> {
  if (token.t === "text") return true;
  if (token.t !== "piece" || dependsOnRecord(token.ops)) return false;
  return !token.ops.some((op) => typeof op === "string" && /w:type="(page|column)"/.test(op));
}

/**
 * 札の範囲。差し込みを含む表のます目で、中の「次のレコード」が一つまでのもの。ます目の外では差し込みを含む段落。
 * テキストボックスは、全体で一つの札。
 */
export function cardsOf(tokens: BracedToken[], inBox: boolean): Card[] {
  const whole = inBox ? cardIn(tokens, 0, tokens.length - 1) : undefined;
  if (whole) return [whole];
  const cards: Card[] = [];
  for (const [from, to] of blocksOf(tokens)) {
    const before = cards.at(-1);
    if (before && from <= before.to) continue;
    const card = cardIn(tokens, from, to);
    if (card) cards.push(card);
  }
  return cards;
}

/** ます目と段落の範囲。外側から順に並べ、条件に合う最も大きいものを札にする。 */
function blocksOf(tokens: BracedToken[]): [number, number][] {
  const open: { name: string; at: number }[] = [];
  const blocks: [number, number][] = [];
  tokens.forEach((token, at) => {
    if (token.t === "open") open.push({ name: token.element.name, at });
    const start = token.t === "close" ? open.pop() : undefined;
    if (start && (start.name === "w:tc" || start.name === "w:p")) blocks.push([start.at, at]);
  });
  return blocks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function cardIn(tokens: BracedToken[], from: number, to: number): Card | undefined {
  let first: number | undefined;
  let leads = false;
  let moves = 0;
  for (let at = from; at <= to; at += 1) {
    const token = tokens[at];
    const type = token?.t === "field" ? parseInstruction(token.code).type : "";
    if (type === "NEXT" || type === "NEXTIF") moves += 1;
    if (token && first === undefined && isPersonal(token, type)) {
      first = at;
      leads = type === "NEXT";
    }
  }
  if (first === undefined || moves > 1) return undefined;
  return { from, to, next: leads ? first : from };
}

function isPersonal(token: BracedToken, type: string): boolean {
  if (token.t === "brace" || token.t === "section") return true;
  if (token.t === "piece" || token.t === "atom") return dependsOnRecord(token.ops);
  return /^(NEXT|NEXTIF|MERGEFIELD|MERGESEQ|MERGEREC|IF|QUOTE|=)$/.test(type);
}
