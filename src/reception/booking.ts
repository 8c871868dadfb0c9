import type { Instant } from "../base/time.ts";

/** 受付で聞き取ったこと。 */
export interface BookingInput {
  name: string;
  kana: string;
  postal: string;
  address: string;
  building: string;
  phone: string;
  /** 配慮事項。 */
  needs: string;
  memo: string;
  largePrint: boolean;
}

/** 予約の控え。個人情報を含まない。 */
export interface BookingReceipt {
  id: string;
  number: number;
  classId: string;
  /** ここまでなら元に戻せる。 */
  undoUntil: Instant;
}

/** 受付番号の書き方（四桁。超えたらそのまま）。 */
export function bookingNumber(number: number): string {
  return String(number).padStart(4, "0");
}

/** 欄の上限の字数。長い方書やメモも入るが、一冊の本は入らない。 */
export const fieldLimits: Record<keyof Omit<BookingInput, "largePrint">, number> = {
  name: 60,
  kana: 80,
  postal: 10,
  address: 200,
  building: 100,
  phone: 40,
  needs: 400,
  memo: 2000,
};
