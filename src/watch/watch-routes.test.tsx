// @engine both
import { createPublicKey } from "node:crypto";
import type { Hono } from "hono";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { listEvents } from "../platform/event-store.ts";
import { recordReveal } from "../reception/reveal-person.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { verifyCheckpoint } from "../sealing/checkpoint.ts";
import { verifyInclusion } from "../sealing/merkle.ts";
import { recordReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { drawSample, type Sample } from "./draw-sample.ts";
import type { Watch } from "./list-alerts.ts";
import { watchRoutes } from "./watch-routes.tsx";

let desk: TestDesk;
let app: Hono;
let privacy: SignedIn;
let auditor: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), [{ id: "a", capacity: 30 }]);
  app = roomApp(desk.office, watchRoutes({ labelOf: () => undefined }));
  privacy = await signIn(app, desk.office, desk.contract, "privacy");
  auditor = await signIn(app, desk.office, desk.contract, "auditor");
});
afterEach(() => desk.close());

async function reveal(actor: string, people: number): Promise<void> {
  for (let n = 0; n < people; n += 1)
    await recordReveal(desk.office, desk.actor(actor, "operator"), {
      ...{ subject: `${actor}-person-${n}`, about: `b${n}`, field: "all", reason: "折り返し" },
    });
}

async function watched(who: SignedIn): Promise<Watch> {
  return (await (await who.get("/api/watch")).json()) as Watch;
}

const tasks = () =>
  listEvents(desk.office.read, { contract: desk.contract, kinds: ["task.opened"], limit: 100 });

test("基準5(4) 10分に31人目を表示したその行為で、保護管理者の仕事が一つだけ加わる", async () => {
  await reveal("op", 30);
  expect(await tasks()).toHaveLength(0);
  await reveal("op", 30); // 同じ方をもう一度
  expect(await tasks()).toHaveLength(0);
  await reveal("op2", 33);
  expect(await tasks()).toHaveLength(1);
  expect((await watched(auditor)).alerts).toMatchObject([{ actor: "op2", people: 33 }]);
});

test("基準5(4) 意見の原本・自由記述・クレームなど、仮名のない方の表示も、一件ずつ同じ見張りに数える", async () => {
  const { blueprint } = await openContract(desk.office, desk.contract);
  const kinds = ["comments/letter", "survey/s", "answers/complaint", "council/member"];
  for (let n = 0; n < 31; n += 1) {
    const about = `${kinds[n % kinds.length]}/${n}`;
    await recordReveals(desk.office, desk.actor("p", "planner"), blueprint, [
      { about, field: "original", reason: "mask" },
      { about, field: "original", reason: "mask" }, // 同じものをもう一度
    ]);
  }
  expect(await tasks()).toHaveLength(1);
  expect((await watched(auditor)).alerts).toMatchObject([{ actor: "p", people: 31 }]);
});

test("基準5(4) 知らせには保護管理者がわけを選んで一度だけ答え、監査は読むだけ、自分の閲覧には答えられない", async () => {
  await reveal("op", 31);
  await reveal(privacy.actor.id, 31);
  const { alerts } = await watched(privacy);
  const theirs = alerts.find((one) => one.actor === "op")?.id ?? "";
  const own = alerts.find((one) => one.actor === privacy.actor.id)?.id ?? "";
  const answer = (who: SignedIn, id: string) =>
    who.send("POST", `/api/watch/${id}/answer`, { answer: "work" });
  expect((await answer(auditor, theirs)).status).toBe(403);
  expect((await answer(privacy, own)).status).toBe(403);
  expect((await answer(privacy, "nothing")).status).toBe(404);
  expect((await answer(privacy, theirs)).status).toBe(200);
  expect((await answer(privacy, theirs)).status).toBe(409);
  const closed = await listEvents(desk.office.read, {
    ...{ contract: desk.contract, kinds: ["task.done"], limit: 10 },
  });
  expect(closed).toHaveLength(1);
  const told = (await watched(auditor)).alerts.find((one) => one.id === theirs);
  expect(told?.answer).toMatchObject({ text: "業務の範囲と確かめた", by: privacy.number });
  const html = await (await privacy.get("/watch")).text();
  expect(markupFaults(html)).toEqual([]);
  expect(html.replaceAll("<!-- -->", "")).toContain(`従業者番号 ${privacy.number}　令和7年9月17日`);
  expect(html).toContain("答えていない大量の閲覧の知らせが1件");
});

