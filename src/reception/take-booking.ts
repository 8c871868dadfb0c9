import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { instantFromMs, localMinuteOf } from "../base/time.ts";
import { answerOnce } from "../platform/answer-once.ts";
import type { Office, Tx } from "../platform/office.ts";
import { insertPerson } from "../platform/person-store.ts";
import { openContract } from "../terms/open-contract.ts";
import type { BookingInput, BookingReceipt } from "./booking.ts";
import { type Caller, type CallerExtra, callerFaults, personOf, tidyCaller } from "./caller.ts";
import { moveSeats, type StoredClass } from "./class-store.ts";
import { removeDraft } from "./draft-store.ts";
import { removeDraftHolds } from "./hold-store.ts";
import { putBooking } from "./put-booking.ts";
import { takeSeat } from "./take-seat.ts";

export interface NewBooking extends BookingInput, Partial<CallerExtra> {
  classId: string;
  draftId: string;
  /** はじめに希望した、満席の回。案内が実ったことを数える（６(2)ア 予約率）。 */
  askedClassId?: string | undefined;
  /** 同じ要求の印。電話が切れて送り直しても、予約は一つ。 */
  onceKey?: string;
}

/**
 * 予約を一件受ける（仕様書６(2)ア）。席・本人・予約・記録は一つの取引。
 * 満席なら CLASS_FULL、始まった講習会は REFUSED、欄の誤りは BAD_INPUT（faults に欄の名）。
 */
export async function takeBooking(office: Office, actor: Actor, given: NewBooking): Promise<BookingReceipt> {
  const input = tidyBooking(given);
  refuseFaults(input);
  const { blueprint } = await openContract(office, actor.contract);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const once = given.onceKey && {
    key: given.onceKey,
    verb: "booking.take",
    input: onceInput(input),
    lookupKey,
  };
  return office.act(actor, (tx) =>
    answerOnce(tx, once || undefined, async () => {
      const cls = await seatFor(tx, input);
      await insertPerson(tx, key, personOf(tx, key, input, lookupKey));
      await removeDraft(tx, tx.contract, input.draftId);
      const guided = given.askedClassId && given.askedClassId !== cls.id ? given.askedClassId : undefined;
      const { id, number } = await putBooking(tx, key, { ...input, classId: cls.id, guided });
      const undoUntil = instantFromMs(Date.parse(tx.now) + blueprint.desk.undoMinutes * 60_000);
      return { id, number, classId: cls.id, undoUntil };
    }),
  );
}

/** 押さえた席があればそれを、なければ空いている席を取る。 */
async function seatFor(tx: Tx, input: { classId: string; draftId: string }): Promise<StoredClass> {
  let mine = false;
  for (const hold of await removeDraftHolds(tx, tx.contract, input.draftId)) {
    await moveSeats(tx, tx.contract, hold.class_id, { booked: 0, held: -1 }, tx.now);
    mine ||= hold.class_id === input.classId;
  }
  // 放した直後に同じ取引で取るので、押さえていた席がほかへ渡ることはない。
  const cls = await takeSeat(tx, input.classId, "booked");
  if (!mine && `${cls.day}T${cls.start}` <= localMinuteOf(tx.now))
    throw new AppError("REFUSED", "その講習会はもう始まっています。ほかの日をご案内ください。");
  return cls;
}

type TidyBooking = Caller & { classId: string; draftId: string };

function tidyBooking(given: NewBooking): TidyBooking {
  const { askedClassId: _asked, onceKey: _once, classId, draftId, ...caller } = given;
  return { ...tidyCaller(caller), classId, draftId };
}

/** 同じ要求かを見分ける中身。 */
function onceInput({ proxy, ...input }: TidyBooking) {
  return { ...input, proxy: proxy && { ...proxy } };
}

function refuseFaults(input: TidyBooking): void {
  const faults = callerFaults(input);
  if (!input.classId) faults.push({ field: "classId", message: "空席の表から講習会を選んでください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
}
