import { expect, test } from "vitest";
import type { CommandIo } from "../platform/command.ts";
import { calendarCommands, readClosedDays } from "./calendar-command.ts";

async function run(options: Record<string, string>, file = ""): Promise<unknown> {
  let value: unknown;
  const io: CommandIo = {
    args: [],
    option: (name) => options[name],
    options: () => [],
    flag: () => false,
    result: (result) => {
      value = result;
    },
    progress: () => {},
    secret: async () => "",
    readFile: async () => Buffer.from(file),
    writeFile: async () => {},
    office: () => Promise.reject(new Error("no office is needed")),
    signal: new AbortController().signal,
  };
  await calendarCommands.find((c) => c.name === "calendar days")?.run(io);
  return value;
}

test("６(3) 祝日と土日を、なぜ休みかとともに並べる", async () => {
  expect(await run({ from: "2025-09-12", to: "2025-09-16" })).toMatchObject({
    days: [
      { date: "2025-09-12", business: true },
      { date: "2025-09-13", business: false, reason: "土曜日" },
      { date: "2025-09-14", business: false, reason: "日曜日" },
      { date: "2025-09-15", business: false, reason: "敬老の日" },
      { date: "2025-09-16", business: true },
    ],
  });
});

test("ほかの休みの日は、和暦でも理由つきでも足せる", async () => {
  const file = "# 館の休み\r\n令和7年9月12日, 設備点検\n2025-09-16\n\n";
  expect(await run({ from: "令和7年9月12日", to: "2025-09-16", closed: "x" }, file)).toMatchObject({
    days: [{ business: false, reason: "設備点検" }, {}, {}, {}, { business: false, reason: "休業日" }],
  });
});

test("読めない行は、行の番号を言って断る", () => {
  expect(() => readClosedDays(Buffer.from("2025-09-12\n2025-02-30\nあした\n"))).toThrowError(
    expect.objectContaining({
      code: "BAD_INPUT",
      faults: [expect.objectContaining({ row: 2 }), expect.objectContaining({ row: 3 })],
    }),
  );
});

test("終わりが始まりより前なら断る", async () => {
  await expect(run({ from: "2025-09-16", to: "2025-09-12" })).rejects.toMatchObject({ code: "BAD_INPUT" });
});
