import { addDays, addMonths, dayParts } from "../japan/day.ts";
import { excelSerialOf } from "../japan/written-date.ts";
import { columnName } from "../office/table.ts";
import { xmlText } from "../office/word-text.ts";
import { writeZip } from "../office/zip.ts";
import type { PlanBook } from "./plan-book.ts";
import { writeLinks } from "./plan-task.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const pack = "http://schemas.openxmlformats.org/package/2006";
/** 書式: 0 素、1 見出し、2 日付、3 線、4 決める道の線、5 枠。 */
const style = { plain: 5, head: 1, date: 2, bar: 3, critical: 4 } as const;
const heads = [
  "記号",
  "区分",
  "作業",
  "担当",
  "条項",
  "開始",
  "終了",
  "日数",
  "期限",
  "先行",
  "進捗",
  "余裕",
];

/** 工程表の Excel: 一行に一つの作業と日、右に旬ごとの線。そのまま直して、取り込み直せる。 */
export function planWorkbook(book: PlanBook): Uint8Array {
  const months = monthsOf(book);
  const tens = months.flatMap((month) =>
    [1, 11, 21].map((date, at) => ({
      from: addDays(month, date - 1),
      to: at === 2 ? addDays(addMonths(month, 1), -1) : addDays(month, date + 8),
      name: ["上", "中", "下"][at] ?? "",
      month: at === 0 ? `${dayParts(month).year}年${dayParts(month).month}月` : "",
    })),
  );
  const text = (column: number, row: number, value: string, of: number = style.plain) =>
    `<c r="${columnName(column)}${row}" s="${of}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  const number = (column: number, row: number, value: number, of: number = style.plain) =>
    `<c r="${columnName(column)}${row}" s="${of}"><v>${value}</v></c>`;
  const date = (column: number, row: number, day: string | null) =>
    day === null ? text(column, row, "") : number(column, row, excelSerialOf(day), style.date);
  const rows = book.plan.tasks.map(({ task, start, end, critical, float }, at) => {
    const row = at + 4;
    const cells = [
      ...[task.code, task.group, task.name, task.owner, task.clause].map((value, i) => text(i, row, value)),
      ...[date(5, row, task.milestone ? null : start), date(6, row, end), number(7, row, task.days)],
      ...[date(8, row, task.by), text(9, row, writeLinks(task.links)), text(10, row, `${task.progress}%`)],
      text(11, row, task.finished !== null ? "－" : critical ? "◎0" : String(float)),
      ...tens.map(({ from, to }, i) =>
        start <= to && end >= from
          ? text(
              12 + i,
              row,
              task.milestone ? "◆" : critical ? "◎" : "■",
              critical ? style.critical : style.bar,
            )
          : text(12 + i, row, ""),
      ),
    ];
    return `<row r="${row}">${cells.join("")}</row>`;
  });
  const title = `<row r="1">${text(0, 1, `${book.contract}　工程表　第${book.version}版`, 0)}</row>`;
  const top = `<row r="2">${tens.map(({ month }, i) => text(12 + i, 2, month, style.head)).join("")}</row>`;
  const head = `<row r="3">${[...heads, ...tens.map(({ name }) => name)].map((value, i) => text(i, 3, value, style.head)).join("")}</row>`;
  const merges = months.map(
    (_, at) => `<mergeCell ref="${columnName(12 + at * 3)}2:${columnName(14 + at * 3)}2"/>`,
  );
  const widths = [7, 14, 40, 12, 9, 12, 12, 6, 12, 14, 7, 7];
  const columns = [
    ...widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`),
    `<col min="13" max="${12 + tens.length}" width="4" customWidth="1"/>`,
  ];
  const sheet = `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane xSplit="3" ySplit="3" topLeftCell="D4" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${title}${top}${head}${rows.join("")}</sheetData><mergeCells count="${merges.length}">${merges.join("")}</mergeCells><pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/></worksheet>`;
  return packed(sheet);
}

function monthsOf({ plan }: PlanBook): string[] {
  const months: string[] = [];
  for (let month = `${plan.from.slice(0, 8)}01`; month <= plan.to; month = addMonths(month, 1))
    months.push(month);
  return months;
}

function packed(sheet: string): Uint8Array {
  const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const edge = ["left", "right", "top", "bottom"].map(
    (side) => `<${side} style="thin"><color rgb="FFCCCCCC"/></${side}>`,
  );
  const fill = (rgb: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
  const xf = (font: number, of: number, border: number, format: number) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="${of}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"/>`;
  const styles = `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><fonts count="3"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="游ゴシック"/></font></fonts><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill("FFE5ECFA")}${fill("FF9DB7F9")}${fill("FF0017C1")}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${edge.join("")}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[xf(1, 0, 0, 0), xf(1, 2, 1, 0), xf(0, 0, 1, 164), xf(0, 3, 1, 0), xf(2, 4, 1, 0), xf(0, 0, 1, 0)].join("")}</cellXfs></styleSheet>`;
  const files: [string, string][] = [
    [
      "[Content_Types].xml",
      `<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="工程表" sheetId="1" r:id="r1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'工程表'!$2:$3</definedName></definedNames></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", styles],
    ["xl/worksheets/sheet1.xml", sheet],
  ];
  const encoder = new TextEncoder();
  const declared = (xml: string) =>
    encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);
  return writeZip(new Map(files.map(([path, xml]) => [path, declared(xml)])));
}
