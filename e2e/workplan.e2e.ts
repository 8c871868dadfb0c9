import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount, rolesFromToday } from "../src/access/create-account.ts";
import { systemActor } from "../src/base/actor.ts";
import { totpCode } from "../src/sealing/totp.ts";
import { launchChromium, visit } from "../src/testing/chromium.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { serveDesk } from "../src/testing/serve-desk.ts";

// 別紙を取り込む → 見てから定める → 先行をつなぐ → 市が日を動かす → 新旧 → 協議書 → 締切から納品まで。

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const password = "ねこ-りんご-つくえ-かばん-9";
const table = [
  "別紙 想定業務スケジュール案,,,",
  "No,業務内容,開始,完了,先行",
  "1,素案の作成,2025/9/22,10月3日,",
  "2,パブリックコメント,2025/10/6,11月4日,1",
  "3,意見の整理,11月5日,11月14日,2",
  "4,最終原稿の提出,,令和7年11月下旬,3",
].join("\r\n");

let desk: TestDesk;
let served: Awaited<ReturnType<typeof serveDesk>>;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  await createAccount(desk.office, systemActor(desk.contract), {
    number: "0101",
    name: "試験　一子",
    roles: rolesFromToday(desk.office, desk.contract, ["manager"]),
    password,
    factors: [{ kind: "totp", secret, period: 30, lastCounter: null }],
  });
  served = await serveDesk(desk.office, { contract: desk.contract });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await desk?.close();
});

async function sitDown(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.fill("#number", "0101");
  await page.fill("#password", password);
  await page.click("main button[type=submit]");
  await page.fill("#code", totpCode(secret, desk.clock.systemMs()));
  await page.click("main button[type=submit]");
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
}

async function sound(page: Page): Promise<void> {
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
}
const told = async (page: Page) => (await page.textContent("main")) ?? "";

test("４ 別紙を取り込んで定め、市が意見募集の日を動かすと、新旧を見てから定め直し、協議書の下書きができる", async () => {
  const { page, leave } = await visit(browser, served);
  await sitDown(page);
  await page.goto("/workplan");
  expect(await told(page)).toContain("工程表は、まだ定めていません。");
  await sound(page);
  await page.click("text=別紙を取り込む");
  await page.setInputFiles("#file", { name: "別紙.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.click("main form button[type=submit]");
  expect(await told(page)).toContain("4の作業を読みました。まだ定めていません。");
  await sound(page);
  await page.click("text=工程表を定める");
  await page.waitForURL(/\/workplan$/);
  await sound(page);

  // 鍵盤で図の行に移り、作業を開ける。
  await page.focus('a[href="/workplan/tasks/T01"]');
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toContain(
    "T02 パブリックコメント、10月6日から11月4日、余裕8営業日",
  );
  await page.keyboard.press("Enter");
  await page.waitForURL(/tasks\/T02$/);
  await sound(page);

  await page.goto("/workplan/move");
  await page.selectOption("#code", "T02");
  await page.fill("#day", "2025-10-20");
  await page.click("text=新旧を見る");
  const difference = await told(page);
  expect(difference).toContain("3件の日が動きます。");
  expect(difference).toContain("30日間（30日以上）");
  expect(difference).toContain("まだ何も変えていません。");
  await sound(page);
  await page.fill("#reason", "議会の日程による");
  await page.click("text=この日で定め直す");
  await page.waitForURL(/\/workplan$/);
  expect(await told(page)).toContain("第2版");
  await page.click("text=開く");
  expect(await told(page)).toContain("業務スケジュールの変更に係る協議書");

  await page.goto("/workplan/cockpit");
  expect(await told(page)).toContain("意見募集の締切から納品まで");
  await sound(page);
  await page.goto("/workplan?zoom=week&against=1");
  await sound(page);
  await leave();
}, 90_000);
