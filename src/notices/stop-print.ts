import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { stopJob } from "../platform/job-store.ts";
import type { Office } from "../platform/office.ts";
import { openBatch } from "./open-batch.ts";

/** 印刷の途中で止める。束は印刷を始める前の続きから、もう一度印刷できる。もう終わっていれば REFUSED。 */
export async function stopPrint(office: Office, actor: Actor, id: string): Promise<void> {
  const { batch } = await openBatch(office, actor, id);
  const { job_id: job } = batch;
  if (batch.state !== "printing" || job === null)
    throw new AppError("REFUSED", "この束は印刷していません。画面を開き直して、いまの状態をご確認ください。");
  await office.act(actor, async (tx) => {
    if (!(await stopJob(tx, tx.contract, job, tx.systemNow))) return tx.nothingHappened();
    await tx.record({ kind: "batch.print-stopped", about: id, payload: { batch: batch.number } });
  });
}
