import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createAccount, rolesFromToday } from "../src/access/create-account.ts";
import { systemActor } from "../src/base/actor.ts";
import { changePlanBlock } from "../src/plan/change-block.ts";
import { importPlan } from "../src/plan/import-plan.ts";
import { importUpper } from "../src/plan/list-uppers.ts";
import { readPlanBlock } from "../src/plan/read-plan.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 60ページの原稿を開く → 打つ → 食い違いを一つの行いで閉じる → 版 → 意見による修正 → 新旧対照表 → 最終。二人で同時に直す。

const folder = fileURLToPath(new URL("../samples/plan/", import.meta.url));
async function sample(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join("/"), new Uint8Array(await readFile(path)));
  }
  return files;
}
const items =
  "記号,項目,ページ,始期,終期,指標,目標値,目標年度\nB-1,行政手続のデジタル化,62,令和５年度,令和９年度,オンラインでの申請の割合,60.0％,令和９年度";

let plan = "";
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const journey = managerJourney({}, async (desk) => {
  const manager = desk.actor("m", "manager");
  await startContract(desk.office, manager, dutyYaml(""));
  plan = (await importPlan(desk.office, manager, await sample())).id;
  await importUpper(desk.office, manager, plan, {
    ...{ code: "B", name: "雪見市まちづくりアクションプラン2023", shortName: "アクションプラン" },
    ...{ fileName: "項目.csv", bytes: new TextEncoder().encode(items) },
  });
  await createAccount(desk.office, systemActor(desk.contract), {
    ...{ number: "0110", name: "試験　二子", password: "ねこ-りんご-つくえ-かばん-9" },
    roles: rolesFromToday(desk.office, desk.contract, ["planner"]),
    factors: [{ kind: "totp", secret, period: 30, lastCounter: null }],
  });
});

const block = (page: Page, id: string) => page.locator(`[id="b-${id}"]`);
const saved = (page: Page) =>
  page.waitForFunction(() => /自動保存/.test(document.querySelector(".said")?.textContent ?? ""));
const text = async (id: string) =>
  (await readPlanBlock(journey.desk.office, journey.desk.actor("m", "manager"), plan, id)).text;

async function open(page: Page, at: string): Promise<void> {
  await page.goto(`/plans/${plan}/edit?block=${at}`);
  await page.waitForSelector(".tools");
}

/** 段落の終わりに打つ。 */
async function typeAtEnd(page: Page, id: string, words: string): Promise<void> {
  await block(page, id).locator(".shown").click();
  const edit = block(page, id).locator(".edit");
  await edit.waitFor();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(words);
}

async function second(page: Page): Promise<void> {
  journey.desk.clock.advance(60_000);
  await page.goto("/sign-in");
  await page.fill("#number", "0110");
  await page.fill("#password", journey.password);
  await page.click("main button[type=submit]");
  await page.fill("#code", journey.code());
  await page.click("main button[type=submit]");
  await page.waitForURL((where) => !where.pathname.startsWith("/sign-in"));
}

