// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { canConvertToPdf } from "../office/pdf-converter.ts";
import { listEvents } from "../platform/event-store.ts";
import { runNextJob } from "../platform/run-job.ts";
import { correctBooking } from "../reception/correct-booking.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { openDocx } from "../word/docx-package.ts";
import { approveBatch, undoApproval } from "./approve-batch.ts";
import { correctPerson } from "./correct-person.ts";
import { dispatchBatch } from "./dispatch-batch.ts";
import { excludeNotice } from "./exclude-notice.ts";
import { countWaiting, listBatches } from "./list-batches.ts";
import { listPoolDays } from "./list-pool.ts";
import { noticeJobs } from "./notice-job.ts";
import { openBatch } from "./open-batch.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { startPrint } from "./print-batch.ts";
import { keepTemplateDraft, registerTemplate } from "./register-template.ts";
import { returnBatch } from "./return-batch.ts";
import { submitBatch } from "./submit-batch.ts";
import { takeFile } from "./take-file.ts";

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
  // PDF の試験は print-batch.test.ts。ここでは Word だけを作り、速く終わる。
  vi.stubEnv("MADOGUCHI_PDF", "off");
  desk = await openDesk({ at: instantOf("2025-09-22", "11:20") });
  op = desk.actor("op", "operator");
  sv = desk.actor("sv", "supervisor");
  await openReception(desk.office, sv, [
    { id: "a", capacity: 50 },
    { id: "b", day: "2025-10-02", capacity: 50 },
  ]);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await desk.close();
});

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

/** 委託者との協議で、SV が OP を兼ねることが認められた契約にする。 */
async function allowBoth(): Promise<void> {
  const yaml = readFileSync(join(import.meta.dirname, "../../blueprints/sapporo-class-booking.yaml"), "utf8");
  const both = yaml.replace("supervisorMayOperate: false", "supervisorMayOperate: true");
  await desk.office.keep(async (tx) => {
    await tx.q
      .updateTable("contract")
      .set({ blueprint: both, blueprint_hash: readBlueprint(both).hash })
      .execute();
  });
  await desk.reopen();
}

async function work(): Promise<void> {
  while (await runNextJob(desk.office, noticeJobs)) {
    // 待っている仕事がなくなるまで。
  }
}

const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

test("６(2)オ 作成から発送まで: 承認・印刷・発送の数が突き合い、日付・通数・担当が残る", async () => {
  await template();
  const id = await made(3);
  const late = await book(4, "b", { address: "札幌市北区北三十一条西5丁目" });
  const second = await prepareBatch(desk.office, op, { withinDays: 10 });
  expect(second.count).toBe(1);
  await submitBatch(desk.office, op, id);
  await submitBatch(desk.office, op, id);
  expect(await countWaiting(desk.office, sv)).toBe(3);
  expect(await approveBatch(desk.office, sv, id)).toEqual({
    approved: 3,
    withdrawn: 0,
    waiting: 0,
    samePerson: false,
  });
  expect(await approveBatch(desk.office, sv, id)).toMatchObject({ approved: 0 });
  const { job, count } = await startPrint(desk.office, sv, id);
  expect(count).toBe(3);
  expect((await startPrint(desk.office, sv, id)).job).toBe(job);
  await work();
  const open = await openBatch(desk.office, op, id);
  expect(open.batch.state).toBe("printed");
  const files = JSON.parse(open.batch.files) as {
    id: string;
    format: string;
    people: number;
    pages: number;
  }[];
  expect(files.map((one) => one.format)).toEqual(canConvertToPdf() ? ["docx", "pdf"] : ["docx"]);
  for (const file of files) expect(file).toMatchObject({ people: 3, pages: 6 });
  const docx = await takeFile(desk.office, op, id, files[0]?.id ?? "", "print");
  const body = new TextDecoder().decode(openDocx(docx.bytes).parts.get("word/document.xml"));
  for (const n of [1, 2, 3]) expect(body).toContain(`検査　${n}子`);
  expect(docx.fileName).toBe("notices-1.docx");

  await expect(
    dispatchBatch(desk.office, op, id, { sentOn: "2025-09-22", count: 2, receipt: "" }),
  ).rejects.toThrowError(refused("REFUSED", /1通少なく/));
  const given = { sentOn: "2025-09-22", count: 3, receipt: "1234-5678" };
  await dispatchBatch(desk.office, op, id, given);
  await dispatchBatch(desk.office, op, id, given);
  const [sent] = (await listBatches(desk.office, op)).filter((one) => one.id === id);
  expect(sent).toMatchObject({
    state: "sent",
    sentOn: "2025-09-22",
    sentCount: 3,
    tally: { printed: 3, toSend: 3 },
  });
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["batch.dispatched"],
    limit: 9,
  });
  expect(event).toMatchObject({
    actor: "op",
    payload: { sent_on: "2025-09-22", count: 3, receipt: "1234-5678", late: [] },
  });
  const kinds = (await desk.events()).filter((kind) => kind.startsWith("batch."));
  expect(kinds).toEqual([
    "batch.prepared",
    "batch.prepared",
    "batch.submitted",
    "batch.approved",
    "batch.printing",
    "batch.printed",
    "batch.taken",
    "batch.dispatched",
  ]);
  expect((await openBatch(desk.office, op, second.id)).cards[0]?.exceptions[0]?.code).toBe("no-house-number");
  expect(late.number).toBe(4);
});

