import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";

/** 一本の電話から残るものの種類。 */
export const actNames = {
  bookings: "新規の予約",
  changes: "変更",
  cancellations: "取消",
  waits: "待機",
  inquiries: "問い合わせ",
  complaints: "苦情",
} as const;
export type ActName = keyof typeof actNames;

const ofKind: Readonly<Record<string, ActName>> = {
  "booking.taken": "bookings",
  "booking.changed": "changes",
  "booking.cancelled": "cancellations",
  "wait.opened": "waits",
  "inquiry.tallied": "inquiries",
  "inquiry.recorded": "inquiries",
  "inquiry.untallied": "inquiries",
  "complaint.recorded": "complaints",
};

export type ActCounts = Record<ActName, number>;
export const noActs = (): ActCounts => ({
  ...{ bookings: 0, changes: 0, cancellations: 0 },
  ...{ waits: 0, inquiries: 0, complaints: 0 },
});

export interface Acts {
  byDay: ReadonlyMap<Day, ActCounts>;
  /** 従業者の id → 数。 */
  byActor: ReadonlyMap<string, ActCounts>;
}

const MOST = 200_000;

/** 期間（両端の日を含む）の記録の数を、日と人で。取り消した件数は引く。 */
export async function countActs(
  office: Office,
  { contract }: Pick<Actor, "contract">,
  { from, to }: { from: Day; to: Day },
): Promise<Acts> {
  const events = await listEvents(office.read, {
    contract,
    kinds: Object.keys(ofKind),
    from: new Date(`${from}T00:00:00+09:00`).toISOString(),
    to: new Date(Date.parse(`${to}T00:00:00+09:00`) + 86_400_000).toISOString(),
    limit: MOST,
  });
  const byDay = new Map<Day, ActCounts>();
  const byActor = new Map<string, ActCounts>();
  for (const { kind, at, actor } of events) {
    const name = ofKind[kind];
    if (name === undefined) continue;
    const by = kind === "inquiry.untallied" ? -1 : 1;
    for (const [map, key] of [
      [byDay, dayOf(at)],
      [byActor, actor],
    ] as const) {
      const counts = map.get(key) ?? noActs();
      counts[name] += by;
      map.set(key, counts);
    }
  }
  return { byDay, byActor };
}

/** 数の和。 */
export function sumActs(counts: Iterable<ActCounts>): ActCounts {
  const sum = noActs();
  for (const one of counts) for (const name of Object.keys(actNames) as ActName[]) sum[name] += one[name];
  return sum;
}
