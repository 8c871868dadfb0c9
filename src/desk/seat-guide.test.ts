import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SeatCell, SeatVenue } from "./desk-api.ts";
import {
  type Alternative,
  earliestOpen,
  isOpen,
  metresBetween,
  rankAlternatives,
  seatsForMe,
  shortList,
} from "./seat-guide.ts";

const now = "2025-09-17T04:43:00.000Z";

function venue(id: string, lat: number | null, lng: number | null): SeatVenue {
  return { id, name: `${id}センター`, note: "", ward: "北区", lat, lng };
}

const venues = [
  venue("北区民", 43.0904, 141.3407),
  venue("麻生", 43.108, 141.339),
  venue("新琴似", 43.1165, 141.329),
  venue("位置なし", null, null),
];

function seat(venueId: string, date: string, free: number, more: Partial<SeatCell> = {}): SeatCell {
  const posting = { deadline: "2025-09-22T06:00:00.000Z", inTime: true, daysLeft: 3, arrives: "2025-09-24" };
  const when = { date, start: "10:00", end: "12:00" };
  const what = { course: "入門", kind: "講習会", capacity: 10, free, holds: [], posting, started: false };
  return { classId: `${venueId} ${date} ${more.start ?? "10:00"}`, venueId, ...when, ...what, ...more };
}

const asked = seat("北区民", "2025-10-01", 0);
const told = (ranked: Alternative[]) => ranked.map((one) => one.cell.classId);

