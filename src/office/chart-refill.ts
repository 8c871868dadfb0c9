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
  unescapeXml,
  type XmlElement,
  xmlBytes,
} from "./xml-tree.ts";
import { openZip, writeZip } from "./zip.ts";

/** 入れ替えの結果。どのグラフも黙って残さない。 */
export interface RefilledCharts {
  bytes: Uint8Array;
  /** 入れ替えた名（文書の順、同じ名は一度）。 */
  filled: string[];
  /** 渡したのに、文書になかった名。 */
  missing: string[];
  /** 名のしるしがなくなっていたので、系列と項目の名で見分けたもの。 */
  guessed: string[];
  /** 同じ図のグラフが二つ以上あったもの（どれも入れ替えた）と、その数。 */
  copies: { name: string; count: number }[];
  /** どの図か分からないので、そのままにしたグラフの数。 */
  unknown: number;
  /** 値を入れられなかったもの（系列の形が違う）。 */
  unfilled: string[];
}

/**
 * Word の中のグラフの値を、図形の名（docPr の name）で見分けて入れ替える。色・書体・大きさ・軸の形は、文書のまま。
 * 名がなくなっていれば、代わりの文・しおり・系列と項目の名の順に見分ける（同じものが二つあれば、決めない）。
 * 系列が増えれば最後の系列の形を写し、減れば外す。埋め込みの値の表も新しくする。
 * @throws AppError BAD_INPUT（Word の文書でない、壊れている）
 */
export function refillCharts(docx: Uint8Array, charts: ReadonlyMap<string, WordChart>): RefilledCharts {
  const parts = openZip(docx);
  const body = parts.get("word/document.xml");
  const rels = parts.get("word/_rels/document.xml.rels");
  if (!body || !rels)
    throw new AppError(
      "BAD_INPUT",
      "Word の文書（.docx）ではありません。Word で保存したファイルを選んでください。",
    );
  const targets = relationTargets(parseXml(rels), "word/");
  const roots = new Map<string, XmlElement>();
  const placed = placedCharts(parseXml(body)).map(({ names, relation }) => {
    const path = targets.get(relation);
    const part = path === undefined ? undefined : parts.get(path);
    const root = (path !== undefined && roots.get(path)) || (part && parseXml(part));
    if (path !== undefined && root) roots.set(path, root);
    return { path, root, name: names.find((one) => charts.has(one)) };
  });
  // 同じグラフを指す枠は、しるしが一つにだけ残っていても、同じ図。
  const byPath = new Map(placed.flatMap(({ path, name }) => (path && name ? [[path, name] as const] : [])));
  for (const one of placed) one.name ??= one.path === undefined ? undefined : byPath.get(one.path);
  const named = new Set(placed.flatMap(({ name }) => name ?? []));
  const guesses = guessNames(
    [...new Set(placed.filter(({ name }) => name === undefined).flatMap(({ root }) => root ?? []))],
    new Map([...charts].filter(([name]) => !named.has(name))),
  );
  const found: Found[] = placed.map((one) => ({
    ...one,
    name: one.name ?? (one.root && guesses.get(one.root)),
  }));
  const done = new Map<string, boolean>();
  for (const { path, root, name } of found) {
    const chart = name === undefined ? undefined : charts.get(name);
    if (!chart || path === undefined || !root || done.has(path)) continue;
    const ok = refill(root, chart);
    done.set(path, ok);
    if (!ok) continue;
    parts.set(path, xmlBytes(root));
    const book = embeddedBook(parts, path);
    if (book === undefined) continue;
    // LibreOffice の保存は、値の表を落として、指す先だけを残すことがある。
    if (!parts.has(book)) allowWorkbooks(parts);
    parts.set(book, chartWorkbook(chart));
  }
  return { bytes: writeZip(parts), ...toldOf(found, done, charts, new Set(guesses.values())) };
}

interface Found {
  path: string | undefined;
  root: XmlElement | undefined;
  name: string | undefined;
}

function toldOf(
  found: readonly Found[],
  done: ReadonlyMap<string, boolean>,
  charts: ReadonlyMap<string, WordChart>,
  guessed: ReadonlySet<string>,
): Omit<RefilledCharts, "bytes"> {
  const counts = new Map<string, number>();
  const unfilled = new Set<string>();
  let unknown = 0;
  for (const { path, name } of found)
    if (name === undefined || path === undefined || !done.has(path)) unknown += 1;
    else if (done.get(path)) counts.set(name, (counts.get(name) ?? 0) + 1);
    else unfilled.add(name);
  return {
    ...{ filled: [...counts.keys()], unknown, unfilled: [...unfilled] },
    missing: [...charts.keys()].filter((name) => !counts.has(name) && !unfilled.has(name)),
    guessed: [...guessed].filter((name) => counts.has(name)),
    copies: [...counts].flatMap(([name, count]) => (count > 1 ? [{ name, count }] : [])),
  };
}

