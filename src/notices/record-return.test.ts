// @engine both
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { runNextJob } from "../platform/run-job.ts";
import { changeVenue } from "../reception/change-venue.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { listVenues } from "../reception/venue-store.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { approveBatch } from "./approve-batch.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { listLedger } from "./list-ledger.ts";
import { listPhone } from "./list-phone.ts";
import { listPool } from "./list-pool.ts";
import { notePhone, openPhoneTasks } from "./note-phone.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { recordReturn, resendReturned } from "./record-return.ts";
import { keepTemplateDraft, registerTemplate } from "./register-template.ts";
import { returnedBefore, warnReturned } from "./returned-before.ts";
import { submitBatch } from "./submit-batch.ts";

const template = wordFile({
  body: ["郵便番号", "住所１", "住所２", "氏名", "受講日", "開始時刻", "会場", "受付番号"]
    .map((name) => paragraph(mergeField(name)))
    .join(""),
  section: postcardSection,
});

let desk: TestDesk;
let op: Actor;
let sv: Actor;
const before = process.env.MADOGUCHI_PDF;

beforeEach(async () => {
  process.env.MADOGUCHI_PDF = "off";
  desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
  op = desk.actor("op", "operator");
  sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [
    { id: "a", capacity: 50 },
    { id: "b", day: "2025-11-05", capacity: 50 },
  ]);
  const { id } = await keepTemplateDraft(desk.office, op, { fileName: "x.docx", bytes: template });
  await registerTemplate(desk.office, op, id, "notice");
});
afterEach(async () => {
  if (before === undefined) delete process.env.MADOGUCHI_PDF;
  else process.env.MADOGUCHI_PDF = before;
  await desk.close();
});

async function book(n: number, more: Partial<ReturnType<typeof caller>> = {}) {
  return takeBooking(desk.office, op, { ...caller(n, "a"), ...more });
}

/** 束を作って、承認し、印刷し、投函する。 */
async function send(classIds: string[], sentOn: string): Promise<string> {
  const { id } = await prepareBatch(desk.office, op, { classIds });
  await submitBatch(desk.office, op, id);
  const { cards } = await openBatch(desk.office, sv, id);
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
  const { tally } = await openBatch(desk.office, sv, id);
  await dispatchBatch(desk.office, op, id, { sentOn, count: tally.toSend, receipt: "77" });
  return id;
}

const came = (number: string, returnedOn = "2025-09-19") => ({ number, reason: "unknown", returnedOn });

