// @engine both
import { readFileSync } from "node:fs";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { runNextJob } from "../platform/run-job.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { planJobs } from "./plan-output-job.ts";
import { planRoutes } from "./plan-routes.tsx";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
let plan: string;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const resolve = ({ id }: { id: string }) => ({ label: "意見", href: `/comments/${id}` });
  const app: Hono = roomApp(desk.office, planRoutes({ contract: async () => desk.contract, resolve }));
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  const response = await planner.post("/plans", {
    file: new File([new Uint8Array(writeZip(folder))], "計画.zip"),
  });
  expect(response.status).toBe(303);
  plan = response.headers.get("location") ?? "";
});
afterEach(() => desk.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const folder = new Map([
  [
    "計画/plan.yaml",
    bytes(
      "title: 第２次ICT活用戦略\nupper: { B-1: 手続の電子化 }\nupperPlans: { B: アクションプラン2023 }\nglossary: { 市民: [住民] }\n",
    ),
  ],
  [
    "計画/01.md",
    bytes(`# 策定に当たって {#c1}
住民の利用率は{{data/use.csv!B2|0.0}}％である（[[@m1]]）[^1]。 {#p1}

# 施策 {#c2}

:::measure {#m1 title="手続のオンライン化" owner="企画課" upper="B-1" period="令和７年度～令和11年度"}
取組の本文。次の文。 {#p2}

表: 指標 {#k1}
| 指標 | 目標値（年度） | 現状値 | 出典 | 算定式 |
|---|---|---|---|---|
| 申請の割合 | 60（令和11） | 20 | 調べ | a÷b |
:::

[^1]: 市民調査。
`),
  ],
  ["計画/data/use.csv", bytes("項目,値\n全体,61.72\n")],
]);

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const json = async <T,>(who: SignedIn, path: string): Promise<T> =>
  (await (await who.get(`/api${plan}${path}`)).json()) as T;
const send = (path: string, body: unknown, who = planner) => who.send("POST", `/api${plan}${path}`, body);

test("3(1)(ｱ) 食い違いが見つかり、上位計画に合わせる一つの行いで閉じ、版を残し、新旧対照表に理由と意見の番号が出る", async () => {
  const csv =
    "記号,項目,ページ,終期,指標,目標値,目標年度\nB-1,手続の電子化,62,令和９年度,申請の割合,60％,令和９年度";
  await planner.post(`${plan}/uppers`, {
    ...{ code: "B", name: "アクションプラン2023", shortName: "アクションプラン" },
    file: new File([csv], "項目.csv"),
  });
  expect(await page(planner, `${plan}/check`)).toContain("上位計画と食い違うところが1件あります。");
  expect((await send("/versions", { stage: "comment" })).status).toBe(201);
  type Checked = {
    remarks: { kind: string; block: string; text: string; fix?: { text: string; reason: string } }[];
  };
  const { remarks } = await json<Checked>(planner, "/check");
  const clash = remarks.find(({ kind }) => kind === "target-year");
  expect(clash?.text).toContain(
    "本計画 令和11年度／アクションプラン B-1「手続の電子化」令和9年度（62ページ）",
  );
  expect(remarks.find(({ kind }) => kind === "glossary")?.fix?.text).toContain("市民の利用率");
  const fixed = await send(`/blocks/${clash?.block}`, { ...clash?.fix, expectedVersion: 1, tracked: true });
  expect(fixed.status).toBe(200);
  expect(await page(planner, `${plan}/check`)).toContain("食い違いはありません");
  const compared = await page(planner, `${plan}/compare`);
  expect(compared).toContain("アクションプラン2023 B-1 に合わせる");
  expect(compared).toContain("1か所が変わりました");
  const word = await planner.get(`${plan}/file/compare?order=old-first`);
  const parts = openZip(new Uint8Array(await word.arrayBuffer()));
  const text = textOf(parseXml(parts.get("word/document.xml") ?? new Uint8Array()));
  expect(text).toContain("パブリックコメント用 → いまの原稿");
});

test("3(1)(ｷ) Word にすると、数と参照が入り、書き込みも変更の記録も作った人も入らない", async () => {
  await client.send("POST", `/api${plan}/blocks/p1/comments`, { text: "内緒の書き込み" });
  await send("/blocks/p2", {
    text: "取組を直した。次の文。",
    expectedVersion: 1,
    tracked: true,
    reason: "内緒の理由",
  });
  await send("/outputs", { format: "docx" });
  await runNextJob(desk.office, planJobs);
  const response = await planner.get(`${plan}/file/docx`);
  const parts = openZip(new Uint8Array(await response.arrayBuffer()));
  const all = [...parts.values()].map((part) => new TextDecoder().decode(part)).join("");
  expect(all).toContain("61.7");
  expect(all).toContain("取組を直した");
  for (const secret of ["内緒の書き込み", "内緒の理由", "取組の本文", "w:ins ", "w:del ", planner.actor.id])
    expect(all).not.toContain(secret);
});

test("3(1)(ｲ) 写真は、原稿と部分の画面に写真として出る。画像でないファイルは、画面の中身として渡さない", async () => {
  const picture = new Uint8Array(readFileSync("samples/plan/images/yukimi.png"));
  const response = await planner.post("/plans", {
    file: new File(
      [
        new Uint8Array(
          writeZip(
            new Map([
              ["計画/plan.yaml", bytes("title: 写真のある計画\n")],
              [
                "計画/01.md",
                bytes(
                  '# はじめに {#c1}\n:::photo {#ph1 title="雪の朝" src="images/a b.png" alt="雪の町" rights="市"}\n:::\n',
                ),
              ],
              ["計画/images/a b.png", picture],
              ["計画/images/偽.png", bytes("<script>1</script>")],
              ["計画/data/use.csv", bytes("項目,値\n全体,1\n")],
            ]),
          ),
        ),
      ],
      "計画.zip",
    ),
  });
  const own = response.headers.get("location") ?? "";
  const src = `${own}/pictures/${encodeURIComponent("images/a b.png")}`;
  for (const page of [`${own}/edit`, `${own}/blocks/ph1`])
    expect(await (await client.get(page)).text()).toContain(
      `<img class="blk-photo" src="${src}" alt="雪の町"`,
    );
  const shown = await client.get(src);
  expect(shown.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(picture);
  for (const name of ["images/偽.png", "data/use.csv", "images/ない.png"])
    expect((await client.get(`${own}/pictures/${encodeURIComponent(name)}`)).status).toBe(404);
});

test("3(1)(ｱ) 部分の画面: 直す、重なったら両方の文を見せる、書き込む、経過が残る", async () => {
  const own = `${plan}/blocks/p2`;
  expect(await page(planner, own)).toContain("取組の本文。次の文。");
  await planner.post(own, { text: "甲が直した。次の文。", expectedVersion: "1", reason: "一度目" });
  const merged = await planner.post(own, {
    text: "取組の本文。乙が直した。",
    expectedVersion: "1",
    reason: "",
  });
  expect(merged.status).toBe(303);
  const refused = await planner.post(own, { text: "丙が直した。次の文。", expectedVersion: "1", reason: "" });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain("丙が直した。次の文。");
  expect(html).toContain("いまの文");
  await client.post(`${own}/comments`, { comment: "ここを短く" });
  const after = await page(planner, own);
  for (const words of ["ここを短く", "一度目", "第3版"]) expect(after).toContain(words);
  expect((await client.post(own, { text: "x", expectedVersion: "3" })).status).toBe(403);
  // 脇に残した文は、編集の画面で使える。
  const { asides } = await json<{ asides: { id: string; text: string }[] }>(planner, "/editor");
  expect(asides.map(({ text }) => text)).toEqual(["丙が直した。次の文。"]);
  expect((await send(`/asides/${asides[0]?.id}`, { act: "use" })).status).toBe(200);
  expect(await page(planner, own)).toContain("丙が直した。次の文。");
});

test("3(1)(ｱ) 部分を足し、動かし、消し、戻す。記録した変更は、反映しても元に戻しても番号が続く", async () => {
  const ids = async () => (await json<{ id: string }[]>(planner, "/blocks")).map(({ id }) => id);
  const made = await send("/blocks", {
    after: "p1",
    content: { kind: "paragraph", text: "足した文。" },
    tracked: true,
  });
  const { block } = (await made.json()) as { block: string };
  expect(await ids()).toEqual(["c1", "p1", block, "c2", "m1", "p2", "k1"]);
  await send(`/blocks/${block}/arrange`, { act: "move", after: "m1", inside: true });
  expect(await ids()).toEqual(["c1", "p1", "c2", "m1", block, "p2", "k1"]);
  await send("/blocks/m1/arrange", { act: "remove" });
  expect(await ids()).toEqual(["c1", "p1", "c2"]);
  await send("/blocks/m1/arrange", { act: "restore" });
  expect(await ids()).toHaveLength(7);
  await send(`/blocks/${block}/arrange`, { act: "unrecord" });
  expect(await ids()).not.toContain(block);
  await send("/blocks/p1", { text: "直した文。", expectedVersion: 1, tracked: true });
  await send("/blocks/p1/arrange", { act: "settle" });
  expect(await (await send("/blocks/p1/arrange", { act: "unrecord" })).json()).toMatchObject({
    error: { code: "CONFLICT" },
  });
  for (let at = 0; at < 14; at += 1)
    await send("/blocks", { after: "p1", content: { kind: "paragraph", text: `${at}` } });
  expect(await ids()).toHaveLength(20);
  expect((await json<{ act: string }[]>(planner, "/changes?block=m1")).slice(0, 3)).toMatchObject([
    { act: "insert" },
    { act: "remove" },
    { act: "restore" },
  ]);
});

test("3(1)(ｱ) 庁内照会: Word で出て、直して返ると部分に結ばれ、入れる・入れないを決める。よその Word は断る", async () => {
  const made = await planner.post(`${plan}/inquiries`, [
    ["department", "総務課"],
    ["due", "2025-09-30"],
    ["subject", "確認"],
    ["chapters", "c2"],
  ]);
  expect(made.headers.get("location")).toBe(`${plan}/inquiries/1`);
  const word = new Uint8Array(await (await planner.get(`${plan}/inquiries/1/file/docx`)).arrayBuffer());
  const parts = openZip(word);
  const xml = new TextDecoder().decode(parts.get("word/document.xml"));
  const edited = new Map(parts);
  edited.set("word/document.xml", bytes(xml.replace("取組の本文。次の文。", "総務課が直した。次の文。")));
  const own = `${plan}/inquiries/1`;
  const came = await planner.post(`${own}/returned`, {
    file: new File([new Uint8Array(writeZip(edited))], "回答.docx"),
  });
  const html = await came.text();
  expect(html).toContain("決めるところが1件あります。");
  const line = /lines\/([\w-]+)"/.exec(html)?.[1] ?? "";
  // 待つ間に、別の文が直されていても、合わさる。
  await send("/blocks/p2", { text: "取組の本文。企画が直した。", expectedVersion: 1 });
  expect((await planner.post(`${own}/lines/${line}`, { decision: "accepted" })).status).toBe(303);
  const blocks = await json<{ id: string; text: string }[]>(planner, "/blocks");
  expect(blocks.find(({ id }) => id === "p2")?.text).toBe("総務課が直した。企画が直した。");
  expect(await page(planner, `${plan}/inquiries`)).toContain("返っていない照会はありません。");
  const other = new Uint8Array(readFileSync(new URL("../testing/postcard-braces.docx", import.meta.url)));
  const foreign = await planner.post(`${own}/returned`, { file: new File([other], "よそ.docx") });
  expect(foreign.status).toBe(422);
  expect(await foreign.text()).toContain("部分の印");
  expect(await desk.events()).toEqual(
    expect.arrayContaining(["plan.inquiry-sent", "plan.inquiry-returned", "plan.inquiry-decided"]),
  );
});

test("画面はどれも正しい形で、委託者は読めて書けず、壊れた zip は一文で断る", async () => {
  for (const path of ["", "/edit", "/check", "/versions", "/inquiries", "/blocks/k1", "/blocks/m1"])
    await page(client, `${plan}${path}`);
  await page(planner, "/plans");
  expect(await page(planner, `${plan}/edit?block=p2`)).toContain('id="plan-editor"');
  const broken = await planner.post("/plans", { file: new File(["zip でない"], "x.zip") });
  expect(broken.status).toBe(422);
  await page(planner, `${plan}/blocks/none`, 404);
});
