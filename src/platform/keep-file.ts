import { createHash } from "node:crypto";
import { AppError } from "../base/error.ts";
import { openBytes, sealBytes } from "../sealing/seal.ts";
import { findBlob, insertBlob } from "./blob-store.ts";
import type { SubjectKey } from "./key.ts";
import type { Office, Tx } from "./office.ts";

export interface KeptFile {
  id: string;
  /** 何のファイルか（残したときの kind）。 */
  kind: string;
  fileName: string;
  media: string;
  sha256: string;
  bytes: Uint8Array;
}

/** ファイルを文書の鍵で封じて残す。key は office.keys.fresh で得たもので、id がそのままファイルの id になる。 */
export async function keepFile(
  tx: Tx,
  key: SubjectKey,
  file: { kind: string; fileName: string; media: string; bytes: Uint8Array },
): Promise<{ id: string; sha256: string }> {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  await insertBlob(tx, {
    id: key.id,
    contract_id: tx.contract,
    key_id: key.id,
    kind: file.kind,
    media: file.media,
    file_name: file.fileName,
    size: file.bytes.length,
    sha256,
    content: Buffer.from(sealBytes(key.key, `blob|${key.id}|content`, file.bytes)),
    created_at: tx.now,
    created_by: tx.actor.id,
  });
  return { id: key.id, sha256 };
}

/** 残したファイルを開く。なければ、または消去済みなら NOT_FOUND。 */
export async function openFile(office: Office, contract: string, id: string): Promise<KeptFile> {
  const row = await findBlob(office.read, contract, id);
  const key = row && (await office.keys.get(contract, [row.key_id])).get(row.key_id);
  if (!row || !key)
    throw new AppError("NOT_FOUND", "そのファイルはありません。消去されたか、番号が違います。");
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    media: row.media,
    sha256: row.sha256,
    bytes: openBytes(key.key, `blob|${row.id}|content`, row.content),
  };
}
