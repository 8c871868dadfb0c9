import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { formatWareki } from "../japan/wareki.ts";
import { AppError } from "../platform/error.ts";
import { htmlResponse, jsonResponse, redirect } from "../platform/http-ask.ts";
import { readAsset } from "../platform/http-asset.ts";
import { httpBody } from "../platform/http-body.ts";
import { csrfFieldName, requireCsrf, requireKnownHost, requireOwnPage } from "../platform/http-guard.ts";
import { cookieNames, readCookie, secureHeaders, setCookie } from "../platform/http-headers.ts";
import type { HolderClient } from "../platform/key-holder-client.ts";
import type { OfficeFolder } from "../platform/office-folder.ts";
import { PASSPHRASE_WORDS } from "../platform/passphrase.ts";
import { dayOf, instantFromMs, minuteOf } from "../platform/time.ts";
import { PaperIntake } from "../screens/paper-intake-page.tsx";
import { SealedPage } from "../screens/sealed-page.tsx";
import { type Assets, renderDocument } from "../ui/render-document.tsx";

export interface SealedAppParts {
  folder: OfficeFolder;
  holder: HolderClient;
  assets: Assets;
  assetsDir: string;
  secure: boolean;
  startedAtMs: number;
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
  app.get("/paper", () => htmlResponse(draw(parts, "紙の受付票", <PaperIntake backHref="/" />), 200));
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
  const state = await parts.holder.state();
  const now = instantFromMs(Date.now());
  const done = state.confirmed.map((c) => c.holder);
  const body = (
    <SealedPage
      why={`${clock(parts.startedAtMs)}に起動しました。`}
      facts={[
        {
          look: "done",
          title: "予約も下書きも失われていません",
          sub: "書き終えたことだけを受け付けています。鍵が入ると、続きから始められます。",
        },
        {
          look: "due",
          title: "電話が鳴ったら、紙の受付票で始められます",
          sub: "開いたあとで、受付デスクから入力します。",
        },
      ]}
      links={[{ href: "/paper", label: "紙の受付票を印刷", icon: "print" }]}
      last={`${formatWareki(dayOf(now), { weekday: true })}${minuteOf(now)}　個人情報取扱安全管理基準 5(3)(6)(8)`}
      action="/unseal"
      csrf={token}
      confirmed={state.confirmed.map((c) => ({ role: c.holder, at: clock(Date.parse(c.at)) }))}
      needed={state.needed}
      holders={state.holders.filter((h) => !done.includes(h)).map((h) => ({ value: h, label: h }))}
      words={PASSPHRASE_WORDS}
      error={error}
    />
  );
  const response = htmlResponse(draw(parts, "開封", body), status);
  response.headers.append("Set-Cookie", setCookie(cookie, token, parts.secure));
  return response;
}

function draw(parts: SealedAppParts, title: string, children: React.ReactNode): string {
  return renderDocument({ title, assets: parts.assets, children });
}

function clock(ms: number): string {
  return minuteOf(instantFromMs(ms)).replace(/^0/, "");
}
