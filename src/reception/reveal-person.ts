import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { type Reveal, recordReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";

/** 申し込んだ方の個人情報を見せる前に、見せたことを記録する。記録できなければ、見せてはならない。 */
export async function recordReveal(office: Office, actor: Actor, what: Reveal): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  await recordReveals(office, actor, blueprint, [what]);
}
