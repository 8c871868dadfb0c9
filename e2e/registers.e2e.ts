import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount, rolesFromToday } from "../src/access/create-account.ts";
import { systemActor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { readCoverage } from "../src/contract/read-coverage.ts";
import { totpCode } from "../src/sealing/totp.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { launchChromium, visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";
import { serveDesk } from "../src/testing/serve-desk.ts";

// 人を加えて責任者に就け、体制図を見て、直接雇用を確かめると条項が緑になる。協議を書いて結び、環境の数を書く。

const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const password = "ねこ-りんご-つくえ-かばん-9";
const obligations = `
  - { id: direct-employment, clause: c1, actor: 受託者, verb: 雇用, object: 業務責任者及び業務従事者, quote: 直接雇用される者とする。, nature: standing, review: { months: 6 },
      done: [{ event: staff.confirmed }] }
  - { id: environment-care, clause: c2, actor: 受託者, verb: 留意, object: 資源の節約, quote: 環境に配慮した資源の節約に留意すること。, nature: standing, review: { months: 6 },
      done: [{ event: environment.recorded }] }`;

let desk: TestDesk;
let served: Awaited<ReturnType<typeof serveDesk>>;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk({ at: instantOf("2025-09-17", "13:40") });
  await startContract(desk.office, systemActor(desk.contract), dutyYaml(obligations));
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
const clauses = async () =>
  (await readCoverage(desk.office, desk.contract)).groups.flatMap((group) =>
    group.clauses.map((one) => one.state),
  );

test("８ 人を加え、役割に就け、体制図を見て、体制を確かめると、条項が緑になる", async () => {
  const { page, leave } = await visit(browser, served);
  await sitDown(page);
  await page.goto("/team");
  await sound(page);
  await page.click("text=人を加える");
  await page.fill("#name", "試験　一子");
  await page.fill("#post", "業務部 部長");
  await page.fill("#account", "0101");
  await page.click("text=名簿に加える");
  await page.selectOption("#role", "manager");
  await page.fill("#from", "2025-09-01");
  await sound(page);
  await page.click("main button:has-text('役割に就ける')");
  expect(await told(page)).toContain("令和7年9月1日");
  await page.goto("/team");
  expect(await page.getAttribute(".org-chart", "aria-label")).toContain("責任者は試験　一子");
  await sound(page);
  expect((await clauses())[0]).not.toBe("done");
  await page.click("text=今日の体制を確かめた");
  expect(await told(page)).toContain("責任者が体制と直接雇用を確かめました");
  expect((await clauses())[0]).toBe("done");
  await page.goto("/team?day=2025-08-31");
  expect(await told(page)).toContain("体制は0人です");
  await leave();
});

test("10(1) 協議を書いて結び、議事録を取り出し、環境の数を書く", async () => {
  const { page, leave } = await visit(browser, served);
  desk.clock.advance(30_000);
  await sitDown(page);
  await page.goto("/registers?book=consultation");
  await page.click("text=協議を書く");
  await page.fill("#title", "第三期の席の数");
  await page.fill("[id='f.matter']", "初日の席の数");
  await sound(page);
  await page.click("text=協議簿に残す");
  await page.fill("[id='f.decision']", "初日は四席とする");
  await sound(page);
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
  await sound(page);
  expect((await clauses())[1]).toBe("done");
  await leave();
});
