import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD } from "../src/access/demo-account.ts";
import { launchChromium, type Visit, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { eventually, focused, press, textOf, word } from "../src/testing/desk-hands.ts";

// 一日を、鍵だけでたどる。マウスも page.click も page.fill も使わない。
// Tab で動くたびに、手のある所が目に見え（輪郭）、画面の中にあり、書かれた順に進むことを確かめる。

let server: DemoServer;
let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  // はがきは Word だけで足りる（PDF は ほかの試験が見る）。
  process.env.MADOGUCHI_PDF = "off";
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** 手のある所。 */
interface Spot {
  name: string;
  tag: string;
  /** 輪郭の太さ（px）。見えなければ 0。 */
  outline: number;
  inside: boolean;
  /** 前の所より、文書の中で後ろにあるか（はじめは真）。 */
  forward: boolean;
}

/** いま手のある所を調べ、次に比べるために覚える。 */
function spot(page: Page): Promise<Spot> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const none = { name: "", tag: "body", outline: 0, inside: true, forward: true };
    if (!(at instanceof HTMLElement) || at === document.body) return none;
    const labels = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels : null;
    const words = [
      at.getAttribute("aria-label"),
      ...[...(labels ?? [])].map((label) => label.textContent),
      at instanceof HTMLSelectElement ? "" : at.textContent,
      at.id === "" ? "" : `#${at.id}`,
    ];
    // 札（label）で描く部品は、札に輪郭が出る。
    const shown = [at, ...(labels ?? []), ...(at.nextElementSibling ? [at.nextElementSibling] : [])];
    const widths = shown.map((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth);
    });
    // 日付の欄の中の、暦を開く絵に手があるときは、絵にブラウザーの輪郭が出る（外からは読めない）。
    if (at.matches('input[type="date"]:not(:focus-visible)')) widths.push(2);
    const box = at.getBoundingClientRect();
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const last = Reflect.get(window, "lastSpot") as Element | undefined;
    const after =
      last === undefined ||
      last === at ||
      !last.isConnected ||
      (last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    Reflect.set(window, "lastSpot", at);
    const name = words
      .filter((one) => one?.trim())
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
    return { name, tag: at.localName, outline: Math.max(...widths), inside, forward: after };
  });
}

/** 手のある所が目に見え、画面の中にあるか。描き終わるまでは待つ。 */
async function seen(page: Page): Promise<Spot> {
  const first = await spot(page);
  if (first.tag === "body" || (first.outline >= 2 && first.inside)) return first;
  let at = first;
  await eventually(async () => {
    at = await spot(page);
    return at.outline >= 2 && at.inside;
  }, `手が見えない: ${first.tag} ${first.name}`).toBe(true);
  return { ...at, forward: first.forward };
}

const MOST_TABS = 150;

/** Tab で、その名の所まで動く。一つ動くたびに、見えることと、順に進むことを確かめる。 */
async function tabTo(page: Page, name: RegExp, tag = ""): Promise<void> {
  const passed: string[] = [];
  let wraps = 0;
  for (let n = 0; n < MOST_TABS; n += 1) {
    await page.keyboard.press("Tab");
    const at = await seen(page);
    if (at.tag === "body") {
      wraps += 1;
      expect(wraps, `${name} がない: ${passed.join(" → ")}`).toBeLessThan(3);
      continue;
    }
    if (!at.forward) wraps += 1;
    expect(wraps, `${name} がないか、順が戻った: ${passed.join(" → ")}`).toBeLessThan(3);
    passed.push(`${at.tag} ${at.name.slice(0, 30)}`);
    if (name.test(at.name) && (tag === "" || at.tag === tag)) return;
  }
  throw new Error(`${name} まで着かない: ${passed.join(" → ")}`);
}

/** その名の所まで動いて Enter を押し、次の画面が開くまで待つ。 */
async function open(page: Page, name: RegExp, path: RegExp): Promise<void> {
  await tabTo(page, name, "a");
  await Promise.all([page.waitForURL((url) => path.test(url.pathname)), page.keyboard.press("Enter")]);
  await page.waitForLoadState();
}

