import { openCrashDesk } from "../src/testing/kill-loop.ts";
import { restoreUnderLoad } from "../src/testing/restore-load.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "受けている最中に控えて戻す";

export async function run(): Promise<TortureRow[]> {
  const rows = [await restores("sqlite", 10)];
  if (!process.env.MADOGUCHI_TEST_POSTGRES) return [...rows, without("PostgreSQL", "PostgreSQL がない機械")];
  return [...rows, await restores("postgres", 5)];
}

async function restores(engine: "sqlite" | "postgres", times: number): Promise<TortureRow> {
  const desk = await openCrashDesk(engine);
  const told = await restoreUnderLoad(desk, times);
  await desk.close();
  const what = `${engine}: 8人が予約し続ける間に控え、別の所へ戻し、戻した所でも受ける`;
  const result = `答えた予約 ${told.acknowledged}、戻した所で確かめた予約のべ ${told.bookings}`;
  return rowOf(what, told.restores, result, told.faults, told.bookings > 0);
}
