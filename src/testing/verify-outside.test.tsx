import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receiveLetters } from "../comments/receive-letters.ts";
import { maskLetter, openOriginal } from "../comments/sort-letter.ts";
import { readMonth } from "../erasure/read-month.ts";
import { runDrill } from "../erasure/run-drill.ts";
import { erasureHand } from "../main/erasure-hand.ts";
import { routes } from "../main/routes.ts";
import { openZip } from "../office/zip.ts";
import { fillClientFile } from "../packages/fill-client-file.ts";
import { exportLog } from "../platform/export-log.ts";
import { numberAllEvents } from "../platform/number-events.ts";
import { takeBooking } from "../reception/take-booking.ts";
import type { Sample } from "../watch/draw-sample.ts";
import { openComments } from "./comment-fixture.ts";
import { wordFile } from "./delivery-fixture.ts";
import { markupFaults } from "./markup.ts";
import { openDesk, type TestDesk } from "./open-desk.ts";
import { caller, openReception } from "./reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "./signed-in.ts";
import { verifyOutside } from "./verify-outside.ts";

let desk: TestDesk;
let app: Hono;
let op: SignedIn;
let manager: SignedIn;
let privacy: SignedIn;
let client: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("op", "operator"), [{ id: "a", capacity: 30 }]);
  await takeBooking(desk.office, desk.actor("op", "operator"), caller(1, "a"));
  app = roomApp(desk.office, routes);
  op = await signIn(app, desk.office, desk.contract, "operator");
  manager = await signIn(app, desk.office, desk.contract, "manager");
  privacy = await signIn(app, desk.office, desk.contract, "privacy");
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

