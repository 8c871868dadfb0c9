import { xmlText } from "../office/word-text.ts";
import { writeZip } from "../office/zip.ts";
import type { RosterView } from "./read-roster.ts";
import { duties, isPresent } from "./roster.ts";

/** 勤務表の Excel。一枚目は人 × 半時間、二枚目は半時間ごとの数。 */
export function rosterWorkbook(view: RosterView): Uint8Array {
  const nameOf = new Map(view.handlers.map(({ id, number, name }) => [id, [number, name] as const]));
  const grid = [
    ["従業者番号", "氏名", "役", "始まり", "終わり", "昼休み", ...view.slots.map(({ start }) => start)],
    ...view.shifts.map((shift) => {
      const [number, name] = nameOf.get(shift.handlerId) ?? ["", "（退職）"];
      const lunch = shift.lunch ? `${shift.lunch.starts}–${shift.lunch.ends}` : "";
      const here = view.slots.map(({ start }) => (isPresent(shift, start) ? "●" : ""));
      return [number, name, duties[shift.duty], shift.starts, shift.ends, lunch, ...here];
    }),
  ];
  const counts = [
    ["時間帯", "SV", "OP", "SV兼OP", "席に着く人", "要る席", "不足", "欠け"],
    ...view.slots.map((slot) => [
      ...[slot.start, slot.supervisors, slot.operators, slot.both, slot.seats, slot.need, slot.short],
      slot.missing ?? "",
    ]),
  ];
  return workbook([
    { name: `勤務表 ${view.day}`, rows: grid, widths: [11, 16, 8, 8, 8, 13, ...view.slots.map(() => 7)] },
    { name: "半時間ごと", rows: counts, widths: [9, 6, 6, 9, 11, 8, 7, 24] },
  ]);
}

interface Sheet {
  name: string;
  rows: readonly (readonly (string | number)[])[];
  widths: readonly number[];
}

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

function workbook(sheets: readonly Sheet[]): Uint8Array {
  const each = <T>(draw: (sheet: Sheet, n: number) => T) => sheets.map((sheet, at) => draw(sheet, at + 1));
  const parts: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`).join("")}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each(({ name }, n) => `<sheet name="${xmlText(name)}" sheetId="${n}" r:id="r${n}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packages}/relationships">${each((_, n) => `<Relationship Id="r${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="s" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10"/><name val="游ゴシック"/></font><font><b/><sz val="10"/><name val="游ゴシック"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/><xf xfId="0" borderId="1" applyBorder="1"/></cellXfs></styleSheet>`,
  };
  for (const [at, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(sheet);
  const encoder = new TextEncoder();
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return writeZip(
    new Map(Object.entries(parts).map(([path, xml]) => [path, encoder.encode(`${head}${xml}`)])),
  );
}

function sheetXml({ rows, widths }: Sheet): string {
  const cols = widths.map(
    (wide, at) => `<col min="${at + 1}" max="${at + 1}" width="${wide}" customWidth="1"/>`,
  );
  const lines = rows.map((row, at) => {
    const cells = row.map((value) =>
      typeof value === "number"
        ? `<c s="${at === 0 ? 1 : 2}"><v>${value}</v></c>`
        : `<c s="${at === 0 ? 1 : 2}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`,
    );
    return `<row r="${at + 1}">${cells.join("")}</row>`;
  });
  return `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join("")}</cols><sheetData>${lines.join("")}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}
