import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { systemActor } from "../src/base/actor.ts";
import { instantOf } from "../src/base/time.ts";
import { jobKinds } from "../src/main/jobs.ts";
import { openZip } from "../src/office/zip.ts";
import { runNextJob } from "../src/platform/run-job.ts";
import { startContract } from "../src/terms/start-contract.ts";
import { visit } from "../src/testing/chromium.ts";
import { dutyYaml } from "../src/testing/duty-fixture.ts";
import { managerJourney } from "../src/testing/manager-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 002 の仕様書を読み込む → 確かめる → 契約のホーム → クレーム → 祝日をまたぐ翌営業日中の報告 → 提出 →
// 一式で受領 → 条項が緑 → 業務完了報告書（Word）。どの行いも、画面から。

const specification = fileURLToPath(
  new URL("../samples/specifications/sapporo-class-booking.txt", import.meta.url),
);
const shots = process.env.MADOGUCHI_SHOTS;
const folder = mkdtempSync(join(tmpdir(), "madoguchi-contract-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// 月曜。翌日は秋分の日。
const journey = managerJourney({ at: instantOf("2025-09-22", "14:00") }, (desk) =>
  startContract(desk.office, systemActor(desk.contract), dutyYaml("")),
);

const told = async (page: Page) => (await page.textContent("main")) ?? "";
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();

/** 条項と義務のページで、6(9) の色を言葉で読む。 */
/** 同じ条項のほかの義務（様式の用意、期ごとの日別集計）は、もう済んでいる。一つずつ、果たしたと記録する。 */
async function settleOthers(page: Page): Promise<void> {
  for (let left = 8; left > 0; left--) {
    await page.goto("/contract/board");
    const row = page.locator("main tr", { hasText: "6(9)" }).first();
    if ((await row.count()) === 0) return;
    await row.locator("a").first().click();
    await page.waitForSelector("#evidence-note, #attest-note");
    const acts = (await page.locator("#evidence-note").count()) > 0;
    await page.fill(acts ? "#evidence-note" : "#attest-note", "報告書の控えと様式を、綴りで確かめた");
    await press(page, acts ? "果たしたと記録する" : "表明する");
    await page.waitForLoadState("load");
  }
}

async function clauseState(page: Page): Promise<string> {
  await page.goto("/contract");
  return (await page.locator("a[aria-label^='6(9) ']").getAttribute("aria-label"))?.split(" ")[1] ?? "";
}

/** 委託者の方の機械で一式を開き、鍵を作り、受領の回答に署名する。回答ファイルと、読み上げる指紋を返す。 */
async function answerByPackage(html: string): Promise<{ answer: string; print: string }> {
  const city = await journey.browser.newContext({ acceptDownloads: true });
  const officer = await city.newPage();
  await officer.goto(`file://${html}`);
  await officer.locator("text=照合できました").waitFor();
  await officer.fill("#maker", "デジタル企画課 係長");
  await officer.fill("#phrase", "ゆきまつりのよるに歩く道");
  await officer.fill("#again", "ゆきまつりのよるに歩く道");
  await save(officer, () => officer.click("#make"), "key.json");
  await officer.locator("#own-key").waitFor();
  const print = (await officer.textContent("#print")) ?? "";
  await officer.click(".choices label >> nth=0");
  await officer.fill("#open", "ゆきまつりのよるに歩く道");
  const answer = await save(officer, () => officer.click("#answer"), "answer.json");
  await officer.locator("text=回答ファイルを保存しました").waitFor();
  await city.close();
  return { answer, print };
}

function textOfWord(path: string): string {
  const xml = openZip(readFileSync(path)).get("word/document.xml");
  return new TextDecoder().decode(xml).replace(/<[^>]+>/g, "|");
}

async function save(page: Page, click: () => Promise<unknown>, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

test("６(9) 仕様書から契約を始め、クレームの報告を出し、一式で受領されて条項が緑になり、業務完了報告書に載る", async () => {
  const { page, leave } = await visit(journey.browser, journey.served);
  const jobs = setInterval(() => void runNextJob(journey.desk.office, jobKinds), 300);
  const shot = async (name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/contract-${name}.png` });
  };
  try {
    await journey.sitDown(page);
    await page.goto("/specifications");
    await page.fill("#title", "講習会の申込受付（令和７年度）");
    await page.setInputFiles("#file", specification);
    await press(page, "読み込む");
    await page.waitForSelector("[data-specification]", { timeout: 30_000 });
    const address = new URL(page.url()).pathname;

    // 「クレームがあった場合…翌営業日中」: 何が生じさせ、何が果たすかを、人が決める。
    await page.goto(`${address}?clause=${encodeURIComponent("6(9)")}`);
    const duty = page.locator("article", { hasText: "翌営業日中" }).first();
    await duty.locator("input[name$='.object']").fill("クレームの内容及び対応");
    await duty.locator("select[name$='.when']").selectOption("event.complaint.recorded");
    await duty.locator("select[name$='.done']").selectOption("filing.submitted:complaint-report");
    await page.waitForFunction(() => document.querySelector("#saved")?.textContent === "残しました");
    await shot("confirm");
    await expectFittingPage(page);
    await page.goto(address);
    for (let left = 200; left > 0 && !page.url().endsWith("/blueprint"); left--) {
      const before = page.url();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href !== before, { timeout: 15_000 });
      await page.waitForLoadState("load");
    }
    await page.waitForSelector("text=義務を確かめ終えました");
    await page.fill("#shortTitle", "申込受付・受講通知");
    await page.fill("#from", "2025-06-16");
    await shot("blueprint");
    await press(page, "この内容で設計図にする");
    await page.waitForSelector("text=設計図ができました");
    await press(page, "この設計図で契約を始める");
    await page.waitForURL(/\/contracts$/);
    await shot("contracts");
    await press(page, "申込受付・受講通知を開く");
    await page.waitForLoadState("load");
    await shot("home0");
    await page.goto("/contract");
    await shot("home");
    expect(await told(page)).toContain("6(9)");
    await expectFittingPage(page);
    await settleOthers(page);
    // 月曜の昼過ぎにクレームを受ける。翌日は秋分の日なので、翌営業日は水曜。
    await page.goto("/complaints");
    await page.click("text=クレームを記録する");
    await page.fill("#content", "電話がつながるまでの待ち時間が長いとのお申し出");
    await page.fill("#receivedTime", "13:30");
    await page.locator("main form button[type=submit]").last().click();
    await page.locator("text=責任者に日次報告の仕事を立てました").waitFor();
    const complaint = new URL(page.url()).pathname;
    await expectFittingPage(page);
    await page.goto("/contract/board");
    await page.click("table >> text=クレームの内容及び対応の報告（9月22日の分）");
    expect(await told(page)).toContain("9月24日（水）（9月23日 秋分の日は数えません）");
    await shot("duty");
    await expectFittingPage(page);
    const dutyAt = page.url();
    expect(await clauseState(page)).toBe("途中");

    await page.goto(complaint);
    await page.getByLabel("どう対応したか").fill("おわびし、午前の席を一つ増やすことをお伝えした");
    await press(page, "対応を残して責任者に渡す");
    await page.getByLabel("再発防止").fill("開設日の午前は、席を一つ増やして待ち時間を毎日確かめる");
    await press(page, "確認して日次報告へ");
    await page.click("text=案を読んで提出する");
    await shot("report");
    await expectFittingPage(page);
    await press(page, "責任者の名で委託者に提出する");
    await page.waitForLoadState("load");
    await page.goto(dutyAt);
    expect(await told(page)).toContain("答え待ち");
    expect(await clauseState(page)).toBe("答え待ち");

    // 着席できない委託者の方に、署名して答える一式を渡す。
    await page.goto("/filings?group=waiting");
    await page.click("main table >> text=クレーム");
    const filing = new URL(page.url()).pathname;
    await page.click("text=確認用の一式");
    await press(page, "一式を作る");
    await page.locator("text=一式を作りました").waitFor();
    const html = await save(page, () => page.click("text=署名つきで答える一式"), "package.html");
    const { answer, print } = await answerByPackage(html);
    await page.goto("/packages");
    await page.setInputFiles("#file", answer);
    await page.locator("button", { hasText: "読み込む" }).click();
    await page.locator("text=まだ反映していません").first().waitFor();
    await page.fill("input[name=spoken]", print);
    await page.fill("input[name=heard]", "デジタル企画課 係長");
    await page.locator("button", { hasText: "指紋を確かめた" }).click();
    await page.locator("text=待っていた1件の回答を反映しました").waitFor();
    await page.goto(filing);
    expect(await told(page)).toContain("署名つきの回答ファイル");

    expect(await clauseState(page)).toBe("証跡あり");
    await shot("green");
    await expectFittingPage(page);
    await page.goto(dutyAt);
    expect(await told(page)).toContain("第1号");

    // 業務完了報告書（Word）に、条項と届出と証跡が載る。
    await page.goto("/completion");
    await shot("completion");
    const word = await save(page, () => page.click("text=Word"), "completion.docx");
    const text = textOfWord(word);
    expect(text).toContain("業務完了報告書");
    expect(text).toMatch(
      /6\(9\)\|+問い合わせ対応の記録と報告\|+実施(?:(?!\|6\(10\))[\s\S])*?クレームの内容及び対応の報告・9月22日の分（/,
    );
    expect(text).toContain("クレーム日次報告書");
  } finally {
    clearInterval(jobs);
  }
  await leave();
}, 480_000);
