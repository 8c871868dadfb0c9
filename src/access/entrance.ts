import type { Office } from "../platform/office.ts";
import type { CurrentSession } from "./open-session.ts";
import type { BareParts } from "./page-frame.ts";

/** 着席していない人の要求。だれか分かるまで、室の route（Ask）には入れない。 */
export interface Visit {
  readonly office: Office;
  /** 途中の段階や、閉じた画面のものも含む。 */
  readonly session: CurrentSession | undefined;
  readonly csrf: string;
  /** 開いた場所。例 "localhost:8080"。許した名だけが来る。 */
  readonly host: string;
  readonly secure: boolean;
  query(name: string): string | undefined;
  form(): Promise<ReadonlyMap<string, string>>;
  page(parts: BareParts): Promise<Response>;
  reply(value: unknown, status?: number): Response;
  go(path: string): Response;
  /** この答えで、合い鍵（cookie）を渡す。 */
  begin(token: string): void;
  /** この答えで、合い鍵を消させる。 */
  end(): void;
}

/** だれでも入れる道（着席、閉じた画面、退席）。 */
export interface EntranceRoute {
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly kind: "page" | "api";
  readonly summary: string;
  /** 試す回数を、端末ごとに数える。 */
  readonly counted?: boolean;
  handle(visit: Visit): Promise<Response> | Response;
}

/** 移動先として安全な、この事務所の中の道。そうでなければ "/"。 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || next.length > 500) return "/";
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes("\\") ? next : "/";
}
