import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { jobKinds } from "../main/jobs.ts";
import { routes } from "../main/routes.ts";
import { approveBatch } from "../notices/approve-batch.ts";
import { openBatch } from "../notices/open-batch.ts";
import { prepareBatch } from "../notices/prepare-batch.ts";
import { startPrint } from "../notices/print-batch.ts";
import { keepTemplateDraft, registerTemplate } from "../notices/register-template.ts";
import { submitBatch } from "../notices/submit-batch.ts";
import { exportLog } from "../platform/export-log.ts";
import { runNextJob } from "../platform/run-job.ts";
import { canariesIn, canariesUnder, canary } from "./canary.ts";
import { openDesk, type TestDesk } from "./open-desk.ts";
import { openReception } from "./reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "./signed-in.ts";
import { mergeField, paragraph, postcardSection, wordFile } from "./word-fixture.ts";

const before = { tmp: process.env.TMPDIR, pdf: process.env.MADOGUCHI_PDF };
let place: string;
let desk: TestDesk;
let said: string[];

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "madoguchi-canary-"));
  mkdirSync(join(place, "tmp"));
  process.env.TMPDIR = join(place, "tmp");
  process.env.MADOGUCHI_PDF = "off";
  said = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0);
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void said.push(words.map(String).join(" ")));
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await desk.close();
  process.env.TMPDIR = before.tmp ?? "";
  if (before.tmp === undefined) delete process.env.TMPDIR;
  process.env.MADOGUCHI_PDF = before.pdf ?? "";
  if (before.pdf === undefined) delete process.env.MADOGUCHI_PDF;
  rmSync(place, { recursive: true, force: true });
});

const fields = {
  name: canary.name,
  kana: canary.kana,
  postalCode: "001-0031",
  address: `${canary.address}　${canary.building}`,
  phone: canary.phone,
  care: canary.needs,
  memo: canary.memo,
  callerNumber: canary.callerNumber,
  callerWithheld: false,
  proxyName: canary.proxyName,
  proxyRelation: canary.proxyRelation,
  proxyPhone: canary.proxyPhone,
  contact: "",
  companions: "",
  reach: "",
  wider: "",
  wishVenue: "",
  wishFrom: "",
  wishTo: "",
};

test("別紙1 5(6) 特記事項10 予約・下書き・日程表・名簿・通知書・検索のあと、どこにも平文が残っていない", async () => {
  // 探すのはファイルなので、いつも SQLite のフォルダーで。
  desk = await openDesk({ engine: "sqlite" });
  const app = roomApp(desk.office, routes);
  const op = await signIn(app, desk.office, desk.contract, "operator");
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  await openReception(desk.office, sv.actor, [
    { id: "a", capacity: 30 },
    { id: "full", capacity: 1, booked: 1 },
  ]);
  const booking = await receive(op);
  const list = await makeList(sv);
  const printed = await print(sv, op);
  await look(sv, booking);
  await exportLog(desk.office, "canary", join(desk.place.data, "log.jsonl"));
  vi.restoreAllMocks();

  // 渡すべきところには渡っている（探し方が壊れていれば、ここで分かる）。
  expect(canariesIn(printed)).toContain("kana");
  expect(list.length).toBeGreaterThan(1000);
  expect(canariesUnder(place).found).toEqual([]);
  const folder = canariesUnder(desk.place.data);
  expect(readdirSync(desk.place.data)).toEqual(expect.arrayContaining(["app.db", "keys.db", "log.jsonl"]));
  expect(folder.found).toEqual([]);
  expect(canariesIn(Buffer.from(said.join("\n")))).toEqual([]);
  expect(await canariesInRows()).toEqual([]);

  writeFileSync(join(desk.place.data, "planted"), Buffer.from(canary.memo, "utf16le"));
  expect(canariesUnder(desk.place.data).found).toEqual(["planted: memo"]);
}, 60_000);

