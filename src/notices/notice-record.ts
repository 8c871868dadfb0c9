import type { Day } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { weekdayName } from "../japan/day.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import { formatWareki } from "../japan/wareki.ts";
import { bookingNumber } from "../reception/booking.ts";
import type { BookingDetail } from "../reception/list-bookings.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { MergeValue } from "../word/field-format.ts";
import { foldFieldName, type NoticeFieldKey, resolveField } from "./notice-field.ts";

/** 一通の内容を作る元。 */
export interface RecordSource {
  detail: BookingDetail;
  blueprint: Blueprint;
  /** 発行日。 */
  today: Day;
}

type Maker = (source: RecordSource) => string | MergeValue;

/** 標準の項目（notice-field.ts）の中身。 */
const standard: Record<NoticeFieldKey, Maker> = {
  postalCode: ({ detail }) => formatPostalCode(detail.person.postal),
  addressLine1: ({ detail }) => detail.person.address,
  addressLine2: ({ detail }) => detail.person.building,
  address: ({ detail }) =>
    [detail.person.address, detail.person.building].filter((part) => part !== "").join("　"),
  name: ({ detail }) => detail.person.name,
  kana: ({ detail }) => detail.person.kana,
  kind: ({ detail }) => detail.cls.kind,
  day: ({ detail }) => dated(detail.cls.day),
  dayAndTime: ({ detail: { cls } }) =>
    `${formatWareki(cls.day, { weekday: true })} ${formatTimeRange(cls.start, cls.end)}`,
  start: ({ detail }) => timed(detail.cls.start),
  end: ({ detail }) => timed(detail.cls.end),
  time: ({ detail }) => formatTimeRange(detail.cls.start, detail.cls.end),
  venue: ({ detail }) => detail.venue.name,
  venueAddress: ({ detail }) => detail.venue.address,
  course: ({ detail }) => detail.cls.course,
  number: ({ detail }) => ({ text: bookingNumber(detail.booking.number), number: detail.booking.number }),
  bring: ({ detail }) => detail.cls.bring,
  contactPhone: ({ detail, blueprint }) => detail.cls.phone || blueprint.desk.enquiryPhone,
  issueDay: ({ today }) => dated(today),
};

/** 標準の外で、事務所が知っているもの。 */
const extra: Readonly<Record<string, Maker>> = {
  部屋: ({ detail }) => detail.cls.room,
  室名: ({ detail }) => detail.cls.room,
  会場室名: ({ detail }) => detail.cls.room,
  曜日: ({ detail }) => weekdayName(detail.cls.day),
  交通: ({ detail }) => detail.venue.access,
  アクセス: ({ detail }) => detail.venue.access,
  最寄り: ({ detail }) => detail.venue.access,
  会場電話: ({ detail }) => detail.venue.phone,
  差出人: ({ blueprint }) => blueprint.sender.name,
  差出人郵便番号: ({ blueprint }) => formatPostalCode(blueprint.sender.postal),
  差出人住所: ({ blueprint }) => blueprint.sender.address,
  委託者: ({ blueprint }) => blueprint.client,
  発行者: ({ blueprint }) => `${blueprint.client}${blueprint.clientUnit}`,
};
const extraByName = new Map(Object.entries(extra).map(([name, make]) => [foldFieldName(name), make]));

/** 空のままでは出せない項目。 */
const needed: readonly NoticeFieldKey[] = [
  "postalCode",
  "addressLine1",
  "name",
  "day",
  "start",
  "venue",
  "course",
  "contactPhone",
];
const neededNames: Partial<Record<NoticeFieldKey, string>> = {
  postalCode: "郵便番号",
  addressLine1: "住所",
  name: "氏名",
  day: "受講日",
  start: "開始時刻",
  venue: "会場",
  course: "講座名",
  contactPhone: "問合せ電話",
};

function dated(day: Day): MergeValue {
  return { text: formatWareki(day, { weekday: true }), iso: day };
}

function timed(minute: string): MergeValue {
  return { text: minute.replace(/^0/, ""), iso: minute };
}

/** 様式の項目の名から、差し込む値。事務所が知らない項目なら undefined。 */
export function recordValue(fieldName: string, source: RecordSource): MergeValue | undefined {
  const make = makerFor(fieldName);
  const made = make?.(source);
  return typeof made === "string" ? { text: made } : made;
}

/** 事務所が中身を知っている項目か。 */
export function knowsField(fieldName: string): boolean {
  return makerFor(fieldName) !== undefined;
}

function makerFor(fieldName: string): Maker | undefined {
  const special = extraByName.get(foldFieldName(fieldName));
  const field = special ? undefined : resolveField(fieldName);
  return special ?? (field && standard[field.key]);
}

/** 画面のはがきの絵に使う、標準の項目の文字。 */
export function recordText(key: NoticeFieldKey, source: RecordSource): string {
  const made = standard[key](source);
  return typeof made === "string" ? made : made.text;
}

/** 様式が使う項目のうち、この通では空で、空のままでは出せないもの。様式がなければ、ふつう印字する項目で見る。 */
export function emptyFields(source: RecordSource, fieldNames: readonly string[]): string[] {
  const used = new Set(fieldNames.map((name) => resolveField(name)?.key));
  if (used.has("address")) used.add("addressLine1");
  return needed
    .filter((key) => fieldNames.length === 0 || used.has(key))
    .filter((key) => recordText(key, source).trim() === "")
    .map((key) => neededNames[key] ?? "");
}
