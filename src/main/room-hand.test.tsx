// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { commentRoutes } from "../comments/comment-routes.tsx";
import { receiveLetters } from "../comments/receive-letters.ts";
import { importPlan } from "../plan/import-plan.ts";
import { planRoutes } from "../plan/plan-routes.tsx";
import { takePlanVersion } from "../plan/take-version.ts";
import { letterOf, openComments } from "../testing/comment-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { roomHand } from "./room-hand.ts";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
let supervisor: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  const app = roomApp(desk.office, [...commentRoutes, ...planRoutes(roomHand)]);
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  supervisor = await signIn(app, desk.office, desk.contract, "supervisor");
});
afterEach(() => desk.close());

/** 開いて、形を確かめ、画面の中のリンクの先を返す。 */
async function open(who: SignedIn, path: string): Promise<{ html: string; links: string[]; at: string }> {
  const [bare = ""] = path.split("#");
  const response = await who.get(bare);
  const to = response.headers.get("location");
  if (to !== null) return open(who, to);
  expect(response.status, path).toBe(200);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  return { html, links, at: path };
}
async function post(path: string, body: unknown = {}): Promise<unknown> {
  const response = await planner.send("POST", path, body);
  expect(response.status, `${path} ${await response.clone().text()}`).toBeLessThan(300);
  return response.json();
}

/** 一通の意見に「修正する」と答え、計画を直してつなぐ。 */
async function answered(): Promise<{ letter: string; answer: string; plan: string }> {
  const text = (words: string) => new TextEncoder().encode(words);
  const files = new Map([
    ["plan.yaml", text("title: 第２次計画\n")],
    ["01.md", text("# 支援 {#c1}\n区役所で受け付けます。 {#p1}\n")],
  ]);
  const { id: plan } = await importPlan(desk.office, planner.actor, files);
  await takePlanVersion(desk.office, planner.actor, plan, { stage: "comment", name: "パブコメ用" });
  await openComments(desk.office, desk.actor("m", "manager"));
  const words = "相談の場を増やしてください。";
  const made = await receiveLetters(desk.office, planner.actor, [letterOf(words)]);
  const letter = made.letters[0]?.id ?? "";
  await post(`/api/comments/letters/${letter}/split`, { act: "mark", start: 0, end: words.length });
  const { opinions } = (await (await planner.get(`/api/comments/letters/${letter}/desk`)).json()) as {
    opinions: { id: string }[];
  };
  await post(`/api/comments/opinions/${opinions[0]?.id}/code`, { code: "2-1" });
  await post(`/api/comments/letters/${letter}/sort`);
  await post("/api/comments/answers/prepare");
  const { answers } = (await (await planner.get("/api/comments/answers")).json()) as {
    answers: { id: string }[];
  };
  const answer = answers[0]?.id ?? "";
  const given = { summary: "相談の場を増やしてほしい。", answer: "支所でも受け付けます。", status: "A" };
  await post(`/api/comments/answers/${answer}`, given);
  const revised = await planner.post(`/comments/answers/${answer}/revise`, {
    ...{ block: "p1", text: "区役所と支所で受け付けます。", version: "1", reason: "意見を踏まえるため" },
  });
  expect(revised.status).toBe(303);
  return { letter, answer, plan };
}

test("3(1)(ｵ) 意見 → 答え → 計画の部分 → 新旧対照表 → 結果の資料を、前へも後ろへもリンクで辿れる", async () => {
  const { letter, answer, plan } = await answered();
  const places = {
    opinion: `/comments/letters/${letter}?o=A`,
    answer: `/comments/answers/${answer}`,
    block: `/plans/${plan}/blocks/p1`,
    result: "/comments/result#no-1",
  };
  // 前へ。
  const opinion = await open(planner, places.opinion);
  expect(opinion.links).toContain(places.answer);
  const answerPage = await open(planner, places.answer);
  const change = answerPage.links.find((href) => /^\/plans\/changes\/[^?]+$/.test(href)) ?? "";
  const block = await open(planner, change);
  expect(block.at).toBe(places.block);
  expect(block.html).toContain("支所でも受け付けます。");
  const row = block.links.find((href) => href.includes("/compare?")) ?? "";
  expect((await open(planner, `${change}?in=compare`)).at).toBe(row);
  const compared = await open(planner, row);
  expect(compared.html).toContain(`id="${decodeURIComponent(row.split("#")[1] ?? "?")}"`);
  const result = await open(planner, compared.links.find((href) => href === places.result) ?? "");
  expect(result.html).toContain('id="no-1"');
  // 後ろへ。途中のどこからでも、もとの意見まで戻れる。
  expect(result.links).toEqual(expect.arrayContaining([places.answer, change]));
  expect(compared.links).toEqual(expect.arrayContaining([places.block, places.answer, places.opinion]));
  expect(block.links).toEqual(expect.arrayContaining([places.answer, places.opinion, places.result]));
  expect(answerPage.links).toEqual(expect.arrayContaining([places.opinion, places.result]));
  // 委託者も同じように辿れる。計画を読まない役割には、計画へのリンクを出さない。
  for (const path of [places.block, row]) expect((await open(client, path)).links).toContain(places.opinion);
  for (const path of [places.answer, places.result]) {
    const { links } = await open(supervisor, path);
    expect(links.filter((href) => href.startsWith("/plans/"))).toEqual([]);
  }
});
