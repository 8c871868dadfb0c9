import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { textOf } from "../src/testing/desk-hands.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 待機と、市の変更の旅。本物のプログラムで開いたデモの事務所（令和7年9月17日 13:40 から動く）で、画面だけで進める。

const journey = demoJourney();
const heading = (page: Page) => textOf(page.locator("h1").first());
const ask = <T>(page: Page, path: string) =>
  page.evaluate(async (at) => (await (await fetch(at)).json()) as unknown, path) as Promise<T>;

/** 受講通知書を作る待ちの数。 */
async function pooled(page: Page): Promise<number> {
  const { days } = await ask<{ days: { count: number }[] }>(page, "/api/notices/pool");
  return days.reduce((sum, { count }) => sum + count, 0);
}

/** 満席で、待つ人のいない回に、受付デスクから待機を入れる。 */
async function waitAtDesk(page: Page): Promise<void> {
  await page.waitForSelector('.heat button[tabindex="0"]');
  await page.selectOption("#s-course", "写真と地図");
  await page.locator('button[aria-label^="中央区民センター 10月15日（水）13:30、満席"]').click();
  await page.getByRole("button", { name: "待機に入れる" }).waitFor();
  const sheet = page.locator(".more > summary");
  await sheet.click();
  await page.selectOption("#f-contact", "relay");
  await page.selectOption("#f-companions", "1");
  await expectFittingPage(page);
  await sheet.click();
  for (const [name, value] of [
    ["name", "検査　待子"],
    ["kana", "ケンサ マツコ"],
    ["postalCode", "002-8023"],
    ["phone", "011-000-9192"],
    ["address", "札幌市北区篠路三条5丁目1-1"],
  ] as const)
    await page.fill(`#f-${name}`, value);
  await page.getByRole("button", { name: "待機に入れる" }).click();
  await page.getByText("待機に入れました").first().waitFor();
}

test("６(2)ウ 取消の席は待つ方に押さえられ、折り返しで予約になり、その通知書が作る待ちに入る", async () => {
  const page = await journey.sitDown("0107", { desk: "2", next: "/desk" });
  await waitAtDesk(page);
  // その回の予約を一件、取り消す。
  await page.goto("/lists/c2-o2");
  const leaving = (await textOf(page.locator("table").first())).match(/0\d{3}/)?.[0] ?? "";
  await page.goto("/bookings");
  await page.fill('input[name="query"]', leaving);
  await page.locator("form:has(input[name=query]) button[type=submit]").click();
  await page.locator('a[href^="/bookings/"]').filter({ hasText: leaving }).first().click();
  await page.getByRole("link", { name: "取り消す" }).click();
  await expectFittingPage(page);
  expect(await textOf(page.locator("main"))).toContain("先頭の方のために押さえ");
  await page.selectOption("#reason", "health");
  await page.getByRole("button", { name: "予約を取り消す" }).click();
  await page.getByText("折り返しの仕事ができています").waitFor();
  // 仕事の一覧から、折り返しを始める。
  await page.goto("/waits");
  await expectFittingPage(page);
  await page.locator("tr", { hasText: "中央区民センター" }).locator('a[href^="/waits/"]').first().click();
  await expectFittingPage(page);
  await page.selectOption("#reason", "callback");
  await page.getByRole("button", { name: "見る", exact: true }).click();
  expect(await textOf(page.locator("main"))).toContain("検査　待子");
  await page.selectOption("#result", "busy");
  await page.getByRole("button", { name: "試みを記録する" }).click();
  await page.getByText("試みを記録しました").waitFor();
  const before = await pooled(page);
  await page.getByRole("button", { name: "受ける（予約にする）" }).click();
  const said = await textOf(page.getByText(/予約になりました。受付番号 \d{4}/).first());
  const number = /受付番号 (\d{4})/.exec(said)?.[1] ?? "";
  // 新しい予約は、受講通知書を作る待ちに一通ふえる。
  expect(await pooled(page)).toBe(before + 1);
  await page.goto("/lists/c2-o2");
  await page.selectOption("#purpose", "check");
  await page.getByRole("button", { name: "見る", exact: true }).click();
  const list = await textOf(page.locator("main"));
  expect(list).toContain(number);
  expect(list).toContain("付き添い1名");
  expect(list).toContain("連絡は電話リレーサービス");
  expect(list).not.toContain(leaving);
});

test("６(2)ウ 通話中に前の予約を探し、押さえた席に変え、その場で取り消す", async () => {
  const page = await journey.sitDown("0108", { desk: "3", next: "/desk" });
  await page.waitForSelector('.heat button[tabindex="0"]');
  await page.locator(".earlier > summary").click();
  await page.fill("#earlier-query", "0450");
  await page.keyboard.press("Enter");
  const row = page.locator(".earlier li", { hasText: "0450" });
  await row.waitFor();
  expect(await row.getByRole("button", { name: /先に席を仮押さえ/ }).isDisabled()).toBe(true);
  await page.locator(".earlier > summary").click();
  await page.locator('button[aria-label^="屯田地区センター 10月9日（木）10:00"]').click();
  await page.getByText("席を仮押さえしました").first().waitFor();
  await page.locator(".earlier > summary").click();
  await expectFittingPage(page);
  await row.getByRole("button", { name: /屯田地区センターに変える$/ }).click();
  await page.getByText("押さえた席に変え").first().waitFor();
  await row.getByText("屯田地区センター「入門」").waitFor();
  await row.locator("select").selectOption("health");
  await row.getByRole("button", { name: "取り消す" }).click();
  await row.getByText("もう取り消されています").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(720);
});

test("６(2)ウ 市が講習会を動かすと、伝えていない方が並び、全員に伝えると空になる", async () => {
  const page = await journey.sitDown("0105", { desk: "1", next: "/class-changes" });
  await expectFittingPage(page);
  const untoldBefore = (await ask<{ untold: unknown[] }>(page, "/api/class-changes")).untold.length;
  expect(untoldBefore).toBeGreaterThan(0);
  await page.selectOption("#class", "c2-kita-5");
  await page.getByRole("button", { name: "変更・中止を入れる" }).click();
  await expectFittingPage(page);
  await page.fill("#start", "10:30");
  await page.fill("#end", "12:30");
  await page.fill("#move-reason", "会場の点検のため");
  await page.getByRole("button", { name: "変更して、連絡の仕事を作る" }).click();
  await page.waitForURL(/\/class-changes\/untold$/);
  await expectFittingPage(page);
  expect(await heading(page)).toMatch(/まだお伝えしていない方が\d+人/);
  const { untold } = await ask<{ untold: { tellId: string }[] }>(page, "/api/class-changes");
  expect(untold.length).toBeGreaterThan(untoldBefore);
  for (const { tellId } of untold) {
    await page.selectOption(`#t-${tellId}-result`, "stays");
    const form = page.locator(`form[action="/class-changes/tells/${tellId}"]`);
    await form.getByRole("button", { name: "伝えたことを記録する" }).click();
    await page.getByText("伝えたことを記録しました").waitFor();
  }
  expect(await heading(page)).toContain("全員にお伝えしました");
  await page.goto("/booking-rate?term=2");
  await expectFittingPage(page);
  expect(await heading(page)).toContain("第二期の予約率は");
});
