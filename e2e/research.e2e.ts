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
