import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { textOf } from "../src/testing/desk-hands.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 席数と勤務の旅。見込み → 条件を試す → まねる → SV のいない勤務は断られる → 直して決まる → 設備 → 訓練。

const journey = demoJourney();
test("６(5)ウ SV が、本日の見込みと席を見て、条件を試し、2,000日をまねる", async () => {
  const page = await journey.sitDown("0105", { next: "/staffing" });
  await expectFittingPage(page);
  expect(await textOf(page.locator("h1").first())).toContain("席要ります");
  expect(await textOf(page.locator(".note").first())).toContain("ここまで");
  await page.getByLabel("開設日").selectOption("2025-09-11");
  await page.getByLabel("備える入電").selectOption("most");
  await page.getByLabel("処理時間").fill("300");
  await page.getByRole("button", { name: "計算する" }).click();
  await page.waitForURL(/basis=most/);
  expect(await textOf(page.locator("h1").first())).toContain("一日450件なら");
  await page.getByRole("link", { name: "まねる" }).click();
  await page.waitForURL(/simulate=2000/);
  expect(await textOf(page.locator("section[aria-labelledby=h-sim]"))).toContain("20日に一度は");
  await expectFittingPage(page);
}, 120_000);

test("６(5)ア SV の昼休みがあいたままの勤務は断られ、責任者を入れると決まり、紙になる", async () => {
  const page = await journey.sitDown("0105", { next: "/staffing/roster" });
  await page.goto(`${journey.server.url}/staffing/roster?day=2025-09-22`);
  expect(await textOf(page.locator("h1").first())).toContain("まだ決まっていません");
  const put = async (at: number, who: string, duty: string, [from, to, lunch, until]: string[]) => {
    const choice = page.locator(`#handler-${at} option`, { hasText: who }).first();
    await page.locator(`#handler-${at}`).selectOption((await choice.getAttribute("value")) ?? "");
    await page.locator(`#duty-${at}`).selectOption(duty);
    await page.locator(`#starts-${at}`).fill(from ?? "");
    await page.locator(`#ends-${at}`).fill(to ?? "");
    await page.locator(`#lunchStarts-${at}`).fill(lunch ?? "");
    await page.locator(`#lunchEnds-${at}`).fill(until ?? "");
  };
  await put(0, "0105", "supervisor", ["09:00", "16:00", "12:00", "13:00"]);
  await put(1, "0107", "operator", ["09:00", "16:00", "11:00", "12:00"]);
  await put(2, "0108", "operator", ["09:00", "16:00", "13:00", "14:00"]);
  await page.getByRole("button", { name: "この勤務に決める" }).click();
  expect(await textOf(page.getByRole("alert").first())).toContain("12:00から13:00まで、SV がいません。");
  await expectFittingPage(page);
  await put(3, "0101", "supervisor", ["12:00", "13:00", "", ""]);
  await page.getByRole("button", { name: "この勤務に決める" }).click();
  await page.waitForURL(/day=2025-09-22/);
  expect(await textOf(page.locator("h1").first())).not.toContain("まだ決まっていません");
  await page.getByRole("link", { name: "印刷" }).click();
  await page.waitForURL(/print/);
  expect(await page.locator(".rostergrid tbody tr").count()).toBe(6);
  await expectFittingPage(page);
}, 120_000);

test("６(6) ６(5)ウ 設備を加え、450件の訓練で二重の予約がない", async () => {
  const page = await journey.sitDown("0105", { next: "/staffing/equipment" });
  await expectFittingPage(page);
  await page.getByLabel("種類").selectOption("line");
  await page.getByLabel("数", { exact: true }).fill("20");
  await page.getByLabel("番号・契約先・機種").fill("増設 20回線");
  await page.getByRole("button", { name: "加える" }).click();
  expect(await textOf(page.locator("h1").first())).toContain("足りています");
  await page.goto(`${journey.server.url}/staffing/people`);
  await expectFittingPage(page);
  await page.goto(`${journey.server.url}/staffing/drill`);
  await page.getByLabel("種", { exact: true }).fill("20250917");
  await page.getByRole("button", { name: "始める" }).click();
  await expect
    .poll(
      async () => {
        await page.goto(`${journey.server.url}/staffing/drill`);
        return textOf(page.locator("h1").first());
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toContain("壊れたところはありません");
  await expectFittingPage(page);
}, 180_000);
