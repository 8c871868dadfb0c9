import { createAccount, type RoleGrant } from "../access/create-account.ts";
import { type ListedAccount, listAccounts } from "../access/list-accounts.ts";
import {
  changeRoles,
  disableAccount,
  enableAccount,
  resetPassword,
  unlockAccount,
} from "../access/manage-account.ts";
import { humanRoles, roleLabels } from "../access/role.ts";
import { grantableRoles } from "../access/role-grant.ts";
import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import type { Ask, Route } from "../platform/route.ts";
import { AccountListPage, AccountPage, InitialPasswordPage, NewAccountPage } from "./account-page.tsx";
import type { RoleFieldsProps } from "./role-panel.tsx";

/** 従業者の一覧・登録・入れるようにし直す道（別紙1 5(3)）。 */
export const accountRoutes: Route[] = [
  {
    id: "account.list",
    method: "GET",
    path: "/accounts",
    kind: "page",
    summary: "従業者の一覧",
    handle: async (ask) => {
      const all = await listAccounts(ask.office, ask.actor);
      const search = (ask.query("q") ?? "").slice(0, 50);
      const accounts = all.filter((account) => matches(account, search));
      const mayCreate = grantableRoles(ask.actor).length > 0;
      const body = (
        <AccountListPage accounts={accounts} total={all.length} search={search} mayCreate={mayCreate} />
      );
      return ask.page({ title: "従業者", current: "account.list", body });
    },
  },
  {
    id: "account.new",
    method: "GET",
    path: "/accounts/new",
    kind: "page",
    summary: "従業者を登録する画面",
    stepUp: true,
    handle: (ask) => newPage(ask, new Map(), [], {}),
  },
  {
    id: "account.create",
    method: "POST",
    path: "/accounts",
    kind: "page",
    summary: "従業者を登録する",
    stepUp: true,
    handle: create,
  },
  {
    id: "account.page",
    method: "GET",
    path: "/accounts/:id",
    kind: "page",
    summary: "従業者ひとりの登録",
    handle: (ask) => accountPage(ask, {}),
  },
  {
    id: "account.roles",
    method: "POST",
    path: "/accounts/:id/roles",
    kind: "page",
    summary: "役割を変える",
    stepUp: true,
    handle: setRoles,
  },
  {
    id: "account.unlock",
    method: "POST",
    path: "/accounts/:id/unlock",
    kind: "page",
    summary: "入れなくなった人を入れるようにする",
    handle: async (ask) => {
      await unlockAccount(ask.office, ask.actor, ask.param("id"));
      return back(ask, "入れるようにしました。");
    },
  },
  {
    id: "account.reset",
    method: "POST",
    path: "/accounts/:id/reset",
    kind: "page",
    summary: "パスワードを仮のものに戻す",
    stepUp: true,
    handle: async (ask) => {
      const { number } = await one(ask);
      const factors = (await ask.form()).get("factors") === "1";
      const { password } = await resetPassword(ask.office, ask.actor, ask.param("id"), { factors });
      return initialPassword(ask, number, password);
    },
  },
  {
    id: "account.disable",
    method: "POST",
    path: "/accounts/:id/disable",
    kind: "page",
    summary: "従業者を使えなくする",
    stepUp: true,
    handle: async (ask) => {
      await disableAccount(ask.office, ask.actor, ask.param("id"));
      return back(ask, "使えなくしました。");
    },
  },
  {
    id: "account.enable",
    method: "POST",
    path: "/accounts/:id/enable",
    kind: "page",
    summary: "従業者をまた使えるようにする",
    stepUp: true,
    handle: async (ask) => {
      await enableAccount(ask.office, ask.actor, ask.param("id"));
      return back(ask, "また使えるようにしました。");
    },
  },
];

function matches(account: ListedAccount, search: string): boolean {
  const words = search.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const roles = account.roles.map(({ role }) => roleLabels[role]).join(" ");
  const text = `${account.number} ${account.name} ${roles}`.normalize("NFKC").toLowerCase();
  return words.every((word) => text.includes(word));
}

