import { askFactor } from "../access/check-factor.ts";
import { confirming } from "../access/confirm-factor.ts";
import type { Visit } from "../access/entrance.ts";
import type { CurrentSession } from "../access/open-session.ts";
import { AppError } from "../base/error.ts";
import type { FactorKind } from "../sealing/second-factor.ts";
import { visitSetting } from "./entrance-setting.ts";
import type { TypedWay } from "./factor-panel.tsx";

/** 打つ方法の名。知らない名は確認コードとみなす。 */
export function readWay(text: string | undefined): TypedWay {
  return text === "ic-card" || text === "recovery-codes" ? text : "totp";
}

/** 登録のない方法を言われたら、登録のある方法にする。 */
export function usableWay(way: TypedWay, kinds: readonly FactorKind[]): TypedWay {
  if (kinds.includes(way)) return way;
  return (["totp", "ic-card", "recovery-codes"] as const).find((one) => kinds.includes(one)) ?? way;
}

const wayLabels: Record<TypedWay, string> = {
  totp: "確認コードで確かめる",
  "ic-card": "ICカードで確かめる",
  "recovery-codes": "回復の符号で確かめる",
};

/** ほかの打つ方法へのリンク。 */
export function otherWays(
  href: string,
  way: TypedWay,
  kinds: readonly FactorKind[],
): { href: string; label: string }[] {
  return (["totp", "ic-card", "recovery-codes"] as const)
    .filter((one) => one !== way && kinds.includes(one))
    .map((one) => ({ href: `${href}${href.includes("?") ? "&" : "?"}by=${one}`, label: wayLabels[one] }));
}

/** 島が送るセキュリティキーの答え。読めなければ undefined（合わない答えとして扱う）。 */
export function readCredential(text: string | undefined): unknown {
  try {
    return JSON.parse((text ?? "null").slice(0, 20_000)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** セキュリティキーへの問いを JSON で渡す。 */
export async function keyOptions(visit: Visit, session: CurrentSession | undefined): Promise<Response> {
  if (!session) throw new AppError("NOT_SIGNED_IN", "はじめから着席し直してください。");
  const who = confirming(session);
  const prompt = await askFactor(visit.office, who, "security-key", await visitSetting(visit));
  if (prompt?.kind !== "security-key")
    throw new AppError("REFUSED", "セキュリティキーは登録されていません。ほかの方法で確かめてください。");
  return visit.reply(prompt.options);
}

/** 欄ごとの誤りの文。欄のない AppError は current の下に言う。ほかの例外はそのまま投げる。 */
export function faultsByField(cause: unknown): Record<string, string> {
  if (!(cause instanceof AppError)) throw cause;
  if (cause.faults.length === 0) return { current: cause.message };
  return Object.fromEntries(
    cause.faults.toReversed().map((fault) => [fault.field ?? "current", fault.message]),
  );
}
