import type { ReactNode } from "react";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import type { BookingSummary } from "./booking-summary.ts";
import { cancelReasons } from "./cancel-reason.ts";
import type { SeatClass } from "./list-seats.ts";
import { type ChangePreview, type Consequence, placeText } from "./preview-change.ts";

export interface BookingChangeProps {
  csrf: string;
  preview: ChangePreview;
  fault?: string | undefined;
}

/** 別の回に変える: 移る先を選ぶ。 */
export function BookingMovePage({ csrf, preview, fault }: BookingChangeProps) {
  const { summary, alternatives, late, warnings } = preview;
  return (
    <Frame summary={summary} title="どの回に変えますか。" late={late} warnings={warnings} fault={fault}>
      {alternatives.length === 0 ? (
        <Note tone="due" title="同じ講座で、空席のある回がありません。">
          <p>
            いまの予約はそのままにして、受付デスクで待機に入れることができます。
            <a href="/desk">受付デスクへ</a>
          </p>
        </Note>
      ) : (
        <form method="post" action={`/bookings/${summary.id}/change`} className="pile upload">
          <Csrf token={csrf} />
          <SelectField
            id="classId"
            label="移る先の回"
            required
            blank="選んでください"
            choices={alternatives.map((one) => ({ value: one.cls.id, label: seatText(one) }))}
            help="同じ会場、同じ区、日の近い順です。次の画面で、席・通知書・リストに起きることを確かめてから変えます。"
          />
          <div className="acts">
            <LinkButton href={`/bookings/${summary.id}`} size="tall">
              やめる
            </LinkButton>
            <Submit size="tall">起きることを確かめる</Submit>
          </div>
        </form>
      )}
    </Frame>
  );
}

function seatText(one: SeatClass): string {
  return `${placeText(one)}　残り${one.free}${one.card.inTime ? "" : "　通知書は間に合いません"}`;
}

/** 変える前に、起きることを言う。 */
export function BookingMoveConfirm({ csrf, preview, to }: BookingChangeProps & { to: SeatClass }) {
  const { summary, consequences, version, late, warnings } = preview;
  return (
    <Frame summary={summary} title={`${placeText(to)}に変えます。`} late={late} warnings={warnings}>
      <Consequences of={consequences} />
      <form method="post" action={`/bookings/${summary.id}/change`} className="acts">
        <Csrf token={csrf} />
        <input type="hidden" name="classId" value={to.cls.id} />
        <input type="hidden" name="version" value={version} />
        <LinkButton href={`/bookings/${summary.id}/change`} size="tall">
          選び直す
        </LinkButton>
        <Submit name="confirmed" value="yes" size="tall" icon="swap">
          この回に変える
        </Submit>
      </form>
    </Frame>
  );
}

/** 取り消す前に、起きることを言い、理由を聞く。 */
export function BookingCancelPage({ csrf, preview, fault }: BookingChangeProps) {
  const { summary, consequences, version, late } = preview;
  return (
    <Frame summary={summary} title="この予約を取り消しますか。" late={late}>
      <Consequences of={consequences} />
      <form method="post" action={`/bookings/${summary.id}/cancel`} className="pile upload">
        <Csrf token={csrf} />
        <input type="hidden" name="version" value={version} />
        <SelectField
          id="reason"
          label="取り消す理由"
          required
          blank="選んでください"
          choices={Object.entries(cancelReasons).map(([value, label]) => ({ value, label }))}
          error={fault}
          help="予約率の集計に使います。話された詳しい事情は書きません。"
        />
        <div className="acts">
          <LinkButton href={`/bookings/${summary.id}`} size="tall">
            取り消さない
          </LinkButton>
          <Submit danger size="tall">
            予約を取り消す
          </Submit>
        </div>
      </form>
    </Frame>
  );
}

function Consequences({ of }: { of: readonly Consequence[] }) {
  return (
    <Section id="h-what" title="起きること">
      <Pairs
        items={of.map(({ name, text, care }) => ({
          name,
          value: care ? <span className="due">{text}</span> : text,
        }))}
      />
    </Section>
  );
}

function Frame(props: {
  summary: BookingSummary;
  title: string;
  late: boolean;
  /** 同じ方のほかの予約。止めない。 */
  warnings?: readonly string[];
  fault?: string | undefined;
  children: ReactNode;
}) {
  const { summary, title, late, warnings = [], fault, children } = props;
  const number = bookingNumber(summary.number);
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/bookings">予約を探す</a> ／ <a href={`/bookings/${summary.id}`}>受付番号{number}</a>
          </>
        }
        title={title}
      />
      <div className="pile">
        {fault !== undefined && (
          <Note tone="late" title="まだ何も変わっていません。">
            {fault}
          </Note>
        )}
        {late && (
          <Note tone="due" title="この期の受付は終わっています。">
            受講日までの変更と取消は、SV か責任者が入力します。入力した人が記録に残ります。
          </Note>
        )}
        {warnings.length > 0 && (
          <Note tone="due" title="このまま変えられます。念のため、お確かめください。">
            {warnings.map((one) => (
              <p key={one}>{one}</p>
            ))}
          </Note>
        )}
        <Section id="h-now" title="いまの予約">
          <Pairs
            items={[
              { name: "受付番号", value: number },
              { name: "氏名", value: summary.maskedName },
              {
                name: "日時",
                value: `${formatMonthDay(summary.day, { weekday: true })} ${formatTimeRange(summary.start, summary.end)}`,
              },
              { name: "会場・講座", value: `${summary.venue}　${summary.course}` },
            ]}
          />
        </Section>
        {children}
      </div>
    </>
  );
}
