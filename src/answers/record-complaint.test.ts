// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { openFiling } from "../filings/list-filings.ts";
import { findTasks } from "../tasks/find-tasks.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { listComplaints, openComplaint } from "./list-complaints.ts";
import { type NewComplaint, recordComplaint } from "./record-complaint.ts";
import { fileComplaintReport, prepareComplaintReport } from "./report-complaint.ts";
import { callClient, closeComplaint, confirmComplaint, handleComplaint } from "./step-complaint.ts";

let desk: TestDesk;
let op: Actor;
let sv: Actor;
let manager: Actor;
let client: Actor;

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2025-09-19", "15:30") });
  op = desk.actor("op-1", "operator");
  sv = desk.actor("sv-1", "supervisor");
  manager = desk.actor("m-1", "manager");
  client = desk.actor("city-1", "client");
  await openReception(desk.office, manager, []);
});
afterEach(() => desk.close());

const given: NewComplaint = {
  severity: "normal",
  topic: "line",
  channel: "phone",
  receivedAt: instantOf("2025-09-19", "15:10"),
  content: "初日に何度かけてもつながらず、希望の会場が満席になった。",
};

async function confirmed(more: Partial<NewComplaint> = {}): Promise<string> {
  const { id } = await recordComplaint(desk.office, op, { ...given, ...more });
  await handleComplaint(desk.office, sv, id, { response: "おわびし、近隣会場の空席を案内した。" });
  await confirmComplaint(desk.office, manager, id, { prevention: "第三期の初日は席を増やす。" });
  return id;
}

async function report(id: string): Promise<string> {
  const { body } = await prepareComplaintReport(
    desk.office,
    manager,
    await openComplaint(desk.office, manager, id),
  );
  return (await fileComplaintReport(desk.office, manager, id, { body })).filing;
}

test("６(9) 金曜のクレームの報告は、三連休を越えた翌営業日の終わりまで", async () => {
  // 9月20日（土）〜 21日（日）、23日（火）は秋分の日。翌営業日は 22日（月）。
  expect(await recordComplaint(desk.office, op, given)).toMatchObject({
    number: 1,
    due: instantOf("2025-09-22", "16:00"),
  });
  desk.clock.set(instantOf("2025-09-22", "15:00"));
  const second = await recordComplaint(desk.office, op, {
    ...given,
    receivedAt: instantOf("2025-09-22", "14:00"),
  });
  expect(second.due).toBe(instantOf("2025-09-24", "16:00"));
});

test("６(9) 記録 → SV → 責任者 → 日次報告 → 委託者の受理 → 終了", async () => {
  const id = await confirmed();
  const filing = await report(id);
  const open = await openFiling(desk.office, client, filing);
  expect(open.filing).toMatchObject({ kind: "report", clause: "6(9)", state: "submitted" });
  expect(open.filing.body).toContain("近隣会場の空席を案内した");
  expect(open.filing.body).toContain("令和7年9月19日（金）15時10分");
  expect(open.head.about).toEqual({ room: "answers", kind: "complaint", id });
  await expect(closeComplaint(desk.office, sv, id)).rejects.toMatchObject({ code: "REFUSED" });
  await answerFiling(desk.office, client, filing, { outcome: "received", text: "" });
  await closeComplaint(desk.office, sv, id);
  const { complaint, head, steps } = await openComplaint(desk.office, sv, id);
  expect([complaint.state, head.report]).toEqual(["closed", "accepted"]);
  expect(steps.map((step) => step.kind)).toEqual(["recorded", "handled", "confirmed", "reported", "closed"]);
  expect(
    (await findTasks(desk.office, desk.contract, [complaint.task_id])).get(complaint.task_id)?.state,
  ).toBe("done");
  expect((await desk.events()).filter((kind) => kind.startsWith("complaint."))).toEqual([
    "complaint.recorded",
    "complaint.step",
    "complaint.step",
    "complaint.reported",
    "complaint.closed",
  ]);
});

