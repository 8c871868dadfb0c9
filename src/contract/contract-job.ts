import type { Json } from "../base/event.ts";
import type { JobKind, JobRun } from "../platform/job.ts";
import { remindOwed } from "./remind-owed.ts";

async function runReminder({ office, contract }: JobRun): Promise<Json> {
  const { opened, closed } = await remindOwed(office, contract);
  return { opened, closed };
}

/** 条項と義務の仕事。 */
export const contractJobs: JobKind[] = [{ kind: "contract.remind", run: runReminder }];
