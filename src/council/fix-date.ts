import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import { holdEvent, invitationEvent } from "../meetings/invitation.ts";
import { type Invitation, type Meeting, meetingName, type Room } from "../meetings/meeting.ts";
import { isFree, roomFor } from "../meetings/poll.ts";
import { writeCalendar } from "../office/calendar-file.ts";
import { writeZip } from "../office/zip.ts";
import type { Office } from "../platform/office.ts";
import { changeMeeting } from "./change-meeting.ts";
import { refuseCouncil } from "./council-right.ts";
import { activeMembers, meetingIn, readCouncil } from "./read-council.ts";

/**
 * 日を決める。二度目からは変更で、招集状は同じ UID のまま SEQUENCE が 1 進む。会場は、言われなければ空いた市の会議室から。
 * @throws AppError BAD_INPUT（欄の名つき）、REFUSED（開催済み・取消し、会場がふさがっている）
 */
export async function fixDate(
  office: Office,
  actor: Actor,
  id: string,
  given: { day: string; start: string; end: string; room?: string | null | undefined; reason?: string },
): Promise<Meeting> {
  const { council, meetings } = await readCouncil(office, actor.contract);
  const { day, start, end } = given;
  if (!isDay(day) || !(start < end))
    throw new AppError("BAD_INPUT", "日時に直すところがあります。", {
      faults: [
        { field: isDay(day) ? "end" : "day", message: "日付と、始まり・終わりの時刻をご確認ください。" },
      ],
    });
  const before = meetingIn({ meetings }, id);
  const chosen = given.room ? council.rooms.find((one) => one.id === given.room) : undefined;
  if (given.room && chosen === undefined)
    throw new AppError("BAD_INPUT", "その会場は登録されていません。会場の一覧から選び直してください。");
  if (chosen && !isFree(chosen, { day, start, end }))
    throw new AppError(
      "REFUSED",
      `${chosen.name}は、その時間がふさがっています。時間か会場を変えてください。`,
    );
  const room = chosen ?? roomFor(council.rooms, { day, start, end });
  const moved = before.sequence >= 0;
  return changeMeeting(office, actor, id, (meeting, tx) => {
    if (meeting.state === "held" || meeting.state === "cancelled")
      throw new AppError("REFUSED", "この会議は終わっているか、取り消されているので、日は変えられません。");
    const invitation: Invitation = {
      ...{ method: "REQUEST", sequence: meeting.sequence + 1, stamp: tx.now, day, start, end },
      ...{ place: placeText(room), reason: (given.reason ?? "").slice(0, 200) },
    };
    return {
      change: {
        ...{ state: "fixed", day, start, end, room: room?.id ?? null, sequence: invitation.sequence },
        invitations: [...meeting.invitations, invitation],
      },
      kind: moved ? "meeting.moved" : "meeting.fixed",
      payload: { day, sequence: invitation.sequence },
    };
  });
}

/** 「ORE札幌ビル8階 会議室（…）」。 */
export function placeText(room: Pick<Room, "name" | "place"> | null | undefined): string {
  return room ? `${room.name}${room.place === "" ? "" : `（${room.place}）`}` : "";
}

/** 会議を取り消す。招集状を出していれば、CANCEL を作る（SEQUENCE も進む）。 */
export async function cancelMeeting(office: Office, actor: Actor, id: string, reason: string): Promise<void> {
  if (reason.trim() === "")
    throw new AppError("BAD_INPUT", "取り消す理由を書いてください。", {
      faults: [{ field: "reason", message: "理由を書いてください。招集状にも載ります。" }],
    });
  await changeMeeting(office, actor, id, (meeting, tx) => {
    if (meeting.state === "held" || meeting.state === "cancelled")
      throw new AppError("REFUSED", "この会議は終わっているか、もう取り消されています。");
    const last = meeting.invitations.at(-1);
    const cancel: Invitation | undefined = last && {
      ...{ ...last, method: "CANCEL", sequence: meeting.sequence + 1, stamp: tx.now },
      reason: reason.slice(0, 200),
    };
    return {
      change: {
        state: "cancelled",
        ...(cancel === undefined
          ? {}
          : { sequence: cancel.sequence, invitations: [...meeting.invitations, cancel] }),
      },
      kind: "meeting.cancelled",
      payload: { sequence: cancel?.sequence ?? null },
    };
  });
}

