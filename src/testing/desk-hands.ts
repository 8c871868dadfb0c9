import type { CDPSession, Locator, Page } from "playwright-core";
import { expect } from "vitest";

// 受付デスクを、人の手のように動かす道具。

/** いま起きたことの一文。 */
export function word(page: Page) {
  return page.locator(".callbar .word");
}
/** 空席表の一枠。name は読み上げる名のはじめ。 */
export function seat(page: Page, name: string) {
  return page.locator(`.heat button[aria-label^="${name}"]`);
}
/** 書かれている文字。 */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? "";
}
/** 手のある欄の id。 */
export function focused(page: Page) {
  return page.evaluate(() => document.activeElement?.id ?? "");
}

/** 自動保存、毎秒の更新、開き直しを待つ。 */
export function eventually<T>(what: () => T, message = "") {
  return expect.poll(what, { timeout: 40_000, interval: 50, message });
}

/** 鍵を順に押す。 */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** 日本語入力のように、変換の途中を経て確定する。 */
export async function compose(page: Page, steps: string[], text: string): Promise<void> {
  const cdp = await inputOf(page);
  for (const step of steps) await setComposition(cdp, step);
  await cdp.send("Input.insertText", { text });
}

/** 変換の途中の字を出す。 */
export function setComposition(cdp: CDPSession, text: string) {
  return cdp.send("Input.imeSetComposition", {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
}

const inputs = new WeakMap<Page, CDPSession>();
/** その窓の入力の経路。 */
export async function inputOf(page: Page): Promise<CDPSession> {
  const cdp = inputs.get(page) ?? (await page.context().newCDPSession(page));
  inputs.set(page, cdp);
  return cdp;
}

/** 復唱してから予約する。続けて押しただけでは予約しないので、間を置く。 */
export async function readBackAndBook(page: Page): Promise<void> {
  await press(page, "Alt+Enter");
  await page.locator("#desk-readback", { hasText: "復唱しました" }).waitFor();
  await page.waitForTimeout(750);
  await press(page, "Alt+Enter");
}

/** お客様の欄を、鍵だけで埋める。 */
export async function fillCaller(page: Page, name: string, kana: string, phone: string): Promise<void> {
  await press(page, "Alt+c");
  await page.keyboard.insertText(name);
  await press(page, "Tab");
  await page.keyboard.insertText(kana);
  await press(page, "Tab");
  await page.keyboard.type("0010031");
  await eventually(() => page.inputValue("#f-address")).toContain("北三十一条西");
  await press(page, "Tab");
  await page.keyboard.type(phone);
  await page.focus("#f-address");
  await press(page, "End");
  await page.keyboard.insertText("5丁目2-10");
}

/** 予約の鍵を、間を置かずに二度（機械が混んでいても、必ず続けて届く）。 */
export function pressBookTwice(page: Page): Promise<void> {
  return page.evaluate(() => {
    const key = { key: "Enter", code: "Enter", altKey: true, bubbles: true, cancelable: true };
    for (let n = 0; n < 2; n += 1) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", key));
  });
}
