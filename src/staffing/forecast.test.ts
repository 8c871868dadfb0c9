import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../japan/day.ts";
import { backTest } from "./back-test.ts";
import { quantilesOf } from "./count-band.ts";
import { fitCalls, forecastDay, morningShares, type PastDay } from "./forecast.ts";
import { findPrinted, firstDayShape, printedTerms } from "./printed-figure.ts";
import { type Draw, drawFrom, drawWait } from "./random-draw.ts";
import { replanDay } from "./replan-day.ts";

const slots = Array.from(
  { length: 14 },
  (_, i) => `${String(9 + Math.floor(i / 2)).padStart(2, "0")}:${i % 2 === 0 ? "00" : "30"}`,
);
const printed = findPrinted("september");

/** ガンマ乱数（Marsaglia と Tsang。形は 1 以上）。平均 1。 */
function gamma(draw: Draw, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(draw()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
  }
}

function poisson(draw: Draw, mean: number): number {
  let n = 0;
  for (let at = drawWait(draw, 1); at < mean; at += drawWait(draw, 1)) n += 1;
  return n;
}

/** 初日と朝に集中し、日ごとにばらつく、作りものの実績。 */
function history(seed: number, terms: number, days: number, shape: number): PastDay[] {
  const draw = drawFrom(seed);
  const shares = morningShares(slots.length);
  return Array.from({ length: terms }, (_, t) => {
    const level = 0.7 + 0.6 * draw();
    return Array.from({ length: days }, (_, d): PastDay => {
      const size = firstDayShape(printed, d + 1) * level * gamma(draw, shape);
      return {
        day: addDays("2024-01-01", t * 90 + d),
        term: String(t),
        nth: d + 1,
        weekday: ((d + t) % 5) + 1,
        calls: new Map(slots.map((slot, i) => [slot, poisson(draw, size * (shares[i] ?? 0))])),
      };
    });
  }).flat();
}

const pastDays = fc.array(
  fc.record({
    n: fc.integer({ min: 0, max: 400 }),
    term: fc.constantFrom("1", "2"),
    nth: fc.integer({ min: 1, max: 12 }),
    weekday: fc.integer({ min: 0, max: 6 }),
    counts: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 14, maxLength: 14 }),
  }),
  { maxLength: 12 },
);

test("６(5)ウ 表２は印刷されたまま引く（640÷6 を 100 から直さない）。見込みは日平均から始めない", () => {
  expect(printedTerms.map(({ total, days, mean, most }) => [total, days, mean, most])).toEqual([
    [640, 6, 100, 450],
    [80, 9, 9, 15],
    [270, 10, 27, 180],
  ]);
  for (const one of printedTerms) {
    const each = Array.from({ length: one.days }, (_, i) => firstDayShape(one, i + 1));
    expect(each[0]).toBe(one.most);
    expect(each.reduce((a, b) => a + b, 0)).toBeCloseTo(one.total, 3);
  }
});

test("６(5)ウ 実績がなくても、初日と午前に集中した見込みになる", () => {
  const fitted = fitCalls({ slots, printed, history: [] });
  const guess = (nth: number) =>
    forecastDay(fitted, slots, { day: "2025-09-11", term: "2", nth, weekday: 4 });
  expect(guess(1).mean).toBeCloseTo(450, 6);
  expect(guess(1).mean).toBeGreaterThan(guess(2).mean * 2);
  expect(guess(1).slots[0]?.mean).toBeGreaterThan((guess(1).slots.at(-1)?.mean ?? 0) * 2.5);
});

