import { randomFillSync } from "node:crypto";

/** 乱数はまとめて取り置く（一つずつ頼むと、予約一件の時間の一割近くになる）。 */
const pool = Buffer.allocUnsafe(4096);
let used = pool.length;

/**
 * 識別子と封緘の nonce に使う乱数。返した部分は二度使わないが、取り置きの上なので、
 * 次に頼むまでに使い終えるか写すこと。鍵には使わない（鍵は randomBytes で、取り置きに残さない）。
 */
export function randomPart(size: number): Buffer {
  if (used + size > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += size;
  return pool.subarray(used - size, used);
}
