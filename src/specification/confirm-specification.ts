import { insertRole } from "../access/account-store.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { type Blueprint, readBlueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { replaceBlueprint } from "../terms/replace-blueprint.ts";
import { startContract } from "../terms/start-contract.ts";
import { tallyDuties } from "./draft-duty.ts";
import type { SpecificationDraft } from "./draft-specification.ts";
import { type OpenSpecification, openSpecification } from "./open-specification.ts";
import { refuseSpecificationRole } from "./specification-right.ts";
import { updateSpecification } from "./specification-store.ts";
import { appliedParts, type BlueprintHead, type KeptParts, writeBlueprint } from "./write-blueprint.ts";

const media = "application/yaml";

/**
 * 確かめ終える: 設計図（YAML）を作って封じて残す。まだ確かめていない義務が一つでもあれば REFUSED。
 * 頭（件名・委託者・履行期間）は人が入れ、ほか（期・席・投函・準用…）はいまの契約の設計図から引き継ぐ。
 */
export async function confirmSpecification(
  office: Office,
  actor: Actor,
  id: string,
  head: BlueprintHead,
): Promise<{ file: string; hash: string }> {
  refuseSpecificationRole("write", actor.roles);
  const { row, key, draft } = await openSpecification(office, actor, id);
  if (row.state !== "draft" || !draft)
    throw new AppError("REFUSED", "確かめている途中の仕様書ではありません。");
  const { open, all } = tallyDuties(draft.duties);
  if (open > 0)
    throw new AppError(
      "REFUSED",
      `まだ確かめていない義務が ${open} あります。全部を確かめてから終えてください。`,
    );
  refuseHead(head);
  const { blueprint } = await openContract(office, actor.contract);
  const yaml = blueprintOf(draft, head, blueprint);
  const { hash } = readBlueprint(yaml);
  const fileKey = await office.keys.fresh(actor.contract);
  return office.act(actor, async (tx) => {
    const kept = await keepFile(tx, fileKey, {
      kind: "specification-blueprint",
      fileName: `sekkeizu-${row.number}.yaml`,
      media,
      bytes: new TextEncoder().encode(yaml),
    });
    await moved(
      tx,
      { row, key },
      {
        ...{ state: "confirmed", blueprint_id: kept.id, confirmed_by: actor.id, confirmed_at: tx.now },
      },
    );
    await tx.record({
      kind: "specification.confirmed",
      about: `specification/specification/${id}`,
      payload: { number: row.number, duties: all, blueprint: hash },
    });
    return { file: kept.id, hash };
  });
}

async function moved(
  tx: Parameters<typeof updateSpecification>[0],
  { row, key }: Pick<OpenSpecification, "row" | "key">,
  change: Partial<OpenSpecification["row"]>,
): Promise<void> {
  const done = await updateSpecification(tx, key, row, { ...row, ...change });
  if (!done)
    throw new AppError("CONFLICT", "ほかの画面で先に直されました。開き直して、もう一度お試しください。");
}

/** 頭に入れたものの直すところ。 */
function refuseHead(head: BlueprintHead): void {
  const faults = (["title", "shortTitle", "client", "clientUnit"] as const)
    .filter((name) => head[name].trim() === "" || head[name].length > 200)
    .map((field) => ({ field, message: "200字までで書いてください。" }));
  for (const field of ["from", "to"] as const)
    if (!isDay(head.performance[field]))
      faults.push({ field: field as never, message: "暦にある日を入れてください。" });
  if (faults.length === 0 && head.performance.to < head.performance.from)
    faults.push({ field: "to" as never, message: "履行期間の終わりが、始まりより前です。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "設計図に直すところがあります。", { faults });
}

/** 仕様書から決まらない項目は、いまの契約の設計図から。準用の文書は、条項にその名が出るときだけ。 */
function blueprintOf(draft: SpecificationDraft, head: BlueprintHead, now: Blueprint): string {
  const { clauses, obligations, applied, missing, format, applies, terms, ...rest } = now;
  const within = terms.filter(
    (one) => one.deskFrom >= head.performance.from && one.deskTo <= head.performance.to,
  );
  const parts = appliedParts(draft, now);
  const kept: KeptParts = { ...rest, terms: within, applies: parts.names };
  return [writeBlueprint(draft, head, kept), ...parts.documents].join("---\n");
}

/** 確かめ終えた設計図の YAML。 */
export async function openBlueprintFile(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ fileName: string; yaml: string }> {
  const { row } = await openSpecification(office, actor, id);
  if (row.blueprint_id === null)
    throw new AppError("REFUSED", "まだ確かめ終えていないので、設計図はありません。");
  const file = await openFile(office, actor.contract, row.blueprint_id);
  return { fileName: file.fileName, yaml: new TextDecoder().decode(file.bytes) };
}

/** 設計図のファイルを取り出す（記録に残る）。 */
export async function takeBlueprint(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ fileName: string; yaml: string }> {
  const file = await openBlueprintFile(office, actor, id);
  await office.act(actor, (tx) =>
    tx.record({ kind: "specification.taken", about: `specification/specification/${id}`, payload: {} }),
  );
  return file;
}

/** もう一度直す。確かめた印は残る。 */
export async function reopenSpecification(office: Office, actor: Actor, id: string): Promise<void> {
  refuseSpecificationRole("write", actor.roles);
  const open = await openSpecification(office, actor, id);
  if (open.row.state !== "confirmed") throw new AppError("REFUSED", "確かめ終えた仕様書ではありません。");
  await office.act(actor, async (tx) => {
    await moved(tx, open, { state: "draft", confirmed_by: null, confirmed_at: null });
    await tx.record({
      kind: "specification.reopened",
      about: `specification/specification/${id}`,
      payload: { number: open.row.number },
    });
  });
}

/**
 * 確かめた設計図を使う。start=新しい契約を始める（自分はその責任者になる）、change=いまの契約の設計図を入れ替える（変更契約）。
 * @returns その契約の id
 */
export async function applyBlueprint(
  office: Office,
  actor: Actor,
  id: string,
  given: { how: "start" } | { how: "change"; reason: string },
): Promise<{ contract: string }> {
  refuseSpecificationRole("apply", actor.roles);
  const { yaml } = await openBlueprintFile(office, actor, id);
  const about = `specification/specification/${id}`;
  const contract = given.how === "start" ? `c-${newId()}` : actor.contract;
  if (given.how === "start") {
    const there: Actor = { ...actor, contract };
    await startContract(office, there, yaml);
    await office.act(there, async (tx) => {
      const row = { account_id: actor.id, contract_id: contract, role: "manager" as const };
      await insertRole(tx, { ...row, from_day: dayOf(tx.now), to_day: null });
      await tx.record({
        kind: "account.roles-changed",
        about: actor.id,
        payload: { roles: ["manager"] },
      });
    });
  } else {
    const { blueprintHash } = await openContract(office, actor.contract);
    await replaceBlueprint(office, actor, { yaml, before: blueprintHash, reason: given.reason });
  }
  await office.act(actor, (tx) =>
    tx.record({ kind: "specification.applied", about, payload: { how: given.how, contract } }),
  );
  return { contract };
}
