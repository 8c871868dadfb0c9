import { List } from "../ui/list-page.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import type { NoticeState } from "./batch.ts";

/** 一覧の一行。氏名は伏せる。 */
export interface BatchListRow {
  id: string;
  number: string;
  maskedName: string;
  day: string;
  venue: string;
  course: string;
  state: NoticeState;
  words: string;
  exceptions: string;
}

export const noticeStateLabels: Record<NoticeState, string> = {
  waiting: "確かめる前",
  approved: "承認済み",
  excluded: "外した",
  withdrawn: "送らない",
};
const looks: Record<NoticeState, StatusLook> = {
  waiting: "soon",
  approved: "done",
  excluded: "none",
  withdrawn: "none",
};

export interface BatchListPageProps {
  id: string;
  about: string;
  rows: BatchListRow[];
  total: number;
  shown: number;
  filter: string;
  page: number;
  pages: number;
}

/** 束の全部の通。 */
export function BatchListPage({ id, about, rows, total, shown, filter, page, pages }: BatchListPageProps) {
  const here = `/notices/${id}/list`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ <a href={`/notices/${id}`}>{about}</a>
          </>
        }
        title={`束の一覧　${total}通`}
      />
      <List
        action={here}
        filters={[
          {
            name: "state",
            label: "状態",
            value: filter,
            choices: [
              { value: "", label: "すべて" },
              ...Object.entries(noticeStateLabels).map(([value, label]) => ({ value, label })),
            ],
          },
        ]}
        count={`${total}通のうち${shown}通`}
        clearHref={filter === "" ? undefined : here}
        pagination={{
          page,
          pages,
          href: (to) =>
            `${here}?${new URLSearchParams({ ...(filter ? { state: filter } : {}), page: String(to) })}`,
        }}
        table={{
          caption: "束の受講通知書",
          rows,
          rowKey: (row) => row.id,
          empty: "この状態の受講通知書はありません。",
          columns: [
            {
              key: "number",
              head: "受付番号",
              rowHead: true,
              width: 6,
              cell: (row) => <a href={`/notices/${id}?n=${row.id}`}>{row.number}</a>,
            },
            { key: "name", head: "氏名", width: 8, cell: (row) => row.maskedName },
            { key: "day", head: "受講日", width: 9, cell: (row) => row.day },
            { key: "venue", head: "会場", width: 12, wrap: true, cell: (row) => row.venue },
            { key: "course", head: "講座", width: 8, wrap: true, cell: (row) => row.course },
            {
              key: "state",
              head: "状態",
              width: 10,
              cell: (row) => <Status look={looks[row.state]}>{row.words}</Status>,
            },
            { key: "exceptions", head: "確かめるもの", wrap: true, cell: (row) => row.exceptions },
          ],
        }}
      />
    </>
  );
}
