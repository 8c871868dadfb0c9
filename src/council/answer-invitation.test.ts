// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { meetingUid } from "../meetings/rsvp-reader.ts";
import { openZip } from "../office/zip.ts";
import { planFirstMeeting } from "../testing/council-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { keepRsvp, readRsvpFile } from "./answer-invitation.ts";
import { changeCouncil } from "./change-council.ts";
import { fixDate, makeHolds } from "./fix-date.ts";
import { usualAttendance } from "./hold-meeting.ts";
import { openPoll, readReplyFile } from "./poll-meeting.ts";
import { readCouncil } from "./read-council.ts";

let desk: TestDesk;
const planner = () => desk.actor("p", "planner");
const bytes = (text: string) => new TextEncoder().encode(text);
let meeting: string;
let ids: string[];

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2024-07-01", "10:00") });
  ({ meeting, ids } = await planFirstMeeting(desk, planner(), [
    { name: "架空 一郎", mail: "a@example.jp" },
    { name: "架空 二葉", mail: "b@example.jp" },
  ]));
  await changeCouncil(desk.office, planner(), { organizerMail: "jimu@example.jp" });
});
afterEach(() => desk.close());

const vevent = (uid: string, state: string, more = "SEQUENCE:0") =>
  `BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20240820T050000Z\r\nATTENDEE;PARTSTAT=${state}:MAILTO:B@example.jp\r\n${more}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
/** 返事のメール: 平文と text/calendar の alternative（Google、Outlook）。 */
const eml = (calendar: string, from = "b@example.jp", body = "出席") =>
  bytes(
    [
      ...[`From: <${from}>`, "Date: Fri, 5 Jul 2024 10:00:00 +0900", "Subject: Accepted: 1"],
      ...["MIME-Version: 1.0", 'Content-Type: multipart/alternative; boundary="B"', "", "--B"],
      ...['Content-Type: text/plain; charset="UTF-8"', "", body, "--B"],
      ...[
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY',
        "Content-Transfer-Encoding: base64",
        "",
      ],
      ...[Buffer.from(calendar).toString("base64"), "--B--", ""],
    ].join("\r\n"),
  );
const read = (file: Uint8Array) => readRsvpFile(desk.office, desk.contract, meeting, file);

test("3(2) 招集状への返事: メールの text/calendar と .ics と本文から読み、残すと当日の出欠の初めの値になる", async () => {
  await expect(read(bytes("出席します"))).rejects.toMatchObject({ code: "REFUSED" });
  const slot = { day: "2024-08-20", start: "14:00", end: "16:00" };
  await fixDate(desk.office, planner(), meeting, slot);
  const found = await read(eml(vevent(meetingUid(meeting), "DECLINED")));
  expect(found).toMatchObject({ answer: "declined", sequence: 0, stale: false, member: { id: ids[1] } });
  expect(await read(bytes(vevent(meetingUid(meeting), "ACCEPTED")))).toMatchObject({ answer: "accepted" });
  await expect(read(bytes(vevent("other@x", "ACCEPTED")))).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(await read(bytes("お名前：架空 一郎\n出席します。"))).toMatchObject({
    ...{ answer: "accepted", member: { id: ids[0] } },
  });
  const member = ids[1] ?? "";
  await keepRsvp(desk.office, planner(), meeting, {
    member,
    answer: "declined",
    channel: "mail",
    sequence: 0,
  });
  const usual = async () => {
    const council = await readCouncil(desk.office, desk.contract);
    const one = council.meetings[0];
    return one === undefined ? [] : usualAttendance(council, one).map(({ how }) => how);
  };
  expect(await usual()).toEqual(["room", "absent"]);

  // 日を動かすと、前の返事は数えない。新しい招集状への返事のあとで、前の招集状への返事は受けない。
  await fixDate(desk.office, planner(), meeting, { ...slot, day: "2024-08-21" });
  expect(await usual()).toEqual(["room", "room"]);
  expect(await read(bytes(vevent(meetingUid(meeting), "DECLINED")))).toMatchObject({
    stale: true,
    sequence: 0,
  });
  await keepRsvp(desk.office, planner(), meeting, { member, answer: "accepted", channel: "phone" });
  await expect(
    keepRsvp(desk.office, planner(), meeting, { member, answer: "declined", channel: "mail", sequence: 0 }),
  ).rejects.toMatchObject({ code: "REFUSED" });
  await expect(
    keepRsvp(desk.office, planner(), meeting, { member: "?", answer: undefined, channel: "phone" }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "rsvp-member" }, { field: "rsvp-answer" }],
  });
  const council = await readCouncil(desk.office, desk.contract);
  expect(council.meetings[0]?.rsvps).toMatchObject([
    { member, answer: "accepted", sequence: 1, channel: "phone" },
  ]);
});

test("3(2) 候補の仮の予定: 候補ごとの .ics。返事のファイルは、日程の回答として読める", async () => {
  await expect(makeHolds(desk.office, planner(), meeting)).rejects.toMatchObject({ code: "REFUSED" });
  const days = ["2024-08-19", "2024-08-20"];
  const slots = days.map((day) => ({ day, start: "14:00", end: "16:00" }));
  await openPoll(desk.office, planner(), meeting, { slots, by: "2024-07-10" });
  const zip = openZip((await makeHolds(desk.office, planner(), meeting)).bytes);
  expect([...zip.keys()]).toEqual(["候補1_2024-08-19.ics", "候補2_2024-08-20.ics"]);
  const second = new TextDecoder().decode(zip.get("候補2_2024-08-20.ics"));
  expect(second).toContain("STATUS:TENTATIVE");
  const uid = /UID:(\S+)/.exec(second)?.[1] ?? "";
  const guess = await readReplyFile(desk.office, desk.contract, meeting, eml(vevent(uid, "ACCEPTED")));
  expect(guess).toMatchObject({ marks: { 2: "yes" }, member: { id: ids[1] }, by: "address" });
});
