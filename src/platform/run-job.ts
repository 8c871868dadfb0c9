import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { instantFromMs } from "../base/time.ts";
import type { JobKind } from "./job.ts";
import { claimJob, failExhaustedJobs, findJob, type JobRow, updateJob } from "./job-store.ts";
import type { Office } from "./office.ts";

/** 一つの仕事を引き受けておく時間。進み具合を知らせるたびに延びる。 */
const LEASE_MS = 60_000;
const ATTEMPTS = 3;
const FAILED = "処理の途中で失敗しました。もう一度始めてください。続くときは管理者に知らせてください。";

/** 待っている仕事を一つ行う。なければ偽。失敗は行に残し、外へは投げない。 */
export async function runNextJob(office: Office, kinds: readonly JobKind[]): Promise<boolean> {
  const job = await office.keep(async (tx) => {
    await failExhaustedJobs(tx, { now: now(office), attempts: ATTEMPTS, message: FAILED });
    return claimJob(tx, now(office), lease(office));
  });
  if (!job) return false;
  const kind = kinds.find((k) => k.kind === job.kind);
  try {
    if (!kind) throw new Error(`job kind is not registered: ${job.kind}`);
    const result = await kind.run({
      office,
      contract: job.contract_id,
      owner: job.owner,
      input: JSON.parse(job.input) as Json,
      progress: (done, total, message) => report(office, job, done, total, message),
    });
    await office.keep((tx) =>
      updateJob(tx, job.id, {
        state: "done",
        result: JSON.stringify(result),
        finished_at: now(office),
        lease_until: null,
      }),
    );
  } catch (cause) {
    await fail(office, job, cause);
  }
  return true;
}

async function report(
  office: Office,
  job: JobRow,
  done: number,
  total: number,
  message: string,
): Promise<void> {
  const current = await findJob(office.read, job.contract_id, job.id);
  if (current?.state === "stopped") throw new AppError("REFUSED", "この処理は止められました。");
  await office.keep((tx) => updateJob(tx, job.id, { done, total, message, lease_until: lease(office) }));
}

async function fail(office: Office, job: JobRow, cause: unknown): Promise<void> {
  const current = await findJob(office.read, job.contract_id, job.id);
  if (current?.state === "stopped") return;
  const told = cause instanceof AppError;
  const again = !told && job.attempts < ATTEMPTS;
  const message = told ? cause.message : FAILED;
  await office.keep((tx) =>
    updateJob(tx, job.id, {
      state: again ? "waiting" : "failed",
      message,
      lease_until: null,
      finished_at: again ? null : now(office),
      run_after: instantFromMs(office.clock.systemMs() + 2000 * job.attempts),
    }),
  );
}

function now(office: Office): string {
  return instantFromMs(office.clock.systemMs());
}

function lease(office: Office): string {
  return instantFromMs(office.clock.systemMs() + LEASE_MS);
}
