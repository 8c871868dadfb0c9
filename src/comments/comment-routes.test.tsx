// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerFiling } from "../filings/answer-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { openZip } from "../office/zip.ts";
import { listEvents } from "../platform/event-store.ts";
import { letterOf, openComments, smallFrame, wholeChecklist } from "../testing/comment-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { commentRoutes } from "./comment-routes.tsx";
import { publicFormRoutes } from "./public-form-routes.tsx";
import type { OpinionDesk } from "./read-desk.ts";
import { receiveLetters } from "./receive-letters.ts";

let app: Hono;
let desk: TestDesk;
let manager: SignedIn;
let planner: SignedIn;
let client: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, commentRoutes, { entrances: publicFormRoutes });
  manager = await signIn(app, desk.office, desk.contract, "manager");
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status, path).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const api = async <T,>(path: string): Promise<T> => (await planner.get(path)).json() as Promise<T>;
async function send(path: string, body: unknown = {}, status = 200): Promise<unknown> {
  const response = await planner.send("POST", path, body);
  expect(response.status, `${path} ${await response.clone().text()}`).toBe(status);
  return response.json();
}
const deskOf = (id: string) => api<OpinionDesk>(`/api/comments/letters/${id}/desk`);
async function receive(...letters: ReturnType<typeof letterOf>[]): Promise<string[]> {
  const made = await receiveLetters(desk.office, planner.actor, letters);
  return made.letters.map((one) => one?.id ?? "");
}
/** 文を一つの意見にして分類する。 */
async function mark(letter: string, words: string, code: string): Promise<string> {
  const before = await deskOf(letter);
  const start = before.letter.text.indexOf(words);
  await send(`/api/comments/letters/${letter}/split`, { act: "mark", start, end: start + words.length });
  const made = (await deskOf(letter)).opinions.find(({ text }) => text === words);
  await send(`/api/comments/opinions/${made?.id}/code`, { code });
  return made?.id ?? "";
}

test("３(1)(ｳ) 公表するものが一つでも欠けていれば始まらず、30日は両端を数え、短くするには理由が要る", async () => {
  expect(await page(client, "/comments")).toContain("まだ準備していません");
  const given = {
    title: "素案",
    from: "2025-08-10",
    to: "2025-09-07",
    checklist: { ...wholeChecklist, issues: "" },
  };
  expect((await client.send("POST", "/api/comments/period", given)).status).toBe(403);
  await send("/api/comments/period", given);
  const refused = await planner.post("/comments/period/open", {});
  expect(refused.status).toBe(422);
  const html = await refused.text();
  for (const words of [
    "「論点と市の考え方」がまだです",
    "期間は29日間です",
    "分類（計画の章と施策の一覧）がまだです",
  ])
    expect(html).toContain(words);
  await send("/api/comments/frame", { frame: smallFrame });
  await send("/api/comments/period", { ...given, to: "2025-09-08", checklist: wholeChecklist });
  expect((await planner.post("/comments/period/open", {})).status).toBe(303);
  expect(await page(client, "/comments/period")).toContain("30日間");
  expect((await planner.send("POST", "/api/comments/period", given)).status).toBe(409);
  expect(await page(planner, "/comments/paper")).toContain("意見用紙");
});

