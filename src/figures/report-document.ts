import { writeChartWorkbook } from "../office/chart-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import type { WordBlock, WordCell } from "../office/word-model.ts";
import type { Report, ReportChart, ReportTable } from "./report.ts";

interface ReportPaper {
  report: Report;
  client: string;
  contractor: string;
  /** 「令和7年9月17日」。 */
  day: string;
  /** 作った時（ISO 8601、UTC）。 */
  created: string;
}

/** 報告の Word。図は Word の中で値を直せる。 */
export function reportWord({ report, client, contractor, day, created }: ReportPaper): Uint8Array {
  const [business = { name: "", value: "" }] = report.facts;
  const blocks: WordBlock[] = [
    { kind: "paragraph", text: day, align: "right" },
    { kind: "paragraph", text: `${client}　御中` },
    { kind: "paragraph", text: contractor, align: "right", after: 6 },
    { kind: "title", text: report.title },
    {
      kind: "table",
      caption: "報告の対象",
      columns: [{ share: 1 }, { share: 5 }],
      rows: [
        ...report.facts.map(({ name, value }) => [name, value]),
        ["根拠", report.kind === "term" ? "業務仕様書 ９(1)" : "業務仕様書 ６(9)"],
      ],
      headColumn: true,
    },
    ...report.sections.flatMap(({ title, table, chart, notes }): WordBlock[] => [
      { kind: "heading", level: 1, text: title },
      ...(table === undefined || table.rows.length === 0 ? [] : [wordTable(title, table)]),
      ...(chart === undefined || chart.categories.length === 0 ? [] : [wordChart(chart)]),
      ...notes.map((note): WordBlock => ({ kind: "paragraph", text: [{ text: note, size: 9 }], before: 2 })),
    ]),
  ];
  return writeWordDocument({
    title: report.title,
    subject: business.value,
    author: contractor,
    created,
    footer: report.check === "" ? report.title : `${report.title}　照合番号 ${report.check}`,
    ...(report.check === "" ? {} : { properties: { 照合番号: report.check } }),
    blocks,
  });
}

function wordChart(chart: ReportChart): WordBlock {
  const alt = `${chart.title}の棒グラフ。値は表と同じ。`;
  return { kind: "chart", chart, width: 160, height: 62, alt };
}

function wordTable(caption: string, { heads, rows, total, words }: ReportTable): WordBlock {
  const right = (at: number) => at > 0 && words !== true;
  const last = rows.length - 1;
  return {
    kind: "table",
    caption,
    columns: heads.map((_, at) => ({
      share: at === 0 || words === true ? 2 : 1,
      align: right(at) ? ("right" as const) : ("left" as const),
    })),
    header: heads,
    rows: rows.map((row, at) =>
      row.map((cell, column): WordCell => {
        const text = typeof cell === "number" ? cell.toLocaleString("ja-JP") : cell;
        return {
          text: total === true && at === last ? [{ text, bold: true }] : text,
          ...(right(column) ? { align: "right" as const } : {}),
        };
      }),
    ),
    headColumn: true,
    size: heads.length > 8 ? 8 : 9.5,
  };
}

/** 報告の Excel。区分ごとに一枚、図は表の値で動く。 */
export function reportWorkbook({ report }: ReportPaper): Uint8Array {
  return writeChartWorkbook(
    report.sections.flatMap(({ title, table, chart, notes }) => {
      if (table === undefined) return [];
      const drawn = chart === undefined || chart.categories.length === 0 ? undefined : chart;
      // 時間帯を横に並べた表は、図のために縦に置き直す。
      const turned = drawn !== undefined && table.heads.length > table.rows.length + 1 && !table.total;
      return [
        {
          ...{ name: title.replace(/　.*$/, ""), title: `${report.title}　${title}`, notes, chart: drawn },
          ...(turned ? turn(table) : { heads: table.heads, rows: table.rows }),
        },
      ];
    }),
  );
}

function turn({ heads, rows }: ReportTable) {
  return {
    heads: ["区分", ...rows.map((row) => String(row[0] ?? ""))],
    rows: heads.slice(1).map((head, at) => [head, ...rows.map((row) => row[at + 1] ?? 0)]),
  };
}
