/** 見出しの頭に手で書かれた番号。原稿では番号を付け直すので、文から外す。 */
export interface WrittenNumber {
  /** 番号を外した見出し。 */
  text: string;
  /** 原稿の番号の形（「第{N}章」）。番号がなければ undefined。 */
  scheme: string | undefined;
  /** 資料編の見出しか（「資料１」「巻末資料」）。 */
  annex: boolean;
}

const digits = "[0-9０-９]+";
const shapes: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [
    new RegExp(`^第(?:${digits}|[一二三四五六七八九十]+)([章節編部])[　\\s:：]*`),
    ([, unit]) => `第{N}${unit}`,
  ],
  [new RegExp(`^第(${digits})[　\\s]+`), () => "第{N}"],
  [new RegExp(`^(?:${digits}[.．\\-－‐])+${digits}[.．]?[　\\s]*`), () => "{n}"],
  [new RegExp(`^${digits}[.．、)）]?[　\\s]+`), () => "{N}"],
  [new RegExp(`^${digits}[.．、]`), () => "{N}"],
  [new RegExp(`^[(（]${digits}[)）][　\\s]*`), () => "({n})"],
  [/^[⑴-⒇][　\s]*/, () => "({n})"],
  [/^[①-⑳][　\s]*/, () => "{n}"],
  [/^[ア-ンｱ-ﾝ][　\s.．]+/, () => "{ア}"],
];

/** 見出しの文から、手書きの番号を読む。 */
export function readWrittenNumber(heading: string): WrittenNumber {
  const text = heading.replaceAll(/[\s　]+/g, (gap) => (gap.includes("　") ? "　" : " ")).trim();
  const annex = new RegExp(`^(?:資料|別紙|付録)${digits}?[　\\s:：]+`).exec(text);
  if (annex) return { text: text.slice(annex[0].length), scheme: "資料{N}", annex: true };
  const whole = /^(?:巻末|参考)?資料編?$|^付属資料$/.test(text);
  for (const [shape, scheme] of shapes) {
    const found = shape.exec(text);
    const rest = found ? text.slice(found[0].length).trim() : "";
    if (found && rest !== "") return { text: rest, scheme: scheme(found), annex: false };
  }
  return { text, scheme: undefined, annex: whole };
}

/** 様式のない文書で、見出しらしい一行の段の順（章 → 節 → １ → (1) → ア）。見出しでなければ undefined。 */
export function headingRank(line: string, strong: boolean): number | undefined {
  const text = line.trim();
  if (text.length > 45 || /[。、，]$/.test(text)) return undefined;
  const { scheme, text: rest, annex } = readWrittenNumber(text);
  if (annex || /^(?:はじめに|おわりに|目的|まえがき)$/.test(text)) return 0;
  if (scheme === undefined || rest.length === 0) return undefined;
  if (/[章編部]/.test(scheme)) return 0;
  if (/節/.test(scheme)) return 1;
  if (!strong) return undefined;
  return { "第{N}": 2, "{N}": 3, "{n}": 4, "({n})": 5, "{ア}": 6 }[scheme];
}
