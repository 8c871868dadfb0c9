import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import type { Instant } from "../base/time.ts";
import { isInstant } from "./log-entry.ts";

/*
 * 検査点: 「この時刻に、記録は size 件で、木の根は root だった」という署名つきの控え。
 * 署名する文は C2SP の tlog-checkpoint に倣った4行（出所、件数、根の base64、時刻）で、最後の行も改行で終わる。
 */

/** 検査点。root と signature は base64、at はシステムの時計の瞬間。 */
export interface Checkpoint {
  readonly size: number;
  readonly root: string;
  readonly at: Instant;
  readonly signature: string;
}

/** 署名する文。office は事務所の id（改行を含まない）。 */
export function checkpointText(office: string, point: Omit<Checkpoint, "signature">): string {
  if (/[\r\n]/.test(office)) throw new Error("an office id is one line");
  return `madoguchi-log/1 ${office}\n${point.size}\n${point.root}\ntime ${point.at}\n`;
}

/** 新しい署名鍵。privateKey は PKCS8 DER（封緘して保管する）、publicKey は SPKI の base64。 */
export function newSigningKey(): { privateKey: Uint8Array; publicKey: string } {
  const { privateKey } = generateKeyPairSync("ed25519");
  const der = privateKey.export({ format: "der", type: "pkcs8" });
  return { privateKey: der, publicKey: publicKeyOf(der) };
}

/** 署名鍵（PKCS8 DER）に対応する公開鍵（SPKI の base64）。 */
export function publicKeyOf(privateKey: Uint8Array): string {
  return createPublicKey(asPrivateKey(privateKey)).export({ format: "der", type: "spki" }).toString("base64");
}

/** 検査点に署名する（Ed25519）。root は 32 バイト。 */
export function signCheckpoint(
  privateKey: Uint8Array,
  office: string,
  size: number,
  root: Uint8Array,
  at: Instant,
): Checkpoint {
  const point = { size, root: Buffer.from(root).toString("base64"), at };
  return { ...point, signature: signText(privateKey, checkpointText(office, point)) };
}

/** 検査点の署名が、この公開鍵とこの事務所のものか。 */
export function verifyCheckpoint(publicKey: KeyObject, office: string, point: Checkpoint): boolean {
  return verifyText(publicKey, checkpointText(office, point), point.signature);
}

/** 文に署名する（base64）。 */
export function signText(privateKey: Uint8Array, text: string): string {
  return sign(null, Buffer.from(text, "utf8"), asPrivateKey(privateKey)).toString("base64");
}

/** 文の署名を確かめる。形の崩れた署名は偽。 */
export function verifyText(publicKey: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64");
  return (
    bytes.length === 64 &&
    bytes.toString("base64") === signature &&
    verify(null, Buffer.from(text, "utf8"), publicKey, bytes)
  );
}

/** SPKI の base64 から公開鍵。Ed25519 でなければ undefined。 */
export function readPublicKey(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** 読んだ値が検査点の形をしているか。 */
export function isCheckpoint(value: Record<string, unknown>): boolean {
  const { size, root, at, signature } = value;
  return (
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    typeof root === "string" &&
    /^[A-Za-z0-9+/]{43}=$/.test(root) &&
    isInstant(at) &&
    typeof signature === "string" &&
    Object.keys(value).length === 4
  );
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * 紙に刷り、電話で読み上げる照合番号（80 ビット、Crockford base32 の 4×4 文字「7K2M-…」）。
 * 検査点の文のハッシュなので、件数・根・時刻・事務所のどれが変わっても変わる。
 */
export function collationNumber(office: string, point: Omit<Checkpoint, "signature">): string {
  return groupsOf(createHash("sha256").update(checkpointText(office, point), "utf8").digest());
}

/** 公開鍵の指紋（照合番号と同じ形）。 */
export function keyFingerprint(publicKey: string): string {
  return groupsOf(createHash("sha256").update(Buffer.from(publicKey, "base64")).digest());
}

/** 人が書き写した番号と同じか。全角・小文字・空白、O と 0、I・L と 1 の取り違えを許す。 */
export function sameCollationNumber(typed: string, number: string): boolean {
  return plainNumber(typed) !== "" && plainNumber(typed) === plainNumber(number);
}

/** バイト列の先頭 80 ビットを 4×4 文字に。 */
export function groupsOf(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from(
    { length: 16 },
    (_, i) => CROCKFORD[Number((bits >> BigInt(75 - 5 * i)) & 31n)],
  ).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** 比べるための形: 半角の大文字だけにし、紛らわしい字をそろえる。 */
export function plainNumber(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

function asPrivateKey(der: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
}
