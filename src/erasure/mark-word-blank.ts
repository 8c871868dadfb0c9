import { childrenOf, descendantsOf, escapeXml, textOf, type XmlElement } from "../office/xml-tree.ts";
import { markGrid } from "./mark-grid.ts";
import {
  blankUnit,
  boxesIn,
  circlesIn,
  hasBox,
  isBlankDate,
  isLabel,
  type TemplateNames,
} from "./template-name.ts";

/**
 * 印のない Word の様式に、差し込む所の印を入れる（木を書き換える）。
 * 内容コントロール、表の見出しの右（右になければ下）の空いた欄・空の日付・選ぶ印、表の外の「見出し　　　件」の行。
 */
export function markWordBlanks(root: XmlElement, names: TemplateNames): void {
  const controls = descendantsOf(root, ({ name }) => name === "w:sdt");
  for (const control of controls) markControl(control, names);
  const inTables = new Set<XmlElement>();
  for (const table of descendantsOf(root, ({ name }) => name === "w:tbl")) {
    const rows = childrenOf(table)
      .filter(({ name }) => name === "w:tr")
      .map(cellsOf);
    // 印を入れると文字が変わるので、はじめに読んでおく。
    const texts = rows.map((cells) => cells.map((cell) => textOf(cell).trim()));
    const done = markGrid(texts, names, (row, column) => spotOf(rows[row]?.[column]));
    const found = rows.reduce((count, cells, at) => count + markRow(cells, texts[at] ?? [], names), done);
    if (found === 0) markBelow(rows, texts, names);
    for (const line of descendantsOf(table, isLine)) inTables.add(line);
  }
  for (const line of descendantsOf(root, isLine)) if (!inTables.has(line)) markLine(line, names);
}

const isLine = ({ name }: XmlElement) => name === "w:p";
const isWords = ({ name }: XmlElement) => name === "w:t";
const cellsOf = (row: XmlElement) => childrenOf(row).filter(({ name }) => name === "w:tc");

/** 何も書いていない内容コントロール（案内の言葉だけのものを含む）。名は、題か札。 */
function markControl(control: XmlElement, names: TemplateNames): void {
  const [settings] = childrenOf(control).filter(({ name }) => name === "w:sdtPr");
  const [content] = childrenOf(control).filter(({ name }) => name === "w:sdtContent");
  if (!settings || !content) return;
  const child = (name: string) => childrenOf(settings).find((one) => one.name === name);
  const title = attributeOf(child("w:alias")) || attributeOf(child("w:tag"));
  const empty = child("w:showingPlcHdr") !== undefined || textOf(content).trim() === "";
  const thing = ["w14:checkbox", "w:picture", "w:docPartObj", "w:docPartList"].some((name) => child(name));
  if (title === "" || !empty || thing) return;
  // 案内の言葉の書式と、別の部品との結び付きを外す（残すと、Word が開いたときに元へ戻す）。
  settings.children = settings.children.filter(
    (one) =>
      typeof one === "string" || !["w:showingPlcHdr", "w:dataBinding", "w15:dataBinding"].includes(one.name),
  );
  for (const look of descendantsOf(content, ({ name }) => name === "w:rPr"))
    look.children = look.children.filter((one) => typeof one === "string" || one.name !== "w:rStyle");
  writeWords(content, `{${names.add(title)}}`);
}

function attributeOf(element: XmlElement | undefined): string {
  return element?.attrs.find(([name]) => name === "w:val")?.[1] ?? "";
}

/** 表のます目に、印を入れる手。書けないます目なら undefined。 */
function spotOf(cell: XmlElement | undefined) {
  if (cell === undefined || descendantsOf(cell, isThing).length > 0) return undefined;
  const line = childrenOf(cell).findLast(isLine);
  return line && ((text: string) => writeWords(cell, text, line));
}

/** 一行の中で、見出しの右隣。入れた数を返す。 */
function markRow(cells: readonly XmlElement[], texts: readonly string[], names: TemplateNames): number {
  let found = 0;
  for (const [at, cell] of cells.entries()) {
    const label = texts[at - 1] ?? "";
    if (textOf(cell).includes("{")) continue;
    if (hasBox(texts[at] ?? "")) found += markBoxes(cell, isLabel(label) ? label : "", names);
    else if (circlesIn(texts[at] ?? "").length > 0)
      found += markCircles(cell, isLabel(label) ? label : "", names);
    else if (isLabel(label) && isOpen(cell)) found += putIn(cell, label, names);
  }
  return found;
}

