// @engine both
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAccount, rolesFromToday } from "../access/create-account.ts";
import { systemActor } from "../base/actor.ts";
import { totpCode } from "../sealing/totp.ts";
import { startContract } from "../terms/start-contract.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp } from "../testing/signed-in.ts";
import { accountRoutes } from "./account-routes.tsx";
import { entranceRoutes } from "./entrance-routes.tsx";
import { meRoutes } from "./me-routes.tsx";

const blueprint = readFileSync(
  new URL("../../blueprints/sapporo-class-booking.yaml", import.meta.url),
  "utf8",
);
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const password = "ねこ-りんご-つくえ-かばん-9";

let desk: TestDesk;
let app: ReturnType<typeof roomApp>;
beforeEach(async () => {
  desk = await openDesk();
  app = roomApp(
    desk.office,
    [
      ...accountRoutes,
      ...meRoutes({ labelOf: (kind) => (kind === "account.seated" ? "着席した" : undefined) }),
    ],
    {
      entrances: entranceRoutes({ contract: desk.contract }),
    },
  );
});
afterEach(() => desk.close());

async function person(
  number: string,
  more: { password?: string; factor?: boolean } = { password, factor: true },
) {
  return createAccount(desk.office, systemActor(desk.contract), {
    number,
    name: `試験　${number}`,
    roles: rolesFromToday(desk.office, desk.contract, ["operator"]),
    password: more.password,
    factors: more.factor ? [{ kind: "totp", secret, period: 30, lastCounter: null }] : [],
  });
}

/** cookie と合い札を覚えて、画面を渡り歩く。 */
function browser() {
  const cookies = new Map<string, string>();
  let html = "";
  const go = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await app.request(path, { ...init, headers: { cookie, ...init.headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    if (answer.headers.get("content-type")?.includes("html")) html = await answer.clone().text();
    return answer;
  };
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  return {
    go,
    html: () => html,
    hidden,
    cookies,
    post: (path: string, fields: Record<string, string>) =>
      go(path, { method: "POST", body: new URLSearchParams({ csrf: hidden("csrf"), ...fields }) }),
  };
}

const code = () => totpCode(secret, desk.clock.systemMs());

async function toSecondStep(b: ReturnType<typeof browser>, number = "0107") {
  await b.go("/sign-in");
  const first = await b.post("/sign-in", { number, password });
  expect(first.headers.get("location")).toContain("/sign-in/code");
  await b.go("/sign-in/code");
}

test("別紙1 5(8) 番号とパスワードと確認コードで着席し、段ごとに合い鍵が替わり、退席で使えなくなる", async () => {
  await person("0107");
  const b = browser();
  expect((await b.go("/me")).headers.get("location")).toBe("/sign-in?next=%2Fme");
  await b.go("/sign-in?next=%2Fme");
  expect(markupFaults(b.html())).toEqual([]);
  const first = await b.post("/sign-in", { number: "０１０７ ", password, next: "/me" });
  expect(first.headers.get("location")).toBe("/sign-in/code?next=%2Fme");
  const half = b.cookies.get("madoguchi");
  expect((await b.go("/me")).headers.get("location")).toContain("/sign-in");
  await b.go("/sign-in/code?next=%2Fme");
  expect(markupFaults(b.html())).toEqual([]);
  const action = /<form[^>]*action="([^"]*)"/.exec(b.html())?.[1] ?? "";
  const second = await b.post(action, { code: code() });
  expect([second.status, second.headers.get("location")]).toEqual([303, "/me"]);
  const seat = b.cookies.get("madoguchi");
  expect(seat).not.toBe(half);
  expect((await app.request("/me", { headers: { cookie: `madoguchi=${half}` } })).status).toBe(303);
  const me = await b.go("/me");
  expect(me.status).toBe(200);
  expect(b.html()).toContain("試験　0107");
  expect(b.html()).toContain("着席した");
  expect(markupFaults(b.html())).toEqual([]);
  await b.post("/sign-out", {});
  expect((await app.request("/me", { headers: { cookie: `madoguchi=${seat}` } })).status).toBe(303);
  expect((await desk.events()).slice(-2)).toEqual(["account.seated", "account.left"]);
});

