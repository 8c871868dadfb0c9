import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { List } from "../ui/list-page.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { returnReasons } from "./returned-card.ts";

/** 返戻の一行。氏名は出さない。 */
export interface ReturnedRow {
  id: string;
  bookingId: string;
  number: string;
  returnedOn: string;
  reason: string;
  day: string;
  look: StatusLook;
  /** 「電話で案内する（試み2回）」「作り直した（束 第4号）」。 */
  words: string;
  /** 作り直しに回せるか。 */
  mayResend: boolean;
}

export interface ReturnedPageProps {
  csrf: string;
  date: string;
  now: string;
  may: boolean;
  given: { number: string; reason: string; returnedOn: string };
  errors: Readonly<Record<string, string>>;
  rows: ReturnedRow[];
  open: number;
}

/** 返戻: 戻ってきたはがきを受付番号で記録する。番号の欄は読み取り機でもよい（読み取ると Enter で送られる）。 */
export function ReturnedPage(props: ReturnedPageProps) {
  const { date, now, may, rows, open } = props;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/notices">受講通知書</a> ／ 返戻
          </>
        }
        title={open > 0 ? `返戻のうち、${open}通の後始末が残っています` : "後始末の残る返戻はありません"}
        date={date}
        now={now}
      />
      <div className="pile wide mt2">
        {may && <ReturnForm {...props} />}
        <Section id="r-list" title="返戻の一覧" end={<a href="/notices/phone">電話案内の一覧</a>}>
          <ReturnedList {...props} rows={rows} />
        </Section>
      </div>
    </>
  );
}

function ReturnForm({ csrf, given, errors }: ReturnedPageProps) {
  return (
    <Section id="r-form" title="戻ってきたはがきを記録する">
      <form method="post" action="/notices/returned" className="form mt1">
        <Csrf token={csrf} />
        <TextField
          id="number"
          label="受付番号"
          required
          code
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          defaultValue={given.number}
          error={errors.number}
          help="はがきの右下の番号。読み取り機でも、手で打っても。続けて何通でも記録できます。"
        />
        <SelectField
          id="reason"
          label="理由"
          required
          defaultValue={given.reason}
          error={errors.reason}
          choices={Object.entries(returnReasons).map(([value, label]) => ({ value, label }))}
          help="郵便局の付箋や印のとおりに。次の一通にも同じ理由が選ばれます。"
        />
        <TextField
          id="returnedOn"
          label="戻ってきた日"
          type="date"
          required
          defaultValue={given.returnedOn}
          error={errors.returnedOn}
        />
        <div className="acts">
          <LinkButton href="/notices" size="tall">
            戻る
          </LinkButton>
          <Submit size="tall">返戻を記録する</Submit>
        </div>
      </form>
    </Section>
  );
}

function ReturnedList({ rows, csrf, may }: ReturnedPageProps) {
  return (
    <List
      action="/notices/returned"
      count={`${rows.length}通`}
      table={{
        caption: "戻ってきた受講通知書",
        rows,
        rowKey: (row) => row.id,
        empty: "戻ってきたはがきはありません。",
        columns: [
          {
            key: "number",
            head: "受付番号",
            rowHead: true,
            width: 6,
            cell: (row) => <a href={`/bookings/${row.bookingId}`}>{row.number}</a>,
          },
          { key: "on", head: "戻った日", width: 8, cell: (row) => row.returnedOn },
          { key: "reason", head: "理由", width: 14, wrap: true, cell: (row) => row.reason },
          { key: "day", head: "受講日", width: 9, cell: (row) => row.day },
          {
            key: "state",
            head: "後始末",
            wrap: true,
            cell: (row) => <Status look={row.look}>{row.words}</Status>,
          },
          {
            key: "act",
            head: "行い",
            width: 10,
            cell: (row) =>
              may && row.mayResend ? (
                <form method="post" action={`/notices/returned/${row.id}/resend`}>
                  <Csrf token={csrf} />
                  <Submit look="normal">
                    作り直して送る<span className="vh">（受付番号{row.number}）</span>
                  </Submit>
                </form>
              ) : null,
          },
        ],
      }}
    />
  );
}
