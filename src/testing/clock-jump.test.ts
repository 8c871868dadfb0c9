// @engine both
import { expect, test } from "vitest";
import { jumpClocks } from "./clock-jump.ts";

test("時計が何時間も前後に飛んでも、記録は予約した順に番号がつき、仮押さえは席を塞いだままにならない", async () => {
  const engine = process.env.MADOGUCHI_TEST_ENGINE === "postgres" ? "postgres" : "sqlite";
  const told = await jumpClocks(engine, 8);
  expect(told.faults).toEqual([]);
  expect(told.booked).toBe(24);
});
