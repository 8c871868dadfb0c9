import {
  childrenOf,
  descendantsOf,
  localName,
  parseXml,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import { looksLikeCaptions, readCaptions } from "./caption-reader.ts";
import { readNotes } from "./note-reader.ts";
import { readSpeechTable } from "./speech-table-reader.ts";
import type { Cue } from "./transcript.ts";

/**
 * Teams・Google Meet などが書き出す .docx と、表で打った会議録。段落を行として、文書の順に読む。段落の中の改行も行。
 * 見出し（発言者・発言）のある表はその列で、ない表はますをタブで並べた行として読む。
 */
export function wordCues(document: Uint8Array): { cues: Cue[]; notes: string[] } {
  const found: { cues: Cue[]; notes: string[] } = { cues: [], notes: [] };
  let lines: string[] = [];
  const flush = () => {
    const text = lines.join("\n");
    // Teams の古い書き出しは、時の行、氏名、ことばの順。
    if (looksLikeCaptions(text)) {
      const { cues, notes } = readCaptions(text, true);
      found.cues.push(...cues);
      found.notes.push(...notes);
    } else found.cues.push(...readNotes(lines));
    lines = [];
  };
  for (const block of blocksOf(parseXml(document))) {
    if (localName(block) === "p") {
      lines.push(...paragraphText(block).split("\n"));
      continue;
    }
    const rows = childrenOf(block)
      .filter((row) => localName(row) === "tr")
      .map((row) =>
        childrenOf(row)
          .filter((cell) => localName(cell) === "tc")
          .map(cellText),
      );
    const speeches = readSpeechTable(rows);
    if (speeches) {
      flush();
      found.cues.push(...speeches);
    } else
      for (const row of rows)
        lines.push(
          "",
          ...row
            .filter((text) => text.trim() !== "")
            .join("\t")
            .split("\n"),
          "",
        );
  }
  flush();
  return found;
}

/** 本文の段落と表（内容コントロールや節の中のものも）を、文書の順に。 */
function blocksOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) => {
    const name = localName(child);
    if (name === "p" || name === "tbl") return [child];
    return name === "del" ? [] : blocksOf(child);
  });
}

function cellText(cell: XmlElement): string {
  return descendantsOf(cell, (one) => localName(one) === "p")
    .map(paragraphText)
    .join("\n")
    .trim();
}

function paragraphText(paragraph: XmlElement): string {
  let text = "";
  const visit = (element: XmlElement) => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      const name = localName(child);
      if (name === "t") text += textOf(child);
      else if (name === "br" || name === "cr") text += "\n";
      else if (name === "tab") text += "\t";
      // 置き換えの図形（Fallback）は、同じことばの二つ目。
      else if (!["del", "instrText", "Fallback", "pPr"].includes(name)) visit(child);
    }
  };
  visit(paragraph);
  return text;
}
