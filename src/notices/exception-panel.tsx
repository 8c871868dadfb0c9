import { Status } from "../ui/status.tsx";
import type { ExceptionRow } from "./batch-view.ts";

const looks = { late: "late", due: "warn", wait: "wait" } as const;
const words = { late: "このままでは届かない", due: "確かめてください", wait: "お知らせ" } as const;

/** 確かめるものの並び。悪いものから。選ぶと右に氏名とはがきが出る（記録される）。 */
export function ExceptionPanel({
  id,
  rows,
  current,
}: {
  id: string;
  rows: readonly ExceptionRow[];
  current: string | undefined;
}) {
  if (rows.length === 0) return <p className="empty">確かめるものはありません。</p>;
  return (
    <ul className="ex">
      {rows.map((row) => (
        <li key={row.noticeId}>
          <a
            href={`/notices/${id}?n=${row.noticeId}`}
            aria-current={row.noticeId === current ? "true" : undefined}
          >
            <Status look={looks[row.tone]} label={words[row.tone]} />
            <span className="num no">{row.number}</span>
            <span>
              <b>{row.title}</b>
              <span className="sub">
                {row.detail}
                {row.more > 0 && `（ほか${row.more}件）`}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
