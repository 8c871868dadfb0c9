import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { listVersionRows, type OpenVersion, openVersionRow } from "./deliverable-store.ts";

/** いちばん新しい版と、その鍵。なければ（消去済みなら）undefined。 */
export async function currentVersion(
  office: Office,
  contract: string,
  deliverable: string,
): Promise<{ row: OpenVersion; key: SubjectKey } | undefined> {
  const [newest] = await listVersionRows(office.read, contract, deliverable);
  const key = newest && (await office.keys.get(contract, [newest.id])).get(newest.id);
  return newest && key && { row: openVersionRow(key, newest), key };
}
