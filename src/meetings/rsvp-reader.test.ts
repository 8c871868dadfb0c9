import { expect, test } from "vitest";
import type { Slot } from "./meeting.ts";
import { meetingUid, readRsvp, readSlotReplies, slotUid } from "./rsvp-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const uid = meetingUid("0192-m3");

/** Outlook: TZID は Windows の名、SUMMARY に「出席:」、ATTENDEE は返事をした一人。 */
const outlook = bytes(
  [
    ...["BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0"],
    ...["BEGIN:VTIMEZONE", "TZID:Tokyo Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000"],
    ...["TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT"],
    ...[
      "ATTENDEE;PARTSTAT=DECLINED;CN=架空 二葉:mailto:B@example.jp",
      "COMMENT;LANGUAGE=ja-JP:校務のため\\n",
    ],
    ...[`UID:${uid.toUpperCase()}`, "SUMMARY;LANGUAGE=ja-JP:欠席: 第1回有識者会議"],
    ...["DTSTART;TZID=Tokyo Standard Time:20240820T140000", "DTEND;TZID=Tokyo Standard Time:20240820T160000"],
    ...["CLASS:PUBLIC", "PRIORITY:5", "DTSTAMP:20240710T010000Z", "TRANSP:OPAQUE", "STATUS:CONFIRMED"],
    ...["SEQUENCE:1", "X-MICROSOFT-CDO-APPT-SEQUENCE:1", "END:VEVENT", "END:VCALENDAR", ""],
  ].join("\r\n"),
);
/** Google: 時刻は UTC、ATTENDEE は折られて長い。 */
const google = bytes(
  [
    ...["BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0"],
    ...["CALSCALE:GREGORIAN", "METHOD:REPLY", "BEGIN:VEVENT", "DTSTART:20240820T050000Z"],
    ...["DTEND:20240820T070000Z", "DTSTAMP:20240710T000000Z", "ORGANIZER;CN=x:mailto:jimu@example.jp"],
    ...[`UID:${uid}`, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=c@ex"],
    ...[" ample.jp;X-NUM-GUESTS=0:mailto:c@example.jp", "SEQUENCE:0", "STATUS:CONFIRMED"],
    ...["SUMMARY:x", "END:VEVENT", "END:VCALENDAR"],
  ].join("\r\n"),
);
/** Apple: CR のない改行、mailto の前に EMAIL の引数。 */
const apple = bytes(
  `BEGIN:VCALENDAR\nMETHOD:REPLY\nPRODID:-//Apple Inc.//macOS 14.4//EN\nVERSION:2.0\nBEGIN:VEVENT\nUID:${uid}\nDTSTART;TZID=Asia/Tokyo:20240820T140000\nATTENDEE;CN="見本 四季";CUTYPE=INDIVIDUAL;EMAIL=d@example.jp;PARTSTAT=TENTATIVE:mailto:d@example.jp\nSEQUENCE:0\nEND:VEVENT\nEND:VCALENDAR\n`,
);

test("3(2) 招集状への返事を、Outlook・Google・Apple の形から読む。ほかの人の招集状（REQUEST）は返事ではない", () => {
  expect(readRsvp([outlook], "")).toMatchObject({
    ...{ answer: "declined", sequence: 1, mail: "b@example.jp", name: "架空 二葉", note: "校務のため" },
  });
  expect(readRsvp([google], "")).toMatchObject({
    answer: "accepted",
    uid,
    sequence: 0,
    mail: "c@example.jp",
  });
  expect(readRsvp([apple], "")).toMatchObject({
    answer: "tentative",
    mail: "d@example.jp",
    name: "見本 四季",
  });
  const request = new TextDecoder().decode(google).replace("METHOD:REPLY", "METHOD:REQUEST");
  expect(readRsvp([bytes(request)], "出席します。")).toMatchObject({
    answer: "accepted",
    sequence: undefined,
  });
  const counter = new TextDecoder().decode(google).replace("METHOD:REPLY", "METHOD:COUNTER");
  expect(readRsvp([bytes(counter)], "")).toMatchObject({
    ...{ answer: "tentative", note: "別の日時の申し出: 2024-08-20 14:00–16:00" },
  });
});

test.each([
  ["お世話になります。\n出席いたします。よろしくお願いします。", "accepted"],
  ["ご連絡ありがとうございます。あいにく欠席させていただきます。", "declined"],
  ["当日は都合がつきません。", "declined"],
  ["出席できかねます。", "declined"],
  ["参加できません", "declined"],
  ["まだ未定です。", "tentative"],
  ["ウェブで参加します。", "accepted"],
  ["出席", "accepted"],
  ["> 出席・欠席をお知らせください。\n○", "accepted"],
  // 問い、引用、両方のことばは、推し量らない。
  ["何時まで出席できますか。", undefined],
  ["> 出席します。\n承知しました。", undefined],
  ["午前は出席します。午後は欠席します。", undefined],
  ["出席者の名簿を送ってください。", undefined],
  ["承知しました。\n\n-----Original Message-----\n欠席の方はお知らせください。欠席します。", undefined],
] as const)("3(2) メールの本文の出欠: %j → %s", (text, answer) => {
  expect(readRsvp([], text).answer).toBe(answer);
});

test("3(2) 候補の仮の予定への返事は、その候補への○△×になる。知らない日の返事は unread", () => {
  const slots: Slot[] = [
    { id: "1", day: "2024-08-19", start: "14:00", end: "16:00", room: null },
    { id: "2", day: "2024-08-20", start: "14:00", end: "16:00", room: null },
  ];
  const reply = (of: string, state: string, start: string) =>
    bytes(
      `BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:${of}\nDTSTART:${start}\nATTENDEE;PARTSTAT=${state}:mailto:b@example.jp\nEND:VEVENT\nEND:VCALENDAR\n`,
    );
  const [one, two] = slots as [Slot, Slot];
  expect(
    readSlotReplies(
      [
        reply(slotUid("0192-m3", one), "DECLINED", "20240819T050000Z"),
        reply(slotUid("0192-m3", two), "ACCEPTED", "20240820T050000Z"),
        reply("other", "ACCEPTED", "20240822T050000Z"),
      ],
      slots,
    ),
  ).toEqual({
    ...{ found: true, mail: "b@example.jp", name: "" },
    reply: { marks: { 1: "no", 2: "yes" }, note: "", unread: ["2024-08-22 14:00への返事"] },
  });
  expect(readSlotReplies([], slots).found).toBe(false);
});
