import fc from "fast-check";
import { expect, test } from "vitest";
import { figureMark, figureOfMark } from "./figure-mark.ts";

test("3(1)(ｲ) 図の名はしおりの名になって、そのまま戻る。しおりに使える字だけで、40字まで", () => {
  expect(figureOfMark(figureMark("図 f-counter") ?? "")).toBe("図 f-counter");
  expect(figureOfMark("_Toc000001")).toBeUndefined();
  expect(figureMark("図 とても長い日本語の名前を付けた図")).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 8 }), (name) => {
      const mark = figureMark(`図 ${name}`);
      if (mark === undefined) return;
      expect(mark).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
      expect(figureOfMark(mark)).toBe(`図 ${name}`);
    }),
  );
});
