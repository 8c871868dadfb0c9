import { createHash, randomBytes } from "node:crypto";
import { type Instant, instantFromMs } from "../base/time.ts";
import type { SessionRow } from "./session-store.ts";

/*
 * セッションの決まり（別紙1 5(3)・5(8)）。時刻はいつもシステムの時計。
 */
const MINUTE = 60_000;
/** 触れないまま、これだけたつと画面を閉じる（分）。 */
export const IDLE_MINUTES = 15;
/** 着席からこれだけたつと、席を立つ（時間）。通話中は一時間まで待つ。 */
export const ABSOLUTE_HOURS = 10;
const LIVE_GRACE_MS = 60 * MINUTE;
/** 第二の要素を待つ間と、はじめの登録の間。 */
const STAGE_MINUTES = { factor: 10, setup: 60 };
/** 通話中の受付デスクが一度に延ばす長さ。一秒ごとに尋ねるので、途切れても一分半は保つ。 */
const LIVE_MS = 90_000;
/** 大事な行いの前に、第二の要素を確かめていてほしい間（分）。 */
export const STEP_UP_MINUTES = 5;
/** 触れた時を書き直す間隔。毎回は書かない。 */
const TOUCH_MS = 30_000;

/** 新しい合い鍵（256 ビット）。 */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** 残すほう。合い鍵そのものは残さない。 */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}

export type SessionState = "open" | "idle" | "over";

/** いまのセッションの様子。idle は画面を閉じるべきとき、over は終わったもの。 */
export function sessionState(row: SessionRow, systemMs: number): SessionState {
  const age = systemMs - Date.parse(row.started_at);
  if (row.stage !== "seated") return age >= STAGE_MINUTES[row.stage] * MINUTE ? "over" : "open";
  const liveUntil = row.live_until === null ? 0 : Date.parse(row.live_until);
  const absolute = ABSOLUTE_HOURS * 60 * MINUTE;
  if (age >= absolute + (liveUntil > systemMs ? LIVE_GRACE_MS : 0)) return "over";
  if (row.locked === 1) return "idle";
  const touched = Math.max(Date.parse(row.seen_at), liveUntil);
  return systemMs - touched >= IDLE_MINUTES * MINUTE ? "idle" : "open";
}

/** 五分以内に第二の要素を確かめているか。 */
export function isSteppedUp(steppedAt: Instant | null, systemMs: number): boolean {
  if (steppedAt === null) return false;
  const age = systemMs - Date.parse(steppedAt);
  return age >= 0 && age < STEP_UP_MINUTES * MINUTE;
}

/** 触れたとき・通話中のときに書き直すもの。書くほどでなければ undefined。 */
export function touched(
  row: SessionRow,
  systemMs: number,
  by: { active: boolean; live: boolean },
): { seen_at?: Instant; live_until?: Instant } | undefined {
  const liveUntil = row.live_until === null ? 0 : Date.parse(row.live_until);
  const seen = by.active && systemMs - Date.parse(row.seen_at) >= TOUCH_MS;
  const live = by.live && liveUntil - systemMs < LIVE_MS - TOUCH_MS;
  if (!seen && !live) return undefined;
  return {
    ...(seen ? { seen_at: instantFromMs(systemMs) } : {}),
    ...(live ? { live_until: instantFromMs(systemMs + LIVE_MS) } : {}),
  };
}

/** 片づけてよい、とうに終わったセッションの始まり。 */
export function staleBefore(systemMs: number): Instant {
  return instantFromMs(systemMs - 24 * 60 * MINUTE);
}
