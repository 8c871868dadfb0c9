import { NOT_FIRST, NOT_LAST } from "./kinsoku.ts";
import { type PdfFont, textWidth } from "./pdf-font.ts";

/** 行の頭に来てはいけない字。範囲と割合の印も、前の数から離さない。 */
const notFirst = new RegExp(`^[${NOT_FIRST}〜～%]`, "u");
const notLast = new RegExp(`[${NOT_LAST}]$`, "u");

/** 幅（mm）で折り返す。英数字の続きは、行に入る限り分けない。改行の字は改行になる。 */
export function breakLines(text: string, width: number, size: number, font: PdfFont): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => breakOne(line, width, size, font));
}

function breakOne(text: string, width: number, size: number, font: PdfFont): string[] {
  const units = text.match(/[0-9A-Za-z.,@:/_-]+|[\s\S]/gu) ?? [];
  const lines: string[] = [];
  let line = "";
  const fits = (more: string) => textWidth(line + more, size, font) <= width;
  for (const unit of units) {
    if (line === "" || fits(unit)) {
      line += unit;
      continue;
    }
    if (notFirst.test(unit) || notLast.test(line)) {
      // 前の一字を連れて次の行へ。
      const last = [...line].at(-1) ?? "";
      const rest = line.slice(0, line.length - last.length);
      if (rest !== "") {
        lines.push(rest);
        line = last + unit;
        continue;
      }
    }
    lines.push(line);
    line = unit;
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines.flatMap((one) => chop(one, width, size, font));
}

/** 一続きの英数字だけで幅を超える行は、字で切る。 */
function chop(line: string, width: number, size: number, font: PdfFont): string[] {
  if (textWidth(line, size, font) <= width || [...line].length < 2) return [line];
  const parts: string[] = [""];
  for (const char of line) {
    const last = parts.length - 1;
    const now = parts[last] ?? "";
    if (now !== "" && textWidth(now + char, size, font) > width) parts.push(char);
    else parts[last] = now + char;
  }
  return parts;
}

/** 幅に一行で収まる、いちばん大きな文字（largest から smallest まで 0.1 mm ずつ）。収まらなければ smallest と fits:false。 */
export function fitSize(
  text: string,
  width: number,
  largest: number,
  smallest: number,
  font: PdfFont,
): { size: number; fits: boolean } {
  const unit = textWidth(text, 1, font);
  if (unit * smallest > width) return { size: smallest, fits: false };
  const best = unit === 0 ? largest : Math.floor((width / unit) * 10) / 10;
  return { size: Math.min(largest, Math.max(smallest, best)), fits: true };
}
