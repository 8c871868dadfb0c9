import { z } from "zod";
import { createAccount } from "../access/create-account.ts";
import { listAccounts } from "../access/list-accounts.ts";
import { resetPassword, unlockAccount } from "../access/manage-account.ts";
import { humanRoles } from "../access/role.ts";
import { isDay } from "../japan/day.ts";
import type { Route } from "../platform/route.ts";

const dayInput = z.string().refine(isDay, "「2025-09-11」の形で、暦にある日を書いてください。");
const newAccountInput = z.strictObject({
  number: z.string(),
  name: z.string(),
  roles: z
    .array(z.strictObject({ role: z.enum(humanRoles), from: dayInput, to: dayInput.optional() }))
    .min(1)
    .max(20),
  approval: z.string().max(100).optional(),
});
const resetInput = z.strictObject({ factors: z.boolean().default(false) });
const passwordOutput = z.object({ id: z.string(), password: z.string() });
const listOutput = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      name: z.string(),
      state: z.enum(["active", "disabled"]),
      mustChange: z.boolean(),
      locked: z.boolean(),
      roles: z.array(z.object({ role: z.enum(humanRoles), from: z.string(), to: z.string().nullable() })),
      factors: z.array(z.string()),
      mayHelp: z.boolean(),
      mayRegister: z.boolean(),
    }),
  ),
});

/** 従業者の一覧・登録・入れるようにし直す、JSON の道。 */
export const accountApiRoutes: Route[] = [
  {
    id: "api.account.list",
    method: "GET",
    path: "/api/accounts",
    kind: "api",
    summary: "従業者の一覧",
    output: listOutput,
    handle: async (ask) => ask.reply({ accounts: await listAccounts(ask.office, ask.actor) }),
  },
  {
    id: "api.account.create",
    method: "POST",
    path: "/api/accounts",
    kind: "api",
    summary: "従業者を登録する",
    input: newAccountInput,
    output: passwordOutput,
    stepUp: true,
    handle: async (ask) =>
      ask.reply(await createAccount(ask.office, ask.actor, await ask.json(newAccountInput)), 201),
  },
  {
    id: "api.account.unlock",
    method: "POST",
    path: "/api/accounts/:id/unlock",
    kind: "api",
    summary: "入れなくなった人を入れるようにする",
    handle: async (ask) => {
      await unlockAccount(ask.office, ask.actor, ask.param("id"));
      return ask.reply(undefined, 204);
    },
  },
  {
    id: "api.account.reset",
    method: "POST",
    path: "/api/accounts/:id/reset",
    kind: "api",
    summary: "パスワードを仮のものに戻す",
    input: resetInput,
    output: passwordOutput,
    stepUp: true,
    handle: async (ask) => {
      const id = ask.param("id");
      const { password } = await resetPassword(ask.office, ask.actor, id, await ask.json(resetInput));
      return ask.reply({ id, password });
    },
  },
];
