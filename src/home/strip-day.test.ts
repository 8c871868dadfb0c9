import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { stripOf } from "./business-strip.ts";
import { listDeadlines } from "./list-deadlines.ts";
import { stripDays } from "./strip-day.ts";

const { blueprint } = readBlueprint(readFileSync("blueprints/sapporo-class-booking.yaml", "utf8"));
const { calendar, terms } = blueprint;
const second = terms[1];
if (!second) throw new Error("the second term");

function daysFrom(day: string, unsent: string[] = []) {
  const now = instantOf(day, "13:40");
  const rows = listDeadlines({
    ...{ now, blueprint, names: new Map(), inside: true, batches: [], tasks: [], filings: [], owed: [] },
    lists: [{ term: second as typeof second & object, bookings: 1, delivered: false }],
    unsent: unsent.map((one) => ({ day: one, unsent: 1, approved: 0 })),
  });
  return stripDays({ now, calendar, terms, rows, classDays: ["2025-10-01", "2025-10-02"] });
}

test("これからの十営業日に、投函期限・リスト提出・受付終了・講習会初日が立つ", () => {
  const days = daysFrom("2025-09-17", ["2025-10-01", "2025-10-02", "2025-10-07"]);
  const on = (day: string) => days.find((one) => one.day === day)?.items?.map((item) => item.text);
  expect(on("2025-09-22")).toEqual(["投函期限", "10/1・2日分"]);
  expect(on("2025-09-26")).toEqual(["投函10/7分", "リスト提出", "受付終了"]);
  expect(on("2025-10-01")).toEqual(["講習会初日"]);
  expect(days.find((one) => one.day === "2025-09-22")?.href).toBe("/deadlines?day=2025-09-22");
});

test("休みは短い名と、その日の名で置く。予定のない日はつながりにしない", () => {
  const days = daysFrom("2025-09-17");
  const off = (day: string) => days.find((one) => one.day === day)?.off;
  expect(off("2025-09-20")).toEqual({ short: "土", name: "土曜日" });
  expect(off("2025-09-23")).toEqual({ short: "祝", name: "秋分の日" });
  expect(days.find((one) => one.day === "2025-09-18")).toEqual({ day: "2025-09-18", weekday: "木" });
});

test("年末年始をまたいでも、ちょうど十営業日が並ぶ", () => {
  for (const day of ["2025-12-24", "2026-04-28", "2025-09-17"])
    expect(stripOf(daysFrom(day), day).filter((cell) => cell.kind === "open")).toHaveLength(10);
});

test("遅れたものは、過ぎた日の予定として数え直さない（本日の件数は本日が期限のものだけ）", () => {
  const [today] = daysFrom("2025-09-30");
  expect(today?.items).toBeUndefined();
});
