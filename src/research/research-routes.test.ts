import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { listCitations } from "./list-sources.ts";
import { researchRoutes } from "./research-routes.tsx";

let desk: TestDesk;
let app: Hono;
let planner: SignedIn;
let auditor: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  const usage = new Map([["S-01", [{ place: "第２章２(1)", href: "/plans/p/blocks/b" }]]]);
  app = roomApp(
    desk.office,
    researchRoutes({
      cited: async () => ({
        usage,
        unsourced: [
          {
            place: "第２章５",
            href: "/plans/p/blocks/c",
            sentence: "全国では増えている。",
            why: "全国のこと",
          },
        ],
      }),
      contract: async (_office, wanted) => wanted ?? desk.contract,
    }),
  );
  planner = await signIn(app, desk.office, desk.contract, "planner");
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
  ...{ kind: "municipality", title: "窓口改革の報告", publisher: "海辺の市", published: "令和5年9月" },
  ...{
    page: "4頁",
    accessed: "2025-09-01",
    licence: "利用規約",
    quote: "記入をなくした。",
    subject: "海辺の市",
  },
  ...{ facts: "人口: 34万人\n効果: 25分", tags: "窓口、記入" },
};
const record = async (more: Record<string, string> = {}): Promise<string> => {
  const location = (await planner.post("/research", { ...form, ...more })).headers.get("location") ?? "";
  expect(location).toMatch(/^\/research\/./);
  return location;
};

test("3(1)(ｱ)③ 資料を登録し、直し、探し、同じ項目で比べ、脚注の書誌になる", async () => {
  const at = await record();
  await record({
    title: "相談員の取組",
    subject: "山の市",
    facts: "人口: 22万人\n開始: 令和5年度",
    licence: "",
  });
  expect(await page(auditor, at)).toContain("第２章２(1)");
  const list = await page(auditor, "/research");
  expect(list).toContain("調べた資料は2件。1件を計画で使っています。");
  expect(list).toContain("1件は出典が足りません。");
  expect(await page(auditor, "/research?q=窓口改革")).not.toContain("相談員の取組");
  const compare = await page(auditor, "/research/compare");
  for (const item of ["人口", "効果", "開始", "34万人", "令和5年度"]) expect(compare).toContain(item);
  const edition = /name="edition" value="(\d+)"/.exec(await page(planner, `${at}/edit`))?.[1] ?? "";
  await planner.post(`${at}/edit`, { ...form, title: "窓口改革の最終報告", edition });
  const stale = await planner.post(`${at}/edit`, { ...form, title: "古い画面から", edition });
  expect(stale.status).toBe(409);
  expect([...(await listCitations(desk.office, desk.contract))][0]).toEqual([
    "S-01",
    "海辺の市「窓口改革の最終報告」、令和5年9月、4頁（令和7年9月1日閲覧）",
  ]);
});

test("3(1)(ｱ)⑤ e-Stat の表: 題・単位・注・見出しを見分け、あとで直せる。表でなければ、打った欄を失わない", async () => {
  const csv =
    '表１ 人口の推移\n（単位：人）\n年,総人口,男,女\n平成22年,"328,412",1,2\n令和2年,312678,…,－\n注 速報値である\n';
  const upload = (text: string) =>
    planner.post("/research", {
      ...form,
      kind: "statistics",
      title: "人口",
      table: new File([text], "a.csv"),
    });
  const made = await upload(csv);
  const at = made.headers.get("location") ?? "";
  const html = await page(planner, at);
  expect(html).toContain("2行を読みました（単位：人）");
  expect(html).toContain("注 速報値である");
  const edition = /name="edition" value="(\d+)"/.exec(html)?.[1] ?? "";
  await planner.post(`${at}/table`, { edition, headRows: "2", unit: "千人" });
  expect(await page(planner, at)).toContain("1行を読みました（単位：千人）");
  const refused = await upload("ただの文\nもう一行\n");
  expect(refused.status).toBe(422);
  const again = await refused.text();
  expect(again).toContain("数の入った表が見つかりません");
  expect(again).toContain("記入をなくした。");
});

test("3(1)(ｱ) 調査報告書は①–⑤を一つにし、使ったところと、出典の足りない資料を書く", async () => {
  await record();
  await record({ kind: "technology", title: "センサー", status: "実用", quote: "", facts: "" });
  await record({
    kind: "measure",
    title: "教室",
    status: "未達成",
    facts: "指標: 参加者\n目標: 3,000人",
    subject: "教室",
  });
  const response = await auditor.get("/research/report");
  const xml = new TextDecoder().decode(
    openZip(new Uint8Array(await response.arrayBuffer())).get("word/document.xml"),
  );
  const text = xml.replace(/<[^>]+>/g, "");
  for (const part of [
    "他自治体の動向（仕様書３(1)(ｱ)③）",
    "計画で使ったところ: 第２章２(1)",
    "成熟の度合い: 実用",
    "達成の状況: 未達成",
  ])
    expect(text).toContain(part);
  expect(text).toContain("S-02 センサー: 引用がない");
  expect(text).toContain("3件の資料を調べ、1件を計画の本文で使った。");
});

test("3(1)(ｱ)③ 報告書の比べる表は、同じ項目を持つ資料どうしに分け、空のますばかりの表にしない", async () => {
  const city = (title: string, facts: string) => record({ ...form, title, subject: title, facts });
  await city("甲市", "人口: 34万\n窓口: 書かない");
  await city("乙市", "窓口: 予約制\n効果: 25分");
  await city("丙市", "判型: A4\n頁: 8");
  await city("丁市", "判型: A3\n頁: 4");
  const parts = openZip(new Uint8Array(await (await auditor.get("/research/report")).arrayBuffer()));
  const xml = new TextDecoder().decode(parts.get("word/document.xml"));
  const tables = (xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? []).map((one) => one.replace(/<[^>]+>/g, " "));
  const own = (name: string) => tables.filter((one) => one.includes(`${name}（`));
  expect(own("甲市")).toEqual(own("乙市"));
  expect(own("丙市")).toEqual(own("丁市"));
  expect(own("甲市").join()).not.toContain("判型");
});

test("3(1)(ｱ) JSON の道、欄の誤り、役割", async () => {
  const made = await planner.send("POST", "/api/research", form);
  expect(made.status).toBe(201);
  expect((await made.json()) as object).toMatchObject({ code: "S-01" });
  const api = (await (await auditor.get("/api/research?kind=municipality")).json()) as { sources: object[] };
  expect(api.sources).toHaveLength(1);
  const bad = await planner.post("/research", { ...form, title: "", url: "ftp://x", accessed: "2099-01-01" });
  expect(bad.status).toBe(422);
  const html = await bad.text();
  for (const message of ["資料の名を書いてください。", "アドレスは http", "今日より後です"])
    expect(html).toContain(message);
});
