// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { raceFaults, raceForSeats } from "../testing/seat-race.ts";
import { listSealedBookings } from "./booking-store.ts";
import { findClass } from "./class-store.ts";
import { holdSeat, keepHold, releaseHold, sweepHolds } from "./hold-seat.ts";
import { discardDraft, openDrafts, saveDraft } from "./save-draft.ts";
import { takeBooking } from "./take-booking.ts";
import { undoBooking } from "./undo-booking.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const op = () => desk.actor("op", "operator");
const seats = async (id: string) => {
  const cls = await findClass(desk.office.read, desk.contract, id);
  return { booked: cls?.booked, held: cls?.held };
};

async function open(...classes: { id: string; capacity: number }[]): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, op(), classes);
}

test("６(2)ア 満席の会場では断り、予約も記録も残さない", async () => {
  await open({ id: "a", capacity: 1 });
  await takeBooking(desk.office, op(), caller(1, "a"));
  await expect(takeBooking(desk.office, op(), caller(2, "a"))).rejects.toMatchObject({ code: "CLASS_FULL" });
  expect(await desk.events()).toEqual(["contract.started", "booking.taken"]);
  expect(await seats("a")).toEqual({ booked: 1, held: 0 });
});

test("６(2)ア 聞き取れていない欄は、欄の名を添えて断る", async () => {
  await open({ id: "a", capacity: 1 });
  const bad = takeBooking(desk.office, op(), { ...caller(1, "a"), kana: "", phone: " " });
  await expect(bad).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "kana" }, { field: "phone" }],
  });
});

