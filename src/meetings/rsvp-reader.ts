import { type Attendance, type ReadEvent, readCalendar } from "../office/calendar-file.ts";
import type { Mark, RsvpAnswer, Slot } from "./meeting.ts";
import type { ReadReply } from "./poll-reader.ts";

/** 会議の予定の UID。日を動かしても変わらない。 */
export function meetingUid(meeting: string): string {
  return `${meeting}@council.madoguchi`;
}

/** 候補の、仮の予定の UID。 */
export function slotUid(meeting: string, { day, start }: Pick<Slot, "day" | "start">): string {
  return `${meeting}-${day.replaceAll("-", "")}T${start.replace(":", "")}@council.madoguchi`;
}

const marks: Partial<Record<Attendance, Mark>> = { ACCEPTED: "yes", TENTATIVE: "maybe", DECLINED: "no" };
const rsvps: Partial<Record<Attendance, RsvpAnswer>> = {
  ...{ ACCEPTED: "accepted", TENTATIVE: "tentative", DECLINED: "declined" },
};

interface Told {
  event: ReadEvent;
  mail: string;
  name: string;
  answer: Attendance | undefined;
  /** 別の日時を言ってきた（METHOD:COUNTER）。 */
  counter: boolean;
}

/** 返事（REPLY）と別の日時の申し出（COUNTER）だけ。こちらの招集状が添えられただけのもの（REQUEST）は読まない。 */
function toldOf(calendars: readonly Uint8Array[]): Told[] {
  return calendars.flatMap((bytes) => {
    const { method, events } = readCalendar(bytes);
    if (method !== "REPLY" && method !== "COUNTER") return [];
    return events.map((event): Told => {
      const [person] = event.people;
      const counter = method === "COUNTER";
      return {
        ...{ event, mail: person?.mail ?? "", name: person?.name ?? "", counter },
        answer: counter ? "TENTATIVE" : person?.answer,
      };
    });
  });
}

/** 候補の仮の予定への返事。UID か、日と始まりの時刻で候補を見つける。 */
export function readSlotReplies(
  calendars: readonly Uint8Array[],
  slots: readonly Slot[],
): { found: boolean; reply: Omit<ReadReply, "name">; mail: string; name: string } {
  const reply: Omit<ReadReply, "name"> = { marks: {}, note: "", unread: [] };
  const told = toldOf(calendars);
  const notes: string[] = [];
  for (const { event, answer, counter } of told) {
    const { uid, day, start, comment } = event;
    const slot =
      slots.find((one) => slotUid("", one).toLowerCase() === uid.slice(uid.lastIndexOf("-")).toLowerCase()) ??
      slots.find((one) => one.day === day && one.start === start);
    const mark = answer && marks[answer];
    if (slot && mark && !counter) reply.marks[slot.id] = mark;
    else reply.unread.push(`${day} ${start ?? ""}への返事`.trim());
    if (comment !== "") notes.push(comment);
  }
  const [first] = told;
  return {
    ...{ found: told.length > 0, mail: first?.mail ?? "", name: first?.name ?? "" },
    reply: { ...reply, note: notes.join("\n").slice(0, 1_000) },
  };
}

export interface ReadRsvp {
  answer: RsvpAnswer | undefined;
  /** 返事の書かれた予定。ほかの会議への返事かを、呼ぶ側が UID で確かめる。 */
  uid: string | undefined;
  /** どの招集状への返事か。本文の返事では undefined。 */
  sequence: number | undefined;
  mail: string;
  name: string;
  note: string;
}

/** 招集状への返事を読む。カレンダーの返事があればそれ、なければ本文のことば。 */
export function readRsvp(calendars: readonly Uint8Array[], text: string): ReadRsvp {
  const [told] = toldOf(calendars);
  if (told === undefined)
    return { ...{ uid: undefined, sequence: undefined, mail: "", note: "" }, ...attendanceWords(text) };
  const { event, mail, name, answer, counter } = told;
  const other = counter ? `別の日時の申し出: ${event.day} ${event.start ?? ""}–${event.end ?? ""}` : "";
  return {
    ...{ answer: answer && rsvps[answer], uid: event.uid, sequence: event.sequence, mail, name },
    note: [other, event.comment]
      .filter((one) => one !== "")
      .join("　")
      .slice(0, 200),
  };
}

const words: readonly [RsvpAnswer, RegExp][] = [
  [
    "declined",
    /欠席(?!者)|不参加|(?:出席|参加|伺|うかが|都合)[^。]{0,12}(?:でき(?:ません|ない|かね)|いたしかね|しかね|えません|つきません|つかず|れません|叶いません)|^\s*×/u,
  ],
  ["tentative", /未定|調整中|(?:出席|参加)[^。]{0,8}(?:わかりません|分かりません|かもしれ)|^\s*△/u],
  [
    "accepted",
    /(?:出席|参加)(?:し|いたし|致し|で(?:す|お願い)|させ|可|の方向|予定)|(?:出席|参加)\s*$|伺います|うかがいます|^\s*[○◯〇]/u,
  ],
];

/** 本文の「出席します」「欠席いたします」。引用（>）と問いは読まない。出席と欠席の両方があれば、推し量らない。 */
function attendanceWords(text: string): { answer: RsvpAnswer | undefined; name: string } {
  const found = new Set<RsvpAnswer>();
  let name = "";
  for (const raw of text.replace(/\r\n?/g, "\n").split("\n")) {
    if (/^[\s　]*[>＞|]/.test(raw)) continue;
    // 下に続くのは、こちらの送った文面。
    if (
      /^-{3,}\s*(?:Original|元の|転送)|^(?:差出人|From)[:：]|(?:wrote|書きました)[:：]\s*$/iu.test(raw.trim())
    )
      break;
    const named = /^[\s　]*(?:お?名前|ご?氏名)\s*[:：]\s*(.+)$/u.exec(raw);
    if (named && name === "") name = (named[1] ?? "").trim();
    for (const part of raw.normalize("NFKC").split(/(?<=[。!?？])/u)) {
      if (/[か?？][。?？\s]*$/u.test(part) || /出席・欠席|出欠/u.test(part)) continue;
      const one = words.find(([, shape]) => shape.test(part));
      if (one) found.add(one[0]);
    }
  }
  return { answer: found.size === 1 ? [...found][0] : undefined, name };
}
