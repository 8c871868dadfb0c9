import { AppError } from "../base/error.ts";
import { figureOfMark } from "./figure-mark.ts";
import { columnName } from "./table.ts";
import { chartWorkbook, thinLabels } from "./word-chart.ts";
import type { WordChart } from "./word-model.ts";
import {
  attributeOf,
  childrenOf,
  descendantsOf,
  escapeXml,
  firstNamed,
  localName,
  parseXml,
  setAttribute,
  type XmlElement,
  xmlBytes,
} from "./xml-tree.ts";
import { openZip, writeZip } from "./zip.ts";

/**
 * Word の中のグラフの値を、図形の名（docPr の name）で見分けて入れ替える。色・書体・大きさ・軸の形は、文書のまま。
 * 系列が増えれば最後の系列の形を写し、減れば外す。埋め込みの値の表も新しくする。
 * @returns filled は入れ替えた名、missing は渡したのに文書になかった名
 * @throws AppError BAD_INPUT（Word の文書でない、壊れている）
 */
export function refillCharts(
  docx: Uint8Array,
  charts: ReadonlyMap<string, WordChart>,
): { bytes: Uint8Array; filled: string[]; missing: string[] } {
  const parts = openZip(docx);
  const body = parts.get("word/document.xml");
  const rels = parts.get("word/_rels/document.xml.rels");
  if (!body || !rels)
    throw new AppError(
      "BAD_INPUT",
      "Word の文書（.docx）ではありません。Word で保存したファイルを選んでください。",
    );
  const targets = relationTargets(parseXml(rels), "word/");
  const filled: string[] = [];
  for (const [name, relation] of namedCharts(parseXml(body))) {
    const chart = charts.get(name);
    const path = targets.get(relation);
    const part = path === undefined ? undefined : parts.get(path);
    if (!chart || path === undefined || !part) continue;
    parts.set(path, xmlBytes(refill(parseXml(part), chart)));
    const book = embeddedBook(parts, path);
    if (book !== undefined) parts.set(book, chartWorkbook(chart));
    filled.push(name);
  }
  const missing = [...charts.keys()].filter((name) => !filled.includes(name));
  return { bytes: writeZip(parts), filled, missing };
}

/** 文書の中の、名のあるグラフ（名 → 関係の id）。 */
function namedCharts(body: XmlElement): Map<string, string> {
  const found = new Map<string, string>();
  for (const frame of descendantsOf(body, (one) => ["inline", "anchor"].includes(localName(one)))) {
    const name = firstNamed(frame, "docPr");
    const relation = chartRelation(frame);
    const text = name && attributeOf(name, "name");
    if (text !== undefined && relation !== undefined) found.set(text, relation);
    // 名は写したときに替わることがある。代わりの文に書いた図の番号は残る。
    const [, id] = /［図の番号 ([^］]+)］/.exec((name && attributeOf(name, "descr")) ?? "") ?? [];
    if (id !== undefined && relation !== undefined) found.set(`図 ${id}`, relation);
  }
  for (const [name, relation] of markedCharts(body)) if (!found.has(name)) found.set(name, relation);
  return found;
}

/** 中のグラフの、関係の id。 */
function chartRelation(element: XmlElement): string | undefined {
  const chart = firstNamed(element, "chart");
  return chart?.attrs.find(([key]) => key.replace(/^.*:/, "") === "id")?.[1];
}

/** しおりで囲まれたグラフ。LibreOffice で保存し直した文書では、名も代わりの文もなくなっている。 */
function markedCharts(body: XmlElement): Map<string, string> {
  const found = new Map<string, string>();
  for (const paragraph of descendantsOf(body, (one) => localName(one) === "p")) {
    const relation = chartRelation(paragraph);
    if (relation === undefined) continue;
    for (const mark of descendantsOf(paragraph, (one) => localName(one) === "bookmarkStart")) {
      const name = figureOfMark(attributeOf(mark, "w:name") ?? "");
      if (name !== undefined) found.set(name, relation);
    }
  }
  return found;
}

