import { inkOn } from "./colour.ts";
import { columnName } from "./table.ts";
import type { WordChart } from "./word-model.ts";
import { xmlText } from "./word-text.ts";

/** 値のある場所（見出しの行は 1 から）。 */
interface ChartPlace {
  sheet: string;
  row: number;
  columns?: readonly number[];
}

/** 色の決まりのない図の色。白黒の印刷でも見分けられる濃さの順。 */
const defaultFills = ["17508C", "DE7A33", "2B5F50", "5C97D4", "7A3F14", "8A929B"];

/** 系列（円では項目）の色。 */
function chartColours({ colours = [] }: WordChart): readonly string[] {
  return colours.length > 0 ? colours : defaultFills;
}

const solid = (rgb: string) => `<a:solidFill><a:srgbClr val="${rgb}"/></a:solidFill>`;
const line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>';

/** グラフの字の大きさ（百分の一ポイント）。 */
function sizeOf({ size = 9 }: WordChart): number {
  return Math.round(size * 100);
}

/** グラフの字の形。 */
function chartText(size: number, colour?: string): string {
  const fill = colour ? solid(colour) : "";
  return `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}">${fill}</a:defRPr></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** form のある図の部品（c:chartSpace）。字は、日本語もテーマの書体に従う（指定しないと、游明朝に替わることがある）。 */
export function formChartXml(chart: WordChart, place: ChartPlace): string {
  const title =
    chart.title === ""
      ? '<c:autoTitleDeleted val="1"/>'
      : `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1"/></a:pPr><a:r><a:rPr lang="ja-JP" sz="1000" b="1"/><a:t>${xmlText(`${chart.title}（${chart.unit}）`)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>`;
  const legend =
    chart.series.length > 1 && chart.form !== "pie"
      ? `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${chartText(sizeOf(chart))}</c:legend>`
      : "";
  const font =
    '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:defRPr></a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr>';
  const workbook =
    place.columns === undefined ? '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>' : "";
  return `${declaration}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${relationships}"><c:date1904 val="0"/><c:lang val="ja-JP"/><c:roundedCorners val="0"/><c:chart>${title}<c:plotArea><c:layout/>${plotXml(chart, place)}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>${font}${workbook}</c:chartSpace>`;
}

/** 図の本体（c:plotArea の中の、軸まで）。 */
function plotXml(chart: WordChart, place: ChartPlace): string {
  const form = chart.form ?? "column";
  if (form === "pie")
    return `<c:pieChart><c:varyColors val="1"/>${seriesXml(chart, place)}<c:firstSliceAng val="0"/></c:pieChart>`;
  const ids = '<c:axId val="1001"/><c:axId val="1002"/>';
  if (form === "line")
    return `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${seriesXml(chart, place)}${labelsXml(chart)}<c:marker val="1"/>${ids}</c:lineChart>${axesXml(chart, false)}`;
  const flat = form === "bar" || form === "percent";
  const grouping = form === "stacked" ? "stacked" : form === "percent" ? "percentStacked" : "clustered";
  const overlap = grouping === "clustered" ? "" : '<c:overlap val="100"/>';
  return `<c:barChart><c:barDir val="${flat ? "bar" : "col"}"/><c:grouping val="${grouping}"/><c:varyColors val="0"/>${seriesXml(chart, place)}${labelsXml(chart)}<c:gapWidth val="${grouping === "clustered" ? 60 : 45}"/>${overlap}${ids}</c:barChart>${axesXml(chart, flat)}`;
}

function seriesXml(chart: WordChart, place: ChartPlace): string {
  const [head, first] = [place.row, place.row + 1];
  const last = chart.categories.length + head;
  const sheet = /^\w+$/.test(place.sheet) ? place.sheet : `'${place.sheet.replaceAll("'", "''")}'`;
  const sheetName = xmlText(sheet);
  const fills = chartColours(chart);
  const form = chart.form ?? "column";
  const names = chart.categories
    .map((name, i) => `<c:pt idx="${i}"><c:v>${xmlText(name)}</c:v></c:pt>`)
    .join("");
  // 円は一つの系列だけを描く。
  const shown = form === "pie" ? chart.series.slice(0, 1) : chart.series;
  return shown
    .map((one, at) => {
      const column = columnName(place.columns?.[at] ?? at + 1);
      const points = one.values
        .map((value, i) => (value === null ? "" : `<c:pt idx="${i}"><c:v>${value}</c:v></c:pt>`))
        .join("");
      const fill = fills[at % fills.length] ?? "333333";
      const name = `<c:tx><c:strRef><c:f>${sheetName}!$${column}$${head}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xmlText(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>`;
      const data = `<c:cat><c:strRef><c:f>${sheetName}!$A$${first}:$A$${last}</c:f><c:strCache><c:ptCount val="${chart.categories.length}"/>${names}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${sheetName}!$${column}$${first}:$${column}$${last}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${one.values.length}"/>${points}</c:numCache></c:numRef></c:val>`;
      return `<c:ser><c:idx val="${at}"/><c:order val="${at}"/>${name}${seriesLook(chart, at, fill)}${data}${form === "line" ? '<c:smooth val="0"/>' : ""}</c:ser>`;
    })
    .join("");
}

