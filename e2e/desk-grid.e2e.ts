import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { DeskError, SeatsBoard } from "../src/desk/desk-api.ts";
import { launchChromium, type Visit, visit } from "../src/testing/chromium.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { eventually, press } from "../src/testing/desk-hands.ts";
import { expectSoundPage, overflowWidth } from "../src/testing/page-audit.ts";

// 受付デスクの空席の表。ほかの市のような日数・会場数でも、一枚の画面の中で動く。

let server: DemoServer;
let browser: Browser;
let desk: Visit;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), launchChromium()]);
  desk = await visit(browser, { baseURL: server.url });
  await server.signIn(desk.page, "0107", { desk: "2", next: "/desk" });
});
afterEach(() => desk.page.unrouteAll({ behavior: "ignoreErrors" }));
afterAll(async () => {
  await desk?.leave();
  await browser?.close();
  await server?.stop();
});

async function openDesk(): Promise<Page> {
  await desk.page.goto("/desk");
  await desk.page.waitForSelector('.heat button[tabindex="0"]');
  return desk.page;
}

test.each([
  [5, 6],
  [20, 12],
  [40, 30],
])("%i 日 %i 会場の表は、表の中で動き、矢印の先がいつも見え、話す文は残る", async (dayCount, venueCount) => {
  const page = await openDesk();
  await page.route("**/api/desk/seats*", async (route) => {
    const reply = await (await route.fetch({ url: `${server.url}/api/desk/seats` })).json();
    await route.fulfill({ json: stretched(reply as SeatsBoard, dayCount, venueCount) });
  });
  await page.reload();
  await eventually(() => page.locator(".heat thead th").count()).toBe(dayCount + 1);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(720);
  expect(await overflowWidth(page)).toBe(0);
  const widths = await page.$$eval(".heat thead th:not(.corner)", (heads) => heads.map((h) => h.clientWidth));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(52);
  await page.focus('.heat button[tabindex="0"]');
  for (const key of ["Control+End", "Home", "ArrowUp", "End", "Control+Home", "ArrowDown", "ArrowRight"]) {
    await press(page, key);
    await eventually(() => hiddenBy(page), key).toBe("");
  }
  expect(
    await page.evaluate(
      () => (document.querySelector("#desk-readback")?.getBoundingClientRect().bottom ?? 999) < 690,
    ),
  ).toBe(true);
  await expectSoundPage(page);
});

/** 手のある枠を隠しているもの。見えていれば空。 */
function hiddenBy(page: Page): Promise<string> {
  return page.evaluate(() => {
    const cell = document.activeElement;
    if (cell?.closest(".heat") == null) return "枠に手がない";
    const { left, right, top, bottom } = cell.getBoundingClientRect();
    const spots = [
      [left + 3, top + 3],
      [right - 3, top + 3],
      [left + 3, bottom - 3],
      [right - 3, bottom - 3],
    ];
    const over = spots
      .map(([x = 0, y = 0]) => document.elementFromPoint(x, y))
      .find((at) => !at || !cell.contains(at));
    return over === undefined ? "" : (over?.className ?? "画面の外");
  });
}

/** 本物の表を、ほかの市のような日数・会場数に広げる。 */
function stretched(board: SeatsBoard, dayCount: number, venueCount: number): SeatsBoard {
  const [cell] = board.cells;
  const [venue] = board.venues;
  if (cell === undefined || venue === undefined) throw new Error("デモの表が空です。");
  const days = Array.from({ length: dayCount }, (_, at) => {
    const date = new Date(Date.UTC(2025, 9, 1 + at)).toISOString().slice(0, 10);
    return { date, label: `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`, weekday: "水" };
  });
  const venues = Array.from({ length: venueCount }, (_, at) => ({
    ...venue,
    id: `v${at}`,
    name: at % 3 === 0 ? "生涯学習総合センターちえりあ二階会議室" : `第${at}地区センター`,
  }));
  const cells = venues.flatMap((one, v) =>
    days.map(({ date }, d) => ({
      ...cell,
      classId: `${one.id} ${date}`,
      venueId: one.id,
      date,
      start: v % 4 === 1 && d % 2 === 1 ? "13:30" : "10:00",
      free: (v * 3 + d) % 11,
      holds: [],
      started: false,
    })),
  );
  return { ...board, version: `stretched ${dayCount} ${venueCount}`, days, venues, cells };
}

test("空席も保存も、断りは決まった形で返る", async () => {
  const page = await openDesk();
  const refused = await page.evaluate(async () => {
    const reply = await fetch("/api/desk/holds", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    return { status: reply.status, body: await reply.json() };
  });
  expect(refused.status).toBe(403);
  expect((refused.body as DeskError).error).toMatchObject({ code: "FORBIDDEN", detail: { reason: "csrf" } });
});
