import { AppError } from "../base/error.ts";
import { linkCall } from "../calls/link-call.ts";
import { splitAddress } from "../japan/address.ts";
import { readBackText } from "../japan/read-back.ts";
import type { Ask } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { isContactMeans } from "../reception/caller.ts";
import { listSeats } from "../reception/list-seats.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { waitForClass } from "../reception/wait-for-class.ts";
import { openContract } from "../terms/open-contract.ts";
import type { BookingReply, DeskFields, NewBooking, NewWait, SeatsBoard, WaitReply } from "./desk-api.ts";
import { deskBoard } from "./desk-board.ts";
import { rankAlternatives } from "./seat-guide.ts";

/** いまの空席の表。 */
export async function readBoard(ask: Ask): Promise<SeatsBoard> {
  const { blueprint } = await openContract(ask.office, ask.actor.contract);
  return deskBoard(await listSeats(ask.office, ask.actor.contract), ask.actor, blueprint);
}

/** 満席のときは、同じ講座の空きを添えて断る（仕様書６(2)ア）。 */
export async function withAlternatives<T>(ask: Ask, classId: string, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "CLASS_FULL") throw cause;
    const now = await readBoard(ask);
    const asked = now.cells.find((c) => c.classId === classId);
    const alternatives = asked
      ? rankAlternatives(asked, now.cells, now.venues, now.now).map((a) => a.cell)
      : [];
    throw new AppError("CLASS_FULL", cause.message, { detail: { alternatives } });
  }
}

/** 住所の欄を、番地までと方書に分ける（通知書では別の行に印字する）。 */
function addressParts(address: string, postal: string): { address: string; building: string } {
  const { building } = splitAddress(address, postal);
  const at = building ? address.lastIndexOf(building) : -1;
  return at > 0
    ? { address: address.slice(0, at).trim(), building }
    : { address: address.trim(), building: "" };
}

/** 画面の欄を、受付の室の欄に。 */
function callerOf(given: DeskFields) {
  const proxy = { name: given.proxyName, relation: given.proxyRelation, phone: given.proxyPhone };
  return {
    name: given.name,
    kana: given.kana,
    postal: given.postalCode,
    ...addressParts(given.address, given.postalCode),
    phone: given.phone,
    needs: given.care,
    memo: given.memo,
    largePrint: /大きな(文)?字|拡大文字|大活字/.test(given.care),
    companions: given.companions === "1" ? 1 : 0,
    contact: isContactMeans(given.contact) ? given.contact : ("phone" as const),
    proxy: given.proxyName.trim() === "" ? null : proxy,
  };
}

const reachHours = { "": ["09:00", "16:00"], am: ["09:00", "12:00"], pm: ["12:00", "16:00"] } as const;

/** 満席の回の待機に入れる。断りの欄は画面の欄の名。 */
export async function takeDeskWait(ask: Ask, given: NewWait): Promise<WaitReply> {
  const [reachFrom, reachTo] = reachHours[given.reach === "am" || given.reach === "pm" ? given.reach : ""];
  return waitForClass(ask.office, ask.actor, {
    ...callerOf(given),
    classId: given.classId,
    draftId: given.draftId,
    wider: given.wider === "1",
    venueIds: given.wishVenue === "" ? [] : [given.wishVenue],
    fromDay: given.wishFrom,
    toDay: given.wishTo,
    reachFrom,
    reachTo,
  }).catch(deskFaults);
}

/** 予約を受け、投函期限と復唱の文を添えて返す。onceKey が同じなら、送り直しても一つ。断りの欄は画面の欄の名。 */
export async function takeDeskBooking(
  ask: Ask,
  given: NewBooking,
  onceKey: string | undefined,
): Promise<BookingReply> {
  const receipt = await takeBooking(ask.office, ask.actor, {
    ...callerOf(given),
    classId: given.classId,
    draftId: given.draftId,
    askedClassId: given.askedClassId,
    ...(onceKey ? { onceKey } : {}),
  }).catch(deskFaults);
  // つながりは突き合わせのためのもの。つなげなくても、受けた予約は変わらない。
  await linkCall(ask.office, ask.actor, given.draftId, {
    to: `reception/booking/${receipt.id}`,
    label: `受付番号 ${bookingNumber(receipt.number)}`,
  }).catch(() => undefined);
  const now = await readBoard(ask);
  const cell = now.cells.find((c) => c.classId === receipt.classId);
  const venue = now.venues.find((v) => v.id === cell?.venueId);
  if (!cell || !venue)
    throw new AppError(
      "NOT_FOUND",
      "予約はできましたが、講習会が閉じられました。予約者リストで確かめてください。",
    );
  return {
    booking: {
      id: receipt.id,
      number: bookingNumber(receipt.number),
      classId: receipt.classId,
      posting: cell.posting,
      undoUntil: receipt.undoUntil,
    },
    readBack: readBackText({
      day: cell.date,
      start: cell.start,
      venue: venue.name,
      course: cell.course,
      name: given.name,
      phone: given.phone,
    }),
  };
}

/** 欄の名を、受付の室の名から画面の名へ。 */
function deskFaults(cause: unknown): never {
  if (!(cause instanceof AppError)) throw cause;
  const names: Record<string, string> = {
    postal: "postalCode",
    needs: "care",
    building: "address",
    venueIds: "wishVenue",
    fromDay: "wishFrom",
    toDay: "wishTo",
  };
  throw new AppError(cause.code, cause.message, {
    faults: cause.faults.map((f) => ({ ...f, ...(f.field ? { field: names[f.field] ?? f.field } : {}) })),
    detail: cause.detail,
  });
}
