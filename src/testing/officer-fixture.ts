import { webcrypto } from "node:crypto";
import { answerFormat, signingPrefix } from "../packages/review-answer.ts";

/** 委託者の担当者。一式の画面と同じく、WebCrypto の Ed25519 で鍵を作り、回答に署名する。 */
export interface TestOfficer {
  publicKey: string;
  sign(statement: Record<string, unknown>): Promise<Uint8Array>;
}

const base64 = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("base64");

export async function makeOfficer(): Promise<TestOfficer> {
  const pair = (await webcrypto.subtle.generateKey({ name: "Ed25519" }, true, [
    "sign",
    "verify",
  ])) as unknown as webcrypto.CryptoKeyPair;
  const publicKey = base64(await webcrypto.subtle.exportKey("raw", pair.publicKey));
  return {
    publicKey,
    sign: async (given) => {
      const statement = JSON.stringify({
        ...{
          format: answerFormat,
          document: "令和7年度 協議 第1号",
          outcome: "answered",
          words: "了承します。",
        },
        ...{ officer: "デジタル企画課 係長", at: "2025-09-17T05:00:00.000Z", ...given },
      });
      const signature = await webcrypto.subtle.sign(
        { name: "Ed25519" },
        pair.privateKey,
        Buffer.from(signingPrefix + statement),
      );
      return Buffer.from(
        JSON.stringify({ format: answerFormat, statement, key: publicKey, signature: base64(signature) }),
      );
    },
  };
}
