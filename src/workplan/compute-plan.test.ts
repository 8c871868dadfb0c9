import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  businessDayOnOrBefore,
  isBusinessDay,
  standardCalendar,
} from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";
import { computePlan, type Plan } from "./compute-plan.ts";
import { moveDate } from "./move-date.ts";
import { planBack } from "./plan-back.ts";
import { blankTask, type LinkKind, linkKinds, type PlanTask } from "./plan-task.ts";

const calendar = standardCalendar;
const frame = { calendar, from: "2024-06-03" };
const task = (code: string, days: number, more: Partial<PlanTask> = {}): PlanTask => ({
  ...blankTask(code, `作業${code}`),
  days,
  milestone: days === 0,
  ...more,
});
const behind = (of: string, kind: LinkKind = "FS", lag = 0) => [{ of, kind, lag }];
const one = (plan: Plan, code: string) => {
  const found = plan.tasks.find((each) => each.task.code === code);
  if (found === undefined) throw new Error(`no task ${code}`);
  return found;
};

/** 全体の終わりの営業日（暦で数える作業は、休みの日に終わることがある）。 */
const lastOf = ({ to }: Plan) => businessDayOnOrBefore(calendar, to);

/** 輪のない、でたらめな工程表。暦で数える作業、節目、期限、実績なし。 */
const planArbitrary = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.tuple(
    ...Array.from({ length: count }, (_, at) =>
      fc
        .record({
          days: fc.integer({ min: 0, max: 25 }),
          calendar: fc.boolean(),
          from: fc.option(fc.integer({ min: -20, max: 200 }), { nil: null }),
          by: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null }),
          links: fc.array(
            fc.record({
              of: fc.integer({ min: 0, max: Math.max(0, at - 1) }),
              kind: fc.constantFrom(...linkKinds),
              lag: fc.integer({ min: -3, max: 6 }),
            }),
            { maxLength: at === 0 ? 0 : 3 },
          ),
        })
        .map(({ days, calendar: byCalendar, from, by, links }): PlanTask => {
          const dayOf = (n: number | null) => (n === null ? null : addDays("2024-06-03", n));
          return task(`T${at}`, days, {
            calendar: byCalendar && days > 0,
            ...{ from: dayOf(from), by: dayOf(by) },
            links: links.map((link) => ({ ...link, of: `T${link.of}` })),
          });
        }),
    ),
  ),
);

