import { expect, test } from "vitest";
import { overlaps } from "./overlap.ts";

test("終わりと始まりが同じ時刻の回は、重ならない", () => {
  const at = (start: string, end: string, day = "2025-10-01") => ({ day, start, end });
  expect(overlaps(at("10:00", "11:00"), at("11:00", "12:00"))).toBe(false);
  expect(overlaps(at("10:00", "11:01"), at("11:00", "12:00"))).toBe(true);
  expect(overlaps(at("10:00", "11:01"), at("11:00", "12:00", "2025-10-02"))).toBe(false);
});
