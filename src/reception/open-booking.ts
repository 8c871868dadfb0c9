import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { RecordedEvent } from "../base/event.ts";
import { type Instant, localMinuteOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { screenPurposes } from "./booking-list.ts";
import { findBooking } from "./booking-store.ts";
import { type BookingSummary, summaryOf } from "./booking-summary.ts";
import { cancelReasons, isCancelReason } from "./cancel-reason.ts";
import { type ToldResult, toldResults } from "./city-change.ts";
import { receptionEvents } from "./event-kind.ts";
import { type BookingDetail, listBookings } from "./list-bookings.ts";
import { requirePeople } from "./reception-right.ts";
import { recordReveal } from "./reveal-person.ts";

/** 個人情報を見る理由。記録には符号だけが残る。 */
export const revealReasons = {
  call: "お電話の方が本人か確かめる",
  callback: "折り返しの電話をかける",
  card: "受講通知書の宛先を確かめる",
  correct: "聞き取りの誤りを直す",
} as const;
export type RevealReason = keyof typeof revealReasons;

export function isRevealReason(text: string): text is RevealReason {
  return Object.hasOwn(revealReasons, text);
}

/** 予約に起きたことの一行。 */
export interface HistoryLine {
  at: Instant;
  /** 「予約を受けた」。 */
  what: string;
  /** 「2番席」「理由: 折り返しの電話をかける」。 */
  more: string;
}

/** 予約を一つ、氏名と電話を伏せて。履歴は行為の記録から。begun は講習会が始まったか（変更も取消もできない）。 */
export async function openBooking(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ summary: BookingSummary; history: HistoryLine[]; version: number; begun: boolean }> {
  const detail = await detailOf(office, actor, id);
  const events = await listEvents(office.read, {
    contract: actor.contract,
    about: id,
    kinds: receptionEvents.map((kind) => kind.kind),
    limit: 200,
  });
  const { cls, booking } = detail;
  const begun = `${cls.day}T${cls.start}` <= localMinuteOf(office.clock.officeNow(actor.contract));
  return { summary: summaryOf(detail), history: events.map(historyLine), version: booking.version, begun };
}

/**
 * 予約の個人情報を見る。見たことと理由を記録してから返す。記録できなければ見せない。
 * @throws AppError BAD_INPUT（理由がない）、NOT_FOUND
 */
export async function revealBooking(
  office: Office,
  actor: Actor,
  id: string,
  reason: string,
): Promise<BookingDetail> {
  requirePeople(actor);
  if (!isRevealReason(reason))
    throw new AppError("BAD_INPUT", "見る理由を選んでください。記録に残ります。", {
      faults: [{ field: "reason", message: "見る理由を選んでください。" }],
    });
  const detail = await detailOf(office, actor, id);
  await recordReveal(office, actor, { subject: detail.person.id, about: id, field: "all", reason });
  return detail;
}

async function detailOf(office: Office, actor: Actor, id: string): Promise<BookingDetail> {
  const row = await findBooking(office.read, actor.contract, id);
  const [detail] = row ? await listBookings(office, actor, { numbers: [row.number] }) : [];
  if (!detail) throw new AppError("NOT_FOUND", "その予約はありません。探し直してください。");
  return detail;
}

const labels = new Map(receptionEvents.map((kind) => [kind.kind, kind.label]));

function reasonText(field: unknown, reason: string): string {
  if (field === "list") return `予約者リスト（${screenPurposes[reason] ?? "紙にする"}）`;
  return isRevealReason(reason) ? revealReasons[reason] : "受付デスクでの確認";
}

function historyLine(event: RecordedEvent): HistoryLine {
  const { field, reason, desk, fields, cancel, result } = event.payload;
  const parts = [
    typeof desk === "string" && desk !== "" ? `${desk}番席` : "",
    typeof reason === "string" ? `理由: ${reasonText(field, reason)}` : "",
    typeof cancel === "string" && isCancelReason(cancel) ? `理由: ${cancelReasons[cancel]}` : "",
    typeof result === "string" && Object.hasOwn(toldResults, result) ? toldResults[result as ToldResult] : "",
    Array.isArray(fields) ? `直した欄 ${fields.length}` : "",
  ];
  return {
    at: event.at,
    what: labels.get(event.kind) ?? event.kind,
    more: parts.filter((part) => part !== "").join("　"),
  };
}
