import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";

// 事故の記録で消去が止まる → 解いて終える → 承諾された消去を行う → 証明書を、確かめる画面（file://）で確かめる。

const journey = demoJourney();
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-erasure-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

const press = (page: Page, name: string) => page.locator("main button", { hasText: name }).first().click();
const said = (page: Page, words: string) => page.locator(`text=${words}`).first().waitFor();
async function sound(page: Page, picture: string): Promise<void> {
  const shots = process.env.MADOGUCHI_SHOTS;
  if (shots) await page.screenshot({ path: join(shots, `${picture}.png`) });
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
}

test("第13条・第16条 事故で消去が止まり、終えてから消去し、証明書を外で確かめる", async () => {
  const privacy = await journey.sitDown("0103", { desk: "3", next: "/incidents" });
  await sound(privacy, "incidents");
  await privacy.click("text=気づいたことを記録する");
  await privacy.selectOption("#kind", "misdelivery");
  await privacy.fill("#place", "受付センター");
  await privacy.fill("#items", "カナ氏名、住所");
  await privacy.fill("#situation", "別の方あての受講通知書を同封した。");
  await sound(privacy, "incident-new");
  await press(privacy, "記録して知らせる");
  await said(privacy, "記録しました");
  const incident = new URL(privacy.url()).pathname;
  await sound(privacy, "incident");
  await privacy.fill("#fromDay", "2025-09-11");
  await press(privacy, "数えて残す");
  await said(privacy, "件数を数えて残しました");
  await privacy.click("text=もとの記録を見る");
  await sound(privacy, "incident-access");

  await privacy.goto("/erasures");
  await sound(privacy, "erasures");
  await privacy.click("text=第一期の方と応対");
  const erasure = new URL(privacy.url()).pathname;
  expect(await privacy.textContent("main")).toContain("証拠を保全している");
  expect(await privacy.locator("main button", { hasText: "鍵を壊して消去する" }).count()).toBe(0);

  await privacy.goto(incident);
  await press(privacy, "事故報告書の下書きを作る");
  await said(privacy, "下書きを作りました");
  await press(privacy, "証拠の保全を解く");
  await said(privacy, "保全を改めました");
  await sound(privacy, "incident-late");

  await privacy.goto(erasure);
  await sound(privacy, "erasure-ready");
  expect(await privacy.textContent("main")).toContain("本人（氏名・カナ・住所・電話）");
  await press(privacy, "鍵を壊して消去する");
  await said(privacy, "消去しました");
  await press(privacy, "証明書を作る");
  await said(privacy, "証明書を作りました");
  await sound(privacy, "erasure-done");
  await press(privacy, "報告書（第13条5）");
  await said(privacy, "報告の下書きを作りました");

  const certificate = await privacy.request.get(`${journey.server.url}${erasure}/certificate.json`);
  const verifier = await privacy.request.get(`${journey.server.url}/erasures/verifier.html`);
  writeFileSync(join(folder, "c.json"), await certificate.body());
  writeFileSync(join(folder, "v.html"), await verifier.body());
  const word = await privacy.request.get(`${journey.server.url}${erasure}/certificate.docx`);
  expect((await word.body()).subarray(0, 2).toString()).toBe("PK");
  const { page: outside, context } = await offline();
  await outside.goto(pathToFileURL(join(folder, "v.html")).href);
  await outside.setInputFiles("#file", join(folder, "c.json"));
  await outside.locator("#result[data-ok='1']").waitFor();
  expect(await outside.textContent("#result")).toContain("署名は正しく");
  const changed = readFileSync(join(folder, "c.json"), "utf8").replace(
    /"handler": "\d+"/,
    '"handler": "0000"',
  );
  writeFileSync(join(folder, "d.json"), changed);
  await outside.setInputFiles("#file", join(folder, "d.json"));
  await outside.locator("#result[data-ok='0']").waitFor();
  await context.close();

  await privacy.goto("/erasures/new");
  await privacy.click("label:has-text('申出のあった方')");
  await privacy.fill("#name", "見当 たらぬ");
  await sound(privacy, "erasure-person");
  await press(privacy, "この方の文書を探す");
  await said(privacy, "見つかりませんでした");
  await sound(privacy, "erasure-person-none");

  await privacy.goto("/personal-data");
  await sound(privacy, "personal-data");
  await privacy.goto("/privacy-months");
  await sound(privacy, "months");
  await privacy.click("text=令和7年8月");
  await sound(privacy, "month");
  await privacy.goto("/privacy-drill");
  await press(privacy, "訓練をする");
  await said(privacy, "すべて止まりました");
  await sound(privacy, "drill");
});

async function offline() {
  const context = await journey.browser.newContext({ offline: true });
  return { context, page: await context.newPage() };
}
