import { Status, type StatusLook } from "../ui/status.tsx";

export interface DeliverableRow {
  id: string;
  title: string;
  /** 開けない人には undefined。 */
  href: string | undefined;
  state: StatusLook;
  /** "受領済み"、"作成中 338人"。 */
  stateText: string;
  /** "9月26日"。 */
  due: string;
}

/** 成果品の行。見出しは読み上げだけ。 */
export function DeliverablePanel({ rows }: { rows: readonly DeliverableRow[] }) {
  if (rows.length === 0)
    return <div className="empty">納める成果品は、まだ仕様書から読み取られていません。</div>;
  return (
    <table className="tbl">
      <thead className="vh">
        <tr>
          <th scope="col">成果品</th>
          <th scope="col">状態</th>
          <th scope="col">期限</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.href === undefined ? row.title : <a href={row.href}>{row.title}</a>}</td>
            <td>
              <Status look={row.state}>{row.stateText}</Status>
            </td>
            <td className="num nb">{row.due}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
