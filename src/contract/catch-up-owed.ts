import { createHash } from "node:crypto";
import { closedReason } from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";
import type { Read } from "../platform/database.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { type Contract, openContract } from "../terms/open-contract.ts";
import type { Fact } from "./duty.ts";
import { isFarBehind, listFacts, listNewFacts, MOST_FRESH, nextPosition } from "./fact-store.ts";
import { deriveDuties, kindsOfAll, namedBy, touchedBy } from "./owed.ts";
import { findHead, lockHead, type OwedHead, putHead, replaceDuties } from "./owed-store.ts";

export interface Built {
  /** 数え直した回の数。 */
  items: number;
  /** 読んだ記録の数。 */
  facts: number;
  /** すべて作り直したか。 */
  whole: boolean;
}

/**
 * 写しを、記録のいまのところまで進める（読むときに呼ぶ）。触れられた義務だけを数え直す。
 * 設計図か暦が変わったとき、契約が終わったときは、丸ごと作り直す。新しい記録がなければ、何も書かない。
 */
export async function catchUpOwed(office: Office, contractId: string): Promise<Built> {
  const contract = await openContract(office, contractId);
  const head = await findHead(office.read, contractId);
  const kinds = kindsOfAll(contract.blueprint);
  if (isCurrent(head, contract)) {
    const position = await nextPosition(office.read);
    if (position - head.position >= MOST_FRESH || (await isFarBehind(office.read)))
      return rebuildOwed(office, contractId);
    const fresh = await listNewFacts(office.read, contractId, kinds, head.position);
    // 関わりのない記録だけが増えたときは、ときどき位置だけを進める。
    if (fresh.length === 0 && position - head.position < 2_000) return { items: 0, facts: 0, whole: false };
  }
  return office.keep((tx) => advance(tx, contract, kinds, office.clock.officeNow(contractId)));
}

/** 記録だけから作り直す。 */
export async function rebuildOwed(office: Office, contractId: string): Promise<Built> {
  const contract = await openContract(office, contractId);
  return office.keep(async (tx) => {
    await lockHead(tx, contractId);
    return buildWhole(tx, contract, office.clock.officeNow(contractId));
  });
}

async function buildWhole(tx: Read, contract: Contract, now: string): Promise<Built> {
  const { blueprint, id } = contract;
  const position = await nextPosition(tx);
  const facts = await listFacts(tx, id, kindsOfAll(blueprint));
  const duties = deriveDuties(blueprint, facts, blueprint.calendar);
  await replaceDuties(tx, id, duties);
  await putHead(tx, {
    ...{ contract_id: id, position, built_at: now },
    ...{ blueprint_hash: contract.blueprintHash, calendar_hash: calendarHash(blueprint) },
  });
  return { items: duties.length, facts: facts.length, whole: true };
}

async function advance(tx: Read, contract: Contract, kinds: readonly string[], now: string): Promise<Built> {
  const head = await lockHead(tx, contract.id);
  if (!isCurrent(head, contract)) return buildWhole(tx, contract, now);
  const position = await nextPosition(tx);
  if (position - head.position >= MOST_FRESH) return buildWhole(tx, contract, now);
  const fresh = await listNewFacts(tx, contract.id, kinds, head.position);
  const facts = fresh.length === 0 ? [] : await listFacts(tx, contract.id, kinds);
  const touched = touchedBy(contract.blueprint, fresh, filedBy(facts));
  if (touched === undefined) return buildWhole(tx, contract, head.built_at);
  const duties =
    touched.size === 0 ? [] : deriveDuties(contract.blueprint, facts, contract.blueprint.calendar, touched);
  if (touched.size > 0) await replaceDuties(tx, contract.id, duties, [...touched]);
  await putHead(tx, { ...head, position });
  return { items: duties.length, facts: fresh.length, whole: false };
}

/** 名指して出したもの（about）→ 義務のすべて（出し直して、名指しが変わることもある）。答えと取下げが、どれに触れるかを知る。 */
function filedBy(facts: readonly Fact[]): Map<string, string[]> {
  const filed = new Map<string, string[]>();
  for (const fact of facts) {
    const named = fact.kind === "filing.submitted" ? namedBy(fact) : undefined;
    if (fact.about !== null && named !== undefined)
      filed.set(fact.about, [...(filed.get(fact.about) ?? []), named]);
  }
  return filed;
}

function isCurrent(head: OwedHead | undefined, contract: Contract): head is OwedHead {
  return (
    head !== undefined &&
    head.blueprint_hash === contract.blueprintHash &&
    head.calendar_hash === calendarHash(contract.blueprint)
  );
}

const hashes = new WeakMap<Blueprint, string>();

/** 契約の前後一年ずつの休みの並びのハッシュ。祝日の法律が変わって、新しい版のまどぐちになっても気づく。 */
function calendarHash(blueprint: Blueprint): string {
  const known = hashes.get(blueprint);
  if (known !== undefined) return known;
  const { from, to } = blueprint.performance;
  const hash = createHash("sha256");
  const span = Math.min(daysBetween(from, to), 4_000) + 366;
  for (let n = -366; n <= span; n++) hash.update(closedReason(blueprint.calendar, addDays(from, n)) ?? "-");
  const made = hash.digest("hex");
  hashes.set(blueprint, made);
  return made;
}
