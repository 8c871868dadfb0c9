// @engine both
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { letterOf, openComments } from "../testing/comment-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { commentRoutes } from "./comment-routes.tsx";
import { readDraft } from "./draft-answer.ts";
import { readBook } from "./read-book.ts";
import { receiveLetters } from "./receive-letters.ts";
import { takeSorted } from "./take-sorted.ts";

let app: Hono;
let desk: TestDesk;
let planner: SignedIn;
let model: Server;
let reply: { status: number; body: string; location?: string };
let asked: string[];
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, commentRoutes);
  planner = await signIn(app, desk.office, desk.contract, "planner");
  await openComments(desk.office, planner.actor);
  asked = [];
  reply = {
    status: 200,
    body: said('{"summary":"相談の場を増やしてほしい。","answer":"相談の場を増やすことを検討します。"}'),
  };
  model = createServer((request, answer) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      asked.push(`${request.url} ${body}`);
      answer.writeHead(reply.status, reply.location ? { location: reply.location } : {});
      answer.end(reply.body);
    });
  });
  await new Promise<void>((done) => model.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  model.closeAllConnections();
  await new Promise((done) => model.close(done));
  await desk.close();
});

const said = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
const here = () => `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
const setModel = (url: string, modelPermission = "") =>
  planner.post("/comments/period/model", { url, model: "chiisai", modelPermission });

/** 一通を受け、分けて、答えの欄を作る。 */
async function prepared(): Promise<string> {
  const text = "佐藤清です。電話は011-000-1234。相談の場を増やしてください。妹の090-1111-2222にも連絡を。";
  const { letters } = await receiveLetters(desk.office, planner.actor, [
    letterOf(text, { senders: [{ name: "佐藤 清", address: "北区1", contact: "" }] }),
  ]);
  const letter = letters[0]?.id ?? "";
  await takeSorted(desk.office, planner.actor, [
    {
      letter,
      opinions: [
        { words: (await readBook(desk.office, desk.contract)).letterOf.get(letter)?.text ?? "", code: "2-1" },
      ],
    },
  ]);
  await planner.send("POST", "/api/comments/answers/prepare", {});
  return (await readBook(desk.office, desk.contract)).groups[0]?.id ?? "";
}

test("手元のモデルの下書きは、伏せた文だけを送り、人が認めるまで印が付き、公表も確認もできない", async () => {
  const id = await prepared();
  expect((await planner.send("POST", `/api/comments/answers/${id}/draft`, {})).status).toBe(409);
  expect((await setModel(here())).status).toBe(303);
  expect((await planner.post(`/comments/answers/${id}/draft`, {})).status).toBe(303);
  expect(asked[0]).toContain("/v1/chat/completions");
  expect(asked[0]).toContain("相談の場を増やしてください");
  for (const word of ["佐藤", "011-000-1234", "090-1111-2222"]) expect(asked[0]).not.toContain(word);
  const page = async () => await (await planner.get(`/comments/answers/${id}`)).text();
  expect(await page()).toContain("手元のモデルの下書きです");
  await planner.send("POST", `/api/comments/answers/${id}`, { status: "C" });
  const { groups } = await readBook(desk.office, desk.contract);
  expect(groups[0]).toMatchObject({
    drafted: true,
    answer: "相談の場を増やすことを検討します。",
    status: "C",
  });
  const { stops } = (await (await planner.get("/api/comments/answers")).json()) as { stops: string[] };
  expect(stops).toContain("人が認めていない下書きの答えが1件あります。");
  const round = { department: "市民課", groups: [id] };
  expect((await planner.send("POST", "/api/comments/rounds", round)).status).toBe(409);
  expect((await planner.post(`/comments/answers/${id}/accept`, {})).status).toBe(303);
  expect(await page()).not.toContain("手元のモデルの下書きです");
  expect((await planner.send("POST", `/api/comments/answers/${id}/draft`, {})).status).toBe(409);
  expect((await planner.send("POST", "/api/comments/rounds", round)).status).toBe(201);
  expect(await desk.events()).toEqual(expect.arrayContaining(["comment.drafted", "comment.draft-accepted"]));
});

test("でたらめな返事、つながらない口、転送では、何も変わらず、一文で断る", async () => {
  const id = await prepared();
  await setModel(here());
  const bad: [number, string][] = [
    [200, "<html>"],
    [200, said("わかりません")],
    [200, said('{"summary":"","answer":"x"}')],
    [200, said('{"summary":"only english","answer":"no kana here"}')],
    [200, said('{"summary":"はい。","answer":"011-222-3333 に電話してください。"}')],
    [200, said(`{"summary":"はい。","answer":"${"あ".repeat(5_000)}"}`)],
    [500, "boom"],
    [200, "あ".repeat(300_000)],
  ];
  for (const [status, body] of bad) {
    reply = { status, body };
    const answer = await planner.send("POST", `/api/comments/answers/${id}/draft`, {});
    expect(answer.status, body.slice(0, 40)).toBe(503);
    expect(await answer.text()).toContain("下書きは作っていません");
  }
  reply = { status: 307, body: "", location: "http://example.jp/" };
  expect((await planner.send("POST", `/api/comments/answers/${id}/draft`, {})).status).toBe(503);
  expect((await planner.post(`/comments/answers/${id}/draft`, {})).status).toBe(422);
  await setModel("http://127.0.0.1:1/v1");
  expect((await planner.send("POST", `/api/comments/answers/${id}/draft`, {})).status).toBe(503);
  expect((await readBook(desk.office, desk.contract)).groups[0]).toMatchObject({
    answer: "",
    drafted: false,
  });
});

test("この機械の外の口、合言葉の入った番地は断り、外は市の許しを書いたときだけ", async () => {
  for (const url of [
    "http://example.jp/v1",
    "http://127.0.0.1.example.jp/v1",
    "http://a:b@127.0.0.1/v1",
    "file:///x",
    "x",
    "http://169.254.1.1/",
  ])
    expect((await setModel(url)).status, url).toBe(422);
  expect((await setModel("https://model.example.jp/v1", "12月1日の協議書で市が認めた")).status).toBe(303);
  expect((await setModel("")).status).toBe(303);
  expect((await readBook(desk.office, desk.contract)).period.model).toBeNull();
});

test("返事の前後の飾りと、考えの途中は除いて読む", () => {
  const words = '```json\n{"summary":"増やしてほしい。","answer":"増やします。"}\n```';
  expect(readDraft(words)).toEqual({ summary: "増やしてほしい。", answer: "増やします。" });
  expect(() => readDraft('{"summary":1,"answer":[]}')).toThrow("概要か考え方がありません");
});
