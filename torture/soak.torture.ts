import { slopeOf, soakDesk } from "../src/testing/soak-desk.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "三十日を続けて動かす";

const DAYS = 30;
const CALLS = 450;
/** はじめの幾日かは、コードと写しが温まるまでなので数えない。 */
const WARM = 5;
/** 一日に増えてよい記憶（バイト）。探す索引は一日 300 人ほど増えるので、ゼロにはならない。 */
const MOST_A_DAY = 1_000_000;

export async function run(): Promise<TortureRow[]> {
  const rows = [await soak("sqlite")];
  if (!process.env.MADOGUCHI_TEST_POSTGRES) return [...rows, without("PostgreSQL", "PostgreSQL がない機械")];
  return [...rows, await soak("postgres")];
}

async function soak(engine: "sqlite" | "postgres"): Promise<TortureRow> {
  const told = await soakDesk(DAYS, CALLS, engine);
  const faults = [...told.faults];
  const heap = slopeOf(
    told.days.map((day) => day.heap),
    WARM,
  );
  const rss = slopeOf(
    told.days.map((day) => day.rss),
    WARM,
  );
  const most = MOST_A_DAY / 1000;
  if (heap > MOST_A_DAY) faults.push(`使っている記憶が一日 ${Math.round(heap / 1000)} KB（${most} KB まで）`);
  if (rss > MOST_A_DAY * 2)
    faults.push(`プロセスの記憶が一日 ${Math.round(rss / 1000)} KB（${most * 2} KB まで）`);
  const at = (day: number) => Math.round((told.days.at(day)?.rss ?? 0) / 1_000_000);
  const result = [
    `要求 ${told.requests}、予約 ${told.bookings}`,
    `プロセスの記憶 ${WARM + 1}日目 ${at(WARM)} MB → ${DAYS}日目 ${at(-1)} MB（傾き一日 ${Math.round(rss / 1000)} KB、ごみを除けば ${Math.round(heap / 1000)} KB）`,
  ].join("、");
  return rowOf(`${engine}: ${DAYS}日 × ${CALLS} 件の電話`, told.calls, result, faults, told.bookings > 0);
}
