import type { WorkbookCell, WorkbookSheet } from "../office/table-workbook.ts";
import { channelTable, countNotes, lineTable, type ResultBook } from "./result-book.ts";

/** 結果の Excel: 数、意見と考え方、修正箇所、内部用はもとの意見も。文字は、どれも式にならない。 */
export function resultWorkbook(book: ResultBook): WorkbookSheet[] {
  const { counts, labels } = book;
  const head = (cells: readonly string[]): WorkbookCell[] => cells.map((value) => ({ value, look: "head" }));
  const table = ({ head: names, rows }: ReturnType<typeof channelTable>): WorkbookCell[][] => [
    head(names),
    ...rows.map((row) =>
      row.map(
        (cell, at): WorkbookCell =>
          at === 0 ? cell : { value: Number(cell.replaceAll(",", "")), look: "count" },
      ),
    ),
    [],
  ];
  const status = (key: string) => {
    const found = book.statuses.find(({ code }) => code === key);
    return found ? `${found.code} ${found.label}` : key;
  };
  const sheets: WorkbookSheet[] = [
    {
      name: "数",
      rows: [
        [{ value: `${book.title}　提出された意見の数`, look: "title" }],
        [],
        ...table(channelTable(book)),
        ...table(lineTable(counts.byAge, counts.total, labels.age, "年代")),
        ...table(lineTable(counts.bySection, counts.total, (key) => key, "章")),
        ...table(lineTable(counts.byStatus, counts.total, status, "区分")),
        ...countNotes(book).map((note): WorkbookCell[] => [{ value: note, look: "note" }]),
      ],
      widths: [36, 14, 14, 14, 14, 14, 14],
    },
    {
      name: "意見と考え方",
      rows: [
        head(["No.", "章", "該当箇所", "意見の概要", "件数", "市の考え方", "区分"]),
        ...book.rows.map((row): WorkbookCell[] => [
          ...[row.no, row.chapter, row.place, row.summary, row.opinions, row.answer, row.status],
        ]),
      ],
      ...{ headRows: 1, landscape: true, widths: [6, 24, 24, 50, 8, 60, 8] },
    },
    {
      name: "修正箇所",
      rows: [
        head(["意見No.", "箇所", "修正前", "修正後", "理由"]),
        ...book.changes.map((one): WorkbookCell[] => [one.no, one.place, one.before, one.after, one.reason]),
      ],
      ...{ headRows: 1, landscape: true, widths: [8, 24, 50, 50, 40] },
    },
  ];
  if (book.edition === "internal")
    sheets.push({
      name: "もとの意見",
      rows: [
        head(["No.", "意見", "文"]),
        ...book.rows.flatMap((row) =>
          row.sources.map(({ name, text }): WorkbookCell[] => [row.no, name, text]),
        ),
      ],
      ...{ headRows: 1, widths: [6, 10, 100] },
    });
  return sheets;
}
