import type { Fault } from "../base/error.ts";
import { kanaFault, kanaKey, normalizeKana } from "../japan/kana.ts";
import { cleanName } from "../japan/person-name.ts";
import { formatPhone, phoneKey } from "../japan/phone.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Scope } from "../platform/office.ts";
import type { Person } from "../platform/person-store.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { type BookingInput, fieldLimits } from "./booking.ts";

/** 連絡の取り方。耳の聞こえにくい方には電話を掛けない。 */
export const contactMeans = {
  phone: "電話",
  fax: "ＦＡＸ",
  relay: "電話リレーサービス",
  family: "ご家族を通して",
} as const;
export type ContactMeans = keyof typeof contactMeans;

export function isContactMeans(text: string): text is ContactMeans {
  return Object.hasOwn(contactMeans, text);
}

/** 受講する人の代わりに申し込んだ方。受講通知書は受講する人に届く。 */
export interface ProxyCaller {
  name: string;
  /** 続柄。 */
  relation: string;
  phone: string;
}

/** 聞き取ったことのうち、なくてもよいもの。 */
export interface CallerExtra {
  /** 付き添いの人数（0 か 1）。席は取らない。 */
  companions: number;
  contact: ContactMeans;
  proxy: ProxyCaller | null;
}

export type Caller = BookingInput & CallerExtra;

/** 書き方を整え、なくてもよいものに既定の値を入れる。 */
export function tidyCaller(input: BookingInput & Partial<CallerExtra>): Caller {
  const proxy = input.proxy ?? null;
  return {
    ...input,
    name: cleanName(input.name),
    kana: normalizeKana(input.kana),
    phone: input.phone.trim() && formatPhone(input.phone),
    companions: input.companions ?? 0,
    contact: input.contact ?? "phone",
    proxy: proxy?.name.trim()
      ? {
          name: cleanName(proxy.name),
          relation: proxy.relation.trim(),
          phone: proxy.phone.trim() && formatPhone(proxy.phone),
        }
      : null,
  };
}

/** 必須は氏名・カナ・住所・電話（受講通知書を届け、連絡がつくために要るもの）。仕様書６(2)ア。 */
export function callerFaults(input: Caller): Fault[] {
  const faults: Fault[] = [];
  const need = (field: "name" | "kana" | "address" | "phone", message: string) => {
    if (!input[field].trim()) faults.push({ field, message });
  };
  need("name", "氏名を入力してください。");
  need("kana", "フリガナをお聞きして、カタカナで入力してください。");
  need("address", "住所を入力してください。受講通知書をお送りする宛先です。");
  need("phone", "電話番号を入力してください。お持ちでないときは、連絡のつくご家族の番号をお聞きください。");
  const kana = input.kana.trim() && kanaFault(input.kana);
  if (kana) faults.push({ field: "kana", message: kana });
  for (const [field, limit] of Object.entries(fieldLimits) as [keyof typeof fieldLimits, number][])
    if (input[field].length > limit) faults.push({ field, message: `${limit}字までで入力してください。` });
  if (![0, 1].includes(input.companions))
    faults.push({ field: "companions", message: "付き添いは一人までです。二人目からは予約してください。" });
  const long = input.proxy && Object.values(input.proxy).some((text) => text.length > fieldLimits.name);
  if (long) faults.push({ field: "proxyName", message: `${fieldLimits.name}字までで入力してください。` });
  return faults;
}

/** 本人の行。照合値は電話とカナから。 */
export function personOf(tx: Scope, key: SubjectKey, input: Caller, lookupKey: Uint8Array): Person {
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

/** 代わりに申し込んだ方を、封じる前の文字に。 */
export function proxyText(proxy: ProxyCaller | null): string | null {
  return proxy && JSON.stringify(proxy);
}

/** 封じた文字から。消去済みなら undefined。 */
export function readProxy(text: string | null): ProxyCaller | undefined {
  if (text === null || !text.startsWith("{")) return undefined;
  return JSON.parse(text) as ProxyCaller;
}
