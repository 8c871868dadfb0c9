import { expect, test } from "vitest";
import { fillOf, guidingOf, rateOf } from "./rate.ts";

test("６(2)ア 予約率は席の数の重みで出す。席がなければ出さない", () => {
  const fill = fillOf([
    { capacity: 10, booked: 10 },
    { capacity: 30, booked: 5 },
  ]);
  expect([fill.full, rateOf(fill), rateOf(fillOf([]))]).toEqual([1, 37.5, undefined]);
});

test("６(2)ア 案内した方は受付ごとに一人、実ったのは元に戻していない予約だけを数える", () => {
  const at = "2025-09-17T01:00:00.000Z";
  const one = (kind: string, about: string, payload: Record<string, string> = {}) => ({
    kind,
    at,
    about,
    payload,
  });
  const counted = guidingOf([
    one("seat.guided", "d1", { class: "a" }),
    one("seat.guided", "d1", { class: "b" }),
    one("seat.guided", "d2", { class: "a" }),
    one("booking.taken", "x", { guided: "a", draft: "d1" }),
    one("booking.taken", "y", { guided: "a", draft: "paper" }),
    one("booking.taken", "z", { guided: "a", draft: "d2" }),
    one("booking.undone", "z"),
    one("wait.opened", "w"),
    one("booking.taken", "v", { wait: "w" }),
  ]);
  expect(counted).toEqual({ taken: 3, cancelled: 0, asked: 3, guided: 2, waits: 1, converted: 1 });
});
