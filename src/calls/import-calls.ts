import type { Actor } from "../base/actor.ts";
import { newId } from "../base/identifier.ts";
import { dayOf, type Instant, instantFromMs } from "../base/time.ts";
import { phoneKey } from "../japan/phone.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { finishTask } from "../tasks/close-task.ts";
import type { ImportedCall } from "../telephony/assemble-calls.ts";
import type { PbxMap } from "../telephony/pbx-map.ts";
import { type CallFiles, type ReadCalls, readCallFiles } from "../telephony/read-calls-file.ts";
import { openContract } from "../terms/open-contract.ts";
import { type CallSource, lengthsOf, slotOf } from "./call.ts";
import { refuseCall } from "./call-right.ts";
import {
  type CallRow,
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
/** 番号のない電話では、もっと近いときだけ（ミリ秒）。 */
const SAME_ANONYMOUS_MS = 5000;

export interface ImportResult
  extends Pick<ReadCalls, "tally" | "cdr" | "problems" | "problemCount" | "outboundNotCounted"> {
  /** いま加わった、ほかの知らせと合わせた、もうあった電話の数。 */
  added: number;
  merged: number;
  known: number;
}

/** queue_log と CDR、ほかの電話機の CSV を、事務所の電話の記録に取り込む。何度取り込んでも、知らせと重なっても、電話は一件。 */
export async function importCalls(
  office: Office,
  actor: Actor,
  files: CallFiles,
  options: { cdrColumns?: string | undefined; pbxMap?: PbxMap | undefined } = {},
): Promise<ImportResult> {
  refuseCall("keep", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const read = readCallFiles(files, {
    ...options,
    open: () => ({ isOpen: (seconds) => isDeskOpen(blueprint, instantFromMs(seconds * 1000)) }),
  });
  let used = new Set<string>();
  const counts = { added: 0, merged: 0, known: 0 };
  const lookup = await office.keys.lookupKey(actor.contract);
  for (let at = 0; at < read.calls.length; at += BATCH) {
    const part = read.calls.slice(at, at + BATCH);
    const keys = await dayKeys(office, actor.contract, part);
    const kept = await office.act(actor, async (tx) => {
      const done = { added: 0, merged: 0, known: 0 };
      // 取引はやり直されることがあるので、合わせた電話の覚えは取引ごとに写す。
      const mine = new Set(used);
      for (const call of part) done[await putCall(tx, call, { keys, lookup, used: mine })] += 1;
      await tx.record({ kind: "call.imported", payload: done });
      return { done, mine };
    });
    used = kept.mine;
    counts.added += kept.done.added;
    counts.merged += kept.done.merged;
    counts.known += kept.done.known;
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
  { keys, lookup, used }: { keys: ReadonlyMap<string, SubjectKey>; lookup: Uint8Array; used: Set<string> },
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
  const source: CallSource = call.id.startsWith("csv:") ? "csv" : "pbx";
  const same = known ?? (await sameCall(tx, { arrived, hmac, source }, used));
  if (same) {
    if (!known) await insertAlias(tx, tx.contract, alias, same.id);
    await updateCall(tx, same, { ...facts, desk: same.desk || call.agent });
    if (call.outcome === "answered" && same.task_id !== null) await finishTask(tx, same.task_id, "dropped");
    used.add(same.id);
    return "merged";
  }
  const key = number === undefined ? undefined : keys.get(day);
  if (key) await insertCallKey(tx, tx.contract, day, key.id);
  const row = sealCall(key, {
    ...{ id: newId(), contract_id: tx.contract, source, ...facts },
    ...{ caller: key ? (call.caller ?? null) : null, caller_hmac: hmac, key_id: key?.id ?? null },
    ...{ task_id: null, edition: 1 },
  });
  await insertAlias(tx, tx.contract, alias, row.id);
  await insertCall(tx, row);
  return "added";
}

/** ほかの記録がもう伝えた、同じ電話のうち、着いた時のいちばん近いもの。同じ記録の中の二つは、別の電話。 */
async function sameCall(
  tx: Tx,
  { arrived, hmac, source }: { arrived: Instant; hmac: Buffer | null; source: CallSource },
  used: ReadonlySet<string>,
): Promise<CallRow | undefined> {
  const most = hmac === null ? SAME_ANONYMOUS_MS : SAME_CALL_MS;
  const near = (ms: number) => instantFromMs(Date.parse(arrived) + ms);
  const [from, to] = [near(-most), near(most)];
  const days = [...new Set([dayOf(from), dayOf(to)])];
  const rows = await listNearCalls(tx, tx.contract, { from, to, days });
  const apart = (row: CallRow) => Math.abs(Date.parse(row.arrived_at) - Date.parse(arrived));
  return rows
    .filter((row) => row.source !== source && !used.has(row.id))
    .filter((row) => (hmac === null ? row.caller_hmac === null : row.caller_hmac?.equals(hmac) === true))
    .sort((a, b) => apart(a) - apart(b))[0];
}
