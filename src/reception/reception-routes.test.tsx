// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { protectFile } from "../office/protect-file.ts";
import { readTables } from "../office/table-reader.ts";
import { openProtectedFile } from "../office/verify-protected-file.ts";
import { listEvents } from "../platform/event-store.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn, signInAs } from "../testing/signed-in.ts";
import { listClasses } from "./class-store.ts";
import { receptionRoutes } from "./reception-routes.tsx";
import { takeBooking } from "./take-booking.ts";

const template = readFileSync(join(import.meta.dirname, "../testing/booking-list-template.xlsx"));
const xlsx = () => new File([new Uint8Array(template)], "名簿様式.xlsx");
const csv = (...lines: string[]) =>
  new File([["開催日,開始,終了,会場,講座名,定員", ...lines].join("\n")], "日程.csv", { type: "text/csv" });
const row = "2025-10-08,10:00,11:30,北区民センター,応用,12";
let desk: TestDesk;
let app: ReturnType<typeof roomApp>;
afterEach(() => desk.close());

async function open(people = 0): Promise<SignedIn> {
  desk = await openDesk();
  app = roomApp(desk.office, receptionRoutes({}));
  const sv = await signIn(app, desk.office, desk.contract, "supervisor");
  await openReception(desk.office, sv.actor, people > 0 ? [{ id: "a", capacity: 30 }] : []);
  for (let n = 1; n <= people; n += 1) await takeBooking(desk.office, sv.actor, caller(n, "a"));
  return sv;
}

async function html(answer: Response, status = 200): Promise<string> {
  const text = await answer.text();
  expect([answer.status, markupFaults(text)]).toEqual([status, []]);
  return text;
}

async function follow(as: SignedIn, answer: Response): Promise<string> {
  expect(answer.status).toBe(303);
  return html(await as.get(answer.headers.get("Location") ?? ""));
}

test("６(2)ア 何もない事務所でも、どの画面も次にすることを言う", async () => {
  const sv = await open();
  expect(await html(await sv.get("/classes"))).toContain("委託者から届いた日程表を取り込んでください");
  expect(await html(await sv.get("/lists"))).toContain("日程表を取り込むと、ここに並びます");
  expect(await html(await sv.get("/lists/template"))).toContain("まだ登録されていません");
  expect(await html(await sv.get("/bookings"))).toContain("受付番号・電話番号・カナ");
  expect(await html(await sv.get("/classes/import"))).toContain("読んで確かめる");
});

test("６(2)ア 画面から日程を読み、直すところと変わるところを見て、取り込む", async () => {
  const sv = await open();
  const sent = await sv.post("/classes/import", {
    file: csv(row, "2025-10-09,25:00,26:00,麻生会館,入門,8"),
    term: "",
  });
  const token = (sent.headers.get("Location") ?? "").split("/").at(-1) ?? "";
  const preview = await follow(sv, sent);
  expect(preview).toContain("直すところ 2件");
  expect(preview).toContain("加わる講習会 1回");
  expect(await listClasses(desk.office.read, desk.contract)).toEqual([]);
  const basis = /name="basis" value="([^"]+)"/.exec(preview)?.[1] ?? "";
  const board = await follow(sv, await sv.post(`/classes/import/${token}`, { basis }));
  expect(board).toContain("1回を加えました。");
  expect(board).toContain("第二期の1回、12席のうち0席");
  const again = await follow(sv, await sv.post("/classes/import", { file: csv(row), term: "2" }));
  expect(again).toContain("取り込んでも何も変わりません");
});

test("６(2)ア 読めないファイルは、選ぶ画面に戻ってわけを言う", async () => {
  const sv = await open();
  const bad = await sv.post("/classes/import", { file: new File(["PK"], "日程.xlsx"), term: "" });
  expect(await html(bad, 422)).toContain('id="file-error"');
  expect(await html(await sv.post("/lists/template", { file: new File(["x"], "様式.xlsx") }), 422)).toContain(
    'id="file-error"',
  );
});

test("６(2)ア JSON でも同じに読み、取り込める", async () => {
  const sv = await open();
  const form = new FormData();
  form.set("file", csv(row));
  const answer = await app.request("http://localhost/api/classes/preview", {
    method: "POST",
    body: form,
    headers: { cookie: sv.cookie, "x-csrf-token": sv.csrf, origin: "http://localhost", host: "localhost" },
  });
  const seen = (await answer.json()) as { token: string; basis: string; added: unknown[] };
  expect([answer.status, seen.added.length]).toEqual([200, 1]);
  const done = await sv.send("POST", "/api/classes/import", { token: seen.token, basis: seen.basis });
  expect(await done.json()).toMatchObject({ added: 1, refused: [] });
  expect(await (await sv.get("/api/classes?term=2")).json()).toMatchObject({
    term: "2",
    classes: [{ course: "応用" }],
  });
});

