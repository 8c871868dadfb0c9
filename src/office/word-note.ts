import { FIRST_NOTE } from "./word-note-mark.ts";
import { runsXml } from "./word-text.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** footnotes.xml。0 と 1 は、区切りの線のための決まりの番号。本文の注は 2 から。 */
export function notesXml(notes: readonly string[]): string {
  const separator = (type: string, id: number, inner: string) =>
    `<w:footnote w:type="${type}" w:id="${id}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r>${inner}</w:r></w:p></w:footnote>`;
  const rows = notes.map(
    (text, at) =>
      `<w:footnote w:id="${at + FIRST_NOTE}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>${runsXml(`　${text}`)}</w:p></w:footnote>`,
  );
  return `${declaration}<w:footnotes ${W}>${separator("separator", 0, "<w:separator/>")}${separator("continuationSeparator", 1, "<w:continuationSeparator/>")}${rows.join("")}</w:footnotes>`;
}

/** 注の様式。 */
export const noteStyles =
  '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:after="0" w:line="250" w:lineRule="atLeast"/><w:ind w:left="320" w:hanging="320"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr></w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>';
