// @engine both
import { afterEach, expect, test } from "vitest";
import { openCrashDesk } from "./kill-loop.ts";
import { killOneOfTwo } from "./kill-neighbour.ts";
import type { TestDesk } from "./open-desk.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("同じ事務所を開く二つのプロセスの一つが kill -9 されても、残った方は予約を受け続ける", async () => {
  desk = await openCrashDesk();
  const told = await killOneOfTwo(desk);
  expect(told.faults).toEqual([]);
  expect(told.after).toBeGreaterThanOrEqual(5);
});
