import type { JobKind } from "../platform/job.ts";
import type { DrillHand } from "./drill.ts";
import { drillJob } from "./start-drill.ts";

/** 席数の室の長い仕事。 */
export function staffingJobs(hand: DrillHand): JobKind[] {
  return [drillJob(hand)];
}
