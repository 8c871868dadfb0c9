// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signInAs } from "../testing/signed-in.ts";
import type { Incident } from "./http-error.ts";

const routes: Route[] = [
  {
    id: "t.home",
    method: "GET",
    path: "/",
    kind: "page",
    summary: "",
    handle: (ask) => ask.page({ title: "家", body: "本文" }),
  },
  {
    id: "t.save",
    method: "POST",
    path: "/things/:id",
    kind: "page",
    summary: "",
    handle: async (ask) => {
      const form = await ask.form();
      return ask.go(`/things/${ask.param("id")}`, `保存しました（${form.get("a")}）`);
    },
  },
  {
    id: "t.thing",
    method: "GET",
    path: "/things/:id",
    kind: "page",
    summary: "",
    handle: (ask) => ask.page({ title: "物", body: ask.param("id") }),
  },
  {
    id: "t.new",
    method: "GET",
    path: "/things/new",
    kind: "page",
    summary: "",
    handle: (ask) => ask.page({ title: "新", body: "新しい物" }),
  },
  {
    id: "t.upload",
    method: "POST",
    path: "/upload",
    kind: "page",
    summary: "",
    bodyLimit: 4096,
    handle: async (ask) => {
      const file = await ask.file("f");
      return ask.reply({ name: file?.fileName, size: file?.bytes.length, all: await ask.formAll("c") });
    },
  },
  {
    id: "t.api",
    method: "POST",
    path: "/api/things",
    kind: "api",
    summary: "",
    handle: async (ask) =>
      ask.reply(await ask.json(z.strictObject({ n: z.int().min(1), name: z.string().min(1) })), 201),
  },
  {
    id: "t.live",
    method: "GET",
    path: "/api/live",
    kind: "api",
    summary: "",
    handle: (ask) => ask.reply({ ok: true }),
  },
  {
    id: "t.bug",
    method: "GET",
    path: "/bug",
    kind: "page",
    summary: "",
    handle: () => {
      throw new Error("氏名 検査花子 が入っていました");
    },
  },
  {
    id: "t.full",
    method: "GET",
    path: "/api/full",
    kind: "api",
    summary: "",
    handle: () => {
      throw new AppError("CLASS_FULL", "満席です。", { detail: { alternatives: [] } });
    },
  },
  {
    id: "t.file",
    method: "GET",
    path: "/file",
    kind: "file",
    summary: "",
    stepUp: true,
    handle: (ask) =>
      ask.download({
        fileName: "予約者 リスト(1).xlsx",
        media: "application/zip",
        bytes: new Uint8Array([1, 2]),
      }),
  },
];

let desk: TestDesk;
let me: SignedIn;
let app: ReturnType<typeof roomApp>;
let incidents: Incident[];
beforeEach(async () => {
  desk = await openDesk();
  incidents = [];
  app = roomApp(desk.office, routes, {
    mayOpen: (id) => id !== "t.none",
    report: (one) => incidents.push(one),
  });
  me = await signInAs(app, desk.office, { contract: desk.contract, roles: ["operator"] });
});
afterEach(() => desk.close());

test("別紙1 5(1) どの答えにも、外とつながらない約束が付く", async () => {
  for (const path of ["/", "/nothing", "/api/live", "/bug", "/file"]) {
    const { headers } = await me.get(path);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toBeNull();
  }
});

test("別紙1 5(3) 着席していなければ、画面は着席へ移り、api は 401 になる", async () => {
  const page = await app.request("/things/3?a=1");
  expect([page.status, page.headers.get("location")]).toEqual([303, "/sign-in?next=%2Fthings%2F3%3Fa%3D1"]);
  const api = await app.request("/api/live");
  expect(api.status).toBe(401);
  expect(await api.json()).toMatchObject({ error: { code: "NOT_SIGNED_IN", faults: [] } });
});

test("別紙1 5(3) 合い札がない投稿、ほかの場所からの投稿は断り、何も起きない", async () => {
  const without = await app.request("/things/3", {
    method: "POST",
    headers: { cookie: me.cookie },
    body: new URLSearchParams({ a: "1" }),
  });
  expect(without.status).toBe(403);
  const wrong = await me.post("/things/3", [
    ["a", "1"],
    ["csrf", "wrong"],
  ]);
  expect(wrong.status).toBe(403);
  const foreign = await me.send(
    "POST",
    "/api/things",
    { n: 1, name: "a" },
    { origin: "http://evil.example" },
  );
  expect(foreign.status).toBe(403);
  const site = await me.send("POST", "/api/things", { n: 1, name: "a" }, { "sec-fetch-site": "cross-site" });
  expect(site.status).toBe(403);
  const own = await me.send("POST", "/api/things", { n: 1, name: "a" }, { origin: "http://localhost" });
  expect(own.status).toBe(201);
});

test("知らない名で開かれたら断る（DNS の付け替え）", async () => {
  expect((await app.request("http://evil.example/")).status).toBe(403);
  const named = roomApp(desk.office, routes, {
    mayOpen: () => true,
    hostnames: ["madoguchi.office.internal"],
  });
  expect((await named.request("http://madoguchi.office.internal:8443/")).status).toBe(303);
});

