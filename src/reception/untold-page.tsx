import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { tryResults } from "../tasks/task.ts";
import { Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs } from "../ui/table.tsx";
import { bookingNumber } from "./booking.ts";
import { answersFor, changeKindLabels, toldResults } from "./city-change.ts";
import type { CityChangeBoard, UntoldLine } from "./list-city-changes.ts";
import { placeText } from "./preview-change.ts";

/** まだお伝えしていない方。一人ずつ、何が変わったか・勧める回・結果の欄。 */
export function UntoldPage(props: { csrf: string; board: CityChangeBoard; fault?: string | undefined }) {
  const { csrf, board, fault } = props;
  const { untold, changes } = board;
  const late = untold.filter((line) => line.urgency === "late").length;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/classes">講習会と会場</a> ／ <a href="/class-changes">市の変更・中止</a>
          </>
        }
        title={
          untold.length === 0 ? (
            changes.length === 0 ? (
              "市の変更・中止はありません。"
            ) : (
              "全員にお伝えしました。"
            )
          ) : (
            <>
              まだお伝えしていない方が<span className="due">{untold.length}人</span>います。
              {late > 0 && <span className="late">{late}人は期限を過ぎています。</span>}
            </>
          )
        }
      />
      <div className="pile">
        {fault !== undefined && (
          <Note tone="late" title="まだ記録していません。">
            {fault}
          </Note>
        )}
        {untold.length === 0 && (
          <div className="empty">
            <p>市の変更・中止を入れると、予約の一件ごとに、ここに並びます。</p>
          </div>
        )}
        {untold.map((line) => (
          <Untold key={line.tellId} csrf={csrf} line={line} />
        ))}
      </div>
    </>
  );
}

function Untold({ csrf, line }: { csrf: string; line: UntoldLine }) {
  const { change, summary, tellId, alternatives } = line;
  const id = `t-${tellId}`;
  return (
    <Section
      id={`${id}-h`}
      title={`受付番号${bookingNumber(summary.number)}　${summary.maskedName}`}
      sub={<a href={`/bookings/${summary.id}`}>氏名・電話を見る</a>}
      end={
        <Status look={line.urgency}>
          {line.due}　試み{line.attempts}回
        </Status>
      }
    >
      <div className="cols main-side">
        <div>
          <Pairs
            items={[
              { name: changeKindLabels[change.kind], value: [change.place, ...change.changes].join("　") },
              { name: "理由", value: change.reason },
              {
                name: "いまの予約",
                value: `${formatMonthDay(summary.day, { weekday: true })} ${formatTimeRange(summary.start, summary.end)} ${summary.venue}`,
              },
            ]}
          />
        </div>
        <div className="pile mt1">
          <form method="post" action={`/class-changes/tells/${tellId}`} className="pile">
            <Csrf token={csrf} />
            <SelectField
              id={`${id}-result`}
              name="result"
              label="お伝えした結果"
              required
              blank="選んでください"
              choices={answersFor(change.kind).map((value) => ({ value, label: toldResults[value] }))}
            />
            <SelectField
              id={`${id}-class`}
              name="classId"
              label="移る先（別の回に移るとき）"
              blank={alternatives.length === 0 ? "同じ講座の空席がありません" : "選んでください"}
              choices={alternatives.map((one) => ({
                value: one.cls.id,
                label: `${placeText(one)}　残り${one.free}`,
              }))}
            />
            <Submit size="tall">伝えたことを記録する</Submit>
          </form>
          <form method="post" action={`/class-changes/tells/${tellId}/tries`} className="row">
            <Csrf token={csrf} />
            <SelectField
              id={`${id}-try`}
              name="result"
              label="話せなかったとき"
              choices={Object.entries(tryResults).map(([value, label]) => ({ value, label }))}
            />
            <Submit look="normal" size="tall">
              試みを記録する
            </Submit>
          </form>
        </div>
      </div>
    </Section>
  );
}
