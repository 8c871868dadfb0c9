import { plainNumber } from "./caller-number.ts";
import type { ProblemList } from "./import-problem.ts";
import { idSeconds, type QueueLine, readQueueLine } from "./queue-line.ts";
import { keepText, textLines } from "./text-line.ts";
import type { ZoneClock } from "./zone-clock.ts";

export type QueueEnding = "abandoned" | "timeout" | "empty" | "key" | "withdrawn" | "incompatible";
const endings: Readonly<Record<string, QueueEnding>> = {
  ABANDON: "abandoned",
  EXITWITHTIMEOUT: "timeout",
  EXITEMPTY: "empty",
  EXITWITHKEY: "key",
  WITHDRAW: "withdrawn",
  SYSCOMPAT: "incompatible",
};
const connected = new Set([
  "CONNECT",
  "COMPLETEAGENT",
  "COMPLETECALLER",
  "BLINDTRANSFER",
  "ATTENDEDTRANSFER",
  "TRANSFER",
]);

/** queue_log が一つの電話について言うこと。どの順に読んでも同じになる。 */
export interface QueueFacts {
  callId: string;
  firstAt: number;
  lastAt: number;
  offeredAt: number | undefined;
  enteredAt: number | undefined;
  lastEnteredAt: number | undefined;
  connectedAt: number | undefined;
  endedAt: number | undefined;
  ending: { at: number; kind: QueueEnding } | undefined;
  caller: string | undefined;
  callerSeen: boolean;
  queue: string;
  agent: string;
  waited: number | undefined;
  talked: number | undefined;
  transferred: boolean;
}

interface MemberChange {
  at: number;
  queue: string;
  agent: string;
  /** 電話を取れるようになったか、取れなくなったか。 */
  ready: boolean;
}

/** queue_log の全部から集めたもの。 */
export interface QueueBook {
  calls: Map<string, QueueFacts>;
  members: MemberChange[];
  agents: Set<string>;
  from: number;
  to: number;
  lines: number;
}

export function emptyBook(): QueueBook {
  return {
    calls: new Map(),
    members: [],
    agents: new Set(),
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    lines: 0,
  };
}

/** 後ろへ一分より戻ったら、時計が動いたか、別の時のものが続いている。 */
const BACKWARD_SECONDS = 60;

/** 電話でない行の番号。 */
const nobody = new Set(["NONE", "REALTIME", "MANAGER", ""]);

/** 一つの queue_log を読み足す。 */
export function readQueueLog(
  book: QueueBook,
  file: { name: string; bytes: Uint8Array },
  { clock, problems }: { clock: ZoneClock; problems: ProblemList },
): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const { number, text, open } of textLines(file.bytes)) {
    if (text.trim() === "") continue;
    const line = readQueueLine(text, open, clock);
    if ("fault" in line) {
      problems.add({ file: file.name, line: number, message: line.fault });
      continue;
    }
    if (line.at < before - BACKWARD_SECONDS)
      problems.add({
        file: file.name,
        line: number,
        message: `時刻が前の行より${before - line.at}秒戻っています（時計のずれ、または順の入れ替わり）。数は電話ごとに合わせています。`,
      });
    before = line.at;
    book.lines += 1;
    book.from = Math.min(book.from, line.at);
    book.to = Math.max(book.to, line.at);
    if (nobody.has(line.callId)) noteMember(book, line);
    else noteCall(book, line, (message) => problems.add({ file: file.name, line: number, message }));
  }
}

const ready: Readonly<Record<string, boolean>> = {
  ADDMEMBER: true,
  UNPAUSE: true,
  UNPAUSEALL: true,
  REMOVEMEMBER: false,
  PAUSE: false,
  PAUSEALL: false,
};

function noteMember(book: QueueBook, { at, queue, agent, event }: QueueLine): void {
  const state = ready[event];
  if (state === undefined || agent === "NONE") return;
  book.agents.add(agent);
  book.members.push({ at, queue, agent, ready: state });
}

