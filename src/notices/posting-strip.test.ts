import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { instantFromMs, instantOf } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { postingStrip } from "./posting-strip.ts";

const { blueprint } = readBlueprint(readFileSync("blueprints/sapporo-class-booking.yaml", "utf8"));

test("６(2)オ 10月1日の講習会は9月22日の集荷が最後で、次は受講日の5日前に届く", () => {
  const strip = postingStrip(blueprint, "2025-10-01", instantOf("2025-09-22", "11:20"));
  expect(strip).toMatchObject({
    title: "集荷まで 3時間40分",
    sub: "次は24日、到着は受講日の5日前",
    late: false,
  });
  expect(strip.cells.map((cell) => `${cell.label}${cell.weekday}${cell.words}`)).toEqual([
    "22月15:00集荷",
    "23火・祝配達なし",
    "24水到着目安",
    "25木",
    "26金受付終了",
    "27土",
    "28日",
    "29月",
    "30火",
    "10/1水受講日",
  ]);
});

test("期限まで日があれば期限を言い、過ぎれば見込みを言い、届かなければ電話と言う", () => {
  const early = postingStrip(blueprint, "2025-10-01", instantOf("2025-09-18", "10:00"));
  expect(early.sub).toBe("投函の期限は9月22日（月） 15:00");
  expect(early.cells.map((cell) => cell.words)).toContain("着・投函期限");
  const late = postingStrip(blueprint, "2025-10-01", instantOf("2025-09-22", "15:01"));
  expect(late).toMatchObject({
    late: true,
    title: "投函の期限を過ぎています",
    sub: "いま出すと26日着、受講日の5日前",
  });
  expect(postingStrip(blueprint, "2025-10-01", instantOf("2025-09-30", "10:00")).sub).toContain("お電話");
});

test("いつでも十日で、集荷と受講日は一つずつより多くない", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 1439 }),
      (at, ahead, minute) => {
        const today = addDays("2025-04-01", at);
        const now = instantFromMs(Date.parse(instantOf(today, "00:00")) + minute * 60_000);
        const { cells } = postingStrip(blueprint, addDays(today, ahead), now);
        expect(cells).toHaveLength(10);
        for (const kind of ["post", "arr", "cls"])
          expect(cells.filter((cell) => cell.kind === kind).length).toBeLessThanOrEqual(1);
        expect([...cells].sort((a, b) => (a.day < b.day ? -1 : 1))).toEqual(cells);
      },
    ),
  );
});
