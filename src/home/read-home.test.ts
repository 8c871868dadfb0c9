// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { instantOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import { acceptOffer, declineOffer } from "../reception/answer-offer.ts";
import { cancelBooking } from "../reception/cancel-booking.ts";
import { changeBooking } from "../reception/change-booking.ts";
import { openClassBoard } from "../reception/class-view.ts";
import { countWaits, listWaits } from "../reception/list-waits.ts";
import { closeClass, moveClass } from "../reception/move-class.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { tallyRates } from "../reception/tally-rates.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { waitForClass } from "../reception/wait-for-class.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { readHome } from "./read-home.ts";

let desk: TestDesk | undefined;
afterEach(() => desk?.close());

const order = { reason: "会場の設備の工事のため", instructedOn: "2025-09-17" };

const step = fc.record({
  what: fc.constantFrom(
    "book",
    "book",
    "wait",
    "cancel",
    "change",
    "undo",
    "accept",
    "decline",
    "move",
    "close",
    "hour",
  ),
  cls: fc.constantFrom("a", "b"),
  pick: fc.nat({ max: 30 }),
});

/** 行為の記録だけから、生きている予約（受けた時と回）と待機の数を出す。表は見ない。 */
async function fromLog({ office, contract }: TestDesk) {
  const events = (await listEvents(office.read, { contract, limit: 10_000 })).reverse();
  const live = new Map<string, { cls: string; at: string }>();
  const waits = new Map<string, "live" | "booked" | "ended">();
  for (const { kind, about, at, payload } of events) {
    const id = about ?? "";
    if (kind === "booking.taken") live.set(id, { cls: String(payload.class), at });
    if (kind === "booking.changed") live.set(id, { cls: String(payload.to), at: live.get(id)?.at ?? at });
    if (kind === "booking.cancelled" || kind === "booking.undone") live.delete(id);
    if (kind === "wait.opened" || kind === "wait.returned") waits.set(id, "live");
    if (kind === "wait.accepted") waits.set(id, "booked");
    if (["wait.declined", "wait.expired", "wait.stopped", "wait.withdrawn"].includes(kind))
      waits.set(id, payload.to === "waiting" ? "live" : "ended");
  }
  const taken = events.filter(({ kind }) => kind === "booking.taken").length;
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return { live: [...live.values()], waits: [...waits.values()], taken, count };
}

test("６(2)ア どんな順で受けても、業務ホーム・予約率・講習会・待機の数は、どれも行為の記録から数えた数と同じ", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      await desk?.close();
      desk = await openDesk({ at: instantOf("2025-09-17", "09:05") });
      const { office } = desk;
      const [op, sv] = [desk.actor("op-1", "operator"), desk.actor("sv-1", "supervisor")];
      await openReception(office, sv, [
        { id: "a", capacity: 2 },
        { id: "b", capacity: 3 },
      ]);
      const bookings: string[] = [];
      const quiet = <T>(act: Promise<T>): Promise<T | undefined> =>
        act.catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          return undefined;
        });
      for (const [n, { what, cls, pick }] of steps.entries()) {
        const booking = bookings[pick % Math.max(1, bookings.length)] ?? "none";
        const offer = (await listWaits(office, op)).calling[0]?.offer?.id ?? "none";
        if (what === "book") {
          const made = await quiet(takeBooking(office, op, caller(n + 1, cls)));
          if (made) bookings.push(made.id);
        }
        if (what === "wait")
          await quiet(
            waitForClass(office, op, {
              ...caller(n + 1, cls),
              wider: pick % 2 === 0,
              reachFrom: "10:00",
              reachTo: "15:00",
            }),
          );
        if (what === "cancel") await quiet(cancelBooking(office, op, booking, { reason: "schedule" }));
        if (what === "change") await quiet(changeBooking(office, op, booking, { classId: cls }));
        if (what === "undo") await quiet(undoBooking(office, op, booking));
        if (what === "accept") {
          const made = await quiet(acceptOffer(office, op, offer));
          if (made) bookings.push(made.bookingId);
        }
        if (what === "decline") await quiet(declineOffer(office, op, offer, pick % 2 === 0));
        if (what === "move")
          await quiet(
            moveClass(office, sv, cls, {
              ...{ ...order, day: `2025-10-${10 + (pick % 15)}`, start: "13:30", end: "14:20" },
              ...{ venueId: "kita", room: "" },
            }),
          );
        if (what === "close" && pick < 4) await quiet(closeClass(office, sv, cls, order));
        if (what === "hour") desk.clock.advance(37 * 60_000);
      }
      const log = await fromLog(desk);
      const [home, rates, board, waits] = await Promise.all([
        readHome(office, sv),
        tallyRates(office, sv),
        openClassBoard(office, sv),
        listWaits(office, sv),
      ]);
      expect(home.booking.today).toBe(log.live.length);
      expect(home.booking.inTerm).toBe(log.live.length);
      expect(home.booking.hours.reduce((sum, { booked }) => sum + booked, 0)).toBe(log.live.length);
      for (const line of board.lines)
        expect(line.booked, line.id).toBe(log.live.filter(({ cls }) => cls === line.id).length);
      const open = board.lines.filter(({ state }) => state === "open");
      expect(rates.fill.booked).toBe(open.reduce((sum, { booked }) => sum + booked, 0));
      expect(rates.byVenue.reduce((sum, { booked }) => sum + booked, 0)).toBe(rates.fill.booked);
      expect(rates.byClassDay.reduce((sum, { booked }) => sum + booked, 0)).toBe(rates.fill.booked);
      expect(home.booking.capacity - home.booking.free).toBe(rates.fill.booked);
      expect(rates.guiding).toMatchObject({
        taken: log.taken - log.count("booking.undone"),
        cancelled: log.count("booking.cancelled"),
        waits: log.count("wait.opened"),
      });
      const alive = log.waits.filter((one) => one === "live").length;
      expect([waits.calling.length + waits.waiting.length, await countWaits(office, desk.contract)]).toEqual([
        alive,
        alive,
      ]);
      expect(waits.booked).toBe(log.waits.filter((one) => one === "booked").length);
    }),
    { numRuns: process.env.MADOGUCHI_TEST_ENGINE === "postgres" ? 4 : 20 },
  );
}, 60_000);
