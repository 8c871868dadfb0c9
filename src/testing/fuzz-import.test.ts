import { expect, test } from "vitest";
import { fuzzSamples, mutate } from "./fuzz-file.ts";
import { fuzzImports } from "./fuzz-import.ts";

test("壊れた取り込みのファイル 600 個を、止まらず、一文で断るか読む", async () => {
  const told = await fuzzImports(1, 600);
  expect(told.faults).toEqual([]);
  expect(told.files).toBe(600);
  expect(told.read).toBeGreaterThan(50);
  expect(told.refused).toBeGreaterThan(50);
});

test("同じ種からは、同じ壊れ方のファイルができる", () => {
  const samples = fuzzSamples();
  for (const seed of [1, 2, 3, 44]) expect(mutate(seed, samples)).toEqual(mutate(seed, fuzzSamples()));
});
