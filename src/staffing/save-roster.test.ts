// @engine both
import fc from "fast-check";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerFiling } from "../filings/answer-filing.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { readTables } from "../office/table-reader.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { staffingHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { readRoster } from "./read-roster.ts";
import { duties, isPresent, rosterFaults, type Shift, slotsOf, staffOf } from "./roster.ts";
import { saveRoster } from "./save-roster.ts";
import { staffingRoutes } from "./staffing-routes.tsx";

const day = "2025-09-18";
const slots = slotsOf({ open: "09:00", close: "16:00" });
const times = Array.from({ length: 17 }, (_, i) => {
  const at = 8 * 60 + 30 + i * 30;
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
});

let desk: TestDesk;
let app: Hono;
let sv: SignedIn;
let op: SignedIn;
let chief: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("sv-0", "supervisor"), []);
  app = roomApp(desk.office, staffingRoutes(staffingHands()));
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  op = await signIn(app, desk.office, desk.contract, "operator");
  chief = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

const whole = (handlerId: string, duty: Shift["duty"], lunch: string | undefined): Shift => ({
  ...{ handlerId, duty, starts: "09:00", ends: "16:00" },
  lunch: lunch === undefined ? undefined : { starts: lunch, ends: `${Number(lunch.slice(0, 2)) + 1}:00` },
});
const noon = (handlerId: string, duty: Shift["duty"]): Shift => ({
  ...{ handlerId, duty, starts: "12:00", ends: "13:00", lunch: undefined },
});

type Edit = { at: number; drop: boolean; change: Partial<Shift> };

/** 勤務の一行ずつの、無作為の直し。 */
function editsOf(people: readonly string[]) {
  const change = fc.record(
    {
      handlerId: fc.constantFrom(...people),
      duty: fc.constantFrom(...(Object.keys(duties) as Shift["duty"][])),
      starts: fc.constantFrom("08:30", "09:00", "bad", ...times),
      ends: fc.constantFrom("16:00", "16:30", ...times),
      lunch: fc.constantFrom(
        undefined,
        { starts: "12:00", ends: "12:30" },
        { starts: "11:00", ends: "12:00" },
      ),
    },
    { requiredKeys: [] },
  );
  const drop = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
  return fc.array(fc.record({ at: fc.integer({ min: 0, max: 4 }), drop, change }), { maxLength: 3 });
}

function edited(base: readonly Shift[], edits: readonly Edit[]): Shift[] {
  return edits.reduce<Shift[]>(
    (shifts, { at, drop, change }) =>
      drop
        ? shifts.filter((_, i) => i !== at)
        : at < shifts.length
          ? shifts.map((one, i) => (i === at ? { ...one, ...change } : one))
          : shifts.concat({ ...whole("", "operator", undefined), ...change }),
    [...base],
  );
}

async function permitBoth(): Promise<void> {
  const manager = desk.actor("m-1", "manager");
  const { id } = await draftFiling(desk.office, manager, {
    ...{ form: "roster-exception", kind: "consultation", title: "兼務", clause: "6(5)ア", body: "" },
    fields: { from: day, to: day, forecast: "20件", level: "保てる" },
  });
  await submitFiling(desk.office, manager, id);
  await answerFiling(desk.office, desk.actor("c-1", "client"), id, { outcome: "answered", text: "可" });
}

test("６(5)ア SV と OP のいない半時間がある勤務は断り、何も残さない", async () => {
  const shifts = [whole(sv.actor.id, "supervisor", "12:00"), whole(op.actor.id, "operator", "11:00")];
  await expect(saveRoster(desk.office, sv.actor, { day, edition: 0, shifts })).rejects.toMatchObject({
    code: "REFUSED",
    faults: [
      { message: "11:00から12:00まで、OP がいません。" },
      { message: "12:00から13:00まで、SV がいません。" },
    ],
  });
  expect((await readRoster(desk.office, sv.actor, staffingHands(), day)).edition).toBe(0);
  expect(await desk.events()).not.toContain("roster.saved");
});

