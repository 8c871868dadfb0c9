import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, PrintButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import { differenceKinds } from "./list-differences.ts";
import type { DifferenceLine, DifferenceReport } from "./open-differences.ts";

export interface DifferencePageProps {
  csrf: string;
  report: DifferenceReport;
  mayExport: boolean;
  /** 渡す相手のはじめの値。 */
  recipient: string;
  fault?: string | undefined;
}

/** 渡した予約者リストとの差分。番号は変わらないので、市と電話で突き合わせられる。 */
export function DifferencePage(props: DifferencePageProps) {
  const { csrf, report, mayExport, fault } = props;
  const { lines, deliveredAt } = report;
  const fresh = lines.filter((one) => !one.handed).length;
  return (
    <>
      <PageHead
        crumb={<a href="/lists">予約者リスト</a>}
        title={<Sentence report={report} />}
        actions={<LinkButton href="/lists">予約者リストを選ぶ</LinkButton>}
      />
      <div className="pile">
        {fault !== undefined && <Note tone="late" title={fault} />}
        {mayExport && fresh > 0 && (
          <form method="post" action="/lists/differences" className="pile upload">
            <Csrf token={csrf} />
            <TextField
              id="recipient"
              label="渡す相手（課・係）"
              required
              maxLength={60}
              defaultValue={props.recipient}
              help={`まだ渡していない${fresh}か所を、パスワード付きの Excel にします。`}
            />
            <div className="acts">
              <Submit icon="save" size="tall">
                渡すファイルを作る
              </Submit>
            </div>
          </form>
        )}
        {deliveredAt === undefined ? (
          <Note tone="info" title="まだ委託者へ渡していません。">
            予約者リストを「委託者へ渡す（成果品）」で作ると、その後の変更がここに番号つきで並びます。
          </Note>
        ) : (
          <Section
            id="h-diff"
            title="差分"
            sub="起きた順。番号は、渡し直しても続きからで、後から変わりません。"
            end={<PrintButton look="plain" />}
          >
            <Table
              caption="渡した予約者リストとの差分"
              columns={columns}
              rows={lines}
              rowKey={(line) => String(line.no)}
              empty={<p>変わったところはありません。渡したリストのままです。</p>}
            />
          </Section>
        )}
      </div>
    </>
  );
}

function Sentence({ report: { lines: all, deliveredAt } }: { report: DifferenceReport }) {
  const lines = all.filter((one) => !one.handed);
  if (deliveredAt === undefined) return <>渡した予約者リストは、まだありません。</>;
  const day = formatMonthDay(dayOf(deliveredAt), { weekday: true });
  return lines.length === 0 ? (
    <>{day}に渡したリストから、変わったところはありません。</>
  ) : (
    <>
      渡したリスト（最後は{day}）から、<span className="due">{lines.length}か所</span>変わりました。
    </>
  );
}

const columns: Column<DifferenceLine>[] = [
  { key: "no", head: "番号", numeric: true, width: 3, cell: (line) => line.no },
  {
    key: "at",
    head: "いつ",
    width: 10,
    cell: ({ at }) => `${formatMonthDay(dayOf(at))} ${minuteOf(at).replace(/^0/, "")}`,
  },
  { key: "kind", head: "区分", width: 7, cell: ({ kind }) => differenceKinds[kind] },
  {
    key: "number",
    head: "受付番号",
    rowHead: true,
    width: 6,
    cell: ({ number, bookingId }) =>
      number === null ? "—" : <a href={`/bookings/${bookingId}`}>{bookingNumber(number)}</a>,
  },
  { key: "place", head: "講習会", wrap: true, cell: ({ place }) => place },
  { key: "why", head: "理由", wrap: true, cell: ({ why }) => why },
  {
    key: "handed",
    head: "渡したか",
    width: 7,
    cell: ({ handed }) => (handed ? <Status look="done">渡した</Status> : <Status look="due">まだ</Status>),
  },
];
