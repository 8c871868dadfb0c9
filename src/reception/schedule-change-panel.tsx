import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { ClassFault, ClassRow } from "../schedule/class.ts";
import type { ComparedField, FieldChange } from "../schedule/class-change.ts";
import { CheckField } from "../ui/choice-field.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import type { AddedClass, ChangedClass, MovedClass, NewVenue, TouchedClass } from "./import-plan.ts";

const fieldLabels: Record<ComparedField, string> = {
  end: "終了",
  capacity: "定員",
  room: "部屋",
  kind: "種別",
  venueAddress: "所在地",
  ward: "区",
  bring: "持ち物",
  phone: "問合せ先",
  contact: "担当",
  note: "備考",
  number: "番号",
};

/** 直すところ。ます目を指す。 */
export function ErrorTable({ errors }: { errors: readonly ClassFault[] }) {
  const columns: Column<ClassFault & { at: number }>[] = [
    {
      key: "cell",
      head: "ます目",
      rowHead: true,
      cell: (error) => (
        <Status look="late">{error.sheet === undefined ? error.cell : `${error.sheet} ${error.cell}`}</Status>
      ),
    },
    { key: "what", head: "どう直すか", wrap: true, cell: (error) => error.message },
  ];
  return (
    <Table
      caption="日程表の直すところ"
      columns={columns}
      rows={errors.map((error, at) => ({ ...error, at }))}
      rowKey={(error) => String(error.at)}
      empty={<p>直すところはありません。</p>}
    />
  );
}

/** 変わる講習会。欄ごとに前と後。 */
export function ChangedTable({ changed }: { changed: readonly ChangedClass[] }) {
  const columns: Column<ChangedClass>[] = [
    ...placeColumns<ChangedClass>(),
    {
      key: "fields",
      head: "変わるところ",
      wrap: true,
      cell: (one) => (
        <>
          {one.reopens && <span className="diff">受付終了 → 受付中</span>}
          {one.fields.map((change) => (
            <Difference key={change.field} change={change} />
          ))}
          {one.refusal !== undefined && <Status look="late">変えません</Status>}
          {one.refusal !== undefined && <span className="diff">{one.refusal}</span>}
        </>
      ),
    },
    bookingColumn(),
  ];
  return (
    <Table
      caption="変わる講習会"
      columns={columns}
      rows={changed}
      rowKey={(one) => one.cls.id}
      empty={<p>ありません。</p>}
    />
  );
}

function Difference({ change: { field, before, after } }: { change: FieldChange }) {
  return (
    <span className="diff">
      {`${fieldLabels[field]}　`}
      {before === undefined || before === "" ? <span className="sub">（空欄）</span> : <s>{before}</s>} →{" "}
      <b>{after}</b>
    </span>
  );
}

/** 日時か会場だけが動いたらしい講習会。移すかは人が決める。 */
export function MovedTable({ moved }: { moved: readonly MovedClass[] }) {
  const columns: Column<MovedClass>[] = [
    ...placeColumns<MovedClass>(),
    {
      key: "to",
      head: "動いた先",
      wrap: true,
      cell: ({ row }) => (
        <>
          {formatMonthDay(row.date, { weekday: true })} {formatTimeRange(row.start, row.end)}　{row.venue}
        </>
      ),
    },
    bookingColumn(),
    {
      key: "move",
      head: "移すか",
      wrap: true,
      cell: ({ cls, refusal, bookings }) =>
        refusal === undefined ? (
          <CheckField
            id={`move-${cls.id}`}
            name="move"
            value={cls.id}
            label={bookings.length > 0 ? `予約${bookings.length}件ごと移す` : "同じ講習会として移す"}
          />
        ) : (
          refusal
        ),
    },
  ];
  return (
    <Table
      caption="動いたらしい講習会"
      columns={columns}
      rows={moved}
      rowKey={(one) => one.cls.id}
      empty={<p>ありません。</p>}
    />
  );
}

/** ファイルに無くなった講習会。 */
export function RemovedTable({ removed }: { removed: readonly TouchedClass[] }) {
  return (
    <Table
      caption="ファイルにない講習会"
      columns={[...placeColumns<TouchedClass>(), bookingColumn()]}
      rows={[...removed].sort((a, b) => b.bookings.length - a.bookings.length)}
      rowKey={(one) => one.cls.id}
      empty={<p>ありません。</p>}
    />
  );
}

/** 加わる講習会。 */
export function AddedTable({ added }: { added: readonly AddedClass[] }) {
  const columns: Column<AddedClass & { at: number }>[] = [
    { key: "day", head: "日", rowHead: true, cell: ({ row }) => formatMonthDay(row.date, { weekday: true }) },
    { key: "time", head: "時間", cell: ({ row }) => formatTimeRange(row.start, row.end) },
    { key: "venue", head: "会場", wrap: true, cell: ({ row }) => placeOf(row.venue, row) },
    { key: "course", head: "講座", wrap: true, cell: ({ row }) => row.course },
    { key: "kind", head: "種別", cell: ({ row }) => row.kind ?? "—" },
    { key: "capacity", head: "定員", numeric: true, cell: ({ row }) => row.capacity },
    { key: "from", head: "ます目", cell: ({ row }) => <span className="sub">{row.source.cell}</span> },
  ];
  return (
    <Table
      caption="加わる講習会"
      columns={columns}
      rows={added.map((one, at) => ({ ...one, at }))}
      rowKey={(one) => String(one.at)}
      empty={<p>ありません。</p>}
    />
  );
}

/** 台帳に加わる会場。 */
export function NewVenueTable({ venues }: { venues: readonly NewVenue[] }) {
  const columns: Column<NewVenue>[] = [
    { key: "name", head: "会場", rowHead: true, wrap: true, cell: (venue) => venue.name },
    { key: "ward", head: "区", cell: (venue) => venue.ward || "—" },
    { key: "address", head: "所在地", wrap: true, cell: (venue) => venue.address || "—" },
  ];
  return (
    <Table
      caption="加わる会場"
      columns={columns}
      rows={venues}
      rowKey={(venue) => venue.name}
      empty={<p>ありません。</p>}
    />
  );
}

function placeColumns<T extends TouchedClass>(): Column<T>[] {
  return [
    {
      key: "day",
      head: "日時",
      rowHead: true,
      cell: ({ cls }) =>
        `${formatMonthDay(cls.day, { weekday: true })} ${formatTimeRange(cls.start, cls.end)}`,
    },
    {
      key: "venue",
      head: "会場と講座",
      wrap: true,
      cell: ({ cls, venue }) => `${placeOf(venue, cls)}　${cls.course}`,
    },
  ];
}

function placeOf(venue: string, at: Pick<ClassRow, "room">): string {
  return at.room ? `${venue} ${at.room}` : venue;
}

const MOST = 12;

/** 触れる予約の受付番号。 */
function bookingColumn<T extends TouchedClass>(): Column<T> {
  return {
    key: "bookings",
    head: "予約（受付番号）",
    wrap: true,
    cell: ({ bookings }) =>
      bookings.length === 0 ? (
        <span className="sub">なし</span>
      ) : (
        <>
          <b>{bookings.length}件</b>
          <span className="sub">
            {`　${bookings.slice(0, MOST).map(bookingNumber).join("、")}`}
            {bookings.length > MOST && "…"}
          </span>
        </>
      ),
  };
}
