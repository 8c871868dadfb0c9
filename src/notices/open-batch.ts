import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import { postingNow } from "../japan/posting-clock.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { type BookingDetail, listBookings } from "../reception/list-bookings.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BatchTally, isStale, type NoticeNow, tallyNotices } from "./batch.ts";
import { findBatch, openBatchRow, type StoredBatch } from "./batch-store.ts";
import { editionOf, noticeMark } from "./notice-card.ts";
import {
  type CardException,
  type CardFacts,
  type CheckContext,
  checkCard,
  compareExceptions,
} from "./notice-check.ts";
import { ownSetting } from "./notice-form.ts";
import { currentPictures, type NoticePictures } from "./notice-picture.ts";
import { emptyFields } from "./notice-record.ts";
import { listNotices, openNotice, type StoredNotice } from "./notice-store.ts";
import type { OwnCardSetting } from "./own-card.ts";
import { layOutSource } from "./own-card-document.ts";
import { returnedOf } from "./returned-before.ts";

/** 束の一通と、今の予約。detail は予約が消去されていれば undefined。 */
export interface BatchCard {
  notice: StoredNotice;
  detail: BookingDetail | undefined;
  /** 今の内容の印。 */
  mark: string;
  now: NoticeNow;
  /** 今の内容と様式で作ったはがきの絵。 */
  pictures: NoticePictures | undefined;
  /** 同じ方に前に戻ってきたはがき。 */
  returned: string | undefined;
  exceptions: CardException[];
}

/** 開いた束。個人情報を開いたものなので、見せる側が伏せるか、見せたことを記録する。 */
export interface OpenBatch {
  batch: StoredBatch;
  key: SubjectKey;
  cards: BatchCard[];
  /** 取り消しと変更を引いた後の数。 */
  tally: BatchTally;
  days: Day[];
  blueprint: Blueprint;
  /** 今の（通常の）様式。 */
  templateId: string | undefined;
  /** 通常の様式が、まどぐちの標準のはがきなら、その設定。 */
  own: OwnCardSetting | undefined;
}

