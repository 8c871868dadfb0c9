import type { Office } from "../platform/office.ts";
import { cardHmac } from "../sealing/ic-card.ts";
import { openText, sealText } from "../sealing/seal.ts";
import type { FactorKind, FactorRecord, FactorSetting, FactorState } from "../sealing/second-factor.ts";
import type { RelyingParty } from "../sealing/security-key.ts";
import type { FactorRow } from "./factor-store.ts";
import { listFactors } from "./factor-store.ts";
import { officeKey } from "./office-key.ts";

/** 登録された第二の要素と、その中身。 */
export interface OpenFactor {
  readonly row: FactorRow;
  readonly record: FactorRecord;
}

/** 画面での名。 */
export const factorLabels: Record<FactorKind, string> = {
  totp: "確認コード（トークン・認証アプリ）",
  "security-key": "セキュリティキー",
  "ic-card": "ICカード",
  "recovery-codes": "回復の符号",
};

/** その人の第二の要素を開く。 */
export async function openFactors(office: Office, accountId: string): Promise<OpenFactor[]> {
  const key = await officeKey(office, "factor");
  const rows = await listFactors(office.read, accountId);
  return rows.map((row) => ({
    row,
    record: JSON.parse(openText(key, aad(row), row.secret)) as FactorRecord,
  }));
}

/** 残す形にする。 */
export function sealFactor(
  key: Uint8Array,
  row: { id: string; account_id: string },
  record: FactorRecord,
): Buffer {
  return Buffer.from(sealText(key, aad(row), JSON.stringify(record)));
}

function aad(row: { id: string; account_id: string }): string {
  return `factor|${row.id}|secret|${row.account_id}`;
}

/** 問いと答えの間の控えを封じる（セッションか、画面の見えない欄に置く）。place は本人の id。 */
export async function sealState(office: Office, place: string, state: FactorState): Promise<Buffer> {
  return Buffer.from(sealText(await officeKey(office, "factor"), `state|${place}`, JSON.stringify(state)));
}

/** 控えを開く。ほかの人のもの、書き換えられたものは undefined。 */
export async function openState(
  office: Office,
  place: string,
  sealed: Uint8Array,
): Promise<FactorState | undefined> {
  const key = await officeKey(office, "factor");
  try {
    return JSON.parse(openText(key, `state|${place}`, sealed)) as FactorState;
  } catch {
    return undefined;
  }
}

/** 事務所の側の決まりを用意する。party は開いているホスト名から作る。 */
export async function factorSetting(office: Office, party: RelyingParty): Promise<FactorSetting> {
  return { systemMs: office.clock.systemMs(), party, cardKey: await officeKey(office, "card") };
}

/** 開いた場所から、セキュリティキーに言う自分の名を作る。host は「名:番号」（許した名だけが来る）。 */
export function partyOf(host: string, secure: boolean): RelyingParty {
  const url = new URL(`${secure ? "https" : "http"}://${host}`);
  return { rpId: url.hostname, origin: url.origin, name: "まどぐち" };
}

/** カードの照合値（同じカードを二人に登録しないため、またカードから人を引くため）。 */
export function cardLookup(setting: FactorSetting, number: string): Buffer {
  return Buffer.from(cardHmac(setting.cardKey, number), "base64");
}
