import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import { kanaFault, kanaKey, normalizeKana } from "../japan/kana.ts";
import { cleanName } from "../japan/person-name.ts";
import { formatPhone, phoneKey } from "../japan/phone.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { findPersons, openPerson, type Person, updatePerson } from "../platform/person-store.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { fieldLimits } from "./booking.ts";
import { findBooking, type SealedBooking, updateBooking } from "./booking-store.ts";

/** 直せる、本人についての欄。 */
export type PersonCorrection = Partial<
  Pick<Person, "name" | "kana" | "postal" | "address" | "building" | "phone">
>;

/**
 * 予約の本人の欄（氏名・住所など）を直す。直す前と後は本人の鍵で封じて記録に残る。
 * 変わるところがなければ何もせず偽。取り消された予約は REFUSED、欄の誤りは BAD_INPUT。
 */
export async function correctBooking(
  office: Office,
  actor: Actor,
  bookingId: string,
  given: PersonCorrection,
): Promise<boolean> {
  const { contract } = actor;
  const row = await findBooking(office.read, contract, bookingId);
  const [sealed] = row ? await findPersons(office.read, contract, [row.person_id]) : [];
  const key = row && (await office.keys.get(contract, [row.person_id])).get(row.person_id);
  if (!row || !sealed || !key)
    throw new AppError("NOT_FOUND", "その予約はないか、消去されています。一覧を開き直してください。");
  const before = openPerson(key, sealed);
  const change = changedOnly(before, tidy(given));
  refuseFaults(change);
  if (Object.keys(change).length === 0) return false;
  const lookupKey = await office.keys.lookupKey(contract);
  await office.act(actor, (tx) => write(tx, row, key, before, change, lookupKey));
  return true;
}

async function write(
  tx: Tx,
  row: SealedBooking,
  key: SubjectKey,
  before: Person,
  change: PersonCorrection,
  lookupKey: Uint8Array,
): Promise<void> {
  const fresh = await findBooking(tx, tx.contract, row.id);
  if (fresh?.state !== "booked")
    throw new AppError("REFUSED", "取り消された予約なので、直せません。予約者リストをご確認ください。");
  if (fresh.version !== row.version || !(await updateBooking(tx, key, fresh, {}, tx.now)))
    throw new AppError("CONFLICT", "ほかの方が先にこの予約を直しました。画面を開き直してください。");
  await updatePerson(tx, key, withLookups({ ...before, ...change, changed_at: tx.now }, lookupKey));
  const fields = Object.keys(change) as (keyof PersonCorrection)[];
  await tx.record({
    kind: "booking.corrected",
    subject: row.person_id,
    about: row.id,
    payload: { number: row.number, fields },
    personal: {
      key,
      data: {
        before: Object.fromEntries(fields.map((field) => [field, before[field]])),
        after: Object.fromEntries(fields.map((field) => [field, change[field] ?? ""])),
      },
    },
  });
}

function withLookups(person: Person, lookupKey: Uint8Array): Person {
  const phone = phoneKey(person.phone);
  const kana = kanaKey(person.kana);
  return {
    ...person,
    phone_hmac: phone ? Buffer.from(lookupHmac(lookupKey, `phone|${phone}`)) : null,
    kana_hmac: kana ? Buffer.from(lookupHmac(lookupKey, `kana|${kana}`)) : null,
  };
}

function tidy(given: PersonCorrection): PersonCorrection {
  const trimmed = Object.fromEntries(
    Object.entries(given).flatMap(([field, value]) => (value === undefined ? [] : [[field, value.trim()]])),
  ) as PersonCorrection;
  return {
    ...trimmed,
    ...(trimmed.name === undefined ? {} : { name: cleanName(trimmed.name) }),
    ...(trimmed.kana === undefined ? {} : { kana: normalizeKana(trimmed.kana) }),
    ...(trimmed.phone ? { phone: formatPhone(trimmed.phone) } : {}),
  };
}

function changedOnly(before: Person, given: PersonCorrection): PersonCorrection {
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => before[field as keyof PersonCorrection] !== value),
  ) as PersonCorrection;
}

function refuseFaults(change: PersonCorrection): void {
  const faults: Fault[] = [];
  for (const [field, value] of Object.entries(change)) {
    if (value === "" && field !== "building" && field !== "postal")
      faults.push({ field, message: "空にはできません。正しい内容を入力してください。" });
    const limit = fieldLimits[field as keyof PersonCorrection];
    if (value.length > limit) faults.push({ field, message: `${limit}字までで入力してください。` });
  }
  const kana = change.kana && kanaFault(change.kana);
  if (kana) faults.push({ field: "kana", message: kana });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults });
}
