// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { instantOf } from "../base/time.ts";
import { standardCalendar } from "../japan/business-day.ts";
import { listEvents } from "../platform/event-store.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { acceptOffer, declineOffer, sweepOffers, tryOffer } from "./answer-offer.ts";
import { listSealedBookings } from "./booking-store.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { changeBooking } from "./change-booking.ts";
import { listTells } from "./class-change-store.ts";
import { findClass, type StoredClass, updateClass } from "./class-store.ts";
import { holdSeat, releaseHold, sweepHolds } from "./hold-seat.ts";
import { listHolds } from "./hold-store.ts";
import { closeClass, moveClass } from "./move-class.ts";
import { offerSeat } from "./offer-seat.ts";
import { sweepSeats } from "./offer-seats.ts";
import { listOffers } from "./offer-store.ts";
import { takeBooking } from "./take-booking.ts";
import { tellBooking } from "./tell-booking.ts";
import { undoBooking } from "./undo-booking.ts";
import { waitForClass } from "./wait-for-class.ts";
import { listSealedWaits } from "./wait-store.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const op = () => desk.actor("op-1", "operator");
const sv = () => desk.actor("sv-1", "supervisor");
const open = async (...classes: (Partial<StoredClass> & { id: string })[]) => {
  desk = await openDesk();
  await openReception(desk.office, sv(), classes);
};
const seats = async (id: string) => {
  const cls = await findClass(desk.office.read, desk.contract, id);
  return [cls?.booked, cls?.held];
};
const book = (n: number, cls: string) => takeBooking(desk.office, op(), caller(n, cls));
const wait = (n: number, cls: string, wider = false) =>
  waitForClass(desk.office, op(), { ...caller(n, cls), wider, reachFrom: "10:00", reachTo: "15:00" });
const cancel = (id: string) => cancelBooking(desk.office, op(), id, { reason: "schedule" });
const waitStates = async () =>
  (
    await listSealedWaits(desk.office.read, desk.contract, [
      "waiting",
      "offered",
      "booked",
      "declined",
      "stopped",
    ])
  ).map((one) => one.state);
const terms = { calendar: standardCalendar, hours: { open: "09:00", close: "16:00" } };
const openTasks = () => listTasks(desk.office, op(), terms);

test("６(2)ア 空席がある回の待機は断る。満席なら、先に待つ人の数を答える", async () => {
  await open({ id: "a", capacity: 1 });
  await expect(wait(2, "a")).rejects.toMatchObject({ code: "REFUSED" });
  await book(1, "a");
  expect((await wait(2, "a")).ahead).toBe(0);
  expect((await wait(3, "a")).ahead).toBe(1);
});

test("６(2)ウ 取消で空いた席は待機の方のために押さえられ、期限つきの折り返しができ、受ければ予約になる", async () => {
  await open({ id: "a", capacity: 1 });
  const first = await book(1, "a");
  await wait(2, "a");
  const { seat } = await cancel(first.id);
  if (seat.kind !== "offered") throw new Error(seat.kind);
  expect(seat.due).toBe(instantOf("2025-09-18", "10:40"));
  expect(await seats("a")).toEqual([0, 1]);
  await expect(book(3, "a")).rejects.toMatchObject({ code: "CLASS_FULL" });
  desk.clock.advance(60 * 60_000);
  await sweepHolds(desk.office);
  await tryOffer(desk.office, op(), seat.offerId, "absent");
  expect((await openTasks())[0]).toMatchObject({ kind: "callback", attempts: 1 });
  const { bookingId, number, phoneOnly } = await acceptOffer(desk.office, op(), seat.offerId);
  expect([number, phoneOnly, await seats("a"), await waitStates()]).toEqual([2, false, [1, 0], ["booked"]]);
  expect(await openTasks()).toEqual([]);
  await expect(acceptOffer(desk.office, op(), seat.offerId)).rejects.toMatchObject({ code: "REFUSED" });
  await undoBooking(desk.office, op(), bookingId);
  expect([await seats("a"), await waitStates()]).toEqual([[0, 0], ["waiting"]]);
});

test("６(2)ア 断れば次の方へ、期限が過ぎても次の方へ。決まらなかった方は後に回る", async () => {
  await open({ id: "a", capacity: 1 });
  const first = await book(1, "a");
  const waits = [await wait(2, "a"), await wait(3, "a"), await wait(4, "a")];
  const one = (await cancel(first.id)).seat;
  if (one.kind !== "offered") throw new Error(one.kind);
  expect(one.waitId).toBe(waits[0]?.id);
  const two = await declineOffer(desk.office, op(), one.offerId, false);
  expect(two).toMatchObject({ kind: "offered", waitId: waits[1]?.id });
  desk.clock.set(instantOf("2025-09-18", "13:00"));
  expect(await sweepOffers(desk.office)).toBe(1);
  const [now] = await listOffers(desk.office.read, desk.contract, { states: ["open"] });
  expect(now?.wait_id).toBe(waits[2]?.id);
  expect(await seats("a")).toEqual([0, 1]);
  expect(await waitStates()).toEqual(["declined", "waiting", "offered"]);
});

