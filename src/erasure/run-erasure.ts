import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listKind } from "../platform/event-store.ts";
import { forgetKeys } from "../platform/forget-erased.ts";
import type { Office, Tx } from "../platform/office.ts";
import { freePages, scrubDatabase } from "../platform/scrub-database.ts";
import { whyNot } from "./erasure.ts";
import { refuseRight } from "./erasure-right.ts";
import { type ErasureRow, findErasure, listErasureKeys, listUnfinished } from "./erasure-store.ts";
import { gatherTraceWords } from "./gather-trace-words.ts";
import { openErasure } from "./open-erasure.ts";
import type { PersonHolder } from "./person-holder.ts";
import { personalPlaces } from "./personal-place.ts";
import { dropAnswersBefore, scrubPlace } from "./personal-place-store.ts";
import { pickedKeys, picksOf, releasePicks } from "./pick-person.ts";
import { change } from "./request-erasure.ts";
import { searchTraces, type TraceResult } from "./search-traces.ts";

/** 一つの記録に載せる鍵の数（一行の上限に収める）と、一度に空にする鍵の数。 */
const KEYS_A_RECORD = 2000;
const KEYS_AT_ONCE = 300;

/** 途中で止める試験のための合図。ふだんは何もしない。 */
export type StepReport = (step: "intended" | "keys" | "recorded" | "columns" | "file" | "done") => void;

/**
 * 承諾された消去を行う。鍵を壊した後は後戻りできず、途中で止まっても resumeErasures が続ける。
 * 求めた人（範囲を決めた人）と行う人は別でなければならない。
 * @throws AppError REFUSED（承諾がない、保全中、予定日の前、立会い）、FORBIDDEN
 */
export async function runErasure(
  office: Office,
  actor: Actor,
  id: string,
  report: StepReport = () => {},
  holders: readonly PersonHolder[] = [],
): Promise<TraceResult> {
  refuseRight("run", actor);
  const { erasure, facts, filing } = await openErasure(office, actor.contract, id);
  const why = whyNot("run", facts);
  if (why !== undefined) throw new AppError("REFUSED", why);
  if (erasure.made_by === actor.id)
    throw new AppError(
      "REFUSED",
      "消去の範囲を決めた方は、消去を行えません。別の保護管理者か総括保護管理者の方にお願いしてください。",
    );
  const keys = (await listErasureKeys(office.read, id)).map((one) => one.key_id);
  await refuseChanged(office, actor.contract, id, new Set(keys), holders);
  const needles = await gatherTraceWords(office, actor.contract, keys);
  const row = await change(
    office,
    actor,
    erasure,
    { state: "intended", run_by: actor.id, intended_at: office.clock.officeNow(actor.contract) },
    (tx) =>
      tx.record({
        kind: "erasure.intended",
        about: `erasure/erasure/${id}`,
        payload: { number: erasure.number, keys: keys.length, filing: filing?.document ?? null },
      }),
  );
  report("intended");
  return finish(office, actor, row, keys, needles, report, holders);
}

/** 申請のあとに文書が変わって（伏せた所が戻った、添付が増えた）、承諾されたとおりには消せなければ断る。まだ何も壊していない。 */
async function refuseChanged(
  office: Office,
  contract: string,
  id: string,
  keys: ReadonlySet<string>,
  holders: readonly PersonHolder[],
): Promise<void> {
  const picked = await pickedKeys(office, contract, await picksOf(office, id), holders);
  if (picked.keys.some((key) => !keys.has(key)))
    throw new AppError(
      "REFUSED",
      "承諾のあとに、消す文書が変わっています（ほかの方の申出など）。この消去を取りやめ、範囲を決め直して申請してください。",
    );
}

/**
 * 途中で止まった消去を続ける。何度呼んでも、済んだところは繰り返さない。続けた数を返す。
 * restedMs は、始めてからこれだけ（ミリ秒）たったものだけを続ける（いま行っている最中のものに手を出さない）。
 * 鍵の保管庫だけが古い控えに戻されていても、記録の墓標から壊し直す。
 */
