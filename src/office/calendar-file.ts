import type { Day, Instant, Minute } from "../base/time.ts";
import { decodeText } from "./csv-encoding.ts";

/** 予定を知らせる・取り消す・返事をする（RFC 5546 の METHOD）。 */
export type CalendarMethod = "REQUEST" | "CANCEL" | "REPLY" | "PUBLISH";
export type Attendance = "NEEDS-ACTION" | "ACCEPTED" | "DECLINED" | "TENTATIVE";

export interface CalendarPerson {
  name: string;
  mail: string;
  role?: "CHAIR" | "REQ-PARTICIPANT" | "OPT-PARTICIPANT";
  answer?: Attendance;
}

/** 一つの予定。時刻は日本の時（+09:00、夏時間なし）。 */
export interface CalendarEvent {
  /** 変更しても取り消しても同じ。 */
  uid: string;
  /** 知らせ直すたびに 1 ずつ進む（RFC 5546 2.1.4）。 */
  sequence: number;
  /** この知らせを作った時（UTC）。 */
  stamp: Instant;
  day: Day;
  start: Minute;
  end: Minute;
  summary: string;
  place: string;
  /** 説明。行を替えてよい。 */
  note: string;
  url?: string;
  status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  organizer: CalendarPerson;
  people: readonly CalendarPerson[];
}

const ZONE = [
  "BEGIN:VTIMEZONE",
  "TZID:Asia/Tokyo",
  "BEGIN:STANDARD",
  "DTSTART:19510909T000000",
  "TZOFFSETFROM:+0900",
  "TZOFFSETTO:+0900",
  "TZNAME:JST",
  "END:STANDARD",
  "END:VTIMEZONE",
];

/**
 * iCalendar（RFC 5545）の一つの予定。行は CRLF、75 オクテットで折り、UTF-8 の一文字を割らない。
 * 時刻は TZID=Asia/Tokyo と VTIMEZONE（+0900 だけ）、DTSTAMP は UTC。
 */
export function writeCalendar(method: CalendarMethod, event: CalendarEvent): Uint8Array {
  const at = (minute: Minute) => `${event.day.replaceAll("-", "")}T${minute.replace(":", "")}00`;
  const lines = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Madoguchi//Madoguchi//JA", "CALSCALE:GREGORIAN"],
    `METHOD:${method}`,
    ...ZONE,
    "BEGIN:VEVENT",
    `UID:${escapeText(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcStamp(event.stamp)}`,
    `DTSTART;TZID=Asia/Tokyo:${at(event.start)}`,
    `DTEND;TZID=Asia/Tokyo:${at(event.end)}`,
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.place === "" ? [] : [`LOCATION:${escapeText(event.place)}`]),
    ...(event.note === "" ? [] : [`DESCRIPTION:${escapeText(event.note)}`]),
    ...(event.url === undefined ? [] : [`URL:${event.url.replace(/[\r\n]/g, "")}`]),
    `STATUS:${event.status}`,
    `TRANSP:${event.status === "CANCELLED" ? "TRANSPARENT" : "OPAQUE"}`,
    `ORGANIZER;CN=${parameter(event.organizer.name)}:mailto:${address(event.organizer.mail)}`,
    ...event.people.map(attendeeLine),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return new TextEncoder().encode(lines.map((line) => `${foldLine(line)}\r\n`).join(""));
}

function attendeeLine({ name, mail, role = "REQ-PARTICIPANT", answer }: CalendarPerson): string {
  const state = `PARTSTAT=${answer ?? "NEEDS-ACTION"};RSVP=${answer === undefined ? "TRUE" : "FALSE"}`;
  return `ATTENDEE;CN=${parameter(name)};ROLE=${role};${state}:mailto:${address(mail)}`;
}

/** 「2025-01-14T01:00:00.000Z」→「20250114T010000Z」。 */
function utcStamp(at: Instant): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** TEXT の値: \ ; , と改行を逃がす（RFC 5545 3.3.11）。 */
function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(";", "\\;")
    .replaceAll(",", "\\,")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

/** 引数の値は引用符で囲む。引用符と制御文字は置けない（RFC 5545 3.2）。 */
function parameter(text: string): string {
  return `"${text.replace(/["\u0000-\u001f\u007f]/g, "")}"`;
}

