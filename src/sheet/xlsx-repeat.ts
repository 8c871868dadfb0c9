import { type Area, areaName, parseArea, shiftAreas } from "./xlsx-area.ts";
import { addMerges, type Grid } from "./xlsx-grid.ts";
import type { BlockModel, BodyModel } from "./xlsx-stripe.ts";
import { attribute, localName, setAttribute, setText, textOf, walk } from "./xlsx-xml.ts";

/** 足した一人分: 何人目の場所に、どの見本から作ったか。 */
interface Added {
  block: number;
  source: number;
}

/** 最後の見本は下へ動くだけなので、足したのはその前（見本が一人分なら、その後ろ）。 */
function addedBlocks({ layout }: BodyModel, plan: readonly BlockModel[]): Added[] {
  const { blocks } = layout;
  if (blocks === 0 || plan.length <= blocks) return [];
  const from = blocks === 1 ? 1 : blocks - 1;
  return plan
    .slice(from, blocks === 1 ? plan.length : -1)
    .map((model, at) => ({ source: model.source, block: from + at }));
}

/** 足した行に、手本の見本の中の結合（一人の行の中で閉じるもの）を繰り返す。merges は行を足す前の結合。 */
export function repeatMerges(
  grid: Grid,
  merges: readonly Area[],
  body: BodyModel,
  plan: readonly BlockModel[],
): void {
  const { first, height } = body.layout;
  const inside = (source: number) =>
    merges.filter(
      (area) => area.top >= first + source * height && area.bottom < first + (source + 1) * height,
    );
  const models = new Map<number, Area[]>();
  const added = addedBlocks(body, plan).flatMap(({ block, source }) => {
    const areas = models.get(source) ?? inside(source);
    models.set(source, areas);
    const move = (block - source) * height;
    return areas.map((area) => ({ ...area, top: area.top + move, bottom: area.bottom + move }));
  });
  addMerges(grid, added);
}

/** 一行ずつに分けて置かれた入力規則や条件付き書式を、足した行にも及ぼす。 */
export function repeatRules(grid: Grid, body: BodyModel, plan: readonly BlockModel[]): void {
  const added = addedBlocks(body, plan);
  // 見本が一人分なら、範囲は行を足したときに伸びている。
  if (added.length === 0 || body.layout.blocks === 1) return;
  walk(grid.root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "sqref") setText(element, extend(textOf(element), body, added));
    if (!/^(dataValidation|conditionalFormatting|protectedRange|ignoredError)$/.test(name)) return undefined;
    const area = attribute(element, "sqref");
    if (area !== undefined) setAttribute(element, "sqref", extend(area, body, added));
    return undefined;
  });
}

/** 範囲の並びに、足した行の分を加える。 */
function extend(text: string, body: BodyModel, added: readonly Added[]): string {
  const { height } = body.layout;
  const sources = [...new Set(added.map(({ source }) => source))];
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  const inside = tokens.flatMap((token) => {
    const area = parseArea(token);
    const source =
      area &&
      sources.find((block) => area.top >= body.rowOf(block) && area.bottom < body.rowOf(block) + height);
    return area && source !== undefined ? [{ area, source }] : [];
  });
  return inside.length === 0 ? text : [...tokens, ...repeated(inside, body, added)].join(" ");
}

/** 縞のどの見本にも同じ列の規則があれば、足した行の全部を一つの範囲にまとめる。 */
function repeated(
  inside: readonly { area: Area; source: number }[],
  body: BodyModel,
  added: readonly Added[],
): string[] {
  const { first, height } = body.layout;
  const [start, end] = [added[0]?.block ?? 0, added.at(-1)?.block ?? 0];
  const out = new Set<string>();
  for (const { area, source } of inside) {
    const same = new Set(
      inside
        .filter((other) => other.area.left === area.left && other.area.right === area.right)
        .map((other) => other.source),
    );
    if (height === 1 && added.every((one) => same.has(one.source))) {
      out.add(areaName({ ...area, top: first + start, bottom: first + end }));
      continue;
    }
    for (const one of added) {
      const count = first + one.block * height - body.rowOf(source);
      if (one.source === source) out.add(shiftAreas(areaName(area), { at: 1, count }));
    }
  }
  return [...out];
}
