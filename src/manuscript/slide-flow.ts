/** 一枚に置く文の行数と、一行に入る全角の字数（18 ポイント）。 */
const LINES = 14;
const LINE_CHARACTERS = 46;
/** 18 ポイントの一行の高さ（mm）。 */
const LINE_HEIGHT = 8.7;
/** 1 ポイント（mm）。 */
const POINT = 25.4 / 72;

/** 半角を半分と数えた字の幅。 */
function wide(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x100 ? 0.55 : 1), 0);
}

/** 文（18 ポイント）の高さ（mm）。 */
export function linesHeight(lines: readonly string[]): number {
  const count = (line: string) =>
    line.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil(wide(part) / LINE_CHARACTERS)), 0);
  return lines.reduce((sum, line) => sum + count(line) * LINE_HEIGHT + 2.5, 0);
}

/** 文を、一枚に入る分ずつ。段落の間の空きも数える。 */
export function packLines(
  lines: readonly string[],
  room: { lines: number; characters: number } = { lines: LINES, characters: LINE_CHARACTERS },
): string[][] {
  const pages: string[][] = [[]];
  let used = 0;
  for (const line of lines) {
    const height = Math.max(1, Math.ceil(wide(line) / room.characters)) + 0.35;
    if (used + height > room.lines && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(line);
    used += height;
  }
  return pages;
}

/** 一枚に入らない長い文を、句点で分ける。句点のない長い文は、字数で。 */
export function cutLine(line: string): string[] {
  const most = (LINES - 2) * LINE_CHARACTERS;
  if ([...line].length <= most) return [line];
  const parts: string[] = [""];
  for (const sentence of line.split(/(?<=。)/)) {
    const last = parts.length - 1;
    if ([...(parts[last] ?? ""), ...sentence].length <= most) parts[last] += sentence;
    else {
      const points = [...sentence];
      for (let at = 0; at < points.length; at += most) parts.push(points.slice(at, at + most).join(""));
    }
  }
  return parts.filter((part) => part !== "");
}

/** 表の行を、一枚に入る分ずつ。列の幅で折り返した行の高さを見込む。 */
export function packRows(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  area: { shares: readonly number[]; size: number; width: number; height: number },
): { rows: (readonly string[])[]; height: number }[] {
  const whole = area.shares.reduce((sum, share) => sum + share, 0) || 1;
  const line = area.size * POINT * 1.25;
  const heightOf = (row: readonly string[]) => {
    const counts = row.map((text, at) => {
      const column = (area.width * (area.shares[at] ?? 1)) / whole - 3;
      const fits = Math.max(1, Math.floor(column / (area.size * POINT)));
      return Math.max(1, ...text.split("\n").map((part) => Math.ceil(wide(part) / fits)));
    });
    return Math.max(1, ...counts) * line + 2;
  };
  const head = heightOf(header);
  const pages: { rows: (readonly string[])[]; height: number }[] = [{ rows: [], height: head }];
  for (const row of rows) {
    const height = heightOf(row);
    const last = pages.at(-1);
    if (!last || (last.rows.length > 0 && last.height + height > area.height))
      pages.push({ rows: [row], height: head + height });
    else {
      last.rows.push(row);
      last.height += height;
    }
  }
  return pages;
}
