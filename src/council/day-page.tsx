import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import {
  type AttendanceLine,
  attendHows,
  inSeatOrder,
  type Meeting,
  quorumOf,
  seatNames,
} from "../meetings/meeting.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Pairs } from "../ui/table.tsx";
import { decisionsText } from "./council-ask.ts";
import { MeetingHead } from "./meeting-tabs-panel.tsx";
import { activeMembers, type Council } from "./read-council.ts";
import { decisionText } from "./read-minutes.ts";

export interface DayPageProps {
  csrf: string;
  council: Council;
  meeting: Meeting;
  attendance: readonly AttendanceLine[];
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  mayWrite: boolean;
}

/** 当日: 出席簿と謝金・旅費、傍聴、決めたことと賛否、録音の同意と消去の日。 */
export function DayPage(props: DayPageProps) {
  const { council, meeting, mayWrite } = props;
  const ready = meeting.day !== null && meeting.day <= council.today && meeting.state !== "cancelled";
  return (
    <>
      <MeetingHead
        {...{ council: council.council, meeting, tab: "/day", title: sentence(props) }}
        actions={
          meeting.state === "held" ? (
            <LinkButton href={`/council/meetings/${meeting.id}/attendance`} icon="save">
              出席簿・謝金（Excel）
            </LinkButton>
          ) : undefined
        }
      />
      {mayWrite && ready ? <HeldForm {...props} /> : <Shown {...props} />}
      {mayWrite && meeting.recorded && <Erase {...props} />}
    </>
  );
}

function sentence({ council, meeting }: DayPageProps): string {
  const members = activeMembers(council).length;
  if (meeting.state === "held") {
    const here = meeting.attendance.filter(({ how }) => how !== "absent").length;
    const need = quorumOf(council.council.quorum, meeting.attendance.length || members);
    return `委員${meeting.attendance.length}人のうち${here}人が出席し、${here >= need ? "会議は成立しました" : `定足数（${need}人）に届きませんでした`}。`;
  }
  if (meeting.day === null) return "日が決まると、当日の記録ができます。";
  return meeting.day > council.today ? "会議の日は、まだ来ていません。" : "会議を開いたことを記録します。";
}

function Shown({ council, meeting }: DayPageProps) {
  const name = (id: string) => council.members.find((one) => one.id === id)?.name ?? "";
  return (
    <Section id="h-day" title="当日の記録">
      {meeting.state === "held" ? (
        <Pairs
          items={[
            ...meeting.attendance.map(({ member, how, note }) => ({
              ...{ name: name(member), value: `${attendHows[how]}${note === "" ? "" : `（${note}）`}` },
            })),
            {
              name: "傍聴",
              value: meeting.open ? `${meeting.visitors}人` : `非公開（${meeting.closedReason}）`,
            },
            ...meeting.decisions.map((one, at) => ({
              name: `決めたこと${at + 1}`,
              value: decisionText(one),
            })),
          ]}
        />
      ) : (
        <p className="empty">会議の日が来てから、出欠・決めたこと・録音のことを書きます。</p>
      )}
    </Section>
  );
}

