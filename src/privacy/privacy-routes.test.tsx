import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertFact } from "../access/handler-fact-store.ts";
import { openZip } from "../office/zip.ts";
import type { Route } from "../platform/route.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { openHoldings } from "./list-lines.ts";
import { privacyRoutes } from "./privacy-routes.tsx";
import { quizQuestions } from "./quiz.ts";
import { registers } from "./register.ts";

/** 試験の道の、個人情報の使い方（本物の表は main/personal-route.test.ts が確かめる）。 */
const personalUseOf = (id: string) =>
  id === "lists.workbook" ? "export" : id.startsWith("booking.") ? "personal" : undefined;

let desk: TestDesk;
let app: Hono;
let op: SignedIn;
let sv: SignedIn;
let privacy: SignedIn;
let manager: SignedIn;

/** 個人情報を開く道と、書き出す道（名だけが本物）。 */
const probe = (id: string, method: Route["method"]): Route => ({
  ...{ id, method, path: `/probe/${id}`, kind: "api", summary: "試験" },
  handle: (ask) => ask.reply({ ok: true }),
});
const probes = [
  probe("booking.page", "GET"),
  probe("booking.reveal", "POST"),
  probe("lists.workbook", "POST"),
];

beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
  app = roomApp(desk.office, [...privacyRoutes, ...probes], { personalUseOf });
  op = await signIn(app, desk.office, desk.contract, "operator");
  sv = await signIn(app, desk.office, desk.contract, "supervisor");
  privacy = await signIn(app, desk.office, desk.contract, "privacy");
  manager = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

async function page(who: SignedIn, path: string): Promise<string> {
  const response = await who.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}

async function entered(who: SignedIn, code: string, fields: Record<string, string>): Promise<string> {
  const made = await who.send("POST", `/api/privacy/registers/${code}`, { fields });
  expect(made.status).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

async function grant(
  who: SignedIn,
  fact: "listed" | "pledged" | "trained",
  to: string | null = null,
): Promise<void> {
  await desk.office.keep((tx) =>
    insertFact(tx, {
      ...{ account_id: who.actor.id, contract_id: desk.contract, fact, line_id: `${fact}-${who.number}` },
      ...{ from_day: "2025-01-01", to_day: to, until: null },
    }),
  );
}

test("特記 第3条・第5条・第6条 資格がそろうまで個人情報の道は開かず、何が足りないかと紙の受け方を言う", async () => {
  const shut = await sv.get("/probe/booking.page", { accept: "application/json" });
  const { error } = (await shut.json()) as { error: { message: string; detail: { missing: string[] } } };
  expect([shut.status, error.detail.missing]).toEqual([403, ["listed", "pledged", "trained"]]);
  expect(error.message).toContain("通話中のときは切らずに");
  await grant(sv, "listed");
  await grant(sv, "pledged");
  await grant(sv, "trained", "2025-09-16");
  expect((await sv.get("/probe/booking.page")).status).toBe(403);
  await grant({ ...sv, number: "again" }, "trained", "2025-09-17");
  expect((await sv.get("/probe/booking.page")).status).toBe(200);
});

test("特記 第11条 書き出しには、目的と渡す先の許可が要る。許可を取り消せば、また閉じる", async () => {
  for (const fact of ["listed", "pledged", "trained"] as const) await grant(sv, fact);
  const out = async () => (await sv.send("POST", "/probe/lists.workbook")).status;
  expect(await out()).toBe(403);
  const fields = {
    purpose: "納品",
    what: "予約者リスト",
    destination: "client",
    basis: "9(2)",
    from: "2025-09-01",
    until: "2025-09-30",
  };
  const id = await entered(privacy, "export-permit", fields);
  expect(await out()).toBe(200);
  expect(
    (await privacy.send("POST", `/api/privacy/lines/${id}/close`, { fields: { why: "期の終わり" } })).status,
  ).toBe(200);
  expect(await out()).toBe(403);
});

test("特記 第14条 緊急の閲覧では、見ることだけができ、書くことも書き出すこともできない", async () => {
  const asked = await sv.post("/privacy/glass", { reason: "資格のある人が停電で着席できない。" });
  expect(asked.status).toBe(303);
  expect((await sv.post("/privacy/glass", { reason: "" })).status).toBe(422);
  const { glasses } = (await (await privacy.get("/api/privacy/gates")).json()) as {
    glasses: { id: string }[];
  };
  expect((await sv.get("/probe/booking.page")).status).toBe(403);
  expect(await page(privacy, "/privacy/gate")).toContain("60分許す");
  const allow = (who: typeof privacy, code: string) =>
    who.post(`/privacy/glass/${glasses[0]?.id}/allow`, { code });
  // 封をした符号がなければ、だれも許せない。
  expect(await (await allow(privacy, "")).text()).toContain("封をした符号が、まだないか");
  const { code } = (await (await manager.send("POST", "/api/privacy/glass/seal")).json()) as { code: string };
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3,}$/);
  // 符号を作った人は、自分では許せない。違う符号も断り、違ったことが残る。
  expect(await (await allow(manager, code)).text()).toContain("あなたが作ったものです");
  const wrong = await allow(
    privacy,
    code.replace(/^./, (one) => (one === "A" ? "B" : "A")),
  );
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("符号が違います")]);
  expect(await desk.events()).toContain("glass.refused");
  expect((await sv.get("/probe/booking.page")).status).toBe(403);
  expect((await allow(privacy, code.toLowerCase().replaceAll("-", " "))).status).toBe(303);
  expect((await sv.get("/probe/booking.page")).status).toBe(200);
  expect((await sv.send("POST", "/probe/booking.reveal")).status).toBe(403);
  expect((await sv.send("POST", "/probe/lists.workbook")).status).toBe(403);
  expect((await op.get("/probe/booking.page")).status).toBe(403);
  // 一度使った符号は、もう効かない。
  await sv.post("/privacy/glass", { reason: "もう一度見たい。" });
  const next = (await (await privacy.get("/api/privacy/gates")).json()) as {
    glasses: { id: string; state: string }[];
    seal: { spent: boolean };
  };
  expect(next.seal.spent).toBe(true);
  const again = next.glasses.find(({ state }) => state === "asked")?.id;
  const used = await privacy.send("POST", `/api/privacy/glass/${again}/allow`, { code });
  expect(used.status).toBe(409);
  desk.clock.advance(60 * 60_000);
  const after = await sv.get("/probe/booking.page");
  expect(after.status).not.toBe(200);
});