test("６(2)オ 通知書が間に合わなければ自動の案内は止まり、電話で案内する約束なら進める。始まれば進めない", async () => {
  await open({ id: "a", capacity: 1 });
  const first = await book(1, "a");
  const { id } = await wait(2, "a");
  desk.clock.set(instantOf("2025-09-24", "10:00"));
  expect((await cancel(first.id)).seat).toEqual({ kind: "stopped", why: "late", waiting: 1 });
  await expect(offerSeat(desk.office, op(), id, { classId: "a" })).rejects.toMatchObject({ code: "REFUSED" });
  const offer = await offerSeat(desk.office, op(), id, { classId: "a", byPhone: true });
  desk.clock.set(instantOf("2025-10-01", "10:30"));
  await expect(acceptOffer(desk.office, op(), offer.offerId)).rejects.toMatchObject({ code: "REFUSED" });
  desk.clock.set(instantOf("2025-09-24", "11:00"));
  const { bookingId, phoneOnly } = await acceptOffer(desk.office, op(), offer.offerId);
  const [booking] = await listSealedBookings(desk.office.read, desk.contract, { states: ["booked"] });
  expect([phoneOnly, booking?.id, booking?.phone_only]).toEqual([true, bookingId, 1]);
});

test("６(2)ア 切れた・放した仮押さえと増えた定員の席も待つ方へ。間に合わない回と始まった回では止まる", async () => {
  await open({ id: "a", capacity: 2 });
  await book(1, "a");
  const held = await holdSeat(desk.office, op(), { classId: "a", draftId: "話中" });
  for (const n of [2, 3, 4, 5]) await wait(n, "a");
  await releaseHold(desk.office, op(), held.id);
  expect(await seats("a")).toEqual([1, 1]);
  expect(await sweepSeats(desk.office)).toBe(0);
  const cls = await findClass(desk.office.read, desk.contract, "a");
  const grow = (capacity: number, version: number) =>
    desk.office.keepFor(sv(), (tx) => updateClass(tx, desk.contract, "a", version, { capacity }));
  await grow(3, cls?.version ?? 0);
  expect(await sweepSeats(desk.office)).toBe(1);
  expect(await waitStates()).toEqual(["offered", "offered", "waiting", "waiting"]);
  // 投函が間に合わない日になれば、席が増えても案内しない。
  desk.clock.set(instantOf("2025-09-24", "10:00"));
  await grow(9, (cls?.version ?? 0) + 1);
  expect([await sweepSeats(desk.office), await sweepOffers(desk.office)]).toEqual([0, 2]);
  expect(await waitStates()).toEqual(["waiting", "waiting", "waiting", "waiting"]);
  desk.clock.set(instantOf("2025-10-01", "10:30"));
  expect(await sweepSeats(desk.office)).toBe(0);
});

test("６(2)ア 電話の仮押さえが切れた席も、待つ方へ。決まらなかった方に、同じ席を案内し直し続けない", async () => {
  await open({ id: "a", capacity: 1 });
  await holdSeat(desk.office, op(), { classId: "a", draftId: "話中" });
  await wait(2, "a");
  desk.clock.advance(60 * 60_000);
  expect(await sweepHolds(desk.office)).toBe(1);
  expect(await waitStates()).toEqual(["offered"]);
  desk.clock.set(instantOf("2025-09-18", "15:00"));
  expect(await sweepOffers(desk.office)).toBe(1);
  expect([await sweepSeats(desk.office), await waitStates()]).toEqual([0, ["waiting"]]);
});

