// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Route } from "../platform/route.ts";
import { runNextJob } from "../platform/run-job.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { staffingHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { mayTakeDesk, readGate } from "./desk-gate.ts";
import { guardDesk } from "./guard-desk.ts";
import { staffingJobs } from "./staffing-job.ts";
import { staffingRoutes } from "./staffing-routes.tsx";

let desk: TestDesk;
let app: Hono;
let sv: SignedIn;
let op: SignedIn;
let _chief: SignedIn;

// 席に着く道の代わり。役割の表にある id で、門だけを試す。
const seat: Route = {
  ...{ id: "desk.page", method: "GET", path: "/desk", kind: "page", summary: "席" },
  handle: (ask) => ask.reply({ seated: true }),
};

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("sv-0", "supervisor"), [{ id: "c1", capacity: 4 }]);
  const hand = {
    ...staffingHands(),
    // 過ぎた三日と本日の朝の入電（日 × 半時間）。
    calls: async () =>
      ["2025-09-11", "2025-09-12", "2025-09-16", "2025-09-17"].flatMap((day, i) =>
        ["09:00", "09:30", "10:00", "13:00"].map((slot) => ({
          day,
          slot,
          offered: [90, 30, 20, 15][i] ?? 0,
        })),
      ),
  };
  app = roomApp(desk.office, [...staffingRoutes(hand), ...guardDesk([seat])]);
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  op = await signIn(app, desk.office, desk.contract, "operator");
  _chief = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

async function train(handler: string): Promise<void> {
  await desk.office.act(desk.actor("p-1", "privacy"), (tx) =>
    tx.record({
      kind: "training.completed",
      about: `privacy/line/${handler}`,
      payload: { handler, course: "desk" },
    }),
  );
}

test("６(5)ウ 席数の画面と JSON は同じ数。途中の実績で見込みを直し、試すだけなら何も変わらない", async () => {
  const html = await (await sv.get("/staffing?simulate=200&aht=420")).text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("表２ 令和５年度実績（概数値）");
  expect(html).toContain("この条件に決める");
  const view = (await (await op.get("/api/staffing")).json()) as {
    isToday: boolean;
    replanned: { seen: number; factor: number };
    rows: { start: string; seats: number; state: string; band: { low: number; high: number } }[];
    setting: { aht: number };
    backTest: { days: unknown[] };
  };
  expect(view).toMatchObject({ isToday: true, setting: { aht: 300 } });
  expect(view.replanned.seen).toBe(60);
  expect(view.backTest.days).toHaveLength(3);
  expect(view.rows.map(({ start }) => start)).toHaveLength(14);
  const most = (await json(await op.get("/api/staffing?day=2025-09-11&basis=most"))) as typeof view;
  expect(Math.max(...most.rows.map(({ seats }) => seats))).toBeGreaterThan(
    Math.max(...view.rows.map(({ seats }) => seats)),
  );
});

test("６(5)ウ 条件は SV が決め、書き間違いは欄の名とともに断る", async () => {
  expect((await sv.post("/staffing/setting", { aht: "240", day: "2025-09-18" })).status).toBe(303);
  expect(await json(await op.get("/api/staffing"))).toMatchObject({ setting: { aht: 240 }, trying: false });
  const wrong = await sv.send("POST", "/api/staffing/setting", { aht: "many", printed: "none" });
  expect(wrong.status).toBe(422);
  expect(JSON.stringify(await wrong.json())).toContain('"field":"aht"');
  for (const path of ["day=2025-13-01", "day=2025-09-13", "simulate=1e9", "aht=-1", "seed=x&simulate=1"])
    expect([404, 422]).toContain((await sv.get(`/staffing?${path}`)).status);
  expect((await op.send("POST", "/api/staffing/setting", { aht: "100" })).status).toBe(403);
});

