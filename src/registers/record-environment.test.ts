// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { savedTotal, shareOf } from "./environment.ts";
import { listEnvironment } from "./list-environment.ts";
import { listRegisterFigures } from "./list-register-figures.ts";
import { recordEnvironment } from "./record-environment.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());
const op = () => desk.actor("op", "operator");

test("10(3) 書き直しても、記録の差を足せば今の合計になる", async () => {
  await recordEnvironment(desk.office, op(), "2025-08", { paper: 500, duplex: 200, recycled: 400 });
  await recordEnvironment(desk.office, op(), "2025-08", { paper: 480 });
  await recordEnvironment(desk.office, op(), "2025-09", { paper: 100 });
  const { totals } = await listEnvironment(desk.office, op());
  expect(totals).toEqual({ paper: 580, duplex: 200, recycled: 400 });
  const events = await listEvents(desk.office.read, {
    ...{ contract: desk.contract, kinds: ["environment.recorded"], limit: 100 },
  });
  const sum = events
    .filter(({ payload }) => payload.item === "paper")
    .reduce((total, { payload }) => total + Number(payload.value), 0);
  expect(sum).toBe(580);
  await expect(recordEnvironment(desk.office, op(), "2025-09", { paper: 100 })).rejects.toThrow("新しい数");
});

test("9(3) 内数はもとの数を越えず、先の月には書けない", async () => {
  await expect(
    recordEnvironment(desk.office, op(), "2025-09", { paper: 10, duplex: 11 }),
  ).rejects.toMatchObject({ faults: [{ field: "duplex" }] });
  await expect(recordEnvironment(desk.office, op(), "2025-10", { paper: 1 })).rejects.toMatchObject({
    faults: [{ field: "month" }],
  });
  await expect(recordEnvironment(desk.office, op(), "2025-13", { paper: -1 })).rejects.toMatchObject({
    faults: [{ field: "month" }, { field: "paper" }],
  });
});

test("10(3) 節約した紙は、書き出し・届出・電話の案内の記録から数える", async () => {
  desk.clock.set("2025-09-01T01:00:00.000Z");
  await desk.office.act(op(), async (tx) => {
    await tx.record({ kind: "list.made", payload: { form: "workbook", rows: 61 } });
    await tx.record({ kind: "list.made", payload: { form: "print", rows: 61 } });
    await tx.record({ kind: "filing.submitted", about: "f1", payload: {} });
  });
  await recordEnvironment(desk.office, op(), "2025-09", { paper: 40, duplex: 10 });
  const { months, saved } = await listEnvironment(desk.office, op());
  expect(months.map((one) => one.month)).toContain("2025-06");
  expect(saved).toEqual({ lists: 3, filings: 1, cards: 0, duplex: 10 });
  expect(savedTotal(saved)).toBe(14);
  expect(shareOf(10, 40)).toBe(25);
  expect(shareOf(10, 0)).toBeUndefined();
});

test("９(1) 業務完了報告書に刷る数になる", async () => {
  await recordEnvironment(desk.office, op(), "2025-09", { purchase: 8, green: 6 });
  const groups = await listRegisterFigures(desk.office, desk.contract);
  const own = groups.find((one) => one.title === "環境への配慮");
  expect(own?.figures.find((one) => one.label === "グリーン購入の割合")).toMatchObject({
    value: 75,
    unit: "％",
  });
});