/** 文書の中のグラフの一つずつ（文書の順）: 関係の id と、見分ける名（確かなものから）。 */
function placedCharts(body: XmlElement): { relation: string; names: string[] }[] {
  const marks = markedCharts(body);
  return descendantsOf(body, (one) => ["inline", "anchor"].includes(localName(one))).flatMap((frame) => {
    const relation = chartRelation(frame);
    if (relation === undefined) return [];
    const about = firstNamed(frame, "docPr");
    // 図形の名は、写したときに替わることがある。代わりの文に書いた図の番号は残る。
    const [, id] = /［図の番号 ([^］]+)］/.exec((about && attributeOf(about, "descr")) ?? "") ?? [];
    const names = [id === undefined ? "" : `図 ${id}`, (about && attributeOf(about, "name")) ?? ""];
    return [{ relation, names: [...names, marks.get(frame) ?? ""].filter(Boolean) }];
  });
}

/**
 * しるしのないグラフの名: 系列と項目の名の、どちらもが合う図が一つだけで、そういうグラフも一つだけ（写しは除く）のとき。
 */
function guessNames(
  roots: readonly XmlElement[],
  charts: ReadonlyMap<string, WordChart>,
): Map<XmlElement, string> {
  const wanted = Map.groupBy(charts, ([, { form, series, categories }]) =>
    printOf(
      (form === "pie" ? series.slice(0, 1) : series).map(({ name }) => name),
      categories,
    ),
  );
  const given = Map.groupBy(roots, (root) => {
    const all = seriesOf(root);
    const words = (name: string) =>
      all.map(({ element }) => cachedWords(childrenOf(element).find((one) => localName(one) === name)));
    return printOf(
      words("tx").map((names) => names[0] ?? ""),
      words("cat")[0] ?? [],
    );
  });
  return new Map(
    [...given].flatMap(([print, same]): [XmlElement, string][] => {
      const [only, ...others] = wanted.get(print) ?? [];
      return only && others.length === 0 && same.length === 1 ? same.map((root) => [root, only[0]]) : [];
    }),
  );
}

function printOf(series: readonly string[], categories: readonly string[]): string {
  const plain = (text: string) => text.normalize("NFKC").replace(/\s+/g, "");
  return JSON.stringify([series.map(plain), categories.map(plain)]);
}

/** 控えの言葉。 */
function cachedWords(holder: XmlElement | undefined): string[] {
  if (!holder) return [];
  return descendantsOf(holder, (one) => localName(one) === "pt").map((point) => {
    const value = childrenOf(point).find((one) => localName(one) === "v");
    return unescapeXml(value?.children.filter((one) => typeof one === "string").join("") ?? "");
  });
}

/** 中のグラフの、関係の id。 */
function chartRelation(element: XmlElement): string | undefined {
  const chart = firstNamed(element, "chart");
  return chart?.attrs.find(([key]) => key.replace(/^.*:/, "") === "id")?.[1];
}

