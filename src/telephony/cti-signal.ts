import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "../base/error.ts";
import type { CallOutcome } from "./call-definition.ts";

/** 電話システムの知らせ（Zammad の generic CTI と同じ形）。 */
export interface CtiSignal {
  event: "ring" | "answer" | "end";
  callId: string;
  direction: "in" | "out";
  /** 相手の番号。非通知は undefined。 */
  caller: string | undefined;
  queue: string | undefined;
  /** 出た席（user、answeringNumber）。 */
  desk: string | undefined;
  outcome: CallOutcome | undefined;
  /** 知らせの側の時刻（秒）。なければ undefined。 */
  at: number | undefined;
}

/** 受け付ける時刻のずれ（秒）。 */
export const SIGNATURE_SECONDS = 300;

/** 「sha256=…」。署名するのは「時刻.本文」。 */
export function signBody(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/** 署名と時刻を確かめる。合わなければ FORBIDDEN（訳は言わない）。 */
export function requireSignature(
  given: { signature: string | undefined; timestamp: string | undefined; body: string },
  secret: string,
  nowMs: number,
): void {
  const { signature = "", timestamp = "", body } = given;
  const expected = Buffer.from(signBody(secret, timestamp, body));
  const own = Buffer.from(signature);
  const same = own.length === expected.length && timingSafeEqual(own, expected);
  const near =
    /^\d{9,11}$/.test(timestamp) && Math.abs(Number(timestamp) - nowMs / 1000) <= SIGNATURE_SECONDS;
  if (!same || !near) throw new AppError("FORBIDDEN", "署名を確かめられませんでした。");
}

const events: Readonly<Record<string, CtiSignal["event"]>> = {
  newCall: "ring",
  ring: "ring",
  answer: "answer",
  hangup: "end",
  end: "end",
  abandon: "end",
};
const causes: Readonly<Record<string, CallOutcome>> = {
  normalClearing: "abandoned",
  cancel: "abandoned",
  noAnswer: "timeout",
  busy: "refused",
  congestion: "refused",
  notFound: "refused",
  forwarded: "key",
};

/** JSON かフォームの本文を読む。 @throws AppError BAD_INPUT（形が違う） */
export function readCti(body: string, media: string): CtiSignal {
  const fields = media.startsWith("application/json") ? jsonFields(body) : formFields(body);
  const text = (name: string) => fields.get(name)?.trim().slice(0, 128) ?? "";
  const event = Object.hasOwn(events, text("event")) ? events[text("event")] : undefined;
  const callId = text("callId") || text("call_id");
  if (event === undefined || callId === "" || !/^[\w.:@/+=-]{1,120}$/.test(callId))
    throw new AppError(
      "BAD_INPUT",
      "知らせには event（newCall、answer、hangup）と callId（英数字と . : @ / + = - _、120字まで）が要ります。",
    );
  const direction = text("direction") === "out" ? "out" : "in";
  const other = text(direction === "in" ? "from" : "to");
  const cause = text("cause");
  const when = text("at") === "" ? Number.NaN : Date.parse(text("at"));
  return {
    event,
    callId,
    direction,
    caller: /\d{3}/.test(other) && !/anonymous/i.test(other) ? other.slice(0, 40) : undefined,
    queue: text("queue") || undefined,
    desk: (text("user") || text("answeringNumber") || text("user[]")).slice(0, 40) || undefined,
    outcome: event === "end" ? (Object.hasOwn(causes, cause) ? causes[cause] : "abandoned") : undefined,
    at: Number.isNaN(when) ? undefined : when / 1000,
  };
}

function formFields(body: string): Map<string, string> {
  return new Map(new URLSearchParams(body));
}

function jsonFields(body: string): Map<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new AppError("BAD_INPUT", "本文を JSON として読めませんでした。");
  }
  const fields = new Map<string, string>();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fields;
  for (const [name, given] of Object.entries(value)) {
    const one = Array.isArray(given) ? given[0] : given;
    if (typeof one === "string" || typeof one === "number") fields.set(name, String(one));
  }
  return fields;
}
