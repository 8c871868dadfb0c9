// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildPlanFile } from "../manuscript/build-plan-file.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { planRoutes } from "./plan-routes.tsx";

let desk: TestDesk;
let planner: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const resolve = ({ id }: { id: string }) => ({ label: "意見", href: `/comments/${id}` });
  const app = roomApp(desk.office, planRoutes({ contract: async () => desk.contract, resolve }));
  planner = await signIn(app, desk.office, desk.contract, "planner");
});
afterEach(() => desk.close());

const blocks = async (plan: string) =>
  (await (await planner.get(`/api${plan}/blocks`)).json()) as { heading: string }[];

test("3(1)(ｱ) 何もない事務所で、章立てから骨子の原稿を始められる", async () => {
  const list = await (await planner.get("/plans")).text();
  expect(markupFaults(list)).toEqual([]);
  expect(list).toContain("章立てから始める");
  const outline = "はじめに\n総論\n　背景\n　目的\n資料１　用語集";
  const made = await planner.post("/plans/start", { title: "松風市計画", scheme: "official", outline });
  expect(made.status).toBe(303);
  const plan = (made.headers.get("location") ?? "").replace(/\/edit.*$/, "");
  expect((await blocks(plan)).map(({ heading }) => heading)).toEqual([
    ...["はじめに", "第１　総論", "１　背景", "２　目的", "資料１　用語集"],
  ]);
  expect((await planner.get(`${plan}/edit`)).status).toBe(200);
  const api = await planner.send("POST", "/api/plans/start", { title: "二つ目", outline: "総論" });
  expect(await api.json()).toMatchObject({ title: "二つ目", added: 1, warnings: [] });
});

test("3(1)(ｱ) 題や章立てのない始め方は、書いたものを残して欄で断る", async () => {
  const empty = await planner.post("/plans/start", { title: "松風市計画", outline: " \n " });
  const html = await empty.text();
  expect([empty.status, markupFaults(html)]).toEqual([422, []]);
  expect(html).toContain("章の名を、一行に一つ書いてください。");
  expect(html).toContain('value="松風市計画"');
  expect((await planner.post("/plans/start", { title: "", outline: "総論" })).status).toBe(422);
  expect((await planner.send("POST", "/api/plans/start", { title: "", outline: "総論" })).status).toBe(422);
});

test("3(1)(ｱ) いまある Word の計画書から始められ、Word でないものは断る", async () => {
  const files = new Map([
    ["plan.yaml", new TextEncoder().encode("title: 前の計画\n")],
    ["01.md", new TextEncoder().encode("# 総論\n\n## 背景\n\n人口が減っている。\n")],
  ]);
  const built = await buildPlanFile(files, ["docx"], "2025-01-14T01:00:00Z");
  const bytes = new Uint8Array(built.files[0]?.bytes ?? []);
  const made = await planner.post("/plans", { file: new File([bytes], "前の計画.docx") });
  expect(made.status).toBe(303);
  const all = (await blocks(made.headers.get("location") ?? "")).map(({ heading }) => heading);
  expect(all).toEqual(expect.arrayContaining(["第１章　総論", "１　背景"]));
  const wrong = await planner.post("/plans", { file: new File(["%PDF-1.7"], "計画.pdf") });
  const told = "Word か PowerPoint（.pptx）の計画書を選んでください";
  expect([wrong.status, (await wrong.text()).includes(told)]).toEqual([422, true]);
});

test("3(1)(ｷ) 表紙の文・見出しの番号・用語を画面で直し、同時の直しは後の人に知らせる", async () => {
  const made = await planner.post("/plans/start", { title: "松風市計画", outline: "総論\n　背景" });
  const plan = (made.headers.get("location") ?? "").replace(/\/edit.*$/, "");
  const html = await (await planner.get(`${plan}/setting`)).text();
  expect(markupFaults(html)).toEqual([]);
  const fields = {
    ...{ title: "松風市ICT計画", subtitle: "素案", author: "松風市", date: "令和７年３月", years: "wareki" },
    ...{ scheme: "own", numbering: "第{漢}編\n{n}", glossary: "市民: 住民、町民", allow: "住民基本台帳" },
  };
  const wrong = await planner.post(`${plan}/setting`, { ...fields, numbering: "第編", edition: "1" });
  expect([wrong.status, (await wrong.text()).includes("番号の場所がありません")]).toEqual([422, true]);
  const bad = await planner.post(`${plan}/setting`, { ...fields, glossary: "市民", edition: "1" });
  expect([bad.status, (await bad.text()).includes("使う言葉: 使わない言い方")]).toEqual([422, true]);
  expect((await planner.post(`${plan}/setting`, { ...fields, edition: "1" })).status).toBe(303);
  expect((await blocks(plan)).map(({ heading }) => heading)).toEqual(["第一編　総論", "1　背景"]);
  const kept = await (await planner.get(`/api${plan}/setting`)).json();
  expect(kept).toEqual({ ...fields, edition: 2 });
  expect((await planner.send("POST", `/api${plan}/setting`, { ...fields, edition: 1 })).status).toBe(409);
  const same = await planner.send("POST", `/api${plan}/setting`, { ...fields, edition: 2 });
  expect(await same.json()).toEqual({ ...fields, edition: 2 });
});
