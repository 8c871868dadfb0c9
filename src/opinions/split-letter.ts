/** 文字の範囲（UTF-16 の位置、終わりは含まない）。 */
export type TextRange = readonly [start: number, end: number];

/** 一通から分けた一つの意見。ranges は、重ならず、前から順。 */
export interface MarkedOpinion {
  readonly id: string;
  readonly ranges: readonly TextRange[];
}

/** 原文を、意見と、どの意見でもない所に、漏れなく切った一切れ。 */
export interface LetterPiece {
  start: number;
  end: number;
  /** 意見の並び（0 から）。どの意見でもなければ undefined。 */
  mark?: number;
  /** その意見の、はじめの一切れか（見出しの字を付ける所）。 */
  first?: boolean;
}

/** 「A」「B」… 「Z」「AA」。並びの番号（0 から）の、画面での名。 */
export function markName(at: number): string {
  let name = "";
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** 前後の空白を除き、字の途中（サロゲート、濁点などの結合文字、異体字の選択子）で切れないように広げる。空なら undefined。 */
export function snapRange(text: string, [from, to]: TextRange): TextRange | undefined {
  let start = Math.min(text.length, Math.max(0, Math.min(from, to)));
  let end = Math.min(text.length, Math.max(from, to));
  while (start < end && /\s/.test(text[start] ?? "")) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end -= 1;
  if (start === end) return undefined;
  while (start > 0 && joins(text, start)) start -= 1;
  while (end < text.length && joins(text, end)) end += 1;
  return [start, end];
}

/** その位置で切ると、一つの字が割れるか。 */
function joins(text: string, at: number): boolean {
  const [before, after] = [text[at - 1] ?? "", text[at] ?? ""];
  if (/[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(after)) return true;
  return (
    /\p{M}|\u200d/u.test(after) ||
    before === "\u200d" ||
    /^[\u{e0100}-\u{e01ef}]/u.test(text.slice(at, at + 2))
  );
}

/** 範囲を一つの意見にする。ほかの意見に入っていた所は、そこから移る（空になった意見はなくなる）。 */
export function markRange(
  opinions: readonly MarkedOpinion[],
  text: string,
  given: TextRange,
  id: string,
): MarkedOpinion[] | undefined {
  const range = snapRange(text, given);
  if (range === undefined) return undefined;
  return ordered([...without(opinions, range), { id, ranges: [range] }]);
}

/** 範囲を、もうある意見に加える（移す）。 */
export function moveRange(
  opinions: readonly MarkedOpinion[],
  text: string,
  given: TextRange,
  to: string,
): MarkedOpinion[] | undefined {
  const range = snapRange(text, given);
  const target = opinions.find(({ id }) => id === to);
  if (range === undefined || target === undefined) return undefined;
  const rest = without(
    opinions.filter(({ id }) => id !== to),
    range,
  );
  return ordered([...rest, { id: to, ranges: union([...target.ranges, range]) }]);
}

/** 二つの意見を、はじめの方につなげる。 */
export function mergeOpinions(
  opinions: readonly MarkedOpinion[],
  into: string,
  from: string,
): MarkedOpinion[] | undefined {
  const [a, b] = [opinions.find(({ id }) => id === into), opinions.find(({ id }) => id === from)];
  if (a === undefined || b === undefined || a === b) return undefined;
  const rest = opinions.filter((one) => one !== a && one !== b);
  return ordered([...rest, { id: into, ranges: union([...a.ranges, ...b.ranges]) }]);
}

/** 範囲を、どの意見でもない所に戻す。 */
export function without(opinions: readonly MarkedOpinion[], [start, end]: TextRange): MarkedOpinion[] {
  return opinions.flatMap(({ id, ranges }) => {
    const kept = ranges.flatMap(([from, to]): TextRange[] => {
      if (to <= start || from >= end) return [[from, to]];
      const left: TextRange[] = from < start ? [[from, start]] : [];
      const right: TextRange[] = to > end ? [[end, to]] : [];
      return [...left, ...right];
    });
    return kept.length === 0 ? [] : [{ id, ranges: kept }];
  });
}

function union(ranges: readonly TextRange[]): TextRange[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

function ordered(opinions: readonly MarkedOpinion[]): MarkedOpinion[] {
  return [...opinions].sort((a, b) => (a.ranges[0]?.[0] ?? 0) - (b.ranges[0]?.[0] ?? 0));
}

/** 意見の文。離れた範囲は改行でつなぐ。 */
export function opinionText(text: string, ranges: readonly TextRange[]): string {
  return ranges.map(([from, to]) => text.slice(from, to)).join("\n");
}

/** 原文を切る。つなげると、必ず原文に戻る。 */
export function letterPieces(text: string, opinions: readonly MarkedOpinion[]): LetterPiece[] {
  const marked = opinions
    .flatMap(({ ranges }, mark) =>
      ranges.map(([start, end], at) => ({ start, end, mark, ...(at === 0 ? { first: true } : {}) })),
    )
    .sort((a, b) => a.start - b.start);
  const pieces: LetterPiece[] = [];
  let at = 0;
  for (const piece of marked) {
    if (piece.start > at) pieces.push({ start: at, end: piece.start });
    pieces.push(piece);
    at = piece.end;
  }
  if (at < text.length) pieces.push({ start: at, end: text.length });
  return pieces;
}

/** どの意見にも入っていない字の数（空白を除く）。 */
export function restLength(text: string, opinions: readonly MarkedOpinion[]): number {
  return letterPieces(text, opinions)
    .filter(({ mark }) => mark === undefined)
    .reduce((sum, { start, end }) => sum + text.slice(start, end).replace(/\s/g, "").length, 0);
}
