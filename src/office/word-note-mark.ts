/** 本文の注の、はじめの番号（0 と 1 は区切りの線）。 */
export const FIRST_NOTE = 2;

/** 本文の中の注の印。 */
export function noteMark(id: number): string {
  return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${id}"/></w:r>`;
}
