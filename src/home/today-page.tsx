import { formatMonthDay } from "../japan/wareki.ts";
import { PrintButton } from "../ui/button.tsx";
import { PageHead } from "../ui/section.tsx";
import { Table } from "../ui/table.tsx";

/** 本日受けた予約の一行。氏名は出さない。 */
export interface TodayRow {
  id: string;
  number: string;
  /** 「13:05」。 */
  time: string;
  day: string;
  start: string;
  venue: string;
  course: string;
  classId: string;
}

/** 本日の予約。数の後ろにある行。 */
export function TodayPage({ rows, date }: { rows: readonly TodayRow[]; date: string }) {
  return (
    <>
      <PageHead
        crumb={<a href="/">業務ホーム</a>}
        title={`本日の予約は${rows.length}件です。`}
        date={date}
        actions={<PrintButton />}
      />
      <Table
        caption="本日の予約"
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <p>
            <b>本日の予約は、まだありません。</b>予約を受けると、ここに並びます。
          </p>
        }
        columns={[
          {
            key: "number",
            head: "受付番号",
            rowHead: true,
            width: 8,
            cell: (row) => <a href={`/bookings/${row.id}`}>{row.number}</a>,
          },
          { key: "time", head: "受けた時刻", width: 7, numeric: true, cell: (row) => row.time },
          {
            key: "class",
            head: "講習会",
            cell: (row) => (
              <a href={`/lists/${row.classId}`}>
                {formatMonthDay(row.day, { weekday: true })}
                {row.start.replace(/^0/, "")}
              </a>
            ),
          },
          { key: "venue", head: "会場", wrap: true, cell: (row) => row.venue },
          { key: "course", head: "講座", wrap: true, cell: (row) => row.course },
        ]}
      />
    </>
  );
}
