/** しおりの名の長さの上限（Word）。 */
const LONGEST = 40;

/**
 * 図の名（「図 f-counter」）→ 図を囲むしおりの名。LibreOffice で保存し直すと、グラフの名と代わりの文は消えるが、
 * しおりは残る。しおりに使えない字は「_2D_」のように書く。長すぎれば undefined。
 */
export function figureMark(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const body = [...name]
    .map((char) => (/[A-Za-z0-9]/.test(char) ? char : `_${(char.codePointAt(0) ?? 0).toString(16)}_`))
    .join("");
  const mark = `Fig${body}`;
  return mark.length <= LONGEST ? mark : undefined;
}

/** しおりの名 → 図の名。図のしおりでなければ undefined。 */
export function figureOfMark(mark: string): string | undefined {
  if (!/^Fig(?:[A-Za-z0-9]|_[0-9a-f]{1,6}_)+$/.test(mark)) return undefined;
  return mark.slice(3).replace(/_([0-9a-f]{1,6})_/g, (_, hex: string) => {
    const point = Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
}
