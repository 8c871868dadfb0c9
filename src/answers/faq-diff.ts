/** 二つの版の違い。same と del をつなぐと前の文、same と ins をつなぐと後の文になる。 */
export interface DiffPart {
  kind: "same" | "del" | "ins";
  text: string;
}

/** 一度に比べる文字の数（掛けた数）の上限。超えたら、まるごと置き換えたとみなす。 */
const MOST = 4_000_000;

/** 文字ごとの違い。 */
export function diffText(before: string, after: string): DiffPart[] {
  const [a, b] = [[...before], [...after]];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const middle: DiffPart[] =
    left.length * right.length > MOST
      ? [
          { kind: "del", text: left.join("") },
          { kind: "ins", text: right.join("") },
        ]
      : walk(left, right);
  return join([
    { kind: "same", text: a.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: a.slice(a.length - tail).join("") },
  ]);
}

/** 最も長い共通の並びをたどる。 */
function walk(a: readonly string[], b: readonly string[]): DiffPart[] {
  const wide = b.length + 1;
  const best = new Uint16Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * wide + j] =
        a[i] === b[j]
          ? (best[(i + 1) * wide + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * wide + j] ?? 0, best[i * wide + j + 1] ?? 0);
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ kind: "same", text: a[i] ?? "" });
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (best[(i + 1) * wide + j] ?? 0) >= (best[i * wide + j + 1] ?? 0))
    ) {
      parts.push({ kind: "del", text: a[i] ?? "" });
      i++;
    } else {
      parts.push({ kind: "ins", text: b[j] ?? "" });
      j++;
    }
  }
  return parts;
}

function join(parts: readonly DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.text === "") continue;
    if (last?.kind === part.kind) last.text += part.text;
    else out.push({ ...part });
  }
  return out;
}
