import type { CallOutcome, RefusedReason } from "./call-definition.ts";
import { looksOutside } from "./caller-number.ts";
import { type CdrClock, cdrClock } from "./cdr-clock.ts";
import type { CdrBook, CdrFacts } from "./cdr-facts.ts";
import { isClosedRow, isIvrRow, refusedHint } from "./cdr-sign.ts";
import type { ProblemList } from "./import-problem.ts";
import type { OpenTime } from "./open-time.ts";
import { arrivalOf, type QueueBook, type QueueFacts } from "./queue-facts.ts";
import { readyAgents } from "./ready-agents.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** 組み立てた一つの電話。秒は UTC の通し秒。 */
export interface ImportedCall {
  id: string;
  arrivedAt: number;
  outcome: CallOutcome;
  refused: RefusedReason | undefined;
  entered: boolean;
  connectedAt: number | undefined;
  endedAt: number | undefined;
  /** 待った秒、話した秒。 */
  waited: number | undefined;
  talked: number | undefined;
  /** 番号（非通知などは undefined）。 */
  caller: string | undefined;
  queue: string;
  agent: string;
  transferred: boolean;
}

export interface Assembled {
  calls: ImportedCall[];
  outbound: number;
  cdrClocks: CdrClock[];
}

/** 開け閉めの境で、ＰＢＸの時計が分まで見ることの幅（秒）。 */
const EDGE_SECONDS = 60;

/** 二つの記録から、電話を一つずつ組み立てる。 */
export function assembleCalls(
  queue: QueueBook,
  cdr: CdrBook,
  given: { clock: ZoneClock; open: OpenTime; problems: ProblemList },
): Assembled {
  const clocks = cdrClock(cdr, queue, given.clock);
  const joined = joinCdr(queue, cdr, clocks.secondsOf);
  const sides = sidesOf(queue, cdr, joined);
  const calls: ImportedCall[] = [];
  const make = maker(queue, given);
  const usesOffered = countOffered(queue);
  for (const facts of queue.calls.values()) {
    const row = joined.byCall.get(facts.callId);
    if (facts.offeredAt === undefined && facts.enteredAt === undefined && facts.connectedAt === undefined) {
      if (facts.ending === undefined) continue;
      given.problems.add({ message: "始まりの行のない電話がありました。終わりの行から数えています。" });
    }
    if (!isInbound(facts, row, sides, usesOffered, given.problems)) continue;
    calls.push(make(facts, row, arrivalOf(facts)));
  }
  let outbound = 0;
  for (const row of joined.alone) {
    const side = sides.sideOf(row);
    if (side === "outbound") outbound += 1;
    if (side === "inbound") calls.push(make(undefined, row, clocks.secondsOf(row)));
  }
  calls.sort((a, b) => a.arrivedAt - b.arrivedAt || (a.id < b.id ? -1 : 1));
  return { calls, outbound, cdrClocks: clocks.files };
}

/** OFFERED を書く所か（半分より多くの電話にある）。 */
function countOffered(queue: QueueBook): boolean {
  let offered = 0;
  for (const call of queue.calls.values()) if (call.offeredAt !== undefined) offered += 1;
  return offered * 2 > queue.calls.size;
}

interface Joined {
  byCall: Map<string, CdrFacts>;
  /** queue_log にない電話。 */
  alone: CdrFacts[];
}

/** uniqueid、linkedid、番号と時刻の順に合わせる。 */
function joinCdr(queue: QueueBook, cdr: CdrBook, secondsOf: (row: CdrFacts) => number): Joined {
  const byCall = new Map<string, CdrFacts>();
  const rest: CdrFacts[] = [];
  for (const row of cdr.calls.values()) {
    const id = queue.calls.has(row.id) ? row.id : queue.calls.has(row.linked) ? row.linked : undefined;
    if (id === undefined) rest.push(row);
    else if (id === row.id || !byCall.has(id)) byCall.set(id, row);
  }
  const waiting = new Map<string, QueueFacts[]>();
  for (const { caller } of rest) waiting.set(caller ?? "", []);
  if (rest.length > 0)
    for (const call of queue.calls.values())
      if (!byCall.has(call.callId)) waiting.get(call.caller ?? "")?.push(call);
  const alone = rest.filter((row) => {
    if (row.hasId) return !(row.linked !== "" && row.linked !== row.id && cdr.calls.has(row.linked));
    if (row.endpoint.startsWith("Local/")) return true;
    const near = (waiting.get(row.caller ?? "") ?? []).find(
      (call) => !byCall.has(call.callId) && Math.abs(arrivalOf(call) - secondsOf(row)) <= 5,
    );
    if (near) byCall.set(near.callId, row);
    return !near;
  });
  return { byCall, alone };
}

interface Sides {
  internal: ReadonlySet<string>;
  sideOf(row: CdrFacts): "inbound" | "outbound" | "inside";
}

