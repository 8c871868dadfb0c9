import type { WorkbookCell, WorkbookSheet } from "../office/table-workbook.ts";
import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { testWords } from "./explore-state.ts";
import { figureNote, percentAt } from "./survey-figure.ts";

const head = (value: string): WorkbookCell => ({ value, look: "head" });
const note = (value: string): WorkbookCell => ({ value, look: "note" });

/** 集計一枚のシート: 題、設問文、割合の表、人数の表、検定、注。 */
export function viewSheet(view: CrossView, survey: string): WorkbookSheet {
  const { columns, question, weighted } = view;
  const labels = question.type === "number" ? ["平均", "標準誤差"] : columns.map(({ label }) => label);
  const top = [head("軸"), head("区分"), head("n"), ...(weighted ? [head("ウエイト後")] : [])];
  const lines: { block: string; row: ViewRow }[] = [
    { block: "", row: view.total },
    ...view.blocks.flatMap(({ title, rows }) => rows.map((row) => ({ block: title, row }))),
  ];
  const left = ({ block, row }: (typeof lines)[number]): WorkbookCell[] => [
    block,
    `${row.label}${row.small ? " *" : ""}`,
    row.people,
    ...(weighted ? [{ value: row.base, look: "share" as const }] : []),
  ];
  const counts =
    question.type === "number"
      ? []
      : [
          [],
          [note("人数（ウエイトをつけない数）")],
          [...top, ...labels.map(head)],
          ...lines.map((line) => [
            ...left(line),
            ...columns.map(
              (_, at): WorkbookCell => (line.row.hidden ? "x" : (line.row.cells[at]?.people ?? 0)),
            ),
          ]),
        ];
  const tests = view.blocks.map(({ title, test, untested }) => [
    note(`${title}: ${test ? testWords(test).line : (untested ?? "")}`),
  ]);
  return {
    name: questionName(question.id),
    ...{
      landscape: true,
      headColumns: 2,
      widths: [14, 26, 9, ...(weighted ? [11] : []), ...labels.map(() => 12)],
    },
    rows: [
      [{ value: `${questionName(question.id)}　${question.text}`, look: "title" }],
      [note(`${survey}　${figureNote(view)}`)],
      [...top, ...labels.map(head)],
      ...lines.map((line) => [...left(line), ...valuesOf(view, line.row)]),
      ...tests,
      ...counts,
    ],
  };
}

function valuesOf(view: CrossView, row: ViewRow): WorkbookCell[] {
  if (view.question.type === "number")
    return [
      { value: row.mean?.value ?? null, look: "decimal" },
      { value: row.mean?.se ?? null, look: "decimal" },
    ];
  return view.columns.map((_, at): WorkbookCell => {
    const cell = row.cells[at];
    const value = percentAt(row, at);
    if (!cell || value === null) return row.hidden ? "x" : "…";
    // 文字のあるますは、刷るとおりの字（「36.5 BC」）にする。
    return cell.letters ? `${shareText(cell.count, row.base)} ${cell.letters}` : { value, look: "share" };
  });
}
