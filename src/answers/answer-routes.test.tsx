import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { answerRoutes } from "./answer-routes.tsx";

let desk: TestDesk;
let app: Hono;
let op: SignedIn;
let sv: SignedIn;
let manager: SignedIn;
let client: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, answerRoutes);
  op = await signIn(app, desk.office, desk.contract, "operator");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
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

const entry = {
  category: "申込み",
  question: "いつまで申し込めますか",
  answer: "{{term.2.deskTo}}までです。",
  reading: "いつまでもうしこめますか",
};

async function liveFaq(): Promise<string> {
  const made = await sv.send("POST", "/api/faq/entries", entry);
  const { id } = (await made.json()) as { id: string };
  await sv.send("POST", `/api/faq/entries/${id}/submit`);
  expect((await client.send("POST", `/api/faq/entries/${id}/approve`)).status).toBe(200);
  return id;
}

test("６(9) クレームを画面で記録し、SV、責任者、日次報告と進む。欄の誤りは欄のそばに出る", async () => {
  await page(op, "/complaints");
  const form = {
    severity: "emergency",
    topic: "venue",
    channel: "phone",
    receivedDay: "2025-09-17",
    receivedTime: "13:00",
  };
  const wrong = await op.post("/complaints", { ...form, content: "" });
  expect([wrong.status, (await wrong.text()).includes("お申し出の内容を書いてください")]).toEqual([
    422,
    true,
  ]);
  const at =
    (await op.post("/complaints", { ...form, content: "会場で転んだ方がいる。" })).headers.get("location") ??
    "";
  expect(await page(op, at)).toContain("連絡先がまだ登録されていません");
  expect((await op.post(`${at}/handle`, { response: "確かめた" })).status).toBe(403);
  await sv.post(`${at}/handle`, { response: "会場につないだ。" });
  await manager.post(`${at}/confirm`, { prevention: "当日の連絡先を席に置く。" });
  expect(await page(manager, `${at}/report`)).toContain("会場につないだ。");
  await manager.post(`${at}/report`, { body: "報告します。" });
  expect(await page(sv, at)).toContain("委託者の受理を待っています");
  expect((await sv.post(`${at}/close`, {})).status).toBe(409);
});

test("６(7) 問いを責任者に上げ、委託者に確認し、指示を折り返す。問いに電話番号は書けない", async () => {
  const given = {
    item: "other",
    ask: "市外の方は受講できますか。",
    caller: "架空 花子 011-000-3301",
    promise: "120",
  };
  const refused = await op.post("/questions", { ...given, ask: "011-000-3301 の方に折り返すか" });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("電話番号（1〜12字目）らしいもの");
  const at = (await op.post("/questions", given)).headers.get("location") ?? "";
  expect(await page(op, at)).toContain("15:40まで");
  await manager.post(`${at}/take`, {});
  await manager.post(`${at}/send`, { body: given.ask });
  expect(await page(manager, at)).toContain("委託者の指示を待っています");
  await sv.post(`${at}/instruct`, { answer: "市内の方が対象です。", from: "企画課 担当" });
  await op.post(`${at}/try`, { result: "absent" });
  await op.post(`${at}/tell`, { note: "" });
  expect(await page(op, at)).toContain("折り返して終わりました");
  expect((await desk.events()).filter((kind) => /^(question|task)\./.test(kind))).toEqual([
    ...["task.opened", "question.escalated", "question.step", "question.step", "question.answered"],
    ...["task.tried", "question.step", "task.done", "question.closed"],
  ]);
});

test("６(2)エ 案は委託者の承認で使われ、印は約束ごとの値になり、作った人は承認できない", async () => {
  const id = await liveFaq();
  const html = await page(op, "/faq?q=%E3%81%84%E3%81%A4%E3%81%BE%E3%81%A7");
  expect(html).toContain("9月26日（金）までです。");
  await manager.send("POST", `/api/faq/entries/${id}`, {
    ...entry,
    answer: "{{term.2.deskTo}}まで、先着順です。",
  });
  await manager.send("POST", `/api/faq/entries/${id}/submit`);
  expect((await manager.send("POST", `/api/faq/entries/${id}/approve`)).status).toBe(409);
  expect(await page(client, `/faq/entries/${id}`)).toMatch(/<ins>、先着順<\/ins>|<ins>まで、先着順<\/ins>/);
  await client.post(`/faq/entries/${id}/return`, { why: "待機の案内も書いてください。" });
  expect(await page(sv, `/faq/entries/${id}`)).toContain("待機の案内も書いてください。");
  const unknown = await sv.send("POST", "/api/faq/entries", { ...entry, answer: "{{term.9.deskTo}}" });
  expect(unknown.status).toBe(422);
});

