import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";

/** 「全体」の行のない表の印。 */
export const NO_TOTAL = "none";

/** 表の形の設問: 行（項目）ごとの単純集計を、項目を区分とする一枚にする。選択肢が違えば undefined。 */
export function matrixView(
  question: { id: string; text: string; short: string },
  views: readonly CrossView[],
): CrossView | undefined {
  const [first] = views;
  if (!first || views.length < 2) return undefined;
  const kinds = missingKeys(views);
  const plain = first.columns.filter(({ kind }) => kind !== "missing");
  const same = (view: CrossView) =>
    view.columns
      .filter(({ kind }) => kind !== "missing")
      .map(({ label }) => label)
      .join("\n") === plain.map(({ label }) => label).join("\n");
  if (!views.every(same)) return undefined;
  const options = plain.filter(({ kind }) => kind === "option");
  const nets = plain.filter(({ kind }) => kind === "net");
  const columns = [...options, ...kinds, ...nets];
  const rows = views.map((view, at): ViewRow => {
    const cells = columns.map(({ key }) => {
      const place = view.columns.findIndex((one) => one.key === key);
      const percent = view.total.hidden || view.total.base <= 0 ? null : 0;
      return view.total.cells[place] ?? { count: 0, people: 0, percent };
    });
    return {
      ...view.total,
      code: view.question.id,
      label: view.question.short,
      letter: String(at + 1),
      cells,
    };
  });
  const most = Math.max(...rows.map(({ people }) => people));
  return {
    ...first,
    title: question.short,
    question: { ...question, type: "sa" },
    columns,
    total: {
      ...first.total,
      code: NO_TOTAL,
      label: "",
      people: most,
      cells: columns.map(() => ({ count: 0, people: 0, percent: null })),
    },
    blocks: [
      { id: question.id, title: "項目", rows, untested: "項目どうしは同じ人の答えなので、検定をしません。" },
    ],
  };
}

function missingKeys(views: readonly CrossView[]): CrossView["columns"] {
  const found = new Map<string, CrossView["columns"][number]>();
  for (const { columns } of views)
    for (const column of columns) if (column.kind === "missing") found.set(column.key, column);
  return [...found.values()];
}
