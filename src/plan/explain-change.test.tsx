// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeZip } from "../office/zip.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { changePlanBlock } from "./change-block.ts";
import { planRoutes } from "./plan-routes.tsx";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
let plan: string;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const resolve = ({ id }: { id: string }) => ({ label: "意見への答え", href: `/comments/answers/${id}` });
  const app: Hono = roomApp(desk.office, planRoutes({ contract: async () => desk.contract, resolve }));
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  const text = (words: string) => new TextEncoder().encode(words);
  const folder = new Map([
    ["計画/plan.yaml", text("title: 第２次計画\n")],
    [
      "計画/01.md",
      text("# 策定に当たって {#c1}\n一つ目。 {#p1}\n\n二つ目。 {#p2}\n\n三つ目。 {#p3}\n\n四つ目。 {#p4}\n"),
    ],
  ]);
  const made = await planner.post("/plans", {
    file: new File([new Uint8Array(writeZip(folder))], "計画.zip"),
  });
  plan = made.headers.get("location") ?? "";
});
afterEach(() => desk.close());

const send = (path: string, body: unknown, who = planner) => who.send("POST", `/api${plan}${path}`, body);
const change = (block: string, words: string, reason = "") =>
  send(`/blocks/${block}`, { text: words, expectedVersion: 1, reason });
async function page(who: SignedIn, path: string): Promise<string> {
  const html = await (await who.get(`${plan}${path}`)).text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}

test("3(1)(ｳ) 意見公募のあとの変更に理由も意見もなければ最終原稿は残らず、一覧で理由を書くと残り、新旧対照表に出る", async () => {
  await change("p1", "公募の前に直した。");
  expect((await send("/versions", { stage: "comment" })).status).toBe(201);
  await change("p2", "理由のある直し。", "第３回会議の意見");
  const id = plan.replace("/plans/", "");
  await changePlanBlock(desk.office, planner.actor, id, "p3", {
    ...{ text: "意見による直し。", expectedVersion: 1, reason: "" },
    link: { room: "comments", kind: "answer", id: "a7", label: "意見への答え No.7" },
  });
  await change("p4", "わけのない直し。");
  // 断られ、何が足りないかが、JSON でも画面でも分かる。ほかの段は、これまでどおり残る。
  const refused = await send("/versions", { stage: "final" });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    error: { code: "REFUSED", detail: { unexplained: [{ block: "p4" }] } },
  });
  expect((await send("/versions", { stage: "draft" })).status).toBe(201);
  expect(await page(planner, "/versions")).toContain("理由も意見もないものが1か所あります。");
  const again = await planner.post(`${plan}/versions`, { stage: "final", name: "最終の稿", note: "納品" });
  expect(again.status).toBe(422);
  const html = await again.text();
  expect(markupFaults(html)).toEqual([]);
  for (const words of ["わけのない", 'value="最終の稿"', 'value="納品"']) expect(html).toContain(words);
  for (const words of ["意見による", "理由のある", "公募の前"]) expect(html).not.toContain(words);
  // 委託者は読めて書けない。理由のない変更でない部分には、書けない。空では書けない。
  expect(await page(client, "/reasons")).not.toContain("<textarea");
  const reasons = (block: string, reason: string) => ({ reasons: [{ block, reason }] });
  expect((await send("/reasons", reasons("p4", "x"), client)).status).toBe(403);
  expect((await send("/reasons", reasons("p3", "x"))).status).toBe(404);
  const blank = await planner.post(`${plan}/reasons`, { block: "p4", reason: " ", common: "" });
  expect(blank.status).toBe(422);
  expect(await blank.text()).toContain("理由を、一つは書いてください。");
  // 理由を書いて、続けて残す。
  const done = await planner.post(`${plan}/reasons`, {
    ...{ block: "p4", reason: "字句の整理", common: "" },
    ...{ stage: "final", name: "最終の稿", note: "納品" },
  });
  expect(done.headers.get("location")).toBe(`${plan}/versions`);
  const versions = (await (await planner.get(`/api${plan}/versions`)).json()) as {
    id: string;
    name: string;
  }[];
  expect(versions.map(({ name }) => name)).toEqual(["パブリックコメント用", "素案", "最終の稿"]);
  const [shown, , final] = versions;
  const compared = await page(planner, `/compare?from=${shown?.id}&to=${final?.id}`);
  for (const words of ["字句の整理", "意見への答え No.7", "第３回会議の意見"])
    expect(compared).toContain(words);
  expect(await desk.events()).toContain("plan.change-explained");
  expect(await (await planner.get(`/api${plan}/reasons`)).json()).toMatchObject({ lines: [] });
});