describe("６(5)ア 表１ 承認", () => {
  test("OP は承認できず、SV も自分の束は承認できない", async () => {
    const id = await made(1);
    await submitBatch(desk.office, op, id);
    await expect(approveBatch(desk.office, op, id)).rejects.toThrowError(refused("FORBIDDEN"));
    const both = desk.actor("op", "operator", "supervisor");
    await expect(approveBatch(desk.office, both, id)).rejects.toThrowError(
      refused("REFUSED", /ご自分が作った束/),
    );
    await expect(prepareBatch(desk.office, sv, {})).rejects.toThrowError(refused("FORBIDDEN", /OPの役割/));
  });

  test("SV 兼 OP が認められていれば自分の束を承認でき、記録に同じ人と残る", async () => {
    await allowBoth();
    await book(1);
    const { id } = await prepareBatch(desk.office, sv, { classIds: ["a"] });
    await submitBatch(desk.office, sv, id);
    expect((await approveBatch(desk.office, sv, id)).samePerson).toBe(true);
    const [event] = await listEvents(desk.office.read, {
      contract: desk.contract,
      kinds: ["batch.approved"],
      limit: 1,
    });
    expect(event).toMatchObject({ actor: "sv", payload: { same_person: true } });
    expect((await listBatches(desk.office, sv))[0]?.samePerson).toBe(true);
  });

  test("理由をつけて差し戻すと、作り直して出し直せる。理由は記録の外に封じて残る", async () => {
    const id = await made(2);
    await submitBatch(desk.office, op, id);
    await approveBatch(desk.office, sv, id);
    await expect(returnBatch(desk.office, sv, id, " ")).rejects.toThrowError(refused("BAD_INPUT"));
    await returnBatch(desk.office, sv, id, "検査さんの住所をもう一度");
    const { batch, tally } = await openBatch(desk.office, op, id);
    expect(batch).toMatchObject({ state: "returned", returned_reason: "検査さんの住所をもう一度" });
    expect(tally).toMatchObject({ waiting: 2, approved: 0 });
    const [event] = await listEvents(desk.office.read, {
      contract: desk.contract,
      kinds: ["batch.returned"],
      limit: 1,
    });
    expect(JSON.stringify(event)).not.toContain("住所をもう");
    await submitBatch(desk.office, op, id);
    expect((await openBatch(desk.office, op, id)).batch.returned_reason).toBeNull();
    expect((await approveBatch(desk.office, sv, id)).approved).toBe(2);
  });

  test("印刷を始めるまで承認を取り消せる", async () => {
    await template();
    const id = await made(2);
    await submitBatch(desk.office, op, id);
    await approveBatch(desk.office, sv, id);
    await undoApproval(desk.office, sv, id);
    expect((await openBatch(desk.office, op, id)).tally).toMatchObject({ waiting: 2, approved: 0 });
    await approveBatch(desk.office, sv, id);
    await startPrint(desk.office, sv, id);
    await expect(undoApproval(desk.office, sv, id)).rejects.toThrowError(
      refused("REFUSED", /印刷が始まって/),
    );
  });

  test("確かめるもののある通は、まとめては承認されず、承知のうえで一通ずつ承認できる", async () => {
    await book(1);
    await book(2, "a", { largePrint: true });
    const { id } = await prepareBatch(desk.office, op, { classIds: ["a"] });
    await submitBatch(desk.office, op, id);
    expect(await approveBatch(desk.office, sv, id)).toMatchObject({ approved: 1, waiting: 1 });
    const { cards } = await openBatch(desk.office, sv, id);
    const large = cards.find((card) => card.now.state === "waiting");
    await approveBatch(desk.office, sv, id, [large?.notice.id ?? ""]);
    const [event] = await listEvents(desk.office.read, {
      contract: desk.contract,
      kinds: ["batch.approved"],
      limit: 1,
    });
    expect(event?.payload).toMatchObject({ accepted: ["large-print"], approved: 1 });
  });
});

