import type { CellState, Consistency, MatrixColumn, MatrixRow } from "./consistency.ts";

const marks: Readonly<Record<CellState, { mark: string; word: string }>> = {
  full: { mark: "●", word: "対応あり" },
  partial: { mark: "△", word: "一部" },
  none: { mark: "－", word: "対象外" },
  clash: { mark: "！", word: "食い違い" },
};

/** 施策 × 上位計画・法律の表。ます目は、項目ごとの説明（/plans/:id/check）へ。 */
export function MatrixPanel({
  plan,
  columns,
  rows,
  current,
  onOpen,
}: {
  plan: string;
  columns: readonly MatrixColumn[];
  rows: readonly MatrixRow[];
  /** いまいる施策。 */
  current?: string | undefined;
  /** 施策の名を押したとき（編集の画面では、そこへ移る）。 */
  onOpen?: ((measure: string) => void) | undefined;
}) {
  return (
    <table className="mat">
      <caption className="vh">施策と上位計画・法律の整合</caption>
      <thead>
        <tr>
          <th scope="col" className="name">
            施策
          </th>
          {columns.map(({ id, name, shortName }) => (
            <th key={id} scope="col">
              <abbr title={name}>{shortName}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.measure} className={row.measure === current ? "on" : undefined}>
            <th scope="row">
              {onOpen ? (
                <button type="button" className="btn link" onClick={() => onOpen(row.measure)}>
                  {row.number.replace("施策", "")} {row.title}
                </button>
              ) : (
                <>
                  {row.number.replace("施策", "")} {row.title}
                </>
              )}
            </th>
            {row.cells.map((cell) => (
              <td key={cell.column}>
                <a
                  href={`/plans/${plan}/check#${encodeURIComponent(row.measure)}`}
                  className={cell.state === "clash" ? "bad" : undefined}
                  aria-label={`${marks[cell.state].word}${cell.codes.length > 0 ? `（${cell.codes.join("、")}）` : ""}`}
                >
                  {marks[cell.state].mark}
                </a>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 印の読み方と、食い違いの数。 */
export function MatrixLegend({ rows }: { rows: Consistency["rows"] }) {
  const clashes = rows.flatMap(({ cells }) => cells).filter(({ state }) => state === "clash").length;
  return (
    <p className="legend mat-legend">
      <span>● 対応あり</span>
      <span>△ 一部</span>
      <span>－ 対象外</span>
      {clashes > 0 && <b className="late-word">！食い違い {clashes}</b>}
    </p>
  );
}
