import { countCalls, insertCall } from "../src/calls/call-store.ts";
import { readCallFiles } from "../src/telephony/read-calls-file.ts";
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
      await readLog(),
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

/** 一日三千件、九十日の queue_log（85 MB ほど）を読んで数える。手本は、行に分けるだけ。 */
async function readLog(): Promise<BenchRow> {
  const bytes = queueLog();
  const own = await timed(async () => readCallFiles({ queueLogs: [{ name: "queue_log", bytes }], cdrs: [] }));
  const bare = await timed(async () => new TextDecoder().decode(bytes).split("\n").length);
  return {
    what: `queue_log ${Math.round(bytes.length / 1e6)} MB を読んで数える`,
    ...{ ours: Math.round(own), peer: Math.round(bare), ratio: own / bare, unit: "ミリ秒" },
    note: "6 秒までの約束。手本は、同じファイルを行に分けるだけ",
  };
}

function queueLog(): Uint8Array {
  const days = Array.from({ length: 90 }, (_, day) => {
    const lines: [number, string][] = [];
    for (let n = 0; n < 3000; n += 1) {
      const at = 1_700_000_000 + day * 86_400 + n * 9;
      const [id, from] = [
        `${at}.${day * 3000 + n}`,
        `0110${String((n * 7919) % 1_000_000).padStart(6, "0")}`,
      ];
      const say = (after: number, rest: string) =>
        lines.push([at + after, `${at + after}|${id}|koza|${rest}`]);
      say(0, `NONE|OFFERED|${from}`);
      say(2, `NONE|ENTERQUEUE||${from}|1|`);
      say(3, `PJSIP/op${n % 8}|RINGNOANSWER|5000`);
      if (n % 9 === 0) {
        say(60, "NONE|ABANDON|1|1|58");
        continue;
      }
      say(12, `PJSIP/op${n % 8}|CONNECT|10|${at + 2}.${n}|3`);
      say(200, `PJSIP/op${n % 8}|COMPLETECALLER|10|188|1`);
    }
    const sorted = lines.sort(([a], [b]) => a - b).map(([, line]) => line);
    return new TextEncoder().encode(`${sorted.join("\n")}\n`);
  });
  return Buffer.concat(days);
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
