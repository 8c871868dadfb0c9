import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SeatCell, SeatsBoard } from "./desk-api.ts";
import { cellAt, firstSpot, type GridMove, moveSpot, seatGrid, seatLevel, spotOf } from "./seat-grid.ts";

const posting = { deadline: "2025-09-22T06:00:00.000Z", inTime: true, daysLeft: 3, arrives: null };
const dates = ["2025-10-01", "2025-10-02", "2025-10-03"];

function seat(venueId: string, date: string, start = "10:00", more: Partial<SeatCell> = {}): SeatCell {
  const when = { date, start, end: "12:00" };
  const rest = { course: "入門", kind: "講習会", capacity: 10, free: 3, holds: [], posting, started: false };
  return { classId: `${venueId} ${date} ${start}`, venueId, ...when, ...rest, ...more };
}

function board(cells: SeatCell[]): SeatsBoard {
  const venue = (id: string, ward: string) => ({ id, name: id, note: "", ward, lat: null, lng: null });
  return {
    version: "1",
    now: "2025-09-17T04:43:00.000Z",
    courses: ["入門", "基礎"],
    wards: ["北区", "東区"],
    days: dates.map((date) => ({ date, label: date.slice(5), weekday: "水" })),
    venues: [venue("北", "北区"), venue("麻", "北区"), venue("東", "東区")],
    cells,
    bookedToday: 0,
  };
}

const all = { course: "入門", ward: "", period: "all" } as const;

describe("空席表", () => {
  test("回のない会場と日は出さず、区と時間帯と講座で絞る", () => {
    const cells = [
      seat("北", "2025-10-01"),
      seat("北", "2025-10-03", "13:30"),
      seat("東", "2025-10-02"),
      seat("麻", "2025-10-02", "10:00", { course: "基礎" }),
    ];
    const grid = seatGrid(board(cells), { ...all, ward: "北区", period: "am" });
    expect(grid.rows.map((row) => row.venue.id)).toEqual(["北"]);
    expect(grid.days.map((day) => day.date)).toEqual(["2025-10-01"]);
    expect(seatGrid(board(cells), all).rows).toHaveLength(2);
  });

  test("同じ会場・同じ日に二回あれば、時刻の順に行を分け、どの回も失わない", () => {
    const cells = [
      seat("北", "2025-10-01", "13:30"),
      seat("北", "2025-10-01"),
      seat("北", "2025-10-02"),
      seat("北", "2025-10-01", "10:00", { classId: "別室" }),
    ];
    const grid = seatGrid(board(cells), all);
    expect(grid.rows.map((row) => row.cells.map((cell) => cell?.classId ?? null))).toEqual([
      ["北 2025-10-01 10:00", "北 2025-10-02 10:00"],
      ["別室", null],
      ["北 2025-10-01 13:30", null],
    ]);
  });

  test("矢印は回のない枠を飛ばし、端では動かない", () => {
    const grid = seatGrid(
      board([seat("北", "2025-10-01"), seat("北", "2025-10-03"), seat("東", "2025-10-02")]),
      all,
    );
    expect(moveSpot(grid, { row: 0, column: 0 }, "right")).toEqual({ row: 0, column: 2 });
    expect(moveSpot(grid, { row: 0, column: 2 }, "right")).toEqual({ row: 0, column: 2 });
    expect(moveSpot(grid, { row: 0, column: 2 }, "down")).toEqual({ row: 1, column: 1 });
    expect(moveSpot(grid, { row: 0, column: 0 }, "up")).toEqual({ row: 0, column: 0 });
    expect(moveSpot(grid, { row: 0, column: 0 }, "last")).toEqual({ row: 1, column: 1 });
    expect(spotOf(grid, "東 2025-10-02 10:00")).toEqual({ row: 1, column: 1 });
    expect(spotOf(grid, "ない")).toBeNull();
  });

  test("空の表では、どこにも動かない", () => {
    const grid = seatGrid(board([]), all);
    expect(firstSpot(grid)).toBeNull();
    expect(moveSpot(grid, { row: 0, column: 0 }, "down")).toEqual({ row: 0, column: 0 });
  });

  const moves: GridMove[] = ["left", "right", "up", "down", "rowStart", "rowEnd", "first", "last"];
  const someCells = fc
    .subarray(
      ["北", "麻", "東"].flatMap((id) =>
        dates.flatMap((date) => [`${id}|${date}|10:00`, `${id}|${date}|13:30`]),
      ),
    )
    .map((keys) =>
      keys.map((key) => {
        const [id = "", date = "", start = ""] = key.split("|");
        return seat(id, date, start);
      }),
    );

  test("どう動いても、いる所はいつも回のある枠で、すべての回に矢印で届く", () => {
    fc.assert(
      fc.property(someCells, fc.array(fc.constantFrom(...moves), { maxLength: 20 }), (cells, walk) => {
        const grid = seatGrid(board(cells), all);
        const start = firstSpot(grid);
        if (start === null) {
          expect(cells).toEqual([]);
          return;
        }
        let at = start;
        for (const move of walk) {
          at = moveSpot(grid, at, move);
          expect(cellAt(grid, at)).not.toBeNull();
        }
        const reached = new Set<string>();
        const next = [start];
        for (let spot = next.pop(); spot !== undefined; spot = next.pop()) {
          const id = cellAt(grid, spot)?.classId ?? "";
          if (reached.has(id)) continue;
          reached.add(id);
          for (const move of ["left", "right", "up", "down"] as const) next.push(moveSpot(grid, spot, move));
        }
        expect(reached).toEqual(new Set(cells.map((cell) => cell.classId)));
      }),
    );
  });

  test("色の深さは満席、1–2、3–4、5–7、8以上", () => {
    expect([-1, 0, 1, 2, 3, 4, 5, 7, 8, 99].map(seatLevel)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});
