import { afterEach, expect, test } from "vitest";
import type { CommandIo } from "../platform/command.ts";
import { answersOf, hireForCommand, qualify } from "../testing/command-handler.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { changeCommands } from "./change-command.ts";
import { takeBooking } from "./take-booking.ts";
import { waitForClass } from "./wait-for-class.ts";

let desk: TestDesk;
afterEach(() => desk.close());

/** コマンドを動かし、--json の答えと書いたファイルを返す。 */
async function run(name: string, args: string[], options: Record<string, string> = {}) {
  const command = changeCommands.find((one) => one.name === name);
  if (!command) throw new Error(`no such command: ${name}`);
  let value: unknown;
  const files = new Map<string, Uint8Array>();
  const io: CommandIo = {
    args,
    option: (key) => options[key],
    options: (key) => (options[key] === undefined ? [] : [options[key]]),
    flag: (key) => options[key] !== undefined,
    result: (given) => {
      value = given;
    },
    progress: () => {},
    secret: answersOf(desk),
    readFile: async () => new Uint8Array(),
    writeFile: async (path, bytes) => void files.set(path, bytes),
    office: async () => desk.office,
    signal: new AbortController().signal,
  };
  await command.run(io);
  return { value, files };
}

test("６(2)ウ 取消・待機・移動・予約率は、コマンドでも画面と同じに動く", async () => {
  desk = await openDesk();
  const sv = desk.actor("sv-1", "supervisor");
  await openReception(desk.office, sv, [
    { id: "a", capacity: 1 },
    { id: "b", capacity: 4 },
  ]);
  const as = "0105";
  const staff = await hireForCommand(desk, as, "supervisor");
  await takeBooking(desk.office, sv, caller(1, "a"));
  await takeBooking(desk.office, sv, caller(2, "b"));
  await expect(run("bookings cancel", ["0001"], { as, reason: "health" })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("名簿"),
  });
  await qualify(desk, staff);
  await waitForClass(desk.office, sv, { ...caller(3, "a"), wider: false, reachFrom: "", reachTo: "" });
  await expect(run("bookings cancel", ["0001"], { as, reason: "nothing" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await expect(run("bookings cancel", ["9999"], { as, reason: "health" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect((await run("bookings cancel", ["0001"], { as, reason: "health" })).value).toMatchObject({
    number: 1,
    seat: { kind: "offered" },
  });
  expect((await run("waits list", [])).value).toMatchObject({ calling: [{ state: "offered" }], waiting: [] });
  const order = { reason: "会場の工事のため", instructed: "2025-09-17" };
  const place = { day: "2025-10-02", start: "09:30", end: "10:20", venue: "kita" };
  expect((await run("classes move", ["b"], { ...order, ...place })).value).toMatchObject({ untold: 1 });
  expect((await run("classes untold", [])).value).toMatchObject({ untold: [{ summary: { number: 2 } }] });
  expect((await run("classes cancel", ["b"], order)).value).toMatchObject({ untold: 1 });
  const { value, files } = await run("bookings rate", [], { term: "2", out: "rate.csv" });
  expect(value).toMatchObject({ fill: { classes: 1, capacity: 1, booked: 0 }, guiding: { cancelled: 1 } });
  expect(new TextDecoder().decode(files.get("rate.csv"))).toContain("予約率（％）");
  expect((await run("lists differences", [])).value).toMatchObject({ lines: [] });
});
