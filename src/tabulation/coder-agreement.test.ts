import fc from "fast-check";
import { expect, test } from "vitest";
import { coderAgreement } from "./coder-agreement.ts";

test("3(1)(ｱ)① 二人の符号の一致（κ）は、手で計算した値と同じ", () => {
  // Cohen の 2×2 の例: 一致 20 と 15、食い違い 5 と 10 → po=0.7、pe=0.5、κ=0.4。
  const of = (n: number, first: string[], second: string[]) =>
    Array.from({ length: n }, () => ({ first, second }));
  const pairs = [...of(20, ["1"], ["1"]), ...of(5, ["1"], []), ...of(10, [], ["1"]), ...of(15, [], [])];
  expect(coderAgreement(["1"], pairs)).toEqual([
    { code: "1", both: 20, first: 5, second: 10, neither: 15, kappa: expect.closeTo(0.4, 12) },
  ]);
  expect(coderAgreement(["9"], pairs)[0]?.kappa).toBeNull();
});

test("3(1)(ｱ)① κ は二人を入れ替えても同じで、-1 から 1 にあり、すべて同じなら 1", () => {
  const codes = fc.uniqueArray(fc.constantFrom("1", "2", "3"));
  fc.assert(
    fc.property(fc.array(fc.record({ first: codes, second: codes }), { minLength: 1 }), (pairs) => {
      const swapped = pairs.map(({ first, second }) => ({ first: second, second: first }));
      const [a, b] = [coderAgreement(["1", "2", "3"], pairs), coderAgreement(["1", "2", "3"], swapped)];
      for (const [at, { kappa }] of a.entries()) {
        if (kappa === null) expect(b[at]?.kappa).toBeNull();
        else {
          expect(b[at]?.kappa).toBeCloseTo(kappa, 12);
          expect(kappa).toBeGreaterThanOrEqual(-1 - 1e-12);
          expect(kappa).toBeLessThanOrEqual(1 + 1e-12);
        }
      }
      for (const { kappa } of coderAgreement(
        ["1", "2", "3"],
        pairs.map(({ first }) => ({ first, second: first })),
      ))
        expect(kappa === null || Math.abs(kappa - 1) < 1e-12).toBe(true);
    }),
  );
});
