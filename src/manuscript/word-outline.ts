import { attributeOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";
import { type DocxStyles, readDocxStyles, wordValue } from "../word/docx-style.ts";

/** Word の様式と自動の番号から、段落が何か（見出しの段、箇条書き、番号の形）を言う。 */
export interface WordOutline extends DocxStyles {
  /** 自動の番号の形。番号がなければ undefined。 */
  numberOf(properties: XmlElement | undefined): WordNumber | undefined;
}

export interface WordNumber {
  bullet: boolean;
  /** 原稿の番号の形（「第{N}章」）。二つの段を並べた番号などは undefined。 */
  scheme: string | undefined;
}

const tokens: Record<string, string> = {
  decimal: "{n}",
  decimalFullWidth: "{N}",
  decimalFullWidth2: "{N}",
  aiueo: "{ア}",
  aiueoFullWidth: "{ア}",
  japaneseCounting: "{漢}",
  chineseCounting: "{漢}",
  ideographDigital: "{漢}",
  japaneseLegal: "{漢}",
};

/** styles.xml と numbering.xml（なくてもよい）から作る。 */
export function readWordOutline(
  styles: XmlElement | undefined,
  numbering: XmlElement | undefined,
): WordOutline {
  const looks = readDocxStyles(styles);
  const numbers = numberBook(numbering);
  return {
    ...looks,
    numberOf(properties) {
      const place = looks.listOf(properties);
      return place && numbers.get(`${place.list}/${place.level}`);
    },
  };
}

/** 「番号の id / 段」→ 形。 */
function numberBook(numbering: XmlElement | undefined): Map<string, WordNumber> {
  const all = numbering ? childrenOf(numbering) : [];
  const shapes = new Map(
    all
      .filter(({ name }) => name === "w:abstractNum")
      .map((one) => [attributeOf(one, "w:abstractNumId") ?? "", one] as const),
  );
  const book = new Map<string, WordNumber>();
  for (const one of all) {
    if (one.name !== "w:num") continue;
    const shape = shapes.get(wordValue(one, "w:abstractNumId") ?? "");
    for (const level of shape ? childrenOf(shape) : [])
      if (level.name === "w:lvl")
        book.set(`${attributeOf(one, "w:numId")}/${attributeOf(level, "w:ilvl")}`, numberShape(level));
  }
  return book;
}

function numberShape(level: XmlElement): WordNumber {
  const format = wordValue(level, "w:numFmt") ?? "decimal";
  const text = wordValue(level, "w:lvlText") ?? "";
  const token = tokens[format];
  const marks = text.match(/%\d/g) ?? [];
  return {
    bullet: format === "bullet",
    scheme:
      token !== undefined && marks.length === 1
        ? text.replace(/%\d/, token).replace(/[.．、]$/, "")
        : undefined,
  };
}
