// @engine both
import { afterEach, expect, test } from "vitest";
import { killLoop, openCrashDesk } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("予約の最中に kill -9 しても、答えた予約は失われず、席・番号・記録のつじつまが合う（10回）", async () => {
  desk = await openCrashDesk();
  const told = await killLoop(desk, { kills: 10, answers: 40 });
  expect(told.faults).toEqual([]);
  expect(told.kills).toBe(10);
  expect(told.acknowledged).toBeGreaterThan(0);
});
