import fc from "fast-check";
import { expect, test } from "vitest";
import { checkText, percentText } from "./report.ts";

test("百分率は丸め上げない。すべてのときだけ 100.0％ になる", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000), (whole, given) => {
      const part = Math.min(part0(given, whole), whole);
      const text = percentText(part, whole);
      expect(text === "100.0％").toBe(part === whole);
      expect(Number(text.slice(0, -1))).toBeLessThanOrEqual((100 * part) / whole + 1e-9);
    }),
  );
  expect(percentText(9_997, 10_000)).toBe("99.9％");
  expect(percentText(0, 0)).toBe("－");
});

function part0(given: number, whole: number): number {
  return given % (whole + 1);
}

test("照合番号は、根のはじめの16けたを四つずつ", () => {
  expect(checkText(Uint8Array.from([0x2f, 0x9c, 0x71, 0xd4, 0x08, 0xae, 0xb3, 0xc6, 0xff]))).toBe(
    "2F9C-71D4-08AE-B3C6",
  );
});
