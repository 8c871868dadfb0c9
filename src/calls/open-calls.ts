import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { type CallRow, openCallRow, type StoredCall } from "./call-store.ts";

/** 番号の封を開く。鍵が消えていれば「（消去済み）」。 */
export async function openCalls(
  office: Office,
  contract: string,
  rows: readonly CallRow[],
): Promise<StoredCall[]> {
  const ids = [...new Set(rows.flatMap(({ key_id }) => (key_id === null ? [] : [key_id])))];
  const keys: Map<string, SubjectKey> = ids.length === 0 ? new Map() : await office.keys.get(contract, ids);
  return rows.map((row) => openCallRow(row.key_id === null ? undefined : keys.get(row.key_id), row));
}
