import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { kanaFault, kanaKey, looseKanaKey } from "../japan/kana.ts";
import { phoneKey, readPhone } from "../japan/phone.ts";
import type { Office } from "../platform/office.ts";
import {
  type FoundPerson,
  matchOrder,
  type PersonFold,
  type PersonIndex,
  personIndexOf,
} from "../platform/person-index.ts";
import { findPersonsByLookup } from "../platform/person-store.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { type BookingSummary, summaryOf } from "./booking-summary.ts";
import { type BookingDetail, listBookings } from "./list-bookings.ts";
import { requirePeople } from "./reception-right.ts";

const MOST = 50;
const MOST_PERSONS = 400;
/** 索引の初めての読み込みを待つ長さ。これより長ければ後ろに任せ、照合値で探す。 */
const PATIENCE_MS = 300;

export type SearchedBy = "number" | "phone" | "phone-tail" | "kana";

export interface BookingSearch {
  by: SearchedBy;
  rows: BookingSummary[];
  /** 多すぎて、はじめの 50 件だけを返した。 */
  more: boolean;
  /** 索引を作っている途中で、カナの全部が一致する人だけを探した。 */
  partial: boolean;
}

/** 索引に渡す、書き方の揺れの畳み方。 */
export const personFold: PersonFold = {
  kana: kanaKey,
  loose: looseKanaKey,
  digits: (text) => readPhone(text)?.digits ?? text.normalize("NFKC").replace(/\D/g, ""),
};

/** 予約を探すための索引を、後ろで作り始める（着席のときなど）。 */
export function warmBookingSearch(office: Office, contract: string): Promise<void> {
  return personIndexOf(office, contract, personFold).refresh();
}

/**
 * 受付番号、電話（全部か末尾）、カナの一部から予約を探す。氏名と電話は伏せて返す。
 * 何で探し何件だったかを記録し、探した言葉そのものは残さない。
 * @throws AppError BAD_INPUT（番号でも電話でもカナでもない）
 */
export async function searchBookings(
  office: Office,
  actor: Actor,
  query: string,
  patienceMs = PATIENCE_MS,
): Promise<BookingSearch> {
  requirePeople(actor);
  const asked = readQuery(query);
  const index = personIndexOf(office, actor.contract, personFold);
  const ready = await refreshedWithin(index, patienceMs);
  const persons = await findPersons(office, actor, { index, ready }, asked);
  const details = await listBookings(office, actor, {
    ...(asked.by === "number" ? { numbers: [Number(asked.text)] } : { persons: persons.map(({ id }) => id) }),
  });
  const ranks = new Map(persons.map(({ id, match }) => [id, matchOrder.indexOf(match)]));
  const rank = ({ person }: BookingDetail) => ranks.get(person.id) ?? 0;
  const found = details.sort((a, b) => rank(a) - rank(b) || a.booking.number - b.booking.number);
  await office.act(actor, (tx) =>
    tx.record({ kind: "booking.searched", payload: { by: asked.by, found: found.length } }),
  );
  return {
    by: asked.by,
    rows: found.slice(0, MOST).map(summaryOf),
    more: found.length > MOST,
    partial: asked.by === "kana" && !ready,
  };
}

/** 索引を読み足す。初めてで時間がかかるなら待たずに偽（続きは後ろで読む）。 */
async function refreshedWithin(index: PersonIndex, patienceMs: number): Promise<boolean> {
  const refreshed = index.refresh().then(() => true);
  if (index.ready) return refreshed;
  // 遅れた読み込みの失敗は、次に探す人がやり直して受け取る。
  refreshed.catch(() => {});
  if (patienceMs <= 0) return false;
  return Promise.race([
    refreshed,
    new Promise<boolean>((late) => setTimeout(() => late(false), patienceMs).unref()),
  ]);
}

interface Asked {
  by: SearchedBy;
  text: string;
}

/** 数字だけなら、八桁までは受付番号か電話の末尾、それより長ければ電話。ほかはカナ。 */
export function readQuery(query: string): Asked {
  const text = query.normalize("NFKC").trim();
  if (text === "") throw notUsable("受付番号、電話番号、カナのどれかを入力してください。");
  if (text.length > 80) throw notUsable("80字までで入力してください。");
  const digits = text.replace(/[-\s()]/g, "");
  if (/^[#№]?\d{1,7}$/u.test(digits) && !/-/.test(text))
    return { by: "number", text: digits.replace(/\D/g, "") };
  if (/^[-*….]+\s*\d{3,4}$/.test(text) || /^末尾\s*\d{3,4}$/.test(text))
    return { by: "phone-tail", text: text.replace(/\D/g, "") };
  if (/^\+?\d{8,15}$/.test(digits) && phoneKey(text)) return { by: "phone", text };
  if (/^[\d\s()+-]+$/.test(text)) return { by: "phone-tail", text: digits };
  if (kanaFault(text))
    throw notUsable(
      "氏名はカナ（カタカナかひらがな）で探します。漢字や英字では探せません。電話番号は数字だけ、末尾の4桁なら「末尾2136」と入力してください。",
    );
  return { by: "kana", text };
}

async function findPersons(
  office: Office,
  actor: Actor,
  { index, ready }: { index: PersonIndex; ready: boolean },
  { by, text }: Asked,
): Promise<FoundPerson[]> {
  if (by === "number") return [];
  const exact = async (which: "phone" | "kana", key: string | undefined) => {
    if (!key) return [];
    const hmac = lookupHmac(await office.keys.lookupKey(actor.contract), `${which}|${key}`);
    const ids = await findPersonsByLookup(office.read, actor.contract, which, hmac);
    return ids.map((id) => ({ id, match: "exact" as const }));
  };
  if (by === "phone") return exact("phone", phoneKey(text));
  if (by === "phone-tail") {
    await index.refresh();
    return index.byPhoneTail(text, MOST_PERSONS);
  }
  return ready ? index.byKana(text, MOST_PERSONS) : exact("kana", kanaKey(text));
}

function notUsable(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "query", message }] });
}
