import { type Day, dayOf, type Instant, type Minute, minuteOf } from "../base/time.ts";
import { type CallOutcome, callOutcomes } from "../telephony/call-definition.ts";

/** 終わっていない電話は、待っているか、話している。 */
export type CallState = CallOutcome | "waiting" | "talking";
export const callStates: Record<CallState, string> = {
  ...callOutcomes,
  waiting: "待っている",
  talking: "通話中",
};

/** どこから知ったか。 */
export const callSources = {
  pbx: "電話機の記録",
  csv: "ほかの電話機の CSV",
  cti: "電話システムの知らせ",
  desk: "受付デスクのキー",
} as const;
export type CallSource = keyof typeof callSources;

/** 電話について届いた知らせ一つ。重なっても、順が前後してもよい。 */
export interface CallSignal {
  source: CallSource;
  /** 知らせた側での電話の番号。 */
  outerId: string;
  kind: "ring" | "answer" | "end";
  at: Instant;
  direction: "in" | "out";
  /** かけてきた番号（非通知などは undefined）。 */
  caller?: string | undefined;
  queue?: string | undefined;
  /** 出た席。 */
  desk?: string | undefined;
  /** つながらずに終わったときの終わり方。 */
  outcome?: CallOutcome | undefined;
}

/** 電話の、時とつながり。 */
export interface CallTimes {
  direction: "in" | "out";
  arrived_at: Instant;
  answered_at: Instant | null;
  ended_at: Instant | null;
  state: CallState;
  why: string;
  queue: string;
  desk: string;
}

/** 知らせを重ねる。何も変わらなければ同じものを返す。isOpen は、その時に窓口が開いているか。 */
export function applySignal(
  before: CallTimes | undefined,
  signal: CallSignal,
  isOpen: (at: Instant) => boolean,
): CallTimes {
  const old = before ?? blank(signal);
  const arrived = least(old.arrived_at, signal.at);
  const answered = signal.kind === "answer" ? least(old.answered_at, signal.at) : old.answered_at;
  // 終わりは初めに届いたものを残す（同じ終わりが、遅れてもう一度届くことがある）。
  const ended = signal.kind === "end" ? (old.ended_at ?? signal.at) : old.ended_at;
  const why = signal.kind === "end" && old.why === "" ? (signal.outcome ?? "abandoned") : old.why;
  const next: CallTimes = {
    direction: old.direction,
    arrived_at: arrived,
    answered_at: answered,
    ended_at: ended !== null && answered !== null && ended < answered ? answered : ended,
    why,
    queue: old.queue === "" ? (signal.queue ?? "") : old.queue,
    desk: signal.kind === "answer" && old.answered_at === null ? (signal.desk ?? old.desk) : old.desk,
    state: stateOf(answered, ended, { why: why as CallOutcome, closed: !isOpen(arrived) }),
  };
  return before && sameTimes(before, next) ? before : next;
}

function blank({ at, direction, queue, desk }: CallSignal): CallTimes {
  return {
    direction,
    arrived_at: at,
    answered_at: null,
    ended_at: null,
    state: "waiting",
    why: "",
    queue: queue ?? "",
    desk: desk ?? "",
  };
}

function stateOf(
  answered: Instant | null,
  ended: Instant | null,
  { why, closed }: { why: CallOutcome; closed: boolean },
): CallState {
  if (answered !== null) return ended === null ? "talking" : "answered";
  if (ended === null) return "waiting";
  if (closed) return "closed";
  return why === "answered" ? "abandoned" : why;
}

function least(known: Instant | null, at: Instant): Instant {
  return known === null || at < known ? at : known;
}

function sameTimes(a: CallTimes, b: CallTimes): boolean {
  return (Object.keys(b) as (keyof CallTimes)[]).every((name) => a[name] === b[name]);
}

/** 待った秒と話した秒。時計が戻っていれば 0。 */
export function lengthsOf({ arrived_at, answered_at, ended_at }: CallTimes): {
  waited: number | null;
  talked: number | null;
} {
  const between = (from: Instant, to: Instant) =>
    Math.min(86_400, Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));
  const until = answered_at ?? ended_at;
  return {
    waited: until === null ? null : between(arrived_at, until),
    talked: answered_at !== null && ended_at !== null ? between(answered_at, ended_at) : null,
  };
}

/** 着いた日と半時間（「09:30」）。 */
export function slotOf(at: Instant): { day: Day; slot: Minute } {
  const minute = minuteOf(at);
  return { day: dayOf(at), slot: `${minute.slice(0, 2)}:${minute.slice(3) < "30" ? "00" : "30"}` };
}

/** 「2分05秒」。 */
export function spanText(seconds: number | null): string {
  if (seconds === null) return "－";
  return seconds < 60
    ? `${seconds}秒`
    : `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒`;
}

/** 席の名。席の番号だけなら「2番席」。 */
export function deskText(desk: string): string {
  return /^\d{1,3}$/.test(desk) ? `${desk}番席` : desk;
}