/** 選ぶ欄まで動き、その字の選びまで矢印で動く。 */
async function choose(page: Page, name: RegExp, text: RegExp): Promise<void> {
  await tabTo(page, name, "select");
  for (let n = 0; n < 40; n += 1) {
    const chosen = await page.evaluate(() => {
      const at = document.activeElement;
      return at instanceof HTMLSelectElement ? (at.selectedOptions[0]?.textContent ?? "") : "";
    });
    if (text.test(chosen)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`選べない: ${name} ${text}`);
}

async function type(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.insertText(text);
}

async function signIn(number: string, seatName: RegExp): Promise<Page> {
  const one = await visit(browser, { baseURL: server.url });
  visits.push(one);
  const { page } = one;
  page.setDefaultTimeout(20_000);
  await page.goto("/sign-in");
  // はじめから番号の欄に手がある。
  expect(await focused(page)).toBe("number");
  await seen(page);
  await page.keyboard.insertText(number);
  await type(page, /パスワード/, DEMO_PASSWORD);
  await choose(page, /席/, seatName);
  await tabTo(page, /着席|次へ|続ける/, "button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#code");
  expect(await focused(page)).toBe("code");
  await page.keyboard.insertText(await server.code(number));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  return page;
}

const heading = (page: Page) => textOf(page.locator("h1").first());
const main = (page: Page) => textOf(page.locator("main"));
/** 席の表の、手のある枠の名。 */
const cell = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

/** 空席の表を矢印でたどり、空きのある枠で止まる。 */
async function arrowToFree(page: Page): Promise<string> {
  await press(page, "Alt+s", "Control+Home");
  for (let n = 0; n < 60; n += 1) {
    const name = await cell(page);
    await seen(page);
    if (/残り [2-9] 席$/.test(name)) return name;
    await press(page, n % 6 === 5 ? "ArrowDown" : "ArrowRight");
  }
  throw new Error("空きのある枠に着かない");
}

test("６(2) 鍵だけで、着席から、受付、変更、取消、折り返し、リスト、はがきの束、承認、発送まで", async () => {
  const op = await signIn("0107", /2番/);

  // 受付: 通話を始め、空席を選び、聞き取り、復唱して予約する。
  await open(op, /受付デスク/, /^\/desk$/);
  await op.waitForSelector('.heat button[tabindex="0"]');
  await press(op, "Alt+o");
  await eventually(() => focused(op)).toBe("f-callerNumber");
  await seen(op);
  await op.keyboard.type("0115554477");
  const first = await arrowToFree(op);
  await press(op, "Enter");
  await eventually(() => textOf(word(op))).toContain("仮押さえしました");
  await press(op, "Alt+c");
  expect(await focused(op)).toBe("f-name");
  await seen(op);
  await op.keyboard.insertText("検査　鍵子");
  await type(op, /カナ/, "ケンサ　カギコ");
  await tabTo(op, /郵便番号/);
  await op.keyboard.type("0010031");
  await eventually(() => op.inputValue("#f-address")).toContain("北三十一条西");
  await tabTo(op, /電話/, "input");
  await op.keyboard.type("0115554477");
  await tabTo(op, /住所/, "input");
  await press(op, "End");
  await op.keyboard.insertText("5丁目2-10");
  await press(op, "Alt+Enter");
  await eventually(() => textOf(op.locator("#desk-readback"))).toContain("復唱しました");
  await op.waitForTimeout(750);
  await press(op, "Alt+Enter");
  await eventually(() => textOf(word(op))).toMatch(/予約しました。受付番号 \S+\d/);
  const number = /受付番号 \S*?(\d{4})/.exec(await textOf(word(op)))?.[1] ?? "";

  // 変更: 別の席を押さえてから、前の予約を移す。
  await arrowToFree(op);
  await press(op, "ArrowRight");
  for (let n = 0; n < 8 && (!/残り [2-9] 席$/.test(await cell(op)) || (await cell(op)) === first); n += 1)
    await press(op, "ArrowRight");
  await press(op, "Enter");
  await eventually(() => textOf(word(op))).toContain("仮押さえしました");
  await tabTo(op, /前の予約/, "summary");
  await press(op, "Enter");
  await type(op, /受付番号・電話番号・カナ/, number);
  await press(op, "Enter");
  await op.locator(".earlier li", { hasText: number }).waitFor();
  await tabTo(op, /に変える$/, "button");
  await press(op, "Enter");
  await eventually(() => textOf(word(op))).toContain("押さえた席に変え");

  // 取消: 理由を選んで取り消す。
  await choose(op, /取り消す理由/, /体調がすぐれない/);
  await tabTo(op, /^取り消す/, "button");
  await press(op, "Enter");
  await eventually(() => textOf(word(op))).toContain("予約を取り消しました");
  await press(op, "Alt+p");
  await eventually(() => textOf(word(op))).toContain("通話を終えました");

  // 折り返し: 待機の先頭の方に電話し、予約にする。
  await open(op, /業務メニュー/, /^\/$/);
  await open(op, /^待機/, /^\/waits$/);
  await open(op, /^.○○/, /^\/waits\/.+/);
  await choose(op, /見る理由/, /折り返し/);
  await tabTo(op, /^見る/, "button");
  await press(op, "Enter");
  await eventually(() => main(op)).toMatch(/0\d{1,3}-\d{1,4}-\d{4}/);
  await tabTo(op, /受ける（予約にする）/, "button");
  await press(op, "Enter");
  await op
    .getByText(/予約になりました。受付番号 \d{4}/)
    .first()
    .waitFor();

  // はがきの束: 選んだ受講日で作り、承認に回す。
  await open(op, /^受講通知書/, /^\/notices$/);
  await tabTo(op, /10月\d+日/, "input");
  if (!(await op.evaluate(() => document.activeElement?.matches(":checked")))) await press(op, "Space");
  await tabTo(op, /選んだ受講日の束を作る/, "button");
  await Promise.all([op.waitForURL(/\/notices\/(?!prepare)[^/]+$/), op.keyboard.press("Enter")]);
  const batch = new URL(op.url()).pathname;
  await tabTo(op, /通を承認に回す/, "button");
  await press(op, "Enter");
  await eventually(() => main(op)).toContain("承認");

  // 予約者リスト: SV が確かめ直して、Excel に書き出す。
  const sv = await signIn("0105", /1番/);
  await open(sv, /予約者リスト/, /^\/lists$/);
  await tabTo(sv, /10月\d+日/, "input");
  await press(sv, "Space");
  await choose(sv, /何のため|目的/, /点検/);
  await tabTo(sv, /Excel で書き出す/, "button");
  const [download] = await Promise.all([sv.waitForEvent("download"), sv.keyboard.press("Enter")]);
  expect(download.suggestedFilename()).toMatch(/^予約者リスト_.*\.xlsx$/);

  // 承認: 束を開き、残りをまとめて承認し、印刷する。
  await open(sv, /^受講通知書/, /^\/notices$/);
  await open(sv, /月\d+日.*実施分/, new RegExp(`^${batch}$`));
  await tabTo(sv, /通を承認して印刷へ/, "button");
  await press(sv, "Enter");
  await eventually(() => main(sv)).toContain("承認しました");
  await tabTo(sv, /通を印刷する/, "button");
  await press(sv, "Enter");
  await eventually(async () => {
    await sv.reload();
    return heading(sv);
  }).toMatch(/通を印刷しました/);
  const printed = /(\d+)通を印刷しました/.exec(await heading(sv))?.[1] ?? "";

  // 発送: OP が数えて、記録する。
  await op.goto(batch);
  await open(op, /発送を記録する/, /\/dispatch$/);
  await type(op, /投函した数|通数|#count/, printed);
  await press(op, "Enter");
  await eventually(() => heading(op)).toContain(`${printed}通を発送しました`);
  for (const one of visits.splice(0)) await one.leave();
}, 120_000);
