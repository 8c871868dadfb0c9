import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Ask, PageParts, Seated } from "../platform/route.ts";
import type { HttpBody } from "./http-body.ts";
import { contentDisposition } from "./http-headers.ts";
import type { CurrentSession } from "./open-session.ts";
import type { PageFrame } from "./page-frame.ts";
import { updateSession } from "./session-store.ts";
import { parseInput } from "./zod-message.ts";

/** HTTP の要求のうち、Ask が見るもの。 */
export interface AskParts {
  office: Office;
  session: CurrentSession;
  frame: PageFrame;
  body: HttpBody;
  param(name: string): string | undefined;
  query(name: string): string | undefined;
  header(name: string): string | undefined;
}

/** セッションから、室に見せる「着席している人」。 */
export function seatedOf(session: CurrentSession): Seated {
  const { actor, account, name, row } = session;
  return { actor, number: account.number, name, csrf: row.csrf, steppedAt: row.stepped_at };
}

/** 一つの要求を Ask にする。settle は、答えの前に済ませること（次の画面への知らせを残す）。 */
export function makeAsk(parts: AskParts): { ask: Ask; settle(): Promise<void> } {
  const { office, session, frame, body } = parts;
  const seated = seatedOf(session);
  const now = office.clock.officeNow(seated.actor.contract);
  let pending: string | undefined;
  const ask: Ask = {
    office,
    actor: seated.actor,
    seated,
    today: dayOf(now),
    now,
    param: (name) => {
      const value = parts.param(name);
      if (value === undefined) throw new Error(`the path has no parameter ${name}`);
      return value;
    },
    query: parts.query,
    header: parts.header,
    json: async (schema) => parseInput(schema, await body.json()),
    form: () => body.form(),
    formAll: (name) => body.formAll(name),
    file: (name) => body.file(name),
    page: async (given) => {
      const shown = await withFlash(office, session, given);
      const html = await frame.page({ office, seated, parts: shown });
      return htmlResponse(html, given.status ?? 200);
    },
    reply: (value, status = 200) => jsonResponse(value, status),
    go: (path, flash) => {
      pending = flash;
      return redirect(path);
    },
    download: (file) => fileResponse(file.media, file.bytes, contentDisposition("attachment", file.fileName)),
    inline: (file) => fileResponse(file.media, file.bytes, "inline"),
  };
  const settle = async () => {
    const flash = pending?.slice(0, 500);
    if (flash === undefined) return;
    await office.keep((tx) => updateSession(tx, session.row.hash, { flash }));
  };
  return { ask, settle };
}

/** 前の行いの知らせを、一度だけ添える。 */
async function withFlash(office: Office, session: CurrentSession, parts: PageParts): Promise<PageParts> {
  const text = session.row.flash;
  if (text === null || parts.flash !== undefined) return parts;
  await office.keep((tx) => updateSession(tx, session.row.hash, { flash: null }));
  return { ...parts, flash: { tone: "done", text } };
}

export function htmlResponse(html: string, status: number): Response {
  return new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

export function jsonResponse(value: unknown, status: number): Response {
  if (status === 204) return new Response(null, { status });
  return new Response(JSON.stringify(value), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8" },
  });
}

/** 303。外へは移らない。 */
export function redirect(path: string): Response {
  if (!/^\/(?![/\\])/.test(path)) throw new Error("a redirect must stay in this office");
  return new Response(null, { status: 303, headers: { Location: path } });
}

function fileResponse(media: string, bytes: Uint8Array, disposition: string): Response {
  const headers = { "Content-Type": media, "Content-Disposition": disposition };
  return new Response(new Uint8Array(bytes), { headers });
}
