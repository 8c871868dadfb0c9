/** 二つの並びの差の一片。same と removed をつなぐと前の並び、same と added をつなぐと後の並び。 */
export interface ListPiece<T> {
  kind: "same" | "removed" | "added";
  items: T[];
}

/** 文字の差の一片。 */
export interface TextPiece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** 一度に比べる大きさ（掛けた数）の上限。超えたら、間をまるごと置き換えたとみなす。 */
const MOST = 4_000_000;

/**
 * 二つの並びの差（いちばん長い共通の並び）。key が同じものを同じとみなす。same の項目は後の並びのもの。
 * 前後の同じ所を先に外し、残りが大きすぎるときは、まるごと置き換えたとみなす。
 */
export function diffList<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
): ListPiece<T>[] {
  const [a, b] = [before.map(key), after.map(key)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const pieces: ListPiece<T>[] = [];
  const put = (kind: ListPiece<T>["kind"], items: readonly T[]) => {
    const last = pieces.at(-1);
    if (items.length === 0) return;
    if (last?.kind === kind) for (const item of items) last.items.push(item);
    else pieces.push({ kind, items: [...items] });
  };
  put("same", after.slice(0, head));
  const [x, y] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (x.length * y.length > MOST) {
    put("removed", x);
    put("added", y);
  } else walk(x, y, key, put);
  put("same", after.slice(after.length - tail));
  return pieces;
}

function walk<T>(
  a: readonly T[],
  b: readonly T[],
  key: (item: T) => string,
  put: (kind: ListPiece<T>["kind"], items: readonly T[]) => void,
): void {
  const [x, y] = [a.map(key), b.map(key)];
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] = x[i] === y[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && x[i] === y[j]) {
      put("same", b.slice(j, j + 1));
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      put("removed", a.slice(i, i + 1));
      i += 1;
    } else {
      put("added", b.slice(j, j + 1));
      j += 1;
    }
  }
}

/** 二つの文の、字ごとの差。ばらばらに残った一字（前後とも変わった所）は、変わった所に含める。 */
export function diffText(before: string, after: string): TextPiece[] {
  const pieces = diffList([...before], [...after], (char) => char);
  return tidied(pieces.map(({ kind, items }) => ({ kind, text: items.join("") })));
}

/** 変わった所にはさまれた一字の「同じ」を、両側の変わった所に含めて、消した・足したの順に並べる。 */
function tidied(pieces: readonly TextPiece[]): TextPiece[] {
  const out: TextPiece[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") out.push({ kind: "removed", text: removed });
    if (added !== "") out.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const [at, { kind, text }] of pieces.entries()) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else if (removed !== "" && added !== "" && [...text].length === 1 && changesBoth(pieces.slice(at + 1))) {
      removed += text;
      added += text;
    } else {
      flush();
      out.push({ kind, text });
    }
  }
  flush();
  return out;
}

/** すぐ後にも、消した所と足した所の両方があるか。 */
function changesBoth(rest: readonly TextPiece[]): boolean {
  const until = rest.findIndex(({ kind }) => kind === "same");
  const near = until < 0 ? rest : rest.slice(0, until);
  return near.some(({ kind }) => kind === "removed") && near.some(({ kind }) => kind === "added");
}
