import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock } from "../office/word-model.ts";
import { xmlText } from "../office/word-text.ts";
import { writeZip } from "../office/zip.ts";
import { type ReviewManifest, writtenMoment } from "./review-package.ts";

/** 回答の欄の見出し。読み込むときも、この見出しで欄を探す。 */
export const formLabels = {
  code: "確認番号",
  outcome: "回答",
  words: "回答の内容・理由",
  officer: "回答した方（部署と職名）",
} as const;
export type FormLabel = keyof typeof formLabels;
export const formMark = "まどぐち 回答様式";

export interface AnswerFormFacts {
  manifest: ReviewManifest;
  hash: string;
  code: string;
}

const choiceText = (manifest: ReviewManifest) => manifest.outcomes.map(({ label }) => label).join("・");
const guide = (manifest: ReviewManifest) =>
  `「${formLabels.outcome}」の欄に、${choiceText(manifest)}のどれか一つを書いて、返送してください。署名がないため、受託者から電話で確かめます。`;

/** 文書の事実（業務名、文書番号など）と、記載事項。 */
function factRows({ manifest, hash }: AnswerFormFacts): [string, string][] {
  const version = manifest.version > 1 ? `（第${manifest.version}版）` : "";
  return [
    ["業務名", manifest.work],
    ["文書番号", `${manifest.document}${version}`],
    ["文書の名", manifest.formTitle],
    ["件名", manifest.title],
    ["提出", writtenMoment(manifest.submittedAt)],
    ...(manifest.due === null ? [] : [["回答を望む期限", writtenMoment(manifest.due)] as [string, string]]),
    ...manifest.items.map(({ label, value }): [string, string] => [label, value]),
    ["一式の照合値", hash],
  ];
}

function answerRows({ code }: AnswerFormFacts): [string, string][] {
  return [
    [formLabels.code, code],
    [formLabels.outcome, ""],
    [formLabels.words, ""],
    [formLabels.officer, ""],
  ];
}

/** 回答様式（.docx）。スクリプトも署名もない。表の右の欄に書いて返す。 */
export function answerFormDocx(facts: AnswerFormFacts): Uint8Array {
  const { manifest } = facts;
  const table = (caption: string, rows: [string, string][], rowHeight?: number): WordBlock => ({
    ...{ kind: "table", caption, headColumn: true, rows },
    columns: [{ share: 3 }, { share: 8 }],
    ...(rowHeight === undefined ? {} : { rowHeight }),
  });
  return writeWordDocument({
    title: `回答書　${manifest.document}`,
    author: manifest.contractor,
    created: manifest.madeAt,
    header: manifest.demo ? `${formMark}　デモ（架空の内容です）` : formMark,
    footer: `${manifest.document}　${formLabels.code} ${facts.code}`,
    blocks: [
      { kind: "title", text: "回答書" },
      { kind: "paragraph", text: `${manifest.contractor}　様`, after: 12 },
      { kind: "heading", level: 1, text: "回答", number: false },
      { kind: "paragraph", text: guide(manifest), after: 6 },
      table("回答", answerRows(facts), 12),
      { kind: "heading", level: 1, text: "文書", number: false },
      table("文書", factRows(facts)),
    ],
  });
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** 回答様式（.xlsx）。回答の欄は選択肢から選び、ほかの欄は保護して書き換えられない。 */
export function answerFormXlsx(facts: AnswerFormFacts): Uint8Array {
  const { manifest } = facts;
  const rows: { cells: string[]; style: number; open?: boolean; height?: number }[] = [
    { cells: [`${formMark}${manifest.demo ? "　デモ（架空の内容です）" : ""}`], style: 3 },
    { cells: [guide(manifest)], style: 4, height: 36 },
    ...answerRows(facts).map((cells, at) => ({
      ...{ cells, style: 1, open: at > 0, height: at === 2 ? 90 : 24 },
    })),
    { cells: [], style: 0 },
    ...factRows(facts).map((cells) => ({
      ...{ cells, style: 1 },
      height: Math.max(heightOf(cells[0] ?? "", 24), heightOf(cells[1] ?? "", 68)),
    })),
  ];
  const data = rows.map(({ cells, style, open, height }, at) => {
    const row = at + 1;
    const xml = cells.map((text, column) =>
      cellXml(`${column === 0 ? "A" : "B"}${row}`, text, column === 0 ? style : open ? 5 : 2),
    );
    return `<row r="${row}"${height ? ` ht="${height}" customHeight="1"` : ""}>${xml.join("")}</row>`;
  });
  const list = xmlText(`"${manifest.outcomes.map(({ label }) => label).join(",")}"`);
  const sheet = `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" showGridLines="0"><selection activeCell="B4" sqref="B4"/></sheetView></sheetViews><cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="72" customWidth="1"/></cols><sheetData>${data.join("")}</sheetData><sheetProtection sheet="1" objects="1" scenarios="1" formatRows="0"/><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells><dataValidations count="2"><dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="回答" error="選択肢から選んでください。" promptTitle="回答" prompt="選択肢から一つ選んでください。" sqref="B4"><formula1>${list}</formula1></dataValidation><dataValidation type="textLength" operator="lessThanOrEqual" allowBlank="1" showErrorMessage="1" errorTitle="字数" error="4,000字までで書いてください。" sqref="B5:B6"><formula1>4000</formula1></dataValidation></dataValidations><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>`;
  return writeZip(new Map(bookParts(sheet)));
}

/** 折り返したときの行の高さ（ポイント）。全角を2、半角を1と数え、一行に per。 */
function heightOf(text: string, per: number): number {
  const lines = text.split("\n").reduce((sum, line) => {
    const width = [...line].reduce((all, letter) => all + (letter.charCodeAt(0) < 256 ? 1 : 2), 0);
    return sum + Math.max(1, Math.ceil(width / per));
  }, 0);
  return Math.min(400, 8 + lines * 16);
}

function bookParts(sheet: string): [string, Uint8Array][] {
  const border =
    '<border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border>';
  const wrap = '<alignment vertical="top" wrapText="1"/>';
  const xfs = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    `<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${wrap}</xf>`,
    `<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1">${wrap}</xf>`,
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">${wrap}</xf>`,
    `<xf numFmtId="49" fontId="0" fillId="3" borderId="1" xfId="0" applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">${wrap}<protection locked="0"/></xf>`,
  ];
  const font = (size: number, bold: boolean) =>
    `<font>${bold ? "<b/>" : ""}<sz val="${size}"/><name val="游ゴシック"/></font>`;
  const fill = (color: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`;
  const parts: [string, string][] = [
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="回答書" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      "xl/styles.xml",
      `<styleSheet xmlns="${MAIN}"><fonts count="3">${font(11, false)}${font(11, true)}${font(14, true)}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill("FFEEF2F5")}${fill("FFFFF8E1")}</fills><borders count="2">${border}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join("")}</cellXfs></styleSheet>`,
    ],
    ["xl/worksheets/sheet1.xml", sheet],
  ];
  const encoder = new TextEncoder();
  return parts.map(([path, xml]) => [
    path,
    encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`),
  ]);
}

function cellXml(ref: string, text: string, style: number): string {
  if (text === "") return `<c r="${ref}" s="${style}"/>`;
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}
