import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton } from "../ui/button.tsx";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import type { WaitBoard, WaitLine } from "./list-waits.ts";

/** 待機の一覧: 電話中のものが先、あとは案内の順。 */
export function WaitListPage({ board, reachableOnly }: { board: WaitBoard; reachableOnly: boolean }) {
  const { calling, waiting } = board;
  const shown = reachableOnly ? waiting.filter((line) => line.reachable) : waiting;
  return (
    <>
      <PageHead
        crumb="待機"
        title={<Sentence board={board} />}
        actions={<LinkButton href="/booking-rate">予約率を見る</LinkButton>}
      />
      <div className="pile">
        <Section
          id="h-calling"
          title="席を押さえて電話中"
          sub="返事の期限の早い順。期限が過ぎると、席は次の方へ移ります。"
        >
          <Table
            caption="席を押さえて電話中の方"
            columns={callingColumns}
            rows={calling}
            rowKey={(line) => line.id}
            empty={
              <p>席を押さえている方はいません。予約が取り消されると、先頭の方のために席が押さえられます。</p>
            }
          />
        </Section>
        <Section
          id="h-waiting"
          title="待っている方"
          sub="案内の順。市の変更で席を失った方が先、次に申し出の早い方。"
        >
          <SegmentedLinks
            label="電話のつながる時間"
            links={[
              { href: "/waits", label: `全員 ${waiting.length}人`, current: !reachableOnly },
              {
                href: "/waits?reach=now",
                label: `いまつながる ${waiting.filter((line) => line.reachable).length}人`,
                current: reachableOnly,
              },
            ]}
          />
          <Table
            caption="案内の順に並べた待機"
            columns={waitingColumns}
            rows={shown.map((line) => ({ ...line, order: waiting.indexOf(line) + 1 }))}
            rowKey={(line) => line.id}
            empty={
              reachableOnly && waiting.length > 0 ? (
                <p>いまの時間につながる方はいません。「全員」で、つながる時間をご確認ください。</p>
              ) : (
                <p>
                  待っている方はいません。受付デスクで満席の回を選び「待機に入れる」を押すと、ここに並びます。
                </p>
              )
            }
          />
        </Section>
      </div>
    </>
  );
}

function Sentence({ board }: { board: WaitBoard }) {
  const { calling, waiting, booked } = board;
  if (calling.length + waiting.length === 0)
    return <>待っている方はいません。{booked > 0 && `これまでに${booked}人が予約になりました。`}</>;
  const seats = waiting.filter((line) => line.open.length > 0).length;
  return (
    <>
      待っている方は{calling.length + waiting.length}人です。
      {calling.length > 0 && <span className="due">{calling.length}人に席を押さえて電話中です。</span>}
      {seats > 0 && <span className="due">{seats}人には、いま空席があります。</span>}
    </>
  );
}

const when = (at: string) => `${formatMonthDay(dayOf(at))} ${minuteOf(at).replace(/^0/, "")}`;

function Person({ line }: { line: WaitLine }) {
  return (
    <>
      <a href={`/waits/${line.id}`}>{line.maskedName}</a>{" "}
      <span className="sub">
        {line.maskedPhone}
        {line.contact !== "電話" && `　${line.contact}`}
      </span>
    </>
  );
}

function Reach({ line }: { line: WaitLine }) {
  return line.reachable ? (
    <Status look="done">いま（{line.reach}）</Status>
  ) : (
    <Status look="none">{line.reach}</Status>
  );
}

const callingColumns: Column<WaitLine>[] = [
  {
    key: "due",
    head: "返事の期限",
    width: 10,
    cell: ({ offer }) => offer && <Status look={offer.urgency}>{offer.due}</Status>,
  },
  { key: "who", head: "だれに", rowHead: true, wrap: true, cell: (line) => <Person line={line} /> },
  {
    key: "class",
    head: "押さえた席",
    wrap: true,
    cell: ({ offer }) => (
      <>
        {offer?.text}
        {offer?.byPhone && <span className="due">　日時は電話で案内</span>}
      </>
    ),
  },
  { key: "reach", head: "電話のつながる時間", width: 12, cell: (line) => <Reach line={line} /> },
];

const waitingColumns: Column<WaitLine & { order: number }>[] = [
  { key: "order", head: "順", numeric: true, width: 3, cell: ({ order }) => order },
  { key: "who", head: "だれが", rowHead: true, wrap: true, cell: (line) => <Person line={line} /> },
  { key: "wish", head: "待っている回", wrap: true, cell: ({ wish }) => wish },
  {
    key: "open",
    head: "いまの空席",
    wrap: true,
    cell: ({ open }) =>
      open.length === 0 ? <span className="sub">なし</span> : <Status look="warn">{open.length}回</Status>,
  },
  { key: "reach", head: "電話のつながる時間", width: 12, cell: (line) => <Reach line={line} /> },
  {
    key: "since",
    head: "申し出",
    width: 9,
    cell: ({ since, passes, priority }) => (
      <>
        {when(since)}
        {priority > 0 && <span className="due">　先に案内</span>}
        {passes > 0 && <span className="sub">　案内{passes}回</span>}
      </>
    ),
  },
];
