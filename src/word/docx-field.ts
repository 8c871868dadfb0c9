import { AppError } from "../base/error.ts";
import type { XmlElement } from "../office/xml-tree.ts";
import type { FieldToken, Token } from "./docx-token.ts";

/** Word で実際に書ける入れ子より十分に深い。これより深いものは壊れている。 */
const MAX_NESTING = 60;

interface Frame {
  tokens: Token[];
  field?: { begin: Extract<Token, { t: "mark" }>; code: Token[]; result?: Token[] };
}

/**
 * 開始・区切り・終了の印で書かれたフィールドを、入れ子のまま一つの要素にまとめる。
 * 段落をまたぐフィールドは、段落の終わりと始まりを中に持つ。
 * @throws AppError BAD_INPUT フィールドが表のますをまたぐ
 */
export function groupFields(tokens: Token[]): { tokens: Token[]; broken: number } {
  const frames: Frame[] = [{ tokens: [] }];
  let broken = 0;
  for (const token of withoutUnevenWrappers(tokens)) {
    const top = frames.at(-1) as Frame;
    if (token.t !== "mark") top.tokens.push(token);
    else if (token.mark === "begin") {
      if (frames.length > MAX_NESTING) throw tooNested();
      frames.push(openFrame(token));
    } else if (!top.field) broken += 1;
    else if (token.mark === "separate") startResult(top);
    else {
      frames.pop();
      frames.at(-1)?.tokens.push(closeFrame(top));
    }
  }
  while (frames.length > 1) {
    // 終わりの印がないフィールド。中の段落の枠は残し、表示されていた文字を生かす。
    const frame = frames.pop() as Frame;
    const field = closeFrame(frame);
    frames.at(-1)?.tokens.push(...field.code.filter((one) => one.t !== "code"), ...field.result);
    broken += 1;
  }
  return { tokens: frames[0]?.tokens ?? [], broken };
}

function tooNested(): AppError {
  return new AppError(
    "BAD_INPUT",
    "ひな形のフィールドの入れ子が深すぎて読み取れません。条件（IF）を分けて書き直してください。",
  );
}

function openFrame(begin: Extract<Token, { t: "mark" }>): Frame {
  const code: Token[] = [];
  return { tokens: code, field: { begin, code } };
}

function startResult(frame: Frame): void {
  if (!frame.field || frame.field.result) return;
  frame.field.result = [];
  frame.tokens = frame.field.result;
}

function closeFrame(frame: Frame): FieldToken {
  const field = frame.field;
  if (!field) throw new Error("フィールドの外では閉じられない");
  return {
    t: "field",
    code: field.code,
    result: field.result ?? [],
    begin: field.begin.ops,
    rPr: field.begin.rPr,
  };
}

/** 段落の中の入れ物。フィールドの途中で始まったり終わったりしていたら、入れ物だけを外す。 */
const inlineWrappers = new Set(["w:hyperlink", "w:sdt", "w:sdtContent", "w:bdo", "w:dir", "w:customXml"]);

function withoutUnevenWrappers(tokens: Token[]): Token[] {
  const uneven = unevenElements(tokens);
  if (uneven.size === 0) return tokens;
  for (const element of uneven) {
    if (!inlineWrappers.has(element.name)) {
      throw new AppError(
        "BAD_INPUT",
        "ひな形の差し込みフィールドが、表のます目やテキストの枠をまたいでいます。Word でそのフィールドを消し、一つのます目の中に入れ直してください。",
      );
    }
  }
  const props = new Set([...uneven].flatMap((element) => element.children));
  return tokens.filter((token) => {
    if (token.t === "open" || token.t === "close") return !uneven.has(token.element);
    return !(token.t === "atom" && /Pr$/.test(token.element.name) && props.has(token.element));
  });
}

/** フィールドの内と外、または命令と結果に、開始タグと終了タグが分かれている要素（段落は除く）。 */
function unevenElements(tokens: Token[]): Set<XmlElement> {
  const uneven = new Set<XmlElement>();
  const regions = [0];
  let next = 1;
  const opened = new Map<XmlElement, number | undefined>();
  for (const token of tokens) {
    if (token.t === "mark" && token.mark === "begin") regions.push(next++);
    else if (token.t === "mark" && regions.length > 1) {
      regions.pop();
      if (token.mark === "separate") regions.push(next++);
    } else if (token.t === "open") opened.set(token.element, regions.at(-1));
    else if (
      token.t === "close" &&
      token.element.name !== "w:p" &&
      opened.get(token.element) !== regions.at(-1)
    ) {
      uneven.add(token.element);
    }
  }
  for (const element of [...uneven]) {
    // 内容コントロールは、外枠と中身の枠を一緒に外す。
    if (element.name === "w:sdt")
      for (const one of element.children)
        if (typeof one !== "string" && one.name === "w:sdtContent") uneven.add(one);
    if (element.name === "w:sdtContent")
      for (const one of opened.keys())
        if (one.name === "w:sdt" && one.children.includes(element)) uneven.add(one);
  }
  return uneven;
}
