import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCodeOf, plainCode, sameCode } from "./check-code.ts";
import { type AnswerFacts, standingOf } from "./review-answer.ts";

const states = [
  ...["draft", "submitted", "approved", "refused", "returned", "received", "answered", "withdrawn"],
] as const;
const facts: fc.Arbitrary<AnswerFacts> = fc.record({
  sound: fc.constantFrom(true, false, undefined),
  seen: fc.boolean(),
  packageVersion: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  filing: fc.option(
    fc.record({ state: fc.constantFrom(...states), version: fc.integer({ min: 1, max: 3 }) }),
    { nil: undefined },
  ) as fc.Arbitrary<AnswerFacts["filing"]>,
  fit: fc.boolean(),
  key: fc.constantFrom("waiting", "confirmed", "revoked", undefined),
  phoned: fc.boolean(),
});

test("効くのは、待っている今の版への、できる答えで、確かめた鍵の署名か電話の確認があるものだけ", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const proved =
        given.sound === true ? given.key === "confirmed" : given.sound === undefined && given.phoned;
      const current =
        given.packageVersion !== undefined &&
        given.filing?.state === "submitted" &&
        given.filing.version === given.packageVersion;
      expect(standingOf(given) === "applied").toBe(proved && current && given.fit && !given.seen);
    }),
    { numRuns: 2000 },
  );
});

test("確認番号は、全角・小文字・空白・読み違えやすい字の違いを問わず、ほかの一式では合わない", () => {
  const key = Buffer.alloc(32, 7);
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[0-9a-f]{64}$/), (a, b) => {
      const code = checkCodeOf(key, a);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
      const wide = [...code.toLowerCase()].map((one) =>
        /[0-9a-z]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : " ",
      );
      expect(sameCode(wide.join(""), code)).toBe(true);
      if (a !== b) expect(sameCode(checkCodeOf(key, b), code)).toBe(false);
    }),
  );
  expect(plainCode("ol-I")).toBe("011");
});