test("３(1)(ｴ)① 紙・メール・表から受け、同じものは二度受けず、遅れは数えず、氏名は机に出ない", async () => {
  await openComments(desk.office, manager.actor);
  const typed = await planner.post("/comments/receive", {
    ...{
      channel: "fax",
      day: "2025-09-09",
      name: "佐藤 清\n佐藤 文子",
      address: "北区北一条1丁目2",
      text: "佐藤清です。窓口を残してください。",
    },
    file: new File(["scan"], "佐藤清.pdf", { type: "application/pdf" }),
  });
  expect(typed.status).toBe(303);
  const eml = new File(
    [
      "From: a@example.jp\r\nDate: Mon, 1 Sep 2025 09:00:00 +0900\r\nMessage-ID: <m1@example.jp>\r\n\r\n相談の場を増やしてください。",
    ],
    "a.eml",
  );
  for (const words of ["1通を受け取りました", "前に受け取っていた1通は飛ばしました"]) {
    const answer = await planner.post("/comments/receive/mail", { mail: eml });
    expect(answer.status, words).toBe(303);
  }
  const csv = () => new File(["番号,意見,年代\n1,=1+2,30代\n2,,\n"], "a.csv");
  await planner.post("/comments/receive/table", { table: csv(), channel: "form", day: "2025-09-02" });
  await planner.post("/comments/receive/table", { table: csv(), channel: "form", day: "2025-09-02" });
  expect(await api("/api/comments")).toMatchObject({
    people: 3,
    letters: 3,
    opinions: 0,
    distinct: 0,
    faults: [],
  });
  const list = await page(client, "/comments/letters");
  expect(list).toContain("4通が届いています");
  expect(list).not.toContain("佐藤");
  const { letters } = await api<{ letters: { id: string; text: string; standing: string }[] }>(
    "/api/comments/letters",
  );
  expect(letters[0]).toMatchObject({ standing: "late", text: "●●●です。窓口を残してください。" });
  const original = `/comments/letters/${letters[0]?.id}/original`;
  expect((await client.post(original, {})).status).toBe(403);
  expect((await planner.get(original)).status).toBe(405);
  const asking = await planner.post(original, {});
  expect([asking.status, (await asking.text()).includes("佐藤")]).toEqual([200, false]);
  expect((await planner.post(original, { reason: "" })).status).toBe(422);
  expect(await desk.events()).not.toContain("person.revealed");
  const opened = await (await planner.post(original, { reason: "mask" })).text();
  expect(opened).toContain("佐藤 文子");
  expect(opened).toContain("伏せる所を確かめる");
  expect(await desk.events()).toContain("person.revealed");
  const attached = `/comments/letters/${letters[0]?.id}/files/1`;
  expect((await planner.get(attached)).status).toBe(405);
  expect((await planner.post(attached, {})).status).toBe(422);
  const reveals = async () => (await desk.events()).filter((kind) => kind === "person.revealed").length;
  const before = await reveals();
  const file = await planner.post(attached, { reason: "mask" });
  expect([file.status, await reveals()]).toEqual([200, before * 2]);
  expect(decodeURIComponent(file.headers.get("content-disposition") ?? "")).not.toContain("佐藤");
  const stand = { standing: "counted", reason: "消印が期間内" };
  expect(
    (await planner.post(`/comments/letters/${letters[0]?.id}/stand`, { ...stand, reason: "" })).status,
  ).toBe(422);
  await planner.post(`/comments/letters/${letters[0]?.id}/stand`, stand);
  expect(await api("/api/comments")).toMatchObject({ people: 5, letters: 4 });
  const broken = await planner.post("/comments/receive/table", {
    table: new File(["名\nx"], "b.csv"),
    channel: "form",
  });
  expect(await broken.text()).toContain("意見の列が見つかりません");
});

test("３(1)(ｴ)① 分ける・つなげる・移す・戻す、五つの候補とわけ、選ぶたびに学ぶ。四つの数が机と同じ", async () => {
  await openComments(desk.office, manager.actor);
  const text = "こんにちは。紙の申請書を残してください。電子申請を増やしてください。以上です。";
  const [one = "", two = ""] = await receive(letterOf(text), letterOf("紙の申請書は必ず残してください。"));
  const first = await mark(one, "紙の申請書を残してください。", "1-1");
  const second = await mark(one, "電子申請を増やしてください。", "1-2");
  const html = await page(planner, `/comments/letters/${one}?o=B`);
  expect(html).toContain("第0001号");
  expect(html).toMatch(/class="rest"[^>]*><span data-start="0">こんにちは。/);
  await send(`/api/comments/letters/${one}/split`, { act: "merge", into: first, from: second });
  expect((await deskOf(one)).opinions.map(({ ranges }) => ranges.length)).toEqual([1]);
  await send(`/api/comments/letters/${one}/undo`);
  expect((await deskOf(one)).opinions.map(({ text: own, code }) => [own, code])).toEqual([
    ["紙の申請書を残してください。", "1-1"],
    ["電子申請を増やしてください。", "1-2"],
  ]);
  const at = text.indexOf("以上です。");
  await send(`/api/comments/letters/${one}/split`, { act: "move", start: at, end: at + 5, to: second });
  await send(`/api/comments/letters/${one}/split`, { act: "clear", start: at, end: at + 5 });
  const stale = { act: "mark", start: 0, end: 3, edition: 1 };
  expect((await planner.send("POST", `/api/comments/letters/${one}/split`, stale)).status).toBe(409);
  expect(
    (await planner.send("POST", `/api/comments/letters/${one}/split`, { act: "mark", start: 999, end: 1000 }))
      .status,
  ).toBe(422);
  expect((await client.send("POST", `/api/comments/letters/${one}/split`, stale)).status).toBe(403);
  await send(`/api/comments/letters/${two}/split`, { act: "propose" });
  const opened = await deskOf(two);
  expect(opened.opinions[0]?.suggestions).toHaveLength(4);
  expect(opened.opinions[0]?.suggestions[0]).toMatchObject({ code: "1-1" });
  expect(opened.opinions[0]?.suggestions[0]?.why).toMatch(/申請書.*が一致.*似た意見\d+件のうち1件/);
  expect(opened.counts).toEqual({ people: 2, letters: 2, opinions: 3, distinct: 3 });
  expect((await planner.send("POST", `/api/comments/letters/${two}/sort`, {})).status).toBe(409);
  await send(`/api/comments/opinions/${opened.opinions[0]?.id}/code`, { code: "1-1" });
  await send(`/api/comments/letters/${two}/sort`);
  expect((await deskOf(two)).progress).toEqual({ sorted: 1, all: 2 });
});

