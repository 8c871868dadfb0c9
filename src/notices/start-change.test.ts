// @engine both
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { answerFiling } from "../filings/answer-filing.ts";
import { listFilings, openFiling } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { latestTemplate } from "../platform/client-template-store.ts";
import { openFile } from "../platform/keep-file.ts";
import { runNextJob } from "../platform/run-job.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { forgetContract, openContract } from "../terms/open-contract.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { approveBatch } from "./approve-batch.ts";
import type { BatchFile } from "./batch-file.ts";
import { listAgreed } from "./list-agreed.ts";
import { listLedger } from "./list-ledger.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { proposeChange } from "./propose-change.ts";
import { startChange } from "./start-change.ts";
import { submitBatch } from "./submit-batch.ts";

let desk: TestDesk;
afterEach(() => desk.close());

/** 申し入れ、委託者が答える。 */
async function agree(filing: string): Promise<void> {
  await submitFiling(desk.office, desk.actor("mgr", "manager"), filing);
  await answerFiling(desk.office, desk.actor("city", "client"), filing, {
    outcome: "answered",
    text: "そのとおりで差し支えありません。",
  });
}

test("６(3)イ 発送の期間の変更は協議書になり、回答があって始めるまで効かない。直しどころは欄で言う", async () => {
  desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
  const sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, []);
  const window = (more: object) =>
    proposeChange(desk.office, sv, {
      ...{ kind: "dispatch-window", term: "2", to: "2025-10-07", reason: "発送の残りが多いため" },
      ...more,
    });
  await expect(window({ to: "2025-09-01", reason: " " })).rejects.toMatchObject({
    faults: [{ field: "to" }, { field: "reason" }],
  });
  await expect(window({ term: "9" })).rejects.toMatchObject({ faults: [{ field: "term" }] });
  const { filing } = await window({});
  const { filing: other } = await openFiling(desk.office, sv, filing);
  expect(other).toMatchObject({ clause: "6(3)イ", kind: "consultation" });
  const endOf = async () => {
    forgetContract(desk.office, desk.contract);
    return (await openContract(desk.office, desk.contract)).blueprint.terms[1]?.dispatchTo;
  };
  await expect(startChange(desk.office, sv, filing)).rejects.toMatchObject({ code: "REFUSED" });
  expect(await endOf()).toBe("2025-10-02");
  await agree(filing);
  expect(await endOf()).toBe("2025-10-02");
  await startChange(desk.office, sv, filing);
  expect(await endOf()).toBe("2025-10-07");
  expect(await listAgreed(desk.office, sv)).toMatchObject([{ filing, state: "started" }]);
  expect(await desk.events()).toEqual(expect.arrayContaining(["contract.changed", "notice.change-started"]));
});

test("６(2)オ 委託者の様式がなくても標準のはがきで刷れ、協議の下書きができ、入らない通は承認の前に分かる", async () => {
  desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
  const op = desk.actor("op", "operator");
  const sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [{ id: "a", capacity: 50 }]);
  await expect(
    proposeChange(desk.office, op, { kind: "own-card", direction: "vertical" }),
  ).rejects.toThrowError(expect.objectContaining({ code: "FORBIDDEN" }));
  const { filing, number } = await proposeChange(desk.office, sv, {
    kind: "own-card",
    direction: "horizontal",
  });
  const filings = await listFilings(desk.office, sv);
  expect(filings).toMatchObject([{ number, kind: "consultation", clause: "6(2)オ" }]);
  await expect(startChange(desk.office, sv, filing)).rejects.toMatchObject({ code: "REFUSED" });
  expect(await latestTemplate(desk.office.read, desk.contract, "notice")).toBeUndefined();
  await agree(filing);
  await startChange(desk.office, sv, filing);
  await expect(startChange(desk.office, sv, filing)).rejects.toMatchObject({ code: "REFUSED" });

  await takeBooking(desk.office, op, caller(1, "a"));
  await takeBooking(desk.office, op, { ...caller(2, "a"), building: "棟".repeat(90) });
  await takeBooking(desk.office, op, { ...caller(3, "a"), name: "𠮷野　花子" });
  await takeBooking(desk.office, op, { ...caller(4, "a"), largePrint: true });
  const { id } = await prepareBatch(desk.office, op, { classIds: ["a"] });
  const { cards } = await openBatch(desk.office, op, id);
  const told = cards.map((card) => [card.detail?.booking.number, ...card.exceptions.map((one) => one.code)]);
  expect(told).toEqual([[2, "overflow"], [3, "font"], [4, "large-print"], [1]]);
  await submitBatch(desk.office, op, id);
  await approveBatch(
    desk.office,
    sv,
    id,
    cards.map((card) => card.notice.id),
  );
  await startPrint(desk.office, sv, id);
  while (await runNextJob(desk.office, noticeJobs)) {
    // 待っている仕事がなくなるまで。
  }
  const { batch } = await openBatch(desk.office, sv, id);
  const files = JSON.parse(batch.files) as BatchFile[];
  expect(files.map(({ format, edition, people, pages }) => [format, edition, people, pages])).toEqual([
    ["pdf", "notice", 3, 6],
    ["docx", "notice", 3, 6],
    ["pdf", "notice-large", 1, 2],
    ["docx", "notice-large", 1, 2],
  ]);
  expect(files[0]?.warnings.join()).toContain("受付番号 0002 は");
  const pdf = await openFile(desk.office, desk.contract, files[0]?.id ?? "");
  expect(Buffer.from(pdf.bytes).subarray(0, 5).toString()).toBe("%PDF-");
  const [ledger] = await listLedger(desk.office, desk.contract);
  expect(ledger?.equations).toEqual([
    { label: "承認した数＝印刷した数（ファイル）", left: 4, right: 4, balanced: true },
  ]);
});
