import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { signBody } from "../src/telephony/cti-signal.ts";
import { launchChromium, type Visit, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { textOf } from "../src/testing/desk-hands.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";

// 電話の旅。電話システムの署名つきの知らせ → 席に前の予約 → 応答 → 終わり → 記録と数。放棄 → 折り返し。

let server: DemoServer;
let browser: Browser;
let open: Visit[] = [];
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
});
afterEach(async () => {
  const left = open;
  open = [];
  for (const one of left) await one.leave();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function sitDown(number: string, next: string, desk?: string): Promise<Page> {
  const one = await visit(browser, { baseURL: server.url });
  open.push(one);
  await server.signIn(one.page, number, { next, ...(desk === undefined ? {} : { desk }) });
  return one.page;
}

async function sound(page: Page): Promise<void> {
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
}

const ask = <T>(page: Page, path: string) =>
  page.evaluate(async (at) => (await (await fetch(at)).json()) as unknown, path) as Promise<T>;

interface Pop {
  calls: { id: string; state: string; earlier: { number: string }[] }[];
}

test("６(2)ウ ９(1) 着信が前の予約とともに出て、応答・終わりが記録と数になり、放棄は折り返しになる", async () => {
  const manager = await sitDown("0101", "/calls/door");
  await sound(manager);
  const [path, secret] = await manager.locator("code").allTextContents();
  const tell = async (event: string, more: Record<string, string>) => {
    const body = JSON.stringify({ event, direction: "in", to: "0120000000", ...more });
    const timestamp = String(Math.floor(Date.now() / 1000));
    return fetch(`${server.url}${path?.replace("POST ", "")}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-madoguchi-timestamp": timestamp,
        "x-madoguchi-signature": signBody(secret ?? "", timestamp, body),
      },
      body,
    });
  };

  const op = await sitDown("0107", "/calls", "2");
  await sound(op);
  const before = await ask<{ total: { offered: number; answered: number } }>(
    op,
    "/api/calls/figures?from=2025-09-17&to=2025-09-17",
  );
  // デモの申込者の番号のどれかに、前の予約がある。
  const known = await ask<Pop>(op, "/api/calls/pop");
  expect(known.calls.some(({ state }) => state === "waiting")).toBe(true);
  expect((await tell("newCall", { callId: "e2e-1", from: "0110009101" })).status).toBe(200);
  expect((await tell("newCall", { callId: "e2e-1", from: "0110009101" })).status).toBe(200);
  expect((await ask<Pop>(op, "/api/calls/pop")).calls).toHaveLength(known.calls.length + 1);
  await tell("answer", { callId: "e2e-1", user: "2" });
  await op.goto(`${server.url}/calls/wall`);
  const wall = op;
  await wall.locator(".wallseats .talking").first().waitFor();
  await sound(wall);
  await tell("hangup", { callId: "e2e-1", cause: "normalClearing" });

  await tell("newCall", { callId: "e2e-2", from: "0110009102" });
  await tell("hangup", { callId: "e2e-2", cause: "cancel" });
  const after = await ask<typeof before>(op, "/api/calls/figures?from=2025-09-17&to=2025-09-17");
  expect(after.total.offered - before.total.offered).toBe(2);
  expect(after.total.answered - before.total.answered).toBe(1);

  await wall.goto(`${server.url}/calls/figures?from=2025-09-17&to=2025-09-17`);
  await sound(wall);
  expect(await textOf(wall.locator("h1").first())).toContain(`入電${after.total.offered}件`);
  await op.goto(`${server.url}/calls?from=2025-09-17&to=2025-09-17&what=abandoned`);
  await op.getByRole("link", { name: "仕事を見る" }).first().click();
  expect(await textOf(op.locator("h1").first())).toContain("折り返し");
  await sound(op);

  const forged = await fetch(`${server.url}${path?.replace("POST ", "")}`, {
    method: "POST",
    headers: { "x-madoguchi-timestamp": "1", "x-madoguchi-signature": "sha256=00" },
    body: "{}",
  });
  expect(forged.status).toBe(403);
}, 180_000);