test("３(1)(ｴ)① 似た意見は違いを見せ、人がまとめ、まとめても人数・通数・意見数は減らない。別と決めれば出ない", async () => {
  await openComments(desk.office, manager.actor);
  const base = "区役所と出張所の窓口、電話での相談、紙の申請書を今後も残すことを計画に書いてください。";
  const [a = "", b = "", c = "", d = ""] = await receive(
    letterOf(base),
    letterOf(base.replaceAll("、", "， ")),
    letterOf(base.replace("今後も", "今後とも")),
    letterOf("電子申請を増やしてください。"),
  );
  const ids = [];
  for (const [letter, words] of [
    [a, base],
    [b, base.replaceAll("、", "， ")],
    [c, base.replace("今後も", "今後とも")],
    [d, "電子申請を増やしてください。"],
  ] as const)
    ids.push(await mark(letter, words, letter === d ? "1-2" : "1-1"));
  const before = await deskOf(a);
  const kinds = Object.fromEntries((before.opinions[0]?.alike ?? []).map(({ name, level }) => [name, level]));
  expect(kinds).toEqual({ "0002-A": "表記だけ違う", "0003-A": "ほぼ同じ" });
  const near = before.opinions[0]?.alike.find(({ name }) => name === "0003-A");
  expect(near?.diff.filter(({ kind }) => kind !== "same")).toEqual([{ kind: "removed", text: "と" }]);
  await send(`/api/comments/opinions/${ids[0]}/join`, { with: ids[1] });
  const after = await deskOf(a);
  expect([before.counts.distinct, after.counts.distinct]).toEqual([4, 3]);
  expect({ ...after.counts, distinct: 0 }).toEqual({ ...before.counts, distinct: 0 });
  await send(`/api/comments/opinions/${ids[0]}/part`, { with: ids[2] });
  expect((await deskOf(a)).opinions[0]?.alike.map(({ name }) => name)).toEqual(["0002-A"]);
  expect(await page(client, "/comments/alike")).toContain("似た意見は、みな決めました");
  expect(await page(client, "/comments/map?by=age&row=1-1&column=a60")).toContain("今後とも");
});

interface Answers {
  stops: string[];
  answers: { id: string; number: number; opinions: string[]; status: string; state: string }[];
  changes: { after: string }[];
}
const answersOf = () => api<Answers>("/api/comments/answers");

/** 二通を整理し、答えの欄を作ったところまで。 */
async function sorted(): Promise<void> {
  await openComments(desk.office, manager.actor);
  const [a = "", b = ""] = await receive(
    letterOf("佐藤清です。電話は011-000-1234。相談の場を増やしてください。", {
      senders: [{ name: "佐藤 清", address: "北区北一条1丁目2", contact: "" }],
    }),
    letterOf("電子申請を増やしてください。", { channel: "form", age: "a30" }),
  );
  await mark(a, "相談の場を増やしてください。", "2-1");
  await mark(b, "電子申請を増やしてください。", "1-2");
  for (const id of [a, b]) await send(`/api/comments/letters/${id}/sort`);
  await send("/api/comments/answers/prepare");
}

