import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { SeatsBoard } from "../src/desk/desk-api.ts";
import { emptyFields } from "../src/desk/desk-state.ts";
import type { Report } from "../src/figures/report.ts";
import { openZip } from "../src/office/zip.ts";
import { signBody } from "../src/telephony/cti-signal.ts";
import { demoJourney } from "../src/testing/demo-journey.ts";
import { eventually, press, textOf, word } from "../src/testing/desk-hands.ts";
import { expectFittingPage } from "../src/testing/page-audit.ts";

// 電話の一日。着信と前の予約 → 件数 → ＦＡＱ → 苦情 → 翌営業日の日次報告（休日をまたぐ）→ 受理 → 終了 → 期の章。席は二つ。

const journey = demoJourney();
const ask = <T>(page: Page, path: string) =>
  page.evaluate(async (at) => (await (await fetch(at)).json()) as unknown, path) as Promise<T>;

/** その席の合い札で送る。 */
const send = <T>(page: Page, path: string, body: unknown) =>
  page.evaluate(
    async ([at, json]) => {
      const drafts = (await (await fetch("/api/desk/drafts")).json()) as { seat: { csrf: string } };
      const headers = {
        "content-type": "application/json",
        "x-csrf-token": drafts.seat.csrf,
        "Idempotency-Key": crypto.randomUUID(),
      };
      const response = await fetch(at ?? "", { method: "POST", headers, body: json ?? "" });
      return (await response.json()) as unknown;
    },
    [path, JSON.stringify(body)],
  ) as Promise<T>;

interface Tally {
  tally: { code: string; n: number }[];
}

