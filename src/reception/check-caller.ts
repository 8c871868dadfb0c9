import type { Actor } from "../base/actor.ts";
import { hasHouseNumber, postalMatchesAddress } from "../japan/address.ts";
import { kanaFault, kanaKey, normalizeKana } from "../japan/kana.ts";
import { formatPhone, phoneKey, readPhone } from "../japan/phone.ts";
import { formatPostalCode, readPostalCode } from "../japan/postal-code.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { findPersonsByLookup } from "../platform/person-store.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { bookingNumber } from "./booking.ts";
import { listSealedBookings } from "./booking-store.ts";
import { findClass, listClasses } from "./class-store.ts";
import { overlaps } from "./overlap.ts";

/** 途中の聞き取り。 */
export interface CallerSketch {
  kana: string;
  postal: string;
  address: string;
  phone: string;
  /** 掛けてきた番号。連絡先と同じとは限らない。 */
  callerNumber?: string | undefined;
  classId?: string | undefined;
}

/** 受付を止めない注意。 */
export interface CallerWarning {
  field: "kana" | "postal" | "address" | "phone" | "classId";
  message: string;
}

export interface CallerCheck {
  warnings: CallerWarning[];
  /** 書き方だけを整えた値。 */
  formatted: { kana?: string; postal?: string; phone?: string; callerNumber?: string };
}

/**
 * 聞き取りの途中で、確かめたいところを返す。どれも警告で、受付は止めない（電話を夫婦で使うことも、同姓同名もある）。
 */
export async function checkCaller(office: Office, actor: Actor, sketch: CallerSketch): Promise<CallerCheck> {
  const kana = normalizeKana(sketch.kana);
  const phone = sketch.phone.trim() ? formatPhone(sketch.phone) : "";
  const postal = readPostalCode(sketch.postal);
  const caller = sketch.callerNumber?.trim() ? formatPhone(sketch.callerNumber) : "";
  const formatted = {
    ...(kana && kana !== sketch.kana ? { kana } : {}),
    ...(phone && phone !== sketch.phone ? { phone } : {}),
    ...(caller && caller !== sketch.callerNumber ? { callerNumber: caller } : {}),
    ...(postal && formatPostalCode(postal) !== sketch.postal ? { postal: formatPostalCode(postal) } : {}),
  };
  const warnings = [
    ...fieldWarnings({ ...sketch, kana, phone }),
    ...(await personWarnings(office, actor, { ...sketch, kana, phone })),
  ];
  return { warnings, formatted };
}

function fieldWarnings({ kana, postal, address, phone }: CallerSketch): CallerWarning[] {
  const out: CallerWarning[] = [];
  const fault = kana && kanaFault(kana);
  if (fault) out.push({ field: "kana", message: fault });
  const doubt = phone && readPhone(phone)?.warning;
  if (doubt) out.push({ field: "phone", message: doubt });
  if (postal.trim() && address.trim()) {
    const agreement = postalMatchesAddress(postal, address);
    if (agreement.state !== "match") out.push({ field: "postal", message: agreement.message });
  }
  if (address.trim() && !hasHouseNumber(address, postal))
    out.push({ field: "address", message: "番地がありません。何番の何号かをお聞きください。" });
  return out;
}

/** 同じ電話やカナの予約があるか。だれかは示さず、受付番号と日だけを伝える。 */
async function personWarnings(
  office: Office,
  actor: Actor,
  { kana, phone, classId }: CallerSketch,
): Promise<CallerWarning[]> {
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const hash = (text: string) => lookupHmac(lookupKey, text);
  const byPhone = phoneKey(phone);
  const byKana = kanaKey(kana);
  const none: string[] = [];
  const [phones, kanas] = await Promise.all([
    byPhone ? findPersonsByLookup(office.read, actor.contract, "phone", hash(`phone|${byPhone}`)) : none,
    byKana ? findPersonsByLookup(office.read, actor.contract, "kana", hash(`kana|${byKana}`)) : none,
  ]);
  const ids = [...new Set([...phones, ...kanas])];
  if (ids.length === 0) return [];
  const bookings = await listSealedBookings(office.read, actor.contract, {
    persons: ids,
    states: ["booked"],
  });
  const classes = new Map((await listClasses(office.read, actor.contract)).map((c) => [c.id, c]));
  const wanted = classId ? await findClass(office.read, actor.contract, classId) : undefined;
  return bookings.flatMap((b): CallerWarning[] => {
    const cls = classes.get(b.class_id);
    if (!cls) return [];
    const same = phones.includes(b.person_id) && kanas.includes(b.person_id);
    const what = `受付番号${bookingNumber(b.number)}（${formatMonthDay(cls.day)} ${cls.start}）`;
    if (same && wanted && overlaps(cls, wanted))
      return [{ field: "classId", message: `同じ方の${what}と時間が重なります。` }];
    if (same) return [{ field: "kana", message: `同じ方とみられる予約があります。${what}` }];
    if (phones.includes(b.person_id))
      return [{ field: "phone", message: `同じ電話の予約があります。${what}。ご家族かもしれません。` }];
    return [];
  });
}
