import { type Context, Hono } from "hono";
import type { Role } from "./actor.ts";
import type { EntranceRoute } from "./entrance.ts";
import { AppError } from "./error.ts";
import { htmlResponse, jsonResponse, makeAsk, redirect, seatedOf } from "./http-ask.ts";
import { readAsset } from "./http-asset.ts";
import { httpBody } from "./http-body.ts";
import {
  type Failure,
  failureBody,
  failureNotice,
  failureOf,
  type Incident,
  incidentLine,
} from "./http-error.ts";
import {
  csrfFieldName,
  csrfHeaderName,
  requireCsrf,
  requireKnownHost,
  requireOwnPage,
} from "./http-guard.ts";
import { cookieNames, readCookie, secureHeaders } from "./http-headers.ts";
import { makeVisit } from "./http-visit.ts";
import type { Office } from "./office.ts";
import { type CurrentSession, openSession } from "./open-session.ts";
import type { PageFrame } from "./page-frame.ts";
import { rateLimit } from "./rate-limit.ts";
import type { Route } from "./route.ts";
import { isSteppedUp } from "./session.ts";
import { instantFromMs } from "./time.ts";

export interface AppParts {
  office: Office;
  /** 着席した人の道。 */
  routes: readonly Route[];
  /** だれでも入れる道。 */
  entrances: readonly EntranceRoute[];
  /** 役割の表（main/role-matrix.ts）に聞く。 */
  mayOpen(routeId: string, roles: readonly Role[]): boolean;
  frame: PageFrame;
  /** dist/assets。なければ /assets/ は 404。 */
  assetsDir?: string | undefined;
  /** 開いてよいホスト名（この機械自身の名は、いつもよい）。 */
  hostnames?: readonly string[] | undefined;
  /** TLS の向こうで動くか。 */
  secure?: boolean | undefined;
  /** 不具合の知らせ先。省けば標準エラーに、個人情報を含まない一行。 */
  report?: ((incident: Incident) => void) | undefined;
}

/** 試す回数の上限: 一分に 20 回（端末ごと）。 */
const TRIES_PER_MINUTE = 20;

/** 一つの要求の間だけ使う、部品と見出し。 */
interface Turn {
  parts: AppParts;
  c: Context;
  host: string;
  wantsJson: boolean;
  session?: CurrentSession | undefined;
}

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
  for (const route of bySpecificity(parts.routes))
    app.on(route.method, route.path, (c) =>
      answer({ parts, c, route: route.id, wantsJson: asksForJson(c, route.kind) }, (turn) =>
        serveRoute(turn, route),
      ),
    );
  addWrongMethods(app, parts);
  app.notFound((c) =>
    answer({ parts, c, route: "none", wantsJson: asksForJson(c, "page") }, async () => {
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

/** 要求を一つ答える。どんな失敗も、決まった形の答えになる。 */
async function answer(
  given: { parts: AppParts; c: Context; route: string; wantsJson: boolean },
  serve: (turn: Turn) => Promise<Response>,
): Promise<Response> {
  const { parts, c, route, wantsJson } = given;
  const turn: Turn = { parts, c, wantsJson, host: c.req.header("host") ?? new URL(c.req.url).host };
  try {
    requireKnownHost(turn.host, parts.hostnames ?? []);
    return await serve(turn);
  } catch (cause) {
    const report = parts.report ?? ((incident) => writeIncident(incident, parts.office));
    const failure = failureOf(cause, { method: c.req.method, route }, report);
    return failed(turn, failure).catch((worse: unknown) => {
      const again = failureOf(worse, { method: c.req.method, route }, report);
      return jsonResponse(failureBody(again), 500);
    });
  }
}

function writeIncident(incident: Incident, office: Office): void {
  process.stderr.write(`${incidentLine(incident, instantFromMs(office.clock.systemMs()))}\n`);
}

async function failed(turn: Turn, failure: Failure): Promise<Response> {
  const { parts, c, session, wantsJson } = turn;
  if (wantsJson) return jsonResponse(failureBody(failure), failure.status);
  const seated = session?.row.stage === "seated" && !session.locked ? seatedOf(session) : undefined;
  const back = c.req.method === "GET" ? c.req.path : "/";
  const notice = failureNotice(failure, back);
  return htmlResponse(await parts.frame.error({ office: parts.office, seated, notice }), failure.status);
}

async function serveRoute(turn: Turn, route: Route): Promise<Response> {
  const { parts, c } = turn;
  const { office } = parts;
  const isRead = route.method === "GET";
  const token = readCookie(c.req.header("cookie"), cookieNames(parts.secure ?? false).session);
  const live = c.req.query("live") === "1";
  // 画面が自分で尋ねる読み取り（api の GET）は、人の操作に数えない。
  const session = await openSession(office, token, { active: !(isRead && route.kind === "api"), live });
  turn.session = session;
  const elsewhere = turnedAway(turn, session, isRead && route.kind !== "api");
  if (elsewhere !== undefined) return elsewhere;
  if (session === undefined) throw new Error("a session is needed here");
  if (!parts.mayOpen(route.id, session.roles))
    throw new AppError("FORBIDDEN", "あなたの役割では開けません。必要なときは責任者に相談してください。");
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

function pathOf(c: Context): string {
  const url = new URL(c.req.url);
  return `${url.pathname}${url.search}`;
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