function noteCall(book: QueueBook, line: QueueLine, say: (message: string) => void): void {
  const { event, params, at } = line;
  const state = ready[event];
  if (state !== undefined) {
    noteMember(book, line);
    return;
  }
  const call = book.calls.get(line.callId) ?? open(book, line);
  call.firstAt = Math.min(call.firstAt, at);
  call.lastAt = Math.max(call.lastAt, at);
  if (line.agent !== "NONE" && line.agent !== "") book.agents.add(line.agent);
  if (event === "OFFERED") {
    call.offeredAt = least(call.offeredAt, at);
    noteCaller(call, params[0] ?? "");
  } else if (event === "ENTERQUEUE") {
    call.enteredAt = least(call.enteredAt, at);
    call.lastEnteredAt = most(call.lastEnteredAt, at);
    call.queue = call.queue === "" || at <= (call.enteredAt ?? at) ? line.queue : call.queue;
    noteCaller(call, params[1] ?? "");
  } else if (connected.has(event)) noteConnected(call, line, say);
  else if (Object.hasOwn(endings, event)) noteEnding(call, line, say);
}

function open(book: QueueBook, line: QueueLine): QueueFacts {
  const { at, queue } = line;
  const callId = keepText(line.callId);
  const call: QueueFacts = {
    callId,
    firstAt: at,
    lastAt: at,
    ...{ offeredAt: undefined, enteredAt: undefined, lastEnteredAt: undefined, connectedAt: undefined },
    ...{ endedAt: undefined, ending: undefined, caller: undefined, callerSeen: false },
    ...{ queue: queue === "NONE" ? "" : queue, agent: "", waited: undefined, talked: undefined },
    transferred: false,
  };
  book.calls.set(callId, call);
  return call;
}

function noteCaller(call: QueueFacts, text: string): void {
  call.callerSeen = true;
  call.caller ??= plainNumber(text);
}

/** それぞれの出来事で、待ち秒と通話秒が何番目か。 */
const places: Readonly<Record<string, { hold: number; talk?: number }>> = {
  CONNECT: { hold: 0 },
  COMPLETEAGENT: { hold: 0, talk: 1 },
  COMPLETECALLER: { hold: 0, talk: 1 },
  TRANSFER: { hold: 2, talk: 3 },
  BLINDTRANSFER: { hold: 2, talk: 3 },
  ATTENDEDTRANSFER: { hold: 2, talk: 3 },
};

function noteConnected(call: QueueFacts, line: QueueLine, say: (message: string) => void): void {
  const { event, at, params, agent } = line;
  const place = places[event] ?? { hold: 0 };
  const hold = seconds(params[place.hold], say);
  const talk = place.talk === undefined ? undefined : seconds(params[place.talk], say);
  const since = event === "CONNECT" ? at : at - (talk ?? 0);
  if (call.connectedAt === undefined || since <= call.connectedAt) {
    call.connectedAt = since;
    if (agent !== "NONE") call.agent = agent;
    call.waited = hold ?? call.waited;
  }
  if (event === "CONNECT") return;
  call.endedAt = most(call.endedAt, at);
  if (talk !== undefined) call.talked = most(call.talked, talk);
  if (event.endsWith("TRANSFER")) call.transferred = true;
}

function noteEnding(call: QueueFacts, { event, at, params }: QueueLine, say: (message: string) => void) {
  const kind = endings[event] ?? "abandoned";
  call.endedAt = most(call.endedAt, at);
  const before = call.ending;
  if (before && (before.at > at || (before.at === at && before.kind <= kind))) return;
  call.ending = { at, kind };
  const waited = seconds(params[event === "EXITWITHKEY" ? 3 : 2], say);
  if (call.connectedAt === undefined) call.waited = waited ?? call.waited;
}

function seconds(text: string | undefined, say: (message: string) => void): number | undefined {
  if (text === undefined || text === "" || !/^-?\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  if (value >= 0) return value;
  say("待ちや通話の秒が負です。その秒は使いません（電話は数えます）。");
  return undefined;
}

function least(known: number | undefined, at: number): number {
  return known === undefined ? at : Math.min(known, at);
}

function most(known: number | undefined, at: number): number {
  return known === undefined ? at : Math.max(known, at);
}

/** 番号の時刻が、初めの出来事より前で、離れすぎていなければ、それを着いた時とする。 */
const MOST_BEFORE = 1800;

export function arrivalOf(call: QueueFacts): number {
  const first = call.offeredAt ?? call.firstAt;
  const born = idSeconds(call.callId);
  return born !== undefined && born <= first && first - born <= MOST_BEFORE ? born : first;
}
