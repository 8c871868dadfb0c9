import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { systemActor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { readCoverage } from "../src/contract/read-coverage.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 人を加えて責任者に就け、体制図を見て、直接雇用を確かめると条項が緑になる。協議を書いて結び、環境の数を書く。

const obligations = `
  - { id: direct-employment, clause: c1, actor: 受託者, verb: 雇用, object: 業務責任者及び業務従事者, quote: 直接雇用される者とする。, nature: standing, review: { months: 6 },
      done: [{ event: staff.confirmed }] }
  - { id: environment-care, clause: c2, actor: 受託者, verb: 留意, object: 資源の節約, quote: 環境に配慮した資源の節約に留意すること。, nature: standing, review: { months: 6 },
      done: [{ event: environment.recorded }] }`;

const journey = managerJourney({ at: instantOf("2025-09-17", "13:40") }, (desk) =>
  startContract(desk.office, systemActor(desk.contract), dutyYaml(obligations)),
);

const told = async (page: Page) => (await page.textContent("main")) ?? "";
const clauses = async () =>
  (await readCoverage(journey.desk.office, journey.desk.contract)).groups.flatMap((group) =>
    group.clauses.map((one) => one.state),
  );

test("８ 人を加え、役割に就け、体制図を見て、体制を確かめると、条項が緑になる", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  await journey.sitDown(page);
  await page.goto("/team");
  await expectFittingPage(page);
  await page.click("text=人を加える");
  await page.fill("#name", "試験　一子");
  await page.fill("#post", "業務部 部長");
  await page.fill("#account", "0101");
  await page.click("text=名簿に加える");
  await page.selectOption("#role", "manager");
  await page.fill("#from", "2025-09-01");
  await expectFittingPage(page);
  await page.click("main button:has-text('役割に就ける')");
  expect(await told(page)).toContain("令和7年9月1日");
  await page.goto("/team");
  expect(await page.getAttribute(".org-chart", "aria-label")).toContain("責任者は試験　一子");
  await expectFittingPage(page);
  expect((await clauses())[0]).not.toBe("done");
  await page.click("text=今日の体制を確かめた");
  expect(await told(page)).toContain("責任者が体制と直接雇用を確かめました");
  expect((await clauses())[0]).toBe("done");
  await page.goto("/team?day=2025-08-31");
  expect(await told(page)).toContain("体制は0人です");
  await leave();
});

test("10(1) 協議を書いて結び、議事録を取り出し、環境の数を書く", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  journey.desk.clock.advance(30_000);
  await journey.sitDown(page);
  await page.goto("/registers?book=consultation");
  await page.click("text=協議を書く");
  await page.fill("#title", "第三期の席の数");
  await page.fill("[id='f.matter']", "初日の席の数");
  await expectFittingPage(page);
  await page.click("text=協議簿に残す");
  await page.fill("[id='f.decision']", "初日は四席とする");
  await expectFittingPage(page);
  const word = page.waitForEvent("download");
  await page.click("text=議事録（Word）");
  expect((await word).suggestedFilename()).toBe("協議_第1号.docx");
  await page.click("main button:has-text('決まったこととして結ぶ')");
  expect(await told(page)).toContain("結んだものは、直せません");
  await page.goto("/environment");
  await page.fill("#paper", "120");
  await page.fill("#duplex", "40");
  await page.click("text=この月の数を残す");
  expect(await told(page)).toContain("両面 33％");
  await expectFittingPage(page);
  expect((await clauses())[1]).toBe("done");
  await leave();
});
