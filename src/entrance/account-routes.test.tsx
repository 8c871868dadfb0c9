// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signInAs } from "../testing/signed-in.ts";
import { accountApiRoutes } from "./account-api-routes.ts";
import { accountRoutes } from "./account-routes.tsx";
import { meRoutes } from "./me-routes.tsx";

let desk: TestDesk;
let app: ReturnType<typeof roomApp>;
let chief: SignedIn;
beforeEach(async () => {
  desk = await openDesk();
  app = roomApp(desk.office, [
    ...accountRoutes,
    ...accountApiRoutes,
    ...meRoutes({ labelOf: () => undefined }),
  ]);
  chief = await signInAs(app, desk.office, { contract: desk.contract, roles: ["chief-privacy"], desk: null });
});
afterEach(() => desk.close());

test("別紙1 5(3) 総括保護管理者は従業者を登録し、仮のパスワードは一度だけ見える", async () => {
  const form = await (await chief.get("/accounts/new")).text();
  expect(markupFaults(form)).toEqual([]);
  const empty = await chief.post("/accounts", { number: "0107", name: "" });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain("氏名を60字までで入れてください。");
  const none = await chief.post("/accounts", { number: "0107", name: "試験　花子" });
  expect(await none.text()).toContain("役割を一つ以上選んでください。");
  const made = await chief.post("/accounts", [
    ["number", "0107"],
    ["name", "試験　花子"],
    ["roles", "operator"],
    ["roles", "supervisor"],
    ["from", "2025-09-18"],
    ["to", ""],
  ]);
  const page = await made.text();
  expect(page).toMatch(/<code>[a-z2-9]{4}(-[a-z2-9]{4}){3}<\/code>/);
  expect(markupFaults(page)).toEqual([]);
  const list = await (await chief.get("/accounts?q=花子")).text();
  expect(list).toContain("OP・SV");
  expect(list).toContain("2人のうち1人");
  expect(markupFaults(list)).toEqual([]);
  const id = /href="\/accounts\/([0-9a-f-]{36})"/.exec(list)?.[1];
  const one = await (await chief.get(`/accounts/${id}`)).text();
  expect(markupFaults(one)).toEqual([]);
  expect((await chief.post(`/accounts/${id}/roles`, { roles: "planner", from: "2025-02-30" })).status).toBe(
    422,
  );
  expect((await chief.post(`/accounts/${id}/roles`, { roles: "planner" })).status).toBe(303);
  expect(await (await chief.get("/accounts")).text()).toContain("企画担当");
  expect((await chief.post(`/accounts/${id}/disable`, {})).status).toBe(303);
  expect(await (await chief.get(`/accounts/${id}`)).text()).toContain("また使えるようにする");
});

test("別紙1 5(3) 使えなくした人は、その場で席を立つ", async () => {
  const op = await signInAs(app, desk.office, { contract: desk.contract, roles: ["operator"] });
  expect((await op.get("/me")).status).toBe(200);
  expect((await chief.post(`/accounts/${op.actor.id}/disable`, {})).status).toBe(303);
  expect((await op.get("/me")).status).toBe(303);
});

test("別紙1 5(3) JSON でも同じ決まりで登録し、知らない項目は断る", async () => {
  const roles = [{ role: "operator", from: "2025-09-17" }];
  const made = await chief.send("POST", "/api/accounts", { number: "0108", name: "試験　一郎", roles });
  expect(made.status).toBe(201);
  const { id } = await made.json();
  const bad = await chief.send("POST", "/api/accounts", { number: "0109", name: "a", roles, password: "x" });
  expect(bad.status).toBe(422);
  expect((await chief.send("POST", `/api/accounts/${id}/unlock`)).status).toBe(204);
  expect((await chief.send("POST", `/api/accounts/${id}/reset`, {})).status).toBe(200);
  const { accounts } = await (await chief.get("/api/accounts")).json();
  expect(accounts).toContainEqual(expect.objectContaining({ id, number: "0108", mustChange: true }));
});

test("自分の記録は本人だけが見る。回復の符号は一度だけ見え、業務は役割のあるものだけ選べる", async () => {
  const codes = await (await chief.post("/me/recovery-codes", {})).text();
  expect(codes.match(/<li><code>/g)).toHaveLength(10);
  expect(markupFaults(codes)).toEqual([]);
  const me = await (await chief.get("/me")).text();
  expect(me).toContain("account.factor-added");
  expect(me).not.toContain(/<li><code>([^<]+)/.exec(codes)?.[1] ?? "x");
  const contracts = await (await chief.get("/contracts")).text();
  expect(contracts).toContain("いま開いています");
  expect(markupFaults(contracts)).toEqual([]);
  expect((await chief.post("/contracts/other-001", {})).status).toBe(403);
});