test("3(1)(ｳ) 足した・消した部分にも理由が要り、番号だけの繰り下げには要らない。同じ理由をまとめて書ける", async () => {
  await send("/versions", { stage: "comment" });
  const heading = { kind: "heading", level: 1, text: "新しい章" };
  await send("/blocks", { after: null, content: heading, id: "c0" });
  await send("/blocks/p4/arrange", { act: "remove" });
  await send("/blocks/p3/arrange", { act: "remove", reason: "重なりを整理" });
  const left = async () =>
    ((await (await planner.get(`/api${plan}/reasons`)).json()) as { lines: { block: string }[] }).lines.map(
      ({ block }) => block,
    );
  expect(await left()).toEqual(["c0", "p4"]);
  const done = await planner.post(`${plan}/reasons`, [
    ["block", "c0"],
    ["reason", "庁内照会を受けて"],
    ["block", "p4"],
    ["reason", ""],
    ["common", "字句の整理"],
  ]);
  expect(done.headers.get("location")).toBe(`${plan}/versions`);
  expect(await left()).toEqual([]);
  const compared = await page(planner, "/compare");
  for (const words of ["庁内照会を受けて", "字句の整理", "重なりを整理"]) expect(compared).toContain(words);
  // 全てに理由があれば、そのまま残る。
  expect((await send("/versions", { stage: "final" })).status).toBe(201);
});

test("3(1)(ｵ) 一つの部分のいくつかの変更は、変わったところごとに理由と意見番号が付き、新旧対照表の行が分かれる", async () => {
  const id = plan.replace("/plans/", "");
  const edit = (words: string, version: number, more: object = {}) =>
    changePlanBlock(desk.office, planner.actor, id, "p1", {
      ...{ text: words, expectedVersion: version, reason: "" },
      ...more,
    });
  await edit("甲の文。乙の文。丙の文。", 1);
  expect((await send("/versions", { stage: "comment" })).status).toBe(201);
  const link = { room: "comments", kind: "answer", id: "a7", label: "意見No.7" };
  await edit("甲の文を直した。乙の文。丙の文。", 2, { link });
  await edit("甲の文を直した。乙の文。丙の文も直した。", 3);
  await edit("甲の文を直した。乙の文。丙の文も直した。丁を足した。", 4);
  const refused = await send("/versions", { stage: "final" });
  const { error } = (await refused.json()) as {
    error: { detail: { unexplained: { block: string; passage: string }[] } };
  };
  expect(error.detail.unexplained).toMatchObject([
    { block: "p1", passage: expect.any(String) },
    { block: "p1", passage: expect.any(String) },
  ]);
  const [third, fourth] = error.detail.unexplained.map(({ passage }) => passage);
  const html = await page(planner, "/reasons");
  expect(html.match(/<textarea/g)).toHaveLength(2);
  expect(html).toContain(`value="${third}"`);
  // 画面から、変わったところごとに。残りは、部分を言うだけの前からの書き方で。
  const some = await planner.post(`${plan}/reasons`, [
    ...[
      ["block", "p1"],
      ["passage", third ?? ""],
      ["reason", "会議の指摘"],
    ],
    ...[
      ["block", "p1"],
      ["passage", fourth ?? ""],
      ["reason", ""],
    ],
  ] as [string, string][]);
  expect(some.headers.get("location")).toBe(`${plan}/reasons`);
  expect((await send("/reasons", { reasons: [{ block: "p1", reason: "字句の整理" }] })).status).toBeLessThan(
    300,
  );
  expect((await send("/versions", { stage: "final" })).status).toBe(201);
  const compared = await page(planner, `/compare?from=${await firstVersion()}`);
  const rows = [...compared.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) =>
    row.replace(/<span class="vh">[^<]*<\/span>|<[^>]+>/g, ""),
  );
  const own = rows.filter((row) => /直した|足した/.test(row));
  expect(own).toHaveLength(3);
  expect(own[0]).toContain("意見No.7");
  expect(own[1]).toContain("会議の指摘");
  expect(own[1]).not.toContain("字句の整理");
  expect(own[2]).toContain("字句の整理");
  expect(own[1]).toContain("（略）");
});

async function firstVersion(): Promise<string> {
  const all = (await (await planner.get(`/api${plan}/versions`)).json()) as { id: string }[];
  return all[0]?.id ?? "";
}
