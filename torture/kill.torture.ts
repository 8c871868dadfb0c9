import { killBackends } from "../src/testing/kill-backend.ts";
import { type KillTally, killLoop, openCrashDesk } from "../src/testing/kill-loop.ts";
import { killOneOf } from "../src/testing/kill-neighbour.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "予約の最中に kill -9";

const ROUNDS = 20;
const KILLS = 10;

export async function run(): Promise<TortureRow[]> {
  const rows = [
    await manyKills("sqlite", ROUNDS),
    await neighbours("sqlite", 2, 10),
    await neighbours("sqlite", 3, 10),
  ];
  if (!process.env.MADOGUCHI_TEST_POSTGRES) return [...rows, without("PostgreSQL", "PostgreSQL がない機械")];
  rows.push(
    await manyKills("postgres", 2),
    await neighbours("postgres", 2, 3),
    await neighbours("postgres", 3, 3),
  );
  // ほかの人も使うサーバーのプロセスは殺さない。
  const own = process.env.MADOGUCHI_OWN_POSTGRES === "1" && process.platform !== "win32";
  return [...rows, own ? await backends(5) : without("PostgreSQL の側を殺す", "借りているサーバー")];
}

/** 事務所を作り直しながら、十回ずつ殺す。 */
async function manyKills(engine: "sqlite" | "postgres", rounds: number): Promise<TortureRow> {
  const total: KillTally = { kills: 0, acknowledged: 0, bookings: 0, events: 0, faults: [] };
  for (let round = 0; round < rounds; round += 1) {
    const desk = await openCrashDesk(engine);
    const told = await killLoop(desk, { kills: KILLS, answers: 150 });
    await desk.close();
    for (const key of ["kills", "acknowledged", "bookings", "events"] as const) total[key] += told[key];
    total.faults.push(...told.faults);
  }
  const { acknowledged, bookings, events, faults } = total;
  const what = `${engine}: 8人が予約し続けるプロセスを殺し、開き直す`;
  const result = `答えた予約 ${acknowledged}、残った予約 ${bookings}、記録 ${events}`;
  return rowOf(what, total.kills, result, faults, acknowledged > 0);
}

/** 同じ所を開く幾つかのプロセスの、一つだけを殺す。 */
async function neighbours(
  engine: "sqlite" | "postgres",
  processes: 2 | 3,
  times: number,
): Promise<TortureRow> {
  let acknowledged = 0;
  const faults: string[] = [];
  for (let i = 0; i < times; i += 1) {
    const desk = await openCrashDesk(engine);
    const told = await killOneOf(desk, processes);
    await desk.close();
    acknowledged += told.acknowledged;
    faults.push(...told.faults);
  }
  const what = `${engine}: ${processes === 2 ? "二つ" : "三つ"}のプロセスの一つを殺し、残った方は続ける`;
  return rowOf(what, times, `答えた予約 ${acknowledged}`, faults, acknowledged > 0);
}

/** PostgreSQL の側のプロセスを殺す。 */
async function backends(times: number): Promise<TortureRow> {
  const desk = await openCrashDesk("postgres");
  const { acknowledged, refused, faults } = await killBackends(desk, times);
  await desk.close();
  const what = "postgres: 取引中のバックエンドを殺し、サーバーが立て直す間も待つ";
  return rowOf(what, times, `答えた予約 ${acknowledged}、丁寧に断った ${refused}`, faults, acknowledged > 0);
}