/**
 * いまの招集状（.ics）。member を言えばその人の一枚（ウェブ会議のリンクつき）、each なら委員ごとの一枚ずつを zip で、
 * どちらも言わなければ全員宛ての一枚。ファイルの名に氏名は入れない。
 * @throws AppError REFUSED（日が決まっていない、差出人のアドレスがない）、NOT_FOUND
 */
export async function makeInvitation(
  office: Office,
  actor: Actor,
  id: string,
  to: { member?: string | undefined; each?: boolean } = {},
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  refuseCouncil("answer", actor);
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, id);
  const invitation = meeting.invitations.at(-1);
  if (invitation === undefined)
    throw new AppError("REFUSED", "日がまだ決まっていません。日を決めると、招集状ができます。");
  refuseNoMail(council.council.organizerMail);
  const members = activeMembers(council);
  const people = to.member === undefined ? members : members.filter((one) => one.id === to.member);
  if (people.length === 0)
    throw new AppError("NOT_FOUND", "その委員はいません。名簿から選び直してください。");
  const draw = (given: typeof people) => {
    const { method, event } = invitationEvent({
      council: council.council,
      meeting,
      invitation,
      people: given,
    });
    return writeCalendar(method, event);
  };
  await office.act(actor, (tx) =>
    tx.record({
      kind: "meeting.invited",
      about: `council/meeting/${id}`,
      payload: {
        number: meeting.number,
        method: invitation.method,
        sequence: invitation.sequence,
        people: people.length,
      },
    }),
  );
  const name = `${meetingName(council.council, meeting)}_${invitation.method === "CANCEL" ? "取消し" : "招集"}_${invitation.sequence}`;
  if (!to.each)
    return { fileName: `${name}.ics`, media: "text/calendar; charset=utf-8", bytes: draw(people) };
  const files = new Map(people.map((one) => [`委員${one.number}_${invitation.sequence}.ics`, draw([one])]));
  return { fileName: `${name}.zip`, media: "application/zip", bytes: writeZip(files) };
}

function refuseNoMail(mail: string): void {
  if (mail === "")
    throw new AppError(
      "REFUSED",
      "事務局のメールアドレスがまだありません。会場と事務局の画面で登録してください。",
    );
}

/**
 * 日程の候補ごとの、仮の予定（.ics、候補の数だけ）を zip で。返事のファイルは、日程の回答として読める。
 * @throws AppError REFUSED（候補がない、差出人のアドレスがない）
 */
export async function makeHolds(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  refuseCouncil("answer", actor);
  const council = await readCouncil(office, actor.contract);
  const meeting = meetingIn(council, id);
  if (meeting.slots.length === 0)
    throw new AppError("REFUSED", "候補がまだありません。先に候補を決めてください。");
  refuseNoMail(council.council.organizerMail);
  const people = activeMembers(council);
  const stamp = office.clock.officeNow(actor.contract);
  const files = new Map(
    meeting.slots.map((slot) => {
      const place = placeText(council.council.rooms.find((one) => one.id === slot.room));
      const event = holdEvent({ council: council.council, meeting, slot, place, stamp, people });
      return [`候補${slot.id}_${slot.day}.ics`, writeCalendar("REQUEST", event)];
    }),
  );
  await office.act(actor, (tx) =>
    tx.record({
      kind: "meeting.invited",
      about: `council/meeting/${id}`,
      payload: { number: meeting.number, method: "REQUEST", slots: files.size, people: people.length },
    }),
  );
  return {
    fileName: `日程の候補_第${meeting.number}回.zip`,
    ...{ media: "application/zip", bytes: writeZip(files) },
  };
}
