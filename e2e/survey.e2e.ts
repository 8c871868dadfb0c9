import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  citizenAnswers,
  citizenCodebook,
  citizenCsv,
  citizenMargins,
  citizenQuestionnaire,
} from "../samples/demo-citizens.ts";
import { pickedFile, visit } from "../src/testing/chromium.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";
import { openReception } from "../src/testing/reception-fixture.ts";

// 作る → 三千人の回答を読む → コードブック → 調査票との突き合わせ → 確かめて直す → ウエイト → 表 → 図 → 前回との比較 → 報告書。打ち込みは、鍵盤だけで。

const journey = managerJourney({}, (desk) => openReception(desk.office, desk.actor("m", "manager"), []));
const told = async (page: Page) => (await page.textContent("main")) ?? "";
const press = (page: Page, name: string) => page.click(`main button:has-text("${name}")`);

test("3(1)(ｱ)① 市民三千人の回答を取り込み、確かめて直し、母集団に合わせ、表・図・前回との比較から調査報告書（Word・PowerPoint）まで画面で進む", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto("/surveys");
  expect(await told(page)).toContain("調査は、まだありません。");
  await expectFittingPage(page);
  await page.click("text=調査を作る");
  await page.fill("#title", "市民アンケート");
  await page.fill("#population", "1,690,000");
  await expectFittingPage(page);
  await page.click("main form button[type=submit]");
  await page.waitForURL(/\/imports$/);
  await page.setInputFiles("#file", pickedFile("回答.csv", citizenCsv(citizenAnswers())));
  await press(page, "読む");
  await page.waitForURL(/\/imports\/.+/);
  expect(await told(page)).toContain("CSV（UTF-8） から 3,003件、");
  await expectFittingPage(page);
  await press(page, "この回答を使う");
  await page.waitForURL(/\/codebook$/);
  await page.setInputFiles("#codebook", pickedFile("c.json", JSON.stringify(citizenCodebook())));
  await press(page, "置き換える");
  await page.waitForLoadState();
  await page.setInputFiles("#questionnaire", pickedFile("q.txt", citizenQuestionnaire()));
  await press(page, "調査票を置く");
  await page.waitForLoadState();
  expect(await told(page)).toContain("設問文も選択肢も、調査票のとおりです。");
  await expectFittingPage(page);
  await page.click('main a:text-is("Q8")');
  await page.waitForURL(/\/codebook\/Q8$/);
  await expectFittingPage(page);

  await page.click("nav.seg >> text=確かめ");
  await page.waitForURL(/\/check$/);
  await page.click("text=同じ番号の回答 3");
  await page.waitForURL(/rule=duplicate/);
  await expectFittingPage(page);
  await page.fill("#reason", "郵送とWebの両方で届いたもの");
  await press(page, "この種類は、みな初めの案で直す");
  await page.waitForURL(/\/check$/);
  expect(await told(page)).toContain("3件を直しました");
  await page.click("text=直した記録（3件）");
  await page.waitForURL(/\/fixes$/);
  await expectFittingPage(page);

  await page.click("nav.seg >> text=ウエイト");
  await page.waitForURL(/\/weights$/);
  await page.click("text=母集団の表に合わせる");
  await page.setInputFiles("#margins", pickedFile("m.csv", "設問,区分,人数\nF1,男性,1\nF1,だれか,2\n"));
  await press(page, "決める");
  await page.waitForLoadState();
  expect(await told(page)).toContain("母集団の表の3行目: 区分「だれか」");
  await expectFittingPage(page);
  await page.click("text=母集団の表に合わせる");
  await page.setInputFiles("#margins", pickedFile("m.csv", citizenMargins()));
  await press(page, "決める");
  await page.waitForLoadState();
  expect(await told(page)).toMatch(/3,000件は、ウエイトを付けると2,\d{3}件ぶんの確かさです/);
  await expectFittingPage(page);

  await page.click("nav.seg >> text=概要");
  await page.waitForURL(/\/surveys\/[^/]+$/);
  expect(await told(page)).toContain("3,000件の回答、20問。集計できます。");
  await expectFittingPage(page);
  expect(await page.getAttribute("main .head a.btn.main", "href")).toMatch(/\/surveys\/[^/]+\/explore$/);

  // 同じ調査のまま、集計 → 図 → 前の回との比べ → 報告書を Word と PowerPoint で受け取る。
  const root = new URL(page.url()).pathname;
  await page.goto(`${root}/explore?row=F2&column=Q8`);
  await page.waitForSelector("#explore[data-live]");
  expect(await told(page)).toContain("Rao–Scott");
  // どの列も、図の下に隠れない。
  const hidden = await page.evaluate(() => {
    const region = document.querySelector(".xt .scroll-x");
    return region === null ? -1 : region.scrollWidth - region.clientWidth;
  });
  expect(hidden).toBeLessThanOrEqual(1);
  await page.click("button:has-text('報告書に入れる')");
  await page.waitForURL(/figures$/);
  expect(await told(page)).toContain("問8 オンライン利用の意向 × 年代");
  await page.goto(`${root}/waves`);
  await expectFittingPage(page);
  await page.fill("#label", "令和元年度");
  const before =
    "設問,設問文,選択肢,人数,回答者数\n問4,市役所の手続を、インターネットで行ったことがありますか。,ある,506,2412\n,,ない,1833,2412\n";
  await page.setInputFiles("#file", pickedFile("前回.csv", before));
  await press(page, "足す");
  await page.waitForLoadState();
  expect(await told(page)).toMatch(/令和元年度と比べると、「.+」が[\d.]+％から[\d.]+％へ/);
  await expectFittingPage(page);
  await page.goto(`${root}/report`);
  expect(await told(page)).toMatch(/設問\d+、クロス集計\d+枚の報告書です/);
  await expectFittingPage(page);
  for (const format of ["docx", "pptx"]) {
    const made = await page.request.get(`${root}/report/file/${format}`);
    expect(made.status()).toBe(200);
    expect((await made.body()).length).toBeGreaterThan(50_000);
  }
  await page.goto(root);
  for (const place of ["回収", "自由記述"]) {
    await page.click(`nav.seg >> text=${place}`);
    await page.waitForLoadState();
    await expectFittingPage(page);
  }

  // 打ち込み: 数字で選ぶと次の欄へ、文の欄では Enter は改行、Ctrl+Enter でしまう。
  await page.click("nav.seg >> text=打ち込み");
  await page.waitForURL(/\/entry$/);
  await page.fill("#sheet", "90001");
  await page.keyboard.press("Enter");
  await page.waitForURL(/entry\/sheet/);
  await expectFittingPage(page);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("name"));
  expect(await focused()).toBe("a.F1");
  await page.keyboard.press("2");
  expect(await focused()).toBe("a.F2");
  await page.keyboard.press("3");
  // 1 は 10 の始まりかもしれないので、Enter を待つ。
  await page.keyboard.press("1");
  expect(await focused()).toBe("a.F3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("1");
  expect(await focused()).toBe("a.Q1");
  await page.keyboard.type("1,2");
  await page.keyboard.press("Shift+Enter");
  expect(await focused()).toBe("a.F4");
  await page.focus('[name="a.Q16"]');
  await page.keyboard.type("除雪");
  await page.keyboard.press("Enter");
  await page.keyboard.type("手続");
  expect(await page.inputValue('[name="a.Q16"]')).toBe("除雪\n手続");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/entry$/);
  expect(await told(page)).toContain("調査票 90001 をしまいました。二度目は、別の人が打ちます。");
  await expectFittingPage(page);
  await leave();
});
