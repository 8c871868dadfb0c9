import type { Context } from "hono";
import type { Role } from "../base/actor.ts";
import { instantFromMs } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Route } from "../platform/route.ts";
import type { EntranceRoute } from "./entrance.ts";
import type { PersonalUse } from "./handler-fact.ts";
import { htmlResponse, jsonResponse, seatedOf } from "./http-ask.ts";
import {
  type Failure,
  failureBody,
  failureNotice,
  failureOf,
  type Incident,
  incidentLine,
} from "./http-error.ts";
import { requireKnownHost } from "./http-guard.ts";
import type { CurrentSession } from "./open-session.ts";
import type { PageFrame } from "./page-frame.ts";
import type { SignedRoute } from "./signed.ts";

export interface AppParts {
  office: Office;
  /** 着席した人の道。 */
  routes: readonly Route[];
  /** だれでも入れる道。 */
  entrances: readonly EntranceRoute[];
  /** 署名で入る、機械の道。 */
  signed?: readonly SignedRoute[] | undefined;
  /** 役割の表（main/role-matrix.ts）に聞く。 */
  mayOpen(routeId: string, roles: readonly Role[]): boolean;
  /** 個人情報の道か（main/personal-route.ts）。言わなければ、資格の関門を置かない（室だけの試験）。 */
  personalUseOf?: ((routeId: string) => PersonalUse | undefined) | undefined;
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

/** 一つの要求の間だけ使う、部品と見出し。 */
export interface Turn {
  parts: AppParts;
  c: Context;
  host: string;
  wantsJson: boolean;
  session?: CurrentSession | undefined;
}

/** 要求を一つ答える。どんな失敗も、決まった形の答えになる。 */
export async function answer(
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
  const before = previousPath(turn);
  const again = c.req.method === "GET" ? pathOf(c) : before;
  const notice = failureNotice(failure, { again, before });
  return htmlResponse(await parts.frame.error({ office: parts.office, seated, notice }), failure.status);
}

/** いまの道（問い合わせの文字つき）。 */
export function pathOf(c: Context): string {
  const url = new URL(c.req.url);
  return `${url.pathname}${url.search}`;
}

/** 投稿が失敗したときに戻る、前の画面。同じ事務所の中だけ。 */
function previousPath({ c, host }: Turn): string {
  const referer = c.req.header("referer") ?? "";
  const url = URL.canParse(referer) ? new URL(referer) : undefined;
  return url?.host === host ? `${url.pathname}${url.search}` : "/";
}