/** 電話を受ける: 途中を残し、確かめ、予約し、同じ予約を送り直し、誤りも送り、満席の回は待機に入れる。 */
async function receive(op: SignedIn): Promise<string> {
  const draft = { version: 0, fields, classId: "a" };
  expect((await op.send("PUT", "/api/desk/drafts/d1", draft)).status).toBe(200);
  expect((await op.send("PUT", "/api/desk/drafts/d2", draft)).status).toBe(200);
  expect((await op.send("POST", "/api/desk/check", { ...fields, classId: "a" })).status).toBe(200);
  const body = { ...fields, draftId: "d1", classId: "a" };
  const once = { "Idempotency-Key": "d1" };
  const made = await op.send("POST", "/api/desk/bookings", body, once);
  expect(made.status).toBe(201);
  expect((await op.send("POST", "/api/desk/bookings", body, once)).status).toBe(201);
  const other = { ...body, memo: `${canary.memo}。` };
  expect((await op.send("POST", "/api/desk/bookings", other, once)).status).toBe(409);
  const bad = { ...fields, kana: canary.name, draftId: "d3", classId: "a" };
  expect((await op.send("POST", "/api/desk/bookings", bad)).status).toBe(422);
  const wait = { ...fields, draftId: "d4", classId: "full" };
  expect((await op.send("POST", "/api/desk/waits", wait)).status).toBe(201);
  return ((await made.json()) as { booking: { id: string } }).booking.id;
}

/** 備考のある日程表を読み、様式を登録し、名簿を書き出す。 */
async function makeList(sv: SignedIn): Promise<Uint8Array> {
  const rows = ["開催日,開始,終了,会場,講座名,定員,備考"];
  rows.push(`2025-10-08,10:00,11:30,北区民センター,応用,12,${canary.note}`);
  const file = new File([rows.join("\n")], "日程.csv", { type: "text/csv" });
  expect((await sv.post("/classes/import", { file, term: "" })).status).toBe(303);
  const template = readFileSync(join(import.meta.dirname, "booking-list-template.xlsx"));
  const sent = await sv.post("/lists/template", { file: new File([new Uint8Array(template)], "様式.xlsx") });
  expect((await sv.post(sent.headers.get("Location") ?? "", {})).status).toBe(303);
  const made = await sv.post("/lists/workbook", { term: "2", purpose: "venue" });
  expect(made.status).toBe(200);
  expect((await sv.post("/lists/print", { term: "2" })).status).toBe(200);
  return new Uint8Array(await made.arrayBuffer());
}

/** 受講通知書を刷り、カナの入った一枚の画面を返す。 */
async function print(sv: SignedIn, op: SignedIn): Promise<Uint8Array> {
  const bytes = wordFile({
    body: ["郵便番号", "住所１", "住所２", "氏名", "受講日", "会場", "受付番号"]
      .map((name) => paragraph(mergeField(name)))
      .join(""),
    section: postcardSection,
  });
  const draft = await keepTemplateDraft(desk.office, op.actor, { fileName: "はがき.docx", bytes });
  await registerTemplate(desk.office, op.actor, draft.id, "notice");
  const { id } = await prepareBatch(desk.office, op.actor, { classIds: ["a"] });
  await submitBatch(desk.office, op.actor, id);
  const { cards } = await openBatch(desk.office, sv.actor, id);
  const ids = cards.map((card) => card.notice.id);
  await approveBatch(desk.office, sv.actor, id, ids);
  await startPrint(desk.office, op.actor, id);
  while (await runNextJob(desk.office, jobKinds)) {
    // 待っている仕事がなくなるまで。
  }
  const { batch } = await openBatch(desk.office, sv.actor, id);
  expect(batch.state).toBe("printed");
  expect(await (await sv.get(`/notices/${id}/list`)).text()).not.toBe("");
  const seen = await sv.post("/lists/a", { purpose: "check" });
  return new Uint8Array(await seen.arrayBuffer());
}

/** カナと電話で探し、理由を添えて見て、業務ホームを開く。 */
async function look(sv: SignedIn, booking: string): Promise<void> {
  for (const query of [canary.kana, canary.kana.slice(0, 4), canary.phone, canary.phone.slice(-4)])
    expect((await sv.post("/bookings", { query })).status).toBe(200);
  expect((await sv.post("/bookings", { query: canary.name })).status).toBe(422);
  expect((await sv.send("POST", `/api/bookings/${booking}/reveal`, { reason: "call" })).status).toBe(200);
  for (const path of ["/", "/today", "/waits", "/notices", "/tasks"])
    expect((await sv.get(path)).status).toBe(200);
}

/** 封を開けずに全部の表を読む（記録、答えの控え、仕事、下書き…）。備考のある日程だけは、人のことではない。 */
async function canariesInRows(): Promise<string[]> {
  const { q } = desk.office.read;
  const found: string[] = [];
  const names = (await q.introspection.getTables()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["event", "idempotency", "job", "draft", "person"]));
  for (const name of names)
    for (const row of await q.selectFrom(name).selectAll().execute())
      for (const [column, value] of Object.entries(row)) {
        const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
        found.push(...canariesIn(bytes).map((field) => `${name}.${column}: ${field}`));
      }
  return found;
}
