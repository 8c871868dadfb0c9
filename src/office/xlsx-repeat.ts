import { type Area, areaName, parseArea, shiftAreas } from "./xlsx-area.ts";
import { addMerges, type Grid } from "./xlsx-grid.ts";
import type { ListLayout } from "./xlsx-list.ts";
import type { BlockModel } from "./xlsx-stripe.ts";
import { attribute, localName, setAttribute, setText, textOf, walk } from "./xlsx-xml.ts";

/** 足した行に、手本の見本の中の結合（一人の行の中で閉じるもの）を繰り返す。 */
export function repeatMerges(
  grid: Grid,
  before: Grid,
  layout: ListLayout,
  plan: readonly BlockModel[],
): void {
  const { first, height, blocks } = layout;
  const added: Area[] = [];
  for (let at = Math.max(blocks - 1, 0); at < plan.length - (blocks >= 2 ? 1 : 0); at++) {
    if (blocks === 0 || at < blocks - (blocks >= 2 ? 1 : 0)) continue;
    const from = first + (plan[at]?.source ?? 0) * height;
    const move = (at - (plan[at]?.source ?? 0)) * height;
    for (const area of before.merges) {
      if (area.top >= from && area.bottom < from + height)
        added.push({ ...area, top: area.top + move, bottom: area.bottom + move });
    }
  }
  addMerges(grid, added);
}

/** 一行ずつに分けて置かれた入力規則や条件付き書式を、足した行にも及ぼす。 */
export function repeatRules(grid: Grid, layout: ListLayout, plan: readonly BlockModel[]): void {
  const { first, height, blocks } = layout;
  if (blocks < 2 || plan.length <= blocks) return;
  const added = plan
    .slice(blocks - 1, -1)
    .map((model, at) => ({ source: model.source, block: blocks - 1 + at }));
  const sources = [...new Set(added.map(({ source }) => source))];
  const extend = (text: string): string => {
    const tokens = text.split(/\s+/);
    const inside = tokens.flatMap((token) => {
      const area = parseArea(token);
      const source =
        area &&
        sources.find(
          (block) => area.top >= first + block * height && area.bottom < first + (block + 1) * height,
        );
      return area && source !== undefined ? [{ area, source }] : [];
    });
    if (inside.length === 0) return text;
    return [...tokens, ...repeated(inside, added, layout)].join(" ");
  };
  walk(grid.root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "sqref") setText(element, extend(textOf(element)));
    const area = /^(dataValidation|conditionalFormatting|protectedRange|ignoredError)$/.test(name)
      ? attribute(element, "sqref")
      : undefined;
    if (area !== undefined && extend(area) !== area) setAttribute(element, "sqref", extend(area));
    return undefined;
  });
}

/** 縞のどの見本にも同じ列の規則があれば、足した行の全部を一つの範囲にまとめる。 */
function repeated(
  inside: { area: Area; source: number }[],
  added: { source: number; block: number }[],
  layout: ListLayout,
): string[] {
  const { first, height } = layout;
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
    for (const one of added)
      if (one.source === source)
        out.add(shiftAreas(areaName(area), { at: 1, count: (one.block - source) * height }));
  }
  return [...out];
}
