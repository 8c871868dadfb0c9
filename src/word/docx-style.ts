import { attributeOf, childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";

/** 自動の番号の指定（numbering.xml の番号と、その段）。 */
export interface ListPlace {
  list: string;
  /** 段（0 から）。 */
  level: number;
}

/** 段落の設定（w:pPr）と様式から分かること。様式の元（w:basedOn）もたどる。 */
export interface DocxStyles {
  /** 見出しの段（1 から 6）。見出しでなければ undefined。 */
  levelOf(properties: XmlElement | undefined): number | undefined;
  /** 段落の様式の名（小文字）。 */
  nameOf(properties: XmlElement | undefined): string;
  /** 自動の番号。付かなければ undefined。 */
  listOf(properties: XmlElement | undefined): ListPlace | undefined;
}

interface Style {
  name: string;
  base: string | undefined;
  level: number | undefined;
  list: Partial<ListPlace>;
}

/** 様式をたどる深さの上限（輪になった壊れた文書のため）。 */
const DEEPEST = 20;

/** styles.xml（なくてもよい）から作る。 */
export function readDocxStyles(styles: XmlElement | undefined): DocxStyles {
  const looks = new Map<string, Style>();
  for (const style of styles ? childrenOf(styles) : [])
    if (style.name === "w:style") looks.set(attributeOf(style, "w:styleId") ?? "", styleOf(style));
  const chain = (properties: XmlElement | undefined): Style[] => {
    const found: Style[] = [];
    for (let id = wordValue(properties, "w:pStyle"); id !== undefined && found.length < DEEPEST; ) {
      const look = looks.get(id);
      if (!look) break;
      found.push(look);
      id = look.base;
    }
    return found;
  };
  return {
    levelOf(properties) {
      const level =
        outlineOf(properties) ?? chain(properties).find((look) => look.level !== undefined)?.level;
      return level !== undefined && level >= 1 && level <= 6 ? level : undefined;
    },
    nameOf(properties) {
      const id = wordValue(properties, "w:pStyle") ?? "";
      return looks.get(id)?.name ?? id;
    },
    listOf(properties) {
      const lists = [listIn(properties), ...chain(properties).map((look) => look.list)];
      const list = lists.find((one) => one.list !== undefined)?.list;
      const level = lists.find((one) => one.level !== undefined)?.level ?? 0;
      return list === undefined || list === "0" ? undefined : { list, level };
    },
  };
}

/** 子の要素の値（w:val）。 */
export function wordValue(parent: XmlElement | undefined, name: string): string | undefined {
  const found = parent && childOf(parent, name);
  return found && attributeOf(found, "w:val");
}

/** 入り切りの設定（太字、隠し文字、取り消し線など。ECMA-376 ST_OnOff）が入か。値を省けば、入。 */
export function isOn(properties: XmlElement | undefined, name: string): boolean {
  const found = properties && childOf(properties, name);
  return found !== undefined && !/^(0|false|off)$/.test(attributeOf(found, "w:val") ?? "");
}

function styleOf(style: XmlElement): Style {
  const properties = childOf(style, "w:pPr");
  const name = (wordValue(style, "w:name") ?? "").toLowerCase();
  const named = /^(?:heading|見出し)\s*(\d)$/.exec(name.normalize("NFKC"))?.[1];
  return {
    ...{ name, base: wordValue(style, "w:basedOn"), list: listIn(properties) },
    level: outlineOf(properties) ?? (named === undefined ? undefined : Number(named)),
  };
}

function outlineOf(properties: XmlElement | undefined): number | undefined {
  const outline = wordValue(properties, "w:outlineLvl");
  return outline === undefined ? undefined : Number(outline) + 1;
}

function listIn(properties: XmlElement | undefined): Partial<ListPlace> {
  const list = properties && childOf(properties, "w:numPr");
  const [id, level] = [wordValue(list, "w:numId"), wordValue(list, "w:ilvl")];
  return {
    ...(id === undefined ? {} : { list: id }),
    ...(level === undefined ? {} : { level: Number(level) }),
  };
}
