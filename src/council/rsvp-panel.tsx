import type { Fault } from "../base/error.ts";
import { channelNames, type Meeting, type Member, type Rsvp, rsvpNames } from "../meetings/meeting.ts";
import { Submit } from "../ui/button.tsx";
import { SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { FileField, SelectField, TextField } from "../ui/field.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Table } from "../ui/table.tsx";

export interface RsvpPanelProps {
  csrf: string;
  meeting: Meeting;
  members: readonly Member[];
  /** 読み取った返事。人が確かめてから残す。 */
  reply: { member: string; answer: string; note: string; sequence: number; said: string } | undefined;
  faults: readonly Fault[];
  mayAnswer: boolean;
}

const looks = { accepted: "done", tentative: "warn", declined: "late" } as const;

/** 招集状への出欠の返事: 委員ごとの返事と、返事のファイルを読む欄、電話で受けた返事を書く欄。 */
export function Rsvps(props: RsvpPanelProps) {
  const { meeting, members, mayAnswer } = props;
  if (meeting.sequence < 0 || (meeting.state !== "fixed" && meeting.rsvps.length === 0)) return null;
  const of = (id: string) => meeting.rsvps.find(({ member }) => member === id);
  const count = (answer: Rsvp["answer"]) =>
    members.filter(({ id }) => of(id)?.answer === answer && of(id)?.sequence === meeting.sequence).length;
  const silent = members.filter(({ id }) => of(id)?.sequence !== meeting.sequence).length;
  return (
    <Section
      id="h-rsvp"
      title="出欠の返事"
      sub={`出席${count("accepted")}・欠席${count("declined")}・未定${count("tentative")}・返事待ち${silent}`}
    >
      <Table
        caption="委員ごとの出欠の返事"
        columns={[
          { key: "name", head: "委員", rowHead: true, width: 8, cell: (one) => one.name },
          {
            ...{ key: "answer", head: "返事", width: 7 },
            cell: (one) => {
              const rsvp = of(one.id);
              if (rsvp === undefined) return <Status look="none">まだ</Status>;
              if (rsvp.sequence < meeting.sequence)
                return <Status look="none">前の日に{rsvpNames[rsvp.answer]}</Status>;
              return <Status look={looks[rsvp.answer]}>{rsvpNames[rsvp.answer]}</Status>;
            },
          },
          {
            ...{ key: "how", head: "受け方", wrap: true },
            cell: (one) => {
              const rsvp = of(one.id);
              return rsvp === undefined ? "" : `${channelNames[rsvp.channel]}　${rsvp.note}`.trim();
            },
          },
        ]}
        rows={members}
        rowKey={(one) => one.id}
        empty="委員がいません。"
      />
      {mayAnswer && meeting.state === "fixed" && <Forms {...props} />}
    </Section>
  );
}

function Forms({ csrf, meeting, members, reply, faults }: RsvpPanelProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const path = `/council/meetings/${meeting.id}/rsvp`;
  return (
    <>
      {reply !== undefined && <Note tone="info" title={reply.said} />}
      <form method="post" action={path} className="inline-form mt2">
        <Csrf token={csrf} />
        <input type="hidden" name="channel" value={reply === undefined ? "phone" : "mail"} />
        <input type="hidden" name="sequence" value={reply?.sequence ?? meeting.sequence} />
        <SelectField
          id="rsvp-member"
          name="member"
          label="委員"
          blank="選んでください"
          defaultValue={reply?.member ?? ""}
          choices={members.map(({ id, name }) => ({ value: id, label: name }))}
          error={fault("rsvp-member")}
        />
        <SegmentedField
          id="rsvp-answer"
          name="answer"
          legend="出欠"
          defaultValue={reply?.answer}
          choices={Object.entries(rsvpNames).map(([value, label]) => ({ value, label }))}
          error={fault("rsvp-answer")}
        />
        <TextField id="rsvp-note" name="note" label="メモ" defaultValue={reply?.note ?? ""} />
        <Submit look="second">返事を残す</Submit>
      </form>
      <form method="post" action={`${path}/read`} encType="multipart/form-data" className="inline-form mt2">
        <Csrf token={csrf} />
        <FileField
          id="rsvp"
          name="file"
          label="返事のファイル（.ics、.eml、.txt）"
          accept=".ics,.eml,.txt,text/calendar,message/rfc822,text/plain"
          error={fault("rsvp")}
        />
        <Submit look="normal">読む</Submit>
      </form>
    </>
  );
}
