import { dayOf } from "../base/time.ts";
import { fiscalYearOf } from "../japan/wareki.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Tx } from "../platform/office.ts";
import type { FilingKind } from "./filing.ts";
import { documentNumber, findForm, seriesOf } from "./filing-form.ts";

/** 文書番号を一つ取る（契約・年度・系列ごとの通し、欠番なし）。 */
export async function takeDocument(tx: Tx, kind: FilingKind, form: string | null): Promise<string> {
  const series = seriesOf(kind, findForm(form));
  const year = fiscalYearOf(dayOf(tx.now));
  return documentNumber(series, year, await takeNumber(tx, tx.contract, `filing:${series}:${year}`));
}
