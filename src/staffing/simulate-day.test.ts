import fc from "fast-check";
import { expect, test } from "vitest";
import { impatientQueue, patientQueue } from "./erlang.ts";
import { simulateDays } from "./simulate-day.ts";

const total = (days: ReturnType<typeof simulateDays>) =>
  days.intervals.reduce(
    (all, one) => ({
      offered: all.offered + one.offered,
      inTime: all.inTime + one.inTime,
      abandoned: all.abandoned + one.abandoned,
      waited: all.waited + one.waited,
    }),
    { offered: 0, inTime: 0, abandoned: 0, waited: 0 },
  );

test("６(5)ウ 長い一日をまねると、アーラン A の式に一致する", () => {
  const long = { calls: Array(200).fill(100), seats: Array(200).fill(14), aht: 180, targetSeconds: 20 };
  const { offered, inTime, abandoned, waited } = total(simulateDays({ ...long, patience: 300 }, 100, 7));
  const wanted = impatientQueue({ rate: 100 / 1800, aht: 180 }, 14, 20, 300);
  expect(inTime / offered).toBeCloseTo(wanted.serviceLevel, 2);
  expect(abandoned / offered).toBeCloseTo(wanted.abandonment, 2);
  expect(Math.abs(waited / offered - wanted.averageWait)).toBeLessThan(0.15);
});

test("６(5)ウ だれも切らなければ、アーラン C の式に一致する", () => {
  const long = { calls: Array(200).fill(100), seats: Array(200).fill(14), aht: 180, targetSeconds: 20 };
  const { offered, inTime, abandoned } = total(simulateDays(long, 100, 3));
  expect(abandoned).toBe(0);
  expect(inTime / offered).toBeCloseTo(patientQueue({ rate: 100 / 1800, aht: 180 }, 14, 20).serviceLevel, 2);
});

const anyDesk = fc.integer({ min: 1, max: 12 }).chain((length) =>
  fc.record({
    calls: fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: length, maxLength: length }),
    seats: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: length, maxLength: length }),
    aht: fc.double({ min: 1, max: 900, noNaN: true }),
    targetSeconds: fc.constant(20),
    patience: fc.double({ min: 1, max: 600, noNaN: true }),
  }),
);

test("６(5)ウ 来た人は、応答されたか切ったかのどちらかで、同じ種なら同じ日になる", () => {
  fc.assert(
    fc.property(anyDesk, fc.integer(), (desk, seed) => {
      const result = simulateDays(desk, 5, seed);
      expect(simulateDays(desk, 5, seed)).toEqual(result);
      for (const one of result.intervals) {
        expect(one.answered + one.abandoned).toBe(one.offered);
        expect(one.inTime).toBeLessThanOrEqual(one.answered);
        expect(one.waited).toBeGreaterThanOrEqual(0);
        expect(one.longest).toBeLessThanOrEqual(one.waited + 1e-9);
      }
      if (desk.seats.every((seats) => seats === 0))
        for (const one of result.intervals) expect(one.answered).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("６(5)ウ 席の減る枠では話し中の席も終わってから離れ、増える枠では始まりから着く", () => {
  // 0 席の枠に来た人は、次の枠に席が着くまで待つ。
  const opening = simulateDays(
    { calls: [200, 0], seats: [0, 50], aht: 1, patience: 1e9, targetSeconds: 20 },
    20,
    1,
  );
  expect(opening.intervals[0]?.answered).toBe(opening.intervals[0]?.offered);
  expect((opening.intervals[0]?.waited ?? 0) / (opening.intervals[0]?.offered ?? 1)).toBeGreaterThan(800);
  // 席が 0 になったまま終われば、その枠の人はだれも応答されない。
  const closing = simulateDays(
    { calls: [10, 10], seats: [5, 0], aht: 1, patience: 60, targetSeconds: 20 },
    50,
    1,
  );
  expect(closing.intervals[1]?.answered).toBe(0);
  expect(closing.intervals[0]?.answered).toBe(closing.intervals[0]?.offered);
});