test("どの帳簿も、一覧・書く画面・空の投稿の直しが、正しい画面になる", async () => {
  for (const { code, writers } of registers) {
    const who = writers.includes("manager") ? manager : privacy;
    await page(privacy, `/privacy/registers/${code}`);
    await page(who, `/privacy/registers/${code}/new`);
    const wrong = await who.post(`/privacy/registers/${code}`, {});
    const html = await wrong.text();
    expect([code, wrong.status, markupFaults(html)]).toEqual([code, 422, []]);
  }
  expect((await manager.get("/privacy/registers/none")).status).toBe(404);
  expect((await op.get("/privacy/registers/finding")).status).toBe(403);
  expect((await op.get("/privacy/registers/document")).status).toBe(200);
});

test("基準10 特記 第5条 表のファイルを画面と JSON で読み、当て方を直し、書ける行だけを書く", async () => {
  const at = "/privacy/registers/course/import";
  expect(await page(sv, at)).toContain("表のファイル");
  expect((await sv.get("/privacy/registers/pledge/import")).status).toBe(403);
  expect((await op.get(at)).status).toBe(403);
  const csv =
    "研修名,実施日,内容\n着手前の研修,令和7年9月10日,特記事項\n秋の研修,未定,サイバーセキュリティ\n";
  const file = { fileName: "研修.csv", base64: Buffer.from(csv).toString("base64") };
  const api = `/api${at}`;
  const read = await (await privacy.send("POST", api, { file })).json();
  expect(read).toMatchObject({
    heads: ["研修名", "実施日", "内容"],
    columns: { name: 0, day: 1, content: 2 },
  });
  const table = JSON.stringify({
    heads: ["研修名", "実施日", "内容"],
    rows: csv
      .trim()
      .split("\n")
      .slice(1)
      .map((one) => one.split(",")),
    left: [],
  });
  const form = { table, "c.name": "0", "c.day": "1", "c.content": "2", "v.system": "保護管理者" };
  const check = await sv.post(at, { ...form, act: "check" });
  const html = await check.text();
  expect([check.status, markupFaults(html)]).toEqual([200, []]);
  expect(html).toContain("2行のうち、1行を書けます。1行は直すところがあります。");
  const write = { ...form, act: "write" };
  expect((await sv.post(at, write)).status).toBe(303);
  expect((await sv.post(at, write)).status).toBe(422); // 二度目は、書ける行がない
  for (const wrong of [{ table: "{" }, { table: '{"heads":[1]}' }, {}])
    expect((await sv.post(at, wrong)).status).toBe(422);
  const values = { system: "保護管理者" };
  expect((await privacy.send("POST", api, { file, values, write: true })).status).toBe(422);
  const { lines } = (await (await privacy.get("/api/privacy/registers/course")).json()) as {
    lines: unknown[];
  };
  expect(lines).toHaveLength(1);
});

