import { columnName } from "./table.ts";
import type { WordChart } from "./word-model.ts";
import { xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/** 白黒の印刷でも見分けられる濃さの順。 */
const fills = ["333333", "8FA8E8", "BFBFBF", "0017C1", "767676", "E5ECFA"];

/** 棒グラフの部品（グラフ、値の表、その関係）。名 → 中身。 */
export function chartParts(chart: WordChart, number: number): Map<string, Uint8Array> {
  const encoder = new TextEncoder();
  const relations = `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/package" Target="../embeddings/chart${number}.xlsx"/></Relationships>`;
  return new Map<string, Uint8Array>([
    [`word/charts/chart${number}.xml`, encoder.encode(chartXml(chart))],
    [`word/charts/_rels/chart${number}.xml.rels`, encoder.encode(relations)],
    [`word/embeddings/chart${number}.xlsx`, chartWorkbook(chart)],
  ]);
}

/** 棒グラフの部品。place は値のある場所（見出しの行は 1 から）。Excel では同じブックの表を指す。 */
export function chartXml(
  chart: WordChart,
  place: { sheet: string; row: number; columns?: readonly number[] } = { sheet: "Sheet1", row: 1 },
): string {
  const [head, first] = [place.row, place.row + 1];
  const last = chart.categories.length + head;
  const sheet = /^\w+$/.test(place.sheet) ? place.sheet : `'${place.sheet.replaceAll("'", "''")}'`;
  const sheetName = xmlText(sheet);
  const series = chart.series.map((one, at) => {
    const column = columnName(place.columns?.[at] ?? at + 1);
    const points = one.values.map((value, i) => `<c:pt idx="${i}"><c:v>${value}</c:v></c:pt>`).join("");
    const names = chart.categories
      .map((name, i) => `<c:pt idx="${i}"><c:v>${xmlText(name)}</c:v></c:pt>`)
      .join("");
    const fill = `<c:spPr><a:solidFill><a:srgbClr val="${fills[at % fills.length]}"/></a:solidFill></c:spPr>`;
    return `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:strRef><c:f>${sheetName}!$${column}$${head}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xmlText(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>${fill}<c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>${sheetName}!$A$${first}:$A$${last}</c:f><c:strCache><c:ptCount val="${chart.categories.length}"/>${names}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${sheetName}!$${column}$${first}:$${column}$${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${one.values.length}"/>${points}</c:numCache></c:numRef></c:val></c:ser>`;
  });
  const labels =
    '<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>';
  const text = (size: number) =>
    `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}"/></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>`;
  const title = `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1"/></a:pPr><a:r><a:rPr lang="ja-JP" sz="1000" b="1"/><a:t>${xmlText(`${chart.title}（${chart.unit}）`)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
  const line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>';
  const axes = `<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${text(900)}<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>${line}</c:majorGridlines><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${text(900)}<c:crossAx val="1001"/><c:crosses val="autoZero"/></c:valAx>`;
  const legend =
    chart.series.length > 1
      ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${text(900)}</c:legend>`
      : "";
  return `${declaration}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${relationships}"><c:date1904 val="0"/><c:lang val="ja-JP"/><c:roundedCorners val="0"/><c:chart>${title}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series.join("")}${labels}<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>${axes}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>${place.columns === undefined ? '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>' : ""}</c:chartSpace>`;
}

/** 値の表（.xlsx）。Word の「データの編集」が開く。 */
function chartWorkbook(chart: WordChart): Uint8Array {
  const cell = (column: number, row: number, value: string | number) => {
    const at = `${columnName(column)}${row}`;
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  };
  const rows = [
    ["", ...chart.series.map((one) => one.name)],
    ...chart.categories.map((name, i) => [name, ...chart.series.map((one) => one.values[i] ?? 0)]),
  ].map(
    (row, at) =>
      `<row r="${at + 1}">${row.map((value, column) => cell(column, at + 1, value)).join("")}</row>`,
  );
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const files: [string, string][] = [
    [
      "[Content_Types].xml",
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
    [
      "xl/worksheets/sheet1.xml",
      `<worksheet xmlns="${main}"><sheetData>${rows.join("")}</sheetData></worksheet>`,
    ],
  ];
  const encoder = new TextEncoder();
  return writeZip(new Map(files.map(([name, text]) => [name, encoder.encode(`${declaration}${text}`)])));
}
