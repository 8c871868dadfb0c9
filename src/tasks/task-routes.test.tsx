import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { taskRoutes } from "./task-routes.tsx";

let desk: TestDesk;
let app: Hono;
let op: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("sv-1", "supervisor"), []);
  app = roomApp(desk.office, taskRoutes(roomHands()));
  op = await signIn(app, desk.office, desk.contract, "operator");
});
afterEach(() => desk.close());

const form = { kind: "callback", title: "折り返しの電話", clause: "6(7)", role: "operator", due: "next" };
const open = async (more: object = {}) => {
  const response = await op.send("POST", "/api/tasks", { ...form, ...more });
  return { status: response.status, ...((await response.json()) as { id: string }) };
};

test("６(7) 手で加え、一押しで済みにし、元に戻せる", async () => {
  expect((await op.post("/tasks", form)).headers.get("location")).toBe("/tasks");
  const list = await (await op.get("/tasks")).text();
  expect(markupFaults(list)).toEqual([]);
  expect(list).toContain("残りは1件です");
  const id = /\/tasks\/([\w-]{36})"/.exec(list)?.[1] ?? "";
  const done = await op.post(`/tasks/${id}/done`, {});
  expect(done.headers.get("location")).toBe(`/tasks?closed=${id}`);
  const after = await (await op.get(`/tasks?closed=${id}`)).text();
  expect(markupFaults(after)).toEqual([]);
  expect(after).toContain("「折り返しの電話」を済みにしました。");
  await op.post(`/tasks/${id}/reopen`, {});
  expect(await (await op.get("/tasks")).text()).toContain("残りは1件です");
});

test("直すところは欄のそばに出て、入れたものは消えない", async () => {
  const response = await op.post("/tasks", { ...form, title: "011-211-2136 へ電話", due: "at", day: "" });
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("期限の日を入れてください");
  expect(html).toContain('value="011-211-2136 へ電話"');
});

test("一つを開くと、履歴と、何についてかのつながりがある", async () => {
  const { id } = await open({ about: "reception/booking/b1" });
  await op.send("POST", `/api/tasks/${id}/tries`, { result: "absent", next: "next" });
  const html = await (await op.get(`/tasks/${id}`)).text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain('href="/bookings/b1"');
  expect(html).toContain("不在・応答なし");
  await op.post(`/tasks/${id}/take`, {});
  await op.post(`/tasks/${id}/drop`, {});
  expect(markupFaults(await (await op.get(`/tasks/${id}`)).text())).toEqual([]);
});

test("同じきっかけは一つだけ。JSON でも同じ規則", async () => {
  const first = await open({ cause: "call/1" });
  const second = await open({ cause: "call/1" });
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(first.id).toBe(second.id);
  expect((await open({ title: "" })).status).toBe(422);
  const { tasks } = (await (await op.get("/api/tasks?kind=callback&when=soon")).json()) as {
    tasks: unknown[];
  };
  expect(tasks).toHaveLength(1);
});

test("委託者は開けず、監査は読むだけ", async () => {
  const client = await signIn(app, desk.office, desk.contract, "client");
  expect((await client.get("/tasks")).status).toBe(403);
  const { id } = await open();
  const auditor = await signIn(app, desk.office, desk.contract, "auditor");
  const html = await (await auditor.get(`/tasks/${id}`)).text();
  expect(html).not.toContain("済みにする");
  expect((await auditor.post(`/tasks/${id}/done`, {})).status).toBe(403);
});

test("ない仕事、知らない値は、文で断る", async () => {
  expect((await op.get("/tasks/no-such")).status).toBe(404);
  expect((await op.get("/tasks?kind=%00&when=x&closed=zzz")).status).toBe(200);
  expect((await open({ about: "../../etc" })).status).toBe(422);
  expect((await op.send("POST", "/api/tasks/x/tries", { result: "?" })).status).toBe(422);
});
