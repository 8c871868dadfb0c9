import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 着席できない委託者の方: 一式（HTML）を file:// で開き、鍵を作り、署名して答える。受託者は読み込み、電話で鍵を確かめる。

const journey = demoJourney();
const folder = mkdtempSync(join(tmpdir(), "madoguchi-package-"));

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

const textOf = async (page: Page) => (await page.textContent("main")) ?? "";

async function save(page: Page, click: () => Promise<void>, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

test("一式を作り、file:// で開いて署名し、読み込み、鍵を確かめると、協議の答えになる", async () => {
  const sv = await journey.sitDown("0105", { desk: "4", next: "/filings?group=waiting" });
  await sv.click("text=席数変更の協議");
  await sv.click("text=確認用の一式");
  await sv.locator("button", { hasText: "一式を作る" }).click();
  await sv.locator("text=一式を作りました").waitFor();
  await expectFittingPage(sv);
  const address = sv.url();
  const html = await save(sv, () => sv.click("text=署名つきで答える一式"), "package.html");

  // 委託者の方の機械。ネットワークには何も求めない。
  const city = await journey.browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1280, height: 720 },
  });
  const officer = await city.newPage();
  const asked: string[] = [];
  const faults: string[] = [];
  officer.on("request", (request) => asked.push(request.url()));
  officer.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  officer.on("pageerror", (error) => faults.push(String(error)));
  await officer.goto(`file://${html}`);
  await officer.locator("text=照合できました").waitFor();
  await officer.fill("#maker", "デジタル企画課 係長");
  await officer.fill("#phrase", "ゆきまつりのよるに歩く道");
  await officer.fill("#again", "ゆきまつりのよるに歩く道");
  const keyFile = await save(officer, () => officer.click("#make"), "key.json");
  await officer.locator("#own-key").waitFor();
  const print = (await officer.textContent("#print")) ?? "";
  expect(print).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  expect(readFileSync(keyFile, "utf8")).not.toContain("ゆきまつり");

  await officer.click(".choices label >> nth=0");
  await officer.fill("#words", "了承します。<b>9月18日</b>からで差し支えありません。");
  await officer.fill("#open", "ちがう合言葉ちがう合言葉");
  await officer.click("#answer");
  await officer.locator("text=合言葉が違います").waitFor();
  await officer.fill("#open", "ゆきまつりのよるに歩く道");
  const answer = await save(officer, () => officer.click("#answer"), "answer.json");
  await officer.locator("text=回答ファイルを保存しました").waitFor();
  // 開き直しても、同じ鍵が残っている。file:// の保存は、忙しい機械では次の読み込みに間に合わないことがある。
  for (let tries = 0; tries < 4; tries += 1) {
    await officer.reload();
    await officer.locator("text=照合できました").waitFor();
    if (await officer.locator("#own-key").isVisible()) break;
    await officer.waitForTimeout(3000);
  }
  expect(await officer.locator("#own-key").isVisible()).toBe(true);
  expect(await officer.textContent("#print")).toBe(print);
  expect(asked.filter((url) => !url.startsWith("file:") && !url.startsWith("blob:"))).toEqual([]);
  expect(faults).toEqual([]);
  await city.close();

  await sv.goto("/packages");
  await sv.setInputFiles("#file", answer);
  await sv.locator("button", { hasText: "読み込む" }).click();
  await sv.locator("text=まだ反映していません").first().waitFor();
  expect(await textOf(sv)).toContain("鍵の確認待ち");
  await expectFittingPage(sv);

  const manager = await journey.sitDown("0101", { desk: "1", next: "/packages" });
  await expectFittingPage(manager);
  await manager.fill("input[name=spoken]", "0000");
  await manager.fill("input[name=heard]", "デジタル企画課 係長");
  await manager.locator("button", { hasText: "指紋を確かめた" }).click();
  await manager.locator("text=読み上げられた指紋が、届いた鍵と違います").waitFor();
  await expectFittingPage(manager);
  await manager.fill("input[name=spoken]", print);
  await manager.fill("input[name=heard]", "デジタル企画課 係長");
  await manager.locator("button", { hasText: "指紋を確かめた" }).click();
  await manager.locator("text=待っていた1件の回答を反映しました").waitFor();

  await manager.goto(address.replace("/package", ""));
  expect(await textOf(manager)).toContain("署名つきの回答ファイル");
  expect(await textOf(manager)).toContain("<b>9月18日</b>からで差し支えありません。");
  await expectFittingPage(manager);

  // 同じファイルをもう一度読んでも、答えは変わらない。
  await sv.goto("/packages");
  await sv.setInputFiles("#file", answer);
  await sv.locator("button", { hasText: "読み込む" }).click();
  await sv.locator("text=同じ回答が前に届いているので").waitFor();
});