describe("工程の計算", () => {
  it("４ 三つの作業: 営業日で続き、祝日と土日をまたぐ。枝には余裕がある", () => {
    const plan = computePlan(
      [
        task("A", 5),
        task("B", 3, { links: behind("A") }),
        task("C", 1, { links: behind("A") }),
        task("D", 0, { links: [...behind("B"), ...behind("C")], by: "2024-06-14" }),
      ],
      frame,
    );
    expect(one(plan, "A")).toMatchObject({ start: "2024-06-03", end: "2024-06-07", critical: true });
    expect(one(plan, "B")).toMatchObject({ start: "2024-06-10", end: "2024-06-12", float: 0, room: 2 });
    expect(one(plan, "C")).toMatchObject({ end: "2024-06-10", float: 2, latestEnd: "2024-06-12" });
    expect(one(plan, "D")).toMatchObject({ start: "2024-06-12", end: "2024-06-12" });
    expect(plan.misses).toEqual([]);
  });

  it("意見を募る30日間は暦の日で数え、終わりが休みでも切らない", () => {
    const plan = computePlan(
      [
        { ...task("P", 30, { calendar: true, from: "2025-02-12" }), name: "パブリックコメント" },
        task("S", 2, { links: behind("P") }),
      ],
      frame,
    );
    expect(one(plan, "P")).toMatchObject({ start: "2025-02-12", end: "2025-03-13" });
    expect(one(plan, "S")).toMatchObject({ start: "2025-03-14", end: "2025-03-17" });
  });

  it("短い意見募集、知らない先行、輪は、どこが悪いかを言って断る", () => {
    const bad = [
      { ...task("P", 20, { calendar: true }), name: "意見募集" },
      task("A", 1, { links: behind("B") }),
      task("B", 1, { links: [...behind("A"), ...behind("Z")] }),
    ];
    try {
      computePlan(bad, frame);
      expect.unreachable();
    } catch (cause) {
      const { faults } = cause as { faults: { message: string }[] };
      const text = faults.map(({ message }) => message).join("\n");
      expect(text).toContain("30日以上");
      expect(text).toContain("「Z」が、この工程表にありません");
      expect(text).toMatch(/輪になっています（A → B → A|輪になっています（B → A → B/);
    }
  });

  it("始めた作業の始まりは動かず、遅れている分だけ後ろが延びる", () => {
    const tasks = [
      task("A", 5, { started: "2024-06-03", progress: 20 }),
      task("B", 2, { links: behind("A") }),
    ];
    const plan = computePlan(tasks, { ...frame, today: "2024-06-10" });
    expect(one(plan, "A")).toMatchObject({ start: "2024-06-03", end: "2024-06-13" });
    expect(one(plan, "B").start).toBe("2024-06-14");
  });

  it("どんな工程表でも、先行より先に始まらず、始まりは営業日で、決める道の余裕は 0", () => {
    fc.assert(
      fc.property(planArbitrary, (tasks) => {
        const plan = computePlan(tasks, frame);
        const by = new Map(plan.tasks.map((each) => [each.task.code, each]));
        for (const each of plan.tasks) {
          if (!each.task.milestone) expect(isBusinessDay(calendar, each.start)).toBe(true);
          expect(each.float).toBeGreaterThanOrEqual(0);
          expect(each.critical).toBe(each.float === 0);
          for (const { of, kind, lag } of each.task.links) {
            const before = by.get(of);
            if (before === undefined || before.task.milestone || each.task.milestone) continue;
            const limit = kind === "FS" ? addDays(before.end, 1) : kind === "SS" ? before.start : before.end;
            const earliest = lag === 0 ? limit : addBusinessDays(calendar, limit, 0);
            if (lag >= 0)
              expect((kind === "FF" ? each.end : each.start) >= earliest || kind === "FF").toBe(true);
            if (lag >= 0 && kind === "FS") expect(each.start > before.end).toBe(true);
            if (lag >= 0 && kind === "FF" && !each.task.calendar && !before.task.calendar)
              expect(each.end >= before.end).toBe(true);
          }
        }
        expect(plan.tasks.some((each) => each.critical)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("余裕の分だけ遅らせても、全体の終わりは変わらない", () => {
    fc.assert(
      fc.property(planArbitrary, (tasks) => {
        const plan = computePlan(tasks, frame);
        for (const each of plan.tasks.filter(({ float, task: of }) => float > 0 && !of.milestone)) {
          const late = tasks.map((of) =>
            of.code === each.task.code ? { ...of, from: each.latestStart } : of,
          );
          expect(lastOf(computePlan(late, frame))).toBe(lastOf(plan));
        }
      }),
      { numRuns: 80 },
    );
  });

  it("逆に引くと、間に合う期限はすべて守り、守れないものは、はじめから守れないものだけ", () => {
    fc.assert(
      fc.property(planArbitrary, (tasks) => {
        const early = computePlan(tasks, frame);
        const { plan } = planBack(tasks, frame);
        expect(plan.misses.map(({ code }) => code)).toEqual(early.misses.map(({ code }) => code));
        for (const each of plan.tasks)
          if (each.task.by !== null && each.end > each.task.by)
            expect(plan.misses.some(({ code }) => code === each.task.code)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("日を動かしても、前の作業と、終わった作業は動かない", () => {
    fc.assert(
      fc.property(
        planArbitrary,
        fc.nat(),
        fc.integer({ min: -30, max: 90 }),
        fc.constantFrom("linked" as const, "later" as const),
        (given, pick, shift, reach) => {
          const done = given.map((each, at) =>
            at === 0
              ? { ...task("T0", 9), started: "2024-06-03", finished: "2024-06-20", progress: 100 }
              : each,
          );
          const target = done[pick % done.length] ?? task("T0", 1);
          if (target.finished !== null) return;
          const start = one(computePlan(done, frame), target.code).start;
          const moved = moveDate(
            done,
            { code: target.code, day: addDays(start, shift), behind: reach },
            frame,
          );
          expect(one(moved.after, "T0")).toMatchObject({ start: "2024-06-03", end: "2024-06-20" });
          const touched = new Set(moved.lines.map(({ code }) => code));
          for (const { task: of, start: was } of moved.before.tasks) {
            const reached = of.code === target.code || was > start || of.links.length > 0;
            if (!reached && one(moved.before, of.code).end <= (of.by ?? "9999"))
              expect(touched.has(of.code)).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("６(2) 市が意見募集の始まりを動かすと、後ろの期限は同じだけ動き、30日は縮まず、契約の終わりは動かず、間に合わないと言う", () => {
    const tasks = [
      { ...task("P", 30, { calendar: true, from: "2024-11-25" }), name: "パブリックコメント" },
      { ...task("S", 10, { links: behind("P"), by: "2025-01-17" }), name: "意見の整理" },
      task("F", 15, { links: behind("S") }),
      task("E", 0, { links: behind("F"), by: "2025-03-24", firm: true }),
    ];
    const moved = moveDate(tasks, { code: "P", day: "2025-02-12", behind: "linked" }, frame);
    const period = one(moved.after, "P");
    expect(daysBetween(period.start, period.end) + 1).toBe(30);
    expect(moved.lines.find(({ code }) => code === "P")?.note).toContain("30日間");
    expect(one(moved.after, "S").task.by).not.toBe("2025-01-17");
    expect(one(moved.after, "E").task.by).toBe("2025-03-24");
    expect(moved.after.misses.map(({ code }) => code)).toContain("E");
    expect(moved.lines.find(({ code }) => code === "E")?.note).toContain("間に合いません");
  });
});