/** 外の線と、内の端末を、待ち行列に入った電話から知る。 */
function sidesOf(queue: QueueBook, cdr: CdrBook, { byCall }: Joined): Sides {
  const trunks = new Set<string>();
  const contexts = new Set<string>();
  const internal = new Set<string>();
  const take = (row: CdrFacts) => {
    for (const peer of row.peers) internal.add(peer);
    if (row.endpoint.startsWith("Local/") || !looksOutside(row.caller)) return;
    trunks.add(row.endpoint);
    contexts.add(row.context);
  };
  for (const [id, row] of byCall) if (queue.calls.get(id)?.enteredAt !== undefined) take(row);
  if (trunks.size === 0) for (const row of cdr.calls.values()) if (row.queued) take(row);
  for (const trunk of trunks) internal.delete(trunk);
  const blind = trunks.size === 0;
  return {
    internal,
    sideOf: (row) => {
      if (row.endpoint.startsWith("Local/")) return "inside";
      if (internal.has(row.endpoint))
        return row.peers.some((peer) => trunks.has(peer) || !internal.has(peer)) || row.dst.length >= 8
          ? "outbound"
          : "inside";
      if (trunks.has(row.endpoint) || contexts.has(row.context) || row.queued) return "inbound";
      if (row.peers.some((peer) => trunks.has(peer))) return "outbound";
      if (blind && looksOutside(row.caller) && row.dst.length < 8) return "inbound";
      return "inside";
    },
  };
}

function isInbound(
  facts: QueueFacts,
  row: CdrFacts | undefined,
  { internal }: Sides,
  usesOffered: boolean,
  problems: ProblemList,
): boolean {
  if (facts.offeredAt !== undefined) return true;
  const inside =
    row && !row.endpoint.startsWith("Local/")
      ? internal.has(row.endpoint)
      : facts.callerSeen && facts.caller !== undefined && !looksOutside(facts.caller);
  if (inside) return false;
  if (usesOffered)
    problems.add({ message: "着いたことの行（OFFERED）のない電話がありました。ほかの行から数えています。" });
  return true;
}

type Make = (facts: QueueFacts | undefined, row: CdrFacts | undefined, arrivedAt: number) => ImportedCall;

function maker(queue: QueueBook, { open, problems }: { open: OpenTime; problems: ProblemList }): Make {
  const anyReady = readyAgents(queue);
  const covered = (at: number) => at >= queue.from - 3600 && at <= queue.to + 3600;
  return (facts, row, arrivedAt) => {
    const entered = facts?.enteredAt !== undefined;
    const byRow = row !== undefined && row.answeredBy !== "" && row.queued;
    const outcome = outcomeOf({ facts, row, arrivedAt, entered, byRow }, { open, covered, problems });
    const connectedAt = outcome === "answered" ? facts?.connectedAt : undefined;
    const reason = refusedHint(row) ?? (anyReady(arrivedAt) === false ? "join-empty" : "full");
    return {
      id: facts?.callId ?? row?.id ?? "",
      arrivedAt,
      outcome,
      refused: outcome !== "refused" ? undefined : row || queue.agents.size > 0 ? reason : "unknown",
      entered,
      connectedAt,
      endedAt: facts?.endedAt ?? (row ? arrivedAt + (row.end - row.start) : undefined),
      waited: facts?.waited,
      talked: facts?.talked ?? (outcome === "answered" ? row?.talked : undefined),
      caller: facts?.caller ?? row?.caller,
      queue: facts?.queue ?? "",
      agent: facts?.agent ?? "",
      transferred: facts?.transferred ?? false,
    };
  };
}

interface Evidence {
  facts: QueueFacts | undefined;
  row: CdrFacts | undefined;
  arrivedAt: number;
  entered: boolean;
  /** CDR は、待ち行列から席につながったと言うか。 */
  byRow: boolean;
}

function outcomeOf(
  { facts, row, arrivedAt, entered, byRow }: Evidence,
  given: { open: OpenTime; covered: (at: number) => boolean; problems: ProblemList },
): CallOutcome {
  const { open, covered, problems } = given;
  if (facts?.connectedAt !== undefined) return "answered";
  const ending = facts?.ending;
  const ended = ending !== undefined && ending.at >= (facts?.lastEnteredAt ?? ending.at);
  if (!ended && byRow) {
    problems.add({
      message: "queue_log につながった行がなく、CDR にある電話がありました。応答に数えています。",
    });
    return "answered";
  }
  const inHours = open.isOpen(arrivedAt);
  const atEdge = entered && (open.isOpen(arrivedAt - EDGE_SECONDS) || open.isOpen(arrivedAt + EDGE_SECONDS));
  if (!inHours && !atEdge) return "closed";
  if (ended) return ending.kind;
  if (entered) {
    problems.add({ message: "終わりの行のない電話がありました（ＰＢＸの停止など）。入電に数えています。" });
    return "unfinished";
  }
  if (row && isClosedRow(row)) return "closed";
  if (row && isIvrRow(row)) return "ivr-hangup";
  if (row?.queued && !facts && !covered(arrivedAt)) return "abandoned";
  return "refused";
}
