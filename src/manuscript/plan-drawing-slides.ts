import { tint } from "../office/colour.ts";
import type { SlideItem } from "../office/slide-model.ts";
import type { TextBinder } from "./bound-text.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import { measureTree, roadmap, upperMap } from "./plan-drawing.ts";
import type { PlanTheme } from "./plan-theme.ts";

/** 図を置く所（mm）。 */
const BOX = { x: 16, y: 33, width: 306, height: 138 };

/** 体系図は図形、地図と工程は表。原稿から描く図でなければ undefined。 */
export function drawingItems(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  manuscript: Manuscript,
  binder: TextBinder,
  theme: PlanTheme,
): SlideItem[] | undefined {
  if (block.form === "tree") return treeItems(manuscript, binder, theme);
  if (block.form === "map") return mapItems(block, manuscript, binder, theme);
  return block.form === "roadmap" ? roadItems(block, manuscript, binder, theme) : undefined;
}

function treeItems(manuscript: Manuscript, binder: TextBinder, { accent, second }: PlanTheme): SlideItem[] {
  const branches = measureTree(manuscript, binder);
  const count = branches.reduce((sum, { measures }) => sum + measures.length, 0);
  const gap = 4;
  const row = (BOX.height - gap * Math.max(0, branches.length - 1)) / Math.max(1, count);
  const tall = Math.min(14, row - 1.6);
  const lines: SlideItem[] = [];
  const boxes: SlideItem[] = [];
  const rule = (x: number, y: number, width: number, height: number): SlideItem => ({
    ...{
      kind: "box",
      x,
      y,
      width: Math.max(0.5, width),
      height: Math.max(0.5, height),
      fill: accent,
      alt: "",
    },
  });
  let y = BOX.y;
  for (const branch of branches) {
    const height = branch.measures.length * row;
    const middle = y + height / 2;
    boxes.push({
      ...{
        kind: "box",
        x: 52,
        y: middle - 11,
        width: 92,
        height: 22,
        fill: tint(accent, 0.16),
        line: accent,
      },
      ...{ text: branch.label, size: 15, bold: true, align: "center", alt: branch.label },
    });
    lines.push(rule(36, middle, 16, 0), rule(144, middle, 16, 0));
    lines.push(rule(160, y + row / 2, 0, height - row));
    for (const [at, one] of branch.measures.entries()) {
      const centre = y + row * (at + 0.5);
      lines.push(rule(160, centre, 12, 0));
      const label = `${one.number}　${one.title}`;
      boxes.push({
        ...{
          kind: "box",
          x: 172,
          y: centre - tall / 2,
          width: 150,
          height: tall,
          fill: "FFFFFF",
          line: second,
        },
        ...{ text: `　${label}`, size: 13, align: "left", alt: label },
      });
    }
    y += height + gap;
  }
  const root: SlideItem = {
    ...{ kind: "box", x: BOX.x, y: BOX.y, width: 20, height: y - gap - BOX.y, fill: accent, color: "FFFFFF" },
    ...{ text: [..."基本理念"].join("\n"), size: 18, bold: true, align: "center", alt: "基本理念" },
  };
  return [...lines, root, ...boxes];
}

function mapItems(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  manuscript: Manuscript,
  binder: TextBinder,
  { accent }: PlanTheme,
): SlideItem[] {
  const { items, rows } = upperMap(manuscript, binder);
  const fills = new Map(
    rows.flatMap(({ marks }, at) =>
      marks.flatMap((on, column): [string, string][] =>
        on ? [[`${at},${column + 1}`, tint(accent, 0.16)]] : [],
      ),
    ),
  );
  return [
    {
      ...{ kind: "table", ...BOX, height: Math.min(BOX.height, (rows.length + 1) * 9.4), size: 12, fills },
      shares: [9, ...items.map(() => 1.6)],
      header: ["施策", ...items.map(({ code }) => code)],
      rows: rows.map((row) => [`${row.number}　${row.title}`, ...row.marks.map((on) => (on ? "●" : ""))]),
      alt: block.alt || block.caption,
    },
  ];
}

function roadItems(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  manuscript: Manuscript,
  binder: TextBinder,
  { accent }: PlanTheme,
): SlideItem[] {
  const { years, rows } = roadmap(manuscript, binder);
  const fills = new Map(
    rows.flatMap((row, at) =>
      years.flatMap(({ year }, column): [string, string][] =>
        year >= row.from && year <= row.to ? [[`${at},${column + 1}`, accent]] : [],
      ),
    ),
  );
  return [
    {
      ...{ kind: "table", ...BOX, height: Math.min(BOX.height, (rows.length + 1) * 9.4), size: 12, fills },
      shares: [9, ...years.map(() => 2)],
      header: ["施策", ...years.map(({ label }) => label)],
      rows: rows.map((row) => [
        `${row.number}　${row.title}`,
        ...years.map(({ year }) =>
          year === row.from ? "開始" : year === row.to ? "完了" : year > row.from && year < row.to ? "→" : "",
        ),
      ]),
      alt: block.alt || block.caption,
    },
  ];
}
