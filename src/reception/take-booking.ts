import { kanaFault, kanaKey, normalizeKana } from "../japan/kana.ts";
import { cleanName } from "../japan/person-name.ts";
import { formatPhone, phoneKey } from "../japan/phone.ts";
import type { Actor } from "../platform/actor.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { AppError, type Fault } from "../platform/error.ts";
import { newId } from "../platform/identifier.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { insertPerson, type Person } from "../platform/person-store.ts";
import { lookupHmac } from "../platform/seal.ts";
import { instantFromMs, localMinuteOf } from "../platform/time.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BookingInput, type BookingReceipt, fieldLimits } from "./booking.ts";
import { insertBooking } from "./booking-store.ts";
import { moveSeats, type StoredClass } from "./class-store.ts";
import { removeDraft } from "./draft-store.ts";
import { removeDraftHolds } from "./hold-store.ts";
import { takeSeat } from "./take-seat.ts";

export interface NewBooking extends BookingInput {
  classId: string;
  draftId: string;
  /** 同じ要求の印。電話が切れて送り直しても、予約は一つ。 */
  onceKey?: string;
}

/**
 * 予約を一件受ける（仕様書６(2)ア）。席・本人・予約・記録は一つの取引。
 * 満席なら CLASS_FULL、始まった講習会は REFUSED、欄の誤りは BAD_INPUT（faults に欄の名）。
 */
export async function takeBooking(office: Office, actor: Actor, given: NewBooking): Promise<BookingReceipt> {
  const input = tidy(given);
  refuseFaults(input);
  const { blueprint } = await openContract(office, actor.contract);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const once = given.onceKey && { key: given.onceKey, verb: "booking.take", input: { ...input }, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once || undefined, async () => {
      const cls = await seatFor(tx, input);
      await insertPerson(tx, key, personOf(tx, key, input, lookupKey));
      await removeDraft(tx, tx.contract, input.draftId);
      const id = newId();
      const number = await takeNumber(tx, tx.contract, "booking");
      await insertBooking(tx, key, {
        id,
        contract_id: tx.contract,
        number,
        class_id: cls.id,
        person_id: key.id,
        state: "booked",
        needs: input.needs,
        memo: input.memo,
        large_print: input.largePrint ? 1 : 0,
        taken_at: tx.now,
        taken_by: actor.id,
        desk: actor.desk ?? "",
        version: 1,
        changed_at: tx.now,
      });
      await tx.record({ kind: "booking.taken", subject: key.id, about: id, payload: { number, class: cls.id, desk: actor.desk ?? "" } });
      const undoUntil = instantFromMs(Date.parse(tx.now) + blueprint.desk.undoMinutes * 60_000);
      return { id, number, classId: cls.id, undoUntil };
    }),
  );
}

/** 押さえた席があればそれを、なければ空いている席を取る。 */
async function seatFor(tx: Tx, input: NewBooking): Promise<StoredClass> {
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

function personOf(tx: Tx, key: SubjectKey, input: NewBooking, lookupKey: Uint8Array): Person {
  const phone = phoneKey(input.phone);
  const kana = kanaKey(input.kana);
  return {
    id: key.id,
    contract_id: tx.contract,
    name: input.name,
    kana: input.kana,
    postal: input.postal,
    address: input.address,
    building: input.building,
    phone: input.phone,
    phone_hmac: phone ? Buffer.from(lookupHmac(lookupKey, `phone|${phone}`)) : null,
    kana_hmac: kana ? Buffer.from(lookupHmac(lookupKey, `kana|${kana}`)) : null,
    created_at: tx.now,
    changed_at: tx.now,
  };
}

function tidy(input: NewBooking): NewBooking {
  return { ...input, name: cleanName(input.name), kana: normalizeKana(input.kana), phone: input.phone.trim() && formatPhone(input.phone) };
}

/** 必須は氏名・カナ・住所・電話（受講通知書を届け、連絡がつくために要るもの）。仕様書６(2)ア。 */
function refuseFaults(input: NewBooking): void {
  const faults: Fault[] = [];
  const need = (field: "name" | "kana" | "address" | "phone", message: string) => {
    if (!input[field].trim()) faults.push({ field, message });
  };
  need("name", "氏名を入力してください。");
  need("kana", "フリガナをお聞きして、カタカナで入力してください。");
  need("address", "住所を入力してください。受講通知書をお送りする宛先です。");
  need("phone", "電話番号を入力してください。お持ちでないときは、連絡のつくご家族の番号をお聞きください。");
  if (!input.classId) faults.push({ field: "classId", message: "空席の表から講習会を選んでください。" });
  const kana = input.kana.trim() && kanaFault(input.kana);
  if (kana) faults.push({ field: "kana", message: kana });
  for (const [field, limit] of Object.entries(fieldLimits) as [keyof typeof fieldLimits, number][])
    if (input[field].length > limit) faults.push({ field, message: `${limit}字までで入力してください。` });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
}
