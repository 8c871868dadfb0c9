import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { isDay } from "../japan/day.ts";
import { type Channel, type Mark, type Member, meetingName, type Slot } from "../meetings/meeting.ts";
import { candidateSlots, type RankedSlot, rankSlots, roomFor, type SlotWish } from "../meetings/poll.ts";
import { type ReadReply, readReply } from "../meetings/poll-reader.ts";
import { type PollSheet, pollPage, pollText } from "../meetings/poll-sheet.ts";
import { readSlotReplies } from "../meetings/rsvp-reader.ts";
import type { Office } from "../platform/office.ts";
import { changeMeeting } from "./change-meeting.ts";
import { dropAnswers, putAnswer } from "./council-store.ts";
import { openReply, whoseReply } from "./open-reply.ts";
import { activeMembers, type Council, meetingIn, readAnswers, readCouncil } from "./read-council.ts";

/** 候補の案を作る（まだ何も変えない）。 */
export async function proposeSlots(office: Office, contract: string, wish: SlotWish): Promise<Slot[]> {
  const faults: Fault[] = [];
  for (const field of ["from", "to"] as const)
    if (!isDay(wish[field])) faults.push({ field, message: "日付を「2025-02-05」の形で入れてください。" });
  if (wish.from > wish.to)
    faults.push({ field: "to", message: "終わりの日を、始まりの日より後にしてください。" });
  if (wish.starts.length === 0 || wish.starts.some((one) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(one)))
    faults.push({ field: "starts", message: "始まりの時刻を「14:00、10:00」の形で書いてください。" });
  if (!(wish.length >= 15 && wish.length <= 480))
    faults.push({ field: "length", message: "会議の長さは15分から8時間です。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "候補の作り方に直すところがあります。", { faults });
  const { blueprint, council } = await readCouncil(office, contract);
  return candidateSlots(blueprint.calendar, council.rooms, wish);
}

/**
 * 日程をうかがう（候補を決める）。前の候補への回答は使えなくなるので消す。確定したあとの再調整は fix-date.ts の後で、同じ道から。
 * @throws AppError BAD_INPUT、REFUSED（開催済み・取消し）
 */
export async function openPoll(
  office: Office,
  actor: Actor,
  id: string,
  given: { slots: readonly Omit<Slot, "id" | "room">[]; by: string },
): Promise<void> {
  if (given.slots.length === 0)
    throw new AppError("BAD_INPUT", "候補がありません。一つ以上選んでください。", {
      faults: [{ field: "slots", message: "候補を一つ以上選んでください。" }],
    });
  const bad = given.slots.find(({ day, start, end }) => !isDay(day) || !(start < end));
  if (bad !== undefined)
    throw new AppError("BAD_INPUT", "候補の日時に直すところがあります。", {
      faults: [{ field: "slots", message: "日付と、始まり・終わりの時刻をご確認ください。" }],
    });
  if (given.by !== "" && !isDay(given.by))
    throw new AppError("BAD_INPUT", "回答の期限に直すところがあります。", {
      faults: [{ field: "by", message: "日付を「2025-01-22」の形で入れてください。" }],
    });
  const { council } = await readCouncil(office, actor.contract);
  const slots = [...given.slots]
    .sort((a, b) => (`${a.day}${a.start}` < `${b.day}${b.start}` ? -1 : 1))
    .map(({ day, start, end }, at) => ({
      ...{ id: String(at + 1), day, start, end },
      room: roomFor(council.rooms, { day, start, end })?.id ?? null,
    }));
  await changeMeeting(office, actor, id, async (meeting, tx) => {
    refuseOver(meeting.state);
    await dropAnswers(tx, tx.contract, id);
    return {
      change: { slots, pollBy: given.by, state: meeting.state === "fixed" ? "fixed" : "polling" },
      kind: "meeting.polled",
      payload: { slots: slots.length, by: given.by },
    };
  });
}

function refuseOver(state: string): void {
  if (state === "held" || state === "cancelled")
    throw new AppError("REFUSED", "この会議は終わっているか、取り消されているので、日程は変えられません。");
}

/**
 * 委員の回答を書く。画面・電話（委員に代わって）・メールのどれで受けたかを残す。
 * @throws AppError BAD_INPUT（知らない候補、知らない委員）、REFUSED
 */
export async function answerPoll(
  office: Office,
  actor: Actor,
  id: string,
  given: { member: string; marks: Readonly<Record<string, Mark>>; note?: string; channel: Channel },
): Promise<void> {
  const council = await readCouncil(office, actor.contract);
  const member = activeMembers(council).find((one) => one.id === given.member);
  if (member === undefined)
    throw new AppError("BAD_INPUT", "どなたの回答かを選んでください。", {
      faults: [{ field: "member", message: "委員を選んでください。" }],
    });
  const meeting = meetingIn(council, id);
  const known = new Set(meeting.slots.map((slot) => slot.id));
  const marks = Object.fromEntries(Object.entries(given.marks).filter(([slot]) => known.has(slot)));
  if (Object.keys(marks).length === 0)
    throw new AppError("BAD_INPUT", "回答に、いまの候補への印が一つもありません。", {
      faults: [{ field: "marks", message: "候補ごとに ○・△・× を選んでください。" }],
    });
  const body = JSON.stringify({
    ...{ marks, note: (given.note ?? "").trim().slice(0, 1_000), channel: given.channel },
  });
  await changeMeeting(
    office,
    actor,
    id,
    async (now, tx, key) => {
      refuseOver(now.state);
      await putAnswer(tx, key, {
        ...{ id: newId(), contract_id: tx.contract, meeting_id: id, member_id: member.id, body },
        ...{ made_by: actor.id, made_at: tx.now },
      });
      return {
        change: {},
        kind: "meeting.answered",
        payload: { member: member.number, channel: given.channel, marks: Object.keys(marks).length },
      };
    },
    "answer",
  );
}

export interface ReplyGuess extends ReadReply {
  /** 差出人か「お名前」の行と合う委員。合わなければ undefined（人が選ぶ）。 */
  member: Member | undefined;
  /** 何から委員と分かったか。 */
  by: "address" | "name" | undefined;
}

/** 日程の回答（.eml、.txt、候補の予定への返事 .ics）を読む。だれの回答かを、差出人のアドレスか「お名前」から探し、分からなければ人が選ぶ。 */
export async function readReplyFile(
  office: Office,
  contract: string,
  id: string,
  bytes: Uint8Array,
): Promise<ReplyGuess> {
  const council = await readCouncil(office, contract);
  const { slots } = meetingIn(council, id);
  const { text, from, calendars } = openReply(bytes);
  const told = readSlotReplies(calendars, slots);
  const read = told.found ? { ...told.reply, name: told.name } : readReply(text, slots);
  return { ...read, ...whoseReply(activeMembers(council), [told.mail, from], read.name) };
}

export interface PollView {
  ranked: RankedSlot[];
  best: RankedSlot[];
  answered: number;
  members: Member[];
}

/** 候補を、よい順に。best は上の三つ（開けないものは除く）。 */
export async function readPoll(
  office: Office,
  council: Council,
  contract: string,
  id: string,
): Promise<PollView> {
  const meeting = meetingIn(council, id);
  const members = activeMembers(council);
  const answers = (await readAnswers(office, contract, id)).filter(({ member }) =>
    members.some((one) => one.id === member),
  );
  const ranked = rankSlots(meeting.slots, members, answers, council.council.quorum);
  const best = ranked.filter(({ standing }) => standing !== "blocked").slice(0, 3);
  return { ranked, best, answered: answers.length, members };
}

/** うかがいの文面と回答用紙。 */
export async function makePollSheet(
  office: Office,
  contract: string,
  id: string,
): Promise<{ text: string; page: Uint8Array; fileName: string }> {
  const council = await readCouncil(office, contract);
  const meeting = meetingIn(council, id);
  if (meeting.slots.length === 0)
    throw new AppError("REFUSED", "候補がまだありません。先に候補を決めてください。");
  const name = meetingName(council.council, meeting);
  const sheet: PollSheet = {
    ...{ name, slots: meeting.slots, by: meeting.pollBy, demo: office.mode === "demo" },
    from: council.council.organizerName || `${name}　事務局`,
  };
  return {
    text: pollText(sheet),
    page: pollPage(sheet),
    fileName: `日程の回答用紙_第${meeting.number}回.html`,
  };
}
