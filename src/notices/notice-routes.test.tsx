// @engine both
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import { runNextJob } from "../platform/run-job.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signInAs } from "../testing/signed-in.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { canDrawNotices } from "./draw-notice.ts";
import { noticeJobs } from "./notice-job.ts";
import { noticeRoutes } from "./notice-routes.tsx";

const template = wordFile({
  body: [
    ...["郵便番号", "住所１", "住所２", "氏名"].map((name) => paragraph(mergeField(name))),
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
    ...["受講日", "開始時刻", "会場", "受付番号"].map((name) => paragraph(mergeField(name))),
  ].join(""),
  section: postcardSection,
});

let desk: TestDesk;
let op: SignedIn;
let sv: SignedIn;
let app: ReturnType<typeof roomApp>;

beforeEach(async () => {
  desk = await openDesk({ at: instantOf("2025-09-22", "11:20") });
  await openReception(desk.office, desk.actor("x", "supervisor"), [{ id: "a", capacity: 50 }]);
  app = roomApp(desk.office, noticeRoutes);
  op = await signInAs(app, desk.office, { contract: desk.contract, roles: ["operator"], name: "千葉　美咲" });
  sv = await signInAs(app, desk.office, {
    contract: desk.contract,
    roles: ["supervisor"],
    name: "川村　直人",
  });
  await takeBooking(desk.office, op.actor, { ...caller(1, "a"), address: "札幌市北区北三十一条西5丁目" });
  await takeBooking(desk.office, op.actor, caller(2, "a"));
  await takeBooking(desk.office, op.actor, caller(3, "a"));
});
afterEach(() => desk.close());

/** 画面を開き、欠けがないことを確かめて HTML を返す。 */
async function open(who: SignedIn, path: string): Promise<string> {
  const response = await who.get(path);
  const html = await response.text();
  expect([path, response.status, markupFaults(html)]).toEqual([path, 200, []]);
  return html;
}

async function prepared(): Promise<string> {
  const made = await op.post("/notices/prepare", [
    ["day", "2025-10-01"],
    ["once", "k1"],
  ]);
  expect(made.status).toBe(303);
  return made.headers.get("location") ?? "";
}

async function registerTemplate(): Promise<void> {
  const file = new File([new Uint8Array(template)], "はがき.docx");
  const read = await (await op.post("/notices/template", { kind: "notice", file })).text();
  expect(markupFaults(read)).toEqual([]);
  expect(read).toContain("この様式でよければ登録してください");
  const draft = /name="draft" value="([^"]+)"/.exec(read)?.[1] ?? "";
  expect((await op.post("/notices/template/register", { kind: "notice", draft })).status).toBe(303);
}

async function work(): Promise<void> {
  while (await runNextJob(desk.office, noticeJobs)) {
    // 待っている仕事がなくなるまで。
  }
}

test("６(2)オ 画面だけで、様式の登録から発送の記録まで終わる", async () => {
  await registerTemplate();
  expect(await open(op, "/notices")).toContain("本日の集荷までに作るものが3通");
  const batch = await prepared();
  expect(
    (
      await op.post("/notices/prepare", [
        ["day", "2025-10-01"],
        ["once", "k1"],
      ])
    ).headers.get("location"),
  ).toBe(batch);
  await open(op, batch);
  expect((await op.post(`${batch}/submit`, {})).status).toBe(303);
  const html = await open(sv, batch);
  expect(html).toContain("3通のうち、1通を先に確かめてください");
  expect(html).toContain("2通を承認して印刷へ");
  expect(html).toContain("集荷まで 3時間40分");
  expect(html).toContain("川村（SV）の承認として記録");
  expect(html).not.toMatch(/検査　|1子/);

  const notice = /\?n=([0-9a-f-]+)/.exec(html)?.[1] ?? "";
  const shown = await open(sv, `${batch}?n=${notice}`);
  expect(shown).toContain("検査　1子");
  expect(shown).toContain("番地を補う");
  const empty = await sv.post(`${batch}/cards/${notice}/correct`, { house: "", approve: "1" });
  expect(empty.status).toBe(422);
  expect(markupFaults(await empty.text())).toEqual([]);
  expect((await sv.post(`${batch}/cards/${notice}/correct`, { house: "2-10", approve: "1" })).status).toBe(
    303,
  );
  expect((await sv.post(`${batch}/approve`, {})).status).toBe(303);
  expect(await open(sv, batch)).toContain("3通を承認しました。印刷できます");
  expect((await op.post(`${batch}/print`, {})).status).toBe(303);
  expect((await op.get(batch)).headers.get("refresh")).toBe("5");
  await work();
  const printed = await open(op, batch);
  expect(printed).toContain("3通を印刷しました");
  expect((await op.get(batch)).headers.get("refresh")).toBeNull();
  const file = /formaction="([^"]*\/files\/[^"]+)"/i.exec(printed)?.[1] ?? "";
  expect((await op.post(file, { purpose: "" })).status).toBe(422);
  const taken = await op.post(file, { purpose: "print" });
  expect(taken.headers.get("content-disposition")).toContain("notices-1.docx");
  await open(op, `${batch}/dispatch`);
  const wrong = await op.post(`${batch}/dispatch`, { sentOn: "2025-09-22", count: "2", receipt: "" });
  expect(wrong.status).toBe(409);
  const told = await wrong.text();
  expect(told).toContain("1通少なく");
  expect(markupFaults(told)).toEqual([]);
  expect(
    (await op.post(`${batch}/dispatch`, { sentOn: "2025-09-22", count: "３", receipt: "12" })).status,
  ).toBe(303);
  expect(await open(op, batch)).toContain("9月22日に3通を発送しました");
  const sheet = await open(op, `${batch}/sheet`);
  for (const words of ["千葉　美咲", "川村　直人", "令和7年9月22日", "北区民センター"])
    expect(sheet).toContain(words);
  expect(sheet).not.toContain("検査　");
  await open(op, "/notices");
  await open(op, `${batch}/list`);
});

