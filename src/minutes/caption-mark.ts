import type { Cue } from "./transcript.ts";

type Said = Pick<Cue, "label" | "text">;

/** <v 氏名>…</v> の並び。閉じていなくても、次の <v> まで。印がなければ、「- 」や「>>」で始まる行ごと。 */
export function voices(body: string): Said[] {
  const marks = [...body.matchAll(/<v(?:\.[^\s>]+)*\s+([^>]*)>/gi)];
  if (marks.length === 0) return turns(body);
  const parts: Said[] = [];
  const before = unmarked(body.slice(0, marks[0]?.index ?? 0));
  if (before.text.trim() !== "") parts.push(before);
  for (const [i, mark] of marks.entries()) {
    const inside = body.slice((mark.index ?? 0) + mark[0].length, marks[i + 1]?.index ?? body.length);
    const close = inside.toLowerCase().indexOf("</v>");
    const label = plainEntities(mark[1] ?? "").trim();
    const said = unmarked(close < 0 ? inside : inside.slice(0, close));
    if (said.text.trim() !== "") parts.push({ ...(label === "" ? {} : { label }), text: said.text });
    const after = close < 0 ? "" : unmarked(inside.slice(close + 4)).text;
    if (after.trim() !== "") parts.push({ text: after });
  }
  return parts;
}

/** 一枚に二人のことば: 二行以上が「- 」で始まるか、「>>」で始まる行。だれかはわからないので、分けるだけ。 */
function turns(body: string): Said[] {
  const lines = body.split("\n");
  const dash = /^\s*[-–—‐−](?:\s+(?=\S)|(?=[^\s\d\-–—‐−]))/u;
  const arrow = /^\s*(?:>>|&gt;&gt;)\s*/;
  const dashed = lines.filter((line) => dash.test(line)).length >= 2;
  const parts: string[][] = [];
  for (const line of lines) {
    const mark = arrow.exec(line) ?? (dashed ? dash.exec(line) : null);
    const last = parts.at(-1);
    if (mark !== null) parts.push([line.slice(mark[0].length)]);
    else if (last) last.push(line);
    else parts.push([line]);
  }
  return parts.map((part) => unmarked(part.join("\n")));
}

/** 字幕の飾り（<i>、<00:01.000> など）を外し、実体参照を文字にする。知らない <…> は文字のまま残す。 */
export function unmarked(text: string): { text: string } {
  return {
    text: plainEntities(
      text
        .replace(/<\/?(?:c|i|b|u|ruby|rt)(?:\.[^\s<>]*)?>/gi, "")
        .replace(/<\/?(?:lang|font|v)(?:[.\s][^<>]*)?>/gi, "")
        .replace(/<\d{1,2}:\d{2}[:.\d]*>/g, "")
        .replace(/\{\\an?\d+\}/g, ""),
    ),
  };
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  lrm: "",
  rlm: "",
};

export function plainEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, ten, hex, name) => {
    const code = ten ? Number(ten) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code > 31 && code < 0x110000 ? String.fromCodePoint(code) : whole;
    return entities[String(name).toLowerCase()] ?? whole;
  });
}