test("６(2)ア 同じ印の要求は、何度届いても一つの予約になる。中身が違えば断る", async () => {
  await open({ id: "a", capacity: 5 });
  const request = { ...caller(1, "a"), onceKey: "k1" };
  const answers = await Promise.all([1, 2, 3].map(() => takeBooking(desk.office, op(), request)));
  expect(new Set(answers.map((a) => a.id)).size).toBe(1);
  expect(await seats("a")).toEqual({ booked: 1, held: 0 });
  await expect(takeBooking(desk.office, op(), { ...request, name: "別　人" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("６(2)ア 仮押さえは席を減らし、期限が切れれば次の人のものになる", async () => {
  await open({ id: "a", capacity: 1 }, { id: "b", capacity: 1 });
  const hold = await holdSeat(desk.office, op(), { classId: "a", draftId: "d1" });
  await expect(takeBooking(desk.office, op(), caller(2, "a"))).rejects.toMatchObject({ code: "CLASS_FULL" });
  await expect(holdSeat(desk.office, op(), { classId: "a", draftId: "d2" })).rejects.toMatchObject({
    code: "CLASS_FULL",
  });
  desk.clock.advance(4 * 60_000);
  await keepHold(desk.office, op(), hold.id);
  desk.clock.advance(4 * 60_000);
  await expect(takeBooking(desk.office, op(), caller(2, "a"))).rejects.toMatchObject({ code: "CLASS_FULL" });
  desk.clock.advance(2 * 60_000);
  await takeBooking(desk.office, op(), caller(2, "a"));
  expect(await seats("a")).toEqual({ booked: 1, held: 0 });
  await expect(keepHold(desk.office, op(), hold.id)).rejects.toMatchObject({ code: "REFUSED" });
});

test("６(2)ア 押さえ直すと、新しい席を取ってから前の席を放す。満席なら前の席は残る", async () => {
  await open({ id: "a", capacity: 1 }, { id: "b", capacity: 1 }, { id: "c", capacity: 0 });
  await holdSeat(desk.office, op(), { classId: "a", draftId: "d1" });
  await expect(holdSeat(desk.office, op(), { classId: "c", draftId: "d1" })).rejects.toMatchObject({
    code: "CLASS_FULL",
  });
  expect(await seats("a")).toEqual({ booked: 0, held: 1 });
  const moved = await holdSeat(desk.office, op(), { classId: "b", draftId: "d1" });
  expect([await seats("a"), await seats("b")]).toEqual([
    { booked: 0, held: 0 },
    { booked: 0, held: 1 },
  ]);
  await releaseHold(desk.office, op(), moved.id);
  expect(await seats("b")).toEqual({ booked: 0, held: 0 });
});

test("６(2)ア 押さえた席で予約すると、仮押さえは予約に変わり、下書きは消える", async () => {
  await open({ id: "a", capacity: 1 });
  await saveDraft(desk.office, op(), {
    id: "draft-1",
    version: 0,
    fields: { name: "検査" },
    classId: "a",
    callStartedAt: null,
  });
  await holdSeat(desk.office, op(), { classId: "a", draftId: "draft-1" });
  const receipt = await takeBooking(desk.office, op(), caller(1, "a"));
  expect(receipt.number).toBe(1);
  expect(await seats("a")).toEqual({ booked: 1, held: 0 });
  expect(await openDrafts(desk.office, op())).toEqual([]);
});

test("６(2)ア 下書きは開き直しても残り、古い画面は新しい内容を消せない", async () => {
  await open({ id: "a", capacity: 1 });
  const first = await saveDraft(desk.office, op(), {
    id: "d",
    version: 0,
    fields: { name: "小野寺" },
    classId: null,
    callStartedAt: null,
  });
  await holdSeat(desk.office, op(), { classId: "a", draftId: "d" });
  await desk.reopen();
  const [draft] = await openDrafts(desk.office, op());
  expect(draft).toMatchObject({ version: first.version, fields: { name: "小野寺" }, hold: { classId: "a" } });
  await expect(
    saveDraft(desk.office, op(), { id: "d", version: 0, fields: {}, classId: null, callStartedAt: null }),
  ).rejects.toMatchObject({ code: "CONFLICT", detail: { version: 1 } });
  await expect(
    saveDraft(desk.office, desk.actor("other", "operator"), {
      id: "d",
      version: 1,
      fields: {},
      classId: null,
      callStartedAt: null,
    }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  await discardDraft(desk.office, op(), "d");
  expect(await seats("a")).toEqual({ booked: 0, held: 0 });
});

test("６(2)ア 受けてすぐの予約は元に戻せ、席が空く。時間を過ぎたら断る", async () => {
  await open({ id: "a", capacity: 2 });
  const one = await takeBooking(desk.office, op(), caller(1, "a"));
  const two = await takeBooking(desk.office, op(), caller(2, "a"));
  await undoBooking(desk.office, op(), one.id);
  expect(await seats("a")).toEqual({ booked: 1, held: 0 });
  await expect(undoBooking(desk.office, op(), one.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(undoBooking(desk.office, desk.actor("other", "operator"), two.id)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  desk.clock.advance(11 * 60_000);
  await expect(undoBooking(desk.office, op(), two.id)).rejects.toMatchObject({ code: "REFUSED" });
});

test("６(2)ア どんな順で押さえ、放し、予約し、戻しても、席の数は予約と仮押さえに一致する", async () => {
  await open({ id: "a", capacity: 3 }, { id: "b", capacity: 2 });
  let n = 0;
  const taken: string[] = [];
  const holds: string[] = [];
  const step = fc.record({
    what: fc.constantFrom("hold", "release", "book", "undo", "wait"),
    cls: fc.constantFrom("a", "b"),
    pick: fc.nat({ max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      for (const { what, cls, pick } of steps) {
        n += 1;
        const draft = `d-${pick % 4}`;
        if (what === "hold")
          await holdSeat(desk.office, op(), { classId: cls, draftId: draft }).then(
            (h) => holds.push(h.id),
            () => {},
          );
        if (what === "release" && holds.length)
          await releaseHold(desk.office, op(), holds[pick % holds.length] ?? "");
        if (what === "book")
          await takeBooking(desk.office, op(), { ...caller(n, cls), draftId: draft }).then(
            (b) => taken.push(b.id),
            () => {},
          );
        if (what === "undo" && taken.length)
          await undoBooking(desk.office, op(), taken[pick % taken.length] ?? "").catch(() => {});
        if (what === "wait") desk.clock.advance(pick * 20_000);
      }
      await sweepHolds(desk.office);
      for (const id of ["a", "b"]) {
        const cls = await findClass(desk.office.read, desk.contract, id);
        const booked = await listSealedBookings(desk.office.read, desk.contract, {
          classIds: [id],
          states: ["booked"],
        });
        expect(cls?.booked).toBe(booked.length);
        expect((cls?.booked ?? 0) + (cls?.held ?? 0)).toBeLessThanOrEqual(cls?.capacity ?? 0);
      }
    }),
    { numRuns: 12 },
  );
});

test("６(2)ア ８つのプロセスが最後の席を取り合っても、定員を超えず、線形化できる", async () => {
  await open({ id: "a", capacity: 20 });
  const operations = await raceForSeats(desk, { processes: 8, tries: 8, classId: "a" });
  expect(operations).toHaveLength(64);
  expect(raceFaults(operations, 20)).toEqual([]);
  expect(await seats("a")).toEqual({ booked: 20, held: 0 });
  expect(await desk.events()).toHaveLength(21);
}, 60_000);
