// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import type { CommandIo } from "../platform/command.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { answersOf, hireForCommand, qualify } from "../testing/command-handler.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { batchCommand } from "./batch-command.ts";

let desk: TestDesk;
const op = "0107";
const sv = "0105";

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2025-09-22", "11:20") });
  await openReception(desk.office, desk.actor("x", "supervisor"), [{ id: "a" }]);
  await qualify(desk, await hireForCommand(desk, op, "operator"));
  await qualify(desk, await hireForCommand(desk, sv, "supervisor"));
  await takeBooking(desk.office, desk.actor("x", "operator"), caller(1, "a"));
});
afterEach(() => desk.close());

async function run(
  args: string[],
  options: Record<string, string> = {},
  password?: string,
): Promise<unknown> {
  let told: unknown;
  const io: CommandIo = {
    args,
    option: (name) => options[name],
    options: () => [],
    flag: () => false,
    result: (value) => {
      told = value;
    },
    progress: () => {},
    secret: answersOf(desk, password),
    readFile: async () => new Uint8Array(),
    writeFile: async () => {},
    office: async () => desk.office,
    signal: new AbortController().signal,
  };
  await batchCommand.run(io);
  return told;
}

test("表１ 作る・回す・承認を、名指しした従業者の役割で行う", async () => {
  expect(await run(["list"])).toEqual({ batches: [] });
  await expect(run(["prepare"])).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run(["prepare"], { as: sv })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(run(["prepare"], { as: "nobody" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await run(["prepare"], { as: op, within: "5" })).toMatchObject({ number: 1, count: 1 });
  await run(["submit", "1"], { as: op });
  await expect(run(["approve", "1"], { as: op })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await run(["approve", "1"], { as: sv })).toMatchObject({ approved: 1, waiting: 0 });
  expect(await run(["list"])).toMatchObject({ batches: [{ number: 1, state: "approved" }] });
});

test("別紙1 5(8) 名指しするだけでは行えない。パスワードが違えば断り、席は残らない", async () => {
  await expect(run(["prepare"], { as: op }, "ちがう言葉ちがう言葉ちがう")).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await run(["prepare"], { as: op, within: "5" });
  const kinds = await desk.events();
  expect(kinds).toContain("account.refused");
  expect(kinds.filter((kind) => kind === "account.seated").length).toBe(
    kinds.filter((kind) => kind === "account.left").length,
  );
});

test("特記 第3条・第5条・第6条 コマンドでも、名簿・誓約書・研修がそろうまで、束を作れない", async () => {
  await hireForCommand(desk, "0109", "operator");
  await expect(run(["prepare"], { as: "0109" })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("秘密保持の誓約書"),
  });
  const kinds = await desk.events();
  expect(kinds).not.toContain("batch.prepared");
  expect(kinds.at(-1)).toBe("account.left");
});

test("知らない行い・束・数を、一文で断る", async () => {
  await expect(run(["burn"])).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run(["approve", "9"], { as: sv })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(run(["approve", "x"], { as: sv })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await run(["prepare"], { as: op });
  await expect(run(["dispatch", "1"], { as: op })).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(run(["dispatch", "1"], { as: op, count: "1" })).rejects.toMatchObject({ code: "REFUSED" });
});
