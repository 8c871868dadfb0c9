import fc from "fast-check";
import { expect, test } from "vitest";
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  frontierFromBytes,
  frontierRoot,
  frontierToBytes,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts";

// Certificate Transparency の公開検証値（8枚の葉）。
const ctLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => leafHash(Buffer.from(hex, "hex")));
const ctRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");
const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));

/** RFC 6962 2.1 の定義をそのまま書いたもの（製品の右端とは別の道）。 */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0] ?? emptyRoot();
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

test("RFC 6962 の公開検証値と根が一致する（0枚から8枚まで）", () => {
  expect(hex(rootOf([]))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(ctRoots.map((_, i) => hex(rootOf(ctLeaves.slice(0, i + 1))))).toEqual(ctRoots);
});

test("RFC 6962 の公開検証値と包含・一貫性証明が一致する", () => {
  expect(inclusionProof(ctLeaves, 0).map(hex)).toEqual([
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  ]);
  expect(inclusionProof(ctLeaves.slice(0, 3), 2).map(hex)).toEqual([
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  ]);
  expect(consistencyProof(ctLeaves, 6).map(hex)).toEqual([
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  ]);
});

test("右端で足した根は、定義どおりの根に等しく、途中で保存しても変わらない", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), fc.nat(), (datas, stop) => {
      const leaves = datas.map(leafHash);
      let frontier = emptyFrontier();
      leaves.forEach((leaf, i) => {
        if (i === stop % (leaves.length || 1)) frontier = frontierFromBytes(frontierToBytes(frontier));
        appendLeaf(frontier, leaf);
      });
      expect(hex(frontierRoot(frontier))).toBe(hex(mth(leaves)));
      expect(frontier.size).toBe(leaves.length);
    }),
    { numRuns: 300 },
  );
});

test("どの葉の包含証明も確かめられ、どこを変えても通らない", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, pick, twist) => {
      const leaves = leavesOf(size);
      const index = pick % size;
      const claim = {
        leaf: leaves[index] ?? emptyRoot(),
        index,
        size,
        proof: inclusionProof(leaves, index),
        root: rootOf(leaves),
      };
      expect(verifyInclusion(claim)).toBe(true);
      expect(verifyInclusion({ ...claim, leaf: leafHash(Buffer.from("other")) })).toBe(false);
      expect(verifyInclusion({ ...claim, index: size })).toBe(false);
      expect(verifyInclusion({ ...claim, proof: [...claim.proof, leafHash(Buffer.of(1))] })).toBe(false);
      if (size === 1) return;
      expect(verifyInclusion({ ...claim, index: (index + 1 + (twist % (size - 1))) % size })).toBe(false);
      expect(verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
      const changed = claim.proof.map((node, i) =>
        i === twist % claim.proof.length ? leafHash(node) : node,
      );
      expect(verifyInclusion({ ...claim, proof: changed })).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("古い木と新しい木の一貫性証明が確かめられ、書き換えた過去は通らない", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 70 }), fc.nat(), fc.nat(), (newSize, pick, twist) => {
      const leaves = leavesOf(newSize);
      const oldSize = pick % (newSize + 1);
      const claim = {
        oldSize,
        newSize,
        oldRoot: rootOf(leaves.slice(0, oldSize)),
        newRoot: rootOf(leaves),
        proof: consistencyProof(leaves, oldSize),
      };
      expect(verifyConsistency(claim)).toBe(true);
      if (oldSize === 0) return;
      const forged = leaves.map((leaf, i) => (i === twist % oldSize ? leafHash(leaf) : leaf));
      expect(
        verifyConsistency({ ...claim, newRoot: rootOf(forged), proof: consistencyProof(forged, oldSize) }),
      ).toBe(false);
      expect(verifyConsistency({ ...claim, proof: [...claim.proof, leafHash(Buffer.of(1))] })).toBe(false);
      if (claim.proof.length > 0)
        expect(verifyConsistency({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("2^32 を超える枚数でも右端が計算できる", () => {
  const frontier = { size: 2 ** 33 + 1, nodes: [leafHash(Buffer.of(1)), leafHash(Buffer.of(2))] };
  appendLeaf(frontier, leafHash(Buffer.of(3)));
  expect(frontier.nodes.length).toBe(2);
  expect(frontierFromBytes(frontierToBytes(frontier))).toEqual(frontier);
});

test("壊れた右端は読まずに断り、範囲の外の証明は作らない", () => {
  const bytes = frontierToBytes({ size: 3, nodes: leavesOf(2) });
  for (const bad of [
    bytes.subarray(0, 7),
    bytes.subarray(0, 40),
    Buffer.concat([bytes, Buffer.of(0)]),
    Buffer.alloc(8, 0xff),
  ]) {
    expect(() => frontierFromBytes(bad)).toThrow();
  }
  expect(() => inclusionProof(leavesOf(3), 3)).toThrow(RangeError);
  expect(() => consistencyProof(leavesOf(3), 4)).toThrow(RangeError);
});
