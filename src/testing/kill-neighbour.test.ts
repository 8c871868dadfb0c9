// @engine both
import { afterEach, expect, test } from "vitest";
import { openCrashDesk } from "./kill-loop.ts";
import { killOneOf } from "./kill-neighbour.ts";
import type { TestDesk } from "./open-desk.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("同じ事務所を開く三つのプロセスの一つが kill -9 されても、残った二つは予約を受け続ける", async () => {
  desk = await openCrashDesk();
  const told = await killOneOf(desk, 3);
  expect(told.faults).toEqual([]);
  expect(told.after).toBeGreaterThanOrEqual(10);
});