describe("６(2)オ 返戻", () => {
  test("受付番号で記録すると、電話の仕事ができ、発送簿の等式が合い、同じ番号は二度数えない", async () => {
    await book(1);
    await book(2);
    const batch = await send(["a"], "2025-09-12");
    desk.clock.set(instantOf("2025-09-19", "10:00"));
    expect(await recordReturn(desk.office, op, came(" 受付 ０００２\n"))).toMatchObject({
      number: 2,
      again: false,
      phone: true,
    });
    expect(await recordReturn(desk.office, op, came("2"))).toMatchObject({ again: true });
    const { blueprint } = await openContract(desk.office, desk.contract);
    const tasks = await listTasks(desk.office, op, blueprint);
    expect(tasks.map((task) => task.title)).toEqual([expect.stringMatching(/^受付番号0002の方へ.*返戻/)]);
    expect((await listPhone(desk.office, op)).map((one) => [one.detail.booking.number, one.why])).toEqual([
      [2, "returned"],
    ]);
    const [row] = await listLedger(desk.office, desk.contract);
    expect(row).toMatchObject({
      batch: {
        id: batch,
        postage: "deferred",
        unit_yen: 85,
        payer: "contractor",
        serial_from: 1,
        serial_to: 2,
      },
      term: { id: "2" },
      yen: 170,
      counts: { approved: 2, printed: 2, posted: 2, withdrawn: 0, returned: 1, open: 1, phoned: 0 },
    });
    expect(row?.equations.map((one) => one.balanced)).toEqual([true, true, true, true, true]);
    expect(row?.notices.map((one) => one.row.serial).sort()).toEqual([1, 2]);
  });

  test("電話がつながるまで試みが残り、案内し終えると仕事が済み、返戻の後始末も済む", async () => {
    const { id } = await book(1);
    await send(["a"], "2025-09-12");
    desk.clock.set(instantOf("2025-09-19", "10:00"));
    await recordReturn(desk.office, op, came("1"));
    await notePhone(desk.office, op, id, "absent");
    expect(await listPhone(desk.office, op)).toMatchObject([{ done: false, task: { attempts: 1 } }]);
    await notePhone(desk.office, op, id, "told");
    await notePhone(desk.office, op, id, "told");
    expect(await listPhone(desk.office, op)).toMatchObject([{ done: true, task: { state: "done" } }]);
    const [row] = await listLedger(desk.office, desk.contract);
    expect(row?.counts).toMatchObject({ returned: 1, phoned: 1, open: 0 });
    // 案内した後で会場の所在地が変われば、もう一度電話する。
    const [venue] = await listVenues(desk.office.read, desk.contract);
    if (!venue) throw new Error("the venue is missing");
    const { latitude, longitude } = venue;
    await changeVenue(desk.office, sv, "kita", {
      ...venue,
      ...{ latitude: latitude ?? "", longitude: longitude ?? "" },
      address: "札幌市北区北二十四条西6丁目",
    });
    expect(await listPhone(desk.office, op)).toMatchObject([{ done: false, task: undefined }]);
  });

  test("作り直しに回すと次の束に入り、発送簿では返戻＝作り直しになり、束の通に前の返戻が出る", async () => {
    await book(1);
    await send(["a"], "2025-09-12");
    desk.clock.set(instantOf("2025-09-17", "10:00"));
    const card = await recordReturn(desk.office, op, came("1", "2025-09-17"));
    expect(await listPool(desk.office, op)).toHaveLength(0);
    await resendReturned(desk.office, op, card.id);
    await resendReturned(desk.office, op, card.id);
    expect(await listPool(desk.office, op)).toHaveLength(1);
    const again = await prepareBatch(desk.office, op, { classIds: ["a"] });
    const { cards } = await openBatch(desk.office, op, again.id);
    expect(cards[0]?.exceptions.map((one) => [one.code, one.detail])).toEqual([
      ["returned", "9月17日「あて所に尋ねあたりません」。宛先を確かめてから承認してください"],
    ]);
    const rows = await listLedger(desk.office, desk.contract);
    expect(rows.map((row) => [row.counts.returned, row.counts.reprinted, row.counts.again])).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
    expect(rows.flatMap((row) => row.equations).every((one) => one.balanced)).toBe(true);
  });

  test("同じ方（電話とカナが同じ）の次の予約で知らせ、別の方には知らせない", async () => {
    await book(1, { kana: "ケンサ イチコ", phone: "011-555-0001" });
    await send(["a"], "2025-09-12");
    desk.clock.set(instantOf("2025-09-19", "10:00"));
    await recordReturn(desk.office, op, came("1"));
    const ask = (kana: string, phone: string) => warnReturned(desk.office, op, { kana, phone });
    expect(await ask("ケンサ イチコ", "0115550001")).toMatchObject([{ field: "address" }]);
    expect((await ask("けんさ　いちこ", "011-555-0001"))[0]?.message).toMatch(/9月19日「あて所に/);
    expect(await ask("ケンサ ジロウ", "011-555-0001")).toEqual([]);
    expect(await ask("ケンサ イチコ", "")).toEqual([]);
    const same = { kana: "ケンサ イチコ", phone: "011-555-0001", draftId: "d9" };
    await takeBooking(desk.office, op, { ...caller(9, "b"), ...same });
    await takeBooking(desk.office, op, { ...caller(8, "b"), kana: "ケンサ ハチコ" });
    const { id } = await prepareBatch(desk.office, op, { classIds: ["b"] });
    const { cards } = await openBatch(desk.office, op, id);
    expect(
      cards.map((card) => [
        card.detail?.booking.number,
        card.exceptions.some((one) => one.code === "returned"),
      ]),
    ).toEqual([
      [2, true],
      [3, false],
    ]);
    const first = (await openBatch(desk.office, op, id)).cards[0]?.detail?.person.id ?? "";
    expect(await returnedBefore(desk.office, desk.contract, [first])).toEqual([]);
  });

  test("期限に間に合わない予約は電話の一覧に出て、案内し終えると束に入らない", async () => {
    desk.clock.set(instantOf("2025-09-29", "15:30"));
    const { id } = await book(1);
    expect(await listPhone(desk.office, op)).toMatchObject([{ why: "late", done: false }]);
    expect(await openPhoneTasks(desk.office, op)).toBe(1);
    expect(await openPhoneTasks(desk.office, op)).toBe(0);
    await notePhone(desk.office, op, id, "told");
    expect(await listPool(desk.office, op)).toHaveLength(0);
    expect(await listPhone(desk.office, op)).toMatchObject([{ done: true }]);
  });
});

test("番号・理由・日の誤りは、欄の名とともに断り、送っていない番号も断る", async () => {
  await book(1);
  const refused = (field: string, message: RegExp) =>
    expect.objectContaining({
      code: "BAD_INPUT",
      faults: [{ field, message: expect.stringMatching(message) }],
    });
  const tried = (given: Parameters<typeof recordReturn>[2]) => recordReturn(desk.office, op, given);
  await expect(tried(came("はがき", "2025-09-12"))).rejects.toThrowError(refused("number", /受付番号/));
  await expect(tried(came("99", "2025-09-12"))).rejects.toThrowError(
    refused("number", /0099の予約はありません/),
  );
  await expect(tried(came("1", "2025-09-12"))).rejects.toThrowError(
    refused("number", /まだ発送していません/),
  );
  await expect(tried({ ...came("1"), reason: "x" })).rejects.toThrowError(refused("reason", /理由/));
  await expect(tried(came("1", "2025-09-19"))).rejects.toThrowError(
    refused("returnedOn", /まだ来ていません/),
  );
  await send(["a"], "2025-09-12");
  await expect(tried(came("1", "2025-09-11"))).rejects.toThrowError(refused("returnedOn", /より前の日/));
  const client = desk.actor("c", "client");
  await expect(recordReturn(desk.office, client, came("1"))).rejects.toThrowError(
    expect.objectContaining({ code: "FORBIDDEN" }),
  );
});

test("発送簿の期は、受講日が過ぎた後も変わらない", async () => {
  await book(1);
  await send(["a"], "2025-09-12");
  desk.clock.set(instantOf("2025-12-15", "10:00"));
  expect(await listLedger(desk.office, desk.contract)).toMatchObject([
    { term: { id: "2" }, days: ["2025-10-01"] },
  ]);
});
