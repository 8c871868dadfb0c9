import { expect, test } from "vitest";
import { importPlan } from "../src/plan/import-plan.ts";
import { addPicture } from "../src/plan/list-assets.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 図の色とアイコンのある案を出す → 色の誤りを直す → 選定を記録する → 要望を残す。どの段でも、画面が崩れず読める。

const text = (words: string) => new TextEncoder().encode(words);
let plan = "";
const journey = managerJourney({}, async (desk) => {
  const manager = desk.actor("m", "manager");
  await startContract(desk.office, manager, dutyYaml(""));
  const folder = new Map([
    ["plan.yaml", text("title: 第３期潮見町地域福祉計画\n")],
    [
      "01.md",
      text(
        '# 計画の策定に当たって {#c1}\n\n町の計画です。\n\n:::measure {#m1 title="見守りの充実" owner="福祉課"}\n進めます。\n:::\n',
      ),
    ],
  ]);
  plan = (await importPlan(desk.office, manager, folder)).id;
  const icon = text('<svg viewBox="0 0 24 24"><path fill="currentColor" d="M2 2h20v20H2z"/></svg>');
  await addPicture(
    desk.office,
    manager,
    plan,
    { fileName: "見守り.svg", bytes: icon },
    {
      ...{ source: "本業務で作成", holder: "", licence: "", scope: "", expiry: "", alt: "" },
    },
  );
});

test("3(1)(ｲ) 図の色とアイコンのある案を出し、選定と要望を残す。誤りは打ったままの欄に、見分けにくい色は案に出る", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto(`/plans/${plan}/designs`);
  await page.fill("#title", "海の青");
  await page.selectOption("#paletteKind", "own");
  await page.fill("#palette", "17508C 1D6343 E0E6EC");
  await page.locator("summary", { hasText: "章と施策のアイコン" }).click();
  await page.selectOption('[id="icon.m1"]', "images/見守り.svg");
  const propose = page.locator('form[action$="/designs"] button[type=submit]');
  await Promise.all([page.waitForNavigation(), propose.click()]);
  expect(await page.textContent("#palette-error")).toContain("図の3番目の色 E0E6EC");
  expect(await page.inputValue("#palette")).toBe("17508C 1D6343 E0E6EC");
  expect(await page.inputValue('[id="icon.m1"]')).toBe("images/見守り.svg");
  await expectFittingPage(page);
  await page.fill("#palette", "17508C 1D6343 8A929B");
  await Promise.all([page.waitForNavigation(), propose.click()]);
  const card = page.locator("li[id^=design-]");
  expect(await card.locator(".note").textContent()).toContain("白黒の印刷で同じ濃さ");
  expect(await card.locator("summary").textContent()).toContain("権利の足りない絵1つ");
  await expectFittingPage(page);
  await card.locator("input[name=reason]").fill("1月14日の協議");
  await Promise.all([page.waitForNavigation(), card.locator("button[type=submit]").click()]);
  await page.fill("#request", "囲みを茶に");
  await page.selectOption("#origin", "panel");
  await Promise.all([page.waitForNavigation(), page.locator('form[action$="/requests"] button').click()]);
  expect(await page.textContent("h1")).toContain("応えていない要望が1件");
  expect(await page.textContent(".history")).toContain("有識者会議");
  await expectFittingPage(page);
  await page.goto(`/plans/${plan}/rights`);
  expect(await page.textContent("h1")).toContain("権利の足りない画像・図が1件");
  await expectFittingPage(page);
  await leave();
});
