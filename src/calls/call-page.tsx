import { minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { callDefinitions } from "../telephony/call-definition.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { List } from "../ui/list-page.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { type Column, Pairs } from "../ui/table.tsx";
import { type CallState, callStates, deskText, spanText } from "./call.ts";
import type { Dialed } from "./dial-call.ts";
import type { CallList, CallQuery, ListedCall, OpenedCall } from "./list-calls.ts";
import type { CallPop } from "./pop-call.ts";

/** 決めごと。数の表の下に、いつも置く。 */
export function Definitions() {
  return (
    <Section id="h-def" title="数の決めごと" sub="どの表も、この決めごとで数えています。">
      <Pairs items={callDefinitions.map(({ term, text }) => ({ name: term, value: text }))} />
    </Section>
  );
}

const looks: Partial<Record<CallState, StatusLook>> = {
  answered: "done",
  talking: "soon",
  waiting: "due",
  abandoned: "late",
  closed: "none",
};

export function CallStatus({ call }: { call: Pick<ListedCall, "state" | "stateText"> }) {
  return <Status look={looks[call.state] ?? "warn"}>{call.stateText}</Status>;
}

/** 入電の記録の一覧。 */
export function CallListPage({ list, query }: { list: CallList; query: CallQuery }) {
  const { from, to, what = "", hour = "", desk = "" } = { ...query, from: list.from, to: list.to };
  const href = (page: number) =>
    `/calls?${new URLSearchParams({ from, to, what, hour, desk, page: String(page) })}`;
  const filtered = what !== "" || hour !== "" || desk !== "";
  return (
    <>
      <PageHead
        crumb="電話"
        title={
          <>
            {formatMonthDay(from, { weekday: true })}から{formatMonthDay(to, { weekday: true })}の電話は
            {list.total.toLocaleString("ja-JP")}件です。
          </>
        }
        actions={
          <>
            <LinkButton href={`/calls/figures?from=${from}&to=${to}`} icon="chart">
              数を見る
            </LinkButton>
            <LinkButton href="/calls/wall" icon="eye">
              いまの様子
            </LinkButton>
          </>
        }
      />
      <div className="pile">
        <List
          action="/calls"
          filters={[
            { name: "what", label: "終わり方", value: what, choices: whatChoices },
            { name: "hour", label: "時間帯", value: hour, choices: hourChoices },
          ]}
          keep={{ from, to, ...(desk === "" ? {} : { desk }) }}
          count={`${list.total.toLocaleString("ja-JP")}件。新しい順です。番号は伏せています。`}
          clearHref={filtered ? "/calls" : undefined}
          table={{
            caption: "電話の記録",
            columns,
            rows: list.rows,
            rowKey: (call) => call.id,
            empty: <Empty filtered={filtered} />,
          }}
          pagination={{ page: list.page, pages: list.pages, href }}
        />
      </div>
    </>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  if (filtered)
    return <p>この条件に合う電話はありません。条件をゆるめるか、「すべて見る」を選んでください。</p>;
  return (
    <p>
      <b>この期間の電話の記録はありません。</b>
      電話システムの知らせ、電話機の記録（queue_log と
      CDR）の取り込み、受付デスクの通話のキーのどれかで、ここに並びます。
    </p>
  );
}

const whatChoices = [
  { value: "", label: "すべて" },
  { value: "offered", label: "入電" },
  { value: "unlinked", label: "残したもののない応答" },
  ...Object.entries(callStates).map(([value, label]) => ({ value, label })),
];
const hourChoices = [
  { value: "", label: "すべて" },
  ...Array.from({ length: 24 }, (_, h) => ["00", "30"].map((m) => `${String(h).padStart(2, "0")}:${m}`))
    .flat()
    .filter((slot) => slot >= "07:00" && slot < "20:00")
    .map((slot) => ({ value: slot, label: `${slot}から` })),
];

const columns: Column<ListedCall>[] = [
  { key: "state", head: "状態", width: 10, cell: (call) => <CallStatus call={call} /> },
  {
    key: "at",
    head: "着信",
    rowHead: true,
    width: 10,
    cell: (call) => (
      <a href={`/calls/${call.id}`}>
        {formatMonthDay(dayText(call), { weekday: true })} {minuteOf(call.arrivedAt)}
      </a>
    ),
  },
  { key: "caller", head: "番号", width: 10, cell: (call) => call.caller ?? "非通知など" },
  { key: "desk", head: "席", width: 6, cell: (call) => deskText(call.desk) || "－" },
  { key: "waited", head: "待ち", numeric: true, width: 6, cell: (call) => spanText(call.waited) },
  { key: "talked", head: "通話", numeric: true, width: 6, cell: (call) => spanText(call.talked) },
  { key: "source", head: "どこから", width: 10, cell: (call) => call.sourceText },
  {
    key: "task",
    head: "折り返し",
    width: 6,
    cell: (call) => (call.taskId === null ? "" : <a href={`/tasks/${call.taskId}`}>仕事を見る</a>),
  },
];

function dayText({ arrivedAt }: Pick<ListedCall, "arrivedAt">): string {
  return new Date(Date.parse(arrivedAt) + 9 * 3_600_000).toISOString().slice(0, 10);
}

const leftPlaces: Readonly<Record<string, string>> = {
  "reception/booking": "/bookings/",
  "answers/complaint": "/complaints/",
  "answers/question": "/questions/",
};

function LeftLink({ at, label }: { at: string; label: string }) {
  const place = leftPlaces[at.split("/").slice(0, 2).join("/")];
  const id = at.split("/")[2] ?? "";
  return place === undefined ? label : <a href={`${place}${encodeURIComponent(id)}`}>{label}</a>;
}

/** 一件の電話。 */
export function CallPage(props: {
  call: ListedCall;
  earlier: CallPop["earlier"];
  left: OpenedCall["left"];
  /** かけ直してよい役割なら、合い札。 */
  csrf: string | undefined;
  /** いま、かけようとして鳴らせなかったもの。 */
  dialed?: Dialed | undefined;
}) {
  const { call, earlier, left, csrf, dialed } = props;
  const time = (at: string | null) =>
    at === null ? "－" : new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(11, 19);
  return (
    <>
      <PageHead
        crumb={<a href="/calls">電話</a>}
        title={
          <>
            {formatMonthDay(dayText(call), { weekday: true })} {minuteOf(call.arrivedAt)}の着信
          </>
        }
        actions={
          <>
            {call.taskId !== null && <LinkButton href={`/tasks/${call.taskId}`}>折り返しの仕事</LinkButton>}
            {csrf !== undefined && call.caller !== undefined && (
              <form method="post" action={`/calls/${call.id}/dial`}>
                <Csrf token={csrf} />
                <Submit look="main">この番号にかける</Submit>
              </form>
            )}
          </>
        }
      />
      <div className="pile">
        {dialed?.number !== undefined && (
          <Note tone="info" title="電話機から、おかけください。">
            {dialed.why} <a href={`tel:${dialed.number}`}>{dialed.number}</a>
            。番号をお見せしたことは、記録に残りました。
          </Note>
        )}
        <Pairs
          items={[
            { name: "状態", value: <CallStatus call={call} /> },
            { name: "番号", value: call.caller ?? "非通知・公衆電話など" },
            { name: "着いた時刻", value: time(call.arrivedAt) },
            { name: "出た時刻", value: time(call.answeredAt) },
            { name: "終わった時刻", value: time(call.endedAt) },
            { name: "待ち", value: spanText(call.waited) },
            { name: "通話", value: spanText(call.talked) },
            { name: "席", value: deskText(call.desk) || "－" },
            { name: "待ち行列", value: call.queue || "－" },
            { name: "どこから", value: call.sourceText },
          ]}
        />
        <Section
          id="h-left"
          title="この電話で残したもの"
          sub="受付デスクの通話のキーを使うと、つながります。"
        >
          {left.length === 0 ? (
            <p>つながった記録はありません。</p>
          ) : (
            <ul>
              {left.map((one) => (
                <li key={one.ref}>
                  <LeftLink at={one.ref} label={one.label} />
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section id="h-earlier" title="この番号の予約" sub="番号の持ち主が、かけた方とは限りません。">
          {earlier.length === 0 ? (
            <p>この番号の予約はありません。</p>
          ) : (
            <ul>
              {earlier.map((one) => (
                <li key={one.id}>
                  <a href={one.href}>受付番号 {one.number}</a>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </>
  );
}
