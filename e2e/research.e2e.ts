import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectFittingPage, expectSoundPage } from "../src/testing/page-audit.ts";

// 資料の一覧 → 統計の表つきで登録 → 見出しを直す → 比べる → 報告書（Word）。

const journey = demoJourney();
const told = async (page: Page) => (await page.textContent("main")) ?? "";
const csv =
  "表１ 除雪の距離\n（単位：km）\n年度,幹線,生活道路\n令和４年度,402,188\n令和５年度,418,194\n注 見本の数である\n";

test("3(1)(ｱ)②–⑤ 資料を統計の表つきで登録し、見出しを直し、比べ、報告書を取り出す", async () => {
  const page = await journey.sitDown("0110", { next: "/research" });
  expect(await told(page)).toContain("調べた資料は29件。");
  expect(await told(page)).toContain("件は出典が足りません。");
  await expectSoundPage(page);
  await expectFittingPage(page);
  await page.click("text=資料を登録する");
  await page.selectOption("#kind", "statistics");
  await page.fill("#title", "除雪の距離（見本）");
  await page.fill("#publisher", "雪見市雪対策課");
  await page.setInputFiles("#table", { name: "snow.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expectSoundPage(page);
  await page.click("main form button:has-text('登録する')");
  expect(await told(page)).toContain("2行を読みました（単位：km）");
  await expectSoundPage(page);
  await page.fill("#unit", "キロメートル");
  await page.click("text=読み直す");
  expect(await told(page)).toContain("（単位：キロメートル）");
  await page.goto("/research/compare");
  expect(await told(page)).toContain("海辺の中核市");
  expect(await told(page)).toContain("未達成");
  await expectSoundPage(page);
  await expectFittingPage(page);
  const waiting = page.waitForEvent("download");
  await page.goto("/research").then(() => page.click("text=報告書（Word）"));
  expect((await waiting).suggestedFilename()).toBe("動向調査等報告書.docx");
});

test("3(1)(ｱ)–(ｵ) 調べた覚え → 原稿 → 調査の図 → 食い違いを閉じる → 概要版 → 意見による修正 → 新旧対照表 → 最終", async () => {
  const page = await journey.sitDown("0110", { next: "/research/new" });
  const go = async (path: string) => {
    await page.goto(path);
    await expectFittingPage(page);
  };
  // 調べた覚え。
  await page.selectOption("#kind", "municipality");
  await page.fill("#title", "相談の場の覚え（見本）");
  await page.fill("#publisher", "川の町（見本）");
  await page.fill("#page", "3頁");
  await page.click("main form button:has-text('登録する')");
  await page.goto("/research?q=相談の場の覚え");
  const code = /S-\d+/.exec(await told(page))?.[0] ?? "";
  expect(code).toMatch(/^S-\d+$/);
  // 原稿で引く。
  await page.goto("/plans");
  await page.click("main a[href^='/plans/']");
  await page.waitForURL(/\/plans\/[0-9a-f-]{20,}/);
  const plan = /\/plans\/[0-9a-f-]{20,}/.exec(page.url())?.[0] ?? "";
  await page.goto(`${plan}/blocks/m06.p1`);
  await page.fill("#text", `${await page.inputValue("#text")}ほかの町でも進んでいます[^src:${code}]。`);
  await page.fill("#reason", "他市の例を足す");
  await page.click("main form button:has-text('直す')");
  expect(await told(page)).toContain("直しました。");
  await page.goto("/research?q=相談の場の覚え");
  expect(await told(page)).toContain("1か所");
  // 調査の図を、出どころつきで原稿に入れる。
  await page.goto(`${plan}/edit?block=m06.p1`);
  await page.waitForSelector(".tools");
  await page.locator('[id="b-m06.p1"] .shown').click();
  await page.locator(".tools select:has(option[value=survey])").selectOption("survey");
  await page.locator("#ask-figure").selectOption({ index: 1 });
  await page.waitForSelector("text=市民アンケート調査（n=");
  // 食い違いを、一つの行いで閉じる。
  await go(`${plan}/check`);
  expect(await told(page)).toContain("目標年次が違います");
  await page.goto(`${plan}/edit?block=m01`);
  await page.locator(".rem li", { hasText: "目標年次が違います" }).locator("text=上位計画に合わせる").click();
  await page.waitForFunction(() => document.querySelector(".mat .bad") === null);
  // 概要版: 元が変わって閉じている。元を読み、公開してよいとする。
  await go(`${plan}/digests`);
  await expectSoundPage(page);
  await go(`${plan}/digests/gaiyou`);
  await expectSoundPage(page);
  expect(await told(page)).toContain("前に公開してよいとした中身から変わりました。");
  await page.click("text=元を読み、このままにする");
  await page.click("text=公開してよいとする >> nth=-1");
  expect(await told(page)).toContain("公開してよいとされています。");
  // 意見による修正は、理由と意見の番号を持って新旧対照表に出る。
  await go(`${plan}/compare`);
  expect(await told(page)).toContain("意見募集で、郵便局でも聞きたいという意見があったため");
  for (const path of ["designs", "rights"]) {
    await go(`${plan}/${path}`);
    await expectSoundPage(page);
  }
  await page.goto(`${plan}/versions`);
  await page.selectOption("#stage", "final");
  await page.click("text=残す >> nth=-1");
  // 理由も意見もない変更があるうちは残らない。理由を書くと、続けて残る。
  await page.waitForSelector("text=理由を書くと、最終原稿として残せます。");
  await expectSoundPage(page);
  await expectFittingPage(page);
  await page.fill("#common", "調査の結果を図で示し、字句を整えた");
  await page.click("text=理由を書いて、版を残す");
  await page.waitForSelector("text=いちばん新しい版は第4稿（最終原稿）");
});
