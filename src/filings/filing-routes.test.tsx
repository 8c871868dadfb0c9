import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { filingRoutes } from "./filing-routes.tsx";

let desk: TestDesk;
let app: Hono;
let manager: SignedIn;
let sv: SignedIn;
let client: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, filingRoutes(roomHands()));
  manager = await signIn(app, desk.office, desk.contract, "manager");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

const form = {
  kind: "consultation",
  title: "席数の変更",
  clause: "6(5)ウ",
  body: "9月18日から3席にしたい。",
  dueDay: "2025-09-18",
  dueTime: "",
};
const page = async (who: SignedIn, path: string, status = 200): Promise<string> => {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
};
const draft = async (more: object = {}): Promise<string> => {
  const location = (await sv.post("/filings", { ...form, ...more })).headers.get("location") ?? "";
  expect(location).toMatch(/^\/filings\/./);
  return location;
};

test("６(5)ウ 協議を作り、直し、申し入れ、委託者が答え、紙面を刷る", async () => {
  const at = await draft();
  const edition = /name="edition" value="(\d+)"/.exec(await page(sv, `${at}/edit`))?.[1] ?? "";
  await sv.post(`${at}/edit`, { ...form, body: "9月18日から3席にしたい。根拠は別紙。", edition });
  expect((await sv.post(`${at}/submit`, {})).status).toBe(403);
  await manager.post(`${at}/submit`, {});
  expect(await page(manager, at)).toContain("ご自分が作った、または出したものには答えられません");
  expect(await page(client, "/filings")).toContain("1件が答えを待っています");
  expect(await page(client, at)).toContain("根拠は別紙");
  await client.post(`${at}/answer`, { outcome: "answered", text: "了承します。" });
  const paper = await page(manager, `${at}/print`);
  expect(paper).toContain("デジタル企画課　御中");
  expect(paper).toContain("了承します。");
  expect(paper).toContain("業務仕様書 6(5)ウ");
  expect(await desk.events()).toContain("filing.printed");
});

test("欄の誤りは欄のそばに出て、入れたものは消えず、一つも残らない", async () => {
  const response = await sv.post("/filings", { ...form, title: "", dueDay: "2025-02-30" });
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("日を「2025-09-17」の形で入れてください");
  expect(html).toContain("9月18日から3席にしたい。");
  expect(await page(sv, "/filings")).toContain("まだ一つもありません");
});

test("同じ form が二度送られても、一つだけ", async () => {
  const once = /name="once" value="([^"]+)"/.exec(await page(sv, "/filings/new"))?.[1] ?? "";
  expect(await draft({ once })).toBe(await draft({ once }));
});

test("１０(2)ア 電話の承諾は受け付けず、書面が届いてから記録できる", async () => {
  const at = await draft({ kind: "consent", clause: "10(2)ア" });
  await manager.post(`${at}/submit`, {});
  const other = await signIn(app, desk.office, desk.contract, "supervisor");
  const answer = {
    outcome: "approved",
    text: "",
    heardFrom: "企画課長",
    heardDay: "2025-09-17",
    heardTime: "13:40",
  };
  const refused = await other.post(`${at}/answer`, { ...answer, channel: "telephone" });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("書面で得るものです");
  expect(html).toContain('value="企画課長"');
  await other.post(`${at}/answer`, { ...answer, channel: "letter" });
  expect(await page(manager, at)).toContain("承諾");
});

test("差し戻されたものの新しい版と、取り下げ", async () => {
  const at = await draft({ kind: "application" });
  await manager.post(`${at}/submit`, {});
  await client.post(`${at}/answer`, { outcome: "returned", text: "根拠を添えてください。" });
  await sv.post(`${at}/amend`, {});
  expect(await page(sv, at)).toContain("第2版");
  expect(await page(sv, at)).toContain("根拠を添えてください。");
  await sv.post(`${at}/withdraw`, {});
  expect(await page(sv, at)).toContain("取下げ");
});

test("６(7) 電話で受けた指示を記録する画面は、受けた方法を尋ねる", async () => {
  expect(await page(sv, "/filings/new?kind=instruction")).toContain("委託者のどなたからの指示か");
  const heard = { channel: "telephone", heardFrom: "企画課", heardDay: "2025-09-17", heardTime: "11:00" };
  const at = await draft({ ...form, kind: "instruction", ...heard });
  expect(await page(sv, at)).toContain("承知待ち");
  expect(await page(client, "/filings/new?kind=report")).toContain("指示を作る");
});

test("JSON でも同じ規則: 作る、提出、答える、版、知らない値", async () => {
  const made = await sv.send("POST", "/api/filings", form, { "Idempotency-Key": "k1" });
  const { id, number } = (await made.json()) as { id: string; number: number };
  expect([made.status, number]).toEqual([201, 1]);
  expect((await client.get(`/api/filings/${id}`)).status).toBe(404);
  await manager.send("POST", `/api/filings/${id}/submit`);
  expect(
    (await manager.send("POST", `/api/filings/${id}/answer`, { outcome: "answered", text: "可" })).status,
  ).toBe(409);
  expect((await client.send("POST", `/api/filings/${id}/answer`, { outcome: "approved" })).status).toBe(422);
  const done = await client.send("POST", `/api/filings/${id}/answer`, { outcome: "answered", text: "可" });
  expect(await done.json()).toMatchObject({ state: "answered", number: 1, version: 1 });
  expect((await client.send("POST", `/api/filings/${id}/answer`, { outcome: "?" })).status).toBe(422);
  expect((await sv.send("POST", "/api/filings", { ...form, kind: "letter" })).status).toBe(422);
});
