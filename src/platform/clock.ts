import { type Instant, instantFromMs } from "../base/time.ts";

/**
 * 二つの時計。事務所の時計は行為と期限の日付を決め、デモでは動かせる。
 * 着席の符号・セッション・閉め出し・証明書・記録の検査点には、システムの時計だけを使う。
 */
export interface Clock {
  /** システムの時計。エポックからのミリ秒。 */
  systemMs(): number;
  /** 契約ごとの事務所の時計。 */
  officeNow(contract: string): Instant;
}

/** 本物の事務所の時計。二つは同じ時を指す。 */
export const realClock: Clock = {
  systemMs: () => Date.now(),
  officeNow: () => instantFromMs(Date.now()),
};

/** 契約ごとにずらした時計（デモ用）。offsets は契約 → ずれのミリ秒。 */
export function shiftedClock(offsets: ReadonlyMap<string, number>): Clock {
  return {
    systemMs: () => Date.now(),
    officeNow: (contract) => instantFromMs(Date.now() + (offsets.get(contract) ?? 0)),
  };
}
