import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { refuseRight } from "./erasure-right.ts";
import { listPicks } from "./erasure-store.ts";
import type { PersonHit, PersonHolder, PersonPick, PickedKeys, SoughtPerson } from "./person-holder.ts";

/**
 * 申し出た方のものを、意見書や委員の名簿から探す。探したこと（言葉は除き、見つかった数だけ）を記録してから返す。
 * @throws AppError BAD_INPUT（氏名も連絡先もない、短すぎる）、FORBIDDEN
 */
export async function findPerson(
  office: Office,
  actor: Actor,
  sought: SoughtPerson,
  holders: readonly PersonHolder[],
): Promise<PersonHit[]> {
  refuseRight("plan", actor);
  const [name, contact] = [sought.name.trim(), sought.contact.trim()];
  if ([...name].length < 2 && [...contact].length < 4)
    throw new AppError("BAD_INPUT", "探す方の氏名か連絡先を入れてください。", {
      faults: [{ field: "name", message: "氏名（二字から）か、連絡先（四字から）を入れてください。" }],
    });
  const found = await Promise.all(holders.map((one) => one.find(office, actor.contract, { name, contact })));
  const hits = found.flat();
  await office.act(actor, (tx) => tx.record({ kind: "erasure.searched", payload: { found: hits.length } }));
  return hits;
}

/** 選んだものの鍵と言葉を、持つ所ごとに集める。 */
export async function pickedKeys(
  office: Office,
  contract: string,
  picks: readonly PersonPick[],
  holders: readonly PersonHolder[],
): Promise<PickedKeys & { picks: (PersonPick & { label: string })[] }> {
  const all = {
    keys: [] as string[],
    labels: [] as PickedKeys["labels"],
    picks: [] as (PersonPick & { label: string })[],
  };
  const spared: Record<string, number> = {};
  for (const [code, own] of Map.groupBy(picks, ({ holder }) => holder)) {
    const found = await holderOf(holders, code).keysOf(office, contract, own);
    all.keys.push(...found.keys);
    all.labels.push(...found.labels);
    for (const [table, rows] of Object.entries(found.spared)) spared[table] = (spared[table] ?? 0) + rows;
    const labels = new Map(found.labels.map(({ ref, label }) => [ref, label]));
    all.picks.push(...own.map((one) => ({ ...one, label: labels.get(one.ref) ?? "" })));
  }
  return { ...all, spared };
}

/** 鍵を壊す直前に、残す方の分を移す。持つ所が渡されていなければ、壊さずに止まる。 */
export async function releasePicks(
  office: Office,
  contract: string,
  erasure: string,
  doomed: ReadonlySet<string>,
  holders: readonly PersonHolder[],
): Promise<void> {
  const picks = await picksOf(office, erasure);
  for (const [code, own] of Map.groupBy(picks, ({ holder }) => holder))
    await holderOf(holders, code).release(office, contract, own, doomed);
}

/** 決めたとおりに残してある、選んだもの（会議の録音は、鍵でないので除く）。 */
export async function picksOf(office: Office, erasure: string): Promise<PersonPick[]> {
  const rows = await listPicks(office.read, erasure);
  return rows
    .filter(({ holder }) => holder !== "recording")
    .map(({ holder, ref, how }) => ({ holder, ref, how: how as PersonPick["how"] }));
}

function holderOf(holders: readonly PersonHolder[], code: string): PersonHolder {
  const found = holders.find((one) => one.code === code);
  if (!found) throw new AppError("REFUSED", "その種類の文書は、一人の方の分だけを消すことができません。");
  return found;
}
