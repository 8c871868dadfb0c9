import type { Fault } from "../base/error.ts";
import { formatWareki } from "../japan/wareki.ts";
import { type Meeting, sendHows } from "../meetings/meeting.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { CheckField, SegmentedField } from "../ui/choice-field.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { Pairs, Table } from "../ui/table.tsx";
import { MeetingHead } from "./meeting-tabs-panel.tsx";
import { usualEquipment } from "./plan-meetings.ts";
import { activeMembers, type Council } from "./read-council.ts";
import { type RsvpPanelProps, Rsvps } from "./rsvp-panel.tsx";

export interface MeetingPageProps {
  csrf: string;
  council: Council;
  meeting: Meeting;
  /** 工程表の日。 */
  planned: string | undefined;
  values: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  reply: RsvpPanelProps["reply"];
  mayWrite: boolean;
  mayAnswer: boolean;
}

/** 会議の支度: 論点・到達点・事前説明、会場と機材、ウェブ会議の接続の試し、招集状。 */
export function MeetingPage(props: MeetingPageProps) {
  const { council, meeting, mayWrite } = props;
  return (
    <>
      <MeetingHead council={council.council} meeting={meeting} tab="" title={sentence(props)} />
      <div className="cols main-side">
        <div className="pile fit">
          <Brief {...props} />
          <Calls {...props} />
        </div>
        <div className="pile fit">
          <Invitation {...props} />
          <Rsvps {...props} members={activeMembers(council)} />
          <Venue {...props} />
          {mayWrite && meeting.state !== "held" && meeting.state !== "cancelled" && <Cancel {...props} />}
        </div>
      </div>
    </>
  );
}

function sentence({ council, meeting, planned }: MeetingPageProps): string {
  if (meeting.state === "cancelled") return "この会議は取り消しました。";
  const left = meeting.equipment.filter(({ ok }) => !ok).length;
  const untested = remoteMembers(council).filter(
    ({ id }) => !meeting.calls.some(({ member, ok }) => member === id && ok),
  ).length;
  if (meeting.day === null)
    return planned === undefined
      ? "日程は、まだ決まっていません。"
      : `工程表では${formatWareki(planned, { weekday: true })}。日程をうかがいます。`;
  if (meeting.state === "held") return "開いた会議です。";
  if (left > 0 || untested > 0) return `支度が残っています（機材${left}、接続の試し${untested}人）。`;
  return "支度は、そろっています。";
}

function remoteMembers(council: Council) {
  return activeMembers(council).filter(({ remote }) => remote);
}

function Brief({ csrf, meeting, values, faults, mayWrite }: MeetingPageProps) {
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const value = (field: "topics" | "goal" | "briefing" | "secretariat" | "closedReason") =>
    values[field] ?? meeting[field];
  if (!mayWrite)
    return (
      <Section id="h-brief" title="論点と到達点">
        <Pairs
          items={[
            { name: "論点", value: <span className="pre">{meeting.topics || "－"}</span> },
            { name: "到達点", value: <span className="pre">{meeting.goal || "－"}</span> },
            { name: "事前説明", value: <span className="pre">{meeting.briefing || "－"}</span> },
            { name: "公開", value: meeting.open ? "公開" : `非公開（${meeting.closedReason}）` },
          ]}
        />
      </Section>
    );
  return (
    <Section id="h-brief" title="論点と到達点">
      <form method="post" action={`/council/meetings/${meeting.id}`} className="pile">
        <Csrf token={csrf} />
        <TextAreaField
          id="topics"
          label="論点（一行に一つ。次第の案になります）"
          rows={3}
          defaultValue={value("topics")}
        />
        <TextAreaField id="goal" label="この会議の到達点" rows={2} defaultValue={value("goal")} />
        <TextAreaField
          id="briefing"
          label="事前説明（だれに、いつ、何を）"
          rows={2}
          defaultValue={value("briefing")}
        />
        <TextAreaField
          id="secretariat"
          label="事務局ほかの出席者"
          rows={2}
          defaultValue={value("secretariat")}
        />
        <SegmentedField
          id="open"
          legend="公開"
          defaultValue={values.open ?? (meeting.open ? "open" : "closed")}
          choices={[
            { value: "open", label: "公開" },
            { value: "closed", label: "非公開" },
          ]}
        />
        <TextField
          id="closedReason"
          label="非公開にする理由"
          defaultValue={value("closedReason")}
          error={fault("closedReason")}
        />
        <div className="acts">
          <Submit>残す</Submit>
        </div>
      </form>
    </Section>
  );
}

