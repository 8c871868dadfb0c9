import type { Slide } from "../office/slide-model.ts";
import type { WorkbookCell, WorkbookSheet } from "../office/table-workbook.ts";
import type { WordBlock, WordChart } from "../office/word-model.ts";
import { questionName } from "../tabulation/question-name.ts";
import type { WaveComparison } from "../waves/compare-waves.ts";
import {
  differenceOf,
  percentOf,
  previousAt,
  waveFinding,
  waveNote,
  waveRules,
} from "../waves/wave-words.ts";

/** 「問5　利用」。 */
export function waveTitle({ id, text }: Pick<WaveComparison, "id" | "text">): string {
  return `${questionName(id)}　${text}`;
}

/** 回ごとの割合を並べた棒。Word・PowerPoint の中で値を直せる。 */
function waveChart(one: WaveComparison): WordChart {
  const tenth = (percent: number | null) => (percent === null ? null : Number(percentOf(percent)));
  const heads = wavesOf(one).map(({ label, n }) => `${label}（n=${n.toLocaleString("ja-JP")}）`);
  return {
    ...{ kind: "bar", title: waveTitle(one), unit: "％", categories: one.lines.map(({ label }) => label) },
    series: heads.map((name, at) => ({
      name,
      values: one.lines.map(({ percents }) => tenth(percents[placesOf(one)[at] ?? 0] ?? null)),
    })),
  };
}

/** 対応する設問のある回だけ。 */
function wavesOf({ waves }: WaveComparison): { label: string; question: string; n: number }[] {
  return waves.flatMap((one) => one ?? []);
}

function placesOf({ waves }: WaveComparison): number[] {
  return waves.flatMap((one, at) => (one === null ? [] : [at]));
}

/** 差のます（「▲+16.1」）。 */
function gapText(one: WaveComparison, line: WaveComparison["lines"][number]): string {
  const mark = line.mark === "up" ? "▲" : line.mark === "down" ? "▽" : "";
  return `${mark}${differenceOf(line, previousAt(one))}`;
}

/** 表の行: 選択肢、回ごとの割合、差。 */
export function waveRows(one: WaveComparison): { head: string[]; rows: string[][] } {
  const columns = wavesOf(one).map(({ label, n }) => `${label} n=${n.toLocaleString("ja-JP")}`);
  if (one.lines.length === 0 && one.mean)
    return {
      head: ["", ...columns, "差"],
      rows: [
        [
          "平均",
          ...placesOf(one).map((at) => one.mean?.values[at]?.toFixed(2) ?? "…"),
          one.mean.difference === undefined ? "…" : one.mean.difference.toFixed(2),
        ],
      ],
    };
  return {
    head: ["選択肢", ...columns, "差"],
    rows: one.lines.map((line) => [
      line.label,
      ...placesOf(one).map((at) => percentOf(line.percents[at] ?? null)),
      gapText(one, line),
    ]),
  };
}

/** 経年比較の章。 */
export function waveBlocks(waves: readonly WaveComparison[]): WordBlock[] {
  if (waves.length === 0) return [];
  const right = { share: 2, align: "right" as const };
  return [
    { kind: "heading", level: 1, text: "前回調査との比較", newPage: true },
    { kind: "list", items: [...waveRules] },
    ...waves.flatMap((one): WordBlock[] => {
      const { head, rows } = waveRows(one);
      const chart = waveChart(one);
      const note = waveNote(one);
      const height = Math.min(
        190,
        Math.max(70, 24 + one.lines.length * Math.max(8, 4.6 * chart.series.length)),
      );
      return [
        { kind: "heading", level: 2, text: waveTitle(one) },
        { kind: "paragraph", text: waveFinding(one), keepNext: true },
        ...(one.lines.length > 0
          ? [
              {
                ...{ kind: "chart" as const, chart, width: 158, height, name: `経年:${one.id}` },
                alt: `${waveTitle(one)}の回ごとの割合。値は下の表にある。`,
              },
            ]
          : []),
        {
          ...{ kind: "table", caption: `${waveTitle(one)}の前回との比較`, size: 9.5 },
          columns: [{ share: 6 }, ...head.slice(1).map(() => right)],
          header: head,
          rows,
        },
        ...(note === ""
          ? []
          : [{ kind: "paragraph" as const, text: [{ text: note, size: 9, color: "4d4d4d" }] }]),
      ];
    }),
  ];
}

/** 経年比較のシート（Excel）。 */
export function waveSheet(waves: readonly WaveComparison[], title: string): WorkbookSheet[] {
  if (waves.length === 0) return [];
  const most = Math.max(...waves.map((one) => wavesOf(one).length));
  return [
    {
      ...{ name: "経年比較", widths: [44, ...Array.from({ length: most + 1 }, () => 18)] },
      rows: [
        [{ value: `${title}　前回調査との比較`, look: "title" }],
        ...waveRules.map((rule): WorkbookCell[] => [{ value: rule, look: "note" }]),
        ...waves.flatMap((one): WorkbookCell[][] => {
          const { head, rows } = waveRows(one);
          return [
            [],
            [
              { value: waveTitle(one), look: "head" },
              ...head.slice(1).map((value): WorkbookCell => ({ value, look: "head" })),
            ],
            ...rows.map((row) => row.map((value, at): WorkbookCell => cellOf(value, at))),
            [{ value: waveNote(one), look: "note" }],
          ];
        }),
      ],
    },
  ];
}

function cellOf(value: string, at: number): WorkbookCell {
  return at > 0 && /^\d+(\.\d+)?$/.test(value) ? { value: Number(value), look: "share" } : value;
}

/** 経年比較のスライド。設問ごとに一枚。 */
export function waveSlides(waves: readonly WaveComparison[]): Slide[] {
  return waves
    .filter(({ lines }) => lines.length > 0)
    .map((one) => ({
      title: `前回との比較　${waveTitle(one)}`,
      items: [
        {
          ...{ kind: "box", x: 18, y: 30, width: 302, height: 26, size: 18, align: "left" },
          ...{ text: waveFinding(one), color: "1a1a1a", alt: "言えること" },
        },
        {
          ...{ kind: "chart", x: 18, y: 58, width: 302, height: 106 },
          ...{ chart: { ...waveChart(one), letters: 1.4 }, alt: "回ごとの割合" },
        },
        {
          ...{ kind: "box", x: 18, y: 165, width: 302, height: 12, size: 11, align: "left", color: "4d4d4d" },
          ...{ text: waveNote(one), alt: "注" },
        },
      ],
      notes: `${waveFinding(one)}\n${waveRules.join("\n")}`,
    }));
}
