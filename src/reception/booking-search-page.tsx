import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import { bookingStates } from "./booking-list.ts";
import type { BookingSummary } from "./booking-summary.ts";
import type { BookingSearch, SearchedBy } from "./search-bookings.ts";

const words: Record<SearchedBy, string> = {
  number: "受付番号",
  phone: "電話番号",
  "phone-tail": "電話番号の末尾",
  kana: "カナ",
};

export interface BookingSearchPageProps {
  csrf: string;
  query: string;
  result?: BookingSearch | undefined;
  fault?: string | undefined;
}

/** 予約を探す。探す言葉は URL に残らない。 */
export function BookingSearchPage({ csrf, query, result, fault }: BookingSearchPageProps) {
  return (
    <>
      <PageHead
        crumb={<a href="/lists">予約者リスト</a>}
        title={<Sentence result={result} />}
        actions={<LinkButton href="/lists">予約者リスト</LinkButton>}
      />
      <div className="pile">
        <form method="post" action="/bookings" className="pile upload" role="search">
          <Csrf token={csrf} />
          <TextField
            id="query"
            label="受付番号・電話番号・カナ"
            defaultValue={query}
            required
            error={fault}
            autoComplete="off"
            maxLength={80}
            help="カナは途中まででも探せます。電話の末尾だけなら「末尾2136」。何で探したかと件数だけが記録に残ります。"
          />
          <div className="acts">
            <Submit icon="search">探す</Submit>
          </div>
        </form>
        {result?.partial && (
          <Note tone="plain">
            探すための準備をしています。いまはカナの全部が同じ人だけを探しました。少し待って、もう一度探してください。
          </Note>
        )}
        {result?.more && (
          <Note tone="due" title="50件より多く見つかりました。カナを長くするか、受付番号で探してください。" />
        )}
        {result !== undefined && (
          <Table
            caption="見つかった予約"
            columns={columns}
            rows={result.rows}
            rowKey={(row) => row.id}
            empty={
              <p>
                <b>この{words[result.by]}の予約はありません。</b>
                聞き違いがないか、別の言葉（電話番号、カナの一部、受付番号）でも探してください。
              </p>
            }
          />
        )}
      </div>
    </>
  );
}

function Sentence({ result }: { result: BookingSearch | undefined }) {
  if (result === undefined) return <>受付番号、電話番号、カナから予約を探します。</>;
  if (result.rows.length === 0) return <>見つかりませんでした。</>;
  return (
    <>
      {words[result.by]}で{result.rows.length}件{result.more ? "以上" : ""}見つかりました。
    </>
  );
}

const columns: Column<BookingSummary>[] = [
  {
    key: "number",
    head: "受付番号",
    rowHead: true,
    cell: (row) => <a href={`/bookings/${row.id}`}>{bookingNumber(row.number)}</a>,
  },
  { key: "name", head: "氏名", cell: (row) => row.maskedName },
  { key: "phone", head: "電話", cell: (row) => row.maskedPhone },
  {
    key: "when",
    head: "講習会",
    cell: (row) => `${formatMonthDay(row.day, { weekday: true })} ${formatTimeRange(row.start, row.end)}`,
  },
  { key: "venue", head: "会場", wrap: true, cell: (row) => row.venue },
  { key: "course", head: "講座", wrap: true, cell: (row) => row.course },
  {
    key: "state",
    head: "状態",
    cell: (row) =>
      row.state === "booked" ? bookingStates.booked : <Status look="none">{bookingStates[row.state]}</Status>,
  },
];
