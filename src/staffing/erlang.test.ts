import fc from "fast-check";
import { expect, test } from "vitest";
import { erlangB, erlangC, impatientQueue, linesFor, patientQueue } from "./erlang.ts";

/** 一分ごとの件数と分の処理時間で書かれた公表値を、秒に直す。 */
const load = (calls: number, per: number, aht: number) => ({ rate: calls / per, aht });

test("６(5)ウ アーラン C は、公表されている値と同じ", () => {
  // pyworkforce の試験の値: 30分に100件、処理3分、20秒。
  const quiet = patientQueue(load(100, 1800, 180), 14, 20);
  expect(quiet.waiting).toBeCloseTo(0.1741, 4);
  expect(quiet.serviceLevel).toBeCloseTo(0.8884, 4);
  expect(quiet.occupancy).toBeCloseTo(0.7143, 4);
  const more = patientQueue(load(100, 1800, 180), 15, 20);
  expect([more.waiting, more.serviceLevel]).toEqual([expect.closeTo(0.102, 3), expect.closeTo(0.941, 3)]);
  // 式だけの値と、教科書の表。
  expect(erlangC(2, 3)).toBeCloseTo(4 / 9, 12);
  expect(erlangC(6, 10)).toBeCloseTo(0.1013, 4);
  expect(erlangC(3.87, 8)).toBeCloseTo(0.05, 3);
  expect(erlangC(4.08, 10)).toBeCloseTo(0.01, 3);
  expect(erlangC(20, 25)).toBeCloseTo(0.2091, 4);
  expect(patientQueue(load(57, 3600, 1110), 21, 180).serviceLevel).toBeCloseTo(0.807, 3);
  expect(patientQueue(load(57, 3600, 1110), 22, 20).serviceLevel).toBeLessThan(0.8);
  expect(patientQueue(load(57, 3600, 1110), 23, 20).serviceLevel).toBeGreaterThan(0.8);
});

test("６(5)ウ アーラン A は、公表されている値と同じ", () => {
  const one = impatientQueue(load(100, 1800, 180), 14, 20, 300);
  expect(one.waiting).toBeCloseTo(0.14526, 5);
  expect(one.abandonment).toBeCloseTo(0.013984, 6);
  expect(one.serviceLevel).toBeCloseTo(0.916792, 6);
  // Garnett・Mandelbaum・Reiman の例: 毎分48件、処理1分、50席。だれも切らなければ平均20.8秒。
  expect(patientQueue(load(48, 60, 60), 50, 20).averageWait).toBeCloseTo(20.8, 1);
  const garnett = impatientQueue(load(48, 60, 60), 50, 20, 120);
  expect(garnett.abandonment).toBeCloseTo(0.031, 3);
  expect(garnett.averageWait).toBeCloseTo(3.7, 1);
  expect(garnett.occupancy).toBeCloseTo(0.93, 2);
});

const anyLoad = fc.record({
  rate: fc.double({ min: 1e-5, max: 2, noNaN: true }),
  aht: fc.double({ min: 1, max: 2000, noNaN: true }),
});

test("６(5)ウ 席を増やせば、待ちも切れも減り、応答率は上がる。どの値も 0 と 1 の間にある", () => {
  fc.assert(
    fc.property(
      anyLoad,
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 5, max: 3600, noNaN: true }),
      (given, n, patience) => {
        const [few, many] = [
          impatientQueue(given, n, 20, patience),
          impatientQueue(given, n + 1, 20, patience),
        ];
        for (const { waiting, serviceLevel, occupancy, abandonment } of [few, many])
          for (const share of [waiting, serviceLevel, occupancy, abandonment]) {
            expect(share).toBeGreaterThanOrEqual(-1e-9);
            expect(share).toBeLessThanOrEqual(1 + 1e-9);
          }
        expect(many.serviceLevel).toBeGreaterThanOrEqual(few.serviceLevel - 1e-9);
        expect(many.abandonment).toBeLessThanOrEqual(few.abandonment + 1e-9);
        expect(many.waiting).toBeLessThanOrEqual(few.waiting + 1e-9);
        // 切った人と応答された人で、来た人の全部になる（流れのつり合い）。
        const served = few.occupancy * n;
        expect(served).toBeCloseTo(given.rate * given.aht * (1 - few.abandonment), 6);
      },
    ),
    { numRuns: 300 },
  );
});

test("６(5)ウ がまんが長くなれば、アーラン A はアーラン C に近づく", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 40, noNaN: true }),
      fc.integer({ min: 1, max: 10 }),
      (traffic, spare) => {
        const given = { rate: traffic / 300, aht: 300 };
        const n = Math.ceil(traffic * 1.1) + spare;
        const [c, a] = [patientQueue(given, n, 20), impatientQueue(given, n, 20, 1e8)];
        expect(a.waiting).toBeCloseTo(c.waiting, 4);
        expect(a.serviceLevel).toBeCloseTo(c.serviceLevel, 4);
        expect(a.averageWait).toBeCloseTo(c.averageWait, 2);
      },
    ),
  );
});

test("６(6)エ 回線は、呼損率が限りより小さくなるいちばん少ない本数", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), (traffic) => {
      const n = linesFor(traffic, 0.01);
      expect(erlangB(traffic, n)).toBeLessThanOrEqual(0.01);
      expect(erlangB(traffic, n - 1)).toBeGreaterThan(0.01);
    }),
  );
  expect(linesFor(0, 0.01)).toBe(0);
});
