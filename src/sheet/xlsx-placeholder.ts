import { setText, textOf, type XmlElement } from "./xlsx-xml.ts";

/** 差込みの印 `{氏名}`、`｛氏名｝`、`{{氏名}}` と、条件 `{#持ち物}…{/持ち物}`。 */
const MARK = /[{｛]{1,2}\s*([#/^]?)\s*([^{}｛｝#/^\n][^{}｛｝\n]{0,60}?)\s*[}｝]{1,2}/g;

/** 文字の中の差込みの名（重なりなし、出てくる順）。 */
export function placeholdersOf(text: string): string[] {
  if (!/[{｛]/.test(text)) return [];
  return [...new Set([...text.matchAll(MARK)].map((match) => match[2] ?? ""))];
}

/** 文字の全部が一つの差込みなら、その名。 */
export function onlyPlaceholder(text: string): string | undefined {
  const marks = [...text.matchAll(MARK)];
  return marks.length === 1 && marks[0]?.[1] === "" && marks[0][0] === text.trim() ? marks[0][2] : undefined;
}

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** どこを何に替えるか。条件の中は、値が空なら全部を消す。知らない名（undefined）は印のまま残す。 */
function editsFor(text: string, value: (name: string) => string | undefined): Edit[] {
  const edits: Edit[] = [];
  const open: { name: string; from: number; keep: boolean }[] = [];
  for (const match of text.matchAll(MARK)) {
    const [whole, sign, name = ""] = match;
    const [from, to] = [match.index, match.index + whole.length];
    const found = value(name);
    if (found === undefined) continue;
    if (sign === "#" || sign === "^") {
      open.push({ name, from, keep: (found !== "") === (sign === "#") });
      edits.push({ from, to, text: "" });
    } else if (sign === "/") {
      const start = open.pop();
      if (start && !start.keep) {
        while ((edits.at(-1)?.from ?? -1) >= start.from) edits.pop();
        edits.push({ from: start.from, to, text: "" });
      } else edits.push({ from, to, text: "" });
    } else edits.push({ from, to, text: found });
  }
  return edits;
}

/** 文字の中の差込みを埋める。 */
export function fillText(text: string, value: (name: string) => string | undefined): string {
  if (!/[{｛]/.test(text)) return text;
  let out = "";
  let at = 0;
  for (const edit of editsFor(text, value)) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}

/**
 * 書式の違う断片（`<t>`）に分かれた文字の差込みを埋める。印が断片をまたいでも、書式は最初の断片のものになる。
 * 変えたら true。
 */
export function fillRuns(runs: XmlElement[], value: (name: string) => string | undefined): boolean {
  const texts = runs.map(textOf);
  const edits = editsFor(texts.join(""), value);
  if (edits.length === 0) return false;
  let start = 0;
  for (const [at, run] of runs.entries()) {
    const text = texts[at] ?? "";
    const end = start + text.length;
    let out = "";
    let done = start;
    for (const edit of edits) {
      if (edit.to <= start || edit.from >= end) continue;
      out += text.slice(done - start, Math.max(edit.from, start) - start);
      if (edit.from >= start) out += edit.text;
      done = Math.min(edit.to, end);
    }
    out += text.slice(done - start);
    if (out !== text) setText(run, out);
    start = end;
  }
  return true;
}
