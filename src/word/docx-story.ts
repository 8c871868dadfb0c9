import { childOf, type XmlElement, type XmlNode } from "../office/xml-tree.ts";
import { usesMinuteForMonth } from "./date-picture.ts";
import { fieldOfBrace, withBraces } from "./docx-brace.ts";
import { type BracedToken, type BraceTag, conditionOf } from "./docx-brace-tag.ts";
import { cardsOf, isInk } from "./docx-card.ts";
import { type ElementContext, elementOps, tagOps } from "./docx-element.ts";
import { groupFields } from "./docx-field.ts";
import { type Token, tokenise, tokenOps } from "./docx-token.ts";
import { type FieldContext, fieldOps } from "./field-program.ts";
import { type Inventory, newInventory, noteField } from "./merge-inventory.ts";
import type { Op, Test } from "./merge-program.ts";

export interface StoryContext {
  inventory: Inventory;
  bookmarks: Set<string>;
  lists: Set<string>;
  /** 一組が一つの節なら、そのページ数の見積もり。 */
  sectionPages: number | undefined;
  /** 節の設定を手順にする。 */
  section(element: XmlElement): Op[];
  /** 本文の最後の段落。一組の終わりの区切りをここに置く。 */
  lastParagraph: XmlElement | undefined;
  /** ひな形に MERGEFIELD があるか。あれば、知らない {…} は文字として残す。 */
  hasMergeFields: boolean;
  /** 一枚に何人も載せるひな形か。 */
  manyPerSheet: boolean;
  /** テキストボックスなどの枠の中か。枠は、それで一つの札になる。 */
  inBox?: boolean;
  /** REF が指すかもしれない、ブックマークの中身。 */
  references: Map<string, Token[]>;
}

/** 段落や文字の並びを手順にする。 */
export function storyOps(nodes: XmlNode[], ctx: StoryContext): Op[] {
  const elements = elementContext(ctx);
  const compile = (element: XmlElement) => elementOps(element, elements);
  const flat = tokenise(nodes, compile, (element) => tagOps(element, elements));
  const { tokens, broken } = groupFields(withTail(flat, ctx));
  if (broken > 0) {
    ctx.inventory.warnings.add(
      "始まりと終わりの印がそろっていないフィールドがあります。表示されていた文字をそのまま使います。",
    );
  }
  rememberBookmarks(tokens, ctx);
  noteLiteralMarks(tokens, ctx);
  return tokensToOps(withBraces(tokens), ctx);
}

function elementContext(ctx: StoryContext): ElementContext {
  return {
    story: (nodes) => storyOps(nodes, { ...ctx, lastParagraph: undefined, inBox: true }),
    section: ctx.section,
    isLastProperties: (element) =>
      ctx.lastParagraph !== undefined && childOf(ctx.lastParagraph, "w:pPr") === element,
    bookmarks: ctx.bookmarks,
    lists: ctx.lists,
  };
}

/** 最後の段落に設定（pPr）がなければ、区切りを置くためのものを足す。 */
function withTail(tokens: Token[], ctx: StoryContext): Token[] {
  const last = ctx.lastParagraph;
  if (!last || childOf(last, "w:pPr")) return tokens;
  return tokens.flatMap((token): Token[] =>
    token.t === "open" && token.element === last
      ? [token, { t: "ops", ops: ["<w:pPr>", { op: "tail" }, "</w:pPr>"] }]
      : [token],
  );
}

function rememberBookmarks(tokens: Token[], ctx: StoryContext): void {
  const starts = new Map<string, { name: string; at: number }>();
  tokens.forEach((token, at) => {
    if (token.t !== "atom") return;
    const id = token.element.attrs.find(([key]) => key === "w:id")?.[1] ?? "";
    const name = token.element.attrs.find(([key]) => key === "w:name")?.[1] ?? "";
    if (token.element.name === "w:bookmarkStart") starts.set(id, { name, at });
    const start = token.element.name === "w:bookmarkEnd" ? starts.get(id) : undefined;
    if (start) ctx.references.set(start.name.toLowerCase(), tokens.slice(start.at + 1, at));
  });
}

