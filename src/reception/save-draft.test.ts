// @engine both
import { afterEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { discardDraft, openDrafts, saveDraft } from "./save-draft.ts";
import { takeBooking } from "./take-booking.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const op = () => desk.actor("op", "operator");

const call = {
  callStartedAt: "2025-09-17T04:40:00.000Z",
  callEndedAt: "2025-09-17T04:43:12.000Z",
};
const draft = (version: number, memo = "") => ({ id: "d", version, fields: { memo }, classId: "a", ...call });

async function open(): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, op(), [{ id: "a", capacity: 2 }]);
}

test("途中の受付は、通話の始まりと終わりも含めて、閉じて開き直しても残る", async () => {
  await open();
  const first = await saveDraft(desk.office, op(), { ...draft(0), callEndedAt: null });
  expect(await openDrafts(desk.office, op())).toMatchObject([{ callEndedAt: null }]);
  await saveDraft(desk.office, op(), draft(first.version, "右耳が聞こえにくい"));
  const again = await desk.reopen();
  expect(await openDrafts(again, op())).toMatchObject([
    { id: "d", version: 2, fields: { memo: "右耳が聞こえにくい" }, classId: "a", ...call },
  ]);
});

test("ほかの画面が先に書いていれば、いまの版を添えて断る。同時でも、書けるのは一つ", async () => {
  await open();
  await saveDraft(desk.office, op(), draft(0));
  await saveDraft(desk.office, op(), draft(1));
  await expect(saveDraft(desk.office, op(), draft(1, "古い"))).rejects.toMatchObject({
    code: "CONFLICT",
    detail: { version: 2 },
  });
  const race = await Promise.allSettled(
    ["一", "二", "三", "四"].map((memo) => saveDraft(desk.office, op(), draft(2, memo))),
  );
  expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of race)
    if (one.status === "rejected")
      expect(one.reason).toMatchObject({ code: "CONFLICT", detail: { version: 3 } });
});

test("ほかの人の受付は、開けも書けも捨てられもしない", async () => {
  await open();
  await saveDraft(desk.office, op(), draft(0));
  const other = desk.actor("other", "operator");
  expect(await openDrafts(desk.office, other)).toEqual([]);
  await expect(saveDraft(desk.office, other, draft(1))).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(discardDraft(desk.office, other, "d")).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await openDrafts(desk.office, op())).toHaveLength(1);
});

test("予約すると途中の受付はなくなり、遅れて届いた保存で戻らない", async () => {
  await open();
  const saved = await saveDraft(desk.office, op(), draft(0));
  await takeBooking(desk.office, op(), { ...caller(1, "a"), draftId: "d" });
  await expect(saveDraft(desk.office, op(), draft(saved.version))).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await openDrafts(desk.office, op())).toEqual([]);
});
