import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./answer-right.ts";
import { noFaq } from "./draft-faq.ts";
import { refuseFaqAct } from "./faq.ts";
import { factsOf, resolveFacts } from "./faq-fact.ts";
import {
  type FaqRow,
  type FaqVersionRow,
  findFaq,
  listFaqVersions,
  updateFaq,
  updateFaqVersion,
} from "./faq-store.ts";

/** 案を承認する（責任者か委託者）。作った人は承認できない。前の版は old になり、残る。 */
export async function approveFaq(office: Office, actor: Actor, id: string): Promise<void> {
  refuseRight("approve", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const facts = factsOf(blueprint);
  await office.act(actor, async (tx) => {
    const { faq, last, versions } = await openSubmitted(tx, id);
    refuseFaqAct("approve", last.state);
    if (last.made_by === actor.id)
      throw new AppError(
        "REFUSED",
        "ご自分が作った案は承認できません。別の責任者か委託者の方にお願いしてください。",
      );
    const live = versions.find((one) => one.version === faq.live);
    if (live) await updateFaqVersion(tx, live, { state: "old" });
    await goLive(tx, faq, last, facts);
  });
}

/** 上の行為の中で、その版を最新にする。 */
export async function goLive(
  tx: Tx,
  faq: Pick<FaqRow, "id" | "number">,
  version: FaqVersionRow,
  facts: ReadonlyMap<string, string>,
): Promise<void> {
  const used = resolveFacts(facts, version.answer).used;
  const done = { state: "approved" as const, decided_by: tx.actor.id, decided_at: tx.now };
  if (!(await updateFaqVersion(tx, version, { ...done, facts: JSON.stringify(used) })))
    throw new AppError("CONFLICT", "ほかの人が先に決めました。画面を開き直してください。");
  await updateFaq(tx, tx.contract, faq.id, { live: version.version });
  await tx.record({
    kind: "faq.approved",
    about: `answers/faq/${faq.id}`,
    payload: { number: faq.number, version: version.version, category: version.category },
  });
}

async function openSubmitted(
  tx: Tx,
  id: string,
): Promise<{ faq: FaqRow; last: FaqVersionRow; versions: FaqVersionRow[] }> {
  const faq = await findFaq(tx, tx.contract, id);
  const versions = await listFaqVersions(tx, tx.contract, id);
  const [last] = versions;
  if (!faq || !last) throw noFaq();
  return { faq, last, versions };
}

/** 案を差し戻す。 */
export async function returnFaq(
  office: Office,
  actor: Actor,
  id: string,
  { why }: { why: string },
): Promise<void> {
  refuseRight("approve", actor);
  refuseWhy(why, "差し戻す理由を、200字までで書いてください。");
  await office.act(actor, async (tx) => {
    const { faq, last } = await openSubmitted(tx, id);
    refuseFaqAct("return", last.state);
    const change = { state: "returned" as const, decided_by: actor.id, decided_at: tx.now };
    if (!(await updateFaqVersion(tx, last, { ...change, decided_why: why.trim() })))
      throw new AppError("CONFLICT", "ほかの人が先に決めました。画面を開き直してください。");
    await tx.record({
      kind: "faq.returned",
      about: `answers/faq/${id}`,
      payload: { number: faq.number, version: last.version },
    });
  });
}

/** 時勢にそぐわない問いを外す（責任者）。版は残る。 */
export async function retireFaq(
  office: Office,
  actor: Actor,
  id: string,
  { why }: { why: string },
): Promise<void> {
  refuseRight("approve", actor);
  refuseWhy(why, "外す理由を、200字までで書いてください。");
  await office.act(actor, async (tx) => {
    const { faq } = await openSubmitted(tx, id);
    if (faq.retired_at !== null) throw new AppError("REFUSED", "このＦＡＱは、もう外されています。");
    await updateFaq(tx, tx.contract, id, { retired_at: tx.now, retired_why: why.trim() });
    await tx.record({ kind: "faq.retired", about: `answers/faq/${id}`, payload: { number: faq.number } });
  });
}

function refuseWhy(why: string, message: string): void {
  if (why.trim() !== "" && [...why].length <= 200) return;
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "why", message }] });
}