/** 束とその全部の通を、今の予約と突き合わせて開く。なければ NOT_FOUND。 */
export async function openBatch(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<OpenBatch> {
  const { contract } = actor;
  const row = await findBatch(office.read, contract, id);
  const key = row && (await office.keys.get(contract, [id])).get(id);
  if (!row || !key)
    throw new AppError("NOT_FOUND", "その束はありません。受講通知書の一覧から選び直してください。");
  const [{ blueprint }, rows, lookupKey] = await Promise.all([
    openContract(office, contract),
    listNotices(office.read, contract, id),
    office.keys.lookupKey(contract),
  ]);
  const persons = [...new Set(rows.map((one) => one.person_id))];
  const [details, keys, normal, large, returned] = await Promise.all([
    listBookings(office, actor, { persons }),
    office.keys.get(contract, persons),
    latestTemplate(office.read, contract, "notice"),
    latestTemplate(office.read, contract, "notice-large"),
    returnedOf(office, contract, persons),
  ]);
  const detailOf = new Map(details.map((one) => [one.booking.id, one]));
  const bare = rows.map((one) => {
    const detail = detailOf.get(one.booking_id);
    const mark = detail ? noticeMark(detail, lookupKey) : "";
    const pictures = currentPictures(one.pictures, mark, [normal?.id, large?.id]);
    const before = returned.get(one.person_id)?.text;
    return { notice: openNotice(keys.get(one.person_id), one), detail, mark, pictures, returned: before };
  });
  const fields: unknown = normal ? JSON.parse(normal.fields) : [];
  const context = checkContext(office, contract, blueprint, Array.isArray(fields) ? fields.map(String) : []);
  const own = normal && (await ownSetting(office, contract, normal));
  const today = dayOf(office.clock.officeNow(contract));
  const cards = checkAll(bare, {
    ...context,
    hasLargeTemplate: large !== undefined || own !== undefined,
    layOwn: (detail) =>
      // 大きな文字の様式だけを委託者から受け取っているときは、その通は Word に組んで確かめる。
      own && (large === undefined || editionOf(detail) === "notice")
        ? layOutSource({ detail, blueprint, today }, own)
        : undefined,
  });
  return {
    batch: openBatchRow(key, row),
    key,
    cards,
    tally: tallyNotices(cards.map((card) => card.now)),
    days: [...new Set(cards.flatMap((card) => card.detail?.cls.day ?? []))].sort(),
    blueprint,
    templateId: normal?.id,
    own,
  };
}

type Bare = Omit<BatchCard, "now" | "exceptions">;
type Context = Omit<CheckContext, "neighbours" | "missingFields" | "ownLayout"> & {
  missing(detail: BookingDetail): string[];
  layOwn(detail: BookingDetail): { overflow: string[]; missing: string[] } | undefined;
};

function checkContext(
  office: Office,
  contract: string,
  blueprint: Blueprint,
  fieldNames: string[],
): Omit<Context, "hasLargeTemplate" | "layOwn"> {
  const now = office.clock.officeNow(contract);
  const days = new Map<Day, number>();
  return {
    daysBeforeClass(day) {
      const known =
        days.get(day) ?? postingNow(now, day, blueprint.calendar, blueprint.posting).daysBeforeClass;
      days.set(day, known);
      return known;
    },
    missing: (detail) => emptyFields({ detail, blueprint, today: dayOf(now) }, fieldNames),
  };
}

function checkAll(bare: readonly Bare[], context: Context): BatchCard[] {
  const facts = new Map(
    bare.flatMap((one) => (one.detail ? [[one.notice.id, factsOf(one, one.detail)]] : [])),
  );
  const neighbours = bare.flatMap((one) => {
    const fact = isOpen(one.notice) && isBooked(one.detail) ? facts.get(one.notice.id) : undefined;
    return fact ? [fact] : [];
  });
  const details = new Map(bare.map((one) => [one.notice.id, one.detail]));
  const full: CheckContext = {
    ...context,
    neighbours,
    ownLayout: (id) => {
      const detail = details.get(id);
      return detail && context.layOwn(detail);
    },
    missingFields: (id) => {
      const detail = details.get(id);
      return detail ? context.missing(detail) : [];
    },
  };
  return bare
    .map((one) => {
      const fact = facts.get(one.notice.id);
      const open = one.notice.state === "waiting" || one.notice.state === "approved";
      const exceptions = fact && open ? checkCard(fact, full) : [];
      const now: NoticeNow = {
        id: one.notice.id,
        state: one.notice.state,
        printed: one.notice.printed === 1,
        booked: isBooked(one.detail),
        stale: one.detail !== undefined && isStale(one.notice, one.mark),
        clean: exceptions.length === 0,
      };
      return { ...one, now, exceptions };
    })
    .sort((a, b) => compareExceptions(numbered(a), numbered(b)));
}

function numbered(card: BatchCard): { exceptions: readonly CardException[]; number: number } {
  return { exceptions: card.exceptions, number: card.detail?.booking.number ?? 0 };
}

function isOpen(notice: StoredNotice): boolean {
  return notice.state === "waiting" || notice.state === "approved";
}

function isBooked(detail: BookingDetail | undefined): boolean {
  return detail?.booking.state === "booked";
}

function factsOf(one: Bare, { person, booking, cls, venue }: BookingDetail): CardFacts {
  return {
    id: one.notice.id,
    number: booking.number,
    name: person.name,
    postal: person.postal,
    address: person.address,
    building: person.building,
    largePrint: booking.large_print === 1,
    classId: cls.id,
    day: cls.day,
    venue: venue.name,
    changed: isStale(one.notice, one.mark),
    ...(one.returned === undefined ? {} : { returned: one.returned }),
    ...(one.pictures ? { pages: { made: one.pictures.made, expected: one.pictures.expected } } : {}),
  };
}
