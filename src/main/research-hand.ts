import type { Actor } from "../base/actor.ts";
import { textOfBlock } from "../manuscript/check-manuscript.ts";
import { allBlocks } from "../manuscript/manuscript.ts";
import { citedIn, unsourcedIn } from "../plan/cited-source.ts";
import { treeOf } from "../plan/plan-block.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { type ListedBlock, listedBlocks, listPlans, type OpenPlan, openPlan } from "../plan/read-plan.ts";
import type { Office } from "../platform/office.ts";
import type { ResearchHand, SourceUse, UnsourcedUse } from "../research/research-hand.ts";
import { pickContract } from "../terms/pick-contract.ts";

/** 動向調査の室に渡すもの: 契約の選び方、資料を引いている計画の部分（[^src:S-01] のあるところ）、出典のない文。 */
export const researchHand: ResearchHand = {
  contract: pickContract,
  cited: async (office, actor) => {
    const usage = new Map<string, SourceUse[]>();
    const unsourced: UnsourcedUse[] = [];
    for (const plan of await plansOf(office, actor)) {
      const texts = new Map(allBlocks(treeOf(plan.blocks)).map((block) => [block.id, textOfBlock(block)]));
      const places = new Map(listedBlocks(plan).map((block) => [block.id, placeIn(plan.row.id, block)]));
      for (const [id, place] of places)
        for (const code of new Set(citedIn(texts.get(id) ?? "")))
          usage.set(code, [...(usage.get(code) ?? []), place]);
      for (const { block, sentence, why } of unsourcedIn(plan.blocks)) {
        const place = places.get(block);
        if (place) unsourced.push({ ...place, sentence, why });
      }
    }
    return { usage, unsourced };
  },
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
