import fc from "fast-check";
import { expect, test } from "vitest";
import { inclusionProof, leafHash, rootOf, verifyInclusion } from "../sealing/merkle.ts";
import { growTree } from "./leaf-proof.ts";
import { pickSample } from "./sample.ts";

test("RFC 6962 一度に作った木は、どの大きさでも、一枚ずつ作った木と同じ根と証明になる", () => {
  for (let size = 1; size <= 70; size += 1) {
    const leaves = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`${at}`)));
    const tree = growTree(leaves);
    const root = rootOf(leaves);
    expect(Buffer.from(tree.root ?? Buffer.alloc(0))).toEqual(Buffer.from(root));
    for (const [index, leaf] of leaves.entries()) {
      const proof = tree.proof(index);
      expect(proof.map((node) => Buffer.from(node))).toEqual(
        inclusionProof(leaves, index).map((node) => Buffer.from(node)),
      );
      expect(verifyInclusion({ leaf, index, size, proof, root })).toBe(true);
    }
  }
  expect(() => growTree([]).proof(0)).toThrow(RangeError);
});

test("特記 第15条 抜き取りは、並びを変えても同じ種なら同じ、重ならず、母集団を出ない", () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 60 }), fc.string(), fc.nat(50), (ids, seed, count) => {
      const drawn = pickSample(ids, seed, count);
      expect(pickSample(ids.toReversed(), seed, count)).toEqual(drawn);
      expect(drawn.length).toBe(Math.min(count, new Set(ids).size));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn.every((id) => ids.includes(id))).toBe(true);
    }),
  );
});
