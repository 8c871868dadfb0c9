import fc from "fast-check";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import { type CalendarEvent, foldLine, readCalendar, writeCalendar } from "./calendar-file.ts";

const event: CalendarEvent = {
  uid: "0191-meeting-3@madoguchi",
  sequence: 0,
  stamp: "2025-01-14T01:00:00.000Z",
  day: "2025-02-12",
  start: "14:00",
  end: "16:00",
  summary: "第３回 有識者会議（最終原稿；意見への回答, ほか）",
  place: "ORE札幌ビル8階 会議室",
  note: "論点: 意見への対応\n資料は\\別送\\します",
  url: "https://meet.example.jp/abc?x=1;y=2",
  status: "CONFIRMED",
  organizer: { name: "事務局", mail: "jimukyoku@example.jp" },
  people: [{ name: '委員 "一"', mail: "a@example.jp", role: "CHAIR" }],
};
const parse = (bytes: Uint8Array) => {
  const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(bytes)));
  const vevent = calendar.getFirstSubcomponent("vevent");
  if (vevent === null) throw new Error("no event");
  return { calendar, vevent, event: new ICAL.Event(vevent) };
};

test("3(2) 招集状を、別のプログラム（ical.js）が、時差も件名も同じに読む", () => {
  const { calendar, vevent, event: read } = parse(writeCalendar("REQUEST", event));
  expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
  const zone = calendar.getFirstSubcomponent("vtimezone");
  expect(zone?.getFirstPropertyValue("tzid")).toBe("Asia/Tokyo");
  if (zone) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  expect(parse(writeCalendar("REQUEST", event)).event.startDate.toJSDate().toISOString()).toBe(
    "2025-02-12T05:00:00.000Z",
  );
  expect(read.summary).toBe(event.summary);
  expect(read.description).toBe(event.note);
  expect(read.location).toBe(event.place);
  expect(read.uid).toBe(event.uid);
  expect(vevent.getFirstPropertyValue("dtstamp")?.toString()).toBe("2025-01-14T01:00:00Z");
  expect(vevent.getFirstPropertyValue("url")).toBe(event.url);
  const attendee = vevent.getFirstProperty("attendee");
  expect(attendee?.getParameter("cn")).toBe("委員 一");
  expect(attendee?.getFirstValue()).toBe("mailto:a@example.jp");
});

test("3(2) 変更は同じ UID で SEQUENCE が進み、取消しは CANCEL と CANCELLED", () => {
  const moved = parse(writeCalendar("REQUEST", { ...event, sequence: 1, start: "15:00", end: "17:00" }));
  expect([moved.event.uid, moved.event.sequence]).toEqual([event.uid, 1]);
  const gone = parse(writeCalendar("CANCEL", { ...event, sequence: 2, status: "CANCELLED" }));
  expect(gone.calendar.getFirstPropertyValue("method")).toBe("CANCEL");
  expect([gone.event.uid, gone.event.sequence]).toEqual([event.uid, 2]);
  expect(gone.vevent.getFirstPropertyValue("status")).toBe("CANCELLED");
});

const words = fc.string({ unit: fc.constantFrom(...'会議、𠮷あ,;\\:\n a"é'), maxLength: 200 });

test("3(2) どんな件名でも、折りは75オクテットまで、一文字を割らず、読めば元に戻る", () => {
  fc.assert(
    fc.property(words, words, (summary, note) => {
      const bytes = writeCalendar("REQUEST", { ...event, summary, note });
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      for (const line of text.split("\r\n")) {
        expect(line).not.toContain("\n");
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        new TextDecoder("utf-8", { fatal: true }).decode(new TextEncoder().encode(line));
      }
      const { event: read } = parse(bytes);
      expect(read.summary ?? "").toBe(summary);
      if (note !== "") expect(read.description).toBe(note);
      expect(readCalendar(bytes).events[0]).toMatchObject({ summary: summary.trim(), day: event.day });
    }),
    { numRuns: 300 },
  );
  expect(foldLine("あ".repeat(30)).split("\r\n ")).toHaveLength(2);
});

test("3(2) 会議室の空きと返事を読む: UTC は日本の時に、終日は日だけ、返事は PARTSTAT", () => {
  const text = [
    "BEGIN:VCALENDAR",
    "METHOD:REPLY",
    "BEGIN:VEVENT",
    "UID:x1",
    "DTSTART:20250211T233000Z",
    "DTEND:20250212T010000Z",
    "SUMMARY:庁内",
    " 会議",
    'ATTENDEE;PARTSTAT=ACCEPTED;CN="a:b":MAILTO:A@Example.JP',
    "BEGIN:VALARM",
    "SUMMARY:これは鳴る時",
    "END:VALARM",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART;VALUE=DATE:20250213",
    "DTEND;VALUE=DATE:20250215",
    "RRULE:FREQ=WEEKLY",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "DTSTART:いつか",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  const read = readCalendar(new TextEncoder().encode(text));
  expect(read).toMatchObject({ method: "REPLY", skipped: 1, repeats: 1 });
  expect(read.events[0]).toMatchObject({
    ...{ day: "2025-02-12", start: "08:30", endDay: "2025-02-12", end: "10:00", summary: "庁内会議" },
    people: [{ mail: "a@example.jp", answer: "ACCEPTED" }],
  });
  expect(read.events[1]).toMatchObject({ day: "2025-02-13", endDay: "2025-02-14" });
  expect(read.events[1]?.start).toBeUndefined();
});
