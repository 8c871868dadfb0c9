import { canonicalJson } from "../base/canonical.ts";
import type { Instant } from "../base/time.ts";
import { keyFingerprint, readPublicKey, sameCollationNumber, verifyText } from "../sealing/checkpoint.ts";

export const CERTIFICATE_FORMAT = "madoguchi-erasure/1";

/** 消去の証明書。署名は、signature を除いた正規の JSON（RFC 8785）への Ed25519。個人情報を含まない。 */
export interface Certificate {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly office: string;
  readonly demo: boolean;
  /** 「消去証明 第3号（第2版）」。 */
  readonly number: string;
  readonly work: string;
  readonly client: string;
  readonly contractor: string;
  /** 委託者の承諾: 申請の文書番号と、答えのあった時。 */
  readonly consent: { readonly document: string; readonly at: Instant };
  readonly scope: string;
  readonly counts: readonly { label: string; columns: string; keys: number; rows: number }[];
  readonly method: string;
  readonly intendedAt: Instant;
  readonly destroyedAt: Instant;
  readonly finishedAt: Instant;
  /** 担当者の従業者番号（氏名は報告書にある）。 */
  readonly handler: string;
  readonly witness: string;
  /** 壊した鍵の id と、包んであった形の SHA-256。 */
  readonly keys: readonly { id: string; wrapped: string }[];
  readonly search: { rows: number; searched: number; needles: number };
  /** 消した鍵の入っていた控えの全部。done が null のものがあれば、未完。 */
  readonly copies: readonly {
    set: string;
    madeAt: Instant;
    done: { how: string; day: string; place: string } | null;
  }[];
  /** 一人の方の申出で、文書ごとに消したもの。 */
  readonly parts?: readonly string[];
  /** 会議の録音（事務所の外の媒体）。erasedOn が null のものがあれば、未完。 */
  readonly recordings?: readonly { label: string; erasedOn: string | null }[];
  readonly complete: boolean;
  /** 記録の木の、この証明書を作ったときの検査点。 */
  readonly log: { size: number; root: string; at: Instant } | null;
  readonly madeAt: Instant;
  readonly publicKey: string;
  readonly signature: string;
}

export interface CertificateVerdict {
  ok: boolean;
  number?: string;
  complete?: boolean;
  keys?: number;
  openCopies?: number;
  openRecordings?: number;
  fingerprint?: string;
  reason?: string;
}

/** 署名する文。 */
export function certificateText(body: Omit<Certificate, "signature">): string {
  return canonicalJson(body);
}

/** 証明書を、それだけで確かめる。expected は、別の経路で知った公開鍵の指紋。壊れた入力でも投げない。 */
export function verifyCertificate(text: string, expected?: string): CertificateVerdict {
  const value = parse(text);
  if (value === undefined || value.format !== CERTIFICATE_FORMAT)
    return { ok: false, reason: "消去の証明書（madoguchi-erasure/1）ではありません。" };
  const { signature, ...body } = value;
  const { publicKey, number, complete, keys, copies, recordings = [] } = value;
  if (
    typeof signature !== "string" ||
    typeof publicKey !== "string" ||
    typeof number !== "string" ||
    typeof complete !== "boolean" ||
    !Array.isArray(keys) ||
    !Array.isArray(copies) ||
    !Array.isArray(recordings)
  )
    return { ok: false, reason: "証明書に、あるはずの項目がありません。" };
  const key = readPublicKey(publicKey);
  if (!key) return { ok: false, reason: "公開鍵が読めません。" };
  if (!signed(key, body, signature))
    return { ok: false, reason: "署名が合いません。証明書が変えられたか、鍵が違います。" };
  const fingerprint = keyFingerprint(publicKey);
  if (expected !== undefined && !sameCollationNumber(expected, fingerprint))
    return { ok: false, reason: "署名した鍵が、控えの指紋の鍵と違います。", fingerprint };
  const openCopies = copies.filter((one) => !isRecord(one) || one.done === null).length;
  const openRecordings = recordings.filter((one) => !isRecord(one) || one.erasedOn === null).length;
  if (complete !== (openCopies + openRecordings === 0))
    return { ok: false, reason: "完了の印と、控えや録音の始末が食い違っています。", fingerprint };
  return { ok: true, number, complete, keys: keys.length, openCopies, openRecordings, fingerprint };
}

function signed(
  key: NonNullable<ReturnType<typeof readPublicKey>>,
  body: object,
  signature: string,
): boolean {
  try {
    return verifyText(key, canonicalJson(body), signature);
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