test("６(2)ウ ６(7) ６(9) ９(1) 着信から、件数、ＦＡＱ、苦情、休日をまたぐ日次報告、受理、期の章まで", async () => {
  const manager = await journey.sitDown("0101", { next: "/calls/door", desk: "1" });
  const [path, secret] = await manager.locator("code").allTextContents();
  const tell = async (event: string, more: Record<string, string>) => {
    const body = JSON.stringify({ event, direction: "in", to: "0120000000", ...more });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(`${journey.server.url}${path?.replace("POST ", "")}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-madoguchi-timestamp": timestamp,
        "x-madoguchi-signature": signBody(secret ?? "", timestamp, body),
      },
      body,
    });
    expect(response.status).toBe(200);
  };

  // 二つの席。
  const two = await journey.sitDown("0107", { next: "/desk", desk: "2" });
  const three = await journey.sitDown("0108", { next: "/desk", desk: "3" });
  for (const page of [two, three]) await page.waitForSelector('.heat button[tabindex="0"]');

  // 前の予約のある方から、電話が鳴る。
  const { cells } = await ask<SeatsBoard>(two, "/api/desk/seats");
  const free = cells.find((cell) => cell.free > 2 && !cell.started);
  const caller = { name: "試 験子", kana: "タメシ ケンコ", postalCode: "001-0031", phone: "011-000-9107" };
  const { booking } = await send<{ booking: { number: string } }>(two, "/api/desk/bookings", {
    ...{ ...emptyFields, ...caller, address: "札幌市北区北三十一条西5丁目2-10" },
    ...{ draftId: crypto.randomUUID(), classId: free?.classId },
  });
  await tell("newCall", { callId: "day-1", from: "0110009107" });
  await tell("answer", { callId: "day-1", user: "2" });
  const ring = two.locator(".callbar .ring");
  await eventually(() => textOf(ring)).toContain("前の予約1件");
  expect(await textOf(ring)).not.toContain("0110009107");
  await two.locator(".earlier > summary").click();
  await eventually(() => textOf(two.locator(".earlier .sheet"))).toContain(
    booking.number.replace(/^.*-/, ""),
  );
  await two.locator(".earlier > summary").click();
  await press(two, "Alt+o");
  await expectFittingPage(two);

  // 二つの席が同時に、一押しで数える。
  const before = (await ask<Tally>(two, "/api/desk/answers")).tally[1]?.n ?? 0;
  await Promise.all([press(two, "Alt+2"), press(three, "Alt+2")]);
  for (const page of [two, three]) await eventually(() => textOf(word(page))).toContain("一件数えました");
  await eventually(async () => (await ask<Tally>(two, "/api/desk/answers")).tally[1]?.n).toBe(before + 2);

  // 話しながらＦＡＱを引き、答えたと数える。
  await press(two, "Alt+j");
  await two.locator("#faq-q").fill("もちもの");
  await two.locator(".faq-hits li").first().waitFor();
  await expectFittingPage(two);
  expect(await two.evaluate(() => document.documentElement.scrollHeight)).toBe(720);
  await two.locator("#faq-q").press("Control+Enter");
  await eventually(() => textOf(word(two))).toContain("質問に答えた一件");

  // その場で苦情に。電話の記録とつながる。
  await two.getByRole("button", { name: "苦情として記録" }).click();
  await two.selectOption("#answer-topic", "line");
  await two.getByRole("button", { name: "記録して SV に渡す" }).click();
  await eventually(() => textOf(two.locator(".answer-sheet .due"))).toContain("書いて");
  await expectFittingPage(two);
  await two.fill("#answer-content", "初日に何度かけてもつながらなかった。");
  const answered = two.waitForResponse((one) => one.url().endsWith("/api/desk/complaints"));
  await two.getByRole("button", { name: "記録して SV に渡す" }).click();
  const made = (await (await answered).json()) as { number: number; call: string };
  expect(made.call).toMatch(/^[\w-]{8,}$/);
  await eventually(() => textOf(word(two))).toContain(`クレーム第${made.number}号`);
  await press(two, "Alt+p");
  await tell("hangup", { callId: "day-1", cause: "normalClearing" });

  // 金曜（9月12日）のお申し出。月曜は敬老の日なので、日次報告は 9月16日（火）まで。
  await three.goto("/complaints/new");
  await three.fill("#receivedDay", "2025-09-12");
  await three.fill("#receivedTime", "15:30");
  await three.fill("#content", "案内の声が聞き取りにくかった。");
  await three.getByRole("button", { name: "記録して SV に渡す" }).click();
  await three.waitForURL(/\/complaints\/(?!new$)[^/]+$/);
  const complaint = new URL(three.url()).pathname;
  expect(await textOf(three.locator("main"))).toContain("9月16日");

  const sv = await journey.sitDown("0105", { next: complaint, desk: "4" });
  await sv.fill("#response", "おわびし、ゆっくりお話しすることをお伝えした。");
  await sv.getByRole("button", { name: "対応を残して責任者に渡す" }).click();
  await sv.waitForLoadState();
  await manager.goto(complaint);
  await manager.fill("#prevention", "席の音量を毎朝確かめる。");
  await manager.locator('form[action$="/confirm"] button[type=submit]').click();
  await manager.goto(`${complaint}/report`);
  await expectFittingPage(manager);
  await manager.getByRole("button", { name: "責任者の名で委託者に提出する" }).click();
  await manager.waitForURL(new RegExp(`${complaint}$`));
  const { filing } = await ask<{ filing: string }>(manager, `/api${complaint}`);

  const city = await journey.sitDown("0190", { next: `/filings/${filing}`, desk: "" });
  const accept = city.locator('form[action$="/answer"]');
  await accept.locator('input[type="radio"]').first().check({ force: true });
  await accept.locator("button[type=submit]").click();
  await city.waitForLoadState();
  await manager.goto(complaint);
  await manager.locator('form[action$="/close"] button[type=submit]').click();
  await eventually(() => textOf(manager.locator("main"))).toContain("このクレームは終わりました。");

  // 数と、日報の下書き。
  await manager.goto("/figures?from=2025-09-17&to=2025-09-17");
  await expectFittingPage(manager);
  const daily = await ask<Report>(manager, "/api/figures/report?kind=daily&day=2025-09-17");
  expect(daily.sections.at(-2)?.table?.rows.map(([number]) => number)).toContain(`第${made.number}号`);
  await manager.getByRole("button", { name: "日報の下書きを作る" }).click();
  await manager.waitForURL(/\/filings\/[^/]+$/);
  expect(await textOf(manager.locator("main"))).toContain("日次報告書");
  await manager.goto("/figures/report?kind=daily&day=2025-09-17");
  await expectFittingPage(manager);
  expect(await textOf(manager.locator(".a4"))).toContain("照合番号");

  // 期の章。委託者が印刷した概数は、そのまま引く。
  await city.goto("/figures/report?kind=term&term=2");
  await expectFittingPage(city);
  const paper = await textOf(city.locator(".a4"));
  expect(paper).toContain("640 件");
  expect(paper).toContain("100 件");
  for (const format of ["docx", "xlsx"]) {
    const [saved] = await Promise.all([
      city.waitForEvent("download"),
      city.getByRole("link", { name: format === "docx" ? "Word" : "Excel" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
    const parts = [...openZip(Buffer.concat(chunks)).keys()];
    expect(parts.filter((part) => /charts\/chart\d+\.xml$/.test(part)).length).toBeGreaterThanOrEqual(3);
  }
}, 240_000);
