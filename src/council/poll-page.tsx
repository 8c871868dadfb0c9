import { weekdayName } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";
import {
  channelNames,
  type Member,
  markNames,
  quorumNames,
  quorumOf,
  type Slot,
} from "../meetings/meeting.ts";
import type { RankedSlot } from "../meetings/poll.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckGroup } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";
import { slotText } from "./council-ask.ts";
import { MeetingHead } from "./meeting-tabs-panel.tsx";
import { Answer, type PollPageProps, whenText } from "./poll-answer-panel.tsx";

const looks: Record<RankedSlot["standing"], { look: StatusLook; word: string }> = {
  ready: { look: "done", word: "開けます" },
  open: { look: "soon", word: "回答しだい" },
  blocked: { look: "none", word: "開けません" },
};

/** 日程調整: よい順の三つ、回答の表、回答を書く、候補を作る。 */
export function PollPage(props: PollPageProps) {
  const { council, meeting, may } = props;
  const over = meeting.state === "held" || meeting.state === "cancelled";
  return (
    <>
      <MeetingHead council={council.council} meeting={meeting} tab="/poll" title={sentence(props)} />
      {meeting.slots.length > 0 ? (
        <div className={may.answer && !over ? "cols main-side" : "pile fit"}>
          <div className="pile fit">
            <Best {...props} />
            <Grid {...props} />
            {may.write && !over && <Candidates {...props} />}
          </div>
          {may.answer && !over && <Answer {...props} />}
        </div>
      ) : may.write && !over ? (
        <Candidates {...props} />
      ) : (
        <p className="empty">候補は、まだありません。</p>
      )}
    </>
  );
}

function sentence({ meeting, poll }: PollPageProps): string {
  if (meeting.state === "held" && meeting.day !== null)
    return `${formatWareki(meeting.day, { weekday: true })}に開きました。`;
  if (meeting.state === "fixed" && meeting.day !== null)
    return `${formatWareki(meeting.day, { weekday: true })}${meeting.start}からに決めました。`;
  if (meeting.slots.length === 0) return "候補の日時を決めて、委員にうかがいます。";
  const [best] = poll.best;
  const count = `${poll.members.length}人のうち${poll.answered}人が答えました。`;
  if (best === undefined) return `${count}開ける候補がありません。`;
  return `${count}いちばん良いのは${whenText(best.slot)}です。`;
}

function Best({ csrf, council, meeting, poll, may, faults }: PollPageProps) {
  const name = (id: string) => poll.members.find((one) => one.id === id)?.name ?? "";
  const room = (id: string | null) => council.council.rooms.find((one) => one.id === id);
  const fault = faults.find(({ field }) => field === "room" || field === "day" || field === "end")?.message;
  const may3 = may.write && meeting.state !== "held" && meeting.state !== "cancelled";
  return (
    <Section
      id="h-best"
      title="良い順の三つ"
      sub={`定足数 ${quorumNames[council.council.quorum]} ${quorumOf(council.council.quorum, poll.members.length)}人、座長と必須の委員を守る`}
    >
      {fault !== undefined && <Note tone="late" title={fault} />}
      <Table
        caption="良い順の候補"
        columns={[
          {
            ...{ key: "when", head: "候補と会場", rowHead: true, width: 12 },
            cell: ({ slot }) => {
              const found = room(slot.room);
              return (
                <span className="two-lines">
                  {whenText(slot)}
                  <span className="sub">
                    {found === undefined
                      ? "会場なし"
                      : `${found.name}${found.kind === "city" ? "" : "（民間）"}`}
                  </span>
                </span>
              );
            },
          },
          { key: "yes", head: "○", numeric: true, width: 2, cell: ({ yes }) => yes.length },
          { key: "maybe", head: "△", numeric: true, width: 2, cell: ({ maybe }) => maybe.length },
          {
            ...{ key: "missing", head: "来られない・未回答の方", wrap: true },
            cell: ({ no, silent }) =>
              [
                ...(no.length > 0 ? [`× ${no.map(name).join("、")}`] : []),
                ...(silent.length > 0 ? [`未回答 ${silent.map(name).join("、")}`] : []),
              ].join("　／　") || "なし",
          },
          {
            ...{ key: "standing", head: "見込み", width: 9, wrap: true },
            cell: ({ standing, reasons }) => (
              <span className="two-lines">
                <Status look={looks[standing].look}>{looks[standing].word}</Status>
                {reasons.length > 0 && <span className="sub">{reasons.join("、")}</span>}
              </span>
            ),
          },
          ...(may3
            ? [
                {
                  ...{ key: "fix", head: "決める", width: 6 as const },
                  cell: ({ slot }: RankedSlot) => (
                    <form method="post" action={`/council/meetings/${meeting.id}/fix`} className="quick">
                      <Csrf token={csrf} />
                      {(["day", "start", "end"] as const).map((field) => (
                        <input key={field} type="hidden" name={field} value={slot[field]} />
                      ))}
                      <input type="hidden" name="room" value={slot.room ?? ""} />
                      <Submit
                        look={
                          slot.id === poll.best[0]?.slot.id && meeting.state === "polling" ? "main" : "normal"
                        }
                        aria-label={`${whenText(slot)}に決める`}
                      >
                        決める
                      </Submit>
                    </form>
                  ),
                },
              ]
            : []),
        ]}
        rows={poll.best}
        rowKey={({ slot }) => slot.id}
        empty="座長・必須の委員・定足数をすべて満たす候補がありません。候補を作り直してください。"
      />
    </Section>
  );
}

