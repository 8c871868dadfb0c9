// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { openProtectedFile } from "../office/verify-protected-file.ts";
import { listEvents } from "../platform/event-store.ts";
import { runNextJob } from "../platform/run-job.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signInAs } from "../testing/signed-in.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { noticeJobs } from "./notice-job.ts";
import { noticeRoutes } from "./notice-routes.tsx";
import { keepTemplateDraft, registerTemplate } from "./register-template.ts";

let desk: TestDesk;
let op: SignedIn;
let sv: SignedIn;
const before = process.env.MADOGUCHI_PDF;

beforeEach(async () => {
  process.env.MADOGUCHI_PDF = "off";
  desk = await openDesk({ at: instantOf("2025-09-12", "11:20") });
  await openReception(desk.office, desk.actor("x", "supervisor"), [{ id: "a", capacity: 50 }]);
  await sitDown();
  const bytes = wordFile({
    body: ["郵便番号", "住所１", "氏名", "受講日"].map((name) => paragraph(mergeField(name))).join(""),
    section: postcardSection,
  });
  const { id } = await keepTemplateDraft(desk.office, op.actor, { fileName: "x.docx", bytes });
  await registerTemplate(desk.office, op.actor, id, "notice");
  await takeBooking(desk.office, op.actor, caller(1, "a"));
  await takeBooking(desk.office, op.actor, caller(2, "a"));
});
afterEach(async () => {
  if (before === undefined) delete process.env.MADOGUCHI_PDF;
  else process.env.MADOGUCHI_PDF = before;
  await desk.close();
});

/** 着席する（日が変われば、着席し直す）。 */
async function sitDown(): Promise<void> {
  const app = roomApp(desk.office, noticeRoutes);
  const { contract } = desk;
  op = await signInAs(app, desk.office, { contract, roles: ["operator"], name: "千葉　美咲" });
  sv = await signInAs(app, desk.office, { contract, roles: ["supervisor"], name: "川村　直人" });
}

async function open(who: SignedIn, path: string): Promise<string> {
  const response = await who.get(path);
  const html = await response.text();
  expect([path, response.status, markupFaults(html)]).toEqual([path, 200, []]);
  return html;
}

/** 二通を印刷まで進めて、束の場所を返す。 */
async function printed(): Promise<string> {
  const batch =
    (await op.post("/notices/prepare", { day: "2025-10-01", once: "k" })).headers.get("location") ?? "";
  await op.post(`${batch}/submit`, {});
  await sv.post(`${batch}/approve`, {});
  await op.post(`${batch}/print`, {});
  while (await runNextJob(desk.office, noticeJobs)) {
    // 待っている仕事がなくなるまで。
  }
  return batch;
}

test("６(2)オ・６(8) 画面で、料金つきの発送、返戻、電話案内、発送簿までつながる", async () => {
  const batch = await printed();
  expect(await open(op, `${batch}/dispatch`)).toContain("費用は受託者の負担です（仕様書６(8)）");
  const given = { sentOn: "2025-09-12", count: "2", receipt: "55", postage: "prepaid" };
  expect((await op.post(`${batch}/dispatch`, { ...given, unitYen: "abc" })).status).toBe(422);
  expect((await op.post(`${batch}/dispatch`, { ...given, unitYen: "８５" })).status).toBe(303);
  expect(await open(op, `${batch}/sheet`)).toContain(
    "料金別納　85円×2通＝170円（受託者の負担・仕様書６(8)）",
  );
  desk.clock.set(instantOf("2025-09-19", "10:00"));
  await sitDown();
  expect(await open(op, "/notices/returned")).toContain("後始末の残る返戻はありません");
  const record = (number: string) =>
    op.post("/notices/returned", { number, reason: "moved", returnedOn: "2025-09-19" });
  const wrong = await record("77");
  const told = await wrong.text();
  expect([wrong.status, markupFaults(told)]).toEqual([422, []]);
  expect(told).toContain("受付番号0077の予約はありません");
  const done = await record("2");
  expect(done.headers.get("location")).toMatch(/^\/notices\/returned\?reason=moved&on=2025-09-19/);
  const list = await open(op, "/notices/returned?reason=moved&on=2025-09-19");
  expect(list).toContain("返戻のうち、1通の後始末が残っています");
  expect(list).toMatch(/<option value="moved" selected="">/);
  const phone = await open(op, "/notices/phone");
  expect(phone).toContain("はがきでは届かない1人に");
  expect(phone).not.toContain("2子");
  const paper = await op.post("/notices/phone/paper", {});
  expect(await paper.text()).toContain("検査　2子");
  const id = /action="\/notices\/phone\/([0-9a-f-]{36})"/.exec(phone)?.[1] ?? "";
  expect((await op.post(`/notices/phone/${id}`, { result: "" })).status).toBe(422);
  expect((await op.post(`/notices/phone/${id}`, { result: "told" })).status).toBe(303);
  expect(await open(op, "/notices/phone")).toContain("電話で案内する方はいません");
  const ledger = await open(op, "/notices/ledger");
  expect(ledger).toContain("すべて合っています");
  const number = /href="(\/notices\/ledger\/[^"]+\/phoned)"/.exec(ledger)?.[1] ?? "";
  expect(await open(op, number)).toContain("0002");
  expect((await op.get(number.replace("phoned", "nothing"))).status).toBe(404);
  const api = await (await op.get("/api/notices/returned")).json();
  expect(api.returned).toMatchObject([{ number: 2, reason: "moved", outcome: "phone", settled: true }]);
  expect((await (await op.get("/api/notices/phone")).json()).people).toMatchObject([
    { number: 2, done: true },
  ]);
});

test("別紙1 委託者に渡すファイルはパスワード付きの写しだけで、パスワードは一度だけ見え、どこにも残らない", async () => {
  const batch = await printed();
  const file = /formaction="([^"]*\/files\/[^"]+)"/i.exec(await open(sv, batch))?.[1] ?? "";
  expect((await op.post(file, { purpose: "client" })).status).toBe(403);
  const made = await sv.post(file, { purpose: "client" });
  const html = await made.text();
  expect([made.status, markupFaults(html)]).toEqual([200, []]);
  const password = /<code class="code">([^<]+)<\/code>/.exec(html)?.[1] ?? "";
  const href = /href="([^"]+\/protected\/[^"]+)"/.exec(html)?.[1] ?? "";
  const copy = await sv.get(href);
  const bytes = new Uint8Array(await copy.arrayBuffer());
  expect(Buffer.from(openProtectedFile(bytes, password)).subarray(0, 2).toString()).toBe("PK");
  expect((await op.get(href)).status).toBe(403);
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 50 });
  expect(events.map((one) => one.kind)).toEqual(
    expect.arrayContaining(["batch.taken", "file.protected", "file.delivered"]),
  );
  expect(JSON.stringify(events)).not.toContain(password);
});
