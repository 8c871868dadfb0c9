import { jumpClocks } from "../src/testing/clock-jump.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "時計が前後に飛ぶ";

export async function run(): Promise<TortureRow[]> {
  const rows = [await jumps("sqlite", 200)];
  if (!process.env.MADOGUCHI_TEST_POSTGRES) return [...rows, without("PostgreSQL", "PostgreSQL がない機械")];
  return [...rows, await jumps("postgres", 30)];
}

async function jumps(engine: "sqlite" | "postgres", count: number): Promise<TortureRow> {
  const told = await jumpClocks(engine, count);
  const what = `${engine}: 事務所とシステムの時計が、年をまたいで何時間も飛ぶ`;
  return rowOf(what, told.jumps, `予約 ${told.booked}、番号は予約した順のまま`, told.faults, told.booked > 0);
}