test("特記 第15条 抜き取りの一行ずつが、署名された検査点の木に入っていることを、外で確かめられる", async () => {
  const op = desk.actor("op", "operator");
  for (let n = 1; n <= 8; n += 1) await takeBooking(desk.office, op, caller(n, "a"));
  const answer = await auditor.get("/api/audit/sample?seed=さいころ6&count=3");
  const sample = (await answer.json()) as Sample;
  expect([sample.population, sample.bookings.length, sample.rooted]).toEqual([8, 3, true]);
  const point = sample.checkpoint;
  if (!point) throw new Error("there is no checkpoint");
  const key = createPublicKey({ key: Buffer.from(point.publicKey, "base64"), format: "der", type: "spki" });
  expect(verifyCheckpoint(key, point.office, point)).toBe(true);
  const root = Buffer.from(point.root, "base64");
  const links = sample.bookings.flatMap((one) => one.links);
  expect(links.length).toBeGreaterThanOrEqual(3);
  for (const { event, leaf, proof } of links) {
    const nodes = proof.map((node) => Buffer.from(node, "base64"));
    const claim = { leaf: Buffer.from(leaf, "base64"), index: event.seq, size: point.size, root };
    expect(verifyInclusion({ ...claim, proof: nodes })).toBe(true);
  }
  const again = (await (await auditor.get("/api/audit/sample?seed=さいころ6&count=3")).json()) as Sample;
  expect(again.bookings.map((one) => one.booking)).toEqual(sample.bookings.map((one) => one.booking));
});

test("特記 第15条 記録の行が書き換えられていれば、抜き取りが言い当て、一式は作らない", async () => {
  const op = desk.actor("op", "operator");
  const { id } = await takeBooking(desk.office, op, caller(1, "a"));
  const ask = { seed: "x", count: 1 };
  expect((await drawSample(desk.office, auditor.actor, ask)).rooted).toBe(true);
  await desk.office.keep(async (tx) => {
    await sql`update event set actor = 'someone' where about = ${id}`.execute(tx.q);
  });
  expect((await drawSample(desk.office, auditor.actor, ask)).rooted).toBe(false);
  const page = await auditor.get("/audit?seed=x&count=1");
  expect(await page.text()).toContain("記録の木と合わない行があります");
  expect((await auditor.send("POST", "/api/audit/pack", ask)).status).toBe(409);
});

test("特記 第15条 証跡の一式に、目次・記録・標本・条項・受領が入り、氏名も電話も入らない", async () => {
  await takeBooking(desk.office, desk.actor("op", "operator"), caller(1, "a"));
  const answer = await auditor.send("POST", "/api/audit/pack", { seed: "x", count: 5 });
  expect(answer.status).toBe(200);
  const parts = openZip(new Uint8Array(await answer.arrayBuffer()));
  expect([...parts.keys()].sort()).toEqual(
    ["受領.json", "条項.json", "標本.json", "目次.docx", "記録.jsonl"].sort(),
  );
  const word = openZip(parts.get("目次.docx") ?? new Uint8Array());
  const text = [...parts.values(), ...word.values()].map((part) => Buffer.from(part).toString("utf8"));
  expect(text.join("\n")).not.toMatch(/検査　1子|011-000-0001|0110000001|\+81110000001/);
  const footers = [...word].filter(([name]) => name.includes("footer"));
  expect(footers.map(([, part]) => Buffer.from(part).toString("utf8")).join("")).toContain(auditor.number);
  expect(await desk.events()).toContain("watch.packed");
});

test("監査の机は、悪い件数や空の種を欄の言葉で断り、画面の形が正しい", async () => {
  for (const bad of ["count=0&seed=x", "count=51&seed=x", "count=abc&seed=x", "count=5&seed="]) {
    const page = await auditor.get(`/audit?${bad}`);
    expect([bad, page.status]).toEqual([bad, 422]);
    expect(await page.text()).toMatch(/件数を1から50まで|種の言葉を、60字まで/);
  }
  const good = await auditor.get("/audit");
  expect(good.status).toBe(200);
  expect(markupFaults(await good.text())).toEqual([]);
});
