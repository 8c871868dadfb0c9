import type { CdrBook, CdrFacts } from "./cdr-facts.ts";
import { arrivalOf, type QueueBook } from "./queue-facts.ts";
import { idSeconds } from "./queue-line.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** CDR の時刻が何の時刻か。 */
export interface CdrClock {
  file: string;
  columns: string;
  /** local=その地域、gmt=グリニッジ、id=どちらでもなく番号の時刻を使った、unknown=比べるものがない。 */
  clock: "local" | "gmt" | "id" | "unknown";
}

/** これより近ければ合うとする（秒）。 */
const NEAR_SECONDS = 120;

/** ファイルごとに、書かれた時刻を queue_log（と番号の時刻）に比べて、地域の時刻かグリニッジ時刻かを決める。 */
export function cdrClock(
  cdr: CdrBook,
  queue: QueueBook,
  clock: ZoneClock,
): { files: CdrClock[]; secondsOf: (row: CdrFacts) => number } {
  const arrivals = arrivalsOf(queue, cdr);
  const votes = cdr.files.map(() => ({ local: 0, gmt: 0, ids: 0 }));
  for (const row of cdr.calls.values()) {
    const vote = votes[row.file];
    if (!vote) continue;
    const known = queue.calls.get(row.id);
    const born = known ? arrivalOf(known) : idSeconds(row.id);
    if (born !== undefined) vote.ids += 1;
    const targets = born === undefined ? (arrivals.get(row.caller ?? "") ?? []) : [born];
    const near = (at: number) => targets.some((one) => Math.abs(one - at) <= NEAR_SECONDS);
    if (near(clock.secondsOf(row.start))) vote.local += 1;
    if (near(row.start)) vote.gmt += 1;
  }
  const files = cdr.files.map((file, at): CdrClock => {
    const { local, gmt, ids } = votes[at] ?? { local: 0, gmt: 0, ids: 0 };
    const kind = local === 0 && gmt === 0 ? (ids > 0 ? "id" : "unknown") : gmt > local ? "gmt" : "local";
    return { file: file.name, columns: file.columns, clock: kind };
  });
  return {
    files,
    secondsOf: (row) => {
      const born = idSeconds(row.id);
      if (born !== undefined) return born;
      return files[row.file]?.clock === "gmt" ? row.start : clock.secondsOf(row.start);
    },
  };
}

/** CDR の番号ごとの、queue_log での着いた時。CDR にない番号は集めない。 */
function arrivalsOf(queue: QueueBook, cdr: CdrBook): Map<string, number[]> {
  const arrivals = new Map<string, number[]>();
  for (const { caller } of cdr.calls.values()) if (caller !== undefined) arrivals.set(caller, []);
  if (arrivals.size === 0) return arrivals;
  for (const call of queue.calls.values()) arrivals.get(call.caller ?? "")?.push(arrivalOf(call));
  return arrivals;
}
