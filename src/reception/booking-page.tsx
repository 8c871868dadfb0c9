import { dayOf, minuteOf } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import { bookingStates } from "./booking-list.ts";
import type { BookingSummary } from "./booking-summary.ts";
import { contactMeans, readProxy } from "./caller.ts";
import type { BookingDetail } from "./list-bookings.ts";
import { type HistoryLine, revealReasons } from "./open-booking.ts";

export interface BookingPageProps {
  csrf: string;
  summary: BookingSummary;
  history: readonly HistoryLine[];
  /** 講習会が始まった（変更も取消もできない）。 */
  begun: boolean;
  /** 理由を記録して開いたとき。 */
  revealed?: BookingDetail | undefined;
  fault?: string | undefined;
}

/** 予約一件。はじめは伏せてあり、理由を選ぶと見える。 */
export function BookingPage({ csrf, summary, history, begun, revealed, fault }: BookingPageProps) {
  const when = `${formatMonthDay(summary.day, { weekday: true })} ${formatTimeRange(summary.start, summary.end)}`;
  return (
    <>
      <PageHead
        crumb={<a href="/bookings">予約を探す</a>}
        title={
          <>
            受付番号{bookingNumber(summary.number)}は、{when} {summary.venue}の予約です。
            {summary.state !== "booked" && (
              <span className="due">{bookingStates[summary.state]}になりました。</span>
            )}
          </>
        }
        actions={
          <>
            <LinkButton href={`/lists/${summary.classId}`}>この回の予約者リスト</LinkButton>
            {summary.state === "booked" && !begun && (
              <>
                <LinkButton href={`/bookings/${summary.id}/cancel`} danger>
                  取り消す
                </LinkButton>
                <LinkButton href={`/bookings/${summary.id}/change`} look="main" icon="swap">
                  別の回に変える
                </LinkButton>
              </>
            )}
          </>
        }
      />
      <div className="cols main-side">
        <div className="pile wide">
          <Section id="h-class" title="講習会">
            <Pairs
              items={[
                {
                  name: "日時",
                  value: `${formatWareki(summary.day, { weekday: true })} ${formatTimeRange(summary.start, summary.end)}`,
                },
                { name: "会場", value: summary.venue },
                { name: "講座", value: summary.course },
                {
                  name: "状態",
                  value:
                    summary.state === "booked" && begun
                      ? "予約（講習会が始まったので、変更と取消はできません）"
                      : bookingStates[summary.state],
                },
              ]}
            />
          </Section>
          <Section id="h-person" title="予約された方">
            {revealed === undefined ? <Masked summary={summary} /> : <Revealed detail={revealed} />}
          </Section>
          <Section id="h-history" title="これまで" sub="行為の記録から">
            <Table
              caption="この予約のこれまで"
              columns={historyColumns}
              rows={history.map((line, at) => ({ ...line, key: String(at) }))}
              rowKey={(line) => line.key}
              empty={<p>記録はありません。</p>}
            />
          </Section>
        </div>
        <Section id="h-reveal" title={revealed === undefined ? "氏名・連絡先を見る" : "見えています"}>
          {revealed === undefined ? (
            <RevealForm csrf={csrf} id={summary.id} fault={fault} />
          ) : (
            <div className="pile mt1">
              <Note tone="plain">見たことと理由が記録に残りました。用が済んだら閉じてください。</Note>
              <LinkButton href={`/bookings/${summary.id}`} size="tall">
                伏せる
              </LinkButton>
            </div>
          )}
        </Section>
      </div>
    </>
  );
}

function Masked({ summary }: { summary: BookingSummary }) {
  return (
    <Pairs
      items={[
        { name: "氏名", value: summary.maskedName },
        { name: "電話", value: summary.maskedPhone },
      ]}
    />
  );
}

function Revealed({ detail: { person, booking } }: { detail: BookingDetail }) {
  const orNone = (text: string) => text || <span className="sub">なし</span>;
  const proxy = readProxy(booking.proxy);
  return (
    <Pairs
      items={[
        { name: "氏名", value: `${person.name}（${person.kana}）` },
        { name: "電話", value: person.phone },
        { name: "郵便番号", value: orNone(person.postal && formatPostalCode(person.postal)) },
        { name: "住所", value: [person.address, person.building].filter((part) => part !== "").join("　") },
        {
          name: "配慮事項",
          value: orNone(
            [booking.large_print === 1 ? "拡大文字" : "", booking.needs]
              .filter((part) => part !== "")
              .join("、"),
          ),
        },
        { name: "連絡の取り方", value: contactMeans[booking.contact] },
        {
          name: "代わりの申込者",
          value: orNone(
            proxy ? `${proxy.name}（${proxy.relation || "続柄は聞いていない"}）　${proxy.phone}` : "",
          ),
        },
        { name: "付き添い", value: orNone(booking.companions > 0 ? `${booking.companions}人` : "") },
        ...(booking.phone_only === 1
          ? [{ name: "受講通知書", value: <span className="due">通知書は電話で案内</span> }]
          : []),
        { name: "メモ", value: orNone(booking.memo) },
      ]}
    />
  );
}

function RevealForm({ csrf, id, fault }: { csrf: string; id: string; fault: string | undefined }) {
  return (
    <form method="post" action={`/bookings/${id}`} className="pile mt1">
      <Csrf token={csrf} />
      <SelectField
        id="reason"
        label="見る理由"
        required
        blank="選んでください"
        choices={Object.entries(revealReasons).map(([value, label]) => ({ value, label }))}
        help="見た人、時刻、理由が記録に残ります。"
        error={fault}
      />
      <Submit icon="eye" size="tall" look="second">
        見る
      </Submit>
    </form>
  );
}

const historyColumns: Column<HistoryLine & { key: string }>[] = [
  {
    key: "at",
    head: "いつ",
    rowHead: true,
    cell: ({ at }) => `${formatMonthDay(dayOf(at), { weekday: true })} ${minuteOf(at).replace(/^0/, "")}`,
  },
  { key: "what", head: "何を", wrap: true, cell: ({ what }) => what },
  { key: "more", head: "ほか", wrap: true, cell: ({ more }) => <span className="sub">{more}</span> },
];
