import type { WorkbookCell, WorkbookSheet } from "../office/table-workbook.ts";
import { type RankTable, rankPlaces, rankRule } from "../tabulation/rank-table.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import type { CrossTable, QuestionTable, Tabulation } from "../tabulation/tabulate.ts";

/** 集計表の一冊（Excel）: 見方、単純集計、設問ごとのクロス集計。 */
export function tableBook(title: string, found: Tabulation, notes: readonly string[]): WorkbookSheet[] {
  const byQuestion = Map.groupBy(found.crosstabs, ({ column }) => column);
  return [
    {
      name: "見方",
      widths: [90],
      rows: [[{ value: title, look: "title" }], ...notes.map((one): WorkbookCell[] => [one])],
    },
    frequencySheet(title, found),
    ...[...byQuestion].map(([id, tables]) =>
      crossSheet(id, found.questions.find((one) => one.id === id)?.text ?? "", tables, found.weighted),
    ),
  ];
}

function frequencySheet(title: string, { questions, weighted }: Tabulation): WorkbookSheet {
  const head: WorkbookCell[] = [
    "設問",
    "選択肢",
    "人数",
    ...(weighted ? ["ウエイトつき"] : []),
    "％",
    "標準誤差",
  ].map((value) => ({ value, look: "head" }));
  const rows = questions.flatMap((question) => [
    ...question.options.map((option) => optionRow(question, option, weighted)),
    ...question.nets.map((option) => optionRow(question, option, weighted)),
    totalRow(question, weighted),
    ...(question.ranks ? rankRows(question.id, question.ranks) : []),
    ...meanRow(question, weighted),
  ]);
  return {
    ...{ name: "単純集計", headRows: 2, widths: [14, 44, 10, ...(weighted ? [14] : []), 9, 10] },
    rows: [[{ value: `${title}　単純集計`, look: "title" }], head, ...rows],
  };
}

function optionRow(
  question: QuestionTable,
  option: QuestionTable["options"][number],
  weighted: boolean,
): WorkbookCell[] {
  return [
    question.id,
    option.label,
    option.unweightedCount,
    ...(weighted ? [{ value: option.count, look: "share" as const }] : []),
    { value: option.percent, look: "share" },
    { value: option.se ?? null, look: "share" },
  ];
}

function totalRow(question: QuestionTable, weighted: boolean): WorkbookCell[] {
  return [
    question.id,
    `分母: ${question.baseRule}${question.small ? "（少ないので参考）" : ""}`,
    question.unweightedBase,
    ...(weighted ? [{ value: question.base, look: "share" as const }] : []),
    { value: question.options.length > 0 ? 100 : null, look: "share" },
    { value: null, look: "share" },
  ];
}

/** 順位の設問の、順位ごとの割合（％）と得点の行。id は一列目の設問の名。 */
export function rankRows(id: string, ranks: RankTable): WorkbookCell[][] {
  return [
    [id, "順位ごと（％）", ...rankPlaces(ranks), "いずれか", "得点"].map(
      (value): WorkbookCell => ({ value, look: "note" }),
    ),
    ...ranks.options.map(({ label, counts, any, score }): WorkbookCell[] => [
      ...[id, `　${label}`],
      ...[...counts, any].map(
        ({ count }): WorkbookCell =>
          ranks.base > 0 ? { value: (count / ranks.base) * 100, look: "share" } : "…",
      ),
      { value: score, look: "decimal" },
    ]),
    [id, { value: rankRule(ranks), look: "note" }],
  ];
}

function meanRow(question: QuestionTable, weighted: boolean): WorkbookCell[][] {
  if (!question.mean) return [];
  const { value, se, n } = question.mean;
  return [
    [
      question.id,
      "平均",
      n,
      ...(weighted ? [{ value: null, look: "share" as const }] : []),
      { value, look: "decimal" },
      { value: se ?? null, look: "decimal" },
    ],
  ];
}

function crossSheet(
  id: string,
  text: string,
  tables: readonly CrossTable[],
  weighted: boolean,
): WorkbookSheet {
  const columns = tables[0]?.columns ?? [];
  const head = (value: string): WorkbookCell => ({ value, look: "head" });
  const rows = tables.flatMap((table): WorkbookCell[][] => [
    [head("軸"), head("区分"), head("n"), ...columns.map(({ label }) => head(label)), head("記号")],
    ...table.rows.map((row, i): WorkbookCell[] => [
      table.row,
      `${row.label}${row.small ? " *" : ""}`,
      row.unweightedBase,
      ...columns.map((_, j): WorkbookCell => {
        const cell = table.cells[i * columns.length + j];
        if (!cell || cell.percent === null) return "x";
        const share = shareText(cell.count, row.base);
        return cell.letters ? `${share} ${cell.letters}` : { value: cell.percent, look: "share" };
      }),
      row.letter,
    ]),
    [{ value: testText(table), look: "note" }],
    [],
  ]);
  return {
    ...{ name: id, landscape: true, headColumns: 2, widths: [12, 24, 9, ...columns.map(() => 12), 6] },
    rows: [
      [{ value: `${id}　${text}${weighted ? "（％はウエイトつき、n は人数）" : ""}`, look: "title" }],
      ...rows,
    ],
  };
}

/** 検定の一行。 */
export function testText({ chi2, df, p, cramersV, smallExpected, raoScott }: CrossTable): string {
  if (chi2 === undefined || df === undefined || p === undefined) return "検定はしていない。";
  const test = raoScott
    ? `Rao–Scott（二次）F=${raoScott.f.toFixed(3)}、自由度 ${raoScott.df1.toFixed(2)}・${raoScott.df2.toFixed(2)}`
    : `χ²=${chi2.toFixed(3)}、自由度 ${df}`;
  const warn = (smallExpected ?? 0) > 0.2 ? "。期待度数が5に満たないますが2割を超える" : "";
  return `${test}、p=${p < 0.001 ? "<0.001" : p.toFixed(3)}、クラメールのV=${(cramersV ?? 0).toFixed(3)}${warn}`;
}
