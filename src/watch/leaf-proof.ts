import { nodeHash } from "../sealing/merkle.ts";

/** 葉の並びから一度だけ作った木。何枚の証明でも、あとは log n で出せる。 */
export interface LeafTree {
  size: number;
  root: Uint8Array | undefined;
  /** index 番（0 から）の包含証明（下から上へ、RFC 6962 2.1.1）。 */
  proof(index: number): Uint8Array[];
}

/** 右端の相手のない節は、そのまま上に上がる（RFC 6962 の分け方と同じ木になる）。 */
export function growTree(leaves: readonly Uint8Array[]): LeafTree {
  const levels: (readonly Uint8Array[])[] = [leaves];
  for (let level = leaves; level.length > 1; ) {
    level = upper(level);
    levels.push(level);
  }
  return {
    size: leaves.length,
    root: levels.at(-1)?.[0],
    proof: (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
        throw new RangeError("no such leaf");
      return levels.flatMap((level, height) => {
        const at = Math.floor(index / 2 ** height);
        const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
        return sibling === undefined ? [] : [sibling];
      });
    },
  };
}

function upper(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left) above.push(right ? nodeHash(left, right) : left);
  }
  return above;
}