test("書き換えたあとの知らせは、次の画面に一度だけ出る", async () => {
  const saved = await me.post("/things/3", { a: "x" });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, "/things/3"]);
  expect(await (await me.get("/things/3")).text()).toContain("保存しました（x）");
  expect(await (await me.get("/things/3")).text()).not.toContain("保存しました");
});

test("投稿が失敗した画面からは、前の画面に戻れる。よその場所へは戻らない", async () => {
  const fail = async (referer: string) =>
    (await app.request("/things/3", { method: "POST", headers: { cookie: me.cookie, referer } })).text();
  expect(await fail("http://localhost/things/3?a=1")).toContain('href="/things/3?a=1"');
  expect(await fail("http://evil.example/x")).not.toContain("evil.example");
});

test("決まった字の道が先、HEAD は本文なし、違う方法は 405、ない道は 404", async () => {
  expect(await (await me.get("/things/new")).text()).toContain("新しい物");
  const head = await app.request("/things/3", { method: "HEAD", headers: { cookie: me.cookie } });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const put = await me.send("PUT", "/things/3", {});
  expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  expect((await me.get("/no/such")).status).toBe(404);
  expect(await (await me.get("/api/no")).json()).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("入力の誤りは、欄の名と直し方が日本語で返る", async () => {
  const answer = await me.send("POST", "/api/things", { n: 0.5, name: "" });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: {
      code: "BAD_INPUT",
      faults: [
        { field: "n", message: "整数で入れてください。" },
        { field: "name", message: "入っていません。入れてください。" },
      ],
    },
  });
  const broken = await me.send("POST", "/api/things", undefined, { "content-type": "application/json" });
  expect(broken.status).toBe(422);
});

test("大きすぎる本文は、読み切らずに 413", async () => {
  const big = await me.post("/upload", { f: new File([new Uint8Array(5000)], "a.csv") });
  expect(big.status).toBe(413);
  expect(await big.text()).toContain("4 KB");
  const fine = await me.post("/upload", [
    ["f", new File(["abc"], "../x/a.csv")],
    ["c", "1"],
    ["c", "2"],
  ]);
  expect(await fine.json()).toEqual({ name: "a.csv", size: 3, all: ["1", "2"] });
  const api = await me.send("POST", "/api/things", { n: 1, name: "あ".repeat(200_000) });
  expect([api.status, (await api.json()).error.code]).toEqual([413, "TOO_LARGE"]);
});

test("不具合は受付番号だけを見せ、例外の文は見せない", async () => {
  const answer = await me.get("/bug");
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toContain("花子");
  expect(incidents).toMatchObject([{ method: "GET", route: "t.bug" }]);
  expect(text).toContain(incidents[0]?.number);
  expect(await (await me.get("/api/full")).json()).toMatchObject({
    error: { code: "CLASS_FULL", detail: { alternatives: [] } },
  });
});

test("大事な行いは、五分以内に確かめていなければ確かめる画面へ移り、確かめたあとは RFC 6266 の名で渡す", async () => {
  const file = await me.get("/file");
  expect(file.headers.get("content-disposition")).toBe(
    `attachment; filename="___ ___(1).xlsx"; filename*=UTF-8''%E4%BA%88%E7%B4%84%E8%80%85%20%E3%83%AA%E3%82%B9%E3%83%88%281%29.xlsx`,
  );
  desk.clock.advance(5 * 60_000);
  const late = await me.get("/file");
  expect([late.status, late.headers.get("location")]).toEqual([303, "/step-up?next=%2Ffile"]);
});

test("別紙1 5(3) 15分触れなければ画面を閉じるが、通話中の受付デスクは閉じない", async () => {
  const start = Date.parse(desk.office.clock.officeNow(desk.contract));
  for (let at = 0; at < 40; at += 1) {
    desk.clock.set(new Date(start + at * 60_000).toISOString());
    expect((await me.get("/api/live?live=1")).status).toBe(200);
  }
  expect((await me.get("/")).status).toBe(200);
  desk.clock.advance(15 * 60_000 + 90_000);
  const polled = await me.get("/api/live");
  expect(polled.status).toBe(401);
  expect(await polled.json()).toMatchObject({ error: { detail: { locked: true } } });
  expect((await me.get("/")).headers.get("location")).toBe("/locked?next=%2F");
  expect(await desk.events()).toEqual(["session.locked"]);
});

test("別紙1 5(3) 画面が自分で尋ねても、触れたことにはならない。10時間で席を立つ", async () => {
  for (let at = 0; at < 16; at += 1) {
    desk.clock.advance(60_000);
    await me.get("/api/live");
  }
  expect((await me.get("/")).headers.get("location")).toContain("/locked");
  desk.clock.advance(10 * 3600_000);
  expect((await me.get("/")).headers.get("location")).toContain("/sign-in");
  expect(await desk.events()).toEqual(["session.locked", "account.left"]);
});

test("別紙1 5(3) 役割が切れた人、使えなくした人は、その場で席を立つ", async () => {
  const other = await signInAs(app, desk.office, { contract: desk.contract, roles: [] });
  expect((await other.get("/api/live")).status).toBe(401);
});
