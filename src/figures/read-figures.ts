import { nameHandlers } from "../access/name-handlers.ts";
import type { InquiryTotals } from "../answers/count-inquiry.ts";
import { type ListedComplaint, listComplaints } from "../answers/list-complaints.ts";
import { totalInquiries } from "../answers/list-inquiries.ts";
import { type Day, dayOf } from "../base/time.ts";
import { type CallFigures, callFigures } from "../calls/call-figures.ts";
import type { Office } from "../platform/office.ts";
import { type ActCounts, type Acts, countActs, noActs, sumActs } from "./count-acts.ts";

/** 項目 × 日の件数と、その電話で終わった割合（６(7)）。 */
interface ItemDays {
  label: string;
  total: number;
  byDay: readonly number[];
  /** その電話で終わった件数。 */
  first: number;
}

export interface PhoneFigures {
  from: Day;
  to: Day;
  calls: CallFigures;
  inquiries: InquiryTotals;
  /** items の byDay の並び。 */
  days: readonly Day[];
  items: readonly ItemDays[];
  acts: Acts;
  sum: ActCounts;
  byOperator: readonly ({ name: string } & ActCounts)[];
  complaints: readonly ListedComplaint[];
}

/** 期間の電話と応対の数の全部。氏名・内容は開かない（オペレーターの姓だけ）。 */
export async function readFigures(
  office: Office,
  contract: string,
  range: { from: Day; to: Day },
): Promise<PhoneFigures> {
  const { from, to } = range;
  const [calls, inquiries, acts, names, complaints] = await Promise.all([
    callFigures(office, contract, range),
    totalInquiries(office, contract, from, to),
    countActs(office, { contract }, range),
    nameHandlers(office, contract),
    listComplaints(office, { contract }),
  ]);
  const days = [
    ...new Set([
      ...calls.byDay.map(({ day }) => day),
      ...inquiries.byDay.map(({ day }) => day),
      ...acts.byDay.keys(),
    ]),
  ].sort();
  const daily = await Promise.all(days.map((day) => totalInquiries(office, contract, day, day)));
  const items = inquiries.byItem
    .filter(({ n }) => n > 0)
    .map(({ code, label, n, first }) => ({
      ...{ label, total: n, first },
      byDay: daily.map((one) => one.byItem.find((item) => item.code === code)?.n ?? 0),
    }));
  return {
    ...{ from, to, calls, inquiries, days, items, acts },
    sum: sumActs(acts.byDay.values()),
    byOperator: [...acts.byActor].map(([id, counts]) => ({
      name: names.get(id)?.short ?? "異動した人",
      ...counts,
    })),
    complaints: complaints
      .filter(({ receivedAt }) => dayOf(receivedAt) >= from && dayOf(receivedAt) <= to)
      .sort((a, b) => a.number - b.number),
  };
}

/** その日の数。 */
export function actsOn(acts: Acts, day: Day): ActCounts {
  return acts.byDay.get(day) ?? noActs();
}
