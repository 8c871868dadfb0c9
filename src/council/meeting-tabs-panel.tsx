import type { ReactNode } from "react";
import { formatWareki } from "../japan/wareki.ts";
import { type CouncilBody, type Meeting, meetingName, meetingStates } from "../meetings/meeting.ts";
import { SegmentedLinks } from "../ui/choice-field.tsx";
import { PageHead } from "../ui/section.tsx";
import { Status, type StatusLook } from "../ui/status.tsx";

const tabs = [
  ["", "支度"],
  ["/poll", "日程"],
  ["/papers", "次第と資料"],
  ["/day", "当日"],
  ["/minutes", "会議録"],
] as const;
export type MeetingTab = (typeof tabs)[number][0];

const looks: Record<Meeting["state"], StatusLook> = {
  ...{ planned: "none", polling: "wait", fixed: "soon", held: "done", cancelled: "none" },
};

export function MeetingStatus({ state }: { state: Meeting["state"] }) {
  return <Status look={looks[state]}>{meetingStates[state]}</Status>;
}

/** 会議の画面の頭: どの会議か、いま言えることの一文、五つの見え方。 */
export function MeetingHead(props: {
  council: Pick<CouncilBody, "name">;
  meeting: Meeting;
  tab: MeetingTab;
  title: ReactNode;
  actions?: ReactNode;
}) {
  const { council, meeting, tab, title, actions } = props;
  const when =
    meeting.day === null ? "" : `　${formatWareki(meeting.day, { weekday: true })}${meeting.start}から`;
  return (
    <>
      <PageHead
        crumb={
          <>
            <a href="/council">{council.name}</a>　{meetingName(council, meeting)}
            {when}　<MeetingStatus state={meeting.state} />
          </>
        }
        title={title}
        {...(actions === undefined ? {} : { actions })}
      />
      <div className="meeting-tabs noprint">
        <SegmentedLinks
          label="会議の画面"
          links={tabs.map(([path, label]) => ({
            href: `/council/meetings/${meeting.id}${path}`,
            label,
            current: path === tab,
          }))}
        />
      </div>
    </>
  );
}
