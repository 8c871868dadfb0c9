import {
  attributeOf,
  childOf,
  childrenOf,
  firstNamed,
  localName,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import type { FigureForm } from "./manuscript.ts";

/** グラフに残っている値。 */
export interface WordChart {
  title: string;
  form: FigureForm;
  /** 1列目が項目、1行目が系列の名。 */
  csv: string;
}

/** グラフの部品（chartN.xml）の、写しの値を読む。値が残っていなければ undefined。 */
export function readWordChart(chart: XmlElement): WordChart | undefined {
  const plot = firstNamed(chart, "plotArea");
  const drawn = plot && childrenOf(plot).find((one) => /Chart$/.test(localName(one)));
  if (!plot || !drawn) return undefined;
  const series = childrenOf(plot)
    .filter((one) => /Chart$/.test(localName(one)))
    .flatMap((one) => childrenOf(one).filter((child) => localName(child) === "ser"));
  const first = series[0];
  if (!first) return undefined;
  const categories = pointsOf(firstNamed(first, "cat"));
  const columns = series.map((one, at) => ({
    name: pointsOf(firstNamed(one, "tx"))[0] ?? `系列${at + 1}`,
    values: pointsOf(firstNamed(one, "val")),
  }));
  const rows = Math.max(categories.length, ...columns.map(({ values }) => values.length));
  if (rows === 0 || columns.every(({ values }) => values.length === 0)) return undefined;
  const lines = Array.from({ length: rows }, (_, at) => [
    categories[at] ?? `項目${at + 1}`,
    ...columns.map(({ values }) => values[at] ?? ""),
  ]);
  const title = firstNamed(chart, "title");
  return {
    title: title ? wordsOf(title) : "",
    form: formOf(drawn),
    csv: `${[["項目", ...columns.map(({ name }) => name)], ...lines].map(csvLine).join("\n")}\n`,
  };
}

function formOf(drawn: XmlElement): FigureForm {
  const value = (name: string) => {
    const found = childOf(drawn, name) ?? childrenOf(drawn).find((one) => localName(one) === name);
    return found && attributeOf(found, "val");
  };
  const name = localName(drawn);
  if (/^(line|area|scatter|radar)/.test(name)) return "line";
  if (/^(pie|doughnut|ofPie)/.test(name)) return "pie";
  if (value("grouping") === "percentStacked") return "percent";
  if (value("grouping") === "stacked") return "stacked";
  return value("barDir") === "bar" ? "bar" : "column";
}

/** 写し（strCache、numCache）の値を、番号の順に。間の欠けは空。 */
function pointsOf(element: XmlElement | undefined): string[] {
  const cache =
    element &&
    (firstNamed(element, "strCache") ?? firstNamed(element, "numCache") ?? firstNamed(element, "numLit"));
  if (!cache) return element && firstNamed(element, "v") ? [wordsOf(element)] : [];
  const points: string[] = [];
  for (const one of childrenOf(cache)) {
    const at = Number(attributeOf(one, "idx"));
    if (localName(one) !== "pt" || !Number.isInteger(at) || at < 0 || at > 2000) continue;
    while (points.length < at) points.push("");
    const value = childrenOf(one).find((child) => localName(child) === "v");
    points[at] = value ? textOf(value).trim() : "";
  }
  return points;
}

function wordsOf(element: XmlElement): string {
  const own = /^(t|v)$/.test(localName(element)) ? textOf(element) : "";
  return (own + childrenOf(element).map(wordsOf).join("")).trim();
}

function csvLine(cells: readonly string[]): string {
  return cells
    .map((one) => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one.replaceAll(/\s+/g, " ")))
    .join(",");
}
