import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { type Meeting, meetingName, quorumNames, quorumOf } from "../meetings/meeting.ts";
import { LinkButton, Submit } from "../ui/button.tsx";
import { Csrf } from "../ui/csrf.tsx";
import { Note } from "../ui/note.tsx";
import { PageHead, Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { type Column, Pairs, Table } from "../ui/table.tsx";
import { MeetingStatus } from "./meeting-tabs-panel.tsx";
import type { Drift, PlannedMeeting } from "./plan-meetings.ts";
import { activeMembers, type Council } from "./read-council.ts";
import { minutesStates } from "./read-minutes.ts";

export interface MinutesClock {
  /** 期限の言葉（「8月23日（金）まで」）。 */
  text: string;
  look: "late" | "due" | "soon" | "done" | "wait";
}

export interface CouncilPageProps {
  csrf: string;
  council: Council;
  planned: readonly PlannedMeeting[];
  drifts: readonly Drift[];
  /** 会議ごとの、会議録の提出の時計。 */
  clocks: ReadonlyMap<string, MinutesClock>;
  /** 日程調整中の会議の、回答の数。 */
  answered: ReadonlyMap<string, number>;
  mayWrite: boolean;
}

/** 有識者会議: 会議の一覧、答えていない指摘、名簿と事務局。 */
export function CouncilPage(props: CouncilPageProps) {
  const { council, drifts, mayWrite, csrf, planned } = props;
  const { meetings, actions } = council;
  const open = actions.filter(({ state }) => state === "open");
  const unplanned = planned.filter(({ task }) => !meetings.some((one) => one.task === task));
  return (
    <>
      <PageHead
        crumb={council.council.name}
        title={sentence(props)}
        actions={
          <>
            <LinkButton href="/council/members">委員</LinkButton>
            <LinkButton href="/council/rooms">会場と事務局</LinkButton>
          </>
        }
      />
      {drifts.map((one) => (
        <DriftNote key={one.meeting} drift={one} meetings={meetings} />
      ))}
      <div className="cols main-side">
        <div className="pile fit">
          <Section id="h-meetings" title="会議">
            <Table
              caption="会議の一覧"
              columns={columns(props)}
              rows={meetings}
              rowKey={(one) => one.id}
              empty="まだ会議がありません。工程表の会議の節目から予定します。"
            />
            {mayWrite && unplanned.length > 0 && (
              <form method="post" action="/council/meetings" className="one-act">
                <Csrf token={csrf} />
                <Submit look="second">工程表の会議{unplanned.length}回を予定する</Submit>
                <span className="sub">
                  {unplanned.map(({ name, day }) => `${name} ${formatMonthDay(day)}`).join("、")}
                </span>
              </form>
            )}
          </Section>
          <Section
            id="h-actions"
            title="答えていない指摘"
            sub={`${open.length}件`}
            end={<a href="/council/actions">指摘の全部</a>}
          >
            <Table
              caption="答えていない委員の指摘"
              columns={[
                { key: "n", head: "番号", width: 3, numeric: true, cell: (one) => one.number },
                {
                  ...{ key: "what", head: "指摘", rowHead: true, wrap: true },
                  cell: (one) => <a href={`/council/actions#a${one.number}`}>{one.remark}</a>,
                },
                {
                  ...{ key: "from", head: "会議", width: 4 },
                  cell: (one) => `第${meetings.find(({ id }) => id === one.meeting)?.number ?? "－"}回`,
                },
                {
                  ...{ key: "due", head: "期限", width: 8 },
                  cell: (one) =>
                    one.due === null ? (
                      "－"
                    ) : (
                      <Status look={one.due < council.today ? "late" : "soon"}>
                        {formatMonthDay(one.due, { weekday: true })}
                      </Status>
                    ),
                },
              ]}
              rows={open}
              rowKey={(one) => one.id}
              empty="答えていない指摘はありません。"
            />
          </Section>
        </div>
        <Side council={council} />
      </div>
    </>
  );
}

function Side({ council }: { council: Council }) {
  const members = activeMembers(council);
  const chair = members.find(({ seat }) => seat === "chair");
  const { rooms, quorum, organizerName, organizerMail } = council.council;
  const remote = members.filter((one) => one.remote).length;
  return (
    <div className="pile fit">
      <Section id="h-members" title="委員" end={<a href="/council/members">名簿</a>}>
        <Pairs
          items={[
            { name: "人数", value: `${members.length}人（うちウェブ参加 ${remote}人）` },
            { name: "座長", value: chair?.name ?? "まだ決まっていません" },
            {
              name: "定足数",
              value:
                members.length === 0
                  ? quorumNames[quorum]
                  : `${quorumNames[quorum]}（${quorumOf(quorum, members.length)}人）`,
            },
          ]}
        />
      </Section>
      <Section id="h-house" title="事務局と会場" end={<a href="/council/rooms">直す</a>}>
        <Pairs
          items={[
            { name: "事務局", value: organizerName || "－" },
            { name: "差出人", value: organizerMail || "まだありません（招集状に要ります）" },
            {
              name: "会場",
              value:
                rooms.length === 0
                  ? "まだ登録されていません"
                  : rooms.map(({ name, kind }) => `${name}（${kind === "city" ? "市" : "民間"}）`).join("、"),
            },
          ]}
        />
      </Section>
    </div>
  );
}

function columns({ council, clocks, answered }: CouncilPageProps): Column<Meeting>[] {
  const people = activeMembers(council).length;
  return [
    {
      ...{ key: "name", head: "会議", rowHead: true, width: 8 },
      cell: (one) => (
        <a href={`/council/meetings/${one.id}${tabOf(one)}`}>{meetingName(council.council, one)}</a>
      ),
    },
    {
      ...{ key: "day", head: "日時と会場" },
      cell: (one) => {
        const room = council.council.rooms.find(({ id }) => id === one.room)?.name;
        if (one.day === null)
          return one.state === "polling"
            ? `候補${one.slots.length}　回答 ${answered.get(one.id) ?? 0} / ${people}人`
            : "－";
        return (
          <span className="two-lines">
            {formatMonthDay(one.day, { weekday: true })} {one.start}–{one.end}
            {room !== undefined && <span className="sub">{room}</span>}
          </span>
        );
      },
    },
    { ...{ key: "state", head: "状態", width: 7 }, cell: (one) => <MeetingStatus state={one.state} /> },
    {
      ...{ key: "minutes", head: "会議録", width: 6 },
      cell: (one) => {
        const state = council.minutes.get(one.id);
        const word = state === undefined ? (one.state === "held" ? "まだ" : "－") : minutesStates[state];
        return state === undefined ? word : <a href={`/council/meetings/${one.id}/minutes`}>{word}</a>;
      },
    },
    {
      ...{ key: "clock", head: "会議録の提出", width: 8 },
      cell: (one) => {
        const clock = clocks.get(one.id);
        return clock === undefined ? "－" : <Status look={clock.look}>{clock.text}</Status>;
      },
    },
  ];
}

function tabOf({ state }: Meeting): string {
  if (state === "polling") return "/poll";
  if (state === "held") return "/minutes";
  return state === "fixed" ? "/papers" : "";
}

function DriftNote({ drift, meetings }: { drift: Drift; meetings: readonly Meeting[] }) {
  const number = meetings.find(({ id }) => id === drift.meeting)?.number;
  if (drift.day === null) return null;
  const days = Math.abs(drift.days ?? 0);
  return (
    <Note tone="due" title={`第${number}回の日が、工程表と${days}日違います。`}>
      工程表（{drift.task}）は{formatWareki(drift.planned, { weekday: true })}、決めた日は
      {formatWareki(drift.day, { weekday: true })}です。
      <a href={`/council/meetings/${drift.meeting}/poll`}>日程を組み直す</a>か、
      <a href="/workplan/move">工程表の日を動かして</a>ください。
    </Note>
  );
}

function sentence({ council, answered, clocks }: CouncilPageProps): string {
  const { meetings, actions } = council;
  const late = [...clocks.values()].filter(({ look }) => look === "late").length;
  if (late > 0) return `会議録の提出が${late}件遅れています。`;
  const polling = meetings.find(({ state }) => state === "polling");
  const people = activeMembers(council).length;
  if (polling !== undefined)
    return `第${polling.number}回の日程をうかがっています。${people}人のうち${answered.get(polling.id) ?? 0}人が答えました。`;
  const next = meetings.find(({ state, day }) => state === "fixed" && (day ?? "") >= council.today);
  if (next?.day) return `次の会議は、${formatWareki(next.day, { weekday: true })}の第${next.number}回です。`;
  const open = actions.filter(({ state }) => state === "open").length;
  if (open > 0) return `委員の指摘${open}件に、まだ答えていません。`;
  const planned = meetings.find(({ state }) => state === "planned");
  if (planned !== undefined) return `第${planned.number}回の日程は、まだうかがっていません。`;
  return meetings.length === 0 ? "会議は、まだ予定されていません。" : "予定された会議は、すべて済みました。";
}
