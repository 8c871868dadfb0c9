import { MISSING } from "./coded-question.ts";
import type { CrossAsk } from "./cross-ask.ts";
import { questionOf, type SurveyBase } from "./cross-view.ts";
import { axesOf, filterMask } from "./view-axis.ts";
import { isIn, sceneOf } from "./view-count.ts";

/** 一つのますに数えた回答の行（0 から）。block が空なら全体、column が空なら分母。 */
export function cellRows(
  from: SurveyBase,
  ask: CrossAsk,
  cell: { block: string; row: string; column: string },
): Int32Array {
  const coded = questionOf(from, ask.column);
  const scene = sceneOf(from, coded, from.plain, filterMask(from.survey, ask.filters), ask);
  const axis = cell.block === "" ? undefined : axesOf(from.survey, ask).find(({ id }) => id === cell.block);
  const at = axis?.rows.findIndex(({ code }) => code === cell.row) ?? -1;
  const inside = columnTest(scene, cell.column);
  const found: number[] = [];
  for (let row = 0; row < scene.base.length; row += 1) {
    if (scene.base[row] === 0 || (cell.block !== "" && (!axis || at < 0 || !isIn(axis, row, at)))) continue;
    if (inside(row)) found.push(row);
  }
  return Int32Array.from(found);
}

function columnTest(scene: ReturnType<typeof sceneOf>, key: string): (row: number) => boolean {
  if (key === "") return () => true;
  const { coded, question } = scene;
  const chosen = (at: number) => (row: number) =>
    coded.single ? coded.single[row] === at : coded.marks?.[at]?.[row] === 1;
  if (key.startsWith("missing:")) {
    const kind = MISSING[key.slice(8) as keyof typeof MISSING];
    return (row) => (coded.single ?? coded.state)?.[row] === kind;
  }
  const codes = key.startsWith("net:") ? (question.nets[Number(key.slice(4))]?.codes ?? []) : [key];
  const tests = question.options.flatMap(({ code }, at) => (codes.includes(code) ? [chosen(at)] : []));
  return (row) => tests.some((one) => one(row));
}
