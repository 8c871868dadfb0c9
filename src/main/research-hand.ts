import { textOfBlock } from "../manuscript/check-manuscript.ts";
import { allBlocks } from "../manuscript/manuscript.ts";
import { treeOf } from "../plan/plan-block.ts";
import { mayPlan } from "../plan/plan-right.ts";
import { listedBlocks, listPlans, openPlan } from "../plan/read-plan.ts";
import type { ResearchHand, SourceUse } from "../research/research-hand.ts";
import { pickContract } from "../terms/pick-contract.ts";

/** 動向調査の室に渡すもの: 契約の選び方、資料を引いている計画の部分（[^src:S-01] のあるところ）。 */
export const researchHand: ResearchHand = {
  contract: pickContract,
  usage: async (office, actor) => {
    const found = new Map<string, SourceUse[]>();
    if (!mayPlan("read", actor.roles)) return found;
    for (const { id } of await listPlans(office, actor)) {
      const plan = await openPlan(office, actor, id);
      const texts = new Map(allBlocks(treeOf(plan.blocks)).map((block) => [block.id, textOfBlock(block)]));
      for (const { id: block, number, heading } of listedBlocks(plan))
        for (const [, code = ""] of (texts.get(block) ?? "").matchAll(/\[\^src:([^\]\s]+)\]/g)) {
          const place = number && !heading.startsWith(number) ? `${heading}の${number}` : heading || "はじめ";
          const use = { place, href: `/plans/${id}/blocks/${encodeURIComponent(block)}` };
          found.set(code, [...(found.get(code) ?? []), use]);
        }
    }
    return found;
  },
};
