import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visit } from "../src/testing/chromium.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";
import { openReception } from "../src/testing/reception-fixture.ts";

// 別紙を取り込む → 見てから定める → 先行をつなぐ → 市が日を動かす → 新旧 → 協議書 → 締切から納品まで。

const table = [
  "別紙 想定業務スケジュール案,,,",
  "No,業務内容,開始,完了,先行",
  "1,素案の作成,2025/9/22,10月3日,",
  "2,パブリックコメント,2025/10/6,11月4日,1",
  "3,意見の整理,11月5日,11月14日,2",
  "4,最終原稿の提出,,令和7年11月下旬,3",
].join("\r\n");

const journey = managerJourney({}, (desk) => openReception(desk.office, desk.actor("m", "manager"), []));

const told = async (page: Page) => (await page.textContent("main")) ?? "";

test("４ 別紙を取り込んで定め、市が意見募集の日を動かすと、新旧を見てから定め直し、協議書の下書きができる", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto("/workplan");
  expect(await told(page)).toContain("工程表は、まだ定めていません。");
  await expectFittingPage(page);
  await page.click("text=別紙を取り込む");
  await page.setInputFiles("#file", { name: "別紙.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.click("main form button[type=submit]");
  expect(await told(page)).toContain("4の作業を読みました。まだ定めていません。");
  await expectFittingPage(page);
  await page.click("text=工程表を定める");
  await page.waitForURL(/\/workplan$/);
  await expectFittingPage(page);

  // 鍵盤で図の行に移り、作業を開ける。
  await page.focus('a[href="/workplan/tasks/T01"]');
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toContain(
    "T02 パブリックコメント、10月6日から11月4日、余裕8営業日",
  );
  await page.keyboard.press("Enter");
  await page.waitForURL(/tasks\/T02$/);
  await expectFittingPage(page);

  await page.goto("/workplan/move");
  await page.selectOption("#code", "T02");
  await page.fill("#day", "2025-10-20");
  await page.click("text=新旧を見る");
  const difference = await told(page);
  expect(difference).toContain("3件の日が動きます。");
  expect(difference).toContain("30日間（30日以上）");
  expect(difference).toContain("まだ何も変えていません。");
  await expectFittingPage(page);
  await page.fill("#reason", "議会の日程による");
  await page.click("text=この日で定め直す");
  await page.waitForURL(/\/workplan$/);
  expect(await told(page)).toContain("第2版");
  await page.click("text=開く");
  expect(await told(page)).toContain("業務スケジュールの変更に係る協議書");

  await page.goto("/workplan/cockpit");
  expect(await told(page)).toContain("意見募集の締切から納品まで");
  await expectFittingPage(page);
  await page.goto("/workplan?zoom=week&against=1");
  await expectFittingPage(page);
  await leave();
}, 90_000);
