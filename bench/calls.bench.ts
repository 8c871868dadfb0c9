import { countCalls, insertCall } from "../src/calls/call-store.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { type BenchRow, median } from "./bench-row.ts";

export const name = "一年分の電話を日と半時間で数える";

const CALLS = 500_000;
const BATCH = 10_000;

/** 一年の電話 50 万件を、日・半時間・終わり方で数える。手本は、同じ表を裸で数えるだけの一文。 */
export async function run(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite" });
  try {
    await fill(desk);
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      ours.push(await timed(() => countCalls(desk.office.read, desk.contract, "2025-01-01", "2025-12-31")));
      peer.push(
        await timed(() =>
          desk.office.read.q
            .selectFrom("call")
            .select((eb) => eb.fn.countAll<number>().as("n"))
            .where("direction", "=", "in")
            .execute(),
        ),
      );
    }
    const [own, bare] = [median(ours), median(peer)];
    return [
      {
        what: `電話 ${CALLS} 件を日と半時間で数える`,
        ...{ ours: Math.round(own), peer: Math.round(bare), ratio: own / bare, unit: "ミリ秒" },
        note: "1 秒までの約束。手本は、同じ表の件数だけ",
      },
    ];
  } finally {
    await desk.close();
  }
}

async function fill(desk: TestDesk): Promise<void> {
  for (let from = 0; from < CALLS; from += BATCH)
    await desk.office.keep(async (tx) => {
      for (let n = from; n < from + BATCH; n += 1) await insertCall(tx, rowOf(n, desk.contract));
    });
}

function rowOf(n: number, contract: string): Parameters<typeof insertCall>[1] {
  const day = new Date(Date.UTC(2025, 0, 1 + (n % 365))).toISOString().slice(0, 10);
  const half = n % 14;
  const slot = `${String(9 + (half >> 1)).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
  const at = `${day}T01:00:00.000Z`;
  return {
    ...{ id: `call-${n}`, contract_id: contract, source: "pbx", direction: "in", day, slot },
    ...{ arrived_at: at, answered_at: at, ended_at: at, state: n % 9 === 0 ? "abandoned" : "answered" },
    ...{ why: "", queue: "koza", desk: String(1 + (n % 8)), waited: n % 90, talked: n % 400 },
    ...{ caller: null, caller_hmac: null, key_id: null, task_id: null, edition: 1 },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
