// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { findJob } from "../platform/job-store.ts";
import { runNextJob } from "../platform/run-job.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { approveBatch, undoApproval } from "./approve-batch.ts";
import type { BatchFile } from "./batch-file.ts";
import { canDrawNotices } from "./draw-notice.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { inspectTemplate, keepTemplateDraft, registerTemplate } from "./register-template.ts";
import { stopPrint } from "./stop-print.ts";
import { submitBatch } from "./submit-batch.ts";

/** 宛名面と文面の二ページの、はがきの様式。 */
function noticeTemplate(): Uint8Array {
  const front = ["郵便番号", "住所１", "氏名"].map((name) => paragraph(mergeField(name)));
  const back = ["受講日", "開始時刻", "会場", "受付番号", "謎の項目"].map((name) =>
    paragraph(mergeField(name)),
  );
  return wordFile({
    body: [...front, '<w:p><w:r><w:br w:type="page"/></w:r></w:p>', ...back].join(""),
    section: postcardSection,
  });
}

let desk: TestDesk;
let op: Actor;
let sv: Actor;

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2025-09-22", "11:20") });
  op = desk.actor("op", "operator");
  sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [
    { id: "a", capacity: 50 },
    { id: "b", day: "2025-10-02", capacity: 50 },
  ]);
});
afterEach(() => desk.close());

async function book(n: number, classId = "a", more: Partial<ReturnType<typeof caller>> = {}) {
  return takeBooking(desk.office, op, { ...caller(n, classId), ...more });
}

async function template(): Promise<void> {
  const { id } = await keepTemplateDraft(desk.office, op, {
    fileName: "はがき.docx",
    bytes: noticeTemplate(),
  });
  await registerTemplate(desk.office, op, id, "notice");
}

async function made(count: number): Promise<string> {
  for (let n = 1; n <= count; n++) await book(n);
  const { id } = await prepareBatch(desk.office, op, { classIds: ["a", "b"] });
  return id;
}

async function work(): Promise<void> {
  while (await runNextJob(desk.office, noticeJobs)) {
    // 待っている仕事がなくなるまで。
  }
}

const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

describe("様式", () => {
  test.runIf(canDrawNotices())("入りきらない通は、承認の前に分かり、印刷のときにも知らせる", async () => {
    const lines = Array.from({ length: 10 }, () => paragraph(mergeField("住所２")));
    const page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    const bytes = wordFile({
      body: [paragraph(mergeField("氏名")), ...lines, page, paragraph(mergeField("受講日"))].join(""),
      section: postcardSection,
    });
    const { id: draft } = await keepTemplateDraft(desk.office, op, { fileName: "x.docx", bytes });
    await registerTemplate(desk.office, op, draft, "notice");
    await book(1);
    await book(2, "a", { building: "長い名の建物".repeat(12) });
    await book(3);
    const { id } = await prepareBatch(desk.office, op, { classIds: ["a"] });
    await submitBatch(desk.office, op, id);
    await work();
    const { cards } = await openBatch(desk.office, sv, id);
    expect(cards.map((card) => card.exceptions[0]?.title)).toEqual([
      "はがきに入りきりません",
      undefined,
      undefined,
    ]);
    expect(cards[0]?.pictures?.pages.length).toBeGreaterThan(2);
    await approveBatch(desk.office, sv, id);
    await approveBatch(desk.office, sv, id, [cards[0]?.notice.id ?? ""]);
    await startPrint(desk.office, sv, id);
    await work();
    const files = JSON.parse((await openBatch(desk.office, sv, id)).batch.files) as BatchFile[];
    const pdf = files.find((file) => file.format === "pdf");
    expect(pdf?.warnings.join()).toMatch(/受付番号 0002 は/);
    expect((pdf?.pages ?? 0) % 2).toBe(0);
  });

  test("様式がなければ印刷を断る。使う項目と足りない項目が、登録の前に分かる", async () => {
    const id = await made(1);
    await submitBatch(desk.office, op, id);
    await approveBatch(desk.office, sv, id);
    await expect(startPrint(desk.office, op, id)).rejects.toThrowError(refused("REFUSED", /様式/));
    const report = inspectTemplate(noticeTemplate());
    expect(report).toMatchObject({
      unknown: ["謎の項目"],
      absent: ["住所２"],
      pagesPerSheet: 2,
      peoplePerSheet: 1,
    });
    expect(() => inspectTemplate(readFileSync(join(import.meta.dirname, "batch.ts")))).toThrowError(
      refused("BAD_INPUT"),
    );
  });

  test("印刷に失敗したら理由が残り、承認を取り消せる", async () => {
    await template();
    const id = await made(1);
    await submitBatch(desk.office, op, id);
    await approveBatch(desk.office, sv, id);
    const { job } = await startPrint(desk.office, op, id);
    const failing = noticeJobs.map((kind) => ({
      ...kind,
      run: async () => Promise.reject(new Error("disk")),
    }));
    for (let n = 0; n < 8; n++) {
      await runNextJob(desk.office, failing);
      desk.clock.advance(60_000);
    }
    expect((await findJob(desk.office.read, desk.contract, job))?.state).toBe("failed");
    await undoApproval(desk.office, sv, id);
    expect((await openBatch(desk.office, op, id)).tally).toMatchObject({ waiting: 1, printed: 0 });
  });
});

test("６(2)オ 印刷は途中で止められ、止めたあとでもう一度印刷できる", async () => {
  await template();
  const id = await made(1);
  await submitBatch(desk.office, op, id);
  await work();
  await approveBatch(desk.office, sv, id);
  const { job } = await startPrint(desk.office, op, id);
  await stopPrint(desk.office, op, id);
  await work();
  expect((await findJob(desk.office.read, desk.contract, job))?.state).toBe("stopped");
  expect((await openBatch(desk.office, op, id)).batch.state).toBe("printing");
  await startPrint(desk.office, op, id);
  await work();
  expect((await openBatch(desk.office, op, id)).batch.state).toBe("printed");
  await expect(stopPrint(desk.office, op, id)).rejects.toMatchObject({ code: "REFUSED" });
});