test("６(2)エ これで答えたを数え、９(3) Word と Excel に書き出し、Excel はそのまま取り込める", async () => {
  const id = await liveFaq();
  expect((await op.send("POST", `/api/faq/${id}/used`, {})).status).toBe(200);
  const word = openZip(new Uint8Array(await (await sv.get("/faq/export/docx")).arrayBuffer()));
  expect(new TextDecoder().decode(word.get("word/document.xml"))).toContain("いつまで申し込めますか");
  const bytes = new Uint8Array(await (await sv.get("/faq/export/xlsx")).arrayBuffer());
  expect(readTables(bytes, "faq.xlsx")[0]?.rows[1]?.[4]?.text).toBe("9月26日（金）までです。");
  const csv = "分類,質問,回答\n費用,無料ですか,無料です。\n,,\n,答えのない問い,\n";
  const back = await manager.post("/faq/import", { file: new File([csv], "faq.csv"), asClient: "1" });
  expect(await back.text()).toContain("加えた1問、改めた0問、同じ0問");
  const bad = await manager.post("/faq/import", { file: new File(["a,b\n1,2\n"], "x.csv") });
  expect(bad.status).toBe(422);
});

test("６(9) 一押しで数え、取り消せる。個人情報らしい記録は断り、重要なものは受渡し票で渡す", async () => {
  const made = await op.send("POST", "/api/inquiries/tally", { item: "seats" }, { "Idempotency-Key": "k" });
  const { id } = (await made.json()) as { id: string };
  await op.send("POST", "/api/inquiries/tally", { item: "seats" }, { "Idempotency-Key": "k" });
  expect(await (await op.get("/api/inquiries")).json()).toMatchObject({ total: 1, firstContact: 100 });
  await op.send("POST", `/api/inquiries/${id}/undo`);
  expect((await op.send("POST", `/api/inquiries/${id}/undo`)).status).toBe(409);
  expect((await op.send("POST", "/api/inquiries/tally", { item: "none" })).status).toBe(422);
  const record = { item: "other", content: "佐藤様から取材のお申込み。", important: "1", reason: "client" };
  const refused = await op.post("/inquiries", record);
  expect([refused.status, (await refused.text()).includes("個人情報が要る")]).toEqual([422, true]);
  await op.post("/inquiries", { ...record, content: "報道の方から取材のお申込み。" });
  expect(await page(sv, "/inquiries")).toContain("受渡し票（1件待ち）");
  await sv.post("/inquiries/slips", { receiver: "企画課 係長" });
  expect(await page(sv, "/inquiries/slips")).toContain("企画課 係長");
  expect((await sv.post("/inquiries/slips", { receiver: "企画課 係長" })).status).toBe(409);
  await page(sv, "/inquiries/items");
});

test("６(2)エ 見つからない言葉と委託者の指示は、候補になる", async () => {
  await op.send("POST", "/api/faq/missed", { words: "オンライン 受講" });
  expect((await op.send("POST", "/api/faq/missed", { words: "011-000-3301" })).status).toBe(422);
  expect(await page(sv, "/faq/candidates")).toContain("オンライン 受講");
});

test("基準5(3) 応対の文の個人情報らしい所は伏せてあり、記録を残してから見え、日次報告の案にも出ない", async () => {
  const words = "氏名は佐藤花子。折り返しは 011-000-3301 へ。";
  const idOf = async (sent: Response) => ((await sent.json()) as { id: string }).id;
  const complaint = await idOf(await sv.send("POST", "/api/complaints", { content: words }));
  const question = await idOf(
    await sv.send("POST", "/api/questions", { item: "seats", ask: "駐車場は。", caller: words }),
  );
  const record = { item: "seats", content: words, needsPersonal: true };
  const inquiry = await idOf(await sv.send("POST", "/api/inquiries", record));
  const places = [
    [`/complaints/${complaint}`, `/complaints/${complaint}/reveal`],
    [`/questions/${question}`, `/questions/${question}/reveal`],
    ["/inquiries", `/inquiries/${inquiry}/reveal`],
  ] as const;
  for (const [at, reveal] of places) {
    for (const path of [at, `/api${at}`]) {
      const masked = await (await sv.get(path)).text();
      expect([path, masked.includes("3301"), masked.includes("花子")]).toEqual([path, false, false]);
    }
    expect(await page(sv, at)).toContain("伏せた所を見る");
    const before = (await desk.events()).length;
    expect(await (await sv.post(reveal, {})).text()).toContain("011-000-3301");
    expect((await desk.events()).slice(before)).toEqual(["person.revealed"]);
  }
  expect(await page(sv, `/complaints/${complaint}/report`)).not.toContain("3301");
});