async function json<T>(response: Response): Promise<T> {
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

test("第13条 画面から範囲、申請、承諾、消去、証明書、報告まで。市と監査は見るだけで、OP には開かない", async () => {
  await page(manager, "/erasures");
  await page(manager, "/erasures/new");
  await page(manager, "/personal-data");
  expect((await op.get("/erasures")).status).toBe(403);
  const bad = await manager.post("/erasures", { scope: "people", numbers: "あ", plannedDay: "2025-09-17" });
  expect([bad.status, markupFaults(await bad.text())]).toEqual([422, []]);
  const planned = await manager.post("/erasures", { scope: "contract", plannedDay: "2025-09-17" });
  expect(planned.status).toBe(303);
  const at = planned.headers.get("Location") ?? "";
  expect((await privacy.post(`${at}/run`, {})).status).toBe(422);
  expect((await manager.post(`${at}/request`, {})).status).toBe(303);
  const { filing_id: filing } = await json<{ filing_id: string }>(await manager.get(`/api${at}`));
  await page(manager, at);
  expect((await manager.post(`/filings/${filing}/submit`, {})).status).toBe(303);
  await json(await client.send("POST", `/api/filings/${filing}/answer`, { outcome: "approved", text: "" }));
  await page(client, at);
  expect((await client.post(`${at}/run`, {})).status).toBe(403);
  expect((await privacy.post(`${at}/run`, {})).status).toBe(303);
  expect((await manager.post(`${at}/certify`, {})).status).toBe(303);
  expect((await manager.post(`${at}/report`, {})).status).toBe(303);
  expect(await page(client, at)).toContain("完了");
  const certificate = await (await client.get(`${at}/certificate.json`)).text();
  // 数は残り、行が開けないわけを、証明書の番号で言う。
  expect(await page(client, "/privacy-months/2025-09/taken")).toContain("消去証明 第1号（第1版）");
  const word = new Uint8Array(await (await client.get(`${at}/certificate.docx`)).arrayBuffer());
  expect(new TextDecoder().decode(openZip(word).get("word/document.xml"))).toContain("個人情報消去証明書");
  expect(await verifyOutside(certificate)).toMatchObject({ ok: true });
  expect((await verifyOutside(certificate.replace('"demo": false', '"demo": true'))).ok).toBe(false);
  expect((await verifyOutside("{")).ok).toBe(false);
  // 違うファイル・空のファイルを、変えられたものとは言わない。
  expect((await verifyOutside("")).words).toContain("空のファイルです。");
  for (const other of ["%PDF-1.7", "{}", certificate.slice(0, 300)])
    expect((await verifyOutside(other)).words).toContain(
      "記録（.jsonl）でも消去の証明書（.json）でもないファイルか",
    );
});

test("別紙1 5(6) 一つの HTML だけで、書き出した記録が変えられていないことを確かめられる", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-verifier-"));
  try {
    const file = join(folder, "log.jsonl");
    await exportLog(desk.office, "test", file);
    const text = readFileSync(file, "utf8");
    expect(await verifyOutside(text)).toMatchObject({ ok: true });
    const point = await json<{ collation: string; svg: string }>(await manager.get("/api/checkpoint"));
    expect((await verifyOutside(text, point.collation)).ok).toBe(true);
    expect((await verifyOutside(text, "0000-0000-0000-0000")).ok).toBe(false);
    const lines = text.trimEnd().split("\n");
    const cut = [...lines.slice(0, 2), ...lines.slice(3)].join("\n");
    expect((await verifyOutside(`${cut}\n`)).ok).toBe(false);
    expect((await verifyOutside(text.replace('"booking.taken"', '"booking.undone"'))).ok).toBe(false);
    expect((await verifyOutside(`${lines.slice(0, -1).join("\n")}\n`)).ok).toBe(false);
    expect(point.svg).toContain("<svg");
    expect((await manager.get("/erasures/checkpoint.svg")).headers.get("Content-Type")).toContain("svg");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("第16条 OP が気づいて記録し、消去が止まり、件数を数え、報告と再発防止がそろうまで終えられない", async () => {
  await page(op, "/incidents");
  await page(op, "/incidents/new");
  const form = {
    ...{ kind: "leak", noticedDay: "2025-09-17", noticedTime: "13:00", place: "受付センター" },
    ...{ items: "氏名、電話", situation: "画面を写した紙が見つかった。" },
  };
  const short = await op.post("/incidents", { ...form, situation: "" });
  expect([short.status, markupFaults(await short.text())]).toEqual([422, []]);
  const made = await op.post("/incidents", form);
  const at = made.headers.get("Location") ?? "";
  await page(op, at);
  expect((await op.post(`${at}/close`, {})).status).toBe(403);
  const window = {
    fromDay: "2025-09-17",
    fromTime: "00:00",
    toDay: "2025-09-17",
    toTime: "23:59",
    handler: "",
  };
  expect((await privacy.post(`${at}/count`, window)).status).toBe(303);
  await page(privacy, `${at}/access`);
  expect((await privacy.post(`${at}/close`, {})).status).toBe(422);
  expect((await privacy.post(`${at}/prevent`, { measures: "", cause: "紙", prevention: "" })).status).toBe(
    422,
  );
  expect(
    (await privacy.post(`${at}/prevent`, { measures: "", cause: "紙", prevention: "裁断" })).status,
  ).toBe(303);
  expect((await privacy.post(`${at}/report`, {})).status).toBe(303);
  const { filing_id: filing } = await json<{ filing_id: string }>(await privacy.get(`/api${at}`));
  expect((await privacy.post(`/filings/${filing}/submit`, {})).status).toBe(303);
  expect((await privacy.post(`${at}/close`, {})).status).toBe(422); // まだ保全している
  expect((await privacy.post(`${at}/freeze`, { on: "" })).status).toBe(303);
  expect((await privacy.post(`${at}/close`, {})).status).toBe(303);
  await page(client, at);
});

test("７(3) 様式１の数は記録から数え、どの数も行を開け、委託者の Word の様式に差し込める", async () => {
  await page(manager, "/privacy-months");
  await page(manager, "/privacy-months/2025-09");
  const open = await readMonth(desk.office, desk.contract, "2025-09");
  expect(open.values.find((one) => one.figure.key === "taken")?.value).toBe(1);
  await page(manager, "/privacy-months/2025-09/taken");
  expect((await manager.get("/privacy-months/2025-13")).status).toBe(422);
  expect((await manager.post("/privacy-months/2025-09/prepare", {})).status).toBe(422); // 月の途中
  expect((await manager.post("/privacy-months/2025-08/prepare", {})).status).toBe(303);
  const template = new File(
    [new Uint8Array(wordFile("対象 {対象の月}、受付 {新しく受け付けた方}人"))],
    "様式.docx",
  );
  const fill = () => manager.post("/privacy-months/2025-09/fill", {});
  expect((await fill()).status).toBe(422); // 様式がまだない
  expect((await manager.post("/privacy-months/template", { file: template })).status).toBe(303);
  await page(manager, "/privacy-months/template");
  const filled = await fill();
  const bytes = new Uint8Array(await filled.arrayBuffer());
  const xml = new TextDecoder().decode(openZip(bytes).get("word/document.xml"));
  expect(xml.replace(/<[^>]+>/g, "")).toContain("対象 令和7年9月、受付 1人");
  const junk = new File([new Uint8Array([1, 2, 3])], "様式.docx");
  expect((await manager.post("/privacy-months/template", { file: junk })).status).toBe(422);
  // ほかの市の、名の違う様式に替える。当て方は画面で決め、いつでも前の版と並ぶ。
  const other = new File([new Uint8Array(wordFile("{報告月}・{窓口の人数}・{判}"))], "ほかの市.docx");
  expect((await manager.post("/privacy-months/template", { file: other })).status).toBe(303);
  const kept = async () =>
    json<{ version: number; map: object }>(await manager.get("/api/privacy-months/template"));
  expect(await kept()).toMatchObject({ version: 2, names: ["報告月", "窓口の人数", "判"] });
  const chosen = { version: "2", "f.0": "対象の月", "f.1": "新しく受け付けた方", "f.2": "" };
  expect((await manager.post("/privacy-months/template/map", chosen)).status).toBe(303);
  expect((await manager.post("/privacy-months/template/map", chosen)).status).toBe(422); // 版が進んだ
  expect(await kept()).toMatchObject({ version: 3, map: { 報告月: "対象の月" } });
  const again = openZip(new Uint8Array(await (await fill()).arrayBuffer())).get("word/document.xml");
  expect(new TextDecoder().decode(again).replace(/<[^>]+>/g, "")).toContain("令和7年9月・1・");
  expect(() => fillClientFile(new Uint8Array(), new Map(), "2025-09-17T04:40:00.000Z")).toThrowError("様式");
});

test("第16条 流出の訓練は、使い捨ての事務所で十九の段（帳簿の関門の十一を含む）を試み、すべて関門が止め、この事務所には何も残さない", async () => {
  const before = (await desk.events()).length;
  const drill = await runDrill(desk.office, desk.actor("p", "privacy"), erasureHand);
  expect(drill.steps.filter((step) => !step.stopped)).toEqual([]);
  expect(drill.steps.length).toBe(19);
  // 止めた関門が、自分の言葉で断っている（欄の書き忘れで断られたのではない）。
  const said = drill.steps.map((step) => step.said).join("\n");
  for (const word of [
    "持出しには、委託者の承認",
    "写しが1件残って",
    "札の番号と立会者",
    "秘密保持の誓約書",
    "「承認待ち」",
    "返されていない",
  ])
    expect(said).toContain(word);
  expect((await desk.events()).slice(before)).toEqual(["privacy-drill.run"]);
  await page(manager, "/privacy-drill");
  await numberAllEvents(desk.office, "test");
}, 20_000);

test("特記 第15条 意見公募のある契約では意見書も抜き取り、受け取り・伏せ・整理と、原本を見たことまで一続きで確かめられる", async () => {
  await openComments(desk.office, desk.actor("m", "manager"));
  const planner = desk.actor("p", "planner");
  const one = (n: number) => ({
    ...{
      channel: "post" as const,
      day: "2025-09-01",
      age: "none" as const,
      ward: "",
      kids: false,
      signers: 1,
    },
    ...{ senders: [{ name: `見本 ${n}`, address: "", contact: "" }], text: `窓口 ${n}。`, source: `s${n}` },
  });
  const { letters } = await receiveLetters(desk.office, planner, [one(1), one(2), one(3)]);
  const ids = letters.flatMap((letter) => letter?.id ?? []);
  await openOriginal(desk.office, planner, ids[1] ?? "", "mask");
  for (const id of ids) await maskLetter(desk.office, planner, id, []);
  const auditor = await signIn(app, desk.office, desk.contract, "auditor");
  const answer = await auditor.get("/api/audit/sample?seed=さいころ6&count=4");
  const sample = (await answer.json()) as Sample;
  // 予約一件と意見書三通。
  expect([sample.population, sample.name, sample.rooted]).toEqual([4, "予約と意見書", true]);
  const chain = sample.bookings.find(({ booking }) => booking === ids[1]);
  expect(chain?.links.map(({ event }) => event.kind).sort()).toEqual(
    ["comment.masked", "comment.received", "person.revealed"].sort(),
  );
  expect(sample.bookings.flatMap(({ links }) => links).every(({ proved }) => proved)).toBe(true);
  const html = await (await auditor.get("/audit?seed=x&count=2")).text();
  expect(html).toContain("予約と意見書4件から2件を抜き取りました");
  expect(html).not.toContain("見本 ");
});
