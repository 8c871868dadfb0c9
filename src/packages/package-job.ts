import type { JobKind } from "../platform/job.ts";
import type { PackageHand } from "./package-hand.ts";
import { remindAnswers } from "./remind-answers.ts";

/** 答えを待つ文書を、仕事として知らせる。 */
export function packageJobs(hand: Pick<PackageHand, "terms">): JobKind[] {
  return [
    {
      kind: "packages.remind",
      run: async ({ office, contract }) => {
        const done = await remindAnswers(office, contract, await hand.terms(office, contract));
        return { opened: done.opened, closed: done.closed };
      },
    },
  ];
}
