import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { receptionRoutes } from "./reception-routes.tsx";
import { takeBooking } from "./take-booking.ts";
import { warnOverlap } from "./warn-overlap.ts";

let desk: TestDesk;
afterEach(() => desk.close());

async function open() {
  desk = await openDesk();
  const op = desk.actor("op", "operator");
  const time = (start: string, end: string) => ({ capacity: 9, start, end });
  await openReception(desk.office, op, [
    { id: "a", ...time("10:00", "11:30") },
    { id: "b", ...time("11:00", "12:00") },
    { id: "c", ...time("11:30", "12:30") },
    { id: "d", ...time("10:00", "11:00"), day: "2025-10-02" },
  ]);
  return op;
}

test("６(2)ウ 変える先が同じ方のほかの予約と重なれば言うが、止めない。ご家族（同じ電話で別のカナ）は重なりと言わない", async () => {
  const op = await open();
  const one = await takeBooking(desk.office, op, { ...caller(1, "a"), draftId: "1" });
  const two = await takeBooking(desk.office, op, { ...caller(1, "d"), draftId: "2" });
  await takeBooking(desk.office, op, { ...caller(1, "a"), kana: "ケンサ　ハナコ", draftId: "3" });
  expect(await warnOverlap(desk.office, op, two.id, "b")).toEqual([
    "同じ方の受付番号0001（10月1日 10:00）と時間が重なります。",
  ]);
  expect(await warnOverlap(desk.office, op, two.id, "c")).toEqual([
    "同じ方とみられる予約が、ほかにもあります。受付番号0001（10月1日 10:00）",
  ]);

  const app = roomApp(desk.office, receptionRoutes({}));
  const seated = await signIn(app, desk.office, desk.contract, "operator");
  const confirm = await seated.post(`/bookings/${two.id}/change`, { classId: "b" });
  const page = await confirm.text();
  expect(page).toContain("受付番号0001（10月1日 10:00）と時間が重なります");
  expect(page).toContain("この回に変える");
  const changed = await seated.send("POST", `/api/bookings/${two.id}/change`, { classId: "b" });
  expect([changed.status, await changed.json()]).toMatchObject([
    200,
    { number: 2, warnings: ["同じ方の受付番号0001（10月1日 10:00）と時間が重なります。"] },
  ]);

  await cancelBooking(desk.office, op, one.id, { reason: "health" });
  expect(await warnOverlap(desk.office, op, two.id, "b")).toEqual([]);
});

test("６(2)ウ 講習会が始まったあとは、変更・取消の入口を出さず、開いても訳を言う", async () => {
  const op = await open();
  const { id } = await takeBooking(desk.office, op, caller(1, "a"));
  const app = roomApp(desk.office, receptionRoutes({}));
  let seated = await signIn(app, desk.office, desk.contract, "supervisor");
  const page = async () => (await seated.get(`/bookings/${id}`)).text();
  expect(await page()).toContain(`/bookings/${id}/cancel`);
  desk.clock.set(instantOf("2025-10-01", "10:00"));
  seated = await signIn(app, desk.office, desk.contract, "supervisor");
  const begun = await page();
  expect(begun).not.toContain(`/bookings/${id}/cancel`);
  expect(begun).not.toContain(`/bookings/${id}/change`);
  expect(begun).toContain("変更と取消はできません");
  expect(await (await seated.get(`/bookings/${id}/change`)).text()).toContain("もう始まっている");
  expect(await (await seated.post(`/bookings/${id}/cancel`, { reason: "health" })).text()).toContain(
    "もう始まっている",
  );
});
