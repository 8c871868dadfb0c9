import { readFile } from "node:fs/promises";
import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import { runReading } from "../src/specification/run-reading.ts";
import { startReading } from "../src/specification/start-reading.ts";
import type { DemoClock } from "./demo-clock.ts";

const file = new URL("./specifications/hoshino-reception.txt", import.meta.url);

/**
 * 次の公募のために読み込んだ、ほかの市（架空）の業務仕様書。まだ確かめている途中。
 * 読み取りの仕事は、ここで済ませる。事務所が開いたときの仕事は、済んでいるので何もしない。
 */
export async function readSpecification(office: Office, clock: DemoClock, manager: Actor): Promise<void> {
  clock.set("2025-09-10T13:20:00");
  const { id } = await startReading(office, manager, {
    title: "ほしの市　電話交換・総合案内（次の公募）",
    bytes: await readFile(file),
  });
  await runReading(
    {
      ...{ office, contract: manager.contract, owner: manager.id, input: { specification: id } },
      progress: async () => {},
    },
    undefined,
  );
}
