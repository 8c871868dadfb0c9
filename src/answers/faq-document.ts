import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { xmlText } from "../office/word-text.ts";
import { writeZip } from "../office/zip.ts";

/** 書き出す問い（番号の順）。 */
export interface FaqLine {
  number: number;
  version: number;
  category: string;
  question: string;
  answer: string;
  reading: string;
  synonyms: string;
  validFrom: string;
  validUntil: string;
  approvedOn: string;
}

export interface FaqBook {
  /** 業務の名。 */
  contract: string;
  client: string;
  contractor: string;
  /** 「令和7年9月17日」。 */
  day: string;
  /** 作った時（ISO 8601、UTC）。 */
  created: string;
  lines: readonly FaqLine[];
}

/** ＦＡＱ（最新版）の Word（業務仕様書９(3)）。分類ごとの見出しに、問いと答え。 */
export function faqWord(book: FaqBook): Uint8Array {
  const groups = Map.groupBy(book.lines, (line) => line.category);
  const blocks: WordBlock[] = [
    { kind: "title", text: "講習会に関するＦＡＱ（最新版）" },
    { kind: "paragraph", text: book.contract, align: "center" },
    { kind: "paragraph", text: `${book.day}現在　${book.contractor}`, align: "right", after: 12 },
    { kind: "paragraph", text: `委託者　${book.client}　　全${book.lines.length}問` },
    { kind: "contents" },
    ...[...groups].flatMap(([category, lines], at): WordBlock[] => [
      { kind: "heading", level: 1, text: category, newPage: at === 0 },
      ...lines.flatMap((line): WordBlock[] => [
        { kind: "heading", level: 2, text: line.question },
        { kind: "paragraph", text: line.answer, indent: 7 },
        {
          kind: "paragraph",
          text: [
            {
              text: `第${line.number}問・第${line.version}版（${line.approvedOn}承認）`,
              size: 9,
              color: "666666",
            },
          ],
          indent: 7,
          after: 6,
        },
      ]),
    ]),
  ];
  const document: WordDocument = {
    title: "講習会に関するＦＡＱ（最新版）",
    subject: book.contract,
    author: book.contractor,
    created: book.created,
    footer: "ＦＡＱ（最新版）",
    blocks,
  };
  return writeWordDocument(document);
}

/** 表の見出し。取り込みも同じ言葉を読む。 */
export const faqHeads = [
  "番号",
  "版",
  "分類",
  "質問",
  "回答",
  "読み",
  "同義語",
  "使い始める日",
  "使い終わる日",
  "承認日",
] as const;

/** ＦＡＱの Excel。直してそのまま取り込める。 */
export function faqWorkbook(book: FaqBook): Uint8Array {
  const rows = book.lines.map((line) => [
    ...[line.number, line.version, line.category, line.question, line.answer],
    ...[line.reading, line.synonyms, line.validFrom, line.validUntil, line.approvedOn],
  ]);
  const widths = [6, 5, 14, 36, 60, 24, 24, 13, 13, 14];
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const cols = widths.map(
    (wide, at) => `<col min="${at + 1}" max="${at + 1}" width="${wide}" customWidth="1"/>`,
  );
  const lines = [faqHeads, ...rows].map((row, at) => rowXml(row, at + 1, at === 0 ? 1 : 2));
  const last = `J${rows.length + 1}`;
  const parts: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="FAQ" sheetId="1" r:id="r1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">FAQ!$1:$1</definedName></definedNames></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10"/><name val="游ゴシック"/></font><font><b/><sz val="10"/><name val="游ゴシック"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/><xf xfId="0" borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join("")}</cols><sheetData>${lines.join("")}</sheetData><autoFilter ref="A1:${last}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`,
  };
  const encoder = new TextEncoder();
  return writeZip(
    new Map(
      Object.entries(parts).map(([path, xml]) => [
        path,
        encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`),
      ]),
    ),
  );
}

function rowXml(row: readonly (string | number)[], at: number, style: number): string {
  const cells = row.map((value) =>
    typeof value === "number"
      ? `<c s="${style}"><v>${value}</v></c>`
      : `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`,
  );
  return `<row r="${at}">${cells.join("")}</row>`;
}
