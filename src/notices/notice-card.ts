import { canonicalJson } from "../base/canonical.ts";
import type { BookingDetail } from "../reception/list-bookings.ts";
import { lookupHmac } from "../sealing/seal.ts";

/** 版。大きな文字を希望した方には別の様式で印刷する。 */
export type Edition = "notice" | "notice-large";

export function editionOf(detail: BookingDetail): Edition {
  return detail.booking.large_print === 1 ? "notice-large" : "notice";
}

/**
 * 印字する内容の印。予約・本人・講習会・会場のどれが変わっても、印が変わる（講習会の変更は予約の版を進めないため、
 * 版では足りない）。氏名や住所から作るので、契約の鍵による HMAC にする。
 */
export function noticeMark(detail: BookingDetail, lookupKey: Uint8Array): string {
  const { person, cls, venue, booking } = detail;
  const printed = [
    person.name,
    person.kana,
    person.postal,
    person.address,
    person.building,
    cls.day,
    cls.start,
    cls.end,
    cls.course,
    cls.kind,
    cls.room,
    cls.bring,
    venue.name,
    venue.address,
    booking.large_print,
  ];
  return Buffer.from(lookupHmac(lookupKey, `notice|${canonicalJson(printed)}`)).toString("base64url");
}

/** 「相＊＊＊＊」。姓の一字目だけを残す。 */
export function maskName(name: string): string {
  const [first = ""] = new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(name.trim());
  return typeof first === "string" ? "" : `${first.segment}＊＊＊＊`;
}

/** 姓（空白の前）。空白がなければ undefined。 */
export function familyName(name: string): string | undefined {
  return /^(\S+)\s+\S/u.exec(name.trim())?.[1];
}

/** 郵便番号の順に並べるための数。刷る順も、発送番号の順もこれによる（区分けして差し出せる）。 */
export function postalOrder(detail: BookingDetail | undefined): number {
  const digits = (detail?.person.postal ?? "").normalize("NFKC").replace(/\D/g, "");
  return Number(digits.slice(0, 7).padEnd(7, "9"));
}
