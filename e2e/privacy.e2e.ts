import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";

// 個人情報の旅。従事の終わり → 受付が閉じる → 紙と緊急の閲覧 → 名簿に載せ直す → 受付が開く → 契約は閉じられない。

const journey = demoJourney();
async function sound(page: Page, path?: string): Promise<void> {
  if (path !== undefined) await page.goto(path);
  await expectSoundPage(page);
  expect(await overflowWidth(page)).toBe(0);
}

const main = (page: Page) => page.locator("main").textContent();

test("特記 第3条・第14条・7(2) 名簿から外れると受付が閉じ、電話は紙で続き、載せ直すと開く。預かりものがある間、契約は終えられない", async () => {
  const privacy = await journey.sitDown("0103", { next: "/privacy", desk: "1" });
  await sound(privacy);
  expect(await main(privacy)).toContain("従業者5人の資格がそろっています");
  const pages = [
    "/privacy/access?day=2025-08-01",
    "/privacy/registers/document",
    "/privacy/status",
    "/privacy/registers/subcontract/new",
  ];
  for (const path of pages) await sound(privacy, path);

  await sound(privacy, "/privacy/registers/entry/import");
  const rows = [
    "日時,氏名,扉,入退",
    "2025/09/16 08:55:12,佐伯千尋,ドア１,入室",
    "2025/09/16 12:01:05,佐伯千尋,ドア１,退室",
  ];
  await privacy.setInputFiles("#file", {
    ...{ name: "card.csv", mimeType: "text/csv" },
    buffer: Buffer.from(rows.join("\r\n")),
  });
  await privacy.click("main button:has-text('読んで確かめる')");
  await sound(privacy);
  expect(await main(privacy)).toContain("1行を読みました。まだ書ける行がありません。");
  await privacy.selectOption('[name="v.area"]', { index: 1 });
  await privacy.selectOption('[name="v.kind"]', "handler");
  await privacy.fill('[name="v.purpose"]', "業務");
  await privacy.click("main button:has-text('この当て方で確かめ直す')");
  await privacy.click("main button:has-text('1件を帳簿に書く')");
  await privacy.waitForURL("**/privacy/registers/entry");
  await sound(privacy);
  expect(await privacy.textContent("body")).toContain("1件を帳簿に書きました。うち1件は結びました。");

  await privacy.goto("/privacy/registers/handler");
  await privacy.click("text=東海林 葵");
  await sound(privacy);
  await privacy.fill('[id="f.last"]', "2025-09-16");
  await privacy.fill('[id="f.returned"]', "入室証");
  await privacy.click("main button:has-text('従事の終わりを記録する')");
  await sound(privacy, "/privacy/gate");
  expect(await main(privacy)).toContain("1人はまだ扱えません");

  const operator = await journey.sitDown("0108", { next: "/privacy/gate", desk: "3" });
  await sound(operator);
  const shut = await operator.evaluate(async () => {
    const answer = await fetch("/bookings", { headers: { accept: "application/json" } });
    return { status: answer.status, body: await answer.text() };
  });
  expect(shut.status).toBe(403);
  expect(shut.body).toContain("通話中のときは切らずに");
  await sound(operator, "/privacy/slip");
  expect(await main(operator)).toContain("紙の受付票");

  await operator.goto("/privacy/gate");
  await operator.fill("#reason", "折り返しの約束の相手を確かめたい。資格のある人が席にいない。");
  await operator.click("main button:has-text('頼む')");
  const manager = await journey.sitDown("0101", { next: "/privacy/gate", desk: "2" });
  await manager.click("main button:has-text('新しい符号を作って刷る')");
  await sound(manager);
  const code = (await manager.locator("b.code").textContent()) ?? "";
  await privacy.reload();
  await privacy.fill('main input[name="code"]', "0000-0000-0000-0000");
  await privacy.click("main button:has-text('60分許す')");
  await sound(privacy);
  expect(await main(privacy)).toContain("符号が違います");
  await privacy.fill('main input[name="code"]', code);
  await privacy.click("main button:has-text('60分許す')");
  await sound(privacy);
  await operator.goto("/bookings");
  await sound(operator);
  await privacy.goto("/filings");
  expect(await main(privacy)).toContain("緊急の閲覧についての報告");

  await privacy.goto("/privacy/gate");
  await privacy.click("main a:has-text('まだ')");
  await sound(privacy);
  await privacy.selectOption("#filing", { index: 1 });
  await privacy.selectOption('[id="f.employment"]', "regular");
  await privacy.fill('[id="f.work"]', "電話の受付");
  await privacy.fill('[id="f.scope"]', "申し込んだ方の氏名・住所・電話");
  await privacy.fill('[id="f.from"]', "2025-09-17");
  await privacy.click("main button:has-text('帳簿に書く')");
  await sound(privacy);
  await operator.goto("/desk");
  expect(new URL(operator.url()).pathname).toBe("/desk");
  expect(await operator.locator("body").textContent()).not.toContain("そろっていません");

  await manager.goto("/contract/change");
  const refused = await manager.evaluate(async () => {
    const csrf = document.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";
    const answer = await fetch("/api/contract/end", {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": csrf },
      body: JSON.stringify({ on: "2025-09-17", early: false }),
    });
    return { status: answer.status, body: await answer.text() };
  });
  expect([refused.status, refused.body.includes("返されていない")]).toEqual([409, true]);
});
