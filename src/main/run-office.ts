import { newId } from "../base/identifier.ts";
import { resumeErasures } from "../erasure/run-erasure.ts";
import { forgetErased } from "../platform/forget-erased.ts";
import type { JobKind } from "../platform/job.ts";
import { numberAllEvents, numberEvents } from "../platform/number-events.ts";
import type { Office } from "../platform/office.ts";
import { runNextJob } from "../platform/run-job.ts";
import { sweepOffers } from "../reception/answer-offer.ts";
import { sweepHolds } from "../reception/hold-seat.ts";
import { sweepSeats } from "../reception/offer-seats.ts";
import { sweepDrafts } from "../reception/sweep-drafts.ts";
import { erasureHand } from "./erasure-hand.ts";

const NUMBER_MS = 1000;
const JOB_MS = 500;
const SWEEP_MS = 60_000;
const DRAFT_MS = 60 * 60_000;
/** 始めてからこれだけたっても終わらない消去は、途中で止まったものとして続ける。 */
const RESUME_MS = 2 * 60_000;
const BACKUP_MS = 10 * 60_000;

/** 事務所が開いている間、裏で続けること: 記録の番号と検査点、長い仕事、切れた仮押さえと置き去りの下書きの片づけ、（場所が決めてあれば）控え。 */
export function runOffice(
  office: Office,
  jobs: readonly JobKind[],
  report: (what: string) => void,
  backups: (() => Promise<unknown>) | undefined,
): { stop(): Promise<void> } {
  const holder = newId();
  const loops = [
    loop(NUMBER_MS, () => numberEvents(office, holder), report, "記録の番号つけ"),
    loop(
      JOB_MS,
      async () => {
        while (await runNextJob(office, jobs));
      },
      report,
      "長い仕事",
    ),
    loop(SWEEP_MS, () => sweepHolds(office), report, "仮押さえの片づけ"),
    loop(DRAFT_MS, () => sweepDrafts(office), report, "置き去りの下書きの片づけ"),
    loop(SWEEP_MS, () => sweepOffers(office), report, "期限の過ぎた案内の片づけ"),
    loop(SWEEP_MS, () => sweepSeats(office), report, "空いた席の、待つ方への案内"),
    loop(NUMBER_MS, () => forgetErased(office), report, "消去された人を忘れる"),
    loop(SWEEP_MS, () => resumeErasures(office, RESUME_MS, erasureHand.holders), report, "途中の消去の続き"),
    ...(backups ? [loop(BACKUP_MS, backups, report, "控え")] : []),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((l) => l.stop()));
      // 閉じる前に、番号のない葉を残さない。
      await numberAllEvents(office, holder).catch(() => report("記録の番号つけ"));
    },
  };
}

/** 前の回が終わってから、間を置いて次の回。失敗しても止まらない（知らせて、次の回でやり直す）。 */
function loop(
  ms: number,
  once: () => Promise<unknown>,
  report: (what: string) => void,
  what: string,
): { stop(): Promise<void> } {
  let stopped = false;
  let wake: (() => void) | undefined;
  const done = (async () => {
    while (!stopped) {
      await once().catch(() => report(what));
      await new Promise<void>((next) => {
        wake = next;
        setTimeout(next, ms).unref();
      });
    }
  })();
  return {
    stop: () => {
      stopped = true;
      wake?.();
      return done;
    },
  };
}
