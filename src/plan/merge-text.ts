/** 文ごとの三者の合わせ。二人が同じ部分の別の文を直したとき、両方を生かす。 */

const opens = "「『（(【〔";
const closes = "」』）)】〕";

/** 文に分ける。かぎ括弧・括弧の中の句点では分けない。改行も切れ目。つなげると元に戻る。 */
export function sentencesOf(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (opens.includes(char)) depth += 1;
    if (closes.includes(char)) depth = Math.max(0, depth - 1);
    const ends = char === "\n" || (depth === 0 && "。！？".includes(char));
    if (char === "\n") depth = 0;
    if (!ends) continue;
    out.push(text.slice(start, at + 1));
    start = at + 1;
  }
  if (start < text.length) out.push(text.slice(start));
  return out;
}

/** 元の from から to の前までを、insert に替える。 */
interface Edit {
  from: number;
  to: number;
  insert: string[];
}

/** base から after への直しの並び。長さの同じ直しは、一文ずつに分ける。 */
function editsOf(base: readonly string[], after: readonly string[]): Edit[] {
  const width = after.length + 1;
  const table = new Uint16Array((base.length + 1) * width);
  for (let i = base.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        base[i] === after[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < base.length || j < after.length) {
    if (i < base.length && j < after.length && base[i] === after[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const edit: Edit = { from: i, to: i, insert: [] };
    while (
      (i < base.length || j < after.length) &&
      !(i < base.length && j < after.length && base[i] === after[j])
    ) {
      const takeOld =
        j >= after.length ||
        (i < base.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0));
      if (takeOld) i += 1;
      else {
        edit.insert.push(after[j] ?? "");
        j += 1;
      }
    }
    edit.to = i;
    edits.push(...split(edit));
  }
  return edits;
}

function split(edit: Edit): Edit[] {
  if (edit.insert.length !== edit.to - edit.from || edit.insert.length < 2) return [edit];
  return edit.insert.map((one, at) => ({ from: edit.from + at, to: edit.from + at + 1, insert: [one] }));
}

/** 二つの直しが、同じところに触れるか。 */
function collide(a: Edit, b: Edit): boolean {
  if (a.from === a.to && b.from === b.to) return a.from === b.from;
  if (a.from === a.to) return b.from < a.from && a.from < b.to;
  if (b.from === b.to) return a.from < b.from && b.from < a.to;
  return a.from < b.to && b.from < a.to;
}

const same = (a: Edit, b: Edit) =>
  a.from === b.from && a.to === b.to && a.insert.join("\u0000") === b.insert.join("\u0000");

/** 元の文と、二人の直し。同じ文を違うように直していれば undefined。 */
export function mergeText(base: string, ours: string, theirs: string): string | undefined {
  if (ours === theirs || theirs === base) return ours;
  if (ours === base) return theirs;
  const from = sentencesOf(base);
  const mine = editsOf(from, sentencesOf(ours));
  const others = editsOf(from, sentencesOf(theirs)).filter((edit) => !mine.some((one) => same(one, edit)));
  if (mine.some((a) => others.some((b) => collide(a, b)))) return undefined;
  const edits = [...mine, ...others].sort((a, b) => a.from - b.from || a.to - b.to);
  const out: string[] = [];
  let at = 0;
  for (const edit of edits) {
    out.push(...from.slice(at, edit.from), ...edit.insert);
    at = Math.max(at, edit.to);
  }
  return [...out, ...from.slice(at)].join("");
}
