import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { insertJob } from "../platform/job-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { refuseSpecificationRole } from "./specification-right.ts";
import { insertSpecification } from "./specification-store.ts";

/** 読み込める仕様書の大きさ（バイト）。 */
export const specificationLimit = 32 * 1024 * 1024;
/** 読み取りの仕事の名。 */
export const READING = "specification.read";

const NOTHING = "仕様書のファイルを選ぶか、文を貼り付けてください。";

/**
 * 業務仕様書を読み込み、読み取りの仕事を始める。ファイルは封じて残し、名は題だけに使う。
 * @throws AppError BAD_INPUT（空）、TOO_LARGE、FORBIDDEN
 */
export async function startReading(
  office: Office,
  actor: Actor,
  given: { title: string; bytes: Uint8Array },
): Promise<{ id: string; number: number; job: string }> {
  refuseSpecificationRole("write", actor.roles);
  if (given.bytes.length === 0)
    throw new AppError("BAD_INPUT", NOTHING, { faults: [{ field: "file", message: NOTHING }] });
  if (given.bytes.length > specificationLimit)
    throw new AppError("TOO_LARGE", "仕様書のファイルが 32 MB を超えています。分けてお試しください。");
  const [key, fileKey] = await Promise.all([
    office.keys.fresh(actor.contract),
    office.keys.fresh(actor.contract),
  ]);
  const job = `specification-read-${key.id}`;
  const title = [...given.title.replace(/\p{Cc}/gu, " ").trim()].slice(0, 80).join("") || "業務仕様書";
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, "specification");
    await keepFile(tx, fileKey, {
      kind: "specification",
      fileName: `shiyousho-${number}`,
      media: "application/octet-stream",
      bytes: given.bytes,
    });
    await insertSpecification(tx, key, {
      ...{ id: key.id, contract_id: tx.contract, number, title, state: "reading", file_id: fileKey.id },
      ...{ job_id: job, content: null, blueprint_id: null, open_count: 0, all_count: 0, edition: 1 },
      ...{ made_by: tx.actor.id, made_at: tx.now, confirmed_by: null, confirmed_at: null },
    });
    await insertJob(tx, {
      ...{ id: job, contract_id: tx.contract, kind: READING, owner: actor.id },
      ...{ input: JSON.stringify({ specification: key.id }), state: "waiting", done: 0, total: 3 },
      ...{ message: "読み取りの順番を待っています", result: null, run_after: tx.systemNow },
      ...{ lease_until: null, attempts: 0, created_at: tx.systemNow, finished_at: null },
    });
    await tx.record({
      kind: "specification.uploaded",
      about: `specification/specification/${key.id}`,
      payload: { number, size: given.bytes.length },
    });
    return { id: key.id, number, job };
  });
}
