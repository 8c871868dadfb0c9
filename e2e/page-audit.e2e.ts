import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, visit } from "../src/testing/chromium.ts";
import {
  axeViolations,
  brokenReferences,
  expectSoundPage,
  overflowWidth,
} from "../src/testing/page-audit.ts";

// 検査そのものの試験。壊れた画面を見逃す検査では、緑に意味がない。

const policy =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; require-trusted-types-for 'script'";
const frame = (body: string) =>
  `<!doctype html><html lang="ja"><head><title>検査</title><link rel="icon" href="data:,"></head><body><main><h1>検査</h1>${body}</main></body></html>`;

const pages: Record<string, string> = {
  "/sound": frame('<label for="name">氏名</label><input id="name">'),
  "/styled": frame('<p style="color: red">様式</p>'),
  "/inline": frame("<script>document.title = '動いた'</script>"),
  "/outside": frame('<p>外</p><img alt="外" src="http://192.0.2.1/a.png">'),
  "/dangling": frame(
    '<p id="a">一</p><p id="a">二</p><input aria-label="三" aria-describedby="none"><a href="#gone">四</a>',
  ),
  "/unlabelled": frame("<input>"),
  "/missing-part": frame('<script src="/gone.js"></script>'),
  "/throwing": frame('<script src="/throws.js"></script>'),
};

let server: Server;
let browser: Browser;
let baseURL: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/throws.js")
      return response.setHeader("content-type", "text/javascript").end("throw new Error('だめ')");
    const html = pages[path];
    response.writeHead(html ? 200 : 404, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
    });
    response.end(html ?? "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test("よい画面には何も言わない。厳しい CSP の下でも axe は動く", async () => {
  const { page, leave } = await visit(browser, { baseURL });
  await page.goto("/sound");
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
  await leave();
});

test.each([
  ["/styled", "style-src"],
  ["/inline", "script-src"],
  ["/outside", "外への通信"],
  ["/missing-part", "404"],
  ["/throwing", "だめ"],
])("%s は %s で失敗する", async (path, reason) => {
  const { page, faults, leave } = await visit(browser, { baseURL });
  await page.goto(path);
  await expect.poll(faults).toContainEqual(expect.stringContaining(reason));
  await expect(leave()).rejects.toThrow(reason);
});

test("指す先のない id、重なった id、行き先のない見出しを見つける", async () => {
  const { page, leave } = await visit(browser, { baseURL });
  await page.goto("/dangling");
  expect(await brokenReferences(page)).toEqual([
    expect.stringContaining('id="a"'),
    expect.stringContaining('aria-describedby="none"'),
    expect.stringContaining('href="#gone"'),
  ]);
  await expect(expectSoundPage(page)).rejects.toThrow("/dangling");
  await leave();
});

test("名のない欄を axe が見つける", async () => {
  const { page, leave } = await visit(browser, { baseURL });
  await page.goto("/unlabelled");
  expect(await axeViolations(page)).toContainEqual(expect.stringContaining("label"));
  expect((await axeViolations(page, ["label"])).filter((text) => text.startsWith("label（"))).toEqual([]);
  await leave();
});
