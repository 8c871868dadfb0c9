const digits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  壱: 1,
  二: 2,
  弐: 2,
  三: 3,
  参: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 千: 1000 };

/** 漢数字の並びを探す正規表現の中身。 */
export const kanjiNumberPattern = "[〇零一壱二弐三参四五六七八九十拾百千]+";

/**
 * 漢数字を数に（「二十四」「二四」「百二十」）。一万未満。読めなければ undefined。
 * 位の文字がなければ位取り（「二四」= 24）として読む。
 */
export function kanjiNumber(text: string): number | undefined {
  const chars = [...text];
  if (chars.length === 0 || chars.length > 8) return undefined;
  return chars.some((char) => char in units) ? byUnits(chars) : byPlaces(chars);
}

function byPlaces(chars: string[]): number | undefined {
  let value = 0;
  for (const char of chars) {
    const digit = digits[char];
    if (digit === undefined) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function byUnits(chars: string[]): number | undefined {
  let total = 0;
  let digit: number | undefined;
  let last = 10_000;
  for (const char of chars) {
    const unit = units[char];
    if (unit === undefined) {
      // 「二四十」のように数字が続くものは読まない。
      if (digit !== undefined || digits[char] === undefined) return undefined;
      digit = digits[char];
      continue;
    }
    if (unit >= last) return undefined;
    total += (digit ?? 1) * unit;
    digit = undefined;
    last = unit;
  }
  return total + (digit ?? 0);
}

/** 文中の漢数字をすべて算用数字に。「北二十四条西」→「北24条西」。 */
export function kanjiNumbersToDigits(text: string): string {
  return text.replace(
    new RegExp(kanjiNumberPattern, "g"),
    (found) => kanjiNumber(found)?.toString() ?? found,
  );
}
