import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Channel, Member, RsvpAnswer } from "../meetings/meeting.ts";
import { meetingUid, readRsvp } from "../meetings/rsvp-reader.ts";
import type { Office } from "../platform/office.ts";
import { changeMeeting } from "./change-meeting.ts";
import { openReply, whoseReply } from "./open-reply.ts";
import { activeMembers, meetingIn, readCouncil } from "./read-council.ts";

export interface RsvpGuess {
  member: Member | undefined;
  answer: RsvpAnswer | undefined;
  note: string;
  /** どの招集状への返事か。本文だけの返事なら、いまの招集状。 */
  sequence: number;
  /** 日を動かす前の招集状への返事。 */
  stale: boolean;
}

/**
 * 招集状への返事（.ics、.eml、.txt）を読む。Outlook・Google・Apple の返事（METHOD:REPLY）と、「出席します」のことば。
 * だれの返事か、出欠のどちらか分からなければ undefined のまま返し、人が選ぶ。
 * @throws AppError BAD_INPUT（ほかの会議への返事）、REFUSED（招集状をまだ作っていない）
 */
export async function readRsvpFile(
  office: Office,
  contract: string,
  id: string,
  bytes: Uint8Array,
): Promise<RsvpGuess> {
  const council = await readCouncil(office, contract);
  const meeting = meetingIn(council, id);
  if (meeting.sequence < 0)
    throw new AppError("REFUSED", "招集状をまだ作っていません。先に日を決めてください。");
  const { text, from, calendars } = openReply(bytes);
  const read = readRsvp(calendars, text);
  if (read.uid !== undefined && read.uid.toLowerCase() !== meetingUid(id).toLowerCase())
    throw new AppError("BAD_INPUT", "これは、ほかの予定への返事です。どの会議への返事かをご確認ください。", {
      faults: [{ field: "rsvp", message: "この会議の招集状への返事ではありません。" }],
    });
  const { member } = whoseReply(activeMembers(council), [read.mail, from], read.name);
  const sequence = Math.min(read.sequence ?? meeting.sequence, meeting.sequence);
  return { member, answer: read.answer, note: read.note, sequence, stale: sequence < meeting.sequence };
}

/**
 * 招集状への返事を残す（前の返事は置き換える）。電話で受けたものも同じ。
 * @throws AppError BAD_INPUT（委員・出欠を選んでいない）、REFUSED（招集状がない、終わった会議）
 */
export async function keepRsvp(
  office: Office,
  actor: Actor,
  id: string,
  given: {
    member: string;
    answer?: RsvpAnswer | undefined;
    channel: Channel;
    note?: string;
    sequence?: number | undefined;
  },
): Promise<void> {
  const council = await readCouncil(office, actor.contract);
  const member = activeMembers(council).find((one) => one.id === given.member);
  const { answer } = given;
  if (member === undefined || answer === undefined)
    throw new AppError("BAD_INPUT", "返事に直すところがあります。", {
      faults: [
        ...(member === undefined ? [{ field: "rsvp-member", message: "委員を選んでください。" }] : []),
        ...(answer === undefined ? [{ field: "rsvp-answer", message: "出欠を選んでください。" }] : []),
      ],
    });
  await changeMeeting(
    office,
    actor,
    id,
    (meeting, tx) => {
      if (meeting.sequence < 0) throw new AppError("REFUSED", "招集状をまだ作っていません。");
      if (meeting.state === "held" || meeting.state === "cancelled")
        throw new AppError("REFUSED", "この会議は終わっているか、取り消されています。");
      const sequence = Math.min(given.sequence ?? meeting.sequence, meeting.sequence);
      const before = meeting.rsvps.find((one) => one.member === member.id);
      if (before && before.sequence > sequence)
        throw new AppError("REFUSED", "この委員からは、もっと新しい招集状への返事を受けています。");
      const rsvp = {
        ...{ member: member.id, answer, sequence, at: tx.now, channel: given.channel },
        note: (given.note ?? "").trim().slice(0, 200),
      };
      return {
        change: { rsvps: [...meeting.rsvps.filter((one) => one.member !== member.id), rsvp] },
        kind: "meeting.replied",
        payload: { member: member.number, answer, sequence, channel: given.channel },
      };
    },
    "answer",
  );
}