test("別紙1 5(8) 同じ確認コードは二度使えず、同時に届いても一人しか通らない", async () => {
  await person("0107");
  const [a, b] = [browser(), browser()];
  await toSecondStep(a);
  await toSecondStep(b);
  const used = code();
  const both = await Promise.all([
    a.post("/sign-in/code", { code: used }),
    b.post("/sign-in/code", { code: used }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
});

test("別紙1 5(8) 続けて違えると残りの回数を言い、5回から待ち、10回で30分入れない", async () => {
  await person("0107");
  const b = browser();
  await b.go("/sign-in");
  const said: string[] = [];
  for (let n = 1; n <= 10; n += 1) {
    const answer = await b.post("/sign-in", { number: "0107", password: "違うパスワードです、これは" });
    expect(answer.status).toBe(422);
    said.push(/あと\d+回続けて違うと、30分間入れません/.exec(b.html())?.[0] ?? "");
    desk.clock.advance(20_000);
  }
  expect(said[5]).toBe("あと4回続けて違うと、30分間入れません");
  expect(said[9]).toBe("");
  expect((await b.post("/sign-in", { number: "0107", password })).status).toBe(409);
  expect(b.html()).toMatch(/あと\d+分たつと入れます/);
  desk.clock.advance(30 * 60_000);
  expect((await b.post("/sign-in", { number: "0107", password })).status).toBe(303);
  expect((await desk.events()).filter((kind) => kind === "account.refused")).toHaveLength(10);
});

test("別紙1 5(8) いない番号にも同じように答える", async () => {
  const b = browser();
  await b.go("/sign-in");
  for (let n = 1; n <= 5; n += 1) {
    expect((await b.post("/sign-in", { number: "9999", password })).status).toBe(422);
    expect(b.html()).toContain(`あと${10 - n}回続けて違うと`);
  }
  expect((await b.post("/sign-in", { number: "9999", password })).status).toBe(409);
  expect(b.html()).toContain("秒待ってから");
});

test("別紙1 5(8) 一つの端末から試せるのは一分に20回まで", async () => {
  const b = browser();
  await b.go("/sign-in");
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1)
    statuses.push((await b.post("/sign-in", { card: "", password: "" })).status);
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(422));
  expect(statuses[20]).toBe(429);
  desk.clock.advance(60_000);
  await b.go("/sign-in");
  expect((await b.post("/sign-in", { card: "", password: "" })).status).toBe(422);
});

test("別紙1 5(8) はじめて入る人は、仮のパスワードを替え、確かめ方を登録してから着席する", async () => {
  const { password: initial } = await person("0201", {});
  const b = browser();
  await b.go("/sign-in");
  expect((await b.post("/sign-in", { number: "0201", password: initial })).headers.get("location")).toBe(
    "/welcome",
  );
  expect((await b.go("/me")).headers.get("location")).toBe("/welcome");
  await b.go("/welcome");
  expect(markupFaults(b.html())).toEqual([]);
  const weak = await b.post("/welcome/password", {
    current: initial,
    next: "password12345678",
    again: "password12345678",
  });
  expect(weak.status).toBe(422);
  expect(
    (await b.post("/welcome/password", { current: initial, next: password, again: password })).status,
  ).toBe(303);
  await b.go("/welcome");
  expect(markupFaults(b.html())).toEqual([]);
  const shown = /<code>([A-Z2-7 ]{32,})<\/code>/.exec(b.html())?.[1]?.replaceAll(" ", "") ?? "";
  const wrong = await b.post("/welcome/factor", { state: b.hidden("state"), kind: "totp", code: "000000" });
  expect(wrong.status).toBe(422);
  expect(b.html().replaceAll(" ", "")).toContain(shown);
  const right = await b.post("/welcome/factor", {
    state: b.hidden("state"),
    kind: "totp",
    code: totpCode(shown, desk.clock.systemMs()),
  });
  expect([right.status, right.headers.get("location")]).toEqual([303, "/"]);
  expect((await b.go("/me")).status).toBe(200);
  expect((await desk.events()).slice(-3)).toEqual([
    "account.password-changed",
    "account.factor-added",
    "account.seated",
  ]);
});

test("別紙1 5(3) 閉じた画面はパスワードで開き、続きから働ける", async () => {
  await person("0107");
  const b = browser();
  await toSecondStep(b);
  await b.post("/sign-in/code", { code: code() });
  desk.clock.advance(15 * 60_000);
  expect((await b.go("/me")).headers.get("location")).toBe("/locked?next=%2Fme");
  await b.go("/locked?next=%2Fme");
  expect(b.html()).toContain("15分のあいだ操作がありませんでした");
  expect(b.html()).not.toContain("試験　0107");
  expect(markupFaults(b.html())).toEqual([]);
  expect((await b.post("/unlock?next=%2Fme", { password: "違うパスワードです、これは" })).status).toBe(422);
  const opened = await b.post("/unlock?next=%2Fme", { password });
  expect(opened.headers.get("location")).toBe("/me");
  expect((await b.go("/me")).status).toBe(200);
  expect((await desk.events()).slice(-3)).toEqual(["session.locked", "account.refused", "session.resumed"]);
});

test("別紙1 5(3) 大事な行いの前に確かめ直し、五分のあいだ有効", async () => {
  await person("0107");
  const b = browser();
  await toSecondStep(b);
  await b.post("/sign-in/code", { code: code() });
  expect((await b.go("/me/factors/new?kind=totp")).status).toBe(200);
  desk.clock.advance(5 * 60_000);
  const away = await b.go("/me/factors/new?kind=totp");
  expect(away.headers.get("location")).toBe("/step-up?next=%2Fme%2Ffactors%2Fnew%3Fkind%3Dtotp");
  await b.go(away.headers.get("location") ?? "");
  expect(markupFaults(b.html())).toEqual([]);
  const done = await b.post("/step-up", { code: code(), by: "totp", next: "/me/factors/new?kind=totp" });
  expect(done.headers.get("location")).toBe("/me/factors/new?kind=totp");
  expect((await b.go("/me/factors/new?kind=totp")).status).toBe(200);
  expect(await desk.events()).toContain("account.stepped-up");
});

test("別紙1 5(8) ICカードを登録し、カードとパスワードで着席する。カードの番号は残らない", async () => {
  await person("0107");
  const b = browser();
  await toSecondStep(b);
  await b.post("/sign-in/code", { code: code() });
  await b.go("/me/factors/new?kind=ic-card");
  const added = await b.post("/me/factors", {
    state: b.hidden("state"),
    kind: "ic-card",
    code: ";0123456789?",
    label: "青い札",
  });
  expect(added.headers.get("location")).toBe("/me");
  await b.go("/me");
  expect(b.html()).toContain("青い札");
  await b.post("/sign-out", {});
  await b.go("/sign-in/card");
  expect(markupFaults(b.html())).toEqual([]);
  const first = await b.post("/sign-in", { card: ";0123456789?", password });
  expect(first.headers.get("location")).toContain("by=ic-card");
  await b.go(first.headers.get("location") ?? "");
  expect(b.html()).toContain("読取機にカードをかざします");
  expect((await b.post("/sign-in/code", { by: "ic-card", code: ";0123456789?" })).status).toBe(303);
});

test("別紙1 5(3) 人のいる席には着けず、閉じた席なら替わって着ける", async () => {
  await startContract(desk.office, systemActor(desk.contract), blueprint);
  await person("0107");
  await person("0108");
  const a = browser();
  await a.go("/sign-in");
  await a.post("/sign-in", { number: "0107", password, desk: "2" });
  await a.go("/sign-in/code");
  expect((await a.post("/sign-in/code", { code: code() })).status).toBe(303);
  const b = browser();
  await b.go("/sign-in");
  expect((await b.post("/sign-in", { number: "0108", password, desk: "2" })).status).toBe(409);
  expect(b.html()).toContain("この席には別の人が着席しています");
  expect((await b.post("/sign-in", { number: "0108", password, desk: "99" })).status).toBe(422);
  desk.clock.advance(15 * 60_000);
  await b.go("/sign-in");
  expect((await b.post("/sign-in", { number: "0108", password, desk: "2" })).status).toBe(303);
  // パスワードだけでは、閉じている人を立たせない。
  expect((await a.go("/me")).headers.get("location")).toContain("/locked");
  await b.go("/sign-in/code");
  expect((await b.post("/sign-in/code", { code: code() })).status).toBe(303);
  expect((await a.go("/me")).headers.get("location")).toContain("/sign-in");
  expect((await desk.events()).slice(-2)).toEqual(["account.left", "account.seated"]);
});

test("別紙1 5(8) 第二の要素を違えた回数は、パスワードを入れ直しても消えない", async () => {
  await person("0107");
  const b = browser();
  await toSecondStep(b);
  for (let n = 0; n < 3; n += 1) expect((await b.post("/sign-in/code", { code: "000000" })).status).toBe(422);
  await toSecondStep(b);
  await b.post("/sign-in/code", { code: "000000" });
  expect(b.html()).toContain("あと6回続けて違うと、30分間入れません");
});

test("デモの事務所だけが、人とパスワードといまの確認コードを見せる", async () => {
  await person("0107");
  const demoAccounts = [{ number: "0107", role: "OP", password }];
  const shown = async (office: typeof desk.office) => {
    const demo = roomApp(office, [], {
      entrances: entranceRoutes({ contract: desk.contract, demoAccounts }),
    });
    return (await demo.request("/sign-in")).text();
  };
  expect(await shown(desk.office)).not.toContain(password);
  const page = await shown({ ...desk.office, mode: "demo" });
  expect(page).toContain(password);
  expect(page).toContain(code());
  expect(markupFaults(page)).toEqual([]);
});

test("着席の次の行き先は、事務所の中だけ", async () => {
  await person("0107");
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    const b = browser();
    await b.go("/sign-in");
    const first = await b.post("/sign-in", { number: "0107", password, next });
    expect(first.headers.get("location")).toBe("/sign-in/code?next=%2F");
  }
});
