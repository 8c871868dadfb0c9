import type { CalendarEvent, CalendarMethod, CalendarPerson } from "../office/calendar-file.ts";
import type { CouncilBody, Invitation, Meeting, Member } from "./meeting.ts";
import { meetingName, type Slot } from "./meeting.ts";
import { meetingUid, slotUid } from "./rsvp-reader.ts";

/** 招集状の予定。UID は会議の番号から決まり、日を動かしても取り消しても変わらない。 */
export function invitationEvent(given: {
  council: CouncilBody;
  meeting: Meeting;
  invitation: Invitation;
  /** 宛先。一人なら、その人のウェブ会議のリンクを入れる。 */
  people: readonly Member[];
}): { method: CalendarMethod; event: CalendarEvent } {
  const { council, meeting, invitation, people } = given;
  const name = meetingName(council, meeting);
  const gone = invitation.method === "CANCEL";
  const [only] = people;
  const link = people.length === 1 && only?.link ? only.link : undefined;
  const note = [
    gone ? "この会議は取り消しました。" : "",
    invitation.reason,
    meeting.topics === "" ? "" : `論点:\n${meeting.topics}`,
    link === undefined ? "" : `ウェブ会議: ${link}`,
  ].filter((one) => one !== "");
  return {
    method: invitation.method,
    event: {
      ...{ uid: meetingUid(meeting.id), sequence: invitation.sequence, stamp: invitation.stamp },
      ...{ day: invitation.day, start: invitation.start, end: invitation.end },
      ...{ summary: `${gone ? "【取消し】" : ""}${name}`, place: invitation.place, note: note.join("\n") },
      ...(link === undefined ? {} : { url: link }),
      status: gone ? "CANCELLED" : "CONFIRMED",
      organizer: { name: council.organizerName || "事務局", mail: council.organizerMail },
      people: people
        .filter(({ mail }) => mail !== "")
        .map(
          (one): CalendarPerson => ({
            ...{ name: one.name, mail: one.mail },
            role: one.seat === "chair" ? "CHAIR" : "REQ-PARTICIPANT",
          }),
        ),
    },
  };
}

/** 候補一つの、仮の予定（STATUS:TENTATIVE）。委員がカレンダーで返事をすると、その候補への○△×になる。 */
export function holdEvent(given: {
  council: CouncilBody;
  meeting: Meeting;
  slot: Slot;
  place: string;
  stamp: string;
  people: readonly Member[];
}): CalendarEvent {
  const { council, meeting, slot, place, stamp, people } = given;
  const { day, start, end } = slot;
  return {
    ...{ uid: slotUid(meeting.id, slot), sequence: 0, stamp, day, start, end, place },
    summary: `【日程の候補${slot.id}】${meetingName(council, meeting)}`,
    note: "日程の候補です。ご都合を、この予定への返事（出席・未定・欠席）でお知らせください。",
    status: "TENTATIVE",
    organizer: { name: council.organizerName || "事務局", mail: council.organizerMail },
    people: people
      .filter(({ mail }) => mail !== "")
      .map((one): CalendarPerson => ({ name: one.name, mail: one.mail, role: "REQ-PARTICIPANT" })),
  };
}
