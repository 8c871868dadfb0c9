import type { Day, Instant } from "../base/time.ts";
import { dayOf } from "../base/time.ts";
import { VIEW_LIMIT, VIEW_MINUTES } from "../tasks/view.ts";

/** 一度の表示。person は方の仮名（まだ方のない下書きは、下書きの id）。 */
export interface View {
  /** 記録の id。 */
  id: string;
  at: Instant;
  actor: string;
  person: string;
}

/** 大量の閲覧の知らせ一つ。id は、目安を超えた表示の記録の id。 */
export interface MassView {
  id: string;
  actor: string;
  from: Instant;
  to: Instant;
  /** 続いている間に表示した方の数（同じ方は一人）。 */
  people: number;
}

/** 終わりの時刻からさかのぼる、見張る幅の始まり。 */
function windowStart(at: Instant): number {
  return Date.parse(at) - VIEW_MINUTES * 60_000;
}

/**
 * 従業者ごとに、10分の幅の中の方の数が目安を超えている間を一つの知らせにする。
 * 目安以下に戻れば終わる。並びは新しい順。
 */
export function massViews(views: readonly View[]): MassView[] {
  const sorted = views.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
  return [...Map.groupBy(sorted, (one) => one.actor).values()]
    .flatMap(spansOf)
    .sort((a, b) => (a.from < b.from ? 1 : -1));
}

function spansOf(views: readonly View[]): MassView[] {
  const inside = new Map<string, number>();
  const spans: { alert: MassView; seen: Set<string> }[] = [];
  let open: (typeof spans)[number] | undefined;
  let start = 0;
  for (const view of views) {
    for (let first = views[start]; first && Date.parse(first.at) <= windowStart(view.at); ) {
      const left = (inside.get(first.person) ?? 1) - 1;
      if (left === 0) inside.delete(first.person);
      else inside.set(first.person, left);
      start += 1;
      first = views[start];
    }
    inside.set(view.person, (inside.get(view.person) ?? 0) + 1);
    if (inside.size <= VIEW_LIMIT) {
      open = undefined;
      continue;
    }
    if (!open) {
      const from = views[start]?.at ?? view.at;
      const alert = { id: view.id, actor: view.actor, from, to: view.at, people: 0 };
      open = { alert, seen: new Set(inside.keys()) };
      spans.push(open);
    }
    open.seen.add(view.person);
    open.alert.to = view.at;
  }
  return spans.map(({ alert, seen }) => ({ ...alert, people: seen.size }));
}

/** 従業者の、一日の表示。 */
export interface DayViews {
  day: Day;
  actor: string;
  people: number;
  views: number;
}

/** 日ごと・従業者ごとの数。新しい日から、方の多い順。 */
export function viewsPerDay(views: readonly View[]): DayViews[] {
  const groups = Map.groupBy(views, (one) => `${dayOf(one.at)} ${one.actor}`);
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const people = new Set(own.map((one) => one.person)).size;
      return [{ day: dayOf(first.at), actor: first.actor, people, views: own.length }];
    })
    .sort((a, b) => (a.day === b.day ? b.people - a.people : a.day < b.day ? 1 : -1));
}
