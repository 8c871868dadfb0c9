import fc from "fast-check";
import { expect, test } from "vitest";
import { listDifferences } from "./list-differences.ts";

const event = (kind: string, at: string, about: string, payload: Record<string, string | number>) => ({
  kind,
  at,
  about,
  payload,
});
const delivered = new Map([["a", "2025-09-26T07:00:00.000Z"]]);

test("９(2) 渡した後のことだけが、番号つきの差分になる。回をまたぐ変更は、前の回から外れ、後の回に加わる", () => {
  const rows = listDifferences(
    delivered,
    [
      event("booking.taken", "2025-09-20T01:00:00.000Z", "x", { class: "a", number: 1 }),
      event("booking.cancelled", "2025-09-27T01:00:00.000Z", "x", { class: "a", number: 1 }),
      event("booking.changed", "2025-09-28T01:00:00.000Z", "y", { from: "b", to: "a", number: 2 }),
      event("booking.corrected", "2025-09-28T02:00:00.000Z", "y", { number: 2 }),
      event("class.moved", "2025-09-29T01:00:00.000Z", "a", {}),
    ],
    new Map([["y", "a"]]),
  );
  expect(rows.map(({ no, kind, number, why }) => [no, kind, number, why])).toEqual([
    [1, "removed", 1, "取消"],
    [2, "added", 2, "別の回から"],
    [3, "corrected", 2, "氏名・住所などの訂正"],
    [4, "class", null, "日時・会場の変更"],
  ]);
});

test("９(2) 後から起きたことを足しても、前の差分の番号は変わらない", () => {
  const happened = fc.record({
    kind: fc.constantFrom("booking.taken", "booking.cancelled", "booking.undone"),
    hour: fc.nat({ max: 500 }),
    cls: fc.constantFrom("a", "b"),
  });
  fc.assert(
    fc.property(fc.array(happened, { maxLength: 20 }), fc.nat({ max: 20 }), (all, cut) => {
      const events = [...all]
        .sort((x, y) => x.hour - y.hour)
        .map(({ kind, hour, cls }, at) =>
          event(kind, new Date(Date.UTC(2025, 8, 20, hour)).toISOString(), `b${at}`, {
            class: cls,
            number: at,
          }),
        );
      const early = listDifferences(delivered, events.slice(0, cut), new Map());
      const later = listDifferences(delivered, events, new Map());
      expect(later.slice(0, early.length)).toEqual(early);
      expect(later.map((one) => one.no)).toEqual(later.map((_, at) => at + 1));
      expect(later.every((one) => one.classId === "a")).toBe(true);
    }),
  );
});

test("９(2) 訂正した後で渡していない回に移っても、訂正の番号は残る", () => {
  const happened = [
    event("booking.corrected", "2025-09-28T02:00:00.000Z", "y", { number: 2 }),
    event("booking.cancelled", "2025-09-29T01:00:00.000Z", "x", { class: "a", number: 1 }),
  ];
  const before = listDifferences(delivered, happened, new Map([["y", "a"]]));
  const moved = event("booking.changed", "2025-09-30T01:00:00.000Z", "y", { from: "a", to: "c", number: 2 });
  const after = listDifferences(delivered, [...happened, moved], new Map([["y", "c"]]));
  expect(before.map(({ no, kind }) => [no, kind])).toEqual([
    [1, "corrected"],
    [2, "removed"],
  ]);
  expect(after.slice(0, 2)).toEqual(before);
});