test("６(2)ア 会場の座標を直す。誤りは欄の下に出て、打った値は残る", async () => {
  const sv = await open();
  expect(await html(await sv.get("/venues"))).toContain("北区民センター");
  const values = {
    address: "北25条",
    ward: "北区",
    access: "",
    phone: "",
    latitude: "999",
    longitude: "141.3",
  };
  const bad = await html(await sv.post("/venues/kita", values), 422);
  expect(bad).toContain('id="latitude-error"');
  expect(bad).toContain('value="999"');
  expect(await follow(sv, await sv.post("/venues/kita", { ...values, latitude: "43.1" }))).toContain(
    "会場を直しました",
  );
});

test("６(2)イ リストは伏せてあり、目的を選ぶと氏名が見え、紙とともに、開くたびに記録される。紙に id は出ない", async () => {
  const sv = await open(3);
  const masked = await html(await sv.get("/lists/a"));
  expect(masked).toContain("検○○");
  for (const text of [masked, await (await sv.get("/api/lists/a")).text()]) {
    expect(text).not.toContain("検査　2子");
    expect(text).not.toContain("北三十一条");
  }
  expect(await html(await sv.post("/lists/a", { purpose: "" }), 422)).toContain("何のために見るか");
  expect(await html(await sv.post("/lists/a", { purpose: "deliver" }), 422)).toContain("何のために見るか");
  expect(await html(await sv.post("/lists/a", { purpose: "check" }))).toContain("検査　2子");
  const api = await sv.send("POST", "/api/lists/a/reveal", { purpose: "venue" });
  expect(await api.text()).toContain("検査　2子");
  const paper = await html(await sv.post("/lists/print", [["class", "a"]]));
  expect(paper).toContain("取扱注意");
  const ids = (
    await listEvents(desk.office.read, { contract: desk.contract, kinds: ["booking.taken"], limit: 9 })
  ).map((event) => event.about ?? "");
  expect(ids.filter((id) => paper.includes(id))).toEqual([]);
  const made = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["list.made"],
    limit: 9,
  });
  expect(made.map(({ payload }) => [payload.form, payload.purpose])).toEqual([
    ["print", undefined],
    ["screen", "venue"],
    ["screen", "check"],
  ]);
});

test("６(2)イ 様式を登録し、目的を選んで書き出す。本人確認が古ければ断る", async () => {
  const sv = await open(2);
  const seen = await sv.post("/lists/template", { file: xlsx() });
  const path = seen.headers.get("Location") ?? "";
  expect(await follow(sv, seen)).toContain("この様式を登録する");
  expect(await follow(sv, await sv.post(path, {}))).toContain("様式を登録しました");
  expect(await html(await sv.post("/lists/workbook", { term: "2", purpose: "" }), 422)).toContain(
    "何のために作るか",
  );
  const file = await sv.post("/lists/workbook", { term: "2", purpose: "venue" });
  expect([file.status, decodeURIComponent(file.headers.get("Content-Disposition") ?? "")]).toEqual([
    200,
    expect.stringContaining("予約者リスト_第二期_0917.xlsx"),
  ]);
  const stale = await signInAs(app, desk.office, {
    contract: desk.contract,
    roles: ["supervisor"],
    steppedUp: false,
  });
  expect((await stale.post("/lists/workbook", { term: "2", purpose: "deliver" })).status).toBe(403);
  expect(await html(await stale.get("/lists"))).toContain('formAction="/lists/step-up"');
});

