import { Status } from "../ui/status.tsx";

export interface DeadlineRow {
  id: string;
  state: "late" | "due" | "soon";
  /** "1日遅れ"、"本日"、"あと3日"。 */
  stateText: string;
  title: string;
  /** 開けない役割なら渡さない。 */
  href?: string | undefined;
  /** "6(9)"。 */
  clause: string;
  clauseHref?: string | undefined;
  /** 担当の一人。決まっていなければ言葉で。 */
  holder: string;
  /** 瞬間があれば瞬間（"17:00まで"）、なければ日（"9月26日（金）"）。 */
  due: string;
}

/** 遅れ → 本日 → これから、の順で渡された行をそのまま並べる。 */
export function DeadlinePanel({ rows }: { rows: readonly DeadlineRow[] }) {
  if (rows.length === 0) {
    return (
      <div className="empty">
        <b>期限のある業務はありません。</b>
        仕様書の義務が生じると、ここに並びます。
      </div>
    );
  }
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th scope="col" className="w6">
            状態
          </th>
          <th scope="col">内容</th>
          <th scope="col" className="w4">
            条項
          </th>
          <th scope="col" className="w4">
            担当
          </th>
          <th scope="col" className="num w9">
            期限
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <DeadlineLine key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function DeadlineLine({ row }: { row: DeadlineRow }) {
  return (
    <tr>
      <td>
        <Status look={row.state}>{row.stateText}</Status>
      </td>
      <td className="clip">{row.href === undefined ? row.title : <a href={row.href}>{row.title}</a>}</td>
      <td>
        {row.clauseHref === undefined ? (
          <span className="clause">{row.clause}</span>
        ) : (
          <a className="clause" href={row.clauseHref}>
            {row.clause}
          </a>
        )}
      </td>
      <td className="nb">{row.holder}</td>
      <td className="num nb">{row.due}</td>
    </tr>
  );
}