test("６(6)ア–エ 設備: 足りないもの、委託者の負担、測っていない速さを言い、登録すると消える", async () => {
  const before = await (await sv.get("/staffing/equipment")).text();
  expect(markupFaults(before)).toEqual([]);
  expect(before).toContain("着信課金の電話番号が登録されていません");
  const add = (fields: Record<string, string>) => sv.post("/staffing/equipment", fields);
  expect((await add({ kind: "speed", detail: "測定" })).status).toBe(422);
  expect((await add({ kind: "router", detail: "x" })).status).toBe(422);
  for (const [kind, count] of [
    ["terminal", "40"],
    ["telephone", "40"],
    ["line", "60"],
    ["carrier", "1"],
  ])
    expect((await add({ kind: kind ?? "", count: count ?? "", detail: "登録" })).status).toBe(303);
  await add({ kind: "number", detail: "0120-000-000", payer: "client" });
  await add({ kind: "speed", detail: "測定", down: "300", up: "200" });
  const view = (await json(await op.get("/api/staffing/equipment"))) as {
    findings: { clause: string }[];
    items: { id: string; kind: string }[];
  };
  expect(view.findings).toMatchObject([
    { clause: "6(6)イ", message: expect.stringContaining("受託者の負担") },
  ]);
  const number = view.items.find(({ kind }) => kind === "number");
  expect((await sv.post(`/staffing/equipment/${number?.id}/end`, {})).status).toBe(303);
  expect((await sv.post(`/staffing/equipment/${number?.id}/end`, {})).status).toBe(404);
  expect((await op.post("/staffing/equipment", { kind: "line", detail: "x" })).status).toBe(403);
});

test("６(10) 研修の記録をつけ始めたら、終えていない人は席に着けない。緊急は理由とともに報告になる", async () => {
  expect((await op.get("/desk")).status).toBe(200);
  const fresh = await signIn(app, desk.office, desk.contract, "operator");
  await train(sv.actor.id);
  expect((await sv.get("/desk")).status).toBe(200);
  const refused = await fresh.get("/desk");
  expect(refused.status).toBe(409);
  expect(markupFaults(await (await sv.get("/staffing/people")).text())).toEqual([]);
  const pass = (reason: string, handler = fresh.actor.id) =>
    sv.post("/staffing/people/pass", { handler, reason });
  expect((await pass("")).status).toBe(422);
  expect((await pass("欠勤の代わり", sv.actor.id)).status).toBe(409);
  expect((await pass("欠勤の代わり")).status).toBe(303);
  expect((await fresh.get("/desk")).status).toBe(200);
  expect((await pass("二度目")).status).toBe(409);
  expect(await desk.events()).toEqual(expect.arrayContaining(["desk.passed", "task.opened"]));
  // 認めるのは、その日だけ。
  desk.clock.advance(86_400_000);
  const gate = await readGate(desk.office, desk.contract);
  expect(mayTakeDesk(gate, fresh.actor.id)).toBe(false);
  expect(mayTakeDesk(gate, sv.actor.id)).toBe(true);
});

test("６(5)ウ 訓練は長い仕事で行い、画面に結果が出る。OP は始められない", async () => {
  expect((await sv.post("/staffing/drill", { seed: "x" })).status).toBe(422);
  expect((await op.post("/staffing/drill", { seed: "1" })).status).toBe(403);
  expect((await sv.post("/staffing/drill", { seed: "5", calls: "40", operators: "4" })).status).toBe(303);
  expect(await runNextJob(desk.office, staffingJobs(staffingHands()))).toBe(true);
  const html = await (await sv.get("/staffing/drill")).text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("入電40件の訓練で");
  const { drills } = (await json(await sv.get("/api/staffing/drill"))) as {
    drills: { report: { seed: number; doubleBooked: number } }[];
  };
  expect(drills).toMatchObject([{ report: { seed: 5, doubleBooked: 0 } }]);
});

test("どの画面も、組み立ての誤りがない。委託者は席数と設備だけ", async () => {
  for (const path of [
    "/staffing",
    "/staffing/roster",
    "/staffing/roster/print",
    "/staffing/people",
    "/staffing/drill",
  ])
    expect(markupFaults(await (await sv.get(path)).text())).toEqual([]);
  const client = await signIn(app, desk.office, desk.contract, "client");
  expect((await client.get("/staffing")).status).toBe(200);
  expect((await client.get("/staffing/roster")).status).toBe(403);
});
