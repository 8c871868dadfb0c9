import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { bookNames } from "./book.ts";
import { registerRoutes } from "./register-routes.ts";

let desk: TestDesk;
let app: Hono;
let manager: SignedIn;
let sv: SignedIn;
let auditor: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, registerRoutes(roomHands()));
  manager = await signIn(app, desk.office, desk.contract, "manager");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  auditor = await signIn(app, desk.office, desk.contract, "auditor");
});
afterEach(() => desk.close());

const page = async (who: SignedIn, path: string, status = 200): Promise<string> => {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
};
const form = {
  ...{ book: "consultation", title: "席の数", clause: "6(5)ウ", heldOn: "2025-09-16", due: "2025-09-16" },
  "f.matter": "第三期の初日の席の数",
  "f.client": "デジタル企画課 係長",
};
const enter = async (more: Record<string, string> = {}): Promise<string> => {
  const location = (await sv.post("/registers", { ...form, ...more })).headers.get("location") ?? "";
  expect(location).toMatch(/^\/registers\/./);
  return location;
};
const wordText = async (response: Response): Promise<string> => {
  expect(response.status).toBe(200);
  const files = openZip(new Uint8Array(await response.arrayBuffer()));
  return new TextDecoder().decode(files.get("word/document.xml"));
};

test("10(1) 協議を書き、直し、結び、議事録の Word を取り出す", async () => {
  const at = await enter();
  expect(await page(sv, "/registers?book=consultation")).toContain("1件は期限を過ぎました");
  const edition = /name="edition" value="(\d+)"/.exec(await page(sv, `${at}/edit`))?.[1] ?? "";
  await sv.post(`${at}/edit`, { ...form, "f.next": "受託者: 席の表を出す", edition });
  const refused = await sv.post(`${at}/close`, { edition: "2", "f.decision": "" });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("「決まったこと」を書いてください");
  await sv.post(`${at}/close`, { edition: "2", "f.decision": "初日は四席とする" });
  const html = await page(auditor, at);
  expect(html).toContain("初日は四席とする");
  expect(html).toContain("結んだものは、直せません");
  const text = await wordText(await sv.get(`${at}/word`));
  for (const word of ["議事録", "協議 第1号", "初日は四席とする", "デジタル企画課 係長"])
    expect(text).toContain(word);
  expect(await wordText(await sv.get("/registers/books/consultation/word"))).toContain("席の数");
  expect((await desk.events()).filter((kind) => kind === "register.printed")).toHaveLength(2);
});

test("誤りは欄のそばに出て、入れたものは消えない", async () => {
  const response = await sv.post("/registers", { ...form, title: "", heldOn: "2025-09-18" });
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("まだ来ていない日です");
  expect(html).toContain("第三期の初日の席の数");
});

test("どの帳簿の画面も正しく、空のときに何を書くかを言う", async () => {
  for (const book of bookNames) {
    expect(await page(sv, `/registers?book=${book}`)).toContain("まだ一つもありません");
    await page(sv, `/registers/new?book=${book}`);
  }
  expect(await page(sv, "/registers?book=nothing")).toContain("協議簿");
  expect((await sv.get("/registers/books/nothing/word")).status).toBe(404);
  expect((await sv.get("/registers/none")).status).toBe(404);
});

test("６(5)イ 人を加え、役割に就け、体制図を見て、届出の下書きを作り、体制を確かめる", async () => {
  const person = { name: "試験 一子", post: "業務部 部長", employment: "direct", account: "" };
  const at = (await manager.post("/team", person)).headers.get("location") ?? "";
  await manager.post(`${at}/roles`, { role: "manager", from: "2025-07-01", to: "" });
  const clash = await manager.post(`${at}/roles`, { role: "manager", from: "2025-09-01", to: "" });
  expect(clash.status).toBe(422);
  expect(markupFaults(await clash.text())).toEqual([]);
  const html = await page(auditor, "/team");
  expect(html).toContain("いまの体制は1人です");
  expect(html).toContain("org-chart");
  expect(await page(auditor, "/team?day=2025-06-30")).toContain("体制は0人です");
  expect((await auditor.get("/team?day=yesterday")).status).toBe(422);
  const draft = await sv.post("/team/file", { form: "manager-notice" });
  expect(draft.headers.get("location")).toMatch(/^\/filings\/.+\/edit$/);
  expect((await sv.post("/team/confirm", {})).status).toBe(403);
  await manager.post("/team/confirm", {});
  expect(await page(sv, "/team")).toContain("体制と直接雇用を確かめました");
  const pdf = new Uint8Array(await (await sv.get("/team/chart/pdf")).arrayBuffer());
  expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe("%PDF-");
  expect(await wordText(await sv.get("/team/chart/docx"))).toContain("試験 一子");
  const png = new Uint8Array(await (await sv.get("/team/chart/png")).arrayBuffer());
  expect([...png.slice(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
});

test("10(3) 環境の数を書き、誤りは欄のそばに出る", async () => {
  expect(await page(sv, "/environment")).toContain("紙を0枚節約しました");
  const bad = await sv.post("/environment", { month: "2025-09", paper: "十枚" });
  expect(bad.status).toBe(422);
  expect(markupFaults(await bad.text())).toEqual([]);
  await sv.post("/environment", { month: "2025-09", paper: "１２０", duplex: "30" });
  const html = await page(auditor, "/environment?draw=paper&month=2025-09");
  expect(html).toContain("紙を30枚節約しました");
  expect(html).toContain("両面 25％");
  expect((await auditor.post("/environment", { month: "2025-09", paper: "1" })).status).toBe(403);
});

test("JSON でも同じことができる", async () => {
  const body = { book: "question", title: "定員", heldOn: "2025-09-16", fields: { question: "数えるか" } };
  const made = await sv.send("POST", "/api/registers", body, { "Idempotency-Key": "k-1" });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  await sv.send("POST", `/api/registers/${id}/file`, {});
  await sv.send("POST", `/api/registers/${id}/close`, { edition: 2, fields: { answer: "数えない" } });
  const list = await (await sv.get("/api/registers?state=closed&q=数えない")).json();
  expect(list).toMatchObject({ entries: [{ id, numberText: "質疑 第1号", state: "closed" }] });
  const hired = await manager.send("POST", "/api/team", {
    ...{ name: "試験 二郎", post: "派遣", employment: "dispatched", employer: "北方スタッフ" },
  });
  const { id: member } = (await hired.json()) as { id: string };
  const role = await manager.send("POST", `/api/team/${member}/roles`, {
    role: "operator",
    from: "2025-09-01",
  });
  const { id: assignment } = (await role.json()) as { id: string };
  expect((await manager.send("POST", `/api/team/${member}/exception`, {})).status).toBe(200);
  await manager.send("POST", `/api/team/roles/${assignment}/end`, { to: "2025-09-30" });
  expect(await (await sv.get("/api/team?day=2025-10-01")).json()).toMatchObject({ members: [] });
  const values = { electricity: 210 };
  await sv.send("POST", "/api/environment", { month: "2025-09", values });
  expect(await (await sv.get("/api/environment")).json()).toMatchObject({ totals: values });
});
