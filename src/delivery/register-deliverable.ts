import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type DeliverableForm, type DeliverableInput, deliverableFaults } from "./deliverable.ts";
import { insertDeliverable, listDeliverableRows } from "./deliverable-store.ts";
import { refuseDuty } from "./delivery-right.ts";
import { proposeDeliverables } from "./propose-deliverable.ts";
import { neededKinds, type RightKind, rightKinds } from "./right.ts";
import { insertRight } from "./right-store.ts";

export interface NewDeliverable extends DeliverableInput {
  form?: DeliverableForm | undefined;
  /** もとの義務。 */
  obligation?: string | undefined;
}

/**
 * 成果品を台帳に載せる。要る権利（譲渡、不行使、保証）も、未確認として一緒に載る。
 * 記号を省くと D-01 から順に付く。
 * @throws AppError BAD_INPUT（欄の名つき）、FORBIDDEN、CONFLICT（同じ記号）
 */
export async function registerDeliverable(
  office: Office,
  actor: Actor,
  given: NewDeliverable,
): Promise<{ id: string; code: string }> {
  refuseDuty("register", actor);
  const faults = deliverableFaults(given);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const { blueprint } = await openContract(office, actor.contract);
  const keys = await freshKeys(office, actor.contract);
  return office.act(actor, (tx) => put(tx, keys, given, blueprint));
}

/** 仕様書（設計図）の納品の義務から、まだ台帳にない成果品をまとめて載せる。載せたものの記号を返す。 */
export async function seedDeliverables(office: Office, actor: Actor): Promise<{ codes: string[] }> {
  refuseDuty("register", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const known = await listDeliverableRows(office.read, actor.contract);
  const fresh = proposeDeliverables(blueprint, known);
  const keys = await Promise.all(fresh.map(() => freshKeys(office, actor.contract)));
  return office.act(actor, async (tx) => {
    if (fresh.length === 0) tx.nothingHappened();
    const codes: string[] = [];
    for (const [at, one] of fresh.entries()) codes.push((await put(tx, keys[at] ?? [], one, blueprint)).code);
    return { codes };
  });
}

/** 成果品と、はじめの権利の鍵。 */
async function freshKeys(office: Office, contract: string): Promise<SubjectKey[]> {
  return Promise.all([0, ...neededKinds].map(() => office.keys.fresh(contract)));
}

async function put(
  tx: Tx,
  keys: readonly SubjectKey[],
  given: NewDeliverable,
  { clientUnit, sender }: { clientUnit: string; sender: { name: string } },
): Promise<{ id: string; code: string }> {
  const [own, ...rightKeys] = keys;
  if (!own) throw new Error("a key is missing");
  const number = await takeNumber(tx, tx.contract, "deliverable");
  const code = given.code.trim() === "" ? `D-${String(number).padStart(2, "0")}` : given.code.trim();
  const rows = await listDeliverableRows(tx, tx.contract);
  if (rows.some((row) => row.code === code))
    throw new AppError("CONFLICT", `記号「${code}」の成果品はもうあります。別の記号にしてください。`, {
      faults: [{ field: "code", message: "この記号は使われています。" }],
    });
  await insertDeliverable(tx, {
    ...{ id: own.id, contract_id: tx.contract, number, code },
    ...{ title: given.title.trim(), clause: given.clause.trim(), formats: given.formats.join(",") },
    ...{ form: given.form ?? null, due: given.due === "" ? null : given.due },
    ...{ obligation: given.obligation ?? null, state: "preparing", version: 0, edition: 1 },
    accepter: given.accepter.trim() === "" ? clientUnit : given.accepter.trim(),
    ...{ receipt: null, received_on: null, handed_by: null, handed_at: null },
    ...{ made_by: tx.actor.id, made_at: tx.now },
  });
  await tx.record({
    kind: "deliverable.registered",
    about: own.id,
    payload: { code, number, clause: given.clause.trim(), obligation: given.obligation ?? null },
  });
  for (const [at, kind] of neededKinds.entries()) {
    const key = rightKeys[at];
    if (key) await putRight(tx, key, { deliverable: own.id, code, kind, holder: sender.name });
  }
  return { id: own.id, code };
}

/** 権利を一つ、未確認として載せる。 */
export async function putRight(
  tx: Tx,
  key: SubjectKey,
  given: {
    deliverable: string;
    code: string;
    kind: RightKind;
    holder: string;
    subject?: string;
    terms?: string;
  },
): Promise<void> {
  const number = await takeNumber(tx, tx.contract, "right");
  const info = rightKinds[given.kind];
  await insertRight(tx, key, {
    ...{ id: key.id, contract_id: tx.contract, deliverable_id: given.deliverable, number },
    ...{ kind: given.kind, holder: given.holder, subject: given.subject ?? "成果品の全体" },
    terms: given.terms ?? info.terms,
    ...{ state: "open", signed_on: null, evidence: null, signed_by: null, signed_at: null },
    ...{ made_by: tx.actor.id, made_at: tx.now },
  });
  await tx.record({
    kind: "right.added",
    about: key.id,
    payload: { code: given.code, deliverable: given.deliverable, kind: given.kind, number },
  });
}