test("９(2)・別紙1 渡すリストはパスワード付きの写しだけで、相手と目的が残り、戻れば書き換えが分かる", async () => {
  const sv = await open(2);
  const seen = await sv.post("/lists/template", { file: xlsx() });
  await sv.post(seen.headers.get("Location") ?? "", {});
  const nobody = await sv.post("/lists/workbook", { term: "2", purpose: "deliver", recipient: " " });
  expect(await html(nobody, 422)).toContain("渡す相手");
  const recipient = "デジタル推進課";
  const made = await html(await sv.post("/lists/workbook", { term: "2", purpose: "deliver", recipient }));
  const password = /<code class="code">([^<]+)<\/code>/.exec(made)?.[1] ?? "";
  const copy = await sv.get(/href="(\/lists\/delivered\/[^"]+)"/.exec(made)?.[1] ?? "");
  const bytes = new Uint8Array(await copy.arrayBuffer());
  const [table] = readTables(openProtectedFile(bytes, password), "名簿.xlsx");
  expect(JSON.stringify(table)).toContain("検査　1子");
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 50 });
  const [listed] = events.filter(({ kind }) => kind === "list.made");
  const [sealed] = events.filter(({ kind }) => kind === "file.protected");
  expect(listed?.payload).toMatchObject({ purpose: "deliver", recipient, classes: ["a"], rows: 2 });
  expect(sealed?.payload).toMatchObject({ purpose: "deliver", recipient, before: listed?.payload.sha256 });
  expect(JSON.stringify(events)).not.toContain(password);
  const check = (content: Uint8Array, word: string) =>
    sv.post("/lists/check", { file: new File([new Uint8Array(content)], "戻り.xlsx"), password: word });
  expect(await html(await check(bytes, password))).toContain("渡したファイルそのものです");
  expect(await html(await check(bytes, "ちがう"), 422)).toContain("パスワードが違います");
  const touched = Uint8Array.from(bytes);
  const at = touched.length - 3000;
  touched[at] = (touched[at] ?? 0) ^ 1;
  expect(await html(await check(touched, password), 422)).toMatch(/書き換えられたか|読めません/);
  const again = await protectFile({ format: "xlsx", bytes: openProtectedFile(bytes, password) }, "abcd-efgh");
  expect(await html(await check(again, "abcd-efgh"))).toContain("パスワードが付け直されています");
  const api = await sv.send("POST", "/api/lists/workbook", {
    classIds: ["a"],
    purpose: "deliver",
    recipient,
  });
  const reply = (await api.json()) as { href: string; password: string };
  const taken = new Uint8Array(await (await sv.get(reply.href)).arrayBuffer());
  expect(openProtectedFile(taken, reply.password).length).toBeGreaterThan(1000);
});

test("６(2)ウ 予約を探し、理由を選んで見る。氏名は URL にも伏せた画面にも出ない", async () => {
  await open(3);
  const op = await signIn(app, desk.office, desk.contract, "operator");
  const found = await html(await op.post("/bookings", { query: "ケンサ" }));
  expect(found).toContain("カナで3件");
  expect(found).not.toContain("検査　2子");
  const path = /href="(\/bookings\/[^"]+)"/.exec(found)?.[1] ?? "";
  expect(await html(await op.get(path))).not.toContain("検査　1子");
  expect(await html(await op.post(path, { reason: "" }), 422)).toContain('id="reason-error"');
  expect(await html(await op.post(path, { reason: "card" }))).toContain("検査　1子");
  expect(await html(await op.get(path))).toContain("理由: 受講通知書の宛先を確かめる");
  expect(await html(await op.post("/bookings", { query: "検査" }), 422)).toContain('id="query-error"');
});

test("委託者は講習会と会場だけを見られ、予約者の氏名には届かない", async () => {
  await open(1);
  const client = await signIn(app, desk.office, desk.contract, "client");
  const classes = await html(await client.get("/classes"));
  expect(classes).not.toContain("/lists/a");
  for (const path of ["/lists", "/lists/a", "/bookings", "/api/lists/a", "/classes/import"])
    expect((await client.get(path)).status).toBe(403);
});

test("６(2)イ 確かめ直しに行って戻っても、選んだ講習会と目的が残り、URL に個人情報はない", async () => {
  await open(2);
  const sv = await signInAs(app, desk.office, {
    contract: desk.contract,
    roles: ["supervisor"],
    steppedUp: false,
  });
  await sv.post("/lists/template", { file: xlsx() }).then(async (sent) => {
    const at = sent.headers.get("Location") ?? "";
    await sv.post(at, {});
  });
  const sent = await sv.post("/lists/step-up", { term: "2", class: "a", cancelled: "1", purpose: "venue" });
  const next = new URL(sent.headers.get("Location") ?? "", "http://x").searchParams.get("next") ?? "";
  expect([sent.status, next.length < 500]).toEqual([303, true]);
  const back = await html(await sv.get(next));
  const box = (id: string) => new RegExp(`<input[^>]*id="${id}"[^>]*>`).exec(back)?.[0] ?? "";
  expect(box("class-a")).toContain("checked");
  expect(box("cancelled")).toContain("checked");
  expect(back).toContain('<option value="venue" selected');
  expect(await html(await sv.get("/lists?term=2&pick=x.y"))).toContain("選び直してください");
});
