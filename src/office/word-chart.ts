import { formChartXml } from "./chart-plot.ts";
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
  if (chart.form !== undefined) return formChartXml(chart, place);
  const kind = chart.kind ?? "column";
  const size = (points: number) => Math.round(points * (chart.letters ?? 1));
  const [head, first] = [place.row, place.row + 1];
  const last = chart.categories.length + head;
  const sheet = /^\w+$/.test(place.sheet) ? place.sheet : `'${place.sheet.replaceAll("'", "''")}'`;
  const sheetName = xmlText(sheet);
  const series = chart.series.map((one, at) => {
    const column = columnName(place.columns?.[at] ?? at + 1);
    const points = one.values
      .map((value, i) => (value === null ? "" : `<c:pt idx="${i}"><c:v>${value}</c:v></c:pt>`))
      .join("");
    const names = chart.categories
      .map((name, i) => `<c:pt idx="${i}"><c:v>${xmlText(name)}</c:v></c:pt>`)
      .join("");
    return `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:strRef><c:f>${sheetName}!$${column}$${head}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xmlText(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>${fillXml(kind, at, one.muted)}<c:invertIfNegative val="0"/>${kind === "band" ? bandLabels(one, at, size) : ""}<c:cat><c:strRef><c:f>${sheetName}!$A$${first}:$A$${last}</c:f><c:strCache><c:ptCount val="${chart.categories.length}"/>${names}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${sheetName}!$${column}$${first}:$${column}$${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${one.values.length}"/>${points}</c:numCache></c:numRef></c:val></c:ser>`;
  });
  const title = `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size(1000)}" b="1"/></a:pPr><a:r><a:rPr lang="ja-JP" sz="${size(1000)}" b="1"/><a:t>${xmlText(`${chart.title}（${chart.unit}）`)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
  const legend =
    chart.series.length > 1
      ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${textXml(size(900))}</c:legend>`
      : "";
  const shape = `<c:barDir val="${kind === "column" ? "col" : "bar"}"/><c:grouping val="${kind === "band" ? "percentStacked" : "clustered"}"/>`;
  const labels =
    kind === "band"
      ? ""
      : labelsXml(
          kind,
          `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${chart.letters ? textXml(size(900)) : ""}`,
        );
  const gap = kind === "column" ? 60 : 45;
  return `${declaration}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${relationships}"><c:date1904 val="0"/><c:lang val="ja-JP"/><c:roundedCorners val="0"/><c:chart>${title}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>${shape}<c:varyColors val="0"/>${series.join("")}${labels}<c:gapWidth val="${gap}"/>${kind === "band" ? '<c:overlap val="100"/>' : ""}<c:axId val="1001"/><c:axId val="1002"/></c:barChart>${axesXml(kind, textXml(size(900)))}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>${place.columns === undefined ? '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>' : ""}</c:chartSpace>`;
}

type Kind = NonNullable<WordChart["kind"]>;

function textXml(size: number, color?: string): string {
  const fill = color ? `<a:solidFill><a:srgbClr val="${color}"/></a:solidFill>` : "";
  return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}">${fill}</a:defRPr></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>`;
}

/** 帯の色（画面の帯グラフと同じ）。濃い地の字は白。末の色は斜線。 */
const bandFills = ["00118F", "4979F5", "C5D7FB", "B3B3B3", "7096F8", "E6E6E6", "0031D8", "949494"];
const darkFills = new Set(["00118F", "0031D8"]);

function fillXml(kind: Kind, at: number, muted = false): string {
  const white = '<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>';
  const color = kind === "column" ? fills[at % fills.length] : bandFills[at % bandFills.length];
  const hatch =
    '<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="949494"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>';
  if (muted && kind === "band") return `<c:spPr>${hatch}${white}</c:spPr>`;
  return `<c:spPr><a:solidFill><a:srgbClr val="${color}"/></a:solidFill>${kind === "band" ? white : ""}</c:spPr>`;
}

function labelsXml(kind: Kind, look: string, before = ""): string {
  return `<c:dLbls>${before}${kind === "column" ? "" : '<c:numFmt formatCode="0.0" sourceLinked="0"/>'}${look}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`;
}

function thinPoints(values: readonly (number | null)[]): string {
  return values
    .flatMap((value, i) =>
      value === null || value < 4 ? [`<c:dLbl><c:idx val="${i}"/><c:delete val="1"/></c:dLbl>`] : [],
    )
    .join("");
}

/** 細い帯の数を消す印（名前空間つきの一つの要素の中に並べる）。 */
export function thinLabels(values: readonly (number | null)[]): Uint8Array {
  const chart = "http://schemas.openxmlformats.org/drawingml/2006/chart";
  return new TextEncoder().encode(`<c:dLbls xmlns:c="${chart}">${thinPoints(values)}</c:dLbls>`);
}

/** 帯の中の数。細い帯（4 に満たない）には書かない。 */
function bandLabels(
  { values, muted }: WordChart["series"][number],
  at: number,
  size: (points: number) => number,
): string {
  const dark = !muted && darkFills.has(bandFills[at % bandFills.length] ?? "");
  const color = dark ? "FFFFFF" : "000000";
  return labelsXml(
    "band",
    `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textXml(size(800), color)}`,
    thinPoints(values),
  );
}

function axesXml(kind: Kind, text: string): string {
  const line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>';
  const flat = kind !== "column";
  const scaling = (order: string, limits: string) =>
    `<c:scaling><c:orientation val="${order}"/>${limits}</c:scaling>`;
  // 横の棒は、はじめの区分を上に置くために軸を逆に並べ、数の軸を上でなく下に出す。
  const names = `<c:catAx><c:axId val="1001"/>${scaling(flat ? "maxMin" : "minMax", "")}<c:delete val="0"/><c:axPos val="${flat ? "l" : "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${text}<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>`;
  const values = `<c:valAx><c:axId val="1002"/>${scaling("minMax", '<c:min val="0"/>')}<c:delete val="${kind === "bar" ? 1 : 0}"/><c:axPos val="${flat ? "b" : "l"}"/>${kind === "bar" ? "" : `<c:majorGridlines>${line}</c:majorGridlines>`}<c:numFmt formatCode="${kind === "band" ? "0%" : "#,##0"}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${text}<c:crossAx val="1001"/><c:crosses val="${flat ? "max" : "autoZero"}"/></c:valAx>`;
  return `${names}${values}`;
}

/** 値の表（.xlsx）。Word の「データの編集」が開く。 */
export function chartWorkbook(chart: WordChart): Uint8Array {
  const cell = (column: number, row: number, value: string | number | null) => {
    if (value === null) return "";
    const at = `${columnName(column)}${row}`;
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  };
  const rows = [
    ["", ...chart.series.map((one) => one.name)],
    ...chart.categories.map((name, i) => [name, ...chart.series.map((one) => one.values[i] ?? null)]),
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
