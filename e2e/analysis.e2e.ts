import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 三千人の調査: 取り込み・確かめ・ウエイトを見る → 集計（引く、鍵盤、絞り込み）→ 数のもとの回答 → 図 → 報告書。

const journey = demoJourney();
const title = (page: Page) => page.textContent("h1");
const told = async (page: Page) => (await page.textContent("main")) ?? "";

/** 島が集計し直すまで待つ。 */
async function shows(page: Page, part: string): Promise<void> {
  await page.waitForFunction((text) => document.querySelector("h1")?.textContent?.includes(text), part);
}

test("3(1)(ｱ)① 企画担当が、条件を変えるたびに表と帯グラフと検定を見て、図にし、報告書を Word と PowerPoint で受け取る", async () => {
  const page = await journey.sitDown("0110", { next: "/surveys" });
  await page.click("main a:has-text('市民アンケート')");
  const root = new URL(page.url()).pathname;
  for (const place of ["imports", "check", "weights"]) {
    await page.goto(`${root}/${place}`);
    expect(await told(page)).toContain("市民アンケート");
  }
  await page.goto(`${root}/explore?row=F2&column=Q8`);
  await page.waitForSelector("#explore[data-live]");
  await expectFittingPage(page);
  expect(await title(page)).toBe("問8 オンライン利用の意向 × 年代");
  expect(await told(page)).toMatch(/有効回収[\d,]+通（[\d.]+%）/);
  expect(await told(page)).toContain("Rao–Scott");
  expect(await page.locator("button:has-text('集計する')").count()).toBe(0);

  // 選ぶと、すぐに集計し直す。URL も替わるので、そのまま渡せる。
  await page.selectOption("#column", "Q11");
  await shows(page, "問11");
  expect(page.url()).toContain("column=Q11");
  // 設問を引いて、行に落とす。
  await page.click(".qlist summary");
  await page.dragAndDrop(".qlist li:has-text('F1 性別') .q-name", ".drop:has(#row)");
  await shows(page, "× 性別");
  // 鍵盤でも同じこと: 一覧のボタンで C を押すと列に。
  await page.focus("button[aria-label='問8 オンライン利用の意向 を列に']");
  await page.keyboard.press("c");
  await shows(page, "問8");
  await page.focus("button[aria-label='F2 年代 を行に']");
  await page.keyboard.press("Enter");
  await shows(page, "× 年代");
  await page.selectOption("#add", "F1:2");
  await page.waitForSelector(".chip:has-text('女性')");
  await page.click(".chip:has-text('女性')");
  await page.waitForSelector("text=全員（条件なし）");
  await page.check("#x-l");
  await page.waitForSelector(".cell-letter");
  await expectFittingPage(page);

  const cell = page.locator("tr:has(th:has-text('70歳以上')) td.num a").first();
  const share = (await cell.textContent()) ?? "";
  expect(share).toMatch(/\d+\.\d/);
  await cell.click();
  await page.waitForURL(/explore\/people/);
  expect(await told(page)).toContain("開いたことは記録されます");
  await expectFittingPage(page);
  await page.click("text=集計に戻る");
  await page.waitForSelector("#explore[data-live]");

  await page.click("button:has-text('報告書に入れる')");
  await page.waitForURL(/figures$/);
  expect(await told(page)).toContain("報告書に入れました");
  await expectFittingPage(page);
  await page.goto(`${root}/report`);
  expect(await told(page)).toMatch(/クロス集計\d+枚の報告書です/);
  await expectFittingPage(page);
  for (const format of ["docx", "pptx"]) {
    const file = await page.request.get(`${root}/report/file/${format}`);
    expect(file.status()).toBe(200);
    expect((await file.body()).subarray(0, 2).toString()).toBe("PK");
  }
}, 120_000);