function HeldForm({ csrf, council, meeting, attendance, values, faults }: DayPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const members = inSeatOrder(council.members).filter(({ id }) =>
    attendance.some(({ member }) => member === id),
  );
  const line = (id: string) => attendance.find(({ member }) => member === id);
  return (
    <form method="post" action={`/council/meetings/${meeting.id}/day`} className="cols main-side">
      <Csrf token={csrf} />
      <Section id="h-roll" title="出席簿と謝金・旅費">
        {fault("attendance") !== undefined && <Note tone="late" title={fault("attendance")} />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある */}
        <div className="scroll-x" tabIndex={0} role="region" aria-label="出席簿">
          <table className="tbl roll">
            <caption className="vh">出席簿</caption>
            <thead>
              <tr>
                <th scope="col">委員</th>
                <th scope="col">出欠</th>
                <th scope="col">謝金 円</th>
                <th scope="col">旅費 円</th>
                <th scope="col">備考</th>
              </tr>
            </thead>
            <tbody>
              {members.map(({ id, name, seat }) => (
                <tr key={id}>
                  <th scope="row" className="nb">
                    {name}
                    {seat !== "member" && <span className="sub">　{seatNames[seat]}</span>}
                  </th>
                  <td>
                    <select
                      aria-label={`${name}の出欠`}
                      name={`how.${id}`}
                      defaultValue={values[`how.${id}`] ?? line(id)?.how}
                    >
                      {Object.entries(attendHows).map(([value, label]) => (
                        <option key={value} value={value}>
                          {label}
                        </option>
                      ))}
                    </select>
                  </td>
                  {(["fee", "travel"] as const).map((field) => (
                    <td key={field}>
                      <input
                        type="text"
                        inputMode="numeric"
                        className="yen"
                        aria-label={`${name}の${field === "fee" ? "謝金" : "旅費"}`}
                        name={`${field}.${id}`}
                        defaultValue={values[`${field}.${id}`] ?? String(line(id)?.[field] ?? 0)}
                      />
                    </td>
                  ))}
                  <td>
                    <input
                      type="text"
                      aria-label={`${name}の備考`}
                      name={`note.${id}`}
                      defaultValue={values[`note.${id}`] ?? line(id)?.note ?? ""}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="help">欠席の方の謝金と旅費は、0 として残します。支払うのは市です。</p>
      </Section>
      <div className="pile fit">
        <Section id="h-result" title="結果">
          <div className="pile">
            <TextAreaField
              id="decisions"
              label="決めたことと賛否"
              help="一行に「決めたこと｜賛成｜反対｜保留｜結果」。賛否を取らなければ、決めたことだけ。"
              rows={4}
              defaultValue={values.decisions ?? decisionsText(meeting.decisions)}
              error={fault("decisions")}
            />
            <TextField
              id="visitors"
              label="傍聴者"
              unit="人"
              inputMode="numeric"
              defaultValue={values.visitors ?? String(meeting.visitors)}
              error={fault("visitors")}
            />
            <TextAreaField
              id="secretariat"
              label="事務局ほかの出席者"
              rows={2}
              defaultValue={values.secretariat ?? meeting.secretariat}
            />
          </div>
        </Section>
        <Section id="h-rec" title="録音">
          <div className="pile">
            <CheckField
              id="recorded"
              label="録音した"
              defaultChecked={Object.keys(values).length > 0 ? values.recorded === "1" : meeting.recorded}
            />
            <TextField
              id="consent"
              label="同意（だれに、どう得たか）"
              defaultValue={values.consent ?? meeting.consent}
              error={fault("consent")}
            />
            <TextField
              id="eraseBy"
              label="録音を消す予定の日"
              type="date"
              defaultValue={values.eraseBy ?? meeting.eraseBy}
              error={fault("eraseBy")}
            />
          </div>
        </Section>
        <div className="acts">
          <Submit>{meeting.state === "held" ? "記録を直す" : "会議を開いたことを記録する"}</Submit>
        </div>
        {meeting.state !== "held" && (
          <p className="help">記録すると、会議録の提出の期限（会議後速やかに）が数えられます。</p>
        )}
      </div>
    </form>
  );
}

function Erase({ csrf, council, meeting, faults }: DayPageProps) {
  const fault = faults.find(({ field }) => field === "erasedOn")?.message;
  if (meeting.erasedOn !== "")
    return <p>録音は、{formatWareki(meeting.erasedOn, { weekday: true })}に消しました。</p>;
  return (
    <Section id="h-erase" title="録音を消したら">
      {meeting.eraseBy !== "" && meeting.eraseBy < council.today && (
        <Note tone="late" title={`録音を消す予定の日（${formatWareki(meeting.eraseBy)}）を過ぎています。`} />
      )}
      <form method="post" action={`/council/meetings/${meeting.id}/erase`} className="inline-form">
        <Csrf token={csrf} />
        <TextField id="erasedOn" label="消した日" type="date" defaultValue={council.today} error={fault} />
        <Submit look="normal">消したことを残す</Submit>
      </form>
    </Section>
  );
}
