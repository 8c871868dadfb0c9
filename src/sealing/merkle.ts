import { hash } from "node:crypto";

/*
 * 追記だけの記録のための木（RFC 6962 2.1、RFC 9162 2.1）。
 * 葉は SHA-256(0x00‖中身)、節は SHA-256(0x01‖左‖右)。n 枚の木は、n より小さい最大の2の冪で左右に分かれる。
 */
const HASH = 32;
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** 葉のハッシュ（32 バイト）。 */
export function leafHash(data: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([LEAF, data]), "buffer");
}

/** 節のハッシュ（32 バイト）。 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash("sha256", Buffer.concat([NODE, left, right]), "buffer");
}

/** 何も入っていない木の根（空のバイト列の SHA-256）。 */
export function emptyRoot(): Uint8Array {
  return hash("sha256", Buffer.alloc(0), "buffer");
}

/** 葉のハッシュの並びから根を作る。 */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = emptyFrontier();
  for (const leaf of leaves) appendLeaf(frontier, leaf);
  return frontierRoot(frontier);
}

/** 木の右端。size 枚の木を作る満ちた部分木の根を、大きい順に持つ（高々 log2 n 個）。追記はこれだけで足りる。 */
export interface Frontier {
  size: number;
  nodes: Uint8Array[];
}

/** 空の右端。 */
export function emptyFrontier(): Frontier {
  return { size: 0, nodes: [] };
}

/** 葉を一枚足す（右端をその場で変える）。償却 O(1)、最悪 O(log n)。 */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array): void {
  let node = leaf;
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = frontier.nodes.pop();
    if (left === undefined) throw new Error("the frontier does not fit its size");
    node = nodeHash(left, node);
  }
  frontier.nodes.push(node);
  frontier.size += 1;
}

/** 右端から根を出す。 */
export function frontierRoot(frontier: Frontier): Uint8Array {
  return (
    frontier.nodes.reduceRight<Uint8Array | undefined>(
      (right, left) => (right ? nodeHash(left, right) : left),
      undefined,
    ) ?? emptyRoot()
  );
}

/** 右端をバイト列に（枚数 8 バイト、続けて 32 バイトのハッシュ）。 */
export function frontierToBytes(frontier: Frontier): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(frontier.size));
  return Buffer.concat([size, ...frontier.nodes]);
}

/** バイト列から右端に。枚数とハッシュの数が合わなければ例外。 */
export function frontierFromBytes(bytes: Uint8Array): Frontier {
  const view = Buffer.from(bytes);
  const size = view.length < 8 ? -1 : Number(view.readBigUInt64BE(0));
  if (!Number.isSafeInteger(size) || size < 0 || view.length !== 8 + HASH * onesIn(size)) {
    throw new Error("the stored frontier is damaged");
  }
  const nodes = Array.from({ length: onesIn(size) }, (_, i) =>
    view.subarray(8 + HASH * i, 8 + HASH * (i + 1)),
  );
  return { size, nodes };
}

/** 葉の index 番（0 から）が、leaves の木に入っている証明（下から上へ）。 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("no such leaf");
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return index < k
    ? [...inclusionProof(leaves.slice(0, k), index), rootOf(leaves.slice(k))]
    : [...inclusionProof(leaves.slice(k), index - k), rootOf(leaves.slice(0, k))];
}

/** 包含証明を確かめる。 */
export function verifyInclusion(claim: {
  leaf: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}): boolean {
  if (!(Number.isSafeInteger(claim.index) && claim.index >= 0 && claim.index < claim.size)) return false;
  let at = claim.index;
  let last = claim.size - 1;
  let node = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(node, claim.root);
}

/** はじめの oldSize 枚の木が、leaves の木の前半であることの証明。 */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leaves.length)
    throw new RangeError("no such older tree");
  return oldSize === 0 ? [] : subProof(leaves, oldSize, true);
}

function subProof(leaves: readonly Uint8Array[], m: number, whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  return m <= k
    ? [...subProof(leaves.slice(0, k), m, whole), rootOf(leaves.slice(k))]
    : [...subProof(leaves.slice(k), m - k, false), rootOf(leaves.slice(0, k))];
}

/** 一貫性証明を確かめる。古い木が空なら、証明は空でなければならない。 */
export function verifyConsistency(claim: {
  oldSize: number;
  newSize: number;
  oldRoot: Uint8Array;
  newRoot: Uint8Array;
  proof: readonly Uint8Array[];
}): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim;
  if (!(Number.isSafeInteger(oldSize) && Number.isSafeInteger(newSize) && oldSize >= 0 && oldSize <= newSize))
    return false;
  if (oldSize === newSize) return claim.proof.length === 0 && equal(oldRoot, newRoot);
  if (oldSize === 0) return claim.proof.length === 0 && equal(oldRoot, emptyRoot());
  const proof = isPowerOfTwo(oldSize) ? [oldRoot, ...claim.proof] : claim.proof;
  const [first, ...rest] = proof;
  if (first === undefined) return false;
  let at = oldSize - 1;
  let last = newSize - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let older = first;
  let newer = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(older, oldRoot) && equal(newer, newRoot);
}

// 枚数は 2^31 を超えうるので、ビット演算ではなく割り算を使う。
function half(n: number): number {
  return Math.floor(n / 2);
}

function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function isPowerOfTwo(n: number): boolean {
  return onesIn(n) === 1;
}

function onesIn(n: number): number {
  let ones = 0;
  for (let rest = n; rest > 0; rest = half(rest)) ones += rest % 2;
  return ones;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
