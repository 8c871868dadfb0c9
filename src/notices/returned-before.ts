import type { Actor } from "../base/actor.ts";
import type { Day } from "../base/time.ts";
import { kanaKey } from "../japan/kana.ts";
import { phoneKey } from "../japan/phone.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, findPersonsByLookup } from "../platform/person-store.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { type ReturnReason, returnReasons } from "./returned-card.ts";
import { listReturnedByPersons, listReturnedCards, type ReturnedCard } from "./returned-card-store.ts";

/** 前に戻ってきたはがき。個人情報を含まない。 */
export interface ReturnedBefore {
  /** 仮名。 */
  person: string;
  returnedOn: Day;
  reason: ReturnReason;
  /** 「7月29日「あて所に尋ねあたりません」」。 */
  text: string;
}

/** 渡した本人（仮名）に、前に戻ってきたはがき。新しいものから。 */
export async function returnedBefore(
  office: Pick<Office, "read">,
  contract: string,
  personIds: readonly string[],
): Promise<ReturnedBefore[]> {
  const cards = await listReturnedByPersons(office.read, contract, [...new Set(personIds)]);
  return cards.map(describe).sort((a, b) => (a.returnedOn < b.returnedOn ? 1 : -1));
}

function describe({ person_id, returned_on, reason }: ReturnedCard): ReturnedBefore {
  return {
    person: person_id,
    returnedOn: returned_on,
    reason,
    text: `${formatMonthDay(returned_on)}「${returnReasons[reason]}」`,
  };
}

/**
 * 聞き取っている方（電話とカナがどちらも同じ方）に、前に戻ってきたはがきがあれば知らせる。
 * 受付の check に足せる形（欄と一文）で、氏名も受付番号も示さない。
 */
export async function warnReturned(
  office: Office,
  actor: Pick<Actor, "contract">,
  sketch: { kana: string; phone: string },
): Promise<{ field: "address"; message: string }[]> {
  const [phone, kana] = [phoneKey(sketch.phone), kanaKey(sketch.kana)];
  if (!phone || !kana) return [];
  const { contract } = actor;
  const key = await office.keys.lookupKey(contract);
  const [phones, kanas] = await Promise.all([
    findPersonsByLookup(office.read, contract, "phone", lookupHmac(key, `phone|${phone}`)),
    findPersonsByLookup(office.read, contract, "kana", lookupHmac(key, `kana|${kana}`)),
  ]);
  const [found] = await returnedBefore(
    office,
    contract,
    phones.filter((id) => kanas.includes(id)),
  );
  if (!found) return [];
  const message = `前の通知書が返戻されています（${found.text}）。住所と方書をもう一度お聞きください。`;
  return [{ field: "address", message }];
}

/**
 * 束の一人一人（仮名）に、前に戻ってきたはがき。同じ方の別の予約は仮名が違うので、電話とカナの照合値の組で比べる。
 */
export async function returnedOf(
  office: Pick<Office, "read">,
  contract: string,
  personIds: readonly string[],
): Promise<Map<string, ReturnedBefore>> {
  const cards = await listReturnedCards(office.read, contract);
  if (cards.length === 0) return new Map();
  const wanted = [...new Set([...personIds, ...cards.map((card) => card.person_id)])];
  const persons = await findPersons(office.read, contract, wanted);
  const hand = (bytes: Buffer | null) => (bytes ? Buffer.from(bytes).toString("base64") : "");
  const keyOf = new Map(
    persons.map((one) => [
      one.id,
      one.phone_hmac && one.kana_hmac ? `${hand(one.phone_hmac)}|${hand(one.kana_hmac)}` : one.id,
    ]),
  );
  const byKey = new Map<string, ReturnedBefore>();
  for (const card of [...cards].reverse())
    byKey.set(keyOf.get(card.person_id) ?? card.person_id, describe(card));
  return new Map(
    personIds.flatMap((id): [string, ReturnedBefore][] => {
      const found = byKey.get(keyOf.get(id) ?? id);
      return found ? [[id, found]] : [];
    }),
  );
}
