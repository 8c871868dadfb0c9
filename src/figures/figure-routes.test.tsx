import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tallyInquiry } from "../answers/count-inquiry.ts";
import { openZip } from "../office/zip.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { figureRoutes } from "./figure-routes.tsx";

let desk: TestDesk;
let app: Hono;
let op: SignedIn;
let manager: SignedIn;
let client: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  for (const item of ["place", "bring"])
    await tallyInquiry(desk.office, desk.actor("op", "operator"), { item });
  app = roomApp(desk.office, figureRoutes);
  op = await signIn(app, desk.office, desk.contract, "operator");
  manager = await signIn(app, desk.office, desk.contract, "manager");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}

test("６(9) 数の画面は、決めごとと差を必ず添える。人ごとの数は SV と責任者だけ", async () => {
  const seen = await page(manager, "/figures?from=2025-09-17&to=2025-09-17");
  expect(seen).toContain("数の決めごと");
  expect(seen).toContain("電話より多い記録-2");
  expect(seen).toContain("担当ごと");
  expect(await page(op, "/figures?from=2025-09-17&to=2025-09-17")).not.toContain("担当ごと");
  expect(await page(client, "/figures")).not.toContain("担当ごと");
  await page(manager, "/figures/records");
});

test("６(9) 日報の下書きは、同じ日のものを二つ作らない。オペレーターは作れない", async () => {
  const body = { kind: "daily", day: "2025-09-17" };
  const first = await manager.send("POST", "/api/figures/reports", body);
  expect(first.status).toBe(201);
  const again = await manager.send("POST", "/api/figures/reports", body);
  expect(await again.json()).toEqual(await first.json());
  expect((await op.send("POST", "/api/figures/reports", body)).status).toBe(403);
});

test.each(["daily", "week", "term"])(
  "紙面（%s）と Word・Excel は、同じ数から、直せる図つきで",
  async (kind) => {
    expect(await page(client, `/figures/report?kind=${kind}`)).toContain("会場・道順");
    const word = openZip(
      new Uint8Array(await (await client.get(`/figures/export?kind=${kind}&format=docx`)).arrayBuffer()),
    );
    expect(new TextDecoder().decode(word.get("word/document.xml"))).toContain("会場・道順");
    const book = openZip(
      new Uint8Array(await (await client.get(`/figures/export?kind=${kind}&format=xlsx`)).arrayBuffer()),
    );
    expect([...book.keys()].filter((name) => name.startsWith("xl/worksheets/sheet")).length).toBeGreaterThan(
      2,
    );
    expect((await op.get(`/figures/export?kind=${kind}&format=xlsx`)).status).toBe(403);
  },
);

test("知らない種類と読めない日は、直し方を言って断る", async () => {
  expect((await manager.get("/api/figures/report?kind=monthly")).status).toBe(422);
  expect((await manager.get("/api/figures/report?kind=daily&day=%3Cscript%3E")).status).toBe(422);
});
