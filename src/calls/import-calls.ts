import type { Actor } from "../base/actor.ts";
import { newId } from "../base/identifier.ts";
import { dayOf, type Instant, instantFromMs } from "../base/time.ts";
import { phoneKey } from "../japan/phone.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { finishTask } from "../tasks/close-task.ts";
import type { ImportedCall } from "../telephony/assemble-calls.ts";
import { type CallFile, type ReadCalls, readCallFiles } from "../telephony/read-calls-file.ts";
import { openContract } from "../terms/open-contract.ts";
import { lengthsOf, slotOf } from "./call.ts";
import { refuseCall } from "./call-right.ts";
import {
  findCallByAlias,
  findCallKey,
  insertAlias,
  insertCall,
  insertCallKey,
  listNearCalls,
  sealCall,
  updateCall,
} from "./call-store.ts";
import { isDeskOpen } from "./record-signal.ts";

/** 一つの取引で書く電話の数。 */
const BATCH = 200;
/** ほかの知らせで残した電話と同じとみなす差（ミリ秒）。 */
const SAME_CALL_MS = 15_000;

export interface ImportResult
  extends Pick<ReadCalls, "tally" | "cdr" | "problems" | "problemCount" | "outboundNotCounted"> {
  /** いま加わった、ほかの知らせと合わせた、もうあった電話の数。 */
  added: number;
  merged: number;
  known: number;
}

/** queue_log と CDR を、事務所の電話の記録に取り込む。何度取り込んでも、知らせと重なっても、電話は一件。 */
export async function importCalls(
  office: Office,
  actor: Actor,
  files: { queueLogs: readonly CallFile[]; cdrs: readonly CallFile[] },
  options: { cdrColumns?: string | undefined } = {},
): Promise<ImportResult> {
  refuseCall("keep", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const read = readCallFiles(files, {
    ...options,
    open: () => ({ isOpen: (seconds) => isDeskOpen(blueprint, instantFromMs(seconds * 1000)) }),
  });
  const counts = { added: 0, merged: 0, known: 0 };
  const lookup = await office.keys.lookupKey(actor.contract);
  for (let at = 0; at < read.calls.length; at += BATCH) {
    const part = read.calls.slice(at, at + BATCH);
    const keys = await dayKeys(office, actor.contract, part);
    await office.act(actor, async (tx) => {
      const done = { added: 0, merged: 0, known: 0 };
      for (const call of part) done[await putCall(tx, call, keys, lookup)] += 1;
      await tx.record({ kind: "call.imported", payload: done });
      counts.added += done.added;
      counts.merged += done.merged;
      counts.known += done.known;
    });
  }
  const { tally, cdr, problems, problemCount, outboundNotCounted } = read;
  return { ...counts, tally, cdr, problems, problemCount, outboundNotCounted };
}

async function dayKeys(office: Office, contract: string, calls: readonly ImportedCall[]) {
  const keys = new Map<string, SubjectKey>();
  for (const day of new Set(calls.map(({ arrivedAt }) => dayOf(instantFromMs(arrivedAt * 1000))))) {
    const id = await findCallKey(office.read, contract, day);
    const known = id === undefined ? undefined : (await office.keys.get(contract, [id])).get(id);
    keys.set(day, known ?? (await office.keys.fresh(contract)));
  }
  return keys;
}

type Tx = Parameters<Parameters<Office["act"]>[1]>[0];

async function putCall(
  tx: Tx,
  call: ImportedCall,
  keys: ReadonlyMap<string, SubjectKey>,
  lookup: Uint8Array,
): Promise<"added" | "merged" | "known"> {
  const alias = `pbx:${call.id}`.slice(0, 200);
  const known = await findCallByAlias(tx, tx.contract, alias);
  if (known && known.ended_at !== null) return "known";
  const instant = (seconds: number): Instant => instantFromMs(seconds * 1000);
  const arrived = instant(call.arrivedAt);
  const day = dayOf(arrived);
  const number = call.caller === undefined ? undefined : phoneKey(call.caller);
  const hmac = number === undefined ? null : Buffer.from(lookupHmac(lookup, `phone|${number}`));
  const times = {
    direction: "in" as const,
    arrived_at: arrived,
    answered_at: call.connectedAt === undefined ? null : instant(call.connectedAt),
    ended_at: call.endedAt === undefined ? null : instant(call.endedAt),
    state: call.outcome,
    why: call.outcome === "answered" ? "" : call.outcome,
    queue: call.queue,
    desk: call.agent,
  };
  const lengths = lengthsOf(times);
  const facts = {
    ...times,
    ...slotOf(arrived),
    waited: call.waited ?? lengths.waited,
    talked: call.talked ?? lengths.talked,
  };
  const same = known ?? (await sameCall(tx, arrived, hmac));
  if (same) {
    if (!known) await insertAlias(tx, tx.contract, alias, same.id);
    await updateCall(tx, same, { ...facts, desk: same.desk || call.agent });
    if (call.outcome === "answered" && same.task_id !== null) await finishTask(tx, same.task_id, "dropped");
    return "merged";
  }
  const key = number === undefined ? undefined : keys.get(day);
  if (key) await insertCallKey(tx, tx.contract, day, key.id);
  const row = sealCall(key, {
    ...{ id: newId(), contract_id: tx.contract, source: "pbx", ...facts },
    ...{ caller: key ? (call.caller ?? null) : null, caller_hmac: hmac, key_id: key?.id ?? null },
    ...{ task_id: null, edition: 1 },
  });
  await insertAlias(tx, tx.contract, alias, row.id);
  await insertCall(tx, row);
  return "added";
}

async function sameCall(tx: Tx, arrived: Instant, hmac: Buffer | null) {
  if (hmac === null) return undefined;
  const near = (ms: number) => instantFromMs(Date.parse(arrived) + ms);
  const [from, to] = [near(-SAME_CALL_MS), near(SAME_CALL_MS)];
  const rows = await listNearCalls(tx, tx.contract, {
    from,
    to,
    days: [...new Set([dayOf(from), dayOf(to)])],
  });
  return rows.find((row) => row.source !== "pbx" && row.caller_hmac?.equals(hmac) === true);
}
