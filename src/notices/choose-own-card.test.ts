// @engine both
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { listFilings } from "../filings/list-filings.ts";
import { openFile } from "../platform/keep-file.ts";
import { runNextJob } from "../platform/run-job.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { approveBatch } from "./approve-batch.ts";
import type { BatchFile } from "./batch-file.ts";
import { chooseOwnCard } from "./choose-own-card.ts";
import { listLedger } from "./list-ledger.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { submitBatch } from "./submit-batch.ts";

let desk: TestDesk;
afterEach(() => desk.close());

test("６(2)オ 委託者の様式がなくても標準のはがきで刷れ、協議の下書きができ、入らない通は承認の前に分かる", async () => {
  desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
  const op = desk.actor("op", "operator");
  const sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [{ id: "a", capacity: 50 }]);
  await expect(chooseOwnCard(desk.office, op, "vertical")).rejects.toThrowError(
    expect.objectContaining({ code: "FORBIDDEN" }),
  );
  const { filing } = await chooseOwnCard(desk.office, sv, "horizontal");
  const filings = await listFilings(desk.office, sv);
  expect(filings).toMatchObject([{ number: filing, kind: "consultation", clause: "6(2)オ" }]);

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
    ["pdf", "notice-large", 1, 2],
  ]);
  expect(files[0]?.warnings.join()).toContain("受付番号 0002 は");
  const pdf = await openFile(desk.office, desk.contract, files[0]?.id ?? "");
  expect(Buffer.from(pdf.bytes).subarray(0, 5).toString()).toBe("%PDF-");
  const [ledger] = await listLedger(desk.office, desk.contract);
  expect(ledger?.equations).toEqual([
    { label: "承認した数＝印刷した数（ファイル）", left: 4, right: 4, balanced: true },
  ]);
});
