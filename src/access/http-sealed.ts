import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { AppError } from "../base/error.ts";
import type { SealState } from "../platform/key-holder.ts";
import type { HolderClient } from "../platform/key-holder-client.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { htmlResponse, jsonResponse, redirect } from "./http-ask.ts";
import { readAsset } from "./http-asset.ts";
import { httpBody } from "./http-body.ts";
import { csrfFieldName, requireCsrf, requireKnownHost, requireOwnPage } from "./http-guard.ts";
import { cookieNames, readCookie, secureHeaders, setCookie } from "./http-headers.ts";

/** 封印中の画面を描く者。 */
export interface SealedDrawer {
  sealed(state: SealState, csrf: string, error: string | undefined): string;
  paper(): string;
}

export interface SealedAppParts {
  folder: OfficeFolder;
  holder: HolderClient;
  assetsDir: string;
  secure: boolean;
  /** 画面を描く者（platform は画面の部品を知らない）。 */
  draw: SealedDrawer;
  /** 開いたときに呼ぶ。 */
  onOpen(): Promise<void>;
}

const sealedReply = {
  error: {
    code: "SEALED",
    message: "事務所は封印されています。開封されるまでお待ちください。",
    faults: [],
    detail: {},
  },
};

/** 封印中のアプリ: 開封の画面と、紙の受付票だけ。データベースはまだ開いていない。 */
export function makeSealedApp(parts: SealedAppParts): Hono {
  const app = new Hono();
  const token = randomBytes(24).toString("base64url");
  const cookie = cookieNames(parts.secure).visit;
  app.use(async (c, next) => {
    requireKnownHost(c.req.header("host") ?? "", parts.folder.hostnames);
    await next();
    secureHeaders(c.res.headers, { secure: parts.secure, immutable: c.req.path.startsWith("/assets/") });
  });
  app.get("/assets/*", (c) => {
    const asset = readAsset(parts.assetsDir, c.req.path.slice("/assets/".length));
    return asset
      ? new Response(asset.bytes, { headers: { "Content-Type": asset.media } })
      : new Response(null, { status: 404 });
  });
  app.get("/paper", () => htmlResponse(parts.draw.paper(), 200));
  app.post("/unseal", async (c) => {
    requireOwnPage((name) => c.req.header(name), c.req.header("host") ?? "");
    const body = httpBody(c.req.raw);
    requireCsrf(await body.field(csrfFieldName), token);
    if (readCookie(c.req.header("cookie"), cookie) !== token) return redirect("/");
    const form = await body.form();
    try {
      const state = await parts.holder.confirm(form.get("holder") ?? "", form.get("words") ?? "");
      if (!state.sealed) await parts.onOpen();
      return redirect("/");
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      return sealedPage(parts, token, cookie, cause.message, 422);
    }
  });
  app.all("*", async (c) => {
    // 保管者が画面でなくコマンドで開けたときも、同じ窓口で続ける。
    if (!(await parts.holder.state()).sealed) {
      await parts.onOpen();
      return redirect("/");
    }
    return c.req.path.startsWith("/api/")
      ? jsonResponse(sealedReply, 503)
      : sealedPage(parts, token, cookie, undefined, 503);
  });
  app.onError((cause, c) => {
    const message =
      cause instanceof AppError
        ? cause.message
        : "開封の画面で不具合がありました。管理者に知らせてください。";
    return c.text(message, cause instanceof AppError ? 403 : 500);
  });
  return app;
}

async function sealedPage(
  parts: SealedAppParts,
  token: string,
  cookie: string,
  error: string | undefined,
  status: number,
): Promise<Response> {
  const response = htmlResponse(parts.draw.sealed(await parts.holder.state(), token, error), status);
  response.headers.append("Set-Cookie", setCookie(cookie, token, parts.secure));
  return response;
}
