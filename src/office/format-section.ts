/** 組み込みの書式番号 → 書式。日本語版 Excel の見え方（27〜36、50〜58 は和暦など）。 */
export const builtInFormats: Record<number, string> = {
  0: "General",
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  5: "¥#,##0;¥-#,##0",
  6: "¥#,##0;¥-#,##0",
  7: "¥#,##0.00;¥-#,##0.00",
  8: "¥#,##0.00;¥-#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  14: "yyyy/m/d",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy/m/d h:mm",
  27: "[$-411]ge.m.d",
  28: '[$-411]ggge"年"m"月"d"日"',
  29: '[$-411]ggge"年"m"月"d"日"',
  30: "m/d/yy",
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"時"mm"分"',
  33: 'h"時"mm"分"ss"秒"',
  34: 'yyyy"年"m"月"',
  35: 'm"月"d"日"',
  36: "[$-411]ge.m.d",
  37: "#,##0;-#,##0",
  38: "#,##0;-#,##0",
  39: "#,##0.00;-#,##0.00",
  40: "#,##0.00;-#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  48: "##0.0E+0",
  49: "@",
  50: "[$-411]ge.m.d",
  51: '[$-411]ggge"年"m"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: '[$-411]ggge"年"m"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: "[$-411]ge.m.d",
  58: '[$-411]ggge"年"m"月"d"日"',
};

/** 書式の一片。literal は見えるままの文字、code は数や日付の記号。 */
export interface Piece {
  kind: "literal" | "code" | "elapsed";
  text: string;
}

export interface Section {
  pieces: Piece[];
  condition?: { sign: string; limit: number };
}

const parsed = new Map<string, Section[]>();

/** 書式を ; で分けた節に読む。節は多くて4つ（正;負;零;文字）。 */
export function sectionsOf(format: string): Section[] {
  const known = parsed.get(format);
  if (known) return known;
  const sections = parseFormat(format);
  if (parsed.size > 5000) parsed.clear();
  parsed.set(format, sections);
  return sections;
}

const tokenPattern =
  /"([^"]*)"?|\\(.)|_.|\*.|\[([^\]]*)\]|(General|G\/標準|AM\/PM|A\/P|上午\/下午|午前\/午後|[Ee][+-]|y+|m+|d+|h+|s+|a{3,4}|g+|e+|r+|b+|\.0+|[0#?]|[.,%@])|(;)|([\s\S])/gi;

function parseFormat(format: string): Section[] {
  const sections: Section[] = [{ pieces: [] }];
  for (const [, quoted, escaped, bracket, code, semicolon, other] of format
    .slice(0, 500)
    .matchAll(tokenPattern)) {
    const section = sections[sections.length - 1] as Section;
    if (semicolon) sections.push({ pieces: [] });
    else if (bracket !== undefined) readBracket(bracket, section);
    else if (code) section.pieces.push({ kind: "code", text: code });
    else {
      const literal = quoted ?? escaped ?? other ?? "";
      if (literal) section.pieces.push({ kind: "literal", text: literal });
    }
  }
  return sections;
}

function readBracket(body: string, section: Section): void {
  if (/^(h+|m+|s+)$/i.test(body)) section.pieces.push({ kind: "elapsed", text: body.toLowerCase() });
  const condition = /^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$/.exec(body);
  if (condition) section.condition = { sign: condition[1] ?? "", limit: Number(condition[2]) };
  // [$¥-411] の ¥ は見える文字、[赤] や [$-411] は見えない。
  const currency = /^\$([^-]+)/.exec(body)?.[1];
  if (currency) section.pieces.push({ kind: "literal", text: currency });
}
