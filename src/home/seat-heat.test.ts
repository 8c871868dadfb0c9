import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClassTally } from "../reception/tally-bookings.ts";
import { seatHeat } from "./seat-heat.ts";

function cls(
  id: string,
  venue: string,
  day: string,
  booked: number,
  more: Partial<ClassTally> = {},
): ClassTally {
  const rest = { term: "2", start: "10:00", ward: "北区", course: "入門", capacity: 10, open: true };
  return { id, venueId: venue, venue, day, booked, ...rest, ...more };
}

test("会場と日のますに残席を合わせ、過ぎた日と閉じた回は入れない", () => {
  const heat = seatHeat(
    [
      cls("a", "北", "2025-10-01", 10),
      cls("b", "北", "2025-10-02", 4),
      cls("c", "北", "2025-10-02", 7, { start: "13:30" }),
      cls("d", "麻生", "2025-10-02", 0),
      cls("e", "麻生", "2025-10-03", 0, { open: false }),
      cls("f", "北", "2025-09-30", 0),
    ],
    "2025-10-01",
  );
  expect(heat.days).toEqual(["2025-10-01", "2025-10-02"]);
  expect(heat.rows.map((row) => [row.venue, row.cells.map((cell) => cell?.free ?? null)])).toEqual([
    ["北", [0, 9]],
    ["麻生", [null, 10]],
  ]);
  expect(heat.rows[0]?.cells[1]?.classes).toEqual(["b", "c"]);
  expect([heat.free, heat.capacity]).toEqual([19, 40]);
});

test("入り切らない日と会場の数を言い、残席の合計は表の外も含めてすべて数える", () => {
  const one = fc.record({
    venue: fc.constantFrom("甲", "乙", "丙", "丁"),
    day: fc.constantFrom("2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06"),
    booked: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(one), (given) => {
      const classes = given.map(({ venue, day, booked }, n) => cls(`c${n}`, venue, day, booked));
      const heat = seatHeat(classes, "2025-10-01", { days: 2, venues: 2 });
      expect(heat.days.length + heat.moreDays).toBe(new Set(given.map((each) => each.day)).size);
      expect(heat.rows.length + heat.moreVenues).toBe(new Set(given.map((each) => each.venue)).size);
      expect(heat.free).toBe(given.reduce((sum, each) => sum + Math.max(0, 10 - each.booked), 0));
      for (const row of heat.rows) expect(row.cells).toHaveLength(heat.days.length);
    }),
  );
});