test("６(9) 差し戻された報告は、同じ号の新しい版で出し直す", async () => {
  const id = await confirmed();
  const filing = await report(id);
  await expect(report(id)).rejects.toMatchObject({ code: "REFUSED" });
  await answerFiling(desk.office, client, filing, {
    outcome: "returned",
    text: "対応の時刻を書いてください。",
  });
  const open = await openComplaint(desk.office, manager, id);
  expect(open.head).toMatchObject({ report: "returned" });
  expect(await prepareComplaintReport(desk.office, manager, open)).toMatchObject({
    returned: "対応の時刻を書いてください。",
  });
  expect(await report(id)).toBe(filing);
  expect((await openFiling(desk.office, client, filing)).filing).toMatchObject({
    version: 2,
    state: "submitted",
  });
});

test("６(9) 緊急のものは、委託者への電話の記録がなければ終えられない", async () => {
  const id = await confirmed({ severity: "emergency" });
  const filing = await report(id);
  await answerFiling(desk.office, client, filing, { outcome: "received", text: "" });
  await expect(closeComplaint(desk.office, sv, id)).rejects.toMatchObject({ code: "REFUSED" });
  const call = { to: "デジタル企画課 係長", note: "会場へ職員が向かう。" };
  await expect(
    callClient(desk.office, sv, id, { ...call, at: instantOf("2025-09-19", "09:00") }),
  ).rejects.toMatchObject({ faults: [{ field: "calledDay" }] });
  await callClient(desk.office, sv, id, { ...call, at: instantOf("2025-09-19", "15:20") });
  await closeComplaint(desk.office, sv, id);
  expect((await listComplaints(desk.office, sv, "closed")).map((one) => one.called)).toEqual([true]);
});

test("６(9) OP は対応を決められず、SV は責任者の確認も提出もできない", async () => {
  const { id } = await recordComplaint(desk.office, op, given);
  await expect(handleComplaint(desk.office, op, id, { response: "対応" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await handleComplaint(desk.office, sv, id, { response: "対応" });
  await expect(confirmComplaint(desk.office, sv, id, { prevention: "なし" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(fileComplaintReport(desk.office, sv, id, { body: "本文" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(fileComplaintReport(desk.office, manager, id, { body: "本文" })).rejects.toMatchObject({
    code: "REFUSED",
  });
});

test("６(9) 同じ送信が二度届いても一つ。先の日時と空の内容は、欄の名で断る", async () => {
  const twice = await Promise.all(
    [1, 2].map(() => recordComplaint(desk.office, op, { ...given, onceKey: "k" })),
  );
  expect(twice[0]?.id).toBe(twice[1]?.id);
  expect(await listComplaints(desk.office, op)).toHaveLength(1);
  await expect(
    recordComplaint(desk.office, op, {
      ...given,
      content: " ",
      receivedAt: instantOf("2025-09-20", "09:00"),
    }),
  ).rejects.toMatchObject({ faults: [{ field: "content" }, { field: "receivedDay" }] });
});

test("別紙1 5(6) 内容と対応は封じて置き、行の中にも記録の中にも平文がない", async () => {
  const id = await confirmed();
  await report(id);
  const rows = [
    ...(await desk.office.read.q.selectFrom("complaint").selectAll().execute()),
    ...(await desk.office.read.q.selectFrom("answer_step").selectAll().execute()),
    ...(await desk.office.read.q.selectFrom("event").selectAll().execute()),
  ];
  for (const row of rows)
    for (const value of Object.values(row))
      expect(String(value)).not.toMatch(/つながらず|近隣会場|席を増やす/);
});

test("６(9) 二人が同時に終えても、記録は一つ", async () => {
  const id = await confirmed();
  const filing = await report(id);
  await answerFiling(desk.office, client, filing, { outcome: "received", text: "" });
  const both = await Promise.allSettled([
    closeComplaint(desk.office, sv, id),
    closeComplaint(desk.office, manager, id),
  ]);
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});
