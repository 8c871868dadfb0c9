import { createHash, randomBytes } from "node:crypto";
import { groupsOf, plainNumber } from "./checkpoint.ts";
import { sameText } from "./ic-card.ts";

/*
 * 回復の符号: 鍵やトークンを忘れた日のための、一度きりの 10 個。80 ビットの乱数なので、残すのは塩つきの SHA-256 でよい。
 */
const COUNT = 10;

/** 残す側。used は使った順の目印（システムの瞬間ではなく、残りを数えるためだけ）。 */
export interface RecoveryCodes {
  readonly salt: string;
  readonly codes: readonly { readonly hash: string; readonly used: boolean }[];
}

/** 新しい 10 個。codes は一度だけ見せて、紙に刷る（「7K2M-…」の 4×4 文字）。 */
export function newRecoveryCodes(): { codes: string[]; kept: RecoveryCodes } {
  const salt = randomBytes(16).toString("base64");
  const codes = Array.from({ length: COUNT }, () => groupsOf(randomBytes(10)));
  return { codes, kept: { salt, codes: codes.map((code) => ({ hash: hashOf(salt, code), used: false })) } };
}

/** 符号を使う。合えば、その一つを使用済みにした新しい控えを返す。 */
export function spendRecoveryCode(
  kept: RecoveryCodes,
  typed: string,
): { ok: true; kept: RecoveryCodes; left: number } | { ok: false; reason: "wrong" | "replayed" } {
  const hash = hashOf(kept.salt, typed.slice(0, 100));
  const at = kept.codes.findIndex((code) => sameText(code.hash, hash));
  const found = kept.codes[at];
  if (found === undefined) return { ok: false, reason: "wrong" };
  if (found.used) return { ok: false, reason: "replayed" };
  const codes = kept.codes.with(at, { ...found, used: true });
  return { ok: true, kept: { ...kept, codes }, left: codes.filter((code) => !code.used).length };
}

function hashOf(salt: string, code: string): string {
  return createHash("sha256")
    .update(`${salt}|${plainNumber(code)}`, "utf8")
    .digest("base64");
}
