import type { Read } from "./database.ts";
import { listKind } from "./event-store.ts";

/** 記録にある、壊した鍵の id の全部（契約を問わない）。控えを戻した後、鍵の保管庫に残っていれば壊し直す。 */
export async function listTombstones(read: Read): Promise<string[]> {
  const ids = new Set<string>();
  for (const event of await listKind(read, "keys.destroyed")) {
    const { keys } = event.payload;
    if (Array.isArray(keys)) for (const id of keys) if (typeof id === "string") ids.add(id);
  }
  return [...ids];
}
