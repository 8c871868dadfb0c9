import type { Office } from "../platform/office.ts";
import type { FactorRecord } from "../sealing/second-factor.ts";
import { totpCode } from "../sealing/totp.ts";
import { findAccountByNumber } from "./account-store.ts";
import { openFactors } from "./open-factors.ts";

/**
 * デモの事務所だけ: 作りものの人の、いま使える確認コード。本番の事務所では呼べない。
 * もう使ったコードは二度使えないので、使ったあとは次のコードを見せる。
 */
export async function demoCode(office: Office, number: string): Promise<string | undefined> {
  if (office.mode !== "demo") throw new Error("only a demo office shows its codes");
  const account = await findAccountByNumber(office.read, number);
  const factors = account ? await openFactors(office, account.id) : [];
  const totp = factors.map(({ record }) => record).find((record) => record.kind === "totp");
  return totp && nextCode(totp, office.clock.systemMs());
}

/** コードが替わるまでの秒。 */
export function demoCodeSeconds(systemMs: number): number {
  return 30 - (Math.floor(systemMs / 1000) % 30);
}

function nextCode(record: Extract<FactorRecord, { kind: "totp" }>, systemMs: number): string {
  const period = record.period * 1000;
  const now = Math.floor(systemMs / period);
  const next = record.lastCounter !== null && record.lastCounter >= now ? record.lastCounter + 1 : now;
  return totpCode(record.secret, Math.min(next, now + 1) * period, record.period);
}