/** しおりで囲まれたグラフ。LibreOffice で保存し直した文書では、名も代わりの文もなくなっている。 */
function markedCharts(body: XmlElement): Map<XmlElement, string> {
  const found = new Map<XmlElement, string>();
  for (const paragraph of descendantsOf(body, (one) => localName(one) === "p")) {
    const frames = descendantsOf(paragraph, (one) => ["inline", "anchor"].includes(localName(one)));
    const [frame] = frames.filter((one) => chartRelation(one) !== undefined);
    if (!frame) continue;
    for (const mark of descendantsOf(paragraph, (one) => localName(one) === "bookmarkStart")) {
      const name = figureOfMark(attributeOf(mark, "w:name") ?? "");
      if (name !== undefined) found.set(frame, name);
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

/** 値の表の場所。 */
function embeddedBook(parts: ReadonlyMap<string, Uint8Array>, chart: string): string | undefined {
  const at = chart.lastIndexOf("/");
  const rels = parts.get(`${chart.slice(0, at)}/_rels${chart.slice(at)}.rels`);
  if (!rels) return undefined;
  const targets = [...relationTargets(parseXml(rels), `${chart.slice(0, at)}/`).values()];
  return targets.find((path) => /\.xlsx$/i.test(path));
}

/** .xlsx の種類を、文書の部品の一覧に足す（あれば、そのまま）。 */
function allowWorkbooks(parts: Map<string, Uint8Array>): void {
  const name = "[Content_Types].xml";
  const types = parts.get(name);
  if (!types) return;
  const root = parseXml(types);
  const known = childrenOf(root).some((one) => attributeOf(one, "Extension")?.toLowerCase() === "xlsx");
  if (known) return;
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  root.children.unshift({
    ...{ name: "Default", children: [] },
    attrs: [
      ["Extension", "xlsx"],
      ["ContentType", type],
    ],
  });
  parts.set(name, xmlBytes(root));
}

interface PlacedSeries {
  plot: XmlElement;
  element: XmlElement;
}

/** 系列の全部（棒と折れ線の組み合わせでも、順に）。 */
function seriesOf(root: XmlElement): PlacedSeries[] {
  const order = ({ element }: PlacedSeries) =>
    Number(attributeOf(firstNamed(element, "order") ?? element, "val") ?? 0);
  return descendantsOf(root, (one) => /Chart$/.test(localName(one)) && childrenOf(one).some(isSeries))
    .flatMap((plot) =>
      childrenOf(plot)
        .filter(isSeries)
        .map((element) => ({ plot, element })),
    )
    .toSorted((one, other) => order(one) - order(other));
}

/** 値を入れる。散布図など、値の場所がない形なら偽（何も変えない）。 */
function refill(root: XmlElement, chart: WordChart): boolean {
  const all = seriesOf(root);
  const last = all.at(-1);
  const hasValues = ({ element }: PlacedSeries) =>
    childrenOf(element).some((one) => localName(one) === "val");
  if (!last || !all.every(hasValues)) return false;
  // 円は、はじめの系列だけを描く。
  const pie = all.every(({ plot }) => /^(?:pie|doughnut|ofPie)/.test(localName(plot)));
  const wanted = pie ? chart.series.slice(0, all.length) : chart.series;
  for (const [at, one] of wanted.entries()) {
    const placed = all[at];
    const element = placed?.element ?? (structuredClone(last.element) as XmlElement);
    if (!placed) {
      const end = last.plot.children.findLastIndex((child) => typeof child !== "string" && isSeries(child));
      last.plot.children.splice(end + 1, 0, element);
    }
    fillSeries(element, chart, one, at);
  }
  for (const { plot, element } of all.slice(wanted.length))
    plot.children = plot.children.filter((one) => one !== element);
  return true;
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

/** 参照の式と、値の控え。数の控えに言葉を入れるとき（年を「令和７年」に）は、言葉の控えに替える。 */
function fillCache(
  holder: XmlElement | undefined,
  formula: string,
  values: readonly (string | number | null)[],
): void {
  if (!holder) return;
  const reference = firstNamed(holder, "f");
  if (reference) reference.children = [escapeXml(formula)];
  const kinds = ["strCache", "numCache", "strLit", "numLit", "multiLvlStrCache"];
  const cache = descendantsOf(holder, (one) => kinds.includes(localName(one)))[0];
  if (!cache) {
    // 系列の名を、参照でなく、じかに書いた形。
    const value = childrenOf(holder).find((one) => localName(one) === "v");
    if (value) value.children = [escapeXml(String(values[0] ?? ""))];
    return;
  }
  const prefix = cache.name.includes(":") ? `${cache.name.split(":")[0]}:` : "";
  if (values.some((value) => typeof value === "string")) wordsIn(holder, cache, prefix);
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
  const format = cache.children.filter((one) => typeof one !== "string" && localName(one) === "formatCode");
  const count: XmlElement = {
    name: `${prefix}ptCount`,
    attrs: [["val", String(values.length)]],
    children: [],
  };
  cache.children = [...format, count, ...points];
}

/** 数の控え・段のある言葉の控えを、一段の言葉の控えに。 */
function wordsIn(holder: XmlElement, cache: XmlElement, prefix: string): void {
  const literal = localName(cache).endsWith("Lit");
  cache.name = `${prefix}${literal ? "strLit" : "strCache"}`;
  cache.children = cache.children.filter((one) => typeof one !== "string" && localName(one) !== "formatCode");
  for (const one of childrenOf(holder))
    if (["numRef", "multiLvlStrRef"].includes(localName(one))) one.name = `${prefix}strRef`;
}
