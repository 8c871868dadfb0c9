import { createDecipheriv, createHash, createHmac, timingSafeEqual } from "node:crypto";
import CFB from "cfb";
import { AppError } from "../base/error.ts";

/**
 * パスワード付きの Office ファイル（[MS-OFFCRYPTO] 2.3.4.10–15、agile）を、壊されていないことを確かめてから開く。
 * ライブラリーの decrypt は HMAC を見ないので、書き換えられたファイルも開いてしまう。ここでは先に見る。
 */

const blockKeys = {
  verifierInput: [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79],
  verifierValue: [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e],
  keyValue: [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6],
  hmacKey: [0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6],
  hmacValue: [0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33],
} as const;
const SEGMENT = 4096;
/** Word が許す上限。これより多い回数を言うファイルは、開くだけで機械を止めるためのもの。 */
const MOST_SPINS = 10_000_000;
const hashes: Readonly<Record<string, { name: string; size: number }>> = {
  SHA1: { name: "sha1", size: 20 },
  SHA256: { name: "sha256", size: 32 },
  SHA384: { name: "sha384", size: 48 },
  SHA512: { name: "sha512", size: 64 },
};

interface Cipher {
  salt: Buffer;
  hash: { name: string; size: number };
  keyBytes: number;
  blockSize: number;
}

interface Info {
  data: Cipher;
  key: Cipher & { spins: number; value: Buffer; verifierInput: Buffer; verifierValue: Buffer };
  hmacKey: Buffer;
  hmacValue: Buffer;
}

/**
 * 確かめて開いた中身（ZIP）。
 * @throws AppError BAD_INPUT（形式が違う、パスワードが違う、書き換えられている）
 */
export function openProtectedFile(bytes: Uint8Array, password: string): Uint8Array {
  const { info, stream } = readContainer(bytes);
  const first = spinHash(info.key, password);
  const keyFor = (block: readonly number[]) => deriveKey(info.key, first, block);
  const open = (block: readonly number[], value: Buffer) =>
    decrypt(keyFor(block), info.key.salt.subarray(0, info.key.blockSize), value);
  const input = open(blockKeys.verifierInput, info.key.verifierInput);
  const wanted = open(blockKeys.verifierValue, info.key.verifierValue).subarray(0, info.key.hash.size);
  const verifier = createHash(info.key.hash.name).update(input.subarray(0, info.key.salt.length)).digest();
  if (wanted.length !== verifier.length || !timingSafeEqual(verifier, wanted))
    throw new AppError("BAD_INPUT", "パスワードが違います。伝えられたとおりに入れてください。");
  const packageKey = open(blockKeys.keyValue, info.key.value).subarray(0, info.data.keyBytes);
  checkIntegrity(info, packageKey, stream);
  return openPackage(info.data, packageKey, stream);
}

/** 書き換えられていないか（HMAC）。長さの欄も含めて、流れの全体を見る。 */
function checkIntegrity({ data, hmacKey, hmacValue }: Info, packageKey: Buffer, stream: Buffer): void {
  const iv = (block: readonly number[]) => ivOf(data, Buffer.from(block));
  const key = decrypt(packageKey, iv(blockKeys.hmacKey), hmacKey).subarray(0, data.hash.size);
  const value = decrypt(packageKey, iv(blockKeys.hmacValue), hmacValue).subarray(0, data.hash.size);
  const now = createHmac(data.hash.name, key).update(stream).digest();
  if (value.length !== now.length || !timingSafeEqual(now, value))
    throw new AppError(
      "BAD_INPUT",
      "このファイルは途中で書き換えられたか、壊れています。使わずに、送り直しを頼んでください。",
    );
}

function openPackage(data: Cipher, key: Buffer, stream: Buffer): Uint8Array {
  const size = Number(stream.readBigUInt64LE(0));
  const body = stream.subarray(8);
  if (size > body.length) throw broken();
  const parts: Buffer[] = [];
  for (let at = 0, segment = 0; at < body.length; at += SEGMENT, segment += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(segment);
    parts.push(decrypt(key, ivOf(data, number), body.subarray(at, at + SEGMENT)));
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, size));
}

function ivOf(data: Cipher, block: Buffer): Buffer {
  const hash = createHash(data.hash.name).update(data.salt).update(block).digest();
  return sized(hash, data.blockSize);
}

