import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { findAnswer, insertAnswer } from "./idempotency-store.ts";
import type { Tx } from "./office.ts";

/** 同じ要求かどうかを見分ける印。key は要求ごとに画面が作る（電話が切れてやり直しても同じ）。 */
export interface OnceKey {
  key: string;
  verb: string;
  input: Json;
  /** 契約の突き合わせの鍵。入力には氏名や電話があるので、ただのハッシュでは残さない。 */
  lookupKey: Uint8Array;
}

/**
 * 同じ鍵の要求を一度だけ行う。二度目からは、前の答え（個人情報を含まない id など）を返す。
 * 同じ鍵で中身が違えば CONFLICT。鍵がなければ毎回行う。
 */
export async function answerOnce<T extends Json>(
  tx: Tx,
  once: OnceKey | undefined,
  fn: () => Promise<T>,
): Promise<T> {
  if (!once) return fn();
  const keyHash = Buffer.from(lookupHmac(once.lookupKey, `once|${once.key}`)).toString("base64url");
  const inputHash = Buffer.from(lookupHmac(once.lookupKey, `input|${canonicalJson(once.input)}`)).toString(
    "base64url",
  );
  const known = await findAnswer(tx, tx.contract, tx.actor.id, keyHash);
  if (known) {
    if (known.verb !== once.verb || known.inputHash !== inputHash)
      throw new AppError(
        "CONFLICT",
        "前に送られた内容と違います。画面を開き直して、もう一度入力してください。",
      );
    tx.nothingHappened();
    return JSON.parse(known.result) as T;
  }
  const result = await fn();
  const stored = await insertAnswer(tx, {
    contract: tx.contract,
    actor: tx.actor.id,
    keyHash,
    verb: once.verb,
    inputHash,
    result: JSON.stringify(result),
    now: tx.systemNow,
  });
  // 同じ要求が同時に届き、相手が先に済ませた。この取引は捨て、やり直して相手の答えを読む。
  if (!stored) throw Object.assign(new Error("the same request was answered meanwhile"), { code: "40001" });
  return result;
}
