import type { Read } from "../platform/database.ts";
import { type FilingKind, type FilingState, kindInfo } from "./filing.ts";
import { findForm } from "./filing-form.ts";
import { findFiling } from "./filing-store.ts";

/** いまの種類・状態・版（本文を開かない）。行為の中でも読める。 */
export interface FilingNow {
  kind: FilingKind;
  state: FilingState;
  version: number;
  madeBy: string;
  submittedBy: string | null;
  /** 「第3号 クレーム日次報告書」。 */
  name: string;
}

export async function readFilingNow(
  read: Read,
  contract: string,
  id: string,
): Promise<FilingNow | undefined> {
  const row = await findFiling(read, contract, id);
  if (!row) return undefined;
  const { kind, state, version, made_by: madeBy, submitted_by: submittedBy } = row;
  const name = `第${row.number}号 ${findForm(row.form)?.title ?? kindInfo(kind).paper}`;
  return { kind, state, version, madeBy, submittedBy, name };
}