function Grid({ council, meeting, poll, answers, may }: PollPageProps) {
  const byMember = new Map(answers.map((one) => [one.member, one]));
  const cell = (member: Member, slot: Slot) => {
    const mark = byMember.get(member.id)?.marks[slot.id];
    return mark === undefined ? "" : markNames[mark];
  };
  return (
    <Section
      id="h-grid"
      title="回答"
      sub={meeting.pollBy === "" ? "" : `${formatWareki(meeting.pollBy, { weekday: true })}まで`}
      end={
        may.write ? (
          <span className="links">
            <a href={`/council/meetings/${meeting.id}/sheet`}>回答用紙（.html）</a>
            <a href={`/council/meetings/${meeting.id}/asking`}>うかがいの文面</a>
            {meeting.slots.length > 0 && council.council.organizerMail !== "" && (
              <a href={`/council/meetings/${meeting.id}/holds`}>仮の予定（.ics）</a>
            )}
          </span>
        ) : undefined
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: 狭い画面で横に動かす所なので、キーで入れる必要がある */}
      <div className="scroll-x poll-scroll" tabIndex={0} role="region" aria-label="候補ごとの回答の表">
        <table className="tbl poll-grid">
          <caption className="vh">委員と候補ごとの回答</caption>
          <thead>
            <tr>
              <th scope="col">委員</th>
              {meeting.slots.map((slot) => (
                <th key={slot.id} scope="col">
                  {Number(slot.day.slice(5, 7))}/{Number(slot.day.slice(8))} {weekdayName(slot.day)}
                  <br />
                  {slot.start}
                </th>
              ))}
              <th scope="col">受け方</th>
            </tr>
          </thead>
          <tbody>
            {poll.members.map((member) => (
              <tr key={member.id}>
                <th scope="row" className="nb">
                  {may.answer ? (
                    <a href={`/council/meetings/${meeting.id}/poll?member=${member.id}#h-answer`}>
                      {member.name}
                    </a>
                  ) : (
                    member.name
                  )}
                  {(member.seat === "chair" || member.required) && (
                    <span className="sub">{member.seat === "chair" ? "　座長" : "　必須"}</span>
                  )}
                </th>
                {meeting.slots.map((slot) => (
                  <td key={slot.id} className={`mark ${byMember.get(member.id)?.marks[slot.id] ?? "none"}`}>
                    {cell(member, slot) || <span className="vh">未回答</span>}
                  </td>
                ))}
                <td className="nb">
                  {channelNames[byMember.get(member.id)?.channel ?? "page"] && byMember.has(member.id)
                    ? channelNames[byMember.get(member.id)?.channel ?? "page"]
                    : "－"}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">○の数</th>
              {meeting.slots.map((slot) => (
                <td key={slot.id} className="mark">
                  {answers.filter(({ marks }) => marks[slot.id] === "yes").length}
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      {answers.some(({ note }) => note !== "") && (
        <ul className="mt2">
          {answers
            .filter(({ note }) => note !== "")
            .map(({ member, note }) => (
              <li key={member}>
                {poll.members.find(({ id }) => id === member)?.name}: {note}
              </li>
            ))}
        </ul>
      )}
    </Section>
  );
}

function Candidates({ csrf, council, meeting, proposal, values, faults }: PollPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (field: string, usual: string) => values[field] ?? usual;
  const room = (id: string | null) => council.council.rooms.find((one) => one.id === id);
  const path = `/council/meetings/${meeting.id}/poll`;
  return (
    <Section id="h-slots" title={meeting.slots.length === 0 ? "候補を作る" : "候補を作り直す"}>
      <form method="get" action={path} className="inline-form">
        <TextField
          id="from"
          label="いつから"
          type="date"
          defaultValue={value("from", "")}
          error={fault("from")}
        />
        <TextField id="to" label="いつまで" type="date" defaultValue={value("to", "")} error={fault("to")} />
        <TextField
          id="starts"
          label="始まりの時刻"
          defaultValue={value("starts", "14:00、10:00")}
          error={fault("starts")}
        />
        <TextField
          id="length"
          label="長さ"
          unit="分"
          inputMode="numeric"
          defaultValue={value("length", "120")}
          error={fault("length")}
        />
        <TextField id="limit" label="候補の数" inputMode="numeric" defaultValue={value("limit", "8")} />
        <Submit look={proposal.length === 0 && meeting.slots.length === 0 ? "main" : "normal"}>
          候補の案を作る
        </Submit>
      </form>
      <p className="help">業務の暦の開いた日から、市の会議室の空いた時を先に選びます。</p>
      {proposal.length > 0 && (
        <form method="post" action={path} className="pile mt2">
          <Csrf token={csrf} />
          <CheckGroup
            id="slots"
            name="slots"
            legend="うかがう候補"
            error={fault("slots")}
            defaultValues={proposal.map(slotText)}
            choices={proposal.map((slot) => ({
              value: slotText(slot),
              label: `${whenText(slot)}　${room(slot.room)?.name ?? "会場なし"}`,
            }))}
          />
          <TextField
            id="by"
            label="回答をいただきたい日"
            type="date"
            defaultValue={value("by", "")}
            error={fault("by")}
          />
          {meeting.slots.length > 0 && (
            <p className="help">候補を作り直すと、これまでの回答{"（いまの候補への印）"}は消えます。</p>
          )}
          <div className="acts">
            <Submit>この候補でうかがう</Submit>
            {meeting.slots.length > 0 && <LinkButton href={path}>やめる</LinkButton>}
          </div>
        </form>
      )}
    </Section>
  );
}
