import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Paper, PaperScreen } from "../ui/paper.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { phoneResults } from "./note-phone.ts";

/** 電話案内の一行。氏名は伏せる（予約の画面か、印刷した名簿で見る）。 */
export interface PhoneRow {
  bookingId: string;
  number: string;
  maskedName: string;
  day: string;
  venue: string;
  words: string;
  attempts: number;
  done: boolean;
  taskHref: string | undefined;
}

export interface PhonePageProps {
  csrf: string;
  date: string;
  now: string;
  may: boolean;
  rows: PhoneRow[];
  left: number;
  /** まだ仕事になっていない数。 */
  untasked: number;
}

/** 電話案内: はがきでは知らせられない方の一覧と、電話の結果。 */
export function PhonePage(props: PhonePageProps) {
  const { csrf, date, now, may, rows, left, untasked } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ 電話案内
          </>
        }
        title={
          left > 0 ? `はがきでは届かない${left}人に、電話で案内してください` : "電話で案内する方はいません"
        }
        date={date}
        now={now}
      />
      <Section
        id="p-list"
        title="電話案内の一覧"
        sub={`${rows.length}人`}
        end={<a href="/notices/returned">返戻の一覧</a>}
        className="mt2"
      >
        <div className="row mt1 noprint">
          {may && untasked > 0 && (
            <form method="post" action="/notices/phone/tasks">
              <Csrf token={csrf} />
              <Submit look="normal">{untasked}人を電話の仕事にする</Submit>
            </form>
          )}
          {rows.length > 0 && (
            <form method="post" action="/notices/phone/paper">
              <Csrf token={csrf} />
              <Submit look="normal" icon="print">
                氏名と電話番号を紙にする（記録されます）
              </Submit>
            </form>
          )}
        </div>
        <Table
          caption="電話で案内する方"
          rows={rows}
          rowKey={(row) => row.bookingId}
          empty="投函の期限に間に合わない予約も、返戻もありません。"
          columns={[
            {
              key: "number",
              head: "受付番号",
              rowHead: true,
              width: 6,
              cell: (row) => <a href={`/bookings/${row.bookingId}`}>{row.number}</a>,
            },
            { key: "name", head: "氏名", width: 7, cell: (row) => row.maskedName },
            { key: "day", head: "受講日", width: 9, cell: (row) => row.day },
            { key: "venue", head: "会場", width: 12, wrap: true, cell: (row) => row.venue },
            { key: "why", head: "はがきで届かない理由", wrap: true, cell: (row) => row.words },
            {
              key: "state",
              head: "いま",
              width: 9,
              cell: (row) => (
                <Status look={row.done ? "done" : "due"}>
                  {row.done ? "案内済み" : row.attempts > 0 ? `試み${row.attempts}回` : "これから"}
                </Status>
              ),
            },
            {
              key: "act",
              head: "電話の結果",
              width: 16,
              wrap: true,
              cell: (row) => (may && !row.done ? <Results row={row} csrf={csrf} /> : null),
            },
          ]}
        />
      </Section>
    </>
  );
}

function Results({ row, csrf }: { row: PhoneRow; csrf: string }) {
  return (
    <form method="post" action={`/notices/phone/${row.bookingId}`}>
      <Csrf token={csrf} />
      {Object.entries(phoneResults).map(([value, label]) => (
        <Submit key={value} look={value === "told" ? "second" : "normal"} name="result" value={value}>
          {label}
          <span className="vh">（受付番号{row.number}）</span>
        </Submit>
      ))}
    </form>
  );
}

export interface PhonePaperProps {
  client: readonly string[];
  from: readonly string[];
  date: string;
  demo: boolean;
  rows: {
    number: string;
    name: string;
    kana: string;
    phone: string;
    day: string;
    time: string;
    venue: string;
    course: string;
    words: string;
  }[];
}

/** 電話案内の名簿（紙）。氏名と電話番号を含む。 */
export function PhonePaper({ client, from, date, rows, demo }: PhonePaperProps) {
  return (
    <PaperScreen
      title="電話案内の名簿"
      about="A4・取扱注意（氏名と電話番号を含みます）"
      backHref="/notices/phone"
    >
      <Paper
        to={client}
        from={from}
        date={date}
        title="電話案内の名簿"
        clause="業務仕様書 6(2)オ"
        demo={demo}
        long={rows.length > 14}
        foot={{ note: "使い終えたら裁断してください。持ち出したことは記録されています。" }}
      >
        <table className="grid">
          <thead>
            <tr>
              {["受付番号", "氏名", "電話番号", "受講日時", "会場・講座", "理由", "結果"].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <td>{row.number}</td>
                <td>
                  {row.name}
                  <br />
                  {row.kana}
                </td>
                <td>{row.phone}</td>
                <td>
                  {row.day}
                  <br />
                  {row.time}
                </td>
                <td>
                  {row.venue}
                  <br />
                  {row.course}
                </td>
                <td>{row.words}</td>
                <td>□案内　□不在　□伝言</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Paper>
    </PaperScreen>
  );
}
