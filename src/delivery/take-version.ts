import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type KeptFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { listVersionRows } from "./deliverable-store.ts";

/** 版のファイルを取り出す。委託者は、提出された版だけ。取り出したことを記録してから渡す。 */
export async function takeVersion(
  office: Office,
  actor: Actor,
  deliverable: string,
  version: number,
): Promise<KeptFile> {
  const rows = await listVersionRows(office.read, actor.contract, deliverable);
  const row = rows.find((one) => one.version === version);
  const onlyClient = actor.roles.every((role) => role === "client");
  if (!row || (onlyClient && row.submitted_at === null))
    throw new AppError("NOT_FOUND", "その版はありません。成果品の画面から選び直してください。");
  const file = await openFile(office, actor.contract, row.id);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "deliverable.opened",
      about: deliverable,
      payload: { version, sha256: file.sha256 },
    }),
  );
  return file;
}
