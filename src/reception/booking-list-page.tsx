import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import {
  type BookingList,
  bookingStates,
  careText,
  type MaskedList,
  screenPurposes,
} from "./booking-list.ts";
import type { BookingDetail } from "./list-bookings.ts";

/** 講習会一回の予約者。はじめは伏せてあり、目的を選ぶと、記録を残してから見える。 */
export function BookingListPage(props: {
  list: MaskedList;
  /** 目的を記録したあとの、伏せていないリスト。 */
  revealed?: BookingList | undefined;
  csrf: string;
  mayExport: boolean;
  fault?: string | undefined;
}) {
  const { revealed, csrf, mayExport, fault } = props;
  const masked = props.list;
  const { cls, venue } = masked;
  const booked = masked.entries.filter(({ state }) => state === "booked").length;
  const needing = masked.entries.filter((one) => one.needing).length;
  return (
    <>
      <PageHead
        crumb={<a href={`/lists?term=${encodeURIComponent(cls.term)}`}>予約者リスト</a>}
        title={
          <>
            {formatMonthDay(cls.day, { weekday: true })} {formatTimeRange(cls.start, cls.end)} {venue.name}
            は、定員{cls.capacity}人に予約{booked}人です。
            {needing > 0 && <span className="due">配慮の要る方が{needing}人います。</span>}
          </>
        }
        actions={
          mayExport && (
            <LinkButton href={`/lists?term=${encodeURIComponent(cls.term)}`}>紙・Excel にする</LinkButton>
          )
        }
      />
      <div className="pile">
        <p className="sub">
          {[cls.kind === "" ? cls.course : `${cls.course}（${cls.kind}）`, cls.room, venue.address]
            .filter((part) => part !== "")
            .join("　")}
        </p>
        {revealed === undefined ? (
          <RevealForm id={cls.id} csrf={csrf} fault={fault} />
        ) : (
          <Note tone="plain">
            見たことと目的、{revealed.entries.length}人分であることが、記録に残りました。
            <a href={`/lists/${cls.id}`}>伏せる</a>
          </Note>
        )}
        {revealed === undefined ? (
          <Table
            caption="予約者"
            columns={maskedColumns}
            rows={[...masked.entries].sort(
              (a, b) => Number(b.needing) - Number(a.needing) || a.number - b.number,
            )}
            rowKey={({ id }) => id}
            empty={<p>{nobody}</p>}
          />
        ) : (
          <Table
            caption="予約者"
            columns={screenColumns}
            rows={sortEntries(revealed.entries)}
            rowKey={({ booking }) => booking.id}
            empty={<p>{nobody}</p>}
          />
        )}
      </div>
    </>
  );
}

const nobody = "この講習会には、まだ予約がありません。予約を受けると、受付番号の順に並びます。";

function RevealForm({ id, csrf, fault }: { id: string; csrf: string; fault: string | undefined }) {
  return (
    <form method="post" action={`/lists/${id}`} className="row wrap bottom noprint">
      <Csrf token={csrf} />
      <SelectField
        id="purpose"
        label="氏名・連絡先を見る目的"
        required
        blank="選んでください"
        choices={Object.entries(screenPurposes).map(([value, label]) => ({ value, label }))}
        error={fault}
      />
      <Submit icon="eye" look="second">
        見る
      </Submit>
    </form>
  );
}

const maskedColumns: Column<MaskedList["entries"][number]>[] = [
  {
    key: "number",
    head: "受付番号",
    rowHead: true,
    cell: ({ id, number }) => <a href={`/bookings/${id}`}>{bookingNumber(number)}</a>,
  },
  { key: "name", head: "氏名", cell: ({ maskedName }) => maskedName },
  { key: "phone", head: "電話", cell: ({ maskedPhone }) => maskedPhone },
  {
    key: "needs",
    head: "配慮事項",
    cell: ({ needing }) => (needing ? "あり" : <span className="sub">なし</span>),
  },
  {
    key: "state",
    head: "状態",
    cell: ({ state }) =>
      state === "booked" ? bookingStates.booked : <Status look="none">{bookingStates[state]}</Status>,
  },
];

/** 配慮の要る方を先に、あとは受付番号の順。 */
function sortEntries(entries: readonly BookingDetail[]): BookingDetail[] {
  const needs = ({ booking }: BookingDetail) => (careText(booking) === "" ? 1 : 0);
  return [...entries].sort((a, b) => needs(a) - needs(b) || a.booking.number - b.booking.number);
}

