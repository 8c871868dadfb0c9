import type { Actor } from "../base/actor.ts";
import { newId } from "../base/identifier.ts";
import { dayOf, type Instant, instantFromMs, minuteOf } from "../base/time.ts";
import { isBusinessDay } from "../japan/business-day.ts";
import { phoneKey } from "../japan/phone.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { finishTask } from "../tasks/close-task.ts";
import { putTask } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { applySignal, type CallSignal, type CallTimes, lengthsOf, slotOf } from "./call.ts";
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

/** 別の知らせでも、番号が同じで着いた時がこれより近ければ、同じ電話（ミリ秒）。 */
const SAME_CALL_MS = 15_000;
/** 席のキーと電話システムの知らせが、同じ応答とみなせる間（ミリ秒）。 */
const SAME_ANSWER_MS = 60_000;

export interface Recorded {
  id: string;
  state: CallTimes["state"];
  /** 何かが変わったか（同じ知らせの二度目なら偽）。 */
  changed: boolean;
}

/** 開設日の開設時間の内か。 */
export function isDeskOpen({ calendar, hours }: Pick<Blueprint, "calendar" | "hours">, at: Instant): boolean {
  const minute = minuteOf(at);
  return minute >= hours.open && minute < hours.close && isBusinessDay(calendar, dayOf(at));
}

/**
 * 電話の知らせを一つ、記録に重ねる。同じ知らせが二度来ても、順が前後しても、電話は一件。
 * 番号のある放棄は、折り返しの仕事になる。あとから応答と分かれば、その仕事を取りやめる。
 */
export async function recordSignal(office: Office, actor: Actor, signal: CallSignal): Promise<Recorded> {
  const { blueprint } = await openContract(office, actor.contract);
  const lookup = await office.keys.lookupKey(actor.contract);
  const number = signal.caller === undefined ? undefined : phoneKey(signal.caller);
  const hmac = number === undefined ? null : Buffer.from(lookupHmac(lookup, `phone|${number}`));
  const key = number === undefined ? undefined : await dayKey(office, actor.contract, dayOf(signal.at));
  return office.act(actor, async (tx) => {
    const alias = `${signal.source}:${signal.outerId}`.slice(0, 200);
    const known =
      (await findCallByAlias(tx, tx.contract, alias)) ?? (await sameCall(tx, alias, signal, hmac));
    const times = applySignal(known, signal, (at) => isDeskOpen(blueprint, at));
    const learns = known !== undefined && known.caller === null && key !== undefined;
    if (known && times === known && !learns) {
      tx.nothingHappened();
      return { id: known.id, state: known.state, changed: false };
    }
    const given = { times, signal, hmac, key };
    const row = known ? await change(tx, known, given, learns) : await add(tx, alias, given);
    await tx.record({
      kind: signal.kind === "ring" ? "call.rang" : signal.kind === "answer" ? "call.answered" : "call.ended",
      about: `calls/call/${row.id}`,
      payload: { source: signal.source, direction: times.direction, state: times.state, desk: times.desk },
    });
    if (
      times.state === "abandoned" &&
      row.task_id === null &&
      row.caller_hmac !== null &&
      times.direction === "in"
    )
      await askCallBack(tx, row, blueprint);
    if (times.answered_at !== null && row.task_id !== null) await finishTask(tx, row.task_id, "dropped");
    return { id: row.id, state: times.state, changed: true };
  });
}

/** 日ごとの鍵。なければ作る（競っても、行が自分の鍵の id を持つので困らない）。 */
async function dayKey(office: Office, contract: string, day: string): Promise<SubjectKey> {
  const id = await findCallKey(office.read, contract, day);
  const known = id === undefined ? undefined : (await office.keys.get(contract, [id])).get(id);
  return known ?? office.keys.fresh(contract);
}

/** ほかの知らせがもう伝えた、同じ電話。見つかれば、この知らせの番号も結び付ける。 */
async function sameCall(tx: Tx, alias: string, signal: CallSignal, hmac: Buffer | null) {
  if (signal.direction === "out") return undefined;
  const near = (ms: number) => instantFromMs(Date.parse(signal.at) + ms);
  const wide = 30 * 60_000;
  const rows = await listNearCalls(tx, tx.contract, {
    from: near(-wide),
    to: near(SAME_CALL_MS),
    days: [...new Set([dayOf(near(-wide)), dayOf(near(SAME_CALL_MS))])],
  });
  const apart = (a: Instant, b: Instant) => Math.abs(Date.parse(a) - Date.parse(b));
  const found = rows.find((row) => {
    if (row.source === signal.source) return false;
    const byDesk = signal.source === "desk" || row.source === "desk";
    if (byDesk && signal.kind === "answer" && row.answered_at !== null && row.desk === signal.desk)
      return apart(row.answered_at, signal.at) <= SAME_ANSWER_MS;
    return (
      hmac !== null &&
      row.caller_hmac?.equals(hmac) === true &&
      apart(row.arrived_at, signal.at) <= SAME_CALL_MS
    );
  });
  if (found) await insertAlias(tx, tx.contract, alias, found.id);
  return found;
}

interface Change {
  times: CallTimes;
  signal: CallSignal;
  hmac: Buffer | null;
  key: SubjectKey | undefined;
}

async function add(tx: Tx, alias: string, { times, signal, hmac, key }: Change): Promise<CallRow> {
  const row = sealCall(key, {
    ...{ id: newId(), contract_id: tx.contract, source: signal.source },
    ...times,
    ...slotOf(times.arrived_at),
    ...lengthsOf(times),
    ...{ caller: key ? (signal.caller ?? null) : null, caller_hmac: hmac, key_id: key?.id ?? null },
    ...{ task_id: null, edition: 1 },
  });
  if (key) await insertCallKey(tx, tx.contract, dayOf(signal.at), key.id);
  if (!(await insertAlias(tx, tx.contract, alias, row.id))) throw again();
  await insertCall(tx, row);
  return row;
}

async function change(tx: Tx, known: CallRow, given: Change, learns: boolean): Promise<CallRow> {
  const { times, signal, hmac, key } = given;
  const sealed = sealCall(key, { ...known, caller: signal.caller ?? null });
  const caller = learns && key ? { caller: sealed.caller, caller_hmac: hmac, key_id: key.id } : {};
  const next = { ...times, ...slotOf(times.arrived_at), ...lengthsOf(times), ...caller };
  if (learns && key) await insertCallKey(tx, tx.contract, dayOf(signal.at), key.id);
  if (!(await updateCall(tx, known, next))) throw again();
  return { ...known, ...next, edition: known.edition + 1 };
}

/** ほかの知らせが先に書いた。取引をやり直す。 */
function again(): Error {
  return Object.assign(new Error("another signal came first"), { code: "40001" });
}

/** 放棄の折り返し。題に番号は書かない。 */
async function askCallBack(tx: Tx, row: CallRow, terms: Blueprint): Promise<void> {
  const task = await putTask(tx, terms, {
    kind: "callback",
    title: `つながらなかった方への折り返し（${minuteOf(row.arrived_at)}の着信）`,
    clause: "6(2)ウ",
    role: "operator",
    due: { kind: "business-days", days: 0 },
    about: { room: "calls", kind: "call", id: row.id },
    cause: `call/${row.id}/callback`,
  });
  await updateCall(tx, row, { task_id: task.id });
}
