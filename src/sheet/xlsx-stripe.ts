import { type Grid, styleOf } from "./xlsx-grid.ts";
import type { ListLayout } from "./xlsx-list.ts";
import { fillOf, type Styles, withEdge } from "./xlsx-style.ts";

/** 見本のいまの場所。人数だけ行を足したあとでは、最後の見本は下へ動いている。 */
export interface BodyModel {
  grid: Grid;
  /** 様式のときの形（blocks は見本の人数）。 */
  layout: ListLayout;
  /** 見本の最初の行。 */
  rowOf(block: number): number;
  /** 見本より人が多く、行を足した。 */
  grown: boolean;
}

/** 足す一人分の、手本にする見本（何人目か）と、罫線を借りる見本。 */
export interface BlockModel {
  source: number;
  /** 上の線を借りる見本（手本が最初の見本で、上端の線が太いとき）。 */
  top?: number;
  /** 下の線を借りる見本。 */
  bottom?: number;
}

/**
 * 見本の縞を保って total 人分の手本を決める。最初と最後の見本には表の端の線があるので、間の人はその線を
 * 借りない見本から作り、最後の人だけが最後の見本の下の線を持つ。
 */
export function planStripes(body: BodyModel, styles: Styles, total: number): BlockModel[] {
  const { blocks } = body.layout;
  if (total <= blocks || blocks === 0)
    return Array.from({ length: total }, (_, at) => ({ source: Math.min(at, Math.max(blocks - 1, 0)) }));
  const period = stripePeriod(body, styles);
  return Array.from({ length: total }, (_, at) => {
    if (at < blocks - 1) return { source: at };
    if (at === total - 1) return lastModel(blocks, period, at);
    return middleModel(blocks, period, at);
  });
}

/** 間の一人: 同じ縞の見本のうち、端でないもの。なければ端の見本の線を替えて使う。 */
function middleModel(blocks: number, period: number, at: number): BlockModel {
  for (let source = blocks - 2; source >= 1; source--) if ((at - source) % period === 0) return { source };
  if (blocks === 1) return { source: 0 };
  if (at % period === 0) return { source: 0, top: blocks - 1 };
  return { source: blocks - 1, bottom: 0 };
}

/** 最後の一人: 縞が合えば最後の見本そのもの、合わなければ縞の合う見本に最後の見本の下の線をつける。 */
function lastModel(blocks: number, period: number, at: number): BlockModel {
  const last = blocks - 1;
  if ((at - last) % period === 0) return { source: last };
  const model = middleModel(blocks, period, at);
  return { ...model, bottom: last };
}

/** 縞の周期。間の見本の書式が何人ごとに繰り返すか。 */
function stripePeriod(body: BodyModel, styles: Styles): number {
  const looks = Array.from({ length: body.layout.blocks }, (_, block) => lookOf(body, block));
  const inner = looks.slice(1, -1).map((look) => look.join());
  for (let period = 1; period <= 10 && period * 2 <= inner.length; period++) {
    if (inner.every((look, at) => at < period || look === inner[at - period])) return period;
  }
  const fills = looks.map((look) => look.map((style) => fillOf(styles, style)).join());
  for (let period = 1; period < Math.min(4, fills.length); period++) {
    if (fills.every((fill, at) => at < period || fill === fills[at - period])) return period;
  }
  return fills.length === 2 && fills[0] !== fills[1] ? 2 : 1;
}

function lookOf({ grid, layout, rowOf }: BodyModel, block: number): number[] {
  const width = Math.max(1, ...layout.columns.map(({ column }) => column));
  return Array.from({ length: layout.height * width }, (_, at) =>
    styleOf(grid, rowOf(block) + Math.floor(at / width), 1 + (at % width)),
  );
}

/** 手本のセルの書式に、借りる罫線を合わせた番号。place は見本の先頭からの行（0 から）。 */
export function modelStyle(
  { grid, layout, rowOf }: BodyModel,
  styles: Styles,
  model: BlockModel,
  place: { offset: number; column: number },
): number {
  const at = (block: number) => styleOf(grid, rowOf(block) + place.offset, place.column);
  let style = at(model.source);
  if (model.top !== undefined && place.offset === 0) style = withEdge(styles, style, at(model.top), "top");
  if (model.bottom !== undefined && place.offset === layout.height - 1)
    style = withEdge(styles, style, at(model.bottom), "bottom");
  return style;
}
