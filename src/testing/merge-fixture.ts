import { openZip } from "../office/zip.ts";
import { mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate } from "../word/docx-template.ts";
import type { MergeOptions } from "../word/merge-data.ts";
import { wordFile } from "./word-fixture.ts";

/** 見出し → 値。 */
export type Person = Record<string, string>;

/** ひな形に差し込み、できた文書の部品と本文を返す。 */
export function merge(template: Uint8Array, people: Person[], more: Partial<MergeOptions> = {}) {
  const columns = [...new Set(people.flatMap((person) => Object.keys(person)))];
  const rows = people.map((person) => columns.map((column) => ({ text: person[column] ?? "" })));
  const columnOf = (name: string) => {
    const at = columns.indexOf(name);
    return at < 0 ? undefined : at;
  };
  const merged = mergeDocx(
    compileTemplate(template),
    { columns, rows },
    { now: "2025-07-01T09:05", columnOf, ...more },
  );
  const parts = new Map(
    [...openZip(merged.docx)].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
  return { ...merged, parts, xml: parts.get("word/document.xml") ?? "" };
}

/** 段落ごとの文字（テキストボックスの中も、出てくる順に）。改行は ⏎。 */
export function lines(xml: string): string[] {
  const text = xml
    .replace(/^<\?xml[^>]*>\n?|<wp:posOffset>\d+<\/wp:posOffset>/g, "")
    .replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, "")
    .replace(/<w:br\/>/g, "⏎")
    .replace(/<\/w:p>/g, "\n")
    .replace(/<[^>]+>/g, "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) =>
      line.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    );
}

/** 段落だけのひな形。 */
export function body(...paragraphs: string[]): Uint8Array {
  return wordFile({ body: paragraphs.join("") });
}

/** 一人分を差し込んだ、段落ごとの文字。 */
export function one(template: Uint8Array, person: Person): string[] {
  return lines(merge(template, [person]).xml);
}
