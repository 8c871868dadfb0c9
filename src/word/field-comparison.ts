import { readDateTime } from "./date-picture.ts";
import { readNumber } from "./number-picture.ts";

/**
 * IF などの比べ方。両方が数なら数、両方が日付（または時刻）ならその前後、ほかは文字どうし。
 * pattern なら、= と <> の右辺の * と ? は任意の文字に当たる。
 */
export function compareTexts(left: string, comparison: string, right: string, pattern: boolean): boolean {
  if (pattern && /[*?]/.test(right) && (comparison === "=" || comparison === "<>")) {
    return matchesWildcard([...left], [...right]) === (comparison === "=");
  }
  const order = orderOf(left, right);
  if (comparison === "=") return order === 0;
  if (comparison === "<>") return order !== 0;
  if (comparison === "<") return order < 0;
  if (comparison === ">") return order > 0;
  return comparison === "<=" ? order <= 0 : order >= 0;
}

function orderOf(left: string, right: string): number {
  for (const read of [readNumber, readDay, readTime]) {
    const [a, b] = [read(left), read(right)];
    if (a !== undefined && b !== undefined) return a - b;
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

function readDay(text: string): number | undefined {
  const { day, time } = readDateTime(text) ?? {};
  return (
    day && Date.UTC(day.year, day.month - 1, day.date, time?.hour ?? 0, time?.minute ?? 0, time?.second ?? 0)
  );
}

function readTime(text: string): number | undefined {
  const { day, time } = readDateTime(text) ?? {};
  return day || !time ? undefined : time.hour * 3600 + time.minute * 60 + time.second;
}

/** 後戻りは直前の * まで。長い文字でも時間は掛け算で済む（正規表現だと桁違いに遅くなる書き方がある）。 */
function matchesWildcard(text: string[], pattern: string[]): boolean {
  let at = 0;
  let to = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[to] === "*") {
      star = to;
      to += 1;
      resume = at;
    } else if (to < pattern.length && (pattern[to] === "?" || pattern[to] === text[at])) {
      to += 1;
      at += 1;
    } else if (star >= 0) {
      to = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[to] === "*") to += 1;
  return to === pattern.length;
}