test("６(5)ウ 件数は負にならず、幅は順に並び、割合の和は1", () => {
  fc.assert(
    fc.property(pastDays, fc.integer({ min: 1, max: 15 }), (days, nth) => {
      const past = days.map(
        ({ n, term, nth: at, weekday, counts }): PastDay => ({
          ...{ day: addDays("2024-01-01", n), term, nth: at, weekday },
          calls: new Map(slots.map((slot, i) => [slot, counts[i] ?? 0])),
        }),
      );
      const fitted = fitCalls({ slots, printed, history: past });
      const shares = [...fitted.share.values()];
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      const guess = forecastDay(fitted, slots, { day: "2025-09-11", term: "2", nth, weekday: 4 });
      for (const { mean, band } of [guess, ...guess.slots]) {
        expect(mean).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(mean)).toBe(true);
        expect(0 <= band.low && band.low <= band.middle && band.middle <= band.high).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test("幅の点は、負の二項分布の累積と合う", () => {
  // 平均 10、形 1（幾何分布、p=1/11）: P(N≤n)=1−(10/11)^(n+1)。
  expect(quantilesOf(10, 1)).toEqual({ low: 1, middle: 7, high: 24 });
  expect(quantilesOf(0, 5)).toEqual({ low: 0, middle: 0, high: 0 });
  const wide = quantilesOf(4999, 50);
  expect(wide.high - wide.low).toBeGreaterThan(1500);
  expect(quantilesOf(1e6, 50).high).toBeGreaterThan(1e6);
});

test("６(5)ウ 過ぎた日を前の日だけから見込み直すと、幅に入る割合は狙いの8割に近い", () => {
  const all = [1, 2, 3, 4, 5, 6].map((seed) =>
    backTest({ slots, printed, history: history(seed, 8, 8, 12) }),
  );
  const mean = (of: (one: (typeof all)[number]) => number | undefined) =>
    all.reduce((sum, one) => sum + (of(one) ?? 0), 0) / all.length;
  expect(mean((one) => one.dayCoverage)).toBeGreaterThan(0.7);
  expect(mean((one) => one.dayCoverage)).toBeLessThan(0.95);
  expect(mean((one) => one.slotCoverage)).toBeGreaterThan(0.7);
  expect(mean((one) => one.slotCoverage)).toBeLessThan(0.95);
  expect(backTest({ slots, printed, history: [] }).dayCoverage).toBeUndefined();
});

test("６(5)ウ 実績が増えると、見込みは本当の大きさに近づく", () => {
  const true1 = 220;
  const past = Array.from(
    { length: 5 },
    (_, t): PastDay => ({
      ...{ day: addDays("2024-01-01", t * 90), term: String(t), nth: 1, weekday: 3 },
      calls: new Map(slots.map((slot, i) => [slot, true1 * (morningShares(14)[i] ?? 0)])),
    }),
  );
  const guess = forecastDay(fitCalls({ slots, printed, history: past }), slots, {
    ...{ day: "2025-09-11", term: "new", nth: 1, weekday: 3 },
  });
  expect(Math.abs(guess.mean - true1)).toBeLessThan(Math.abs(450 - true1) * 0.45);
});

test("６(5)ウ 一日の途中の見直し: 見込みどおりなら変わらず、多ければ増え、過ぎた枠は実績のまま", () => {
  const fitted = fitCalls({ slots, printed, history: [] });
  const forecast = forecastDay(fitted, slots, { day: "2025-09-11", term: "2", nth: 1, weekday: 4 });
  const exact = new Map(forecast.slots.map(({ start, mean }) => [start, mean]));
  expect(replanDay(forecast, fitted, exact, "12:00").factor).toBeCloseTo(1, 9);
  expect(replanDay(forecast, fitted, new Map(), "09:00").total).toBeCloseTo(forecast.mean, 6);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 14, maxLength: 14 }),
      fc.integer({ min: 480, max: 1020 }),
      (counts, at) => {
        const actual = new Map(slots.map((slot, i) => [slot, counts[i] ?? 0]));
        const now = `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
        const again = replanDay(forecast, fitted, actual, now);
        expect(again.factor).toBeGreaterThan(0);
        expect(again.factor > 1).toBe(again.seen > again.expected);
        for (const one of again.slots) {
          if (one.state === "past") expect(one.mean).toBe(actual.get(one.start));
          expect(one.band.low <= one.band.middle && one.band.middle <= one.band.high).toBe(true);
          expect(one.band.low).toBeGreaterThanOrEqual(one.actual);
        }
      },
    ),
    { numRuns: 60 },
  );
});