function relationTargets(root: XmlElement, folder: string): Map<string, string> {
  return new Map(
    childrenOf(root).map((one) => {
      const target = attributeOf(one, "Target") ?? "";
      return [attributeOf(one, "Id") ?? "", resolve(folder, target)];
    }),
  );
}

function resolve(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const steps = `${folder}${target}`.split("/");
  const path: string[] = [];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(step);
  }
  return path.join("/");
}

function embeddedBook(parts: ReadonlyMap<string, Uint8Array>, chart: string): string | undefined {
  const at = chart.lastIndexOf("/");
  const rels = parts.get(`${chart.slice(0, at)}/_rels${chart.slice(at)}.rels`);
  if (!rels) return undefined;
  const targets = [...relationTargets(parseXml(rels), `${chart.slice(0, at)}/`).values()];
  return targets.find((path) => /\.xlsx$/i.test(path) && parts.has(path));
}

function refill(root: XmlElement, chart: WordChart): XmlElement {
  const plot = descendantsOf(
    root,
    (one) => /Chart$/.test(localName(one)) && childrenOf(one).some(isSeries),
  )[0];
  if (!plot) return root;
  const series = childrenOf(plot).filter(isSeries);
  const last = series.at(-1);
  if (!last) return root;
  const wanted = chart.series.map((one, at) => {
    const element = series[at] ?? (structuredClone(last) as XmlElement);
    fillSeries(element, chart, one, at);
    return element;
  });
  const first = plot.children.findIndex((one) => typeof one !== "string" && isSeries(one));
  const others = plot.children.filter((one) => typeof one === "string" || !isSeries(one));
  plot.children = [...others.slice(0, first), ...wanted, ...others.slice(first)];
  return root;
}

function isSeries(one: XmlElement): boolean {
  return localName(one) === "ser";
}

function fillSeries(
  element: XmlElement,
  chart: WordChart,
  series: WordChart["series"][number],
  at: number,
): void {
  const child = (name: string) => childrenOf(element).find((one) => localName(one) === name);
  for (const name of ["idx", "order"]) {
    const one = child(name);
    if (one) setAttribute(one, "val", String(at));
  }
  const last = chart.categories.length + 1;
  const column = columnName(at + 1);
  fillCache(child("tx"), `Sheet1!$${column}$1`, [series.name]);
  fillCache(child("cat"), `Sheet1!$A$2:$A$${last}`, chart.categories);
  fillCache(child("val"), `Sheet1!$${column}$2:$${column}$${last}`, series.values);
  const labels = child("dLbls");
  if (!labels || chart.kind !== "band") return;
  // 細い帯の数を消す印は、値が変わったので付け直す。
  const kept = labels.children.filter((one) => typeof one === "string" || localName(one) !== "dLbl");
  labels.children = [...childrenOf(parseXml(thinLabels(series.values))), ...kept];
}

/** 参照の式と、値の控え。 */
function fillCache(
  holder: XmlElement | undefined,
  formula: string,
  values: readonly (string | number | null)[],
): void {
  if (!holder) return;
  const reference = firstNamed(holder, "f");
  if (reference) reference.children = [escapeXml(formula)];
  const cache = descendantsOf(holder, (one) => ["strCache", "numCache"].includes(localName(one)))[0];
  if (!cache) return;
  const prefix = cache.name.includes(":") ? `${cache.name.split(":")[0]}:` : "";
  const count = childrenOf(cache).find((one) => localName(one) === "ptCount");
  if (count) setAttribute(count, "val", String(values.length));
  const points = values.flatMap((value, i): XmlElement[] =>
    value === null
      ? []
      : [
          {
            ...{ name: `${prefix}pt`, attrs: [["idx", String(i)]] },
            children: [{ name: `${prefix}v`, attrs: [], children: [escapeXml(String(value))] }],
          },
        ],
  );
  cache.children = [
    ...cache.children.filter((one) => typeof one !== "string" && localName(one) !== "pt"),
    ...points,
  ];
}