test("別紙1 氏名を見せたことが、一通ごとに記録される", async () => {
  const batch = await prepared();
  const notice = /\?n=([0-9a-f-]+)/.exec(await open(op, batch))?.[1] ?? "";
  const revealed = () =>
    listEvents(desk.office.read, { contract: desk.contract, kinds: ["person.revealed"], limit: 9 });
  expect(await revealed()).toHaveLength(0);
  await open(op, `${batch}?n=${notice}`);
  expect(await revealed()).toMatchObject([{ actor: op.actor.id, about: notice }]);
  expect((await op.get(`${batch}?n=none`)).status).toBe(404);
});

describe("断る", () => {
  test("自分の束、役割の外、理由のない差戻し、取り出しの前の確認", async () => {
    const batch = await prepared();
    await op.post(`${batch}/submit`, {});
    expect((await op.post(`${batch}/approve`, {})).status).toBe(403);
    expect((await sv.post("/notices/prepare", [["day", "2025-10-01"]])).status).toBe(403);
    await open(sv, `${batch}/return`);
    expect((await sv.post(`${batch}/return`, { reason: "" })).status).toBe(422);
    expect((await sv.post(`${batch}/return`, { reason: "宛先をもう一度" })).status).toBe(303);
    expect(await open(op, batch)).toContain("宛先をもう一度");
    const tired = await signInAs(app, desk.office, {
      contract: desk.contract,
      roles: ["operator"],
      steppedUp: false,
    });
    const early = await tired.post(`${batch}/files/x`, { purpose: "print" });
    expect([early.status, await early.text()]).toEqual([403, expect.stringContaining("/step-up")]);
    const client = await signInAs(app, desk.office, { contract: desk.contract, roles: ["client"] });
    expect((await client.get(batch)).status).toBe(403);
    expect((await op.post("/notices/prepare", [["once", "k2"]])).status).toBe(422);
    expect(
      (await op.post("/notices/template", { file: new File(["not a document"], "x.docx") })).status,
    ).toBe(422);
  });

  test("外すには理由が要り、外した通は「これから作る」に戻る", async () => {
    const batch = await prepared();
    const notice = /\?n=([0-9a-f-]+)/.exec(await open(op, batch))?.[1] ?? "";
    await open(op, `${batch}/cards/${notice}/exclude`);
    expect((await op.post(`${batch}/cards/${notice}/exclude`, { reason: "" })).status).toBe(422);
    expect((await op.post(`${batch}/cards/${notice}/exclude`, { reason: "電話で確認" })).status).toBe(303);
    expect(await open(op, "/notices")).toContain("作るものが1通");
    expect(await open(op, `${batch}?n=${notice}`)).toContain("外した理由: 電話で確認");
  });
});

test("JSON の道で、作成から承認まで", async () => {
  const pool = await (await op.get("/api/notices/pool")).json();
  expect(pool.days).toMatchObject([{ day: "2025-10-01", count: 3 }]);
  const made = await op.send("POST", "/api/notices/batches", { withinDays: 5 }, { "idempotency-key": "j1" });
  expect(made.status).toBe(201);
  const { id } = await made.json();
  const again = await op.send("POST", "/api/notices/batches", { withinDays: 5 }, { "idempotency-key": "j1" });
  expect((await again.json()).id).toBe(id);
  await op.send("POST", `/api/notices/batches/${id}/submit`, {});
  const summary = await (await sv.get(`/api/notices/batches/${id}`)).text();
  expect(JSON.parse(summary)).toMatchObject({
    state: "submitted",
    exceptions: [{ code: "no-house-number", number: 1 }],
  });
  expect(summary).not.toContain("1子");
  const approved = await sv.send("POST", `/api/notices/batches/${id}/approve`, {});
  expect(await approved.json()).toEqual({ approved: 2, withdrawn: 0, waiting: 1, samePerson: false });
  const print = await sv.send("POST", `/api/notices/batches/${id}/print`, {});
  expect((await print.json()).error.code).toBe("REFUSED");
  const list = await (await sv.get("/api/notices/batches")).json();
  expect(list.batches).toMatchObject([{ id, number: 1, tally: { approved: 2, waiting: 1 } }]);
});

test.runIf(canDrawNotices())(
  "選んだ通の絵は様式に差し込んだもので、封じて残り、変われば使わない",
  async () => {
    await registerTemplate();
    const batch = await prepared();
    const notice = /\?n=([0-9a-f-]+)/.exec(await open(op, batch))?.[1] ?? "";
    expect(await open(op, `${batch}?n=${notice}`)).toContain("様式に差し込んだ絵を作っています");
    await work();
    const html = await open(op, `${batch}?n=${notice}`);
    const pages = [...html.matchAll(/src="([^"]+\/pages\/\d)"/g)].map((match) => match[1] ?? "");
    expect(pages).toHaveLength(2);
    const picture = await op.get(pages[0] ?? "");
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    await op.post(`${batch}/cards/${notice}/correct`, { house: "2-10" });
    expect(await open(op, `${batch}?n=${notice}`)).not.toContain("/pages/1");
  },
);