test("６(2)ウ 変更は新しい席を取ってから前の席を空ける。満席なら前の席は残る", async () => {
  await open({ id: "a", capacity: 1 }, { id: "b", capacity: 1 }, { id: "c", capacity: 0 });
  const first = await book(1, "a");
  await expect(changeBooking(desk.office, op(), first.id, { classId: "c" })).rejects.toMatchObject({
    code: "CLASS_FULL",
  });
  expect(await seats("a")).toEqual([1, 0]);
  await changeBooking(desk.office, op(), first.id, { classId: "b", version: 1 });
  expect([await seats("a"), await seats("b")]).toEqual([
    [0, 0],
    [1, 0],
  ]);
  await expect(
    changeBooking(desk.office, op(), first.id, { classId: "a", version: 1 }),
  ).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("６(2)ウ 受付が終わった後の変更と取消は、受講日まで SV か責任者が入力する", async () => {
  await open({ id: "a", capacity: 2 }, { id: "b", capacity: 2 });
  const [one, two] = [await book(1, "a"), await book(2, "a")];
  desk.clock.set(instantOf("2025-09-29", "10:00"));
  await expect(cancel(one.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(changeBooking(desk.office, op(), one.id, { classId: "b" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await changeBooking(desk.office, sv(), one.id, { classId: "b" });
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["booking.changed"],
    limit: 1,
  });
  expect(event?.payload).toMatchObject({ late: true, from: "a", to: "b" });
  desk.clock.set(instantOf("2025-10-01", "10:00"));
  await expect(cancelBooking(desk.office, sv(), two.id, { reason: "health" })).rejects.toMatchObject({
    code: "REFUSED",
  });
});

const order = { reason: "会場の設備の工事のため", instructedOn: "2025-09-17" };
const move = { ...order, day: "2025-10-03", start: "13:30", end: "14:20", venueId: "kita", room: "" };

test("６(2)ウ 市が動かすと、予約の一件ごとに連絡の仕事ができ、全員に伝え終わるまで残る", async () => {
  await open({ id: "a", capacity: 3 }, { id: "b", capacity: 3 });
  const booked = [await book(1, "a"), await book(2, "a"), await book(3, "a")];
  const outcome = await moveClass(desk.office, sv(), "a", move);
  expect([outcome.untold, (await openTasks()).length]).toEqual([3, 3]);
  await expect(moveClass(desk.office, op(), "a", move)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(moveClass(desk.office, sv(), "a", move)).rejects.toMatchObject({ code: "BAD_INPUT" });
  const untold = () => listTells(desk.office.read, desk.contract, { untold: true });
  const tellOf = async (at: number) =>
    (await untold()).find((tell) => tell.booking_id === booked[at]?.id)?.id ?? "";
  await tellBooking(desk.office, op(), await tellOf(0), { result: "stays" });
  const second = await tellOf(1);
  await expect(tellBooking(desk.office, op(), second, { result: "changes" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await tellBooking(desk.office, op(), second, { result: "changes", classId: "b" });
  await expect(tellBooking(desk.office, op(), second, { result: "stays" })).rejects.toMatchObject({
    code: "REFUSED",
  });
  await cancel(booked[2]?.id ?? "");
  expect([await untold(), await openTasks(), await seats("a"), await seats("b")]).toEqual([
    [],
    [],
    [1, 0],
    [1, 0],
  ]);
});

test("６(2)ウ 市の中止で席を失い待つ方は、先に申し出た方より先に案内される", async () => {
  await open({ id: "a", capacity: 1 }, { id: "b", capacity: 1 });
  const [, second] = [await book(1, "a"), await book(2, "b")];
  await wait(3, "b");
  await closeClass(desk.office, sv(), "a", order);
  const [tell] = await listTells(desk.office.read, desk.contract, { untold: true });
  await tellBooking(desk.office, op(), tell?.id ?? "", { result: "waits" });
  expect(await waitStates()).toEqual(["waiting", "waiting"]);
  const { seat } = await cancel(second?.id ?? "");
  if (seat.kind !== "offered") throw new Error(seat.kind);
  const { number } = await acceptOffer(desk.office, op(), seat.offerId);
  const [first, again] = [1, number].map((n) =>
    listSealedBookings(desk.office.read, desk.contract, { numbers: [n] }),
  );
  expect((await again)?.[0]?.person_id).toBe((await first)?.[0]?.person_id);
});

test("６(2)ウ 中止になった回は、案内を取りやめ、その回だけを待つ方にも伝える仕事を作る", async () => {
  await open({ id: "a", capacity: 2 }, { id: "b", capacity: 1 });
  const [one] = [await book(1, "a"), await book(2, "a"), await book(9, "b")];
  await wait(3, "a");
  await wait(4, "a");
  await wait(5, "a", true);
  await cancel(one.id);
  expect(await waitStates()).toEqual(["offered", "waiting", "waiting"]);
  const outcome = await closeClass(desk.office, sv(), "a", order);
  expect(outcome).toMatchObject({ untold: 1, waits: 2 });
  expect([await waitStates(), await seats("a")]).toEqual([
    ["stopped", "stopped", "waiting"],
    [1, 0],
  ]);
  const [tell] = await listTells(desk.office.read, desk.contract, { untold: true });
  await expect(tellBooking(desk.office, op(), tell?.id ?? "", { result: "stays" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await tellBooking(desk.office, op(), tell?.id ?? "", { result: "cancels" });
  expect((await openTasks()).map((task) => task.title)).toEqual([
    "待っていた回が中止になったことを伝える",
    "待っていた回が中止になったことを伝える",
  ]);
});

const step = fc.record({
  what: fc.constantFrom(
    ...([
      "hold",
      "book",
      "wait",
      "wider",
      "cancel",
      "change",
      "accept",
      "decline",
      "undo",
      "pass",
      "move",
      "close",
    ] as const),
  ),
  cls: fc.constantFrom("a", "b"),
  pick: fc.nat({ max: 40 }),
});

test("６(2)ア どんな順で予約・変更・取消・待機・案内・移動をしても、定員を超えず、人を失わず、記録と数が合う", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      await open({ id: "a", capacity: 2 }, { id: "b", capacity: 2 });
      let people = 0;
      let n = 0;
      for (const { what, cls, pick } of steps) {
        n += 1;
        const quiet = async (act: Promise<unknown>): Promise<boolean> =>
          act.then(
            () => true,
            (error: unknown) => {
              if (!(error instanceof AppError)) throw error;
              return false;
            },
          );
        const live = await listSealedBookings(desk.office.read, desk.contract, { states: ["booked"] });
        const offers = await listOffers(desk.office.read, desk.contract, { states: ["open"] });
        const booking = live[pick % Math.max(1, live.length)]?.id ?? "none";
        const offer = offers[pick % Math.max(1, offers.length)]?.id ?? "none";
        if (what === "hold")
          await quiet(holdSeat(desk.office, op(), { classId: cls, draftId: `d-${pick % 3}` }));
        if (what === "book") people += (await quiet(book(n, cls))) ? 1 : 0;
        if (what === "wait" || what === "wider")
          people += (await quiet(wait(n, cls, what === "wider"))) ? 1 : 0;
        if (what === "cancel") await quiet(cancel(booking));
        if (what === "change") await quiet(changeBooking(desk.office, op(), booking, { classId: cls }));
        if (what === "accept") await quiet(acceptOffer(desk.office, op(), offer));
        if (what === "decline") await quiet(declineOffer(desk.office, op(), offer, pick % 2 === 0));
        if (what === "undo") await quiet(undoBooking(desk.office, op(), booking));
        if (what === "pass") {
          desk.clock.advance(pick * 6 * 60_000);
          await sweepHolds(desk.office);
          await sweepOffers(desk.office);
        }
        if (what === "move")
          await quiet(
            moveClass(desk.office, sv(), cls, { ...move, day: `2025-10-${String(10 + (pick % 15))}` }),
          );
        if (what === "close" && pick < 4) await quiet(closeClass(desk.office, sv(), cls, order));
      }
      await check(people);
      await desk.close();
    }),
    { numRuns: process.env.MADOGUCHI_TEST_ENGINE === "postgres" ? 5 : 25 },
  );
  desk = await openDesk();
}, 60_000);

/** 席・人・記録のつじつま。 */
async function check(people: number): Promise<void> {
  const { read } = desk.office;
  const holds = await listHolds(read, desk.contract);
  const bookings = await listSealedBookings(read, desk.contract, {});
  const offers = await listOffers(read, desk.contract, { states: ["open"] });
  const waits = await listSealedWaits(read, desk.contract, [
    "waiting",
    "offered",
    "booked",
    "declined",
    "stopped",
  ]);
  for (const id of ["a", "b"]) {
    const cls = await findClass(read, desk.contract, id);
    if (!cls) throw new Error("a class is gone");
    expect(cls.booked).toBe(bookings.filter((b) => b.class_id === id && b.state === "booked").length);
    expect(cls.held).toBe(holds.filter((h) => h.class_id === id).length);
    expect(cls.booked + cls.held).toBeLessThanOrEqual(cls.capacity);
  }
  // 案内中の待機には、生きている案内と押さえた席が一つずつある。
  expect(offers.map((one) => one.wait_id).sort()).toEqual(
    waits
      .filter((one) => one.state === "offered")
      .map((one) => one.id)
      .sort(),
  );
  for (const offer of offers) expect(holds.filter((one) => one.id === offer.hold_id)).toHaveLength(1);
  // 人は、予約（取消を含む）か待機のどこかに必ずいる。
  const persons = new Set([...bookings, ...waits].map((one) => one.person_id));
  expect(persons.size).toBe(people);
  for (const one of waits.filter((each) => each.state === "booked"))
    expect(bookings.some((b) => b.id === one.booking_id)).toBe(true);
  // 記録から数えた予約の数が、表と合う。
  const events = await listEvents(read, { contract: desk.contract, limit: 10_000 });
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  expect(count("booking.taken")).toBe(bookings.length);
  expect(count("booking.cancelled")).toBe(bookings.filter((b) => b.state === "cancelled").length);
  expect(count("booking.undone")).toBe(bookings.filter((b) => b.state === "undone").length);
  expect(count("wait.opened")).toBe(waits.length);
}
