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

test("同じ画面の保存は、答えが届かなくても、追い越しても、ほかの画面の変更と取り違えない", async () => {
  await open();
  const save = (saveNo: number, version: number, screen = "窓A") =>
    saveDraft(desk.office, op(), { ...draft(version, `${screen}の${saveNo}通め`), screen, saveNo });
  const kept = async () => (await openDrafts(desk.office, op()))[0];
  await save(1, 0);
  // 一通めの答えが届かず、版を知らないまま次を送る。
  expect(await save(3, 0)).toMatchObject({ version: 2 });
  // 追い越された通と、送り直された通は、新しい内容を消さない。
  expect(await save(2, 0)).toMatchObject({ version: 2 });
  expect(await save(3, 0)).toMatchObject({ version: 2 });
  expect(await kept()).toMatchObject({ fields: { memo: "窓Aの3通め" } });
  // いちどに届いても、みな受け取り、最後の通が残る。
  await Promise.all([4, 5, 6, 7].map((no) => save(no, 2)));
  const last = await kept();
  expect(last).toMatchObject({ fields: { memo: "窓Aの7通め" } });
  // ほかの画面が書いたあとは、知らないうちの上書きを断り、だれが書いたかを添える。
  await save(1, last?.version ?? 0, "窓B");
  await expect(save(8, last?.version ?? 0)).rejects.toMatchObject({
    code: "CONFLICT",
    detail: { version: (last?.version ?? 0) + 1, screen: "窓B" },
  });
  expect(await kept()).toMatchObject({ fields: { memo: "窓Bの1通め" } });
});