function spinHash(key: Info["key"], password: string): Buffer {
  let hash = createHash(key.hash.name).update(key.salt).update(Buffer.from(password, "utf16le")).digest();
  const counter = Buffer.alloc(4);
  for (let spin = 0; spin < key.spins; spin += 1) {
    counter.writeUInt32LE(spin);
    hash = createHash(key.hash.name).update(counter).update(hash).digest();
  }
  return hash;
}

function deriveKey(key: Info["key"], first: Buffer, block: readonly number[]): Buffer {
  return sized(createHash(key.hash.name).update(first).update(Buffer.from(block)).digest(), key.keyBytes);
}

/** 長ければ切り、短ければ 0x36 で埋める。 */
function sized(hash: Buffer, size: number): Buffer {
  return hash.length >= size
    ? hash.subarray(0, size)
    : Buffer.concat([hash, Buffer.alloc(size - hash.length, 0x36)]);
}

function decrypt(key: Buffer, iv: Buffer, value: Buffer): Buffer {
  if (value.length === 0 || value.length % 16 !== 0) throw broken();
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(value), cipher.final()]);
}

function readContainer(bytes: Uint8Array): { info: Info; stream: Buffer } {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new AppError(
      "BAD_INPUT",
      "このファイルにはパスワードが付いていません。渡したのとは別のファイルか、外して保存したものです。付けたものの送り直しを頼んでください。",
    );
  try {
    const file = CFB.read(Buffer.from(bytes), { type: "buffer" });
    const part = (name: string) => {
      const found = CFB.find(file, name)?.content;
      if (!found) throw broken();
      return Buffer.from(found as Uint8Array);
    };
    return { info: readInfo(part("/EncryptionInfo")), stream: part("/EncryptedPackage") };
  } catch (cause) {
    throw cause instanceof AppError ? cause : broken();
  }
}

/** 「標準」の暗号（[MS-OFFCRYPTO] 2.3.4.5、AES-128・SHA-1）には、書き換えを見る値（HMAC）がない。 */
function refuseStandard(part: Buffer): void {
  const [major, minor] = [part.readUInt16LE(0), part.readUInt16LE(2)];
  if (minor !== 2 || ![2, 3, 4].includes(major)) return;
  throw new AppError(
    "BAD_INPUT",
    "このファイルの暗号は古い形（標準の暗号化）で、書き換えられていないことを確かめる値がありません。Word か Excel で開き、パスワードを外して付け直したものを送ってもらってください。",
  );
}

function readInfo(part: Buffer): Info {
  refuseStandard(part);
  if (part.readUInt16LE(0) !== 4 || part.readUInt16LE(2) !== 4) throw broken();
  const xml = part.subarray(8).toString("utf8");
  const element = (name: string) => {
    const found = new RegExp(`<(?:\\w+:)?${name}\\b([^>]*)>`).exec(xml)?.[1];
    if (found === undefined) throw broken();
    return new Map([...found.matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g)].map((one) => [one[1], one[2] ?? ""]));
  };
  const [data, key, integrity] = [element("keyData"), element("encryptedKey"), element("dataIntegrity")];
  const base64 = (from: Map<string | undefined, string>, name: string) =>
    Buffer.from(from.get(name) ?? "", "base64");
  const spins = Number(key.get("spinCount"));
  if (!Number.isInteger(spins) || spins < 0 || spins > MOST_SPINS) throw broken();
  return {
    data: cipherOf(data),
    key: {
      ...cipherOf(key),
      spins,
      value: base64(key, "encryptedKeyValue"),
      verifierInput: base64(key, "encryptedVerifierHashInput"),
      verifierValue: base64(key, "encryptedVerifierHashValue"),
    },
    hmacKey: base64(integrity, "encryptedHmacKey"),
    hmacValue: base64(integrity, "encryptedHmacValue"),
  };
}

function cipherOf(from: Map<string | undefined, string>): Cipher {
  const hash = hashes[(from.get("hashAlgorithm") ?? "").replace("-", "").toUpperCase()];
  const keyBytes = Number(from.get("keyBits")) / 8;
  const blockSize = Number(from.get("blockSize"));
  const known = from.get("cipherAlgorithm") === "AES" && from.get("cipherChaining") === "ChainingModeCBC";
  if (!hash || !known || ![16, 24, 32].includes(keyBytes) || blockSize !== 16) throw broken();
  return { salt: Buffer.from(from.get("saltValue") ?? "", "base64"), hash, keyBytes, blockSize };
}

function broken(): AppError {
  return new AppError(
    "BAD_INPUT",
    "パスワード付きの Office ファイルとして読めません。壊れているか、別の形式です。送り直しを頼んでください。",
  );
}
