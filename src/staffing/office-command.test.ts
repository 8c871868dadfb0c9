import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommandIo } from "../platform/command.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { staffingHands } from "../testing/room-hands.ts";
import { type Equipment, equipmentFindings, equipmentKinds } from "./equipment.ts";
import { officeCommands } from "./office-command.ts";
import { simulatePlan } from "./simulate-plan.ts";
import { firstSetting } from "./staffing-setting.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("sv-0", "supervisor"), [{ id: "c1", capacity: 3 }]);
});
afterEach(() => desk.close());

async function run(name: string, options: Record<string, string> = {}, flags: string[] = []) {
  let told: { value: unknown; text: string } | undefined;
  const io: CommandIo = {
    ...{ args: [], options: () => [], progress: () => {}, signal: new AbortController().signal },
    option: (option) => options[option],
    flag: (option) => flags.includes(option),
    result: (value, text) => {
      told = { value, text };
    },
    secret: async () => "",
    readFile: async () => new Uint8Array(),
    writeFile: async () => {},
    office: async () => desk.office,
  };
  await officeCommands(staffingHands())
    .find((one) => one.name === name)
    ?.run(io);
  return told;
}

test("６(5)ウ staffing forecast: 実績のない期は、表２の形で半時間ごとに", async () => {
  const told = await run("staffing forecast", { day: "2025-09-11", simulate: "100" });
  expect(told?.value).toMatchObject({ day: "2025-09-11", nth: 1, rosterSaved: false });
  expect(told?.text).toContain("第二期の開設1日目");
  await expect(run("staffing forecast", { day: "2025-09-13" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("６(5)ア staffing roster と ６(6) staffing equipment: 足りないものを言う", async () => {
  const roster = await run("staffing roster", { day: "2025-09-18" });
  expect(roster?.text).toContain("09:00から16:00まで、SV と OP がいません。");
  expect((await run("staffing equipment"))?.text).toContain("端末機");
});

test("６(5)ウ drill: 事務所に残すときだけ、結果が残る。書き間違いは断る", async () => {
  const alone = await run("drill", { seed: "11", calls: "30", operators: "3" });
  expect(alone?.value).toMatchObject({ seed: 11, calls: 30, doubleBooked: 0, faults: [] });
  expect(await desk.events()).not.toContain("drill.finished");
  const kept = await run("drill", { seed: "11", calls: "30", operators: "3" }, ["keep"]);
  expect(kept?.text).toContain("壊れたところはありません。");
  expect(await desk.events()).toContain("drill.finished");
  await expect(run("drill", { seed: "-1" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run("drill", { calls: "０x" })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("６(6)ア 端末機が席に足りるかは、使っているものの数だけで決まる", () => {
  const item = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...(Object.keys(equipmentKinds) as Equipment["kind"][])),
    count: fc.integer({ min: 0, max: 30 }),
    payer: fc.constantFrom("contractor" as const, "client" as const),
    down: fc.constant(100),
    up: fc.constant(100),
    onDay: fc.constant("2025-09-01"),
    detail: fc.constant("x"),
    ended: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(item), fc.integer({ min: 0, max: 40 }), (items, seats) => {
      const found = equipmentFindings(items, { seats, lines: 0, staffed: 0 });
      const have = items
        .filter(({ kind, ended }) => kind === "terminal" && !ended)
        .reduce((all, { count }) => all + count, 0);
      expect(found.some(({ message }) => message.includes("端末機が"))).toBe(have < seats);
      expect(found.some(({ message }) => message.includes("委託者の負担"))).toBe(
        items.some(({ payer, ended }) => payer === "client" && !ended),
      );
    }),
  );
});

test("６(5)ウ まねた日の分かれ方は、日数を余さず数え、同じ種なら同じ", () => {
  const rows = [30, 20, 10].map((calls) => ({ calls, seats: 6 }));
  const one = simulatePlan(firstSetting, rows, 300, 4);
  expect(one.bins.reduce((all, { days }) => all + days, 0)).toBe(300);
  expect(one.serviceLevel.p5).toBeLessThanOrEqual(one.serviceLevel.p50);
  expect(one.serviceLevel.p50).toBeLessThanOrEqual(one.serviceLevel.p95);
  expect(simulatePlan(firstSetting, rows, 300, 4)).toEqual(one);
});
