import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskPhone, readPhone } from "./phone.ts";
import { maskWrittenPhone, phoneDigits, spokenPhoneTail } from "./phone-digits.ts";

describe("番号計画の表を使わない電話番号", () => {
  test.each([
    ["011-555-4471", "011-***-4471"],
    ["０１１（５５５）４４７１", "011-***-4471"],
    ["011-555-4471（内線12）", "011-***-4471"],
    ["09012345678", "090-***-5678"],
    ["0120444444", "0120-***-4444"],
    ["01558-2-1234", "015**-***-1234"],
    ["+1 212 555 1212", "+1-***-1212"],
    ["0115554471", "***-4471"],
    ["110", "***10"],
    ["非通知", "***"],
    ["", "***"],
  ])("%s は %s と伏せる", (input, masked) => {
    expect(maskWrittenPhone(input)).toBe(masked);
  });

  test("どんな書き方でも、末尾4桁のほかは、頭の4桁より多く見せない", () => {
    const part = fc.stringMatching(/^[0-9 ()+-]{1,20}$/);
    fc.assert(
      fc.property(part, (input) => {
        const shown = maskWrittenPhone(input).replace(/\D/g, "").length;
        expect(shown).toBeLessThanOrEqual(8);
        if (phoneDigits(input).length >= 9) expect(shown).toBeLessThan(phoneDigits(input).length);
      }),
    );
  });

  test("書き方を整えた番号なら、番号計画の表を使う伏せ方と同じになり、数字も同じに読む", () => {
    for (const text of ["011-211-2136", "0126-22-1234", "090-1234-5678", "0800-123-4567", "03-1234-5678"]) {
      expect(maskWrittenPhone(text)).toBe(maskPhone(text));
      expect(phoneDigits(text)).toBe(readPhone(text)?.digits);
    }
    expect(spokenPhoneTail("０１１－５５５－４４７１")).toBe("ヨン・ヨン・ナナ・イチ");
  });
});
