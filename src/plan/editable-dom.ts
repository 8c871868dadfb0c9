import { type InlineBook, type InlinePiece, labelOf, parseInline, writeInline } from "./inline.ts";

/** 直しているところの DOM。印は、直せない一つのまとまり（data-token）として置く。文字は textContent だけで入れる。 */

/** 文を DOM に。 */
export function fillEditable(root: HTMLElement, text: string, book: InlineBook): void {
  const nodes = parseInline(text).map((piece) => nodeOf(piece, book));
  root.replaceChildren(...nodes);
}

function nodeOf(piece: InlinePiece, book: InlineBook): Node {
  const inside = piece.kind === "text" ? document.createTextNode(piece.text) : tokenNode(piece, book);
  if (!piece.bold) return inside;
  const bold = document.createElement("b");
  bold.append(inside);
  return bold;
}

function tokenNode(piece: Exclude<InlinePiece, { kind: "text" }>, book: InlineBook): HTMLElement {
  const { text, missing } = labelOf(piece, book);
  const span = document.createElement("span");
  span.className = missing ? "tok bad" : "tok";
  span.contentEditable = "false";
  span.dataset.token = piece.token;
  span.textContent = text;
  return span;
}

/** DOM から文に。 */
export function readEditable(root: HTMLElement): string {
  return writeInline(piecesOf(root, false));
}

function piecesOf(node: Node, bold: boolean): InlinePiece[] {
  const pieces: InlinePiece[] = [];
  for (const child of node.childNodes) {
    if (child instanceof HTMLElement && child.dataset.token !== undefined) {
      pieces.push({ kind: "ref", token: child.dataset.token, name: "", bold });
    } else if (child instanceof HTMLBRElement) pieces.push({ kind: "text", text: "\n", bold });
    else if (child instanceof HTMLElement)
      pieces.push(...piecesOf(child, bold || child.tagName === "B" || child.tagName === "STRONG"));
    else pieces.push({ kind: "text", text: child.textContent ?? "", bold });
  }
  return pieces;
}

/** 見えている字での、選ばれた範囲（印は見える字の長さ）。root の外なら undefined。 */
export function selectionIn(root: HTMLElement): { from: number; to: number } | undefined {
  const selection = document.getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
  if (!range || !root.contains(range.startContainer) || !root.contains(range.endContainer)) return undefined;
  const lengthTo = (node: Node, offset: number) => {
    const before = document.createRange();
    before.selectNodeContents(root);
    before.setEnd(node, offset);
    return before.toString().length;
  };
  return {
    from: lengthTo(range.startContainer, range.startOffset),
    to: lengthTo(range.endContainer, range.endOffset),
  };
}

/** 見えている字での位置に、カーソルを置く。 */
export function placeCaret(root: HTMLElement, at: number): void {
  const range = document.createRange();
  let left = at;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let last: Node | undefined;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const token = node.parentElement?.closest<HTMLElement>("[data-token]");
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      if (token) range.setStartAfter(token);
      else range.setStart(node, left);
      last = undefined;
      break;
    }
    left -= length;
    last = token ?? node;
  }
  if (last) range.setStartAfter(last);
  else if (range.startContainer === document) range.setStart(root, 0);
  range.collapse(true);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

interface Atom {
  piece: InlinePiece;
  length: number;
}

function atomsOf(text: string, book: InlineBook): Atom[] {
  return parseInline(text).flatMap((piece): Atom[] =>
    piece.kind === "text"
      ? [...piece.text].map((char) => ({ piece: { ...piece, text: char }, length: char.length }))
      : [{ piece, length: labelOf(piece, book).text.length }],
  );
}

/** 見えている字の位置に、字または印を入れる。 */
export function insertAt(text: string, at: number, words: string, book: InlineBook): string {
  const atoms = atomsOf(text, book);
  let passed = 0;
  let index = 0;
  while (index < atoms.length && passed < at) {
    passed += atoms[index]?.length ?? 0;
    index += 1;
  }
  const bold = atoms[index - 1]?.piece.bold ?? false;
  const added = parseInline(words).map((piece) => ({ ...piece, bold }));
  const pieces = atoms.map(({ piece }) => piece);
  return writeInline([...pieces.slice(0, index), ...added, ...pieces.slice(index)]);
}

/** 見えている字の位置で、二つに分ける。 */
export function splitAt(text: string, at: number, book: InlineBook): [string, string] {
  const atoms = atomsOf(text, book);
  let passed = 0;
  let index = 0;
  while (index < atoms.length && passed < at) {
    passed += atoms[index]?.length ?? 0;
    index += 1;
  }
  const pieces = atoms.map(({ piece }) => piece);
  return [writeInline(pieces.slice(0, index)), writeInline(pieces.slice(index))];
}

/** 選ばれた範囲を太字に（全部が太字なら、元に）。 */
export function toggleBold(text: string, from: number, to: number, book: InlineBook): string {
  const atoms = atomsOf(text, book);
  let passed = 0;
  const inside = atoms.map(({ length }) => {
    const start = passed;
    passed += length;
    return start < to && passed > from;
  });
  const all = atoms.every(({ piece }, at) => !inside[at] || piece.bold);
  return writeInline(atoms.map(({ piece }, at) => (inside[at] ? { ...piece, bold: !all } : piece)));
}
