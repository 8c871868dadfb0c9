import { BraceRanges } from "./docx-brace-range.ts";
import type { BracedToken, BraceTag } from "./docx-brace-tag.ts";
import type { Token } from "./docx-token.ts";
import type { FieldFormat } from "./field-format.ts";
import { parseInstruction, staticText } from "./field-instruction.ts";

const tagPattern = /\{\{?\s*([#^/]?)([^{}\n\t]{0,80}?)\}\}?|｛\s*([#^/＃＾／]?)([^｛｝\n\t]{0,80}?)｝/g;
const wideSigns: Record<string, BraceTag["sign"]> = {
  "＃": "#",
  "＾": "^",
  "／": "/",
  "#": "#",
  "^": "^",
  "/": "/",
};

/**
 * 文字の並びから {…} を見つけ、範囲（{#…}…{/…}）をまとめる。{…} は何個の run に分かれていてもよい。
 * @throws AppError BAD_INPUT 範囲の始まりと終わりが合わない
 */
export function withBraces(tokens: Token[]): BracedToken[] {
  const marked = markTags(tokens);
  if (!marked.some((token) => token.t === "brace")) return tokens;
  return new BraceRanges(marked).build();
}

/** 一つの段落の続いた文字ごとに、{…} を切り出す。 */
function markTags(tokens: Token[]): BracedToken[] {
  const out: BracedToken[] = [];
  let stretch: Extract<Token, { t: "text" }>[] = [];
  let between: Token[] = [];
  const flush = () => {
    for (const token of splitStretch(stretch)) out.push(token);
    for (const token of between) out.push(token);
    stretch = [];
    between = [];
  };
  for (const token of tokens) {
    if (token.t === "text") stretch.push(token);
    // ブックマークの端は見えないので、{…} の途中にあってもよい。
    else if (token.t === "atom" && /^w:bookmark/.test(token.element.name) && stretch.length > 0)
      between.push(token);
    else {
      flush();
      out.push(token);
    }
  }
  flush();
  return out;
}

function splitStretch(stretch: Extract<Token, { t: "text" }>[]): BracedToken[] {
  const whole = stretch.map((token) => token.text).join("");
  const out: BracedToken[] = [];
  let at = 0;
  for (const found of whole.matchAll(tagPattern)) {
    const sign = wideSigns[found[1] || found[3] || ""] ?? "";
    const body = (found[2] ?? found[4] ?? "").trim();
    if (!/[\p{L}\p{N}]|〒/u.test(body) && sign !== "/") continue;
    for (const token of sliceText(stretch, at, found.index)) out.push(token);
    const first = sliceText(stretch, found.index, found.index + 1)[0];
    out.push({ t: "brace", tag: { sign, body, raw: found[0], rPr: first?.rPr ?? "" } });
    at = found.index + found[0].length;
  }
  for (const token of sliceText(stretch, at, whole.length)) out.push(token);
  return out;
}

function sliceText(stretch: Extract<Token, { t: "text" }>[], from: number, to: number) {
  const out: Extract<Token, { t: "text" }>[] = [];
  let start = 0;
  for (const token of stretch) {
    const text = token.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (text) out.push({ ...token, text });
    start += token.text.length;
  }
  return out;
}

/** {受講日|yyyy年M月d日} や {受講日 \@ "…"} の名前と書式。{ MERGEFIELD 氏名 } と打たれたものも読む。 */
export function fieldOfBrace(tag: BraceTag): { name: string; format: FieldFormat } {
  const body = tag.body.replace(/^MERGEFIELD\s+/i, "");
  const [name = "", picture] = body.split(/[|｜]/).map((part) => part.trim());
  if (picture) {
    const asNumber = /[0#]/.test(picture) && !/[yMdgeHhs]/.test(picture);
    return { name, format: asNumber ? { number: picture, general: [] } : { date: picture, general: [] } };
  }
  if (!body.includes("\\")) return { name, format: { general: [] } };
  const read = parseInstruction([{ t: "text", rPr: "", text: `MERGEFIELD ${body}` }]);
  return { name: read.args.map(staticText).join(" "), format: read.format };
}

/** 範囲を出すかどうか。空（空白だけも）と FALSE だけを「ない」とみなす。 */
export function isTruthy(text: string): boolean {
  const plain = text.trim();
  return plain !== "" && !/^false$/i.test(plain);
}
