import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, type Visit, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { eventually, press, word } from "../src/testing/desk-hands.ts";

// 自分の行いがすぐ空席表に映ることと、小さな画面で欄と投函期限が重ならないこと。

let server: DemoServer;
let browser: Browser;
let seat: Visit;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
  seat = await visit(browser, { baseURL: server.url });
  await seat.page.setViewportSize({ width: 1280, height: 720 });
  await server.signIn(seat.page, "0107", { desk: "2", next: "/desk" });
  await seat.page.waitForSelector('.heat button[tabindex="0"]');
});
afterAll(async () => {
  await seat?.leave();
  await browser?.close();
  await server?.stop();
});

test("６(2)ア 仮押さえと放しのたびに、次の一秒を待たずに空席をたずねる", async () => {
  const { page } = seat;
  // 毎秒の問い合わせを止める。これで、たずねたなら、次の一秒を待たずにたずねたことになる。
  await page.clock.install();
  let asked = 0;
  page.on("request", (one) => {
    if (one.url().includes("/api/desk/seats")) asked += 1;
  });
  await page.reload();
  await page.waitForSelector('.heat button[tabindex="0"]');
  await page.clock.pauseAt(new Date(Date.now() + 3_600_000));
  await page.locator('.heat button[aria-label*="残り"]').first().focus();
  for (let n = 0; n < 4; n += 1) {
    for (const [key, method] of [
      ["Enter", "POST"],
      ["Escape", "DELETE"],
    ] as const) {
      const reply = page.waitForResponse(
        (one) => one.url().includes("/api/desk/holds") && one.request().method() === method,
      );
      const before = asked;
      await press(page, key);
      await reply;
      await eventually(() => asked).toBeGreaterThan(before);
    }
  }
  await page.clock.resume();
}, 60_000);

test("６(2)オ 気づきが二つ出ても、メモの欄は投函期限に重ならず、語の途中で折れない", async () => {
  const { page } = seat;
  await page.fill("#f-name", "髙橋　次郎");
  await page.fill("#f-kana", "タカハシ　太郎");
  await page.fill("#f-phone", "011000213");
  await page.focus("#f-care");
  await page.locator('.heat button[aria-label*="残り"]').last().click();
  await word(page).filter({ hasText: "仮押さえしました" }).waitFor();
  await page.locator(".f .due").nth(1).waitFor();
  await page.focus("#f-memo");
  const boxes = await page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
    return { memo: box("#f-memo")?.bottom ?? 0, under: box(".under")?.top ?? 0 };
  });
  expect(boxes.memo).toBeGreaterThan(0);
  expect(boxes.memo).toBeLessThanOrEqual(boxes.under);
  const lines = await page.evaluate(() => {
    const text = document.querySelector(".under .note .sub")?.firstChild;
    const at = text?.textContent?.indexOf("あと") ?? -1;
    if (!text || at < 0) return 0;
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, text.textContent?.length ?? 0);
    return range.getClientRects().length;
  });
  expect(lines).toBe(1);
}, 60_000);
