import type { Instant } from "./time.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** 記録の種類。各室が一覧を出し、main が集める。登録のない種類は記録できない。 */
export interface EventKind {
  /** 「booking.taken」の形。 */
  readonly kind: string;
  /** 画面に出す名。 */
  readonly label: string;
}

/** これから記録する行為。 */
export interface NewEvent {
  readonly kind: string;
  /** だれについてか（本人の仮名＝鍵の id）。 */
  readonly subject?: string;
  /** 何についてか（予約の id など）。 */
  readonly about?: string;
  /** 個人情報を含まない中身。 */
  readonly payload?: { [key: string]: Json };
  /** 本人の鍵で封じて残す中身。 */
  readonly personal?: { key: { id: string; key: Uint8Array }; data: { [key: string]: Json } };
}

/** 記録された行為。 */
export interface RecordedEvent {
  readonly id: string;
  readonly contract: string;
  readonly kind: string;
  /** 事務所の時刻。 */
  readonly at: Instant;
  /** システムの時刻。 */
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly subject: string | null;
  readonly about: string | null;
  readonly payload: { [key: string]: Json };
  /** 木の中の番号（0から）。まだ番号がなければ null。 */
  readonly seq: number | null;
}
