import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, type Instant } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { alternativesOf } from "./alternative.ts";
import type { ListHand } from "./booking-list.ts";
import type { BookingSummary } from "./booking-summary.ts";
import { isLate } from "./change-booking.ts";
import { findClass } from "./class-store.ts";
import { listSeats, type SeatClass } from "./list-seats.ts";
import { openBooking } from "./open-booking.ts";
import { listVenues } from "./venue-store.ts";
import { listSealedWaits } from "./wait-store.ts";
import { wants } from "./waiting.ts";
import { warnOverlap } from "./warn-overlap.ts";

/** 変更・取消で起きることの一つ。 */
export interface Consequence {
  name: "席" | "受講通知書" | "予約者リスト" | "記録";
  text: string;
  care: boolean;
}

export interface ChangePreview {
  summary: BookingSummary;
  version: number;
  /** 期の受付が終わった後か。 */
  late: boolean;
  /** 移る先に勧める回。 */
  alternatives: SeatClass[];
  consequences: Consequence[];
  /** 同じ方のほかの予約（時間の重なりを含む）。止めない。 */
  warnings: string[];
}

/** 変更（to があるとき）や取消の前に、何が起きるかを言う。まだ何も変えない。 */
export async function previewChange(
  office: Office,
  actor: Actor,
  id: string,
  hand: ListHand,
  to?: string,
): Promise<ChangePreview> {
  const { contract } = actor;
  const { summary, version, begun } = await openBooking(office, actor, id);
  if (begun) throw new AppError("REFUSED", "その講習会はもう始まっているので、変更も取消もできません。");
  const [{ blueprint }, cls, board, waits, sentOn, deliveredAt, warnings] = await Promise.all([
    openContract(office, contract),
    findClass(office.read, contract, summary.classId),
    listSeats(office, contract),
    listSealedWaits(office.read, contract, ["waiting"]),
    hand.sentOn?.(office, contract),
    lastDelivery(office, contract, summary.classId),
    warnOverlap(office, actor, id, to),
  ]);
  if (!cls) throw new Error("a booked class is gone");
  const venue = (await listVenues(office.read, contract)).find((one) => one.id === cls.venue_id);
  const from = {
    id: cls.id,
    course: cls.course,
    venueId: cls.venue_id,
    ward: venue?.ward ?? "",
    day: cls.day,
  };
  const waiting = waits.filter((wait) => wants(wait, cls)).length;
  const target = board.classes.find((one) => one.cls.id === to);
  return {
    summary,
    version,
    warnings,
    late: isLate({ now: board.now }, blueprint, cls),
    alternatives: alternativesOf(board, from),
    consequences: [
      seatWords(waiting, target),
      cardWords(sentOn?.get(id), target),
      listWords(deliveredAt),
      { name: "記録", text: "前の予約の内容と、いつ、どの席で変えたかが残ります。", care: false },
    ],
  };
}

function seatWords(waiting: number, target: SeatClass | undefined): Consequence {
  const moved = target ? `${placeText(target)}の席を取ってから、前の席を空けます。` : "席が空きます。";
  return waiting > 0
    ? {
        name: "席",
        text: `${moved}空いた席は、待っている${waiting}人の先頭の方のために押さえ、折り返しの仕事を作ります。`,
        care: false,
      }
    : { name: "席", text: moved, care: false };
}

function cardWords(sent: string | undefined, target: SeatClass | undefined): Consequence {
  const name = "受講通知書";
  if (!target)
    return sent === undefined
      ? { name, text: "まだ投函していないので、送りません（刷ってあれば抜きます）。", care: false }
      : {
          name,
          text: `${formatMonthDay(sent)}に投函済みです。届いた通知書は使えないことをお伝えください。`,
          care: true,
        };
  const again =
    sent === undefined
      ? "新しい内容で作り直します。"
      : `${formatMonthDay(sent)}に投函済みなので、新しい通知書をもう一通送ります。前のものは捨てていただくようお伝えください。`;
  if (target.card.inTime) return { name, text: again, care: sent !== undefined };
  return {
    name,
    text: `${again}新しい回には間に合わないので、日時と会場をこの電話で案内してください。`,
    care: true,
  };
}

function listWords(deliveredAt: Instant | undefined): Consequence {
  const name = "予約者リスト";
  return deliveredAt === undefined
    ? { name, text: "次に開いたときから、変わった内容になります。", care: false }
    : {
        name,
        text: `${formatMonthDay(dayOf(deliveredAt))}に委託者へ渡してあります。差分の一覧に、番号を付けて加わります。`,
        care: true,
      };
}

/** 「10月1日（水）10:00–11:30 北区民センター」。 */
export function placeText({ cls, venue }: Pick<SeatClass, "cls" | "venue">): string {
  return `${formatMonthDay(cls.day, { weekday: true })} ${formatTimeRange(cls.start, cls.end)} ${venue.name}`;
}

/** その回の予約者リストを、最後に委託者へ渡した時。 */
async function lastDelivery(office: Office, contract: string, classId: string): Promise<Instant | undefined> {
  const made = await listEvents(office.read, { contract, kinds: ["list.made"], limit: 1000 });
  return made.find(
    ({ payload }) =>
      payload.purpose === "deliver" && Array.isArray(payload.classes) && payload.classes.includes(classId),
  )?.at;
}
