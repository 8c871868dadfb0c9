import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import { addMonths } from "../japan/day.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import {
  type EnvironmentName,
  type EnvironmentValues,
  environmentNames,
  pagesOf,
  type SavedPaper,
} from "./environment.ts";
import { listEnvironmentRows } from "./environment-store.ts";

export interface EnvironmentMonth {
  month: string;
  values: EnvironmentValues;
  saved: SavedPaper;
}

export interface Environment {
  /** 契約の初めの月から今月まで（契約の終わりの月まで）。 */
  months: EnvironmentMonth[];
  totals: EnvironmentValues;
  saved: SavedPaper;
}

const nothing: SavedPaper = { lists: 0, filings: 0, cards: 0, duplex: 0 };

/** 月ごとの環境の数と、記録から数えた紙の節約。 */
export async function listEnvironment(office: Office, actor: Pick<Actor, "contract">): Promise<Environment> {
  const { contract } = actor;
  const { blueprint } = await openContract(office, contract);
  const today = dayOf(office.clock.officeNow(contract));
  const [rows, events] = await Promise.all([
    listEnvironmentRows(office.read, contract),
    listEvents(office.read, {
      contract,
      kinds: ["list.made", "filing.submitted", "notice.phoned"],
      limit: 100_000,
    }),
  ]);
  const { from, to } = blueprint.performance;
  const [last = to] = [today, to].sort();
  const named = rows.map((row) => row.month);
  const months = [...new Set([...monthsBetween(from, last), ...named])].sort();
  const byMonth = Map.groupBy(events, ({ at }) => dayOf(at).slice(0, 7));
  const listed = months.map((month): EnvironmentMonth => {
    const values: EnvironmentValues = Object.fromEntries(
      rows.filter((row) => row.month === month).map((row) => [row.item, row.value]),
    );
    return { month, values, saved: savedOf(byMonth.get(month) ?? [], values.duplex ?? 0) };
  });
  return { months: listed, totals: sumValues(listed), saved: sumSaved(listed) };
}

function monthsBetween(from: Day, to: Day): string[] {
  const months: string[] = [];
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = addMonths(day, 1)) months.push(day.slice(0, 7));
  return months;
}

function savedOf(
  events: readonly { kind: string; payload: { [key: string]: unknown } }[],
  duplex: number,
): SavedPaper {
  const of = (kind: string) => events.filter((event) => event.kind === kind);
  const electronic = of("list.made").filter(({ payload }) => payload.form !== "print");
  return {
    lists: electronic.reduce(
      (sum, { payload }) => sum + pagesOf(typeof payload.rows === "number" ? payload.rows : 0),
      0,
    ),
    ...{ filings: of("filing.submitted").length, cards: of("notice.phoned").length, duplex },
  };
}

function sumValues(months: readonly EnvironmentMonth[]): EnvironmentValues {
  const totals: EnvironmentValues = {};
  for (const name of environmentNames) {
    const written = months.flatMap(({ values }) => values[name] ?? []);
    if (written.length > 0) totals[name as EnvironmentName] = written.reduce((sum, one) => sum + one, 0);
  }
  return totals;
}

function sumSaved(months: readonly EnvironmentMonth[]): SavedPaper {
  return months.reduce(
    (sum, { saved }) => ({
      ...{ lists: sum.lists + saved.lists, filings: sum.filings + saved.filings },
      ...{ cards: sum.cards + saved.cards, duplex: sum.duplex + saved.duplex },
    }),
    nothing,
  );
}
