import type { Actor } from "../base/actor.ts";
import { textOfBlock } from "../manuscript/check-manuscript.ts";
import { allBlocks } from "../manuscript/manuscript.ts";
import { citedIn, unsourcedIn } from "../plan/cited-source.ts";
import { treeOf } from "../plan/plan-block.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { type ListedBlock, listedBlocks, listPlans, type OpenPlan, openPlan } from "../plan/read-plan.ts";
import type { Office } from "../platform/office.ts";
import type { ResearchHand, SourceUse } from "../research/research-hand.ts";
import { pickContract } from "../terms/pick-contract.ts";

/** 動向調査の室に渡すもの: 契約の選び方、資料を引いている計画の部分（[^src:S-01] のあるところ）、出典のない文。 */
export const researchHand: ResearchHand = {
  contract: pickContract,
  usage: async (office, actor) => {
    const found = new Map<string, SourceUse[]>();
    for (const plan of await plansOf(office, actor)) {
      const texts = new Map(allBlocks(treeOf(plan.blocks)).map((block) => [block.id, textOfBlock(block)]));
      for (const block of listedBlocks(plan))
        for (const code of new Set(citedIn(texts.get(block.id) ?? "")))
          found.set(code, [...(found.get(code) ?? []), placeIn(plan.row.id, block)]);
    }
    return found;
  },
  unsourced: async (office, actor) =>
    (await plansOf(office, actor)).flatMap((plan) => {
      const listed = new Map(listedBlocks(plan).map((block) => [block.id, block]));
      return unsourcedIn(plan.blocks).flatMap(({ block, sentence, why }) => {
        const place = listed.get(block);
        return place ? [{ ...placeIn(plan.row.id, place), sentence, why }] : [];
      });
    }),
};

async function plansOf(office: Office, actor: Actor): Promise<OpenPlan[]> {
  if (!mayPlan("read", actor.roles)) return [];
  const plans: OpenPlan[] = [];
  for (const { id } of await listPlans(office, actor)) plans.push(await openPlan(office, actor, id));
  return plans;
}

function placeIn(plan: string, { id, number, heading }: ListedBlock): SourceUse {
  const place = number && !heading.startsWith(number) ? `${heading}の${number}` : heading || "はじめ";
  return { place, href: `/plans/${plan}/blocks/${encodeURIComponent(id)}` };
}