function Venue({ csrf, council, meeting, mayWrite }: MeetingPageProps) {
  const room = council.council.rooms.find(({ id }) => id === meeting.room);
  const list =
    meeting.equipment.length > 0 ? meeting.equipment : usualEquipment.map((name) => ({ name, ok: false }));
  return (
    <Section id="h-venue" title="会場と機材">
      <Pairs
        items={[
          { name: "会場", value: room?.name ?? "まだ決まっていません" },
          ...(room?.kind === "private"
            ? [{ name: "費用", value: `${room.cost.toLocaleString("ja-JP")}円（札幌市の負担、3(2)）` }]
            : []),
          ...(room?.equipment ? [{ name: "備え", value: room.equipment }] : []),
        ]}
      />
      {mayWrite && (
        <form method="post" action={`/council/meetings/${meeting.id}/venue`} className="pile mt2">
          <Csrf token={csrf} />
          <SelectField
            id="venue"
            name="room"
            label="会場"
            blank="決めない"
            defaultValue={meeting.room ?? ""}
            choices={council.council.rooms.map(({ id, name, kind }) => ({
              value: id,
              label: `${name}（${kind === "city" ? "市" : "民間"}）`,
            }))}
          />
          <fieldset>
            <legend className="label">機材の確かめ</legend>
            {list.map(({ name, ok }, at) => (
              <div key={name}>
                <input type="hidden" name={`name.${at}`} value={name} />
                <CheckField id={`ok-${at}`} name={`ok.${at}`} label={name} defaultChecked={ok} />
              </div>
            ))}
          </fieldset>
          <div className="acts">
            <Submit look="second">会場と機材を残す</Submit>
          </div>
        </form>
      )}
    </Section>
  );
}

function Calls({ csrf, council, meeting, mayWrite }: MeetingPageProps) {
  const remote = remoteMembers(council);
  return (
    <Section
      id="h-calls"
      title="ウェブ会議の接続の試し"
      sub="リンクは委員ごと。つながらないときの電話は名簿に"
    >
      <Table
        caption="委員ごとの接続の試し"
        columns={[
          { key: "name", head: "委員", rowHead: true, width: 8, cell: (one) => one.name },
          { key: "link", head: "リンク", width: 6, cell: (one) => (one.link === "" ? "なし" : "あり") },
          {
            ...{ key: "phone", head: "予備の電話", width: 7 },
            cell: (one) => (one.reserve === "" ? "なし" : "あり"),
          },
          {
            ...{ key: "call", head: "試した結果", wrap: true },
            cell: (one) => {
              const call = meeting.calls.find(({ member }) => member === one.id);
              if (call === undefined) return <Status look="none">まだ</Status>;
              return (
                <>
                  <Status look={call.ok ? "done" : "warn"}>{call.ok ? "つながった" : "つながらない"}</Status>{" "}
                  <span className="sub">
                    {call.at.slice(5).replace("-", "/")} {call.note}
                  </span>
                </>
              );
            },
          },
        ]}
        rows={remote}
        rowKey={(one) => one.id}
        empty="ウェブで参加する委員はいません。"
      />
      {mayWrite && remote.length > 0 && (
        <form method="post" action={`/council/meetings/${meeting.id}/call`} className="inline-form mt2">
          <Csrf token={csrf} />
          <SelectField
            id="call-member"
            name="member"
            label="試した委員"
            choices={remote.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SegmentedField
            id="call-ok"
            name="ok"
            legend="結果"
            defaultValue="yes"
            choices={[
              { value: "yes", label: "つながった" },
              { value: "no", label: "つながらない" },
            ]}
          />
          <TextField id="call-note" name="note" label="メモ" />
          <Submit look="normal">残す</Submit>
        </form>
      )}
    </Section>
  );
}

function Invitation({ meeting, mayWrite }: MeetingPageProps) {
  const last = meeting.invitations.at(-1);
  const href = `/council/meetings/${meeting.id}/invitation`;
  return (
    <Section
      id="h-ics"
      title="招集状"
      sub={last === undefined ? "日を決めるとできます" : `${meeting.invitations.length}回目`}
    >
      <Table
        caption="招集状の経過"
        columns={[
          { key: "n", head: "SEQUENCE", numeric: true, width: 5, cell: (one) => one.sequence },
          {
            ...{ key: "what", head: "知らせ", rowHead: true, width: 5 },
            cell: (one) => (one.method === "CANCEL" ? "取消し" : one.sequence === 0 ? "招集" : "変更"),
          },
          {
            ...{ key: "when", head: "日時", wrap: true },
            cell: (one) => `${formatWareki(one.day, { weekday: true })}${one.start}–${one.end}`,
          },
        ]}
        rows={meeting.invitations}
        rowKey={(one) => String(one.sequence)}
        empty="まだ招集状はありません。"
      />
      {last !== undefined && mayWrite && (
        <div className="acts mt2">
          <LinkButton href={href} icon="save">
            全員宛て（.ics）
          </LinkButton>
          <LinkButton href={`${href}?each=1`} icon="save">
            委員ごと（.zip）
          </LinkButton>
        </div>
      )}
      {meeting.sendings.length > 0 && (
        <p className="sub">
          資料は{meeting.sendings.map(({ how, people }) => `${sendHows[how]}で${people}人`).join("、")}
          に送りました。
        </p>
      )}
    </Section>
  );
}

function Cancel({ csrf, meeting, faults }: MeetingPageProps) {
  const fault = faults.find(({ field }) => field === "reason")?.message;
  return (
    <Section id="h-cancel" title="会議を取り消す">
      <form method="post" action={`/council/meetings/${meeting.id}/cancel`} className="pile">
        <Csrf token={csrf} />
        <TextField id="reason" label="理由" error={fault} />
        <p className="help">招集状を出していれば、取消し（CANCEL）の招集状ができます。元には戻せません。</p>
        <div className="acts">
          <Submit look="normal" danger>
            取り消す
          </Submit>
        </div>
      </form>
    </Section>
  );
}
