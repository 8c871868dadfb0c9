// @engine both
import { afterEach, expect, test } from "vitest";
import { openCrashDesk } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";
import { restoreUnderLoad } from "./restore-load.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("別紙1 5(6) 予約を受けている最中に控えて戻しても、答えた予約はそろい、戻した所でも受けられる", async () => {
  desk = await openCrashDesk();
  const told = await restoreUnderLoad(desk, 1);
  expect(told.faults).toEqual([]);
  expect(told.bookings).toBeGreaterThan(0);
  expect(told.acknowledged).toBeGreaterThan(told.bookings - 1);
});