test("６(5)ア 昼休みを互いに埋めれば決まり、責任者は SV を兼ねられる。版が古ければ断る", async () => {
  const other = await signIn(app, desk.office, desk.contract, "operator");
  const shifts = [
    whole(sv.actor.id, "supervisor", "12:00"),
    noon(chief.actor.id, "supervisor"),
    whole(op.actor.id, "operator", "11:00"),
    whole(other.actor.id, "operator", "13:00"),
  ];
  expect(await saveRoster(desk.office, sv.actor, { day, edition: 0, shifts })).toEqual({ edition: 1 });
  await expect(saveRoster(desk.office, sv.actor, { day, edition: 0, shifts })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const races = await Promise.allSettled(
    [1, 2, 3].map(() => saveRoster(desk.office, sv.actor, { day, edition: 1, shifts })),
  );
  expect(races.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const view = await readRoster(desk.office, sv.actor, staffingHands(), day);
  expect(view.shifts).toHaveLength(4);
  expect(view.slots.every(({ missing }) => missing === undefined)).toBe(true);
  await expect(saveRoster(desk.office, op.actor, { day, edition: 2, shifts })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("６(5)ア SV兼OP は、協議の回答がその日を含むときだけ", async () => {
  const shifts = [
    whole(sv.actor.id, "both", "12:00"),
    noon(chief.actor.id, "supervisor"),
    noon(op.actor.id, "operator"),
  ];
  await expect(saveRoster(desk.office, sv.actor, { day, edition: 0, shifts })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await permitBoth();
  expect(await saveRoster(desk.office, sv.actor, { day, edition: 0, shifts })).toEqual({ edition: 1 });
  await expect(
    saveRoster(desk.office, sv.actor, { day: "2025-09-19", edition: 0, shifts }),
  ).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("６(5) 画面: 断られても入れたものは残り、決まれば紙と Excel になる。OP は見るだけ", async () => {
  const form: Record<string, string> = { day, edition: "0" };
  const put = (at: number, handler: string, duty: string, from: string, to: string, lunch = "") => {
    Object.assign(form, {
      ...{ [`handler-${at}`]: handler, [`duty-${at}`]: duty, [`starts-${at}`]: from, [`ends-${at}`]: to },
      [`lunchStarts-${at}`]: lunch,
      [`lunchEnds-${at}`]: lunch === "" ? "" : "13:00",
    });
  };
  put(0, sv.actor.id, "supervisor", "９:００", "15:00");
  put(1, op.actor.id, "operator", "900", "15:00");
  const refused = await sv.post("/staffing/roster", form);
  expect(refused.status).toBe(409);
  const html = await refused.text();
  expect(html).toContain("15:00から16:00まで、SV と OP がいません。");
  expect(html).toContain('value="15:00"');
  put(2, chief.actor.id, "supervisor", "15:00", "16:00");
  const late = await signIn(app, desk.office, desk.contract, "operator");
  put(3, late.actor.id, "operator", "15:00", "16:00");
  expect((await sv.post("/staffing/roster", form)).status).toBe(303);
  const page = await (await op.get(`/staffing/roster?day=${day}`)).text();
  expect(page).not.toContain("この勤務に決める");
  expect((await op.get(`/staffing/roster/print?day=${day}`)).status).toBe(200);
  const book = await op.get(`/staffing/roster/workbook?day=${day}`);
  expect(book.headers.get("content-type")).toContain("spreadsheetml");
  const [people, halves] = readTables(new Uint8Array(await book.arrayBuffer()), "roster.xlsx");
  expect(people?.rows).toHaveLength(5);
  expect(people?.rows[1]?.filter(({ text }) => text === "●")).toHaveLength(12);
  expect(halves?.rows[1]?.slice(0, 4).map(({ text }) => text)).toEqual(["09:00", "1", "1", "0"]);
  expect(await desk.events()).toContain("roster.printed");
  expect((await op.post("/staffing/roster", form)).status).toBe(403);
});

test("６(5)ア どんな直しの並びでも、決まった日には SV と OP のいない半時間がない", async () => {
  await permitBoth();
  const base: Shift[] = [
    whole(sv.actor.id, "supervisor", "12:00"),
    noon(chief.actor.id, "supervisor"),
    { handlerId: op.actor.id, duty: "operator", starts: "09:00", ends: "14:00", lunch: undefined },
    { handlerId: op.actor.id, duty: "operator", starts: "14:00", ends: "16:00", lunch: undefined },
  ];
  const edits = editsOf([sv.actor.id, op.actor.id, chief.actor.id]);
  let kept = 0;
  let edition = 0;
  await fc.assert(
    fc.asyncProperty(edits, fc.constantFrom(day, "2025-09-19"), async (changes, on) => {
      const shifts = edited(base, changes);
      const before = on === day ? edition : 0;
      const saved = await saveRoster(desk.office, sv.actor, { day: on, edition: before, shifts }).catch(
        (cause: { code: string }) => {
          expect(["REFUSED", "BAD_INPUT", "CONFLICT"]).toContain(cause.code);
          return undefined;
        },
      );
      if (saved) kept += 1;
      if (saved && on === day) edition = saved.edition;
      const view = await readRoster(desk.office, sv.actor, staffingHands(), on);
      if (view.edition > 0) expect(view.slots.filter(({ missing }) => missing !== undefined)).toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(kept).toBeGreaterThan(0);
});

test("６(5)ア 規則そのもの: 断られない勤務は、どの半時間にも別々の SV と OP（許しがあれば兼務一人）がいる", () => {
  const known = new Map([
    ["a", { leads: true, answers: true }],
    ["b", { leads: false, answers: true }],
    ["c", { leads: true, answers: false }],
  ]);
  let accepted = 0;
  const edits = editsOf(["a", "b", "c", "x"]);
  const base: Shift[] = [
    { handlerId: "a", duty: "supervisor", starts: "09:00", ends: "12:00", lunch: undefined },
    { handlerId: "c", duty: "supervisor", starts: "12:00", ends: "16:00", lunch: undefined },
    { handlerId: "b", duty: "operator", starts: "09:00", ends: "14:00", lunch: undefined },
    { handlerId: "a", duty: "operator", starts: "14:00", ends: "16:00", lunch: undefined },
  ];
  fc.assert(
    fc.property(edits, fc.boolean(), (changes, bothAllowed) => {
      const shifts = edited(base, changes);
      if (rosterFaults(shifts, { slots, known, bothAllowed }).length > 0) return;
      accepted += 1;
      for (const start of slots) {
        const here = shifts.filter((one) => isPresent(one, start));
        const leaders = here.filter(({ duty }) => duty === "supervisor").map(({ handlerId }) => handlerId);
        const operators = here.filter(({ duty }) => duty === "operator").map(({ handlerId }) => handlerId);
        const apart = leaders.some((leader) => operators.some((one) => one !== leader));
        expect(apart || (bothAllowed && here.some(({ duty }) => duty === "both"))).toBe(true);
        expect(here.every(({ handlerId }) => known.has(handlerId))).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(20);
  expect(staffOf([], slots, { bothAllowed: true }).every(({ missing }) => missing !== undefined)).toBe(true);
});
