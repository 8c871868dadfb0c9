/**
 * 百分率を、小数第一位に四捨五入した文字。整数の割り算で丸めるので、0.05 の境を取り違えない。
 * 0 は「-」、0 でなくて 0.05 に満たないものは「0.0」（調査報告書の慣わし）。
 * @param count 人数（ウエイトのないとき）
 */
export function shareText(count: number, base: number): string {
  if (base <= 0) return "…";
  if (count === 0) return "-";
  if (Number.isInteger(count) && Number.isInteger(base))
    return tenths(Math.floor((2000 * count + base) / (2 * base)));
  // ウエイトのついた数は整数でない。二進の端数で境を割らないように、ごくわずかに上げてから丸める。
  return tenths(Math.floor((count / base) * 1000 + 0.5 + 1e-9));
}

function tenths(value: number): string {
  return `${Math.floor(value / 10)}.${value % 10}`;
}