function address(mail: string): string {
  return mail.replace(/[\s<>"\u0000-\u001f\u007f]/g, "");
}

const encoder = new TextEncoder();

/** 75 オクテットで折る。続きの行は空白一つで始まり、その一つも数える。一文字の途中では折らない。 */
export function foldLine(line: string): string {
  let folded = "";
  let size = 0;
  for (const letter of line) {
    const wide = encoder.encode(letter).length;
    if (size + wide > 75) {
      folded += "\r\n ";
      size = 1;
    }
    folded += letter;
    size += wide;
  }
  return folded;
}

/** 読んだ予定。時刻の書かれていない終日の予定は start と end がない。 */
export interface ReadEvent {
  uid: string;
  sequence: number;
  day: Day;
  start?: Minute;
  /** 終わりの日。その日のうちに終われば day と同じ。 */
  endDay: Day;
  end?: Minute;
  summary: string;
  status: string;
  /** 返事に添えられたことば（COMMENT）。なければ空。 */
  comment: string;
  people: { mail: string; name: string; answer: Attendance | undefined }[];
}

/**
 * iCalendar の予定を読む（会議室の空き、委員の返事）。折りを戻し、UTC は日本の時に直す。読めない予定は数だけ返す。
 * 繰り返し（RRULE）は最初の一回だけを読み、repeats に数える。
 */
export function readCalendar(bytes: Uint8Array): {
  method: string;
  events: ReadEvent[];
  skipped: number;
  repeats: number;
} {
  const { text } = decodeText(bytes);
  const lines = text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]/g, "")
    .split("\n");
  const found = { method: "", events: [] as ReadEvent[], skipped: 0, repeats: 0 };
  let open: Property[] | undefined;
  let inner = 0;
  for (const line of lines) {
    const property = readProperty(line);
    if (property === undefined) continue;
    if (property.name === "METHOD" && open === undefined) found.method = property.value.toUpperCase();
    else if (property.name === "BEGIN" && open !== undefined) inner += 1;
    else if (property.name === "BEGIN" && property.value.toUpperCase() === "VEVENT") open = [];
    else if (property.name === "END" && inner > 0) inner -= 1;
    else if (property.name === "END" && open !== undefined) {
      const event = eventOf(open);
      if (event === undefined) found.skipped += 1;
      else found.events.push(event);
      if (open.some(({ name }) => name === "RRULE" || name === "RDATE")) found.repeats += 1;
      open = undefined;
    } else if (inner === 0) open?.push(property);
  }
  return found;
}

interface Property {
  name: string;
  parameters: ReadonlyMap<string, string>;
  value: string;
}

function readProperty(line: string): Property | undefined {
  const found = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/su.exec(line);
  if (found === null) return undefined;
  const parameters = new Map(
    [...(found[2] ?? "").matchAll(/;([\w-]+)=("[^"]*"|[^;]*)/g)].map(([, name = "", value = ""]) => [
      name.toUpperCase(),
      value.replace(/^"|"$/g, ""),
    ]),
  );
  return { name: (found[1] ?? "").toUpperCase(), parameters, value: found[3] ?? "" };
}

function eventOf(properties: readonly Property[]): ReadEvent | undefined {
  const one = (name: string) => properties.find((property) => property.name === name);
  const from = localOf(one("DTSTART"));
  if (from === undefined) return undefined;
  const given = localOf(one("DTEND"));
  // 終日の DTEND は、終わりの翌日（RFC 5545 3.6.1）。
  const to = given ?? from;
  return {
    uid: plain(one("UID")?.value ?? ""),
    sequence: Number(one("SEQUENCE")?.value ?? 0) || 0,
    day: from.day,
    ...(from.minute === undefined ? {} : { start: from.minute }),
    endDay: to.minute === undefined && given !== undefined ? before(to.day) : to.day,
    ...(to.minute === undefined ? {} : { end: to.minute }),
    summary: plain(one("SUMMARY")?.value ?? ""),
    comment: plain(one("COMMENT")?.value ?? ""),
    status: (one("STATUS")?.value ?? "").toUpperCase(),
    people: properties
      .filter(({ name }) => name === "ATTENDEE")
      .map(({ value, parameters }) => ({
        mail: value
          .trim()
          .replace(/^mailto:/i, "")
          .toLowerCase(),
        name: parameters.get("CN") ?? "",
        answer: answerOf(parameters.get("PARTSTAT")),
      })),
  };
}

const answers: readonly Attendance[] = ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"];

function answerOf(text: string | undefined): Attendance | undefined {
  return answers.find((one) => one === text?.toUpperCase());
}

function localOf(property: Property | undefined): { day: Day; minute?: Minute } | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(property?.value.trim() ?? "");
  if (found === null) return undefined;
  const [, year, month, date, hour, minute, utc] = found;
  const day = `${year}-${month}-${date}`;
  if (hour === undefined) return { day };
  const zone = property?.parameters.get("TZID") ?? "";
  if (utc !== "Z" && !/^(?:Etc\/)?(?:UTC|GMT)$/i.test(zone)) return { day, minute: `${hour}:${minute}` };
  const local = new Date(Date.parse(`${day}T${hour}:${minute}:00Z`) + 9 * 3_600_000).toISOString();
  return { day: local.slice(0, 10), minute: local.slice(11, 16) };
}

function before(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function plain(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, letter: string) => (/n/i.test(letter) ? "\n" : letter)).trim();
}
