import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visit } from "../src/testing/chromium.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectSoundPage } from "../src/testing/page-audit.ts";

const journey = managerJourney();

/** USB に挿した、触れるとすぐ答える鍵の代わり。axe が開発者の経路を閉じると抜けるので、使い終わるまで検査しない。 */
async function plugKey(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "usb",
      hasResidentKey: false,
      hasUserVerification: false,
      automaticPresenceSimulation: true,
    },
  });
}

test("別紙1 5(8) 番号とコードで着席し、USBの鍵を登録して、次はその鍵で着席する", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await page.goto("/me");
  await expectSoundPage(page);
  await journey.typePassword(page);
  await expectSoundPage(page);
  await page.fill("#code", journey.code());
  await page.click("main button[type=submit]");
  expect(new URL(page.url()).pathname).toBe("/me");
  await expectSoundPage(page);

  await page.goto("/me/factors/new?kind=security-key");
  await expectSoundPage(page);
  await plugKey(page);
  await page.fill("#label", "青い鍵");
  await page.click("main form button[type=submit]");
  await page.waitForURL("**/me");
  expect(await page.textContent("main")).toContain("青い鍵");
  await page.click("text=退席");

  await page.goto("/sign-in?next=%2Faccounts");
  await journey.typePassword(page);
  await page.click("text=セキュリティキーで確かめる");
  await page.waitForURL("**/accounts");
  await expectSoundPage(page);
  await page.goto("/accounts/new");
  await expectSoundPage(page);
  await page.click("text=退席");
  await expectSoundPage(page);
  await leave();
});

test("別紙1 5(3) 触れないあいだに閉じた画面は、見るものを残さず、パスワードで元の画面に戻る", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  journey.desk.clock.advance(60_000);
  await page.goto("/sign-in");
  await journey.typePassword(page);
  await page.fill("#code", journey.code());
  await Promise.all([page.waitForResponse("**/sign-in/code"), page.press("#code", "Enter")]);
  journey.desk.clock.advance(15 * 60_000);
  await page.goto("/me");
  expect(await page.textContent("main")).toContain("画面を閉じています");
  expect(await page.content()).not.toContain("試験　一子");
  await expectSoundPage(page);
  await page.fill("#password", journey.password);
  await page.click("text=続ける");
  expect(new URL(page.url()).pathname).toBe("/me");
  await leave();
});