/** 見出しの行の、すぐ下の空いた行（右に空きのない表だけ）。 */
function markBelow(
  rows: readonly XmlElement[][],
  texts: readonly (readonly string[])[],
  names: TemplateNames,
): void {
  for (const [at, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) {
      const label = texts[at - 1]?.[column] ?? "";
      if (at > 0 && rows[at - 1]?.length === cells.length && isLabel(label) && isOpen(cell))
        putIn(cell, label, names);
    }
}

/** 空いた欄に印を入れる。「　　　件」の欄は、単位を残して数だけを入れる。 */
function putIn(cell: XmlElement, label: string, names: TemplateNames): number {
  const unit = blankUnit(textOf(cell));
  return unit === undefined
    ? putName(cell, `{${names.add(label)}}`)
    : putName(cell, `{${names.addCount(label, unit)}}${unit}`);
}

function isOpen(cell: XmlElement): boolean {
  const text = textOf(cell);
  return (
    (text.trim() === "" || isBlankDate(text) || blankUnit(text) !== undefined) &&
    descendantsOf(cell, isThing).length === 0
  );
}

function isThing({ name, attrs }: XmlElement): boolean {
  const inMerge =
    name === "w:vMerge" && !attrs.some(([key, value]) => key === "w:val" && value === "restart");
  return inMerge || ["w:tbl", "w:drawing", "w:pict", "w:object", "w:sdt"].includes(name);
}

function putName(cell: XmlElement, text: string): number {
  const line = childrenOf(cell).findLast(isLine);
  if (!line) return 0;
  writeWords(cell, text, line);
  return 1;
}

/** 文字のはじめの要素に書き、ほかの文字は消す。文字がなければ、line に足す。 */
function writeWords(inside: XmlElement, text: string, line?: XmlElement): void {
  const [first, ...rest] = descendantsOf(inside, isWords);
  for (const one of rest) one.children = [];
  if (first) first.children = [escapeXml(text)];
  else
    (line ?? descendantsOf(inside, isLine)[0] ?? inside).children.push({
      ...{ name: "w:r", attrs: [] },
      children: [{ name: "w:t", attrs: [], children: [escapeXml(text)] }],
    });
}

/** 「□有　□無」。□ が一つずつ差し込む所になる。見出しは、同じ行の □ の前の言葉か、左の欄。 */
function markBoxes(inside: XmlElement, left: string, names: TemplateNames): number {
  let found = 0;
  for (const line of inside.name === "w:p" ? [inside] : descendantsOf(inside, isLine)) {
    const text = textOf(line);
    const spots = boxesIn(text);
    const before = text.slice(0, spots[0]?.at ?? 0).trim();
    const label = isLabel(before) ? before : left;
    if (label === "") continue;
    const words = descendantsOf(line, isWords);
    for (const { at, option } of spots.toReversed()) {
      const name = names.addBox(label, option);
      if (putAt(words, at, `{${name}}`)) found += 1;
    }
  }
  return found;
}

/** 「有・無」。当たる言葉の前に ○ が入る所を置く。見出しは、同じ行の前の言葉か、左の欄。 */
function markCircles(inside: XmlElement, left: string, names: TemplateNames): number {
  let found = 0;
  for (const line of inside.name === "w:p" ? [inside] : descendantsOf(inside, isLine)) {
    const text = textOf(line);
    const spots = circlesIn(text);
    const before = text
      .slice(0, spots[0]?.at ?? 0)
      .replace(/[(（][^()（）]*[)）]?|[【】「」:：]/g, " ")
      .trim();
    const label = isLabel(before) ? before : left;
    if (label === "") continue;
    const words = descendantsOf(line, isWords);
    for (const { at, option } of spots.toReversed())
      if (putAt(words, at, `{${names.addCircle(label, option)}}`, 0)) found += 1;
  }
  return found;
}

/** 行の中の at 字めから length 字を、text に替える。 */
function putAt(words: readonly XmlElement[], at: number, text: string, length = 1): boolean {
  let from = 0;
  for (const one of words) {
    const own = textOf(one);
    if (at < from + own.length) {
      const place = at - from;
      one.children = [escapeXml(own.slice(0, place) + text + own.slice(place + length))];
      return true;
    }
    from += own.length;
  }
  return false;
}

/** 表の外の一行: 「２　取扱件数　　　　件」「従業者数：」「□有　□無」「令和　　年　　月　　日」。 */
function markLine(line: XmlElement, names: TemplateNames): void {
  const text = textOf(line);
  if (hasBox(text)) {
    markBoxes(line, "", names);
    return;
  }
  if (circlesIn(text).length > 0) {
    markCircles(line, "", names);
    return;
  }
  if (descendantsOf(line, isThing).length > 0) return;
  if (isBlankDate(text) && /日$/.test(text.trim())) {
    writeWords(line, `{${names.add("報告日")}}`);
    return;
  }
  const found =
    /^([\s　]*)([^\s　:：(（][^:：(（]*?)([:：][\s　]*|[\s　_＿]{3,}|[(（](?=[\s　]))((?:令和|平成)?[\s　_＿]*年[\s　_＿]*月分?|[\s　_＿]*[)）]?[\s　]*[件人名回])?[)）]?[\s　]*$/.exec(
      text,
    );
  const label = found?.[2]?.trim() ?? "";
  if (!found || !isLabel(label) || /[㊞印様殿長]$/.test(label)) return;
  const unit = /[件人名回]/.exec(found[4] ?? "")?.[0] ?? "";
  const name = unit === "" ? names.add(label) : names.addCount(label, unit);
  writeWords(
    line,
    `${found[1]}${found[2]}${found[3]?.replace("(", "　").replace("（", "　").slice(0, 1)}{${name}}${unit}`,
  );
}
