// @engine both
import { afterEach, expect, test } from "vitest";
import { openContract } from "../terms/open-contract.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { dropBooking } from "./cancel-booking.ts";
import { liveBooking, moveBooking } from "./change-booking.ts";
import { findClass } from "./class-store.ts";
import { takeBooking } from "./take-booking.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("６(2)ウ 読んだあとに別の回へ移された予約の取消は、前の回の席を二度空けない", async () => {
  desk = await openDesk();
  const op = desk.actor("op-1", "operator");
  await openReception(desk.office, op, [{ id: "a" }, { id: "b" }]);
  const { blueprint } = await openContract(desk.office, desk.contract);
  const { id } = await takeBooking(desk.office, op, caller(1, "a"));
  await takeBooking(desk.office, op, caller(2, "a"));
  const seen = await desk.office.act(op, async (tx) => {
    tx.nothingHappened();
    return liveBooking(tx, id, undefined);
  });
  await desk.office.act(op, (tx) => moveBooking(tx, blueprint, seen.booking, seen.cls, { classId: "b" }));
  const done = await desk.office
    .act(op, (tx) => dropBooking(tx, blueprint, seen.booking, seen.cls, "schedule"))
    .then(
      () => "dropped",
      (cause) => cause.code ?? String(cause),
    );
  const counts = [];
  for (const c of ["a", "b"]) counts.push((await findClass(desk.office.read, desk.contract, c))?.booked);
  expect(done).toBe("CONFLICT");
  expect(counts).toEqual([1, 1]);
});
