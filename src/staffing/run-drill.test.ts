import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { staffingHands } from "../testing/room-hands.ts";
import { drillCalls } from "./drill-call.ts";
import { morningShares } from "./forecast.ts";
import { runDrill } from "./run-drill.ts";
import { holdDrill, listReports } from "./start-drill.ts";

let desk: TestDesk | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

test("６(5)ウ 訓練の一日: 件数はちょうど、来た順に応じ、同じ種なら同じ", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 9 }),
      (seed, calls, operators) => {
        const given = { seed, calls, shares: morningShares(14), operators, aht: 300, patience: 180 };
        const day = drillCalls(given);
        expect(day).toHaveLength(calls);
        expect(drillCalls(given)).toEqual(day);
        let last = 0;
        for (const one of day) {
          expect(one.arrived).toBeGreaterThanOrEqual(0);
          expect(one.arrived).toBeLessThan(14 * 1800);
          expect(one.waited).toBeGreaterThanOrEqual(0);
          if (one.answered === undefined) continue;
          expect(one.answered).toBeGreaterThanOrEqual(last);
          last = one.answered;
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("６(5)ウ 使い捨ての事務所で、席を取り合っても二重の予約はない", async () => {
  const room = await staffingHands().openDrill();
  const report = await runDrill(room, { seed: 7, calls: 220, operators: 12 }).finally(() => room.close());
  expect(report.faults).toEqual([]);
  expect(report).toMatchObject({ doubleBooked: 0, repeated: 0, mismatched: 0, calls: 220 });
  expect(report.booked).toBeGreaterThan(40);
  // 人気の講習会は埋まるので、満席の断りが起きている（訓練になっている）。
  expect(report.acts.hold.refused).toBeGreaterThan(0);
  expect(report.answered + report.abandoned).toBe(220);
  expect(report.acts.book.broken).toBe(0);
});

test("６(5)ウ 訓練は本物のデータに触れず、講習会だけを写し、結果だけが残る", async () => {
  desk = await openDesk();
  const sv = desk.actor("sv-1", "supervisor");
  await openReception(desk.office, sv, [
    { id: "c1", capacity: 3 },
    { id: "c2", capacity: 2 },
  ]);
  const report = await holdDrill(desk.office, sv, staffingHands(), {
    id: "d1",
    seed: 3,
    calls: 60,
    operators: 6,
  });
  expect(report.faults).toEqual([]);
  expect(report.booked).toBeLessThanOrEqual(5);
  expect(report.booked).toBeGreaterThan(0);
  expect((await desk.events()).slice(-2)).toEqual(["contract.started", "drill.finished"]);
  const [kept] = await listReports(desk.office, desk.contract);
  expect(kept?.report).toEqual(report);
});

test("席や種の書き間違いは、文で断る", async () => {
  const room = { day: "2025-09-11", hours: { open: "09:00", close: "16:00" } } as never;
  await expect(runDrill(room, { seed: -1 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(runDrill(room, { seed: 1, calls: 1e9 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(runDrill(room, { seed: 1, operators: 0 })).rejects.toMatchObject({ code: "BAD_INPUT" });
});
