import type { WorkbookCell, WorkbookSheet } from "../office/table-workbook.ts";
import { questionName } from "../tabulation/question-name.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import type { ReportBook } from "./report-book.ts";
import { overviewRows } from "./report-overview.ts";
import { percentAt } from "./survey-figure.ts";
import { rankRows } from "./table-book.ts";
import { viewSheet } from "./view-workbook-document.ts";
import { waveSheet } from "./wave-document.ts";

/** 集計表の一冊（Excel）: 見方、単純集計、設問ごとに全部の軸、報告書の図。 */
export function reportSheets(book: ReportBook): WorkbookSheet[] {
  const chosen = book.sections.flatMap(({ crosses }) => crosses.filter((one) => one.chosen));
  return [
    {
      ...{ name: "見方", widths: [18, 80] },
      rows: [
        [{ value: `${book.title}　集計表`, look: "title" }],
        ...overviewRows(book).map(({ name, text }): WorkbookCell[] => [name, text]),
        [],
        ...book.notes.map((one): WorkbookCell[] => ["", one]),
        ["回答の指紋", book.dataHash],
      ],
    },
    frequencySheet(book),
    ...waveSheet(book.waves, book.title),
    ...book.tables.map((view) => viewSheet(view, book.title)),
    ...chosen.map(({ view }, at) => ({
      ...viewSheet(view, book.title),
      name: `図${at + 1} ${questionName(view.question.id)}`,
    })),
  ];
}

function frequencySheet(book: ReportBook): WorkbookSheet {
  const head = (value: string): WorkbookCell => ({ value, look: "head" });
  return {
    ...{ name: "単純集計", headRows: 2, widths: [10, 46, 10, ...(book.weighted ? [12] : []), 9] },
    rows: [
      [{ value: `${book.title}　単純集計`, look: "title" }],
      ["設問", "選択肢", "人数", ...(book.weighted ? ["ウエイト後"] : []), "％"].map(head),
      ...book.questionnaire.flatMap((view): WorkbookCell[][] => [
        [
          { value: questionName(view.question.id), look: "head" },
          { value: view.question.text, look: "head" },
          { value: view.total.people, look: "count" },
          ...(book.weighted ? [{ value: view.total.base, look: "share" as const }] : []),
          { value: view.total.mean ? `平均 ${view.total.mean.value.toFixed(2)}` : "", look: "text" },
        ],
        ...view.columns.map(({ label }, at): WorkbookCell[] => {
          const cell = view.total.cells[at];
          const value = percentAt(view.total, at);
          return [
            ...["", label, cell?.people ?? 0],
            ...(book.weighted ? [{ value: cell?.count ?? 0, look: "share" as const }] : []),
            value === null ? shareText(0, 0) : { value, look: "share" },
          ];
        }),
        // 順位の設問は、選択肢ごとの割合の下に、順位ごとの割合と得点を続ける。
        ...(view.ranks && !view.total.hidden ? rankRows("", view.ranks) : []),
      ]),
    ],
  };
}
