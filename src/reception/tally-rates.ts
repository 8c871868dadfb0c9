import type { Actor } from "../base/actor.ts";
import { type Day, instantOf } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import type { Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { type ClassBoard, openClassBoard } from "./class-view.ts";
import { byDay, type Fill, fillOf, type Guiding, guidingOf, rateKinds } from "./rate.ts";

export interface RateReport {
  terms: readonly Term[];
  term: Term;
  fill: Fill;
  guiding: Guiding;
  /** 期ごとの埋まり方（ほかの期と見比べる）。 */
  byTerm: (Fill & { id: string; label: string })[];
  /** 受講日ごと。 */
  byClassDay: (Fill & { day: Day })[];
  /** 受付の日ごと。 */
  byDeskDay: (Guiding & { day: Day })[];
  /** 会場ごと。 */
  byVenue: (Fill & { venue: string })[];
}

/** 予約率（６(2)ア）。席は講習会の表から、案内と待機は行為の記録から数える。氏名は読まない。 */
export async function tallyRates(
  office: Office,
  actor: Pick<Actor, "contract">,
  wanted?: string,
): Promise<RateReport> {
  const { blueprint } = await openContract(office, actor.contract);
  const board = await openClassBoard(office, actor, wanted);
  const { term } = board;
  const others = await Promise.all(blueprint.terms.map((one) => openClassBoard(office, actor, one.id)));
  const open = counted(board);
  const before = blueprint.terms.filter((one) => one.deskFrom < term.deskFrom).at(-1);
  const events = await listEvents(office.read, {
    contract: actor.contract,
    kinds: rateKinds,
    from: instantOf(before ? addDays(before.deskTo, 1) : "2000-01-01", "00:00"),
    to: instantOf(addDays(nextStart(blueprint.terms, term), 1), "00:00"),
    limit: 100_000,
  });
  const days = [...byDay(events)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: board.terms,
    term,
    fill: fillOf(open),
    guiding: guidingOf(events),
    byTerm: others.map((one) => ({ id: one.term.id, label: one.term.label, ...fillOf(counted(one)) })),
    byClassDay: [...Map.groupBy(open, (line) => line.day)].map(([day, lines]) => ({ day, ...fillOf(lines) })),
    byDeskDay: days.map(([day, own]) => ({ day, ...guidingOf(own) })),
    byVenue: [...Map.groupBy(open, (line) => line.venue)].map(([venue, lines]) => ({
      venue,
      ...fillOf(lines),
    })),
  };
}

/** 中止になった回は、席に数えない。 */
function counted(board: ClassBoard) {
  return board.lines.filter((line) => line.state === "open");
}

/** その期の終わり（次の期の受付が始まる前の日まで）。 */
function nextStart(terms: readonly Term[], term: Term): Day {
  const next = terms.find((one) => one.deskFrom > term.deskFrom);
  return next ? addDays(next.deskFrom, -1) : term.classesTo;
}

/** 行としての書き出し（CSV、UTF-8、先頭に BOM）。個人の欄はない。 */
export function rateCsv(report: RateReport): string {
  const rows: (string | number)[][] = [
    ["区分", "日・会場", "回", "定員", "予約", "満席の回", "予約率（％）"],
    ...report.byTerm.map((one) => ["期", one.label, ...fillCells(one)]),
    ...report.byClassDay.map((one) => ["受講日", one.day, ...fillCells(one)]),
    ...report.byVenue.map((one) => ["会場", one.venue, ...fillCells(one)]),
    [],
    ["区分", "日", "予約を受けた", "取消", "ほかを案内", "案内が実った", "待機に入れた", "待機から予約"],
    ["期", report.term.label, ...guidingCells(report.guiding)],
    ...report.byDeskDay.map((one) => ["受付日", one.day, ...guidingCells(one)]),
  ];
  const cell = (value: string | number) => {
    const text = String(value);
    const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function fillCells(fill: Fill): (string | number)[] {
  const rate = fill.capacity === 0 ? "" : Math.round((fill.booked / fill.capacity) * 1000) / 10;
  return [fill.classes, fill.capacity, fill.booked, fill.full, rate];
}

function guidingCells({ taken, cancelled, asked, guided, waits, converted }: Guiding): number[] {
  return [taken, cancelled, asked, guided, waits, converted];
}
