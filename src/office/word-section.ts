import { COLUMN_GAP, type WordSection } from "./word-model.ts";

const TWIP_PER_MM = 1440 / 25.4;

/** mm → 1/20 ポイント。 */
export function twips(mm: number): number {
  return Math.round(mm * TWIP_PER_MM);
}

/** 節の設定（w:sectPr）。bare は、上と下の文とページ番号を刷らない。next は、次のページから始める節。 */
export function sectionXml(section: WordSection, next: boolean): string {
  const { landscape, bare, page } = section;
  const [short, long] = section.paper === "a3" ? [297, 420] : [210, 297];
  const [wide, tall] = landscape ? [twips(long), twips(short)] : [twips(short), twips(long)];
  const columns =
    section.columns && section.columns > 1
      ? `<w:cols w:num="${section.columns}" w:space="${twips(COLUMN_GAP)}"/>`
      : "";
  const margin = twips(25);
  const parts = bare ? ["rId7", "rId8"] : ["rId6", "rId5"];
  const numbers = page
    ? `<w:pgNumType w:fmt="${page.format}"${page.start === undefined ? "" : ` w:start="${page.start}"`}/>`
    : "";
  return `<w:sectPr><w:headerReference w:type="default" r:id="${parts[0]}"/><w:footerReference w:type="default" r:id="${parts[1]}"/>${next ? '<w:type w:val="nextPage"/>' : ""}<w:pgSz w:w="${wide}" w:h="${tall}"${landscape ? ' w:orient="landscape"' : ""}/><w:pgMar w:top="${margin}" w:right="${margin}" w:bottom="${margin}" w:left="${margin}" w:header="${twips(12)}" w:footer="${twips(12)}" w:gutter="0"/>${numbers}${columns}</w:sectPr>`;
}

/** 節の終わりの段落。高さを持たせず、白いページを増やさない。 */
export function sectionEnd(section: WordSection): string {
  return `<w:p><w:pPr><w:pStyle w:val="AfterTable"/>${sectionXml(section, true)}</w:pPr></w:p>`;
}
