import fc from "fast-check";
import { expect, test } from "vitest";
import { delayAfter, MAX_TRIES, triesLeft } from "./lockout.ts";

test("別紙1 5(8) 違えるほど、待つ長さは短くならず、残りの回数は増えない", () => {
  fc.assert(
    fc.property(fc.nat(100), (failed) => {
      expect(delayAfter(failed + 1)).toBeGreaterThanOrEqual(delayAfter(failed));
      expect(triesLeft(failed + 1)).toBeLessThanOrEqual(triesLeft(failed));
      expect(triesLeft(failed) + Math.min(failed, MAX_TRIES)).toBe(MAX_TRIES);
    }),
  );
});
