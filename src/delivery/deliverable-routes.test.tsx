import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { faqInput, openHand, wordFile } from "../testing/delivery-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { deliverableRoutes } from "./deliverable-routes.tsx";

let desk: TestDesk;
let manager: SignedIn;
let sv: SignedIn;
let client: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  const hand = { ...openHand, contract: async () => desk.contract };
  const app: Hono = roomApp(desk.office, deliverableRoutes(hand));
  manager = await signIn(app, desk.office, desk.contract, "manager");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const { formats: _formats, ...fields } = faqInput;
const register = async () =>
  (await sv.post("/deliverables", { ...fields, form: "", formats: "docx" })).headers.get("location") ?? "";
const upload = (at: string, bytes: Uint8Array) =>
  sv.post(`${at}/versions`, { file: new File([bytes.slice()], "faq.docx") });

test("９ 画面で登録し、提出し、委託者が合格とし、権利を確かめるまで引き渡せない", async () => {
  const at = await register();
  expect(await page(sv, at)).toContain("まだ版がありません");
  await upload(at, wordFile("第一稿"));
  expect((await sv.post(`${at}/submit`, {})).status).toBe(403);
  await manager.post(`${at}/submit`, {});
  expect(await page(client, at)).toContain("検査待ち");
  const missing = await client.post(`${at}/inspect`, { outcome: "rework", words: "" });
  expect(missing.status).toBe(422);
  expect(await missing.text()).toContain("どこをどう直すかを書いてください");
  await client.post(`${at}/inspect`, { outcome: "passed", words: "" });
  await client.post(`${at}/receive`, { receipt: "受領書 第1号", receivedOn: "2025-09-17" });
  expect(await page(manager, at)).toContain("まだ引き渡せません");
  expect((await manager.post(`${at}/hand`, {})).status).toBe(409);
  expect(await page(manager, "/rights")).toContain("著作者人格権の不行使");
  const { rights } = (await (await manager.get("/api/rights")).json()) as { rights: { id: string }[] };
  for (const { id } of rights)
    await manager.post("/rights/sign", { right: id, signedOn: "2025-09-17", evidence: "確認書" });
  await manager.post(`${at}/hand`, {});
  expect(await page(manager, "/deliverables")).toContain("1件のうち1件を引き渡しました");
  expect(await page(client, "/disclosures")).toContain("R7-D-01-1");
  expect((await client.get("/disclosures/document")).headers.get("content-type")).toContain(
    "wordprocessingml",
  );
  expect((await client.get("/rights/document")).status).toBe(200);
  expect((await client.get(`${at}/versions/1`)).status).toBe(200);
  const made = await (await manager.post("/delivery-sets", { ids: at.split("/").at(-1) ?? "" })).text();
  expect(made).toContain("この画面に一度だけ出ます");
});

test("違う形式のファイルは、欄のそばで断る", async () => {
  const at = await register();
  const answer = await upload(at, new TextEncoder().encode("ただの文字"));
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("どれでもないファイルです");
});

test("登録の誤りは欄のそばに出て、入れたものは消えない", async () => {
  const answer = await sv.post("/deliverables", { ...fields, title: "", clause: "9(9)" });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain("成果品の名を書いてください");
  expect(html).toContain('value="9(9)"');
  expect(await page(sv, "/deliverables/new")).toContain("納める形式");
});

test("JSON でも同じ規則: 登録、知らない値、完了報告の中身、なければ 404", async () => {
  const made = await sv.send("POST", "/api/deliverables", faqInput);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  expect((await manager.send("POST", `/api/deliverables/${id}/submit`)).status).toBe(409);
  expect((await client.send("POST", `/api/deliverables/${id}/inspect`, { outcome: "?" })).status).toBe(422);
  expect(await (await client.get("/api/deliverables")).json()).toMatchObject({
    deliverables: [{ code: "D-01", state: "preparing", rights: { signed: 0, total: 3 } }],
  });
  expect((await manager.get("/api/deliverables/none")).status).toBe(404);
  expect(await (await manager.get("/api/completion")).json()).toMatchObject({ ended: false, proofs: [] });
  expect(await page(manager, "/completion")).toContain("途中までの報告です");
  expect(await page(manager, "/delivery-sets")).toContain("引き渡した成果品がまだありません");
});
