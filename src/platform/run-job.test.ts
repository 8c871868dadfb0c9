// @engine both
import { afterEach, expect, test } from "vitest";
import { instantFromMs } from "../base/time.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { claimJob, findJob, insertJob } from "./job-store.ts";
import { runNextJob } from "./run-job.ts";

let desk: TestDesk;
afterEach(() => desk.close());

const at = (ms: number) => instantFromMs(desk.office.clock.systemMs() + ms);

async function waiting(id: string): Promise<void> {
  await desk.office.keep((tx) =>
    insertJob(tx, {
      ...{ id, contract_id: desk.contract, kind: "crash", owner: "a", input: "{}", state: "waiting" },
      ...{ done: 0, total: 0, message: "", result: null, run_after: at(0), lease_until: null },
      ...{ attempts: 0, created_at: at(0), finished_at: null },
    }),
  );
}

test("プロセスごと倒す仕事は、三度目のあとは引き受けず、失敗として理由が残る", async () => {
  desk = await openDesk();
  await waiting("j1");
  for (let n = 0; n < 3; n++) {
    const taken = await desk.office.keep((tx) => claimJob(tx, at(0), at(60_000)));
    expect(taken?.attempts).toBe(n + 1);
    // 引き受けたまま、何も書けずにプロセスが倒れた。
    desk.clock.advance(61_000);
  }
  let ran = 0;
  const kinds = [{ kind: "crash", run: async () => ++ran }];
  expect(await runNextJob(desk.office, kinds)).toBe(false);
  expect(ran).toBe(0);
  expect(await findJob(desk.office.read, desk.contract, "j1")).toMatchObject({
    state: "failed",
    message: expect.stringContaining("もう一度始めてください"),
  });
});

test("倒れたのが一度だけなら、次のプロセスが引き継いで終える", async () => {
  desk = await openDesk();
  await waiting("j2");
  await desk.office.keep((tx) => claimJob(tx, at(0), at(60_000)));
  desk.clock.advance(61_000);
  expect(await runNextJob(desk.office, [{ kind: "crash", run: async () => 7 }])).toBe(true);
  expect(await findJob(desk.office.read, desk.contract, "j2")).toMatchObject({ state: "done", result: "7" });
});
