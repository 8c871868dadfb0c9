import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { signBody } from "../src/telephony/cti-signal.ts";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { textOf } from "../src/testing/desk-hands.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 電話の旅。電話システムの署名つきの知らせ → 席に前の予約 → 応答 → 終わり → 記録と数。放棄 → 折り返し。

const journey = demoJourney();
const ask = <T>(page: Page, path: string) =>
  page.evaluate(async (at) => (await (await fetch(at)).json()) as unknown, path) as Promise<T>;

interface Pop {
  calls: { id: string; state: string; earlier: { number: string }[] }[];
}

test("６(2)ウ ９(1) 着信が前の予約とともに出て、応答・終わりが記録と数になり、放棄は折り返しになる", async () => {
  const manager = await journey.sitDown("0101", { next: "/calls/door" });
  await expectFittingPage(manager);
  const [path, secret] = await manager.locator("code").allTextContents();
  const tell = async (event: string, more: Record<string, string>) => {
    const body = JSON.stringify({ event, direction: "in", to: "0120000000", ...more });
    const timestamp = String(Math.floor(Date.now() / 1000));
    return fetch(`${journey.server.url}${path?.replace("POST ", "")}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-madoguchi-timestamp": timestamp,
        "x-madoguchi-signature": signBody(secret ?? "", timestamp, body),
      },
      body,
    });
  };

  const op = await journey.sitDown("0107", { next: "/calls", desk: "2" });
  await expectFittingPage(op);
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
  await op.goto(`${journey.server.url}/calls/wall`);
  const wall = op;
  await wall.locator(".wallseats .talking").first().waitFor();
  await expectFittingPage(wall);
  await tell("hangup", { callId: "e2e-1", cause: "normalClearing" });

  await tell("newCall", { callId: "e2e-2", from: "0110009102" });
  await tell("hangup", { callId: "e2e-2", cause: "cancel" });
  const after = await ask<typeof before>(op, "/api/calls/figures?from=2025-09-17&to=2025-09-17");
  expect(after.total.offered - before.total.offered).toBe(2);
  expect(after.total.answered - before.total.answered).toBe(1);

  await wall.goto(`${journey.server.url}/calls/figures?from=2025-09-17&to=2025-09-17`);
  await expectFittingPage(wall);
  expect(await textOf(wall.locator("h1").first())).toContain(`入電${after.total.offered}件`);
  await op.goto(`${journey.server.url}/calls?from=2025-09-17&to=2025-09-17&what=abandoned`);
  await op.getByRole("link", { name: "仕事を見る" }).first().click();
  expect(await textOf(op.locator("h1").first())).toContain("折り返し");
  await expectFittingPage(op);

  const forged = await fetch(`${journey.server.url}${path?.replace("POST ", "")}`, {
    method: "POST",
    headers: { "x-madoguchi-timestamp": "1", "x-madoguchi-signature": "sha256=00" },
    body: "{}",
  });
  expect(forged.status).toBe(403);
}, 180_000);