test("特記 第12条 受渡しを画面で書き、預り証を Word で取り出し、受取りを結ぶ", async () => {
  const form = {
    ...{ "f.direction": "in", "f.items": "問い合わせの記録", "f.quantity": "紙 1冊", "f.means": "手渡し" },
    ...{ "f.day": "2025-09-17", "f.time": "10:00", "f.place": "デジタル企画課" },
  };
  const made = await sv.post("/privacy/registers/handover", form);
  const at = made.headers.get("location") ?? "";
  expect(await page(sv, at)).toContain("預り証（Word）");
  const receipt = await sv.get(`${at}/receipt`);
  const parts = openZip(new Uint8Array(await receipt.arrayBuffer()));
  const text = new TextDecoder().decode(parts.get("word/document.xml"));
  expect(text).toContain("個人情報の預り証");
  expect(text).toContain("問い合わせの記録");
  expect((await sv.post(`${at}/close`, { "f.receiver": "" })).status).toBe(422);
  expect((await sv.post(`${at}/close`, { "f.receiver": "係長", "f.confirmed": "数を合わせた" })).status).toBe(
    303,
  );
  expect(await page(manager, at)).toContain("この一件は結ばれています");
});

test("基準4(2) 部外者の入室には札と立会者が要り、出た時刻で結ぶ", async () => {
  const area = { name: "執務室" };
  expect((await sv.send("POST", "/api/privacy/registers/area", { fields: area })).status).toBe(403);
  const wrong = await sv.send("POST", "/api/privacy/registers/entry", {
    fields: { who: "保守員", kind: "visitor", purpose: "点検", day: "2025-09-17", in: "10:00", area: "none" },
  });
  const { error } = (await wrong.json()) as { error: { faults: { field: string }[] } };
  expect(error.faults.map((one) => one.field).sort()).toEqual(["f.area", "f.attendant", "f.badge"]);
});

test("特記 第5条 従業者が自分で確認テストを受け、誤りの理由を読み、合格が資格になる", async () => {
  await entered(privacy, "course", {
    name: "研修",
    day: "2025-09-10",
    content: "特記事項",
    system: "保護管理者",
  });
  expect(await page(op, "/privacy/quiz")).toContain("正しい");
  const { lines } = (await (await op.get("/api/privacy/registers/course")).json()) as {
    lines: { id: string }[];
  };
  const answers = quizQuestions.map(({ answer }, at): [string, string] => [`q${at}`, answer ? "yes" : "no"]);
  const blank = await op.post("/privacy/quiz", [["course", lines[0]?.id ?? ""], ...answers.slice(1)]);
  expect(blank.status).toBe(422);
  const done = await op.post("/privacy/quiz", [["course", lines[0]?.id ?? ""], ...answers]);
  const html = await done.text();
  expect([done.status, html.includes("100点でした"), markupFaults(html)]).toEqual([200, true, []]);
  const { gates } = (await (await op.get("/api/privacy/gates")).json()) as {
    gates: { number: string; missing: string[] }[];
  };
  expect(gates.find((one) => one.number === op.number)?.missing).toEqual(["listed", "pledged"]);
});

test("ほかの画面: 一覧、紙の受付票、その日の権限、取扱状況の報告", async () => {
  expect(await page(privacy, "/privacy")).toContain("資格がそろっていません");
  expect(await page(op, "/privacy/slip")).toContain("紙の受付票");
  expect(await page(privacy, "/privacy/access?day=2025-09-01")).toContain("令和7年9月1日");
  const wrong = await privacy.get("/privacy/access?day=x");
  expect([wrong.status, markupFaults(await wrong.text())]).toEqual([422, []]);
  expect(await page(privacy, "/privacy/status")).toContain("従業者 4人");
  expect((await privacy.post("/privacy/status", {})).headers.get("location")).toMatch(/^\/filings\//);
  expect(await (await op.get("/api/privacy/holdings")).json()).toEqual({ holdings: [] });
});

test("６(9) 録音は、聞いたわけと消去が残るまで開いている", async () => {
  const id = await entered(privacy, "recording", {
    ...{ range: "第二期 9月11日 全席", count: "332", announcement: "応対の品質のため録音しています。" },
    ...{
      purpose: "苦情の確かめ",
      storage: "金庫の暗号化した媒体",
      holder: privacy.actor.id,
      until: "2025-10-31",
    },
  });
  const open = async () => (await openHoldings(desk.office, desk.contract)).map(({ href }) => href);
  expect(await open()).toEqual([`/privacy/lines/${id}`]);
  expect(await page(privacy, `/privacy/lines/${id}`)).toContain("聞いたことを書き足す");
  const noted = await privacy.send("POST", `/api/privacy/lines/${id}/note`, {
    note: "苦情の確かめのため、受付番号12の録音を聞いた。",
  });
  expect(noted.status).toBe(200);
  const closed = await privacy.send("POST", `/api/privacy/lines/${id}/close`, {
    fields: { how: "上書き", witness: manager.actor.id },
  });
  expect(await closed.text()).toContain("ok");
  expect(await open()).toEqual([]);
});
