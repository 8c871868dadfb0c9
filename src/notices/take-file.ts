import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type KeptFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { BatchFile } from "./batch-file.ts";
import { openBatch } from "./open-batch.ts";

/** 印刷したファイルを何のために取り出すか。記録に残す。 */
export const takePurposes = {
  print: "印刷する",
  check: "仕上がりを確かめる",
  client: "委託者に渡す（パスワード付きの写し）",
} as const;
export type TakePurpose = keyof typeof takePurposes;

/** 印刷したファイルを取り出す。だれが、何のために取り出したかを記録してから渡す。 */
export async function takeFile(
  office: Office,
  actor: Actor,
  batchId: string,
  fileId: string,
  purpose: TakePurpose,
): Promise<KeptFile> {
  const { batch } = await openBatch(office, actor, batchId);
  const files = JSON.parse(batch.files) as BatchFile[];
  if (!files.some((one) => one.id === fileId))
    throw new AppError("NOT_FOUND", "そのファイルはこの束にありません。束を開き直してください。");
  const file = await openFile(office, actor.contract, fileId);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "batch.taken",
      about: batchId,
      payload: { batch: batch.number, file: fileId, purpose, sha256: file.sha256 },
    }),
  );
  return file;
}
