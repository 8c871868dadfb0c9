import type { WordBlock, WordCell, WordRun } from "../office/word-model.ts";
import { chartOf } from "./figure-data.ts";
import { isDrawnForm, type ManuscriptBlock } from "./manuscript.ts";
import { type PlanScene, wordRuns } from "./plan-scene.ts";
import { mergeCells } from "./table-merge.ts";

type Titled = Extract<ManuscriptBlock, { kind: "table" | "kpi" | "figure" | "photo" }>;

/** 図表の題。「図」と「1」に分けて、番号を Word の欄にする。 */
export function caption(
  { binder, marks }: PlanScene,
  block: Titled,
  text: WordRun[],
  newPage = false,
): WordBlock {
  const [, name = "", number = ""] = /^(\D+)(\d+)$/.exec(binder.numbers.get(block.id) ?? "") ?? [];
  return { kind: "caption", name, number, text, mark: marks.get(block.id) ?? "", newPage };
}

/** 図表の下の、出典の一行。 */
export function sourceLine(text: string): WordBlock[] {
  return text === "" ? [] : [{ kind: "paragraph", style: "source", text }];
}

/** 表。幅の決め（widths）がなければ、中身の長さに合わせる。数の列は右寄せ。 */
export function wordTable(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "table" | "kpi" }>,
): WordBlock {
  const wide = Math.max(block.header.length, ...block.rows.map((row) => row.length));
  const numeric = (at: number) =>
    block.rows.length > 0 && block.rows.every((row) => /^[-−△▲]?[\d,.]+[%％]?$/.test((row[at] ?? "").trim()));
  const bind = (text: string) => scene.binder.bind(text, block.place);
  const shown = (rows: readonly string[][]) =>
    mergeCells(rows).map((row) =>
      row
        .filter(({ covered }) => covered !== "left")
        .map(
          ({ text, span, down, covered }): WordCell => ({
            text: wordRuns(scene, text, block),
            ...(span > 1 ? { span } : {}),
            ...(covered === "above"
              ? { merge: "more" as const }
              : down > 1
                ? { merge: "start" as const }
                : {}),
          }),
        ),
    );
  return {
    ...{ kind: "table", caption: bind(block.caption) || "表", size: wide > 6 ? 8.5 : 9.5 },
    columns: Array.from({ length: wide }, (_, at) => ({
      share: block.widths?.[at] ?? shareOf(block, at),
      ...(numeric(at) ? { align: "right" as const } : {}),
    })),
    ...(block.rows.length <= 9 && !block.wide ? { together: true } : {}),
    header: shown([padded(block.header, wide)])[0] ?? [],
    rows: shown(block.rows.map((row) => padded(row, wide))),
  };
}

function padded(row: readonly string[], wide: number): string[] {
  return Array.from({ length: wide }, (_, at) => row[at] ?? "");
}

/** 列の幅: いちばん長い中身に合わせ、短い列は広げすぎない。 */
function shareOf({ header, rows }: { header: string[]; rows: string[][] }, at: number): number {
  const longest = Math.max(...[header, ...rows].map((row) => [...(row[at] ?? "")].length));
  return Math.min(24, Math.max(4, longest));
}

/** 図（グラフ）。データがなければ、その場所に「ありません」と刷り、知らせる。 */
export function wordChart(
  scene: PlanScene,
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  text: WordRun[],
  newPage: boolean,
): WordBlock[] {
  const { binder, theme } = scene;
  const data = chartOf(block, binder);
  const source = sourceLine(block.source ? `出典: ${binder.bind(block.source, block.place)}` : "");
  const unit = block.unit ? [{ text: `（単位：${block.unit}）` }] : [];
  const title = caption(scene, block, [...text, ...unit], newPage);
  if (!data) return [title, { kind: "paragraph", text: "（図のデータがありません）" }, ...source];
  const form = chartForm(block);
  return [
    title,
    {
      ...{ kind: "chart", width: form === "pie" ? 130 : 156, height: heightOf(form, data) },
      name: `図 ${block.id}`,
      // 図の id を代わりの文の終わりに置き、デザインされた Word の中でも見つけられるようにする。
      alt: `${block.alt || binder.bind(block.caption, block.place)}［図の番号 ${block.id}］`,
      chart: { title: "", unit: block.unit, form, colours: theme.palette, ...data },
    },
    ...source,
  ];
}

/** 図の形。原稿から描く図（体系図など）は、ここに来ない。 */
export function chartForm({
  form = "column",
}: Extract<ManuscriptBlock, { kind: "figure" }>): "column" | "bar" | "stacked" | "percent" | "line" | "pie" {
  return isDrawnForm(form) ? "column" : form;
}

function heightOf(form: string, data: { categories: string[]; series: unknown[] }): number {
  if (form === "bar")
    return Math.min(150, 22 + data.categories.length * 9.5 * Math.max(1, data.series.length * 0.7));
  if (form === "percent") return Math.min(150, 34 + data.categories.length * 9);
  return 76;
}