test("３(1)(ｴ)② 「修正する」には案の変更が要り、そろうまで公表用は書き出せず、伏せた言葉は公表するファイルのどこにもない", async () => {
  await sorted();
  const { answers } = await answersOf();
  const [one, two] = answers;
  await send(`/api/comments/answers/${one?.id}`, {
    summary: "佐藤清さんは相談の場を増やしてほしい。",
    answer: "相談の場を増やします。",
    status: "A",
  });
  await send(`/api/comments/answers/${two?.id}`, {
    answer: "=HYPERLINK(1) 電子申請を増やします。",
    status: "C",
  });
  expect((await answersOf()).stops).toEqual([
    "「修正する」に案の変更がつながっていない答えが1件あります。",
    "No.1 は「修正する」ですが、修正箇所の表にありません。",
    "No.1 の概要に、伏せた言葉が残っています。書き直してください。",
  ]);
  expect((await planner.get("/comments/result/public/docx")).status).toBe(409);
  expect((await planner.get("/comments/result/internal/docx")).status).toBe(200);
  expect(await page(planner, `/comments/answers/${one?.id}`)).toContain("案の変更がつながっていません");
  const change = {
    place: "2-1",
    before: "区役所で受け付けます。",
    after: "まちづくりセンターでも受け付けます。",
    reason: "意見を踏まえるため",
  };
  await send(`/api/comments/answers/${one?.id}`, { summary: "相談の場を増やしてほしい。", change });
  expect((await answersOf()).stops).toEqual([]);
  expect(await page(client, "/comments/result")).toContain("公表できます");
  const secret = ["佐藤", "011-000-1234", "北一条", "●●●"];
  for (const format of ["docx", "xlsx", "html"]) {
    const response = await client.get(`/comments/result/public/${format}`);
    expect(response.status).toBe(200);
    const raw = everything(new Uint8Array(await response.arrayBuffer()));
    const text = `${raw}\n${raw.replace(/<[^>]+>/g, "")}`;
    for (const word of secret) expect(text, format).not.toContain(word);
    for (const word of ["相談の場を増やしてほしい。", "まちづくりセンターでも受け付けます。", "第２章 支援"])
      expect(text, format).toContain(word);
    expect(text, format).not.toMatch(/<w:(?:ins|del|comment)\b|<f>/);
  }
  const log = JSON.stringify(await listEvents(desk.office.read, { contract: desk.contract, limit: 1_000 }));
  for (const word of secret.slice(0, 3)) expect(log).not.toContain(word);
});

/** zip なら中のどの部分も（本文、プロパティ、設定）、ほかはそのままの文字。 */
function everything(bytes: Uint8Array): string {
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  if (bytes[0] !== 0x50) return decode(bytes);
  return [...openZip(bytes)].map(([name, part]) => `${name}\n${decode(part)}`).join("\n");
}

test("３(1)(ｴ)② 部局への確認は協議書になり、回答が届くと決まり、確認中は直せず、直せばまた確認が要る", async () => {
  await sorted();
  const { answers } = await answersOf();
  const ids = answers.map(({ id }) => id);
  const ask = { department: "市民課", groups: ids };
  expect((await planner.send("POST", "/api/comments/rounds", ask)).status).toBe(409);
  for (const id of ids) await send(`/api/comments/answers/${id}`, { answer: "進めます。", status: "C" });
  const { id: round, filing } = (await send("/api/comments/rounds", ask, 201)) as {
    id: string;
    filing: string;
  };
  expect((await planner.send("POST", `/api/comments/answers/${ids[0]}`, { answer: "直す" })).status).toBe(
    409,
  );
  expect((await planner.send("POST", `/api/comments/rounds/${round}/settle`, {})).status).toBe(409);
  await submitFiling(desk.office, manager.actor, filing);
  await answerFiling(desk.office, client.actor, filing, { outcome: "answered", text: "このとおりでよい。" });
  expect(await page(planner, "/comments/rounds")).toContain("回答を反映する");
  expect(await send(`/api/comments/rounds/${round}/settle`)).toEqual({ agreed: true });
  expect((await answersOf()).answers.map(({ state }) => state)).toEqual(["agreed", "agreed"]);
  await send(`/api/comments/answers/${ids[0]}`, { answer: "少し直します。" });
  expect((await answersOf()).answers.map(({ state }) => state)).toEqual(["draft", "agreed"]);
});

test("意見のフォームは、市の許しを残すまで出ず、残せば着席せずに出せて、締め切れば消える", async () => {
  await openComments(desk.office, manager.actor);
  expect((await app.request("/comment-form")).status).toBe(404);
  expect((await planner.post("/comments/period/form", { permission: "" })).status).toBe(422);
  await planner.post("/comments/period/form", { permission: "8月8日の協議書で市が認めた" });
  desk.clock.set("2025-09-01T01:00:00.000Z");
  const shown = await app.request("/comment-form");
  expect(shown.status).toBe(200);
  const html = await shown.text();
  expect(markupFaults(html)).toEqual([]);
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const cookie = (shown.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const post = (fields: Record<string, string>) =>
    app.request("/comment-form", {
      method: "POST",
      headers: { cookie },
      body: new URLSearchParams({ csrf, ...fields }),
    });
  expect((await post({ text: " " })).status).toBe(422);
  expect(await (await post({ text: "窓口を残してください。", name: "佐藤 清" })).text()).toContain(
    "受付番号 1",
  );
  expect(await api("/api/comments")).toMatchObject({ letters: 1, people: 1, byChannel: [{ key: "form" }] });
  desk.clock.set("2025-09-09T01:00:00.000Z");
  expect((await app.request("/comment-form")).status).toBe(404);
});
