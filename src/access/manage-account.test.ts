// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Actor, type Role, systemActor } from "../base/actor.ts";
import { checkPassword, verifyPassword } from "../sealing/password.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { numberHash } from "./account-number.ts";
import { findAccount } from "./account-store.ts";
import { createAccount, newInitialPassword, rolesFromToday } from "./create-account.ts";
import { enrolFactor, removeFactor, renewRecoveryCodes, startEnrolment } from "./enrol-factor.ts";
import { listAccounts } from "./list-accounts.ts";
import {
  changeRoles,
  disableAccount,
  enableAccount,
  resetPassword,
  unlockAccount,
} from "./manage-account.ts";
import { cardLookup, factorSetting, openFactors } from "./open-factors.ts";
import { spendTry } from "./sign-in-try-store.ts";

let desk: TestDesk;
let system: Actor;
let manager: Actor;
let chief: Actor;
beforeEach(async () => {
  desk = await openDesk();
  system = systemActor(desk.contract);
  manager = desk.actor("manager", "manager");
  chief = desk.actor("chief", "chief-privacy");
});
afterEach(() => desk.close());

function create(by: Actor, number: string, roles: Role[], approval?: string) {
  const grants = rolesFromToday(desk.office, desk.contract, roles);
  return createAccount(desk.office, by, { number, name: "試験　花子", roles: grants, approval });
}

test("別紙1 5(3) 責任者は OP を登録でき、OP は登録できず、記録に氏名は残らない", async () => {
  const { id, password } = await create(manager, "0107", ["operator"]);
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  const [row] = await listAccounts(desk.office, manager);
  expect(row).toMatchObject({
    id,
    number: "0107",
    name: "試験　花子",
    mustChange: true,
    mayHelp: true,
    mayRegister: true,
  });
  await expect(create(desk.actor("op", "operator"), "0108", ["operator"])).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(create(manager, "0107", ["operator"])).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "number" }],
  });
  expect(await desk.events()).toEqual(["account.created"]);
  if (desk.place.data) expect(readFileSync(join(desk.place.data, "app.db")).includes("花子")).toBe(false);
});

test("別紙1 5(3) 保護管理者は総括保護管理者だけが、委託者の承認の番号を添えて登録する", async () => {
  await expect(create(manager, "0301", ["privacy"], "第12号")).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(create(chief, "0301", ["privacy"])).rejects.toMatchObject({ faults: [{ field: "approval" }] });
  await create(chief, "0301", ["privacy"], "第12号");
});

test("別紙1 5(3) 自分の登録は扱えず、ほかの契約の人は見えない", async () => {
  const { id } = await create(system, "0201", ["manager"]);
  const self = { ...manager, id };
  await expect(resetPassword(desk.office, self, id, { factors: false })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(changeRoles(desk.office, { ...chief, id }, id, [])).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const elsewhere = { ...chief, contract: "other-001" };
  expect(await listAccounts(desk.office, elsewhere)).toEqual([]);
  await expect(unlockAccount(desk.office, elsewhere, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("別紙1 5(8) SV は OP を入れるようにでき、責任者や SV にはできない", async () => {
  const sv = desk.actor("sv", "supervisor");
  const { id } = await create(system, "0107", ["operator"]);
  const other = await create(system, "0110", ["supervisor"]);
  const hash = await numberHash(desk.office, "0107");
  for (let n = 0; n < 10; n += 1) {
    await desk.office.keep((tx) => spendTry(tx, hash, desk.clock.systemMs()));
    desk.clock.advance(17_000);
  }
  expect((await listAccounts(desk.office, sv)).find((row) => row.id === id)).toMatchObject({
    locked: true,
    mayHelp: true,
    mayRegister: false,
  });
  await unlockAccount(desk.office, sv, id);
  await unlockAccount(desk.office, sv, id);
  expect((await listAccounts(desk.office, sv)).find((row) => row.id === id)?.locked).toBe(false);
  await expect(unlockAccount(desk.office, sv, other.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(disableAccount(desk.office, sv, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await desk.events()).filter((kind) => kind === "account.unlocked")).toHaveLength(1);
});

test("別紙1 5(8) 仮のパスワードに戻すと前のものは使えず、失くした確かめ方も外せる", async () => {
  const { id, password } = await create(manager, "0107", ["operator"]);
  const me = { ...desk.actor(id, "operator") };
  await renewRecoveryCodes(desk.office, me);
  const reset = await resetPassword(desk.office, manager, id, { factors: true });
  const account = await findAccount(desk.office.read, id);
  expect(await verifyPassword(account?.password, password)).toBe(false);
  expect(await verifyPassword(account?.password, reset.password)).toBe(true);
  expect(await openFactors(desk.office, id)).toEqual([]);
});

test("別紙1 5(3) 役割は日付で決まり、変えた日から新しい役割だけになる", async () => {
  const { id } = await create(manager, "0107", ["operator"]);
  desk.clock.advance(86_400_000);
  await changeRoles(desk.office, manager, id, [{ role: "supervisor", from: "2025-09-18", to: "2025-09-30" }]);
  expect((await listAccounts(desk.office, manager))[0]?.roles).toEqual([
    { role: "supervisor", from: "2025-09-18", to: "2025-09-30" },
  ]);
  desk.clock.advance(13 * 86_400_000);
  expect((await listAccounts(desk.office, manager))[0]?.roles).toEqual([]);
  await disableAccount(desk.office, manager, id);
  await enableAccount(desk.office, manager, id);
});

test("別紙1 5(8) 同じカードは二人に登録できず、最後の一つは外せない", async () => {
  const a = desk.actor((await create(manager, "0107", ["operator"])).id, "operator");
  const b = desk.actor((await create(manager, "0108", ["operator"])).id, "operator");
  const setting = await factorSetting(desk.office, {
    rpId: "localhost",
    origin: "http://localhost",
    name: "",
  });
  const enrol = async (who: Actor) => {
    const { state } = await startEnrolment(desk.office, who, "n", { kind: "ic-card" }, setting);
    return enrolFactor(desk.office, who, { state, answer: { text: "ABC123456" } }, setting);
  };
  await enrol(a);
  await expect(enrol(b)).rejects.toMatchObject({ code: "CONFLICT" });
  const [card] = await openFactors(desk.office, a.id);
  expect(card?.row.lookup).toEqual(cardLookup(setting, "ABC123456"));
  await expect(removeFactor(desk.office, a, card?.row.id ?? "")).rejects.toMatchObject({ code: "REFUSED" });
  const { state } = await startEnrolment(desk.office, a, "n", { kind: "ic-card" }, setting);
  await expect(
    enrolFactor(desk.office, b, { state, answer: { text: "ZZZ999999" } }, setting),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("別紙1 5(8) 仮のパスワードは、いつも自分たちの決まりに合う", () => {
  for (let n = 0; n < 3000; n += 1) expect(checkPassword(newInitialPassword())).toEqual([]);
});