describe("６(2)オ 直す・外す・変わる", () => {
  test("直して承認: 番地が本人に入り、予約の記録が残り、その通が承認される", async () => {
    const { id: bookingId } = await book(1, "a", { address: "札幌市北区北三十一条西5丁目" });
    await book(2);
    const { id } = await prepareBatch(desk.office, op, { classIds: ["a"] });
    await submitBatch(desk.office, op, id);
    const [bad] = (await openBatch(desk.office, sv, id)).cards;
    expect(bad?.exceptions[0]?.code).toBe("no-house-number");
    await expect(
      correctPerson(desk.office, sv, id, bad?.notice.id ?? "", { house: " ", approve: true }),
    ).rejects.toThrowError(refused("BAD_INPUT"));
    const done = await correctPerson(desk.office, sv, id, bad?.notice.id ?? "", {
      house: "2-10",
      approve: true,
    });
    expect(done).toEqual({ corrected: true, approved: true });
    const card = (await openBatch(desk.office, sv, id)).cards.find((one) => one.notice.id === bad?.notice.id);
    expect(card?.detail?.person.address).toBe("札幌市北区北三十一条西5丁目2-10");
    expect(card).toMatchObject({ exceptions: [], now: { state: "approved", stale: false } });
    const [event] = await listEvents(desk.office.read, {
      contract: desk.contract,
      kinds: ["booking.corrected"],
      limit: 1,
    });
    expect(event).toMatchObject({ about: bookingId, payload: { fields: ["address"] } });
    expect(JSON.stringify(event?.payload)).not.toContain("2-10");
  });

  test("外した通は次の束に入る。同じ予約は二つの束に入らない", async () => {
    const id = await made(2);
    await expect(prepareBatch(desk.office, op, { classIds: ["a"] })).rejects.toThrowError(refused("REFUSED"));
    const [card] = (await openBatch(desk.office, op, id)).cards;
    await excludeNotice(desk.office, op, id, card?.notice.id ?? "", "電話で確かめてから");
    await excludeNotice(desk.office, op, id, card?.notice.id ?? "", "電話で確かめてから");
    expect(
      (await openBatch(desk.office, op, id)).cards.find((one) => one.now.state === "excluded")?.notice.reason,
    ).toBe("電話で確かめてから");
    expect((await listPoolDays(desk.office, op)).map((day) => [day.day, day.count])).toEqual([
      ["2025-10-01", 1],
    ]);
    expect((await prepareBatch(desk.office, op, { classIds: ["a"] })).count).toBe(1);
  });

  test("二度押しても束は一つ。同時に作っても、予約は一方の束にだけ入る", async () => {
    await book(1);
    const once = { classIds: ["a"], onceKey: "click" };
    const [first, again] = [
      await prepareBatch(desk.office, op, once),
      await prepareBatch(desk.office, op, once).catch((e) => e),
    ];
    expect(again).toEqual(first);
    await book(2);
    const other = desk.actor("op2", "operator");
    const both = await Promise.allSettled([
      prepareBatch(desk.office, op, { classIds: ["a"] }),
      prepareBatch(desk.office, other, { classIds: ["a"] }),
    ]);
    expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await listBatches(desk.office, op)).toHaveLength(2);
  });

  test("取消は印刷の前に外れ、承認の後の変更は刷らず、印刷の後の変更は投函しない", async () => {
    await template();
    const bookings = [await book(1), await book(2), await book(3), await book(4)];
    const { id } = await prepareBatch(desk.office, op, { classIds: ["a"] });
    await submitBatch(desk.office, op, id);
    await approveBatch(desk.office, sv, id);
    await undoBooking(desk.office, op, bookings[0]?.id ?? "");
    await correctBooking(desk.office, op, bookings[1]?.id ?? "", { building: "コーポ北 203" });
    expect((await startPrint(desk.office, op, id)).count).toBe(2);
    await work();
    await correctBooking(desk.office, op, bookings[2]?.id ?? "", { name: "検査　花子" });
    await expect(
      dispatchBatch(desk.office, op, id, { sentOn: "2025-09-22", count: 2, receipt: "" }),
    ).rejects.toThrowError(refused("REFUSED", /1通多く/));
    await dispatchBatch(desk.office, op, id, { sentOn: "2025-09-22", count: 1, receipt: "" });
    const { tally } = await openBatch(desk.office, op, id);
    expect(tally).toMatchObject({ made: 4, withdrawn: 2, excluded: 1, approved: 1, printed: 2, toSend: 1 });
    // 変わった二人は、次の束で作り直される。
    expect((await listPoolDays(desk.office, op))[0]?.count).toBe(2);
    // 送った後で変われば、作り直す。
    await correctBooking(desk.office, op, bookings[3]?.id ?? "", { building: "201" });
    expect((await listPoolDays(desk.office, op))[0]).toMatchObject({ count: 3, reissue: 1 });
    expect((await prepareBatch(desk.office, op, { classIds: ["a"] })).count).toBe(3);
  });
});
