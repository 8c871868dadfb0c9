import type { Day } from "../base/time.ts";
import { formatPostalCode } from "../japan/postal-code.ts";
import type { Office } from "../platform/office.ts";
import type { fillList } from "../roster/fill-list-file.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { BookingSummary } from "./booking-summary.ts";
import { contactMeans } from "./caller.ts";
import type { StoredClass } from "./class-store.ts";
import type { BookingDetail } from "./list-bookings.ts";
import type { Venue } from "./venue-store.ts";

/** 様式に書く、講習会一回分の値。 */
export type GivenGroup = Parameters<typeof fillList>[1][number];

/** 講習会一回分の予約者リスト。個人情報を開いたもの。 */
export interface BookingList {
  cls: StoredClass;
  venue: Venue;
  /** 受付番号の順。 */
  entries: BookingDetail[];
}

/** 上の室から渡されるもの。 */
export interface ListHand {
  /** 予約の id → 受講通知書を発送した日。省けば、リストの「通知発送日」は空になる。 */
  sentOn?: (office: Office, contract: string) => Promise<ReadonlyMap<string, Day>>;
}

/** 氏名も連絡先も伏せた予約者リスト。needing は配慮の要る方か（中身は伏せる）。 */
export interface MaskedList extends Omit<BookingList, "entries"> {
  entries: (BookingSummary & { needing: boolean })[];
}

/** 何のために作るか。記録には符号だけが残る。 */
export const listPurposes = {
  deliver: "委託者へ渡す（成果品）",
  venue: "講習会の会場で使う",
  notices: "受講通知書を作る",
  check: "点検・突き合わせをする",
} as const;
/** 画面で開くときの目的。渡すもの（deliver）は、パスワード付きの写しだけ。 */
export const screenPurposes: Readonly<Record<string, string>> = {
  venue: listPurposes.venue,
  notices: listPurposes.notices,
  check: listPurposes.check,
};
export type ListPurpose = keyof typeof listPurposes;

export function isListPurpose(text: string): text is ListPurpose {
  return Object.hasOwn(listPurposes, text);
}

/** 画面と様式での状態の名。 */
export const bookingStates = { booked: "予約", cancelled: "取消", undone: "取りやめ" } as const;

/** 委託者の様式に入れる値。名は市の名簿でふつうに使われる欄の名。 */
export function listGroups(lists: readonly BookingList[], sentOn: ReadonlyMap<string, string>): GivenGroup[] {
  return lists.map(({ cls, venue, entries }) => ({
    fields: {
      受講日: { day: cls.day },
      開始時刻: cls.start,
      終了時刻: cls.end,
      会場: venue.name,
      会場所在地: venue.address,
      区: venue.ward,
      講座名: cls.course,
      区分: cls.kind,
      定員: cls.capacity,
      持ち物: cls.bring,
      問合せ電話: cls.phone,
    },
    rows: entries.map(({ booking, person }) => {
      const posted = sentOn.get(booking.id);
      return {
        受付番号: booking.number,
        氏名: person.name,
        フリガナ: person.kana,
        郵便番号: person.postal && formatPostalCode(person.postal),
        住所: [person.address, person.building].filter((part) => part !== "").join("　"),
        住所1: person.address,
        住所2: person.building,
        電話番号: person.phone,
        受付日時: { instant: booking.taken_at },
        通知発送日: posted === undefined ? null : { day: posted },
        状態: bookingStates[booking.state],
        備考: careText(booking),
      };
    }),
  }));
}

/** リストの備考: 拡大文字、付き添い、連絡の取り方、電話での案内、配慮事項。 */
export function careText(booking: BookingDetail["booking"]): string {
  return [
    booking.large_print ? "拡大文字" : "",
    booking.companions > 0 ? `付き添い${booking.companions}名` : "",
    booking.contact === "phone" ? "" : `連絡は${contactMeans[booking.contact]}`,
    booking.phone_only ? "通知書は電話で案内" : "",
    booking.needs,
  ]
    .filter((part) => part !== "")
    .join("、");
}

/** 「予約者リスト_第二期_0917.xlsx」。個人名も会場名も入れない。 */
export function listFileName(
  blueprint: Pick<Blueprint, "terms">,
  classes: readonly StoredClass[],
  today: string,
  extension: string,
): string {
  const terms = new Set(classes.map((cls) => cls.term));
  const [only] = terms;
  const label = terms.size === 1 ? blueprint.terms.find((term) => term.id === only)?.label : undefined;
  const parts = ["予約者リスト", label?.replace(/[^\p{L}\p{N}]/gu, ""), today.slice(5).replace("-", "")];
  return `${parts.filter(Boolean).join("_")}.${extension}`;
}