const screenColumns: Column<BookingDetail>[] = [
  {
    key: "number",
    head: "受付番号",
    rowHead: true,
    cell: ({ booking }) => <a href={`/bookings/${booking.id}`}>{bookingNumber(booking.number)}</a>,
  },
  {
    key: "name",
    head: "氏名",
    wrap: true,
    cell: ({ person }) => (
      <>
        <span className="nb">{person.name}</span>
        <br />
        <span className="sub nb">{person.kana}</span>
      </>
    ),
  },
  { key: "phone", head: "電話", cell: ({ person }) => person.phone },
  { key: "address", head: "住所", wrap: true, cell: ({ person }) => addressOf(person) },
  {
    key: "needs",
    head: "配慮事項",
    wrap: true,
    cell: ({ booking }) => careText(booking) || <span className="sub">なし</span>,
  },
  { key: "taken", head: "受付", cell: ({ booking }) => momentOf(booking.taken_at) },
  {
    key: "state",
    head: "状態",
    cell: ({ booking }) =>
      booking.state === "booked" ? (
        bookingStates.booked
      ) : (
        <Status look="none">{bookingStates[booking.state]}</Status>
      ),
  },
];

function addressOf({ postal, address, building }: BookingDetail["person"]): string {
  return [postal && `〒${formatPostalCode(postal)}`, address, building]
    .filter((part) => part !== "")
    .join("　");
}

function momentOf(at: Instant): string {
  return `${formatMonthDay(dayOf(at))} ${minuteOf(at).replace(/^0/, "")}`;
}

export interface BookingListPaperProps {
  lists: readonly BookingList[];
  now: Instant;
  contract: { title: string; client: string };
  demo: boolean;
  backHref: string;
}

/** 講習会ごとに一枚からの紙。取扱注意を明記し、id を刷らない。 */
export function BookingListPaper({ lists, now, contract, demo, backHref }: BookingListPaperProps) {
  const people = lists.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <PaperScreen
      title="予約者リスト"
      about={`${lists.length}回、${people}人・個人情報を含みます（取扱注意）`}
      backHref={backHref}
    >
      {lists.length !== 1 && <h1 className="vh">予約者リスト</h1>}
      {lists.map((list) => (
        <OneSheet
          key={list.cls.id}
          level={lists.length === 1 ? 1 : 2}
          list={list}
          now={now}
          contract={contract}
          demo={demo}
        />
      ))}
    </PaperScreen>
  );
}

function OneSheet({
  list,
  level,
  now,
  contract,
  demo,
}: Omit<BookingListPaperProps, "lists" | "backHref"> & { list: BookingList; level: 1 | 2 }) {
  const { cls, venue, entries } = list;
  const booked = entries.filter(({ booking }) => booking.state === "booked").length;
  return (
    <Paper
      long
      level={level}
      demo={demo}
      date={`${formatWareki(dayOf(now))} ${minuteOf(now).replace(/^0/, "")} 現在`}
      to={["取扱注意（個人情報）"]}
      from={[contract.title]}
      title="予約者リスト"
      clause="業務仕様書 6(2)イ"
      facts={[
        {
          name: "日時",
          value: `${formatWareki(cls.day, { weekday: true })} ${formatTimeRange(cls.start, cls.end)}`,
        },
        {
          name: "会場",
          value: [venue.name, cls.room, venue.address].filter((part) => part !== "").join("　"),
        },
        { name: "講座", value: cls.kind === "" ? cls.course : `${cls.course}（${cls.kind}）` },
        { name: "定員", value: `定員 ${cls.capacity}人　予約 ${booked}人` },
      ]}
      foot={{
        note: `${contract.client}の業務のための名簿です。目的の外に使わず、複写・持出しをせず、済んだら返却または廃棄してください。`,
      }}
    >
      <PaperTable entries={entries} />
    </Paper>
  );
}

function PaperTable({ entries }: { entries: readonly BookingDetail[] }) {
  if (entries.length === 0) return <p>予約者はいません。</p>;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">番号</th>
          <th scope="col">氏名</th>
          <th scope="col">電話番号</th>
          <th scope="col">住所</th>
          <th scope="col" className="care">
            配慮事項
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ booking, person }) => (
          <tr key={booking.id}>
            <td className="num">{bookingNumber(booking.number)}</td>
            <td className="nb">
              {booking.state === "booked" ? person.name : <s>{person.name}</s>}
              <br />
              <span className="small">{person.kana}</span>
            </td>
            <td className="nb">{person.phone}</td>
            <td>{addressOf(person)}</td>
            <td>
              {booking.state === "booked" ? "" : "【取消】"}
              {careText(booking)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
