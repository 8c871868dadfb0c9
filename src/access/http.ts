import { type Context, Hono } from "hono";
import { AppError } from "../base/error.ts";
import type { Route } from "../platform/route.ts";
import { type AppParts, answer, pathOf, type Turn } from "./http-answer.ts";
import { jsonResponse, makeAsk, redirect } from "./http-ask.ts";
import { readAsset } from "./http-asset.ts";
import { httpBody } from "./http-body.ts";
import { csrfFieldName, csrfHeaderName, requireCsrf, requireOwnPage } from "./http-guard.ts";
import { cookieNames, readCookie, secureHeaders } from "./http-headers.ts";
import { makeVisit } from "./http-visit.ts";
import { type CurrentSession, openSession } from "./open-session.ts";
import { passGate } from "./pass-gate.ts";
import { rateLimit } from "./rate-limit.ts";
import { isSteppedUp } from "./session.ts";

/** 試す回数の上限: 一分に 20 回（端末ごと）。 */
const TRIES_PER_MINUTE = 20;
/** 機械の知らせの上限（端末ごと）と、一つの大きさ（バイト）。 */
const SIGNALS_PER_MINUTE = 3000;
const SIGNAL_BYTES = 16 * 1024;

/** 道の一覧からアプリを組む。fetch と request が使え、ソケットは要らない。 */
export function makeApp(parts: AppParts): Hono {
  const app = new Hono();
  const secure = parts.secure ?? false;
  app.use(async (c, next) => {
    await next();
    const immutable = c.res.headers.get("Cache-Control")?.includes("immutable") ?? false;
    secureHeaders(c.res.headers, { secure, immutable });
  });
  if (parts.assetsDir !== undefined) addAssets(app, parts, parts.assetsDir);
  addEntrances(app, parts);
  addSigned(app, parts);
  for (const route of bySpecificity(parts.routes))
    app.on(route.method, route.path, (c) =>
      answer({ parts, c, route: route.id, wantsJson: asksForJson(c, route.kind) }, (turn) =>
        serveRoute(turn, route),
      ),
    );
  addWrongMethods(app, parts);
  app.notFound((c) =>
    answer({ parts, c, route: "none", wantsJson: asksForJson(c, "page") }, async (turn) => {
      turn.session = await sessionOf(turn, { active: false, live: false });
      throw new AppError(
        "NOT_FOUND",
        "その画面はありません。アドレスを確かめるか、業務ホームから選び直してください。",
      );
    }),
  );
  app.onError((cause, c) =>
    answer({ parts, c, route: "none", wantsJson: asksForJson(c, "page") }, async () => {
      throw cause;
    }),
  );
  return app;
}

function asksForJson(c: Context, kind: "page" | "api" | "file"): boolean {
  return (
    kind === "api" ||
    c.req.path.startsWith("/api/") ||
    (c.req.header("accept") ?? "").startsWith("application/json")
  );
}

/** 決まった字の道を、値の入る道より先に。 */
function bySpecificity<T extends { path: string }>(routes: readonly T[]): T[] {
  const weight = (path: string) =>
    path
      .split("/")
      .map((part) => (part.startsWith(":") ? "1" : "0"))
      .join("");
  return [...routes].sort((a, b) =>
    weight(a.path) < weight(b.path) ? -1 : weight(a.path) > weight(b.path) ? 1 : 0,
  );
}

async function serveRoute(turn: Turn, route: Route): Promise<Response> {
  const { parts, c } = turn;
  const { office } = parts;
  const isRead = route.method === "GET";
  const live = c.req.query("live") === "1";
  // 画面が自分で尋ねる読み取り（api の GET）は、人の操作に数えない。
  const session = await sessionOf(turn, { active: !(isRead && route.kind === "api"), live });
  turn.session = session;
  const elsewhere = turnedAway(turn, session, isRead && route.kind !== "api");
  if (elsewhere !== undefined) return elsewhere;
  if (session === undefined) throw new Error("a session is needed here");
  if (!parts.mayOpen(route.id, session.roles))
    throw new AppError("FORBIDDEN", "あなたの役割では開けません。必要なときは責任者に相談してください。");
  const use = parts.personalUseOf?.(route.id);
  if (use !== undefined) await passGate(office, session, use, isRead);
  const body = httpBody(c.req.raw, route.bodyLimit);
  if (!isRead) {
    requireOwnPage((name) => c.req.header(name), turn.host);
    requireCsrf(c.req.header(csrfHeaderName) ?? (await body.field(csrfFieldName)), session.row.csrf);
  }
  if (route.stepUp && !isSteppedUp(session.row.stepped_at, office.clock.systemMs())) {
    if (isRead && !turn.wantsJson) return redirect(`/step-up?next=${encodeURIComponent(pathOf(c))}`);
    throw new AppError(
      "STEP_UP",
      "この行いの前に、本人であることをもう一度確かめます。確かめたあとで、もう一度行ってください。",
      {
        detail: { href: "/step-up" },
      },
    );
  }
  const { ask, settle } = makeAsk({
    office,
    session,
    frame: parts.frame,
    body,
    param: (name) => c.req.param(name),
    query: (name) => c.req.query(name),
    header: (name) => c.req.header(name),
  });
  const response = await route.handle(ask);
  await settle();
  return response;
}

