import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordFile } from "../src/testing/delivery-fixture.ts";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 版の登録 → 検査 → 手直し → 再検査 → 受領 → 権利で止まる → 確認 → 引渡し → 暗号つきの一式。本物のプログラムで開いたデモの事務所。

const journey = demoJourney();
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-delivery-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

const press = (page: Page, name: string) => page.locator("main button", { hasText: name }).first().click();
const textOf = async (page: Page) => (await page.textContent("main")) ?? "";
async function upload(page: Page, words: string): Promise<void> {
  const buffer = Buffer.from(wordFile(words));
  await page.setInputFiles("#file", { name: "a.docx", mimeType: "application/octet-stream", buffer });
  await press(page, "版として登録する");
  await page.locator("text=を登録しました").waitFor();
}

test("９・10 版、検査、手直し、再検査、受領、権利、引渡し、暗号つきの一式", async () => {
  const manager = await journey.sitDown("0101", { desk: "3", next: "/deliverables" });
  await expectFittingPage(manager);
  await manager.click("text=登録する");
  await manager.fill("#title", "応対の手引");
  await manager.fill("#clause", "2");
  await manager.check("#formats-0");
  await expectFittingPage(manager);
  await press(manager, "登録する");
  await manager.locator("text=台帳に載せました").waitFor();
  const at = new URL(manager.url()).pathname;
  await expectFittingPage(manager);
  await upload(manager, "第一稿");
  await press(manager, "提出する");
  await manager.locator("text=提出しました").waitFor();

  const city = await journey.sitDown("0190", { desk: "4", next: at });
  await city.locator("label", { hasText: "手直し" }).first().click();
  await city.fill("#words", "用語をそろえてください。");
  await press(city, "結果を残す");
  await city.locator("text=検査の結果を残しました").waitFor();
  await expectFittingPage(city);

  await manager.goto(at);
  expect(await textOf(manager)).toContain("用語をそろえてください");
  await upload(manager, "第二稿");
  await press(manager, "再検査に出す");
  await manager.locator("text=提出しました").waitFor();
  await city.goto(at);
  await press(city, "結果を残す");
  await city.locator("text=検査の結果を残しました").waitFor();
  await city.fill("#receipt", "受領書 第9号");
  await press(city, "受領を残す");
  await city.locator("text=受領を残しました").waitFor();

  await manager.goto(at);
  expect(await textOf(manager)).toContain("まだ引き渡せません");
  expect(await textOf(manager)).toContain("著作権の譲渡の確認が済んでいません");
  await manager.click("text=加える・確認する");
  await expectFittingPage(manager);
  for (let left = 3; left > 0; left -= 1) {
    await manager.fill("#evidence", "権利確認書 第9号");
    await press(manager, "確認を残す");
    await manager.locator("text=権利の確認を残しました").waitFor();
  }
  await manager.goto(at);
  await press(manager, "引き渡す");
  await manager.locator("text=引き渡しました。").first().waitFor();

  await manager.goto("/delivery-sets");
  await expectFittingPage(manager);
  await press(manager, "一式を作る");
  await manager.locator("text=この画面に一度だけ出ます").waitFor();
  const password = (await manager.textContent("code.code")) ?? "";
  const [download] = await Promise.all([manager.waitForEvent("download"), manager.click("text=を取り出す")]);
  const zip = join(folder, "set.zip");
  await download.saveAs(zip);
  execFileSync("7zz", ["x", "-y", `-p${password}`, `-o${join(folder, "out")}`, zip], { stdio: "pipe" });
  expect(readdirSync(join(folder, "out"))).toContain("00-contents.docx");
  await city.goto("/disclosures");
  expect(await textOf(city)).toContain("応対の手引");
  await expectFittingPage(city);
  await manager.goto("/completion");
  expect(await manager.textContent("body")).toContain("応対の手引");
}, 180_000);
