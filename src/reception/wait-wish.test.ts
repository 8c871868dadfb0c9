import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { readWish } from "./wait-wish.ts";
import { wants } from "./waiting.ts";

const cls = { id: "a", course: "入門" };
const venues = [{ id: "kita" }, { id: "asabu" }];

function faultsOf(act: () => unknown): (string | undefined)[] {
  try {
    act();
  } catch (cause) {
    if (cause instanceof AppError) return cause.faults.map((fault) => fault.field);
  }
  return [];
}

test("６(2)ア どこでもよい・会場・日の範囲の希望どおりの回だけを待ち、希望した回そのものは必ず待つ", () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2025-10-${String(n).padStart(2, "0")}`);
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.subarray(["kita", "asabu"]),
      fc.option(day),
      fc.option(day),
      fc.record({
        id: fc.constantFrom("a", "x"),
        course: fc.constantFrom("入門", "基礎"),
        venue_id: fc.constantFrom("kita", "asabu"),
        day,
      }),
      (wider, venueIds, from, to, other) => {
        fc.pre(from === null || to === null || from <= to);
        const wish = readWish({ wider, venueIds, fromDay: from, toDay: to }, cls, venues);
        const fits =
          wider &&
          other.course === "入門" &&
          (venueIds.length === 0 || venueIds.includes(other.venue_id)) &&
          (from === null || other.day >= from) &&
          (to === null || other.day <= to);
        expect(wants(wish, other)).toBe(other.id === "a" || fits);
      },
    ),
  );
});

test("ない会場、日付でない日、逆さの範囲は、欄の名を添えて断る", () => {
  const read = (more: object) => faultsOf(() => readWish({ wider: true, ...more }, cls, venues));
  expect(read({ venueIds: ["no"] })).toEqual(["venueIds"]);
  expect(read({ fromDay: "10月1日" })).toEqual(["fromDay"]);
  expect(read({ toDay: "2025-02-30" })).toEqual(["toDay"]);
  expect(read({ fromDay: "2025-10-02", toDay: "2025-10-01" })).toEqual(["toDay"]);
  expect(read({ venueIds: ["kita"], fromDay: "", toDay: "" })).toEqual([]);
});
