import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { recordReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./answer-right.ts";

/** 伏せてある言葉のありか。 */
export type WordPlace = "complaint" | "question" | "inquiry";

/**
 * 伏せた言葉を見る前に、だれが何を見たかを残す。残せなければ見せない（特記 第10条(2)、基準5(3)）。
 * 応対のために見るものなので、理由は「応対」に決まっている。
 * @throws AppError FORBIDDEN
 */
export async function recordWords(office: Office, actor: Actor, place: WordPlace, id: string): Promise<void> {
  refuseRight("record", actor);
  const { blueprint } = await openContract(office, actor.contract);
  const what = { about: `answers/${place}/${id}`, field: place, reason: "answer" };
  await recordReveals(office, actor, blueprint, [what]);
}
