import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { joinShares, shareFacts, splitSecret } from "./shamir.ts";

const sizes = fc
  .integer({ min: 2, max: 6 })
  .chain((n) => fc.tuple(fc.integer({ min: 2, max: n }), fc.constant(n)));

test("どの k 個の断片からも秘密が戻り、多く渡しても戻る", () => {
  fc.assert(
    fc.property(
      sizes,
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      ([k, n], secret, dice) => {
        const order = splitSecret(secret, k, n)
          .map((share) => ({ share, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map((one) => one.share);
        expect(new Uint8Array(joinShares(order.slice(0, k)))).toEqual(secret);
        expect(new Uint8Array(joinShares(order))).toEqual(secret);
      },
    ),
    { numRuns: 200 },
  );
});

test("255 個中 255 個でも戻る", () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  expect(new Uint8Array(joinShares(splitSecret(secret, 255, 255)))).toEqual(secret);
});

test("k-1 個の断片では、秘密のどのバイトも 256 通りすべてがありうる", () => {
  // 断片 x=1 を固定し、x=2 の値を総当たりしたとき、戻る値が 256 通りを一度ずつ取る（＝ x=1 だけでは何も絞れない）。
  const shares = splitSecret(new Uint8Array([0x5a, 0xa5]), 2, 3);
  const [one, two] = shares;
  if (one === undefined || two === undefined) return expect.unreachable();
  for (const at of [0, 1]) {
    const seen = new Set<number>();
    for (let guess = 0; guess < 256; guess++) seen.add(interpolateAtZero(one[7 + at] ?? 0, guess));
    expect(seen.size).toBe(256);
  }
});

test("断片1個の値は、秘密によらず一様に散る（χ²、自由度255）", () => {
  for (const secret of [0x00, 0xff]) {
    const counts = new Array<number>(256).fill(0);
    const runs = 25_600;
    for (let i = 0; i < runs; i++) {
      const y = splitSecret(new Uint8Array([secret]), 2, 2)[0]?.[7] ?? 0;
      counts[y] = (counts[y] ?? 0) + 1;
    }
    const chi2 = counts.reduce((sum, count) => sum + (count - runs / 256) ** 2 / (runs / 256), 0);
    // 自由度255で 400 を超える確率は 1e-8 より小さい。
    expect(chi2).toBeLessThan(400);
  }
});

test("足りない・二重・別の組・壊れた・空の断片は、ことばで断る", () => {
  const shares = splitSecret(new Uint8Array(32).fill(9), 2, 3);
  const [a, b, c] = shares;
  const other = splitSecret(new Uint8Array(32).fill(9), 2, 3)[1];
  if (!a || !b || !c || !other) return expect.unreachable();
  const broken = Buffer.from(b);
  broken[10] = (broken[10] ?? 0) ^ 1;
  const cases: [Uint8Array[], RegExp][] = [
    [[], /断片がありません/],
    [[a], /あと 1 個/],
    [[a, a], /二度/],
    [[a, other], /別の鍵/],
    [[a, broken], /壊れて/],
    [[a, c, broken], /壊れて/],
    [[a, a.subarray(0, 20)], /別の鍵/],
    [[a, new Uint8Array(0)], /形が正しく/],
    [[a, new Uint8Array(60).fill(3)], /形が正しく/],
  ];
  for (const [given, message] of cases) {
    expect(() => joinShares(given)).toThrow(AppError);
    expect(() => joinShares(given)).toThrow(message);
  }
});

test("どんなバイト列を渡しても、秘密か AppError のどちらか", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 4 }), (shares) => {
      expect(() => joinShares(shares)).toThrow(AppError);
    }),
  );
});

test("断片は必要数と番号を言える", () => {
  expect(splitSecret(new Uint8Array(32), 2, 3).map(shareFacts)).toEqual([1, 2, 3].map((x) => ({ k: 2, x })));
  expect(() => splitSecret(new Uint8Array(32), 1, 3)).toThrow();
  expect(() => splitSecret(new Uint8Array(32), 4, 3)).toThrow();
});

/** k=2, x=1,2 の補間を製品とは別の式で書いたもの: s = (2·y1 ⊕ 1·y2) / 3。 */
function interpolateAtZero(y1: number, y2: number): number {
  const twice = ((y1 << 1) & 0xff) ^ (y1 & 0x80 ? 0x1b : 0);
  const sum = twice ^ y2;
  for (let s = 0; s < 256; s++) {
    const twiceS = ((s << 1) & 0xff) ^ (s & 0x80 ? 0x1b : 0);
    if ((twiceS ^ s) === sum) return s;
  }
  return -1;
}
