import { attributeOf, childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";

/** 段落の様式から分かること。 */
interface StyleLook {
  name: string;
  base: string | undefined;
  /** 見出しの段（1 から）。 */
  level: number | undefined;
  list: { id: string | undefined; level: number | undefined };
}

/** Word の様式と自動の番号から、段落が何か（見出しの段、箇条書き、番号の形）を言う。 */
export interface WordOutline {
  /** 見出しの段（1 から 6）。見出しでなければ undefined。 */
  levelOf(properties: XmlElement | undefined): number | undefined;
  /** 段落の様式の名（小文字）。 */
  styleOf(properties: XmlElement | undefined): string;
  /** 自動の番号の形。番号がなければ undefined。 */
  numberOf(properties: XmlElement | undefined): WordNumber | undefined;
}

export interface WordNumber {
  bullet: boolean;
  /** 原稿の番号の形（「第{N}章」）。二つの段を並べた番号などは undefined。 */
  scheme: string | undefined;
}

const value = (parent: XmlElement | undefined, name: string) => {
  const found = parent && childOf(parent, name);
  return found && attributeOf(found, "w:val");
};

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
  const looks = new Map<string, StyleLook>();
  for (const style of styles ? childrenOf(styles) : [])
    if (style.name === "w:style") looks.set(attributeOf(style, "w:styleId") ?? "", lookOf(style));
  const numbers = numberBook(numbering);
  const chain = (id: string | undefined): StyleLook[] => {
    const found: StyleLook[] = [];
    for (let at = id; at !== undefined && found.length < 20; ) {
      const look = looks.get(at);
      if (!look) break;
      found.push(look);
      at = look.base;
    }
    return found;
  };
  return {
    levelOf(properties) {
      const own = value(properties, "w:outlineLvl");
      const level =
        own === undefined
          ? chain(value(properties, "w:pStyle")).find((look) => look.level !== undefined)?.level
          : Number(own) + 1;
      return level !== undefined && level >= 1 && level <= 6 ? level : undefined;
    },
    styleOf: (properties) =>
      looks.get(value(properties, "w:pStyle") ?? "")?.name ?? value(properties, "w:pStyle") ?? "",
    numberOf(properties) {
      const lists = chain(value(properties, "w:pStyle")).map((look) => look.list);
      const own = listOf(properties);
      const id = own.id ?? lists.find((one) => one.id !== undefined)?.id;
      const level = own.level ?? lists.find((one) => one.level !== undefined)?.level ?? 0;
      return id === undefined || id === "0" ? undefined : numbers.get(`${id}/${level}`);
    },
  };
}

function lookOf(style: XmlElement): StyleLook {
  const properties = childOf(style, "w:pPr");
  const name = (value(style, "w:name") ?? "").toLowerCase();
  const outline = value(properties, "w:outlineLvl");
  const named = /^(?:heading|見出し)\s*(\d)$/.exec(name)?.[1];
  return {
    ...{ name, base: value(style, "w:basedOn"), list: listOf(properties) },
    level: outline === undefined ? (named === undefined ? undefined : Number(named)) : Number(outline) + 1,
  };
}

function listOf(properties: XmlElement | undefined): StyleLook["list"] {
  const list = properties && childOf(properties, "w:numPr");
  const level = value(list, "w:ilvl");
  return { id: value(list, "w:numId"), level: level === undefined ? undefined : Number(level) };
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
    const shape = shapes.get(value(one, "w:abstractNumId") ?? "");
    for (const level of shape ? childrenOf(shape) : [])
      if (level.name === "w:lvl")
        book.set(`${attributeOf(one, "w:numId")}/${attributeOf(level, "w:ilvl")}`, numberShape(level));
  }
  return book;
}

function numberShape(level: XmlElement): WordNumber {
  const format = value(level, "w:numFmt") ?? "decimal";
  const text = value(level, "w:lvlText") ?? "";
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
