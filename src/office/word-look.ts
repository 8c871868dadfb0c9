import { tint } from "./colour.ts";

/** 文書の見た目。色は "0017C1" の形。省けば、事務の文書の見た目（白黒）。 */
export interface WordLook {
  /** 見出し・表の見出し・帯の色。 */
  accent: string;
  /** 二つ目の色（囲みの線など）。 */
  second: string;
  ink: string;
  headFont: string;
  bodyFont: string;
  /** 図の系列の色。 */
  palette: readonly string[];
  /** 章の始まり: 帯か、下線か。 */
  opener: "band" | "line";
}

/** 一つの段の番号。text の %n が番号になる（「第%1章」）。undefined の段には番号を付けない。 */
export interface WordNumber {
  format: "decimal" | "decimalFullWidth" | "aiueoFullWidth" | "japaneseCounting";
  text: string;
}

const shade = (rgb: string) => `<w:shd w:val="clear" w:color="auto" w:fill="${rgb}"/>`;
const color = (rgb: string) => `<w:color w:val="${rgb}"/>`;

/** 見た目のある文書の、様式の違い（様式の id → 段落と字の設定）。 */
export function lookStyles(look: WordLook): Record<string, { pPr: string; rPr: string }> {
  const { accent, second } = look;
  const soft = tint(accent, 0.1);
  const edge = (side: string, size: number, rgb: string, space = 1) =>
    `<w:${side} w:val="single" w:sz="${size}" w:space="${space}" w:color="${rgb}"/>`;
  const fonts =
    '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi"/>';
  const band = look.opener === "band";
  return {
    Heading1: {
      pPr: `${band ? `<w:pBdr>${edge("top", 48, accent, 6)}${edge("left", 48, accent, 8)}${edge("bottom", 48, accent, 6)}</w:pBdr>${shade(accent)}` : `<w:pBdr>${edge("bottom", 24, accent, 4)}</w:pBdr>`}<w:spacing w:before="${band ? 160 : 0}" w:after="360"/>`,
      rPr: `${fonts}<w:b/>${color(band ? "FFFFFF" : accent)}<w:sz w:val="36"/>`,
    },
    Heading2: {
      pPr: `<w:pBdr>${edge("left", 48, accent, 8)}${edge("bottom", 6, accent, 3)}</w:pBdr><w:spacing w:before="360" w:after="160"/><w:ind w:left="180"/>`,
      rPr: `${fonts}<w:b/>${color(accent)}<w:sz w:val="27"/>`,
    },
    Heading3: {
      pPr: `<w:spacing w:before="260" w:after="100"/>`,
      rPr: `${fonts}<w:b/>${color(accent)}<w:sz w:val="23"/>`,
    },
    Heading4: {
      pPr: `<w:spacing w:before="200" w:after="80"/>`,
      rPr: `${fonts}<w:b/><w:sz w:val="21"/>`,
    },
    Measure: {
      pPr: `<w:keepNext/><w:keepLines/><w:pBdr>${edge("top", 24, accent, 4)}${edge("bottom", 6, accent, 4)}</w:pBdr>${shade(soft)}<w:spacing w:before="320" w:after="140"/><w:outlineLvl w:val="2"/>`,
      rPr: `${fonts}<w:b/>${color(accent)}<w:sz w:val="26"/>`,
    },
    ColumnHead: {
      pPr: `<w:keepNext/><w:keepLines/><w:pBdr>${["top", "left", "bottom", "right"].map((side) => edge(side, 8, second, 8)).join("")}</w:pBdr>${shade(tint(second, 0.08))}<w:spacing w:before="280" w:after="0"/><w:ind w:left="200" w:right="200"/>`,
      rPr: `${fonts}<w:b/>${color(second)}<w:sz w:val="22"/>`,
    },
    Column: {
      pPr: `<w:pBdr>${["top", "left", "bottom", "right"].map((side) => edge(side, 8, second, 8)).join("")}</w:pBdr>${shade(tint(second, 0.08))}<w:spacing w:before="0" w:after="0"/><w:ind w:left="200" w:right="200" w:firstLine="210"/>`,
      rPr: '<w:sz w:val="20"/>',
    },
    Caption: {
      pPr: '<w:keepNext/><w:keepLines/><w:spacing w:before="220" w:after="80"/><w:jc w:val="left"/>',
      rPr: `${fonts}<w:b/>${color(look.ink)}<w:sz w:val="19"/>`,
    },
    Source: {
      pPr: '<w:spacing w:before="0" w:after="200" w:line="260" w:lineRule="atLeast"/>',
      rPr: `${color("4D4D4D")}<w:sz w:val="17"/>`,
    },
  };
}

/** 表の見出しの地の色。 */
export function headFill(look: WordLook | undefined): string {
  return look ? tint(look.accent, 0.16) : "F2F2F2";
}

/** 番号の様式（numbering.xml の w:lvl）。段の様式に結ぶ。 */
export function levelsXml(
  levels: readonly (WordNumber | undefined)[],
  style: (level: number) => string,
): string {
  return levels
    .map((one, at) => {
      const format = one ? one.format : "none";
      return `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${style(at)}<w:suff w:val="${one ? "space" : "nothing"}"/><w:lvlText w:val="${one?.text ?? ""}"/><w:lvlJc w:val="left"/></w:lvl>`;
    })
    .join("");
}
