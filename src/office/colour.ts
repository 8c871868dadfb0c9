/** 色（"0017c1" の形）の、光の強さ（赤・緑・青。どれも 0–1。sRGB の逆の変換）。 */
export function linearRgb(rgb: string): readonly [number, number, number] {
  const at = (from: number) => {
    const share = Number.parseInt(rgb.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [at(0), at(2), at(4)];
}

/** 相対的な明るさ（0–1）。WCAG 2.2 の relative luminance。 */
export function luminance(rgb: string): number {
  const [red, green, blue] = linearRgb(rgb);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 二つの色の明るさの比（1–21）。文字は 4.5 以上、図形は 3 以上（WCAG 2.2 1.4.3、1.4.11）。 */
export function contrastRatio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** その地の色の上で読みやすい、白か黒。どの地でも、明るさの比は 4.5 に届く（√21 ≈ 4.58）。 */
export function inkOn(fill: string): string {
  return contrastRatio(fill, "FFFFFF") >= contrastRatio(fill, "000000") ? "FFFFFF" : "000000";
}

/** 白に近づけた色。share は元の色の残り（0–1）。 */
export function tint(rgb: string, share: number): string {
  return [0, 2, 4]
    .map((at) => Math.round(255 - (255 - Number.parseInt(rgb.slice(at, at + 2), 16)) * share))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
