import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { overflowWidth } from "../src/testing/page-audit.ts";

// 002 の仕様書を読み込む → 条項ごとに確かめる → 設計図 → 新しい契約の「条項と義務」。

const file = fileURLToPath(new URL("../samples/specifications/sapporo-class-booking.txt", import.meta.url));
const shots = process.env.MADOGUCHI_SHOTS;

let server: DemoServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("000 3 仕様書を読み込み、義務を確かめ、設計図で契約を始める", async () => {
  const { page, leave } = await visit(browser, { baseURL: server.url });
  const shot = async (name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/spec-${name}.png` });
  };
  await server.signIn(page, "0101", { next: "/specifications" });
  await page.goto(`${server.url}/specifications`);
  await page.fill("#title", "講習会の申込受付（令和７年度）");
  await page.setInputFiles("#file", file);
  await shot("list");
  await page.getByRole("button", { name: "読み込む", exact: true }).click();
  await page.waitForSelector("[data-specification]", { timeout: 30_000 });
  const address = page.url().split("?")[0] ?? "";
  await page.goto(`${address}?clause=${encodeURIComponent("6(9)")}`);
  expect(await overflowWidth(page)).toBe(0);
  await shot("confirm");

  // 欄の直しは、押さなくても残る。
  const object = page.locator(".specduty input[name$='.object']").first();
  await object.fill("問い合わせ対応の記録の様式");
  await page.waitForFunction(() => document.querySelector("#saved")?.textContent === "残しました");
  await page.reload();
  expect(await object.inputValue()).toBe("問い合わせ対応の記録の様式");

  // 鍵だけで、終わりまで確かめる。
  await page.goto(address);
  for (let left = 200; left > 0; left--) {
    if (page.url().endsWith("/blueprint")) break;
    const before = page.url();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== before, { timeout: 15_000 });
    await page.waitForLoadState("load");
  }
  await page.waitForSelector("text=義務を確かめ終えました");
  await shot("blueprint");
  await page.fill("#shortTitle", "来年度の申込受付");
  await page.fill("#from", "2025-06-16");
  // 委託者・担当課・履行期間の終わりは、仕様書から読んである。
  expect(await page.inputValue("#client")).toBe("札幌市");
  expect(await page.inputValue("#to")).toBe("2026-02-28");
  await page.getByRole("button", { name: "この内容で設計図にする" }).click();
  await page.waitForSelector("text=設計図ができました");
  await shot("done");
  await page.getByRole("button", { name: "この設計図で契約を始める" }).click();
  await page.waitForURL(/\/contracts$/);
  await shot("contracts");
  await page.getByRole("button", { name: "来年度の申込受付を開く" }).click();
  await page.waitForLoadState("load");
  await page.goto(`${server.url}/contract`);
  expect(await page.textContent("body")).toContain("来年度の申込受付");
  await shot("home");
  await leave();
}, 240_000);