export async function resumeErasures(
  office: Office,
  restedMs = 0,
  holders: readonly PersonHolder[] = [],
): Promise<number> {
  await buryAgain(office);
  const rows = (await listUnfinished(office.read)).filter(
    (row) =>
      Date.parse(office.clock.officeNow(row.contract_id)) - Date.parse(row.intended_at ?? "") >= restedMs,
  );
  for (const row of rows) {
    const keys = (await listErasureKeys(office.read, row.id)).map((one) => one.key_id);
    await finish(office, systemActor(row.contract_id), row, keys, [], () => {}, holders);
  }
  return rows.length;
}

/** 記録では壊したはずの鍵が保管庫にあれば、壊し直す。 */
async function buryAgain(office: Office): Promise<void> {
  const stones = Map.groupBy(await listKind(office.read, "keys.destroyed"), (event) => event.contract);
  for (const [contract, events] of stones) {
    const keys = events.flatMap(({ payload }) =>
      Array.isArray(payload.keys) ? payload.keys.map(String) : [],
    );
    const alive = [...(await office.keys.fingerprints(contract, keys)).keys()];
    if (alive.length > 0) await office.keys.destroy(contract, alive);
    if (alive.length > 0) await office.keys.scrub();
  }
}

async function finish(
  office: Office,
  actor: Actor,
  started: ErasureRow,
  keys: readonly string[],
  needles: readonly string[],
  report: StepReport,
  holders: readonly PersonHolder[],
): Promise<TraceResult> {
  let row = started;
  // 残す方の分を新しい鍵に移してから壊す。間で止まれば、もう一度移す（移したものは、そのまま）。
  if (row.state === "intended") await releasePicks(office, row.contract_id, row.id, new Set(keys), holders);
  // 鍵の保管庫が先、記録が後。間で止まれば、もう一度壊し（何も起きず）、記録する。
  await office.keys.destroy(row.contract_id, keys);
  forgetKeys(office, keys);
  report("keys");
  if (row.state === "intended") {
    const { number } = row;
    row = await change(office, actor, row, { state: "destroyed", destroyed_at: systemNow(office) }, (tx) =>
      recordKeys(tx, row.id, number, keys),
    );
  }
  report("recorded");
  const rows = await scrubColumns(office, row.contract_id, keys);
  report("columns");
  await office.keys.scrub();
  await scrubDatabase(office.db, [...personalPlaces().map(({ table }) => table), "idempotency"]);
  report("file");
  const traces = await searchTraces(office, needles);
  const free = (await freePages(office.db)) ?? 0;
  if (traces.found.length > 0)
    throw new AppError(
      "REFUSED",
      `消したはずの字が、${traces.found.length}か所に残っています（${traces.found.slice(0, 5).join("、")}）。システムの担当に伝えてください。消去は完了にしません。`,
    );
  const result = { rows, searched: traces.searched, needles: traces.needles, freePages: free };
  const before = row;
  const done = await findErasure(office.read, row.contract_id, row.id);
  if (done?.state === "destroyed")
    await change(
      office,
      actor,
      before,
      {
        state: "scrubbed",
        finished_at: office.clock.officeNow(row.contract_id),
        result: JSON.stringify(result),
      },
      (tx) =>
        tx.record({
          kind: "erasure.scrubbed",
          about: `erasure/erasure/${row.id}`,
          payload: { number: row.number, ...result },
        }),
    );
  report("done");
  return traces;
}

function systemNow(office: Office): string {
  return new Date(office.clock.systemMs()).toISOString();
}

async function recordKeys(tx: Tx, id: string, number: number, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += KEYS_A_RECORD)
    await tx.record({
      kind: "keys.destroyed",
      about: `erasure/erasure/${id}`,
      payload: { number, keys: keys.slice(at, at + KEYS_A_RECORD) },
    });
}

/** 封じた列と照合値を空にし、送り直しの控えを捨てる。 */
async function scrubColumns(office: Office, contract: string, keys: readonly string[]): Promise<number> {
  let rows = 0;
  const places = personalPlaces().filter(({ fate }) => fate === "people" || fate === "documents");
  for (const place of places)
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const part = keys.slice(at, at + KEYS_AT_ONCE);
      rows += await office.keep((tx) => scrubPlace(tx, contract, place, part));
    }
  await office.keep((tx) => dropAnswersBefore(tx, contract, systemNow(office)));
  return rows;
}
