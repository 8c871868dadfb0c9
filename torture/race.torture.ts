import { checkAgain, nothingKnown } from "../src/testing/kill-loop.ts";
import { openDesk } from "../src/testing/open-desk.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { raceFaults, raceForSeats } from "../src/testing/seat-race.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "最後の席の取り合い";

const TIMES = 5;
const CAPACITY = 40;

export async function run(): Promise<TortureRow[]> {
  const rows = [await races("sqlite")];
  if (!process.env.MADOGUCHI_TEST_POSTGRES) return [...rows, without("PostgreSQL", "PostgreSQL がない機械")];
  return [...rows, await races("postgres")];
}

async function races(engine: "sqlite" | "postgres"): Promise<TortureRow> {
  const faults: string[] = [];
  let operations = 0;
  for (let i = 0; i < TIMES; i += 1) {
    const desk = await openDesk({ engine });
    await openReception(desk.office, desk.actor("op", "operator"), [{ id: "a", capacity: CAPACITY }]);
    const told = await raceForSeats(desk, { processes: 8, tries: 10, classId: "a" });
    faults.push(...raceFaults(told, CAPACITY), ...(await checkAgain(desk, nothingKnown())).faults);
    operations += told.length;
    await desk.close();
  }
  const what = `${engine}: 8つのプロセスが ${CAPACITY} 席を取り合う`;
  return rowOf(what, TIMES, `要求 ${operations}、線形化できる`, faults, operations > 0);
}
