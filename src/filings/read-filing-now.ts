import type { Read } from "../platform/database.ts";
import type { FilingKind, FilingState } from "./filing.ts";
import { findFiling } from "./filing-store.ts";

/** いまの種類・状態・版（本文を開かない）。行為の中でも読める。 */
export interface FilingNow {
  kind: FilingKind;
  state: FilingState;
  version: number;
  madeBy: string;
  submittedBy: string | null;
}

export async function readFilingNow(
  read: Read,
  contract: string,
  id: string,
): Promise<FilingNow | undefined> {
  const row = await findFiling(read, contract, id);
  if (!row) return undefined;
  const { kind, state, version, made_by: madeBy, submitted_by: submittedBy } = row;
  return { kind, state, version, madeBy, submittedBy };
}
