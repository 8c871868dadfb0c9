import { type Instant, localMinuteOf, minuteOf } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import { addBusinessMinutes, type BusinessHours } from "../japan/business-hours.ts";
import type { StoredClass } from "./class-store.ts";

/** waiting=待っている、offered=席を押さえて電話中、booked=予約になった、declined=やめた、stopped=待つ回がなくなった。 */
export type WaitState = "waiting" | "offered" | "booked" | "declined" | "stopped";
export const waitStates: Record<WaitState, string> = {
  waiting: "待機中",
  offered: "席を押さえて電話中",
  booked: "予約になった",
  declined: "待つのをやめた",
  stopped: "待つ回がなくなった",
};

/** expired=期限が過ぎた、stopped=講習会が中止になった。 */
export type OfferState = "open" | "accepted" | "declined" | "expired" | "stopped";
export const offerStates: Record<OfferState, string> = {
  open: "返事を待つ",
  accepted: "予約になった",
  declined: "断られた",
  expired: "期限が過ぎた",
  stopped: "講習会が変わり、取りやめた",
};

/** 案内してから返事をもらうまでの、営業時間の分（四時間）。 */
export const OFFER_MINUTES = 240;

/** 待つ回の希望。 */
export interface WaitWish {
  class_id: string | null;
  course: string;
  venue_ids: string;
  from_day: string | null;
  to_day: string | null;
}

/** その回を待っているか。希望した回そのものか、「ほかの回でもよい」の条件に合う回。 */
export function wants(wish: WaitWish, cls: Pick<StoredClass, "id" | "course" | "venue_id" | "day">): boolean {
  if (wish.class_id === cls.id) return true;
  if (wish.course === "" || wish.course !== cls.course) return false;
  const venues = wish.venue_ids.split(" ").filter((id) => id !== "");
  if (venues.length > 0 && !venues.includes(cls.venue_id)) return false;
  return (wish.from_day ?? "") <= cls.day && cls.day <= (wish.to_day ?? "9999-12-31");
}

/**
 * 案内の順: 市の変更で席を失った方 → 案内して決まらなかった回数の少ない方 → 申し出の早い方。
 * 決まらなかった方を後に回すので、一人が電話に出なくても、席が止まらない。
 */
export function compareWaits(
  a: { priority: number; passes: number; created_at: string; id: string },
  b: { priority: number; passes: number; created_at: string; id: string },
): number {
  const early = a.created_at === b.created_at ? (a.id < b.id ? -1 : 1) : a.created_at < b.created_at ? -1 : 1;
  return b.priority - a.priority || a.passes - b.passes || early;
}

/** いま電話のつながる時間か。 */
export function isReachable(reach: { reach_from: string; reach_to: string }, now: Instant): boolean {
  const at = minuteOf(now);
  return reach.reach_from <= at && at < reach.reach_to;
}

/** 案内を始められない訳。begun=始まった、closed=受付終了、late=通知書が間に合わない。 */
export type OfferStop = "begun" | "closed" | "late";
export const offerStops: Record<OfferStop, string> = {
  begun: "講習会が始まっているので、案内しません。",
  closed: "受け付けを終えた回なので、案内しません。",
  late: "受講通知書が間に合わないので、自動では案内しません。日時を電話で案内できるなら、待機の画面から進めてください。",
};

/** その回の席を、いま待機の方に案内してよいか。byPhone なら通知書が間に合わなくてもよい。 */
export function offerStop(
  cls: Pick<StoredClass, "day" | "start" | "state">,
  postBy: Instant,
  now: Instant,
  byPhone: boolean,
): OfferStop | undefined {
  if (cls.state !== "open") return "closed";
  if (`${cls.day}T${cls.start}` <= localMinuteOf(now)) return "begun";
  return !byPhone && now > postBy ? "late" : undefined;
}

/** 返事の期限: 営業時間で四時間後。通知書の投函期限（byPhone なら開始）のほうが早ければ、そこまで。 */
export function offerDue(
  { calendar, hours }: { calendar: BusinessCalendar; hours: BusinessHours },
  now: Instant,
  last: Instant,
): Instant {
  const due = addBusinessMinutes(calendar, hours, now, OFFER_MINUTES);
  return due < last ? due : last;
}

/** 案内のための仮押さえの持ち主（人ではない）。 */
export const WAITING_LIST = "waiting-list";

/** 案内が席を押さえるときの、受付（draft）の名。 */
export function offerDraft(offerId: string): string {
  return `offer-${offerId}`;
}
