import { chiSquareOf, raoScottOf } from "./cross-test.ts";
import type { ViewBlock, ViewRow, ViewTest } from "./cross-view.ts";
import { letterPairs } from "./letter-test.ts";
import { covarianceOf, degreesWithin, isComplex } from "./sample-design.ts";
import type { AxisCodes } from "./view-axis.ts";
import { type Counted, countBlock, isIn, type Scene } from "./view-count.ts";

/** χ²（標本設計があれば Rao–Scott 二次）、残差の印、区分どうしの文字。 */
export function testBlock(scene: Scene, axis: AxisCodes, counted: Counted): ViewBlock {
  const { rows } = counted;
  const block: ViewBlock = { id: axis.id, title: axis.title, rows };
  if (scene.options === 0) return { ...block, untested: "数の設問なので、平均を示します。" };
  const complex = scene.codebook.design.random && isComplex(scene.design);
  let shrink = 1;
  if (!scene.column || !axis.code) block.untested = "いくつでも選ぶ設問なので、選択肢ごとに印で示します。";
  else {
    const test = wholeTest(scene, axis, counted, complex);
    if (test) block.test = test;
    else block.untested = "回答のある区分か選択肢が二つに満たないので、検定をしません。";
    if (test?.raoScott) shrink = Math.max(1, test.chi2 / test.df / test.raoScott.f);
  }
  if (scene.ask.marks) addMarks(scene, axis, counted, block.test?.raoScott ? shrink : weightShrink(rows));
  if (scene.ask.letters) addLetters(scene, axis, counted);
  return block;
}

/** ウエイトで減る分（人数 ÷ 有効な人数）。 */
function weightShrink(rows: readonly ViewRow[]): number {
  const people = rows.reduce((sum, one) => sum + one.people, 0);
  const effective = rows.reduce((sum, one) => sum + one.effective, 0);
  return effective > 0 ? people / effective : 1;
}

function wholeTest(
  scene: Scene,
  axis: AxisCodes,
  { rows, sums, people }: Counted,
  complex: boolean,
): ViewTest | undefined {
  const width = scene.options + scene.missing.length;
  const grid = rows.map((_, i) =>
    Array.from({ length: scene.options }, (_one, j) => sums[i * width + j] ?? 0),
  );
  let n = 0;
  for (const [i] of rows.entries())
    for (let j = 0; j < scene.options; j += 1) n += people[i * width + j] ?? 0;
  const chi = n > 0 ? chiSquareOf(grid, n) : undefined;
  if (!chi) return undefined;
  if (!complex) return chi;
  const total = grid.flat().reduce((sum, one) => sum + one, 0);
  const size = rows.length * scene.options;
  const cell = new Int32Array(scene.base.length).fill(-1);
  const inside = new Uint8Array(scene.base.length);
  for (let row = 0; row < inside.length; row += 1) {
    const [at, to] = [axis.code?.[row] ?? -1, scene.column?.[row] ?? -1];
    if (scene.base[row] === 0 || at < 0 || to < 0 || to >= scene.options) continue;
    inside[row] = 1;
    cell[row] = at * scene.options + to;
  }
  const shares = grid.flat().map((one) => one / total);
  const v = covarianceOf(scene.design, cell, inside, size, shares, total);
  const shape = {
    rows: rows.length,
    columns: scene.options,
    n,
    degrees: degreesWithin(scene.design, scene.mask),
  };
  const raoScott = raoScottOf(shares, v, shape);
  return raoScott ? { ...chi, p: raoScott.p, raoScott } : { ...chi, plainOnly: true };
}

/** 調整済み残差。いくつでも選ぶ設問では、選択肢ごとの「選んだ・選ばない」で求める。 */
function addMarks(scene: Scene, axis: AxisCodes, { rows }: Counted, shrink: number): void {
  const total = totalsFor(scene, axis, rows);
  for (const row of rows)
    for (const [j, cell] of row.cells.entries()) {
      const kind = scene.columns[j]?.kind;
      if (kind === "missing" || row.base <= 0 || total.base <= 0) continue;
      const [r, c] = [row.base / total.base, (total.counts[j] ?? 0) / total.base];
      const expected = r * c * total.people;
      const scale = Math.sqrt(expected * (1 - r) * (1 - c) * shrink);
      if (!(scale > 0)) continue;
      const seen = (cell.count / total.base) * total.people;
      cell.residual = (seen - expected) / scale;
      if (row.small || row.hidden || Math.abs(cell.residual) < 1.959964) continue;
      cell.mark = cell.residual > 0 ? "up" : "down";
    }
}

/** 軸に答えた人の合計。いくつでも選ぶ軸は重なるので、どれかを選んだ人を数え直す。 */
function totalsFor(
  scene: Scene,
  axis: AxisCodes,
  rows: readonly ViewRow[],
): { base: number; people: number; counts: number[] } {
  const width = scene.columns.length;
  if (axis.code) {
    const counts = Array.from({ length: width }, (_, j) =>
      rows.reduce((sum, row) => sum + (row.cells[j]?.count ?? 0), 0),
    );
    const add = (pick: (one: ViewRow) => number) => rows.reduce((sum, one) => sum + pick(one), 0);
    return { base: add(({ base }) => base), people: add(({ people }) => people), counts };
  }
  const code = new Int32Array(scene.base.length);
  for (let row = 0; row < code.length; row += 1)
    code[row] = axis.marks?.some((marks) => marks[row] === 1) ? 0 : -1;
  const any = countBlock(scene, { id: "", title: "", rows: [{ code: "", label: "" }], code }).rows[0];
  return {
    ...{ base: any?.base ?? 0, people: any?.people ?? 0 },
    counts: any?.cells.map(({ count }) => count) ?? [],
  };
}

function addLetters(scene: Scene, axis: AxisCodes, { rows }: Counted): void {
  const rule = scene.codebook.tests.letters ?? { level: 0.05, method: "bonferroni", minBase: 30 };
  const shared = axis.code ? undefined : overlaps(scene, axis);
  for (const [j, column] of scene.columns.entries()) {
    if (column.kind === "missing") continue;
    const groups = rows.map((row) => ({
      ...{ share: row.base > 0 ? (row.cells[j]?.count ?? 0) / row.base : 0, n: row.effective },
      tested: row.people >= rule.minBase && !row.hidden,
    }));
    for (const { high, low } of letterPairs(groups, rule, shared)) {
      const cell = rows[high]?.cells[j];
      if (cell) cell.letters = [...(cell.letters ?? ""), rows[low]?.letter ?? ""].sort().join("");
    }
  }
}

/** 二つの区分の両方に入る人の数（有効な人数に合わせる）。 */
function overlaps(scene: Scene, axis: AxisCodes): (a: number, b: number) => number {
  return (a, b) => {
    let [sum, square] = [0, 0];
    for (let row = 0; row < scene.base.length; row += 1)
      if (scene.base[row] === 1 && isIn(axis, row, a) && isIn(axis, row, b)) {
        const w = scene.design.weight[row] as number;
        sum += w;
        square += w * w;
      }
    return square > 0 ? sum ** 2 / square : 0;
  };
}
