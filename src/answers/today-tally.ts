import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { totalInquiries } from "./list-inquiries.ts";
import { listItems } from "./list-items.ts";
import type { TallyKey } from "./tally-panel.tsx";

/** 件数の鍵と、その日の数。 */
export async function todayTally(
  office: Pick<Office, "read">,
  contract: string,
  today: Day,
): Promise<TallyKey[]> {
  const [items, totals] = await Promise.all([
    listItems(office, contract),
    totalInquiries(office, contract, today, today),
  ]);
  const counts = new Map(totals.byItem.map((one) => [one.code, one.n]));
  return items
    .filter((one) => one.shown)
    .map(({ code, label }) => ({ code, label, n: counts.get(code) ?? 0 }));
}