/** 系列の色と、積み上げと円では系列ごとの値の字の色。 */
function seriesLook(chart: WordChart, at: number, fill: string): string {
  const form = chart.form ?? "column";
  if (form === "line") {
    const symbol = ["circle", "square", "triangle", "diamond"][at % 4];
    return `<c:spPr><a:ln w="28575" cap="rnd">${solid(fill)}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="${symbol}"/><c:size val="7"/><c:spPr>${solid(fill)}</c:spPr></c:marker>`;
  }
  if (form === "pie") {
    const fills = chartColours(chart);
    const edge = '<a:ln w="12700"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>';
    const slices = chart.categories
      .map(
        (_, i) =>
          `<c:dPt><c:idx val="${i}"/><c:bubble3D val="0"/><c:spPr>${solid(fills[i % fills.length] ?? "333333")}${edge}</c:spPr></c:dPt>`,
      )
      .join("");
    return `${slices}<c:dLbls>${formatOf(chart)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${chartText(sizeOf(chart))}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="1"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/><c:separator>\n</c:separator></c:dLbls>`;
  }
  const stacked = form === "stacked" || form === "percent";
  const edge = stacked ? '<a:ln w="6350"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>' : "";
  const labels = stacked ? labelsXml(chart, inkOn(fill)) : "";
  return `<c:spPr>${solid(fill)}${edge}</c:spPr><c:invertIfNegative val="0"/>${labels}`;
}

function formatOf(chart: WordChart): string {
  if (chart.form === undefined) return "";
  const decimal = chart.series.some(({ values }) =>
    values.some((value) => value !== null && !Number.isInteger(value)),
  );
  return `<c:numFmt formatCode="${decimal ? "#,##0.0" : "#,##0"}" sourceLinked="0"/>`;
}

function labelsXml(chart: WordChart, colour?: string): string {
  const size = chart.form === undefined ? "" : chartText(sizeOf(chart), colour);
  return `<c:dLbls>${formatOf(chart)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${size}${chart.form === "line" ? '<c:dLblPos val="t"/>' : ""}<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`;
}

/** 項目の軸と値の軸。横棒では、はじめの項目が上に来るように向きを逆にする。 */
function axesXml(chart: WordChart, flat: boolean): string {
  const order = flat ? "maxMin" : "minMax";
  const percent = chart.form === "percent";
  const numbers = percent ? "0%" : "#,##0";
  const low = chart.form === "line" ? lineFloor(chart) : 0;
  const scale = `<c:scaling><c:orientation val="minMax"/>${percent ? '<c:max val="1"/>' : ""}<c:min val="${low}"/></c:scaling>`;
  const unit = chart.form === undefined || percent ? "" : unitTitle(chart.unit, flat, sizeOf(chart));
  const grid = flat ? "" : `<c:majorGridlines>${line}</c:majorGridlines>`;
  const category = `<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="${order}"/></c:scaling><c:delete val="0"/><c:axPos val="${flat ? "l" : "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${chartText(sizeOf(chart))}<c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>`;
  const value = `<c:valAx><c:axId val="1002"/>${scale}<c:delete val="${flat && !percent ? 1 : 0}"/><c:axPos val="${flat ? "b" : "l"}"/>${grid}${unit}<c:numFmt formatCode="${numbers}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${line}${chartText(sizeOf(chart))}<c:crossAx val="1001"/><c:crosses val="${flat ? "max" : "autoZero"}"/></c:valAx>`;
  return category + value;
}

/** 折れ線の軸の始まり: 値の幅が小さいときだけ、0 でない切りのよい数から。 */
function lineFloor(chart: WordChart): number {
  const values = chart.series.flatMap((one) => one.values.filter((value) => value !== null));
  if (values.length === 0) return 0;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(low > 0) || high - low > low / 2) return 0;
  const step = 10 ** Math.floor(Math.log10(low));
  return Math.floor(low / step) * step;
}

function unitTitle(unit: string, flat: boolean, size: number): string {
  if (unit === "" || flat) return "";
  return `<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}" b="0"/></a:pPr><a:r><a:rPr lang="ja-JP" sz="${size}" b="0"/><a:t>${xmlText(`（${unit}）`)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
}
