import fc from "fast-check";
import { expect, test } from "vitest";
import { planStaffing, queueOf, seatsFor } from "./staffing-plan.ts";

const target = { share: 0.8, seconds: 20 };
const starts = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00"].concat([
  "12:30",
  "13:00",
  "13:30",
  "14:00",
  "14:30",
  "15:00",
  "15:30",
]);

test("６(5)ウ 一日450件を7時間に均すと8席、混む1時間に25%なら13席、35%なら17席、処理420秒なら23席", () => {
  const even = starts.map((start) => ({ start, share: 1 / starts.length }));
  expect(planStaffing({ callsPerDay: 450, profile: even, aht: 300, target }).maxSeats).toBe(8);
  const peak = (hour: number) => [{ start: "09:00", share: hour / 2 }];
  expect(planStaffing({ callsPerDay: 450, profile: peak(0.25), aht: 300, target }).maxSeats).toBe(13);
  expect(planStaffing({ callsPerDay: 450, profile: peak(0.35), aht: 300, target }).maxSeats).toBe(17);
  expect(planStaffing({ callsPerDay: 450, profile: peak(0.35), aht: 420, target }).maxSeats).toBe(23);
});

test("６(5)ウ 席は、目標を満たすいちばん少ない数", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 2000, noNaN: true }),
      fc.double({ min: 10, max: 1200, noNaN: true }),
      fc.double({ min: 0.1, max: 0.99, noNaN: true }),
      fc.option(fc.double({ min: 10, max: 1800, noNaN: true }), { nil: undefined }),
      (calls, aht, share, patience) => {
        const need = { aht, target: { share, seconds: 20 }, ...(patience === undefined ? {} : { patience }) };
        const seats = seatsFor(need, calls);
        expect(queueOf(need, calls, seats).serviceLevel).toBeGreaterThanOrEqual(share);
        if (seats > 1) expect(queueOf(need, calls, seats - 1).serviceLevel).toBeLessThan(share);
      },
    ),
    { numRuns: 200 },
  );
});

test("入電のない枠は席も回線も 0 で、応答率は 1", () => {
  const plan = planStaffing({ callsPerDay: 0, profile: [{ start: "09:00", share: 1 }], aht: 300, target });
  expect(plan.intervals[0]).toMatchObject({ calls: 0, seats: 0, lines: 0, serviceLevel: 1, abandonment: 0 });
});

test("届きようのない目標は、断って直すところを言う", () => {
  expect(() => seatsFor({ aht: 86_400, target }, 1e9)).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining("平均処理時間") }),
  );
});
