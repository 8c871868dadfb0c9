import type { Fault } from "../base/error.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { channelNames, type Meeting, markNames, type PollAnswer, type Slot } from "../meetings/meeting.ts";
import { Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { PollView } from "./poll-meeting.ts";
import type { Council } from "./read-council.ts";

export interface PollPageProps {
  csrf: string;
  council: Council;
  meeting: Meeting;
  poll: PollView;
  answers: readonly PollAnswer[];
  /** 作った候補の案。 */
  proposal: readonly Slot[];
  /** 読み取った回答のうち、だれのものか・印を人が確かめるもの。 */
  reply: { marks: Readonly<Record<string, string>>; member: string; note: string; said: string } | undefined;
  /** 書き直す委員。 */
  member: string;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  may: { write: boolean; answer: boolean };
}

export function whenText({ day, start, end }: Pick<Slot, "day" | "start" | "end">): string {
  return `${formatMonthDay(day, { weekday: true })} ${start}–${end}`;
}

/** 回答を書く欄と、メールの回答を読む欄。 */
export function Answer({ csrf, meeting, poll, answers, reply, member, faults }: PollPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const chosen = reply?.member ?? member;
  const known = answers.find((one) => one.member === chosen);
  const marks: Readonly<Record<string, string>> = reply?.marks ?? known?.marks ?? {};
  return (
    <div className="pile fit">
      <Section id="h-answer" title={reply === undefined ? "回答を書く" : "読み取った回答を確かめる"}>
        {reply !== undefined && <Note tone="info" title={reply.said} />}
        <form method="post" action={`/council/meetings/${meeting.id}/answer`} className="pile">
          <Csrf token={csrf} />
          <SelectField
            id="member"
            label="委員"
            required
            blank="選んでください"
            defaultValue={chosen}
            choices={poll.members.map(({ id, name }) => ({ value: id, label: name }))}
            error={fault("member")}
          />
          <SegmentedField
            id="channel"
            legend="どう受けたか"
            defaultValue={reply === undefined ? "phone" : "mail"}
            choices={Object.entries(channelNames).map(([value, label]) => ({ value, label }))}
          />
          {fault("marks") !== undefined && <Note tone="late" title={fault("marks")} />}
          <div className="poll-marks">
            {meeting.slots.map((slot) => (
              <SegmentedField
                key={slot.id}
                id={`m${slot.id}`}
                legend={`${slot.id}　${whenText(slot)}`}
                defaultValue={marks[slot.id]}
                choices={Object.entries(markNames).map(([value, label]) => ({ value, label }))}
              />
            ))}
          </div>
          <TextField id="note" label="備考" defaultValue={reply?.note ?? known?.note ?? ""} />
          <div className="acts">
            <Submit look="second">回答を残す</Submit>
          </div>
        </form>
      </Section>
      <Section id="h-reply" title="メールの回答を読む">
        <form
          method="post"
          action={`/council/meetings/${meeting.id}/reply`}
          encType="multipart/form-data"
          className="pile"
        >
          <Csrf token={csrf} />
          <FileField
            id="file"
            label="メール（.eml）、回答のファイル（.txt）、仮の予定への返事（.ics）"
            accept=".eml,.txt,.ics,message/rfc822,text/plain,text/calendar"
            error={fault("file")}
          />
          <TextAreaField id="pasted" label="または、メールの本文を貼る" rows={3} />
          <p className="help">読み取ったものを、残す前に確かめます。書かれていないことは推し量りません。</p>
          <div className="acts">
            <Submit look="normal">読む</Submit>
          </div>
        </form>
      </Section>
    </div>
  );
}
