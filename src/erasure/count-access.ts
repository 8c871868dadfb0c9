import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import { AppError } from "../base/error.ts";
import type { RecordedEvent } from "../base/event.ts";
import type { Instant } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";

/** 件数を数える範囲。 */
export interface AccessWindow {
  from: Instant;
  to: Instant;
  /** 操作した人（従業者の id）。省けば全員。 */
  actor?: string | undefined;
}

export interface AccessCount {
  /** 関わった方の数（同じ方は一人）。一人ずつの印のない書き出しは、書き出した人数を足す。 */
  people: number;
  /** 表示と書き出しの数。 */
  acts: number;
  rows: { id: string; at: Instant; kind: string; who: string; people: number }[];
}

/** 個人情報が人の目やファイルに出た記録。 */
const accessKinds = [
  "person.revealed",
  "list.made",
  "batch.printed",
  "batch.taken",
  "file.protected",
  "file.delivered",
] as const;
const LIMIT = 200_000;
const SHOWN = 500;

/** 記録から、関わる件数を数える。氏名は開かない。 */
export async function countAccess(
  office: Office,
  contract: string,
  window: AccessWindow,
): Promise<AccessCount> {
  if (!(window.from < window.to))
    throw new AppError("BAD_INPUT", "数える範囲の終わりが、始まりより前です。", {
      faults: [{ field: "toDay", message: "始まりより後の日時を入れてください。" }],
    });
  const [events, names] = await Promise.all([
    listEvents(office.read, {
      ...{ contract, kinds: accessKinds, from: window.from, to: window.to, limit: LIMIT },
      ...(window.actor === undefined ? {} : { actor: window.actor }),
    }),
    nameHandlers(office, contract),
  ]);
  const seen = new Set(events.flatMap((event) => personIn(event) ?? []));
  const bulk = events
    .filter((event) => personIn(event) === undefined && event.payload.each !== true)
    .map(peopleIn);
  return {
    // 書き出しの人数は、重なりが分からないので、いちばん大きい一つと、一人ずつ見た人を合わせる（少なく言わない）。
    people: seen.size + Math.max(0, ...bulk),
    acts: events.length,
    rows: events.slice(0, SHOWN).map((event) => rowOf(event, names)),
  };
}

/** 一人ずつの表示なら、その人の印。仮名のない方（意見書の差出人など）は、何についての表示かで一人と数える。 */
function personIn({ kind, subject, about }: RecordedEvent): string | undefined {
  return subject ?? (kind === "person.revealed" ? (about ?? undefined) : undefined);
}

function peopleIn({ payload }: RecordedEvent): number {
  for (const name of ["people", "rows", "count", "cards", "total"]) {
    const value = payload[name];
    if (typeof value === "number" && value >= 0) return value;
  }
  return 0;
}

function rowOf(event: RecordedEvent, names: ReadonlyMap<string, HandlerName>): AccessCount["rows"][number] {
  return {
    ...{ id: event.id, at: event.at, kind: event.kind },
    who: names.get(event.actor)?.number ?? "－",
    people: personIn(event) === undefined ? peopleIn(event) : 1,
  };
}
