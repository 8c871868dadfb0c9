import fc from "fast-check";
import { expect, test } from "vitest";
import { instantFromMs, instantOf } from "../base/time.ts";
import { VIEW_LIMIT, VIEW_MINUTES } from "../tasks/view.ts";
import { massViews, type View, viewsPerDay } from "./mass-view.ts";

const start = Date.parse(instantOf("2025-09-17", "10:00"));
const views = (gaps: readonly { gap: number; person: number; actor: string }[]): View[] => {
  let ms = start;
  return gaps.map(({ gap, person, actor }, at) => {
    ms += gap;
    return { id: `e${String(at).padStart(5, "0")}`, at: instantFromMs(ms), actor, person: `p${person}` };
  });
};
const steady = (count: number, gapMs: number, people = count) =>
  views(Array.from({ length: count }, (_, at) => ({ gap: gapMs, person: at % people, actor: "a" })));

test("基準5(4) 30人までは知らせず、31人目から一つの知らせになる", () => {
  expect(massViews(steady(30, 1000))).toEqual([]);
  expect(massViews(steady(31, 1000))).toMatchObject([{ id: "e00030", people: 31 }]);
  expect(massViews(steady(40, 1000))).toMatchObject([{ id: "e00030", people: 40 }]);
});

test("基準5(4) 同じ方を何度表示しても一人、10分より長くかかれば知らせない", () => {
  expect(massViews(steady(300, 1000, 30))).toEqual([]);
  expect(massViews(steady(60, 25_000))).toEqual([]);
});

test("基準5(4) どんな並びでも、数え直した10分の幅が目安を超えるとき、そのときだけ知らせがある", () => {
  const one = fc.record({
    gap: fc.integer({ min: 0, max: 60_000 }),
    person: fc.nat(60),
    actor: fc.constantFrom("a", "b"),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 150 }), (gaps) => {
      const all = views(gaps);
      const over = all.filter((last) => {
        const from = Date.parse(last.at) - VIEW_MINUTES * 60_000;
        const own = all.filter((each) => each.actor === last.actor && each.id <= last.id);
        const seen = new Set(own.filter((each) => Date.parse(each.at) > from).map((each) => each.person));
        return seen.size > VIEW_LIMIT;
      });
      const alerts = massViews(all);
      for (const view of over)
        expect(alerts.some((a) => a.actor === view.actor && a.from <= view.at && view.at <= a.to)).toBe(true);
      expect(alerts.length === 0).toBe(over.length === 0);
      expect(alerts.every((alert) => over.some(({ id }) => id === alert.id))).toBe(true);
      expect(viewsPerDay(all).reduce((sum, day) => sum + day.views, 0)).toBe(all.length);
    }),
    { numRuns: 60 },
  );
});
