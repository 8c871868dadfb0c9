// @engine both
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { instantFromMs } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { findClass } from "./class-store.ts";
import { listDraftAges } from "./draft-store.ts";
import { holdSeat } from "./hold-seat.ts";
import { openDrafts, saveDraft } from "./save-draft.ts";
import { sweepDrafts } from "./sweep-drafts.ts";
import { takeBooking } from "./take-booking.ts";
import { undoBooking } from "./undo-booking.ts";

const DAY_MS = 86_400_000;
let desk: TestDesk;
afterEach(() => desk.close());
const op = () => desk.actor("op", "operator");
const draft = (id: string, version = 0) => ({
  id,
  version,
  fields: { memo: "右耳が聞こえにくい" },
  classId: "a",
  callStartedAt: null,
});

async function open(): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, op(), [{ id: "a", capacity: 5 }]);
}

test("別紙1 5(6) 七日触れられていない下書きは押さえた席ごと消え、記録には数だけが残る", async () => {
  await open();
  await saveDraft(desk.office, op(), draft("old"));
  await holdSeat(desk.office, op(), { classId: "a", draftId: "old" });
  desk.clock.advance(7 * DAY_MS);
  await saveDraft(desk.office, op(), draft("new"));
  expect(await sweepDrafts(desk.office)).toBe(0);
  desk.clock.advance(1000);
  expect((await findClass(desk.office.read, desk.contract, "a"))?.held).toBe(1);
  expect(await sweepDrafts(desk.office)).toBe(1);
  expect((await openDrafts(desk.office, op())).map(({ id }) => id)).toEqual(["new"]);
  expect((await findClass(desk.office.read, desk.contract, "a"))?.held).toBe(0);
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["draft.discarded"],
    limit: 9,
  });
  expect(event).toMatchObject({ actor: "system", payload: { count: 1 }, about: null, subject: null });
  expect(await sweepDrafts(desk.office)).toBe(0);
});

test("別紙1 5(6) 予約のあとに遅れて届いた自動保存は消え、元に戻した予約の下書きは残る", async () => {
  await open();
  await takeBooking(desk.office, op(), { ...caller(1, "a"), draftId: "late" });
  const undone = await takeBooking(desk.office, op(), { ...caller(2, "a"), draftId: "again" });
  await undoBooking(desk.office, op(), undone.id);
  await saveDraft(desk.office, op(), draft("late"));
  await saveDraft(desk.office, op(), draft("again"));
  expect(await sweepDrafts(desk.office)).toBe(1);
  expect((await openDrafts(desk.office, op())).map(({ id }) => id)).toEqual(["again"]);
});

test("別紙1 5(6) どんな間で触れても、消えるのは触れて七日を過ぎたものだけ", async () => {
  await open();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 6 }),
      async (gaps) => {
        run += 1;
        for (const [i, days] of gaps.entries()) {
          await saveDraft(desk.office, op(), draft(`r${run}-${i}`));
          desk.clock.advance(days * DAY_MS + 1);
        }
        const limit = instantFromMs(desk.clock.systemMs() - 7 * DAY_MS);
        const before = await listDraftAges(desk.office.read, desk.contract);
        const gone = await sweepDrafts(desk.office);
        const after = await listDraftAges(desk.office.read, desk.contract);
        expect(after).toEqual(before.filter(({ saved_at }) => saved_at >= limit));
        expect(gone).toBe(before.length - after.length);
      },
    ),
    { numRuns: 8 },
  );
});
