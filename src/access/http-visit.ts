import { createHmac, createSecretKey } from "node:crypto";
import type { Context } from "hono";
import type { Office } from "../platform/office.ts";
import type { Visit } from "./entrance.ts";
import { htmlResponse, jsonResponse, redirect } from "./http-ask.ts";
import { type HttpBody, httpBody } from "./http-body.ts";
import { cookieNames, readCookie, setCookie } from "./http-headers.ts";
import { officeKey } from "./office-key.ts";
import { openSession } from "./open-session.ts";
import type { PageFrame } from "./page-frame.ts";
import { newToken } from "./session.ts";

/** 着席前の要求に要る部品。 */
interface VisitParts {
  office: Office;
  frame: PageFrame;
  secure?: boolean | undefined;
}

/** 着席前の要求。合い札は、着席前は訪問の印（cookie）から、着席後はセッションから。 */
export async function makeVisit(
  parts: VisitParts,
  c: Context,
  host: string,
): Promise<{ visit: Visit; csrf: string; body: HttpBody; finish(response: Response): Response }> {
  const { office, frame } = parts;
  const secure = parts.secure ?? false;
  const names = cookieNames(secure);
  const cookies = c.req.header("cookie");
  const session = await openSession(office, readCookie(cookies, names.session), {
    active: false,
    live: false,
  });
  const known = readCookie(cookies, names.visit);
  const mark = known !== undefined && /^[\w-]{43}$/.test(known) ? known : newToken();
  const csrf = session?.row.csrf ?? visitCsrf(await officeKey(office, "visit"), mark);
  const body = httpBody(c.req.raw);
  const made: string[] = mark === known ? [] : [setCookie(names.visit, mark, secure)];
  const visit: Visit = {
    office,
    session,
    csrf,
    host,
    secure,
    query: (name) => c.req.query(name),
    form: () => body.form(),
    page: async (given) => htmlResponse(await frame.bare(given), given.status ?? 200),
    reply: (value, status = 200) => jsonResponse(value, status),
    go: (path) => redirect(path),
    begin: (token) => made.push(setCookie(names.session, token, secure)),
    end: () => made.push(setCookie(names.session, undefined, secure)),
  };
  const finish = (response: Response) => {
    for (const cookie of made) response.headers.append("Set-Cookie", cookie);
    return response;
  };
  return { visit, csrf, body, finish };
}

function visitCsrf(key: Uint8Array, mark: string): string {
  return createHmac("sha256", createSecretKey(key)).update(mark, "utf8").digest("base64url");
}