function noteLiteralMarks(tokens: Token[], ctx: StoryContext): void {
  const text = tokens
    .map((token) => (token.t === "text" ? token.text : token.t === "open" ? "\n" : ""))
    .join("");
  for (const found of text.matchAll(/«([^»\n]{1,40})»/g)) {
    ctx.inventory.warnings.add(
      `「${found[0]}」は差し込みフィールドではなく、ただの文字です。差し込まれません。Word で差し込みフィールドを入れ直すか、{${found[1]}} と書いてください。`,
    );
  }
}

/** 並びを手順に直す。何人も載せるひな形では、名簿の最後を過ぎた札の文字を消せるようにする。 */
function tokensToOps(tokens: BracedToken[], ctx: StoryContext): Op[] {
  const cards = ctx.manyPerSheet ? cardsOf(tokens, ctx.inBox ?? false) : [];
  const out: Op[] = [];
  let ink: Op[] = [];
  let ahead = 0;
  const flush = () => {
    if (ink.length > 0) out.push({ op: "choose", test: { kind: "present", ahead }, yes: ink, no: [] });
    ink = [];
  };
  tokens.forEach((token, at) => {
    const card = cards.find((one) => one.from <= at && at <= one.to);
    if (card && isInk(token)) {
      const wanted = at < card.next ? 1 : 0;
      if (wanted !== ahead) flush();
      ahead = wanted;
      ink.push(...tokenOps(token));
      return;
    }
    flush();
    out.push(...oneToken(token, ctx));
  });
  flush();
  return out;
}

function oneToken(token: BracedToken, ctx: StoryContext): Op[] {
  if (token.t === "brace") return braceOps(token.tag, ctx);
  if (token.t === "section") {
    const test = sectionTest(token.tag, ctx);
    return [{ op: "choose", test, yes: tokensToOps(token.yes, ctx), no: tokensToOps(token.no, ctx) }];
  }
  return token.t === "field" ? fieldOps(token, fieldContext(ctx), "text") : tokenOps(token);
}

function fieldContext(ctx: StoryContext): FieldContext {
  const self: FieldContext = {
    inventory: ctx.inventory,
    bookmarks: ctx.bookmarks,
    sectionPages: ctx.sectionPages,
    compile: (tokens, place) =>
      tokens.flatMap((token) => (token.t === "field" ? fieldOps(token, self, place) : tokenOps(token))),
  };
  return self;
}

function braceOps(tag: BraceTag, ctx: StoryContext): Op[] {
  const { name, format } = fieldOfBrace(tag);
  if (format.date && usesMinuteForMonth(format.date)) {
    ctx.inventory.warnings.add(
      "日付の書式に小文字の m（分）があります。月（M）の書き間違いとして月を入れます。",
    );
  }
  noteField(ctx.inventory, name, "{ }", format.date, ctx.hasMergeFields);
  const value = { kind: "field", name, format } as const;
  return [{ op: "value", rPr: tag.rPr, value: ctx.hasMergeFields ? { ...value, literal: tag.raw } : value }];
}

function sectionTest(tag: BraceTag, ctx: StoryContext): Test {
  const { name, comparison, value } = conditionOf(tag);
  noteField(ctx.inventory, name, "{ }");
  const test: Test =
    comparison === undefined
      ? { kind: "filled", name }
      : {
          kind: "compare",
          left: [{ op: "value", rPr: "", value: { kind: "field", name, format: { general: [] } } }],
          comparison,
          right: [{ op: "run", rPr: "", xml: "", text: value ?? "" }],
          pattern: true,
        };
  return tag.sign === "^" ? { kind: "not", test } : test;
}

/** REF が指すブックマークの中身を、文字を取り出すための手順にする。 */
export function referenceOps(tokens: Token[], ctx: StoryContext): Op[] {
  const aside = { ...ctx, inventory: newInventory(), manyPerSheet: false };
  return tokensToOps(tokens, aside);
}
