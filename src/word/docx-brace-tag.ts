import type { Token } from "./docx-token.ts";

/** {名前} や {#名前}…{/名前} の一つ。 */
export interface BraceTag {
  sign: "" | "#" | "^" | "/";
  /** 波括弧の中（記号を除く）。 */
  body: string;
  /** 書かれていたままの文字。 */
  raw: string;
  rPr: string;
}

export type BracedToken = Token | { t: "brace"; tag: BraceTag } | SectionToken;

/** 条件で出したり消したりする範囲。 */
export interface SectionToken {
  t: "section";
  tag: BraceTag;
  yes: BracedToken[];
  no: BracedToken[];
}

export interface BraceCondition {
  name: string;
  comparison?: "=" | "<>";
  value?: string;
}

/** {#区分=相談会} の中身。比べる値がなければ「空でない」。 */
export function conditionOf(tag: BraceTag): BraceCondition {
  const found = /^(.+?)\s*(=|＝|<>|!=|≠)\s*(.*)$/.exec(tag.body);
  if (!found) return { name: tag.body };
  const comparison = found[2] === "=" || found[2] === "＝" ? "=" : "<>";
  return { name: found[1] ?? "", comparison, value: (found[3] ?? "").replace(/^["“](.*)["”]$/, "$1") };
}