test("3(1)(ｱ)(ｵ) 原稿を打ち、食い違いを閉じ、意見による修正を受けて、新旧対照表から最終の版まで", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto("/plans");
  expect(await page.textContent("main")).toContain("計画の原稿が1つあります。");
  await expectFittingPage(page);
  await page.goto(`/plans/${plan}`);
  expect(await page.textContent("main")).toContain("上位計画との食い違いが1件あります。");
  await expectFittingPage(page);

  // 版を残してから、直し始める。
  await page.goto(`/plans/${plan}/versions`);
  await page.selectOption("#stage", "comment");
  await page.fill("#name", "パブコメ用");
  await page.click("text=残す >> nth=-1");
  await page.waitForURL(/versions$/);
  expect(await page.textContent("main")).toContain("第1稿（パブコメ用）");
  await expectFittingPage(page);

  await open(page, "m01");
  await expectFittingPage(page);
  // 数と番号は、打たずに出ている。
  expect(await block(page, "m01.p1").textContent()).toMatch(/手続は\d+件に増えました/);
  await typeAtEnd(page, "m01.p2", "案内も分かりにくい状況です。");
  await saved(page);
  await page.keyboard.press("Escape");
  expect(await text("m01.p2")).toMatch(/案内も分かりにくい状況です。$/);
  expect(await block(page, "m01.p2").locator("ins.d").textContent()).toContain(
    "案内も分かりにくい状況です。",
  );

  // 食い違いは、両方の文とページを言い、一つの行いで閉じる。
  const remark = page.locator(".rem li", { hasText: "目標年次が違います" });
  expect(await remark.textContent()).toContain(
    "本計画 令和14年度／アクションプラン B-1「行政手続のデジタル化」令和9年度（62ページ）",
  );
  await remark.locator("text=上位計画に合わせる").click();
  await page.waitForFunction(() => document.querySelector(".mat .bad") === null);
  expect(await text("k-m01")).toContain("60.0（令和9）");

  // 意見の答えからの修正（上の室がすること）が、開いている画面に届き、もとの意見を名のる。
  const before = await text("m01.p3");
  await changePlanBlock(journey.desk.office, journey.desk.actor("m", "manager"), plan, "m01.p3", {
    ...{
      text: `${before}相談は、支所でも受け付けます。`,
      expectedVersion: 1,
      reason: "身近な場所で相談したいという意見",
    },
    link: { room: "comments", kind: "opinion", id: "op-0148", label: "意見 0148-A" },
  });
  await page.waitForSelector("text=意見 0148-A による修正");
  await page.locator(".rem li", { hasText: "0148-A" }).locator("text=反映").click();
  await page.waitForFunction(() => !document.body.textContent?.includes("意見 0148-A による修正"));

  await page.goto(`/plans/${plan}/compare`);
  const compared = (await page.textContent("main")) ?? "";
  for (const words of [
    "3か所が変わりました",
    "意見 0148-A",
    "身近な場所で相談したいという意見",
    "B-1 に合わせる",
  ])
    expect(compared).toContain(words);
  await expectFittingPage(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Wordにする")]);
  expect(download.suggestedFilename()).toBe("新旧対照表.docx");

  await page.goto(`/plans/${plan}/versions`);
  await page.selectOption("#stage", "final");
  await page.click("text=残す >> nth=-1");
  // 打ち足しただけの変更には、理由がない。前と後を見ながら書くと、そのまま残る。
  await page.waitForSelector("text=理由も意見もないものが1か所あります。");
  expect(await page.locator("tbody tr").textContent()).toContain("案内も分かりにくい状況です。");
  await expectFittingPage(page);
  await page.fill("#reason-0", "庁内照会を受けて、窓口の状況を書き足した");
  await page.click("text=理由を書いて、版を残す");
  await page.waitForSelector("text=いちばん新しい版は第2稿（最終原稿）");
  for (const path of ["check", "inquiries", "blocks/m01.p3"]) {
    await page.goto(`/plans/${plan}/${path}`);
    await expectFittingPage(page);
  }
  await leave();
});

test("3(1)(ｱ) 二人が同時に直す: 別の段落は両方が生き、同じ段落の別の文は合わさり、同じ文は両方を並べて決める", async () => {
  const one = await visit(journey.browser, journey.served);
  const two = await visit(journey.browser, journey.served);
  journey.desk.clock.advance(60_000);
  await journey.sitDown(one.page);
  await second(two.page);
  await open(one.page, "m02");
  await open(two.page, "m02");
  // 別の段落。
  await typeAtEnd(one.page, "m02.p1", "甲の文。");
  await typeAtEnd(two.page, "m02.p3", "乙の文。");
  await two.page.waitForFunction(() =>
    document.getElementById("b-m02.p1")?.textContent?.includes("甲の文。"),
  );
  await one.page.waitForFunction(() =>
    document.getElementById("b-m02.p3")?.textContent?.includes("乙の文。"),
  );
  // 同じ段落: 一人が終わりに、もう一人が始めに打つ。
  await typeAtEnd(one.page, "m02.p2", "終わりに足した。");
  await block(two.page, "m02.p2").locator(".shown").click();
  await two.page.keyboard.press("Control+Home");
  await two.page.keyboard.insertText("始めに足した。");
  await expect
    .poll(() => text("m02.p2"), { timeout: 15_000 })
    .toMatch(/始めに足した。[\s\S]+終わりに足した。$/);
  await one.page.waitForFunction(() =>
    document.getElementById("b-m02.p2")?.textContent?.includes("始めに足した。"),
  );
  await one.page.keyboard.press("Escape");
  await two.page.keyboard.press("Escape");
  // 同じ文を、届かない間に違うように直す。
  await two.context.setOffline(true);
  await typeAtEnd(two.page, "m04.p1", "乙の言い方。");
  await changePlanBlock(journey.desk.office, journey.desk.actor("m", "manager"), plan, "m04.p1", {
    ...{ text: `${await text("m04.p1")}甲の言い方。`, expectedVersion: 1, reason: "" },
  });
  await two.context.setOffline(false);
  await two.page.waitForSelector(".clash", { timeout: 20_000 });
  await expectFittingPage(two.page);
  await two.page.click("text=こちらの文にする");
  await two.page.waitForFunction(() => document.querySelector(".clash") === null);
  expect(await text("m04.p1")).toMatch(/乙の言い方。$/);
  await one.leave();
  // つながらない間の失敗は、わざとのもの。
  const faults = two
    .faults()
    .filter((fault) => !/ERR_INTERNET_DISCONNECTED|409|Failed to load resource/.test(fault));
  expect(faults).toEqual([]);
  await two.context.close();
});
