import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { answered, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";

/**
 * 予約の最中に、PostgreSQL の側のプロセス（バックエンド）を kill -9 することを times 回くり返す。
 * サーバーは全部の接続を切って立て直す。まどぐちは丁寧に断りながら待ち、立て直ればまた受け、答えた予約は失わない。
 * 同じ機械の、ほかの人が使っていないサーバーにだけ使う。
 */
export async function killBackends(
  desk: TestDesk,
  times: number,
): Promise<{ acknowledged: number; refused: number; faults: string[] }> {
  const known = nothingKnown();
  const faults: string[] = [];
  await desk.office.close();
  const booker = startBooker(desk, known, { from: 100_000, callers: 8 });
  await booker.ready;
  booker.go();
  for (let i = 0; i < times; i += 1) {
    await answered(known, known.booked.size + 10, booker);
    process.kill(await busyBackend(desk), "SIGKILL");
    const before = known.booked.size;
    await sleep(50);
    await answered(known, before + 10, booker);
    if (known.booked.size < before + 10) faults.push("立て直った後、予約を受けられない");
  }
  booker.kill();
  const ended = await booker.ended;
  if (ended !== "SIGKILL") faults.push(`途中で終わってしまった（${ended}）`);
  faults.push(...(await checkAgain(desk, known)).faults);
  await desk.reopen();
  return { acknowledged: known.booked.size, refused: booker.refused.length, faults };
}

/** いま取引をしているバックエンドの pid。 */
async function busyBackend(desk: TestDesk): Promise<number> {
  const client = new pg.Client({ connectionString: desk.place.url ?? "" });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid() LIMIT 1",
      );
      if (rows[0]) return rows[0].pid;
    }
  } finally {
    await client.end();
  }
}
