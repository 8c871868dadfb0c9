import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../base/error.ts";

/*
 * 秘密の分散（Shamir、GF(2^8)、既約多項式 x^8+x^4+x^3+x+1）。
 * 断片の並びは ver(1) | k(1) | x(1) | 組の番号(4) | y(秘密と同じ長さ + 検査4)。
 * 検査の4バイトは秘密と一緒に分散するので、k-1 個の断片からは検査の値も分からない。
 */
const FORMAT = 1;
const HEAD = 7;
const CHECK = 4;

/** 秘密を n 個の断片に分け、そのうち k 個で戻せるようにする（2 ≤ k ≤ n ≤ 255）。 */
export function splitSecret(secret: Uint8Array, k: number, n: number): Uint8Array[] {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 2 || k > n || n > 255 || secret.length === 0) {
    throw new Error("splitting needs 2 <= k <= n <= 255 and a secret");
  }
  const set = randomBytes(4);
  const body = Buffer.concat([secret, checkOf(secret)]);
  const coefficients = Array.from({ length: k - 1 }, () => randomBytes(body.length));
  return Array.from({ length: n }, (_, i) => {
    const x = i + 1;
    const share = Buffer.concat([Buffer.of(FORMAT, k, x), set, Buffer.alloc(body.length)]);
    for (let at = 0; at < body.length; at++) {
      let y = 0;
      for (const coefficient of coefficients) y = times(y, x) ^ byte(coefficient, at);
      share[HEAD + at] = times(y, x) ^ byte(body, at);
    }
    return share;
  });
}

/**
 * 断片から秘密を戻す。足りない、二重、別の組、壊れている断片は {@link AppError} で断る。
 * k より多く渡したときは、余りの断片も同じ多項式に乗るか確かめる。
 */
export function joinShares(shares: readonly Uint8Array[]): Uint8Array {
  const points = shares.map(readShare);
  const first = points[0];
  if (first === undefined)
    throw new AppError("BAD_INPUT", "鍵の断片がありません。保管している断片を入れてください。");
  if (points.some((p) => p.k !== first.k || p.set !== first.set || p.y.length !== first.y.length)) {
    throw new AppError(
      "BAD_INPUT",
      "別の鍵の断片が混ざっています。同じときに作った断片だけを入れてください。",
    );
  }
  if (new Set(points.map((p) => p.x)).size !== points.length) {
    throw new AppError("BAD_INPUT", "同じ断片が二度入っています。別の人が持つ断片を入れてください。");
  }
  if (points.length < first.k) {
    throw new AppError(
      "BAD_INPUT",
      `鍵の断片が足りません。あと ${first.k - points.length} 個の断片を入れてください。`,
    );
  }
  const used = points.slice(0, first.k);
  const body = valueAt(used, 0);
  const secret = body.subarray(0, body.length - CHECK);
  const sound = checkOf(secret).equals(body.subarray(body.length - CHECK));
  const agree = points.slice(first.k).every((p) => Buffer.from(valueAt(used, p.x)).equals(p.y));
  if (!sound || !agree) {
    throw new AppError("BAD_INPUT", "鍵の断片のどれかが壊れています。ほかの人が持つ断片に替えてください。");
  }
  return secret;
}

/** 断片に書かれた必要数 k と番号 x（画面で「3人のうち2人目」と言うため）。 */
export function shareFacts(share: Uint8Array): { k: number; x: number } {
  const { k, x } = readShare(share);
  return { k, x };
}

interface Point {
  k: number;
  x: number;
  set: string;
  y: Uint8Array;
}

function readShare(share: Uint8Array): Point {
  const [version, k, x] = share;
  if (
    version !== FORMAT ||
    k === undefined ||
    k < 2 ||
    x === undefined ||
    x === 0 ||
    share.length <= HEAD + CHECK
  ) {
    throw new AppError("BAD_INPUT", "鍵の断片の形が正しくありません。断片をもう一度確かめてください。");
  }
  return { k, x, set: Buffer.from(share.subarray(3, HEAD)).toString("hex"), y: share.subarray(HEAD) };
}

/** ラグランジュ補間。標数2なので引き算も XOR。 */
function valueAt(points: readonly Point[], at: number): Buffer {
  const result = Buffer.alloc(points[0]?.y.length ?? 0);
  for (const p of points) {
    let weight = 1;
    for (const q of points) if (q !== p) weight = times(weight, times(at ^ q.x, inverse(p.x ^ q.x)));
    for (let i = 0; i < result.length; i++) result[i] = byte(result, i) ^ times(byte(p.y, i), weight);
  }
  return result;
}

/** 表も分岐も使わない掛け算（秘密の値で時間が変わらないように）。 */
function times(a: number, b: number): number {
  let product = 0;
  let left = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= -((b >> bit) & 1) & left;
    left = ((left << 1) & 0xff) ^ (-(left >> 7) & 0x1b);
  }
  return product;
}

/** a の 254 乗（位数 255 の群なので逆元）。 */
function inverse(a: number): number {
  let result = 1;
  let square = a;
  for (let bit = 1; bit < 8; bit++) {
    square = times(square, square);
    result = times(result, square);
  }
  return result;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function checkOf(secret: Uint8Array): Buffer {
  return createHash("sha256").update("madoguchi-share/1").update(secret).digest().subarray(0, CHECK);
}