async function one(ask: Ask): Promise<ListedAccount> {
  const found = (await listAccounts(ask.office, ask.actor)).find(({ id }) => id === ask.param("id"));
  if (found) return found;
  throw new AppError("NOT_FOUND", "その従業者は、この業務にいません。一覧から選び直してください。");
}

function back(ask: Ask, flash: string): Response {
  return ask.go(`/accounts/${ask.param("id")}`, flash);
}

function initialPassword(ask: Ask, number: string, password: string): Promise<Response> {
  const body = <InitialPasswordPage number={number} password={password} />;
  return ask.page({ title: "仮のパスワード", current: "account.list", body });
}

type Form = ReadonlyMap<string, string>;

/** form の役割の欄。打たれたままを返す画面のためにも使う。 */
function roleFields(
  ask: Ask,
  form: Form,
  chosen: readonly Role[],
  errors: Record<string, string>,
): RoleFieldsProps {
  return {
    grantable: grantableRoles(ask.actor),
    chosen,
    from: form.get("from") ?? ask.today,
    to: form.get("to") ?? "",
    approval: form.get("approval") ?? "",
    errors,
  };
}

async function chosenRoles(ask: Ask): Promise<Role[]> {
  const names = await ask.formAll("roles");
  return humanRoles.filter((role) => names.includes(role));
}

function readGrants(form: Form, roles: readonly Role[], today: string): RoleGrant[] {
  const from = form.get("from") || today;
  const to = form.get("to") || undefined;
  for (const [field, day] of [
    ["from", from],
    ["to", to],
  ] as const)
    if (day !== undefined && !isDay(day)) {
      const message = "暦にある日を「2025-09-17」の形で入れてください。";
      throw new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
    }
  return roles.map((role) => ({ role, from, to }));
}

/** 欄の誤りなら欄ごとの文に、そうでなければ投げ直す。 */
function fieldFaults(cause: unknown): Record<string, string> {
  if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT" || cause.faults.length === 0) throw cause;
  return Object.fromEntries(cause.faults.map((fault) => [fault.field ?? "number", fault.message]));
}

async function create(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const roles = await chosenRoles(ask);
  try {
    const { password } = await createAccount(ask.office, ask.actor, {
      number: form.get("number") ?? "",
      name: form.get("name") ?? "",
      roles: readGrants(form, roles, ask.today),
      approval: form.get("approval"),
    });
    return initialPassword(ask, form.get("number") ?? "", password);
  } catch (cause) {
    return newPage(ask, form, roles, fieldFaults(cause));
  }
}

function newPage(
  ask: Ask,
  form: Form,
  chosen: readonly Role[],
  errors: Record<string, string>,
): Promise<Response> {
  const body = (
    <NewAccountPage
      csrf={ask.seated.csrf}
      number={form.get("number") ?? ""}
      name={form.get("name") ?? ""}
      {...roleFields(ask, form, chosen, errors)}
    />
  );
  const status = Object.keys(errors).length === 0 ? 200 : 422;
  return ask.page({ title: "従業者の登録", current: "account.list", body, status });
}

async function setRoles(ask: Ask): Promise<Response> {
  const form = await ask.form();
  try {
    const grants = readGrants(form, await chosenRoles(ask), ask.today);
    await changeRoles(ask.office, ask.actor, ask.param("id"), grants, form.get("approval"));
  } catch (cause) {
    return accountPage(ask, fieldFaults(cause));
  }
  return back(ask, "役割を変えました。");
}

async function accountPage(ask: Ask, errors: Record<string, string>): Promise<Response> {
  const account = await one(ask);
  const chosen = account.roles.map(({ role }) => role);
  const to = account.roles.find((role) => role.to !== null)?.to ?? "";
  const form = new Map([["to", to]]);
  const body = (
    <AccountPage csrf={ask.seated.csrf} account={account} roles={roleFields(ask, form, chosen, errors)} />
  );
  const status = Object.keys(errors).length === 0 ? 200 : 422;
  return ask.page({ title: "従業者の登録", current: "account.list", body, status });
}
