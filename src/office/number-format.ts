import { isDatePiece, type Shown, showDate } from "./date-format.ts";
import { general, showPlain } from "./digit-format.ts";
import { type Section, sectionsOf } from "./format-section.ts";

/**
 * 数を Excel の書式で表示する。日付の書式なら iso（Cell.iso と同じ形）も返す。
 * 分数や指数の書式は「標準」で表示する。
 */
export function showNumber(value: number, format: string, date1904 = false): Shown {
  const sections = sectionsOf(format);
  const { section, negate } = pickSection(sections, value);
  if (!section) return { text: general(value), kind: "number" };
  if (section.pieces.some((piece) => piece.kind === "elapsed" || isDatePiece(piece))) {
    return showDate(value, section.pieces, date1904) ?? { text: general(value), kind: "number" };
  }
  return { text: showPlain(negate ? Math.abs(value) : value, section.pieces), kind: "number" };
}

function pickSection(sections: Section[], value: number): { section: Section | undefined; negate: boolean } {
  if (sections.some((section) => section.condition)) {
    const hit = sections.find((section) => !section.condition || holds(value, section.condition));
    return { section: hit, negate: false };
  }
  if (value < 0 && sections.length > 1) return { section: sections[1], negate: true };
  if (value === 0 && sections.length > 2) return { section: sections[2], negate: false };
  return { section: sections[0], negate: false };
}

function holds(value: number, { sign, limit }: { sign: string; limit: number }): boolean {
  if (sign === "<") return value < limit;
  if (sign === "<=") return value <= limit;
  if (sign === ">") return value > limit;
  if (sign === ">=") return value >= limit;
  return sign === "=" ? value === limit : value !== limit;
}
