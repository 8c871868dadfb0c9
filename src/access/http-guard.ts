import { AppError } from "../base/error.ts";
import { sameText } from "../sealing/ic-card.ts";

/** 偽の投稿を防ぐ合い札の欄と見出し。画面の側（ui/csrf.tsx）と同じ名。 */
export const csrfFieldName = "csrf";
export const csrfHeaderName = "x-csrf-token";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** 開いてよい名で来たか（DNS の付け替えで、ほかの画面から読まれないように）。host は「名:番号」。 */
export function requireKnownHost(host: string, hostnames: readonly string[]): void {
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  if (loopback.has(name) || hostnames.includes(name)) return;
  throw new AppError(
    "FORBIDDEN",
    "この名では開けません。決められたアドレス（管理者に聞いてください）で開き直してください。",
  );
}

/** 書き換える要求が、この事務所の画面から来たか。header は見出しを読む。 */
export function requireOwnPage(header: (name: string) => string | undefined, host: string): void {
  const site = header("sec-fetch-site");
  const origin = header("origin");
  const siteFaults = site !== undefined && site !== "same-origin";
  // 参照元を出さない設定では、同じ画面からの投稿でも Origin が null になる。そのときは Sec-Fetch-Site が言う。
  const nullOrigin = origin === "null" && site === "same-origin";
  const ownOrigin = origin === undefined || nullOrigin || hostOf(origin) === host.toLowerCase();
  if (!siteFaults && ownOrigin) return;
  throw refusal();
}

/** 合い札が合うか。 */
export function requireCsrf(given: string | undefined, expected: string): void {
  if (given === undefined || !sameText(given, expected)) throw refusal();
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : "";
}

function refusal(): AppError {
  return new AppError(
    "FORBIDDEN",
    "この画面から送られたものと確かめられませんでした。画面を開き直して、もう一度お試しください。入力は行われていません。",
    { detail: { reason: "csrf" } },
  );
}
