import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { openCrashDesk } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";
import { buildPowerCut } from "./power-cut.ts";
import { failSync } from "./sync-error.ts";

let desk: TestDesk | undefined;
afterEach(() => desk?.close());

test("fsync が EIO で失敗する間は一つも答えず、直れば同じ要求が通り、答えた予約は失われない", async (context) => {
  const shim = buildPowerCut(fileURLToPath(new URL("../../torture/power-cut.c", import.meta.url)));
  if (!shim) return context.skip("gcc のない機械");
  desk = await openCrashDesk("sqlite");
  const told = await failSync(desk, shim);
  expect(told.faults).toEqual([]);
  expect(told.refused).toBeGreaterThan(0);
  expect(told.acknowledged).toBeGreaterThan(10);
});
