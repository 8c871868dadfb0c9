import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 承認の後の変更 → 作り直し、返戻 → 電話 → 発送簿。本物のプログラムで開いたデモの事務所（令和7年9月17日 13:40 から動く）。

// はがきは Word だけで足りる（PDF は ほかの試験が見る）。
process.env.MADOGUCHI_PDF = "off";
const journey = demoJourney();

async function textOf(page: Page): Promise<string> {
  return (await page.textContent("main")) ?? "";
}

test("６(2)オ 承認の後で会場が変わった通は刷られず、次の束に作り直しとして出る", async () => {
  const [op, sv] = [
    await journey.sitDown("0107", { desk: "2", next: "/notices" }),
    await journey.sitDown("0105", { desk: "4", next: "/notices" }),
  ];
  await sv.click("text=10月1日・2日実施分");
  await sv.locator("button", { hasText: "通を承認して印刷へ" }).click();
  await sv.locator("text=を承認しました。印刷を始めるまで取り消せます").waitFor();
  const batch = new URL(sv.url()).pathname;
  const approved = Number(/(\d+)通を印刷する/.exec(await textOf(sv))?.[1]);
  expect(approved).toBeGreaterThan(1);

  // 承認した通の会場を一つ選び、所在地を直す。
  await sv.goto(`${batch}/list?state=approved`);
  const venue = (await sv.locator("table.tbl tbody tr td:nth-child(4)").first().textContent()) ?? "";
  await sv.goto("/venues");
  await sv
    .locator("a", { hasText: new RegExp(`^${venue}$`) })
    .first()
    .click();
  await sv.fill("#address", "札幌市中央区大通西0丁目0-0 移転先");
  await sv.click("text=会場を直す");
  await sv.waitForURL("**/venues");

  await op.goto(batch);
  await op.locator("button", { hasText: "通を印刷する" }).click();
  const printing = Number(/(\d+)通の印刷を始めました/.exec((await op.textContent("body")) ?? "")?.[1]);
  expect(printing).toBeLessThan(approved);
  await op.goto("/notices");
  const pool = /これから作る(\d+)通/.exec((await textOf(op)).replace(/\s/g, ""))?.[1];
  expect(Number(pool)).toBeGreaterThanOrEqual(approved - printing);
  await op.goto(`${batch}/list?state=excluded`);
  expect(await textOf(op)).toContain("内容が変わった");

  // 残りを投函して、記録する。
  await op.goto(batch);
  await op.locator("text=発送を記録する").click({ timeout: 60_000 });
  await expectFittingPage(op);
  await op.fill("#count", String(printing));
  await op.locator("button", { hasText: "発送を記録する" }).click();
  await op.locator(`text=${printing}通の発送を記録しました`).waitFor();
});

test("６(2)オ 返戻を読み取り機のように記録すると、電話の一覧に入り、案内し終えると発送簿が合う", async () => {
  const op = await journey.sitDown("0108", { desk: "3", next: "/notices/ledger" });
  await expectFittingPage(op);
  expect(await textOf(op)).toContain("すべて合っています");
  // いま投函した第二期の束の、一通。
  const first = op.locator("section", { hasText: "第二期" }).locator("tbody tr").first();
  await first.locator("a[href$='/posted']").click();
  await expectFittingPage(op);
  const row = op.locator("table.tbl tbody tr", { hasText: /10月[12]日/ }).first();
  const number = ((await row.locator("th a").textContent()) ?? "").trim();
  const booking = (await row.locator("th a").getAttribute("href")) ?? "";
  expect(number).toMatch(/^\d{4}$/);

  await op.goto("/notices/returned");
  await expectFittingPage(op);
  expect(await op.evaluate(() => document.activeElement?.id)).toBe("number");
  await op.keyboard.type("9999");
  await op.keyboard.press("Enter");
  await op.locator("#number-error", { hasText: "9999の予約はありません" }).waitFor();
  await op.fill("#number", number);
  await op.selectOption("#reason", "moved");
  await op.focus("#number");
  await op.keyboard.press("Enter");
  await op.locator("text=の返戻を記録しました。電話で案内する仕事に入れました。").waitFor();
  // 次の一通のために、番号の欄は空で、理由は残る。
  expect([await op.inputValue("#number"), await op.inputValue("#reason")]).toEqual(["", "moved"]);
  expect(await textOf(op)).toContain("返戻のうち、1通の後始末が残っています");
  await op.goto("/tasks");
  expect(await textOf(op)).toContain(`受付番号${number}の方へ`);

  await op.goto("/notices/phone");
  await expectFittingPage(op);
  const line = op.locator("table.tbl tbody tr", { hasText: number });
  expect(await line.textContent()).toContain("返戻（転居先不明");
  await line.locator("button", { hasText: "不在" }).click();
  await op.locator("table.tbl tbody tr", { hasText: number }).locator("text=試み1回").waitFor();
  await op
    .locator("table.tbl tbody tr", { hasText: number })
    .locator("button", { hasText: "案内した" })
    .click();
  await op.locator("table.tbl tbody tr", { hasText: number }).locator("text=案内済み").waitFor();

  await op.goto("/notices/ledger");
  expect(await textOf(op)).toContain("すべて合っています");
  await op.locator("a[href$='/phoned']").first().click();
  expect(await textOf(op)).toContain(number);
  expect(booking).toMatch(/^\/bookings\//);
});
