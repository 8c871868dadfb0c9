// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { standardCalendar } from "../japan/business-day.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { closeTask, reopenTask } from "./close-task.ts";
import { countTasks, listTasks, openTaskDetail } from "./list-tasks.ts";
import { type NewTask, openTask } from "./open-task.ts";
import { recordAttempt } from "./record-attempt.ts";
import { takeTask } from "./take-task.ts";

const terms = { calendar: standardCalendar, hours: { open: "09:00", close: "16:00" } };
let desk: TestDesk;
let op: Actor;
let sv: Actor;

beforeEach(async () => {
  desk = await openDesk();
  op = desk.actor("op-1", "operator");
  sv = desk.actor("sv-1", "supervisor");
  await openReception(desk.office, sv, []);
});
afterEach(() => desk.close());

const plain: NewTask = {
  kind: "callback",
  title: "折り返しの電話",
  clause: "6(7)",
  role: "operator",
  due: { kind: "business-minutes", minutes: 60 },
};

test("６(7) 折り返しは、担当と営業時間の期限を持つ", async () => {
  const { id, due, opened } = await openTask(desk.office, op, terms, plain);
  expect(opened).toBe(true);
  expect(due).toBe(instantOf("2025-09-17", "14:40"));
  const { task } = await openTaskDetail(desk.office, op, terms, id);
  expect(task).toMatchObject({ urgency: "due", urgencyText: "本日", dueText: "14:40まで", holderText: "OP" });
});

test("同じきっかけからは、同時に頼まれても一つだけ", async () => {
  const given = { ...plain, cause: "call/c1/callback" };
  const made = await Promise.all([1, 2, 3].map(() => openTask(desk.office, op, terms, given)));
  expect(new Set(made.map((one) => one.id)).size).toBe(1);
  expect(made.filter((one) => one.opened)).toHaveLength(1);
  expect(await countTasks(desk.office, desk.contract)).toBe(1);
  expect((await desk.events()).filter((kind) => kind === "task.opened")).toHaveLength(1);
});

test("遅れ → 本日 → これから → 期限なしの順に、絞って一覧する", async () => {
  const at = (day: string) => ({ kind: "at" as const, at: instantOf(day, "16:00") });
  await openTask(desk.office, sv, terms, { ...plain, title: "いつか", due: { kind: "none" } });
  await openTask(desk.office, sv, terms, { ...plain, title: "来週", due: at("2025-09-22") });
  await openTask(desk.office, sv, terms, { ...plain, title: "昨日", due: at("2025-09-16") });
  await openTask(desk.office, sv, terms, { ...plain, title: "本日", due: at("2025-09-17") });
  const titles = async (filter: Parameters<typeof listTasks>[3]) =>
    (await listTasks(desk.office, op, terms, filter)).map((task) => task.title);
  expect(await titles({})).toEqual(["昨日", "本日", "来週", "いつか"]);
  expect(await titles({ when: "late" })).toEqual(["昨日"]);
  expect(await titles({ when: "none" })).toEqual(["いつか"]);
  expect(await titles({ holder: "me" })).toEqual([]);
});

test("引き受け、試み、済みにして、元に戻す。すべて記録に残る", async () => {
  const { id } = await openTask(desk.office, sv, terms, plain);
  await takeTask(desk.office, op, id);
  await takeTask(desk.office, op, id);
  await recordAttempt(desk.office, op, id, "absent", { rule: { kind: "business-days", days: 1 }, terms });
  await closeTask(desk.office, op, id, "done");
  expect(await listTasks(desk.office, op, terms, { state: "done" })).toHaveLength(1);
  await expect(closeTask(desk.office, op, id, "done")).rejects.toMatchObject({ code: "REFUSED" });
  await reopenTask(desk.office, op, id);
  const { task, history } = await openTaskDetail(desk.office, op, terms, id);
  expect(task).toMatchObject({ state: "open", attempts: 1, holder: "op-1", closedAt: null });
  expect(task.due).toBe(instantOf("2025-09-18", "16:00"));
  expect(history.map((line) => line.what).reverse()).toEqual([
    "仕事を加えた",
    "仕事を引き受けた",
    "試みを記録した",
    "済みにした",
    "元に戻した",
  ]);
  expect(history.find((line) => line.what === "試みを記録した")?.more).toBe("不在・応答なし");
});

test("同時に試みを記録しても、一つも失われず、負けた方は断られる", async () => {
  const { id } = await openTask(desk.office, sv, terms, plain);
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => recordAttempt(desk.office, op, id, "busy")));
  const done = tries.filter((one) => one.status === "fulfilled").length;
  expect((await openTaskDetail(desk.office, op, terms, id)).task.attempts).toBe(done);
  for (const one of tries)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "CONFLICT" });
});

test("OP は人の仕事をほかの人に渡せない。いない人には渡せない", async () => {
  const { id } = await openTask(desk.office, sv, terms, { ...plain, holder: "sv-1" });
  await expect(takeTask(desk.office, sv, id, "nobody")).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(openTaskDetail(desk.office, op, terms, "no-such")).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("題に電話番号があれば断り、何も残さない", async () => {
  await expect(
    openTask(desk.office, op, terms, { ...plain, title: "011-211-2136 へ" }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [expect.objectContaining({ field: "title" })],
  });
  expect(await countTasks(desk.office, desk.contract)).toBe(0);
});
