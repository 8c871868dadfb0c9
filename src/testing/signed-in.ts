import type { Hono } from "hono";
import { accountTable, insertAccount, insertRole } from "../access/account-store.ts";
import type { EntranceRoute } from "../access/entrance.ts";
import { makeApp } from "../access/http.ts";
import type { AppParts } from "../access/http-answer.ts";
import { OFFICE_KEYS } from "../access/office-key.ts";
import { newToken, tokenHash } from "../access/session.ts";
import { insertSession } from "../access/session-store.ts";
import type { Actor, Role } from "../base/actor.ts";
import { instantFromMs } from "../base/time.ts";
import { makeFrame } from "../main/frame-panel.tsx";
import { menuEntries } from "../main/menu.ts";
import { mayOpen } from "../main/role-matrix.ts";
import { mayReach } from "../main/route-path.ts";
import type { Office } from "../platform/office.ts";
import type { Route } from "../platform/route.ts";
import { sealRow } from "../platform/sealed-row.ts";

/** 着席した人として要求を送る道具。 */
export interface SignedIn {
  readonly actor: Actor;
  readonly number: string;
  readonly csrf: string;
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** JSON を送る。合い札は見出しに付く。 */
  send(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** フォームを送る。合い札は欄に付く。同じ名を重ねるときは [名, 値] の並びで。ファイルは File で。 */
  post(path: string, fields: Record<string, string | File> | [string, string | File][]): Promise<Response>;
}

/** だれのものでもないハッシュ（合うパスワードはない）。試験では着席の画面を通らない。 */
const NO_PASSWORD =
  "$argon2id$v=19$m=65536,t=3,p=1$js501mQAxvlWQeaMF2sXcQ$D3+vXuuSX2epeE/HIkBoMvK3YQvi6MAfRdDnvEf7Qb4";
let count = 0;

/** 室の route だけのアプリ。役割の表も本物。不具合は隠さずに投げ直す。 */
export function roomApp(office: Office, routes: readonly Route[], more: Partial<AppParts> = {}): Hono {
  return makeApp({
    office,
    routes,
    entrances: [] as EntranceRoute[],
    mayOpen,
    frame: makeFrame({
      assets: { "madoguchi.css": "/assets/madoguchi.css" },
      menu: menuEntries,
      mayOpen,
      mayReach,
    }),
    report: (incident) => {
      console.error(incident.number, incident.method, incident.route, incident.cause);
    },
    ...more,
  });
}

/** 役割を持つ従業者を作り、着席させる（表に直に書くので速い）。契約は contract。第二の要素は確かめたばかり。 */
export async function signIn(
  app: Hono,
  office: Office,
  contract: string,
  ...roles: Role[]
): Promise<SignedIn> {
  return signInAs(app, office, { contract, roles });
}

/** 細かく決めて着席させる。steppedUp が偽なら、大事な行いの前に STEP_UP になる。 */
export async function signInAs(
  app: Hono,
  office: Office,
  given: {
    contract: string;
    roles: readonly Role[];
    desk?: string | null;
    steppedUp?: boolean;
    name?: string;
  },
): Promise<SignedIn> {
  count += 1;
  const number = `T${String(count).padStart(4, "0")}`;
  const { contract, roles, desk = "2", steppedUp = true, name = `試験　${number}` } = given;
  const key = await office.keys.fresh(OFFICE_KEYS);
  const now = instantFromMs(office.clock.systemMs());
  const token = newToken();
  const csrf = newToken();
  await office.keep(async (tx) => {
    await insertAccount(
      tx,
      sealRow(accountTable, key, {
        id: key.id,
        number,
        name,
        state: "active",
        password: NO_PASSWORD,
        must_change: 0,
        created_at: now,
        changed_at: now,
      }),
    );
    for (const role of roles)
      await insertRole(tx, {
        account_id: key.id,
        contract_id: contract,
        role,
        from_day: "2000-01-01",
        to_day: null,
      });
    await insertSession(tx, {
      hash: tokenHash(token),
      account_id: key.id,
      stage: "seated",
      contract_id: contract,
      desk,
      csrf,
      challenge: null,
      flash: null,
      started_at: now,
      seen_at: now,
      stepped_at: steppedUp ? now : null,
      live_until: null,
      locked: 0,
    });
  });
  const actor: Actor = { id: key.id, contract, roles, ...(desk === null ? {} : { desk }) };
  return {
    actor,
    number,
    csrf,
    cookie: `madoguchi=${token}`,
    ...requestsOf(app, `madoguchi=${token}`, csrf),
  };
}

function requestsOf(app: Hono, cookie: string, csrf: string): Pick<SignedIn, "get" | "send" | "post"> {
  return {
    get: async (path, headers = {}) => app.request(path, { headers: { cookie, ...headers } }),
    send: async (method, path, body, headers = {}) =>
      app.request(path, {
        method,
        headers: {
          cookie,
          "x-csrf-token": csrf,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    post: async (path, fields) => {
      const entries = Array.isArray(fields) ? fields : Object.entries(fields);
      const hasFile = entries.some(([, value]) => typeof value !== "string");
      const body = hasFile ? new FormData() : new URLSearchParams();
      body.append("csrf", csrf);
      for (const [name, value] of entries) {
        if (body instanceof FormData) body.append(name, value);
        else if (typeof value === "string") body.append(name, value);
      }
      return app.request(path, { method: "POST", headers: { cookie }, body });
    },
  };
}
