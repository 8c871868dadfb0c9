import fc from "fast-check";
import { expect, test } from "vitest";
import { type StripDay, stripOf } from "./business-strip.ts";

const weekdays = "日月火水木金土";

function days(from: string, count: number, holidays: Record<string, [string, string]> = {}): StripDay[] {
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.parse(from) + at * 86_400_000);
    const day = date.toISOString().slice(0, 10);
    const weekday = weekdays[date.getUTCDay()] ?? "";
    const holiday = holidays[day];
    if (holiday !== undefined) return { day, weekday, off: { short: holiday[0], name: holiday[1] } };
    return "土日".includes(weekday)
      ? { day, weekday, off: { short: weekday, name: `${weekday}曜日` } }
      : { day, weekday };
  });
}

test("９月17日からの10営業日は、休みを細くはさんで10月1日まで", () => {
  const cells = stripOf(days("2025-09-17", 30, { "2025-09-23": ["祝", "秋分の日"] }), "2025-09-17");
  expect(cells.map((cell) => cell.label)).toEqual([
    ..."17 18 19 土日 22 祝 24 25 26 土日 29 30 10/1".split(" "),
  ]);
  expect(cells[0]).toMatchObject({ kind: "open", today: true });
  expect(cells[5]).toMatchObject({ kind: "off", name: "23日秋分の日" });
});

test("年末年始のように休みが続いても、一つにまとめて名を残す", () => {
  const off: [string, string] = ["休", "年末年始"];
  const holidays = {
    "2025-12-29": off,
    "2025-12-30": off,
    "2025-12-31": off,
    "2026-01-01": off,
    "2026-01-02": off,
  };
  const cells = stripOf(days("2025-12-25", 40, holidays), "2025-12-25");
  expect(cells.slice(0, 4).map((cell) => cell.label)).toEqual(["25", "26", "土日休", "1/5"]);
});

test("休みの日に開いても、営業日は10日", () => {
  const cells = stripOf(days("2025-09-20", 30), "2025-09-20");
  expect(cells[0]).toMatchObject({ kind: "off", label: "土日" });
  expect(cells.filter((cell) => cell.kind === "open")).toHaveLength(10);
});

test("どんな休みの並びでも: 営業日はちょうど10、休みは続けて並ばず、日は順に一度ずつ", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 120 }), (pattern) => {
      const source = days("2025-01-01", pattern.length).map(({ day, weekday }, at) =>
        pattern[at] ? { day, weekday } : { day, weekday, off: { short: "休", name: "休み" } },
      );
      const cells = stripOf(source, "2025-01-01");
      const open = cells.filter((cell) => cell.kind === "open");
      expect(open).toHaveLength(Math.min(10, pattern.filter(Boolean).length));
      expect(open.map((cell) => cell.day)).toEqual(
        source
          .filter((day) => day.off === undefined)
          .slice(0, 10)
          .map(({ day }) => day),
      );
      expect(cells.some((cell, at) => cell.kind === "off" && cells[at + 1]?.kind === "off")).toBe(false);
      expect(cells.at(-1)?.kind).not.toBe("off");
    }),
  );
});
