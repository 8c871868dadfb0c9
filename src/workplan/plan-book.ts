import type { Day, Instant } from "../base/time.ts";
import type { Plan } from "./compute-plan.ts";
import type { Baseline } from "./read-workplan.ts";

/** 書き出すときの、工程表の中身。 */
export interface PlanBook {
  contract: string;
  contractor: string;
  client: string;
  version: number;
  today: Day;
  created: Instant;
  plan: Plan;
  baseline: Baseline;
}
