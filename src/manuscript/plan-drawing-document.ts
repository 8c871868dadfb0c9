import { tint } from "../office/colour.ts";
import type { WordBlock, WordCell } from "../office/word-model.ts";
import type { WordShape } from "../office/word-shape.ts";
import type { ManuscriptBlock } from "./manuscript.ts";
import { measureTree, roadmap, upperMap } from "./plan-drawing.ts";
import type { PlanScene } from "./plan-scene.ts";

/** 体系図は図形、施策と上位計画の地図と工程は、読み上げのできる表で描く。 */
export function wordDrawing(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
): WordBlock[] {
  if (block.form === "tree") return treeShapes(scene, block);
  return block.form === "map" ? [mapTable(scene, block.caption)] : [roadTable(scene, block.caption)];
}

/** 体系図の大きさ（mm）。Word の図形とウェブの図で同じ。 */
export const TREE = { width: 156, row: 11, gap: 2.5, goal: 58, left: 84, root: 14 } as const;

/** 図形の置き場所（mm）。左に理念、中に基本目標、右に施策。 */
function treeShapes(scene: PlanScene, block: Extract<ManuscriptBlock, { kind: "figure" }>): WordBlock[] {
  const branches = measureTree(scene.manuscript, scene.binder);
  if (branches.length === 0) return [{ kind: "paragraph", text: "（施策がありません）" }];
  const { accent, second } = scene.theme;
  const boxes: WordShape[] = [];
  const lines: WordShape[] = [];
  const goalX = TREE.root + 8;
  let y = 0;
  const middles: number[] = [];
  for (const branch of branches) {
    const height = branch.measures.length * (TREE.row + TREE.gap) - TREE.gap;
    const middle = y + height / 2;
    middles.push(middle);
    boxes.push({
      ...{ kind: "box", x: goalX, y: middle - 9, width: TREE.goal, height: 18, fill: tint(accent, 0.16) },
      ...{ line: accent, text: branch.label, size: 9.5, bold: true },
    });
    lines.push({ kind: "line", x: TREE.root, y: middle, toX: goalX, toY: middle, color: accent });
    const trunk = (goalX + TREE.goal + TREE.left) / 2 + 1;
    lines.push({ kind: "line", x: goalX + TREE.goal, y: middle, toX: trunk, toY: middle, color: accent });
    for (const [at, one] of branch.measures.entries()) {
      const top = y + at * (TREE.row + TREE.gap);
      const centre = top + TREE.row / 2;
      lines.push({ kind: "line", x: trunk, y: centre, toX: TREE.left + 4, toY: centre, color: accent });
      boxes.push({
        ...{ kind: "box", x: TREE.left + 4, y: top, width: TREE.width - TREE.left - 4, height: TREE.row },
        ...{ fill: "FFFFFF", line: second, text: `${one.number}　${one.title}`, size: 9, align: "left" },
      });
    }
    const ends = [y + TREE.row / 2, y + height - TREE.row / 2] as const;
    lines.push({ kind: "line", x: trunk, y: ends[0], toX: trunk, toY: ends[1], color: accent });
    y += height + 6;
  }
  const tall = y - 6;
  const root: WordShape = {
    ...{ kind: "box", x: 0, y: 0, width: TREE.root - 4, height: tall, fill: accent, size: 11, bold: true },
    text: [..."基本理念"].join("\n"),
  };
  const spine = TREE.root - 4;
  for (const line of lines) if (line.kind === "line" && line.x === TREE.root) line.x = spine;
  return [
    {
      ...{ kind: "shapes", width: TREE.width, height: tall, shapes: [...lines, root, ...boxes] },
      alt: `${block.alt}［図の番号 ${block.id}］`,
    },
  ];
}

function mapTable(scene: PlanScene, caption: string): WordBlock {
  const { items, rows, plans } = upperMap(scene.manuscript, scene.binder);
  const { accent } = scene.theme;
  const letters = plans.map(
    ({ name }, at) => `${items[startOf(plans, at)]?.code.split("-")[0] ?? ""}…${name}`,
  );
  return {
    ...{ kind: "table", caption, size: 8.5, headColumn: true },
    columns: [{ share: 9 }, ...items.map(() => ({ share: 1.5, align: "center" as const }))],
    header: ["施策", ...items.map(({ code }) => code)],
    rows: [
      ...rows.map((row): WordCell[] => [
        { text: `${row.number}　${row.title}` },
        ...row.marks.map((on): WordCell => (on ? { text: "●", fill: tint(accent, 0.16) } : { text: "" })),
      ]),
      [{ text: letters.join("　"), span: items.length + 1, align: "left", head: false }],
    ],
  };
}

function startOf(plans: readonly { span: number }[], at: number): number {
  return plans.slice(0, at).reduce((sum, { span }) => sum + span, 0);
}

function roadTable(scene: PlanScene, caption: string): WordBlock {
  const { years, rows } = roadmap(scene.manuscript, scene.binder);
  const { accent } = scene.theme;
  if (rows.length === 0) return { kind: "paragraph", text: "（期間の書かれた施策がありません）" };
  return {
    ...{ kind: "table", caption, size: 8.5, headColumn: true, rowHeight: 8 },
    columns: [{ share: 9 }, ...years.map(() => ({ share: 1.6, align: "center" as const }))],
    header: ["施策", ...years.map(({ label }) => label)],
    rows: rows.map((row): WordCell[] => [
      { text: `${row.number}　${row.title}` },
      ...years.map(({ year }): WordCell => {
        if (year < row.from || year > row.to) return { text: "" };
        const text = year === row.from ? "開始" : year === row.to ? "完了" : "→";
        return { text: [{ text, color: "FFFFFF" }], fill: accent };
      }),
    ]),
  };
}
