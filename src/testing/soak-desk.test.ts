import fc from "fast-check";
import { expect, test } from "vitest";
import { slopeOf, soakDesk } from "./soak-desk.ts";

test("二日、一日 20 件の電話で、どの要求も断られず、予約と件数が残る", async () => {
  const told = await soakDesk(2, 20);
  expect([...new Set(told.faults)]).toEqual([]);
  expect(told.calls).toBe(40);
  expect(told.bookings).toBe(27);
  expect(told.days).toHaveLength(2);
});

test("記憶の傾きは、まっすぐ増える分に等しく、揺れと、はじめの温まりでは変わらない", () => {
  expect(slopeOf([900, 10, 20, 30, 40], 1)).toBeCloseTo(10);
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 3, max: 30 }), (step, days) => {
      const days2 = Array.from({ length: days }, (_, x) => 5_000 + step * x);
      expect(slopeOf(days2, 0)).toBeCloseTo(step);
    }),
  );
});