function sessionOf(
  { parts, c }: Turn,
  by: { active: boolean; live: boolean },
): Promise<CurrentSession | undefined> {
  const token = readCookie(c.req.header("cookie"), cookieNames(parts.secure ?? false).session);
  return openSession(parts.office, token, by);
}

/** 着席していない、途中である、閉じているときの行き先。入れるなら undefined。 */
function turnedAway(turn: Turn, session: CurrentSession | undefined, canMove: boolean): Response | undefined {
  const next = `?next=${encodeURIComponent(pathOf(turn.c))}`;
  const move = canMove && !turn.wantsJson;
  if (session === undefined || session.row.stage === "factor") {
    if (move) return redirect(`/sign-in${next}`);
    throw new AppError("NOT_SIGNED_IN", "着席していません。着席してから、もう一度行ってください。", {
      detail: { href: "/sign-in" },
    });
  }
  if (session.row.stage === "setup") {
    if (move) return redirect("/welcome");
    throw new AppError("NOT_SIGNED_IN", "はじめの登録が済んでいません。登録を済ませてください。", {
      detail: { href: "/welcome" },
    });
  }
  if (!session.locked) return undefined;
  if (move) return redirect(`/locked${next}`);
  throw new AppError(
    "NOT_SIGNED_IN",
    "しばらく操作がなかったので、画面を閉じています。パスワードを入れて開いてください。",
    { detail: { href: "/locked", locked: true } },
  );
}

function addEntrances(app: Hono, parts: AppParts): void {
  const tries = rateLimit(TRIES_PER_MINUTE, 60_000);
  for (const route of bySpecificity(parts.entrances)) {
    app.on(route.method, route.path, (c) =>
      answer({ parts, c, route: route.id, wantsJson: asksForJson(c, route.kind) }, async (turn) => {
        if (route.counted) tries.spend(addressOf(c), parts.office.clock.systemMs());
        const { visit, csrf, body, finish } = await makeVisit(parts, c, turn.host);
        turn.session = visit.session;
        if (route.method === "POST") {
          requireOwnPage((name) => c.req.header(name), turn.host);
          requireCsrf(c.req.header(csrfHeaderName) ?? (await body.field(csrfFieldName)), csrf);
        }
        return finish(await route.handle(visit));
      }),
    );
  }
}

/** 機械の道。cookie を見ないので、合い札は要らない。確かめるのは署名。 */
function addSigned(app: Hono, parts: AppParts): void {
  const calls = rateLimit(SIGNALS_PER_MINUTE, 60_000);
  for (const route of parts.signed ?? [])
    app.on(route.method, route.path, (c) =>
      answer({ parts, c, route: route.id, wantsJson: true }, async () => {
        calls.spend(addressOf(c), parts.office.clock.systemMs());
        const reply = await route.handle({
          office: parts.office,
          param: (name) => c.req.param(name) ?? "",
          header: (name) => c.req.header(name),
          body: await httpBody(c.req.raw, SIGNAL_BYTES).text(),
        });
        return jsonResponse(reply, 200);
      }),
    );
}

/** 掛けてきた端末の番地。ソケットのない試験では "local"。 */
function addressOf(c: Context): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? "local";
}

/** 道はあるが、その方法ではないとき（405）。 */
function addWrongMethods(app: Hono, parts: AppParts): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of [...parts.routes, ...parts.entrances])
    methods.set(path, [...(methods.get(path) ?? []), ...(method === "GET" ? ["GET", "HEAD"] : [method])]);
  for (const [path, allowed] of methods) {
    app.all(path, async (c) => {
      const response = await answer(
        { parts, c, route: "none", wantsJson: asksForJson(c, "page") },
        async () => {
          throw new AppError("NOT_FOUND", "この場所では、その方法は使えません。画面を開き直してください。");
        },
      );
      const headers = new Headers(response.headers);
      headers.set("Allow", [...new Set(allowed)].sort().join(", "));
      return new Response(response.body, {
        status: response.status === 404 ? 405 : response.status,
        headers,
      });
    });
  }
}

function addAssets(app: Hono, parts: AppParts, assetsDir: string): void {
  app.get("/assets/*", (c) =>
    answer({ parts, c, route: "asset", wantsJson: false }, async () => {
      const asset = readAsset(assetsDir, c.req.path.slice("/assets/".length));
      if (!asset) throw new AppError("NOT_FOUND", "そのファイルはありません。");
      const headers = {
        "Content-Type": asset.media,
        ...(asset.immutable ? { "Cache-Control": "immutable" } : {}),
      };
      return new Response(asset.bytes, { headers });
    }),
  );
}