describe("満席のときの案内先", () => {
  test("６(2)ア 同じ日の近い会場、同じ会場の近い日、ほかの順に並べる", () => {
    const cells = [
      seat("新琴似", "2025-10-02", 4),
      seat("北区民", "2025-10-03", 1),
      seat("新琴似", "2025-10-01", 2),
      asked,
      seat("北区民", "2025-10-02", 3),
      seat("位置なし", "2025-10-01", 9),
      seat("麻生", "2025-10-01", 5),
    ];
    expect(told(rankAlternatives(asked, cells, venues, now))).toEqual([
      "麻生 2025-10-01 10:00",
      "新琴似 2025-10-01 10:00",
      "位置なし 2025-10-01 10:00",
      "北区民 2025-10-02 10:00",
      "北区民 2025-10-03 10:00",
      "新琴似 2025-10-02 10:00",
    ]);
  });

  test("満席、始まった回、別の講座、別の種類は案内しない", () => {
    const cells = [
      seat("麻生", "2025-10-01", 0),
      seat("麻生", "2025-10-02", 3, { started: true }),
      seat("麻生", "2025-10-03", 3, { course: "基礎" }),
      seat("麻生", "2025-10-07", 3, { kind: "相談会" }),
      seat("麻生", "2025-09-17", 3, { start: "13:43" }),
      seat("麻生", "2025-09-16", 3),
    ];
    expect(rankAlternatives(asked, cells, venues, now)).toEqual([]);
  });

  test("通知書が間に合わない回は、印を付けて後ろに置く", () => {
    const late = { ...asked.posting, inTime: false, daysLeft: 0 };
    const cells = [seat("麻生", "2025-10-01", 5, { posting: late }), seat("新琴似", "2025-10-09", 1)];
    const ranked = rankAlternatives(asked, cells, venues, now);
    expect(told(ranked)).toEqual(["新琴似 2025-10-09 10:00", "麻生 2025-10-01 10:00"]);
    expect(ranked.map((one) => one.cardInTime)).toEqual([true, false]);
  });

  test("午前を希望する人には、同じ会場の午後より、午前の席を先に", () => {
    const cells = [seat("北区民", "2025-10-01", 10, { start: "13:30" }), seat("麻生", "2025-10-01", 5)];
    expect(told(rankAlternatives(asked, cells, venues, now, "am"))[0]).toBe("麻生 2025-10-01 10:00");
    expect(told(rankAlternatives(asked, cells, venues, now))[0]).toBe("北区民 2025-10-01 13:30");
  });

  test("自分が押さえた最後の一席は、自分には空いている", () => {
    const mine = seat("麻生", "2025-10-01", 0, {
      holds: [{ deskLabel: "2番", mine: true, expiresAt: "2025-09-17T04:48:00.000Z" }],
    });
    expect(seatsForMe(mine)).toBe(1);
    expect(isOpen(mine, now)).toBe(true);
  });

  test("札幌駅と函館駅はおよそ153キロ、同じ所は0", () => {
    const sapporo = venue("札幌", 43.0687, 141.3508);
    expect(metresBetween(sapporo, venue("函館", 41.7738, 140.7264))).toBeCloseTo(152_900, -4);
    expect(metresBetween(sapporo, sapporo)).toBe(0);
    expect(metresBetween(sapporo, venue("?", null, 141))).toBeNull();
  });

  test("少しだけ見せるときも、同じ日と同じ会場の両方を残す", () => {
    const cells = [
      ...["麻生", "新琴似", "位置なし"].map((id) => seat(id, "2025-10-01", 2)),
      ...["2025-10-02", "2025-10-03", "2025-10-07"].map((date) => seat("北区民", date, 2)),
    ];
    const list = shortList(rankAlternatives(asked, cells, venues, now), 4);
    expect(list.map((one) => one.reason)).toEqual(["same-day", "same-day", "same-venue", "same-venue"]);
  });

  test("希望を聞く前は、間に合う回を早い順に", () => {
    const late = { ...asked.posting, inTime: false };
    const cells = [
      seat("麻生", "2025-09-20", 5, { posting: late }),
      seat("新琴似", "2025-10-02", 1),
      seat("麻生", "2025-10-01", 2),
      seat("新琴似", "2025-10-01", 6),
      asked,
    ];
    expect(earliestOpen(cells, now, 3).map((cell) => cell.classId)).toEqual([
      "新琴似 2025-10-01 10:00",
      "麻生 2025-10-01 10:00",
      "新琴似 2025-10-02 10:00",
    ]);
  });

  const anyCell = fc
    .record({
      venueId: fc.constantFrom(...venues.map((one) => one.id), "知らない会場"),
      date: fc.constantFrom("2025-09-16", "2025-09-17", "2025-10-01", "2025-10-02", "2025-11-30"),
      start: fc.constantFrom("09:00", "10:00", "13:30"),
      free: fc.integer({ min: -1, max: 10 }),
      started: fc.boolean(),
      course: fc.constantFrom("入門", "基礎"),
      inTime: fc.boolean(),
    })
    .map(({ venueId, date, free, inTime, ...more }) =>
      seat(venueId, date, free, { ...more, posting: { ...asked.posting, inTime } }),
    );

  test("案内できる回だけを、一つずつ、間に合わない回は後ろに", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCell, { selector: (cell) => cell.classId }), (cells) => {
        const ranked = rankAlternatives(asked, cells, venues, now, "am");
        const may = cells.filter(
          (cell) =>
            isOpen(cell, now) &&
            cell.course === "入門" &&
            cell.classId !== asked.classId &&
            venues.some((one) => one.id === cell.venueId),
        );
        expect(new Set(told(ranked))).toEqual(new Set(may.map((cell) => cell.classId)));
        expect(ranked).toHaveLength(may.length);
        const late = ranked.map((one) => one.cardInTime);
        expect(late).toEqual([...late].sort((a, b) => Number(b) - Number(a)));
        const near = ranked.filter((one) => one.reason === "same-day" && one.cardInTime && one.inPeriod);
        const metres = near.map((one) => one.metres ?? Number.POSITIVE_INFINITY);
        expect(metres).toEqual([...metres].sort((a, b) => a - b));
        expect(told(rankAlternatives(asked, [...cells].reverse(), venues, now, "am"))).toEqual(told(ranked));
      }),
    );
  });
});
