import { createDecipheriv, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  deriveKey,
  fieldAad,
  lookupHmac,
  newKey,
  openBytes,
  openText,
  SealBroken,
  sameBytes,
  sealBytes,
  sealedKeyVersion,
  sealText,
  unwrapKey,
  wrapKey,
} from "./seal.ts";

const place = { table: "bookings", row: "r1", column: "name", person: "p1" };
const aad = fieldAad(place);

test("別紙1 5(6) 封緘した欄は、同じ鍵と同じ場所でだけ元の文字に戻る", () => {
  const key = newKey();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (plain) => {
      expect(openText(key, aad, sealText(key, aad, plain))).toBe(plain.toWellFormed());
    }),
  );
});

test("別紙1 5(6) どの1ビットを変えても、切っても、足しても開かない", () => {
  const key = newKey();
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      (plain, at, bit) => {
        const sealed = Buffer.from(sealBytes(key, aad, plain));
        const changed = Buffer.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ (1 << bit);
        expect(() => openBytes(key, aad, changed)).toThrow(SealBroken);
        expect(() => openBytes(key, aad, sealed.subarray(0, index))).toThrow(SealBroken);
        expect(() => openBytes(key, aad, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(SealBroken);
      },
    ),
  );
});

test("別紙1 5(6) 別の行・列・人・鍵へ移した暗号文は開かない", () => {
  const key = newKey();
  const sealed = sealText(key, aad, "札幌 花子");
  for (const other of [{ table: "calls" }, { row: "r2" }, { column: "kana" }, { person: "p2" }]) {
    expect(() => openText(key, fieldAad({ ...place, ...other }), sealed)).toThrow(SealBroken);
  }
  expect(() => openText(newKey(), aad, sealed)).toThrow(SealBroken);
  expect(() => fieldAad({ ...place, row: "a|b" })).toThrow();
});

test("開かないときの例外に、平文も鍵も場所も出ない", () => {
  const sealed = sealText(newKey(), aad, "札幌 花子");
  try {
    openText(newKey(), aad, sealed);
    expect.unreachable();
  } catch (error) {
    const shown = String((error as Error).stack) + JSON.stringify(error);
    for (const secret of ["札幌", "花子", "bookings", "p1"]) expect(shown).not.toContain(secret);
  }
});

test("並びは ver|keyver|nonce12|ct|tag16 で、ほかの実装でも開ける", () => {
  const key = newKey();
  const sealed = sealText(key, aad, "時計台", 7);
  expect([sealed[0], sealedKeyVersion(sealed), sealed.length]).toEqual([1, 7, 2 + 12 + 9 + 16]);
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(2, 14));
  decipher.setAAD(Buffer.from(`\u0001\u0007${aad}`));
  decipher.setAuthTag(sealed.subarray(-16));
  expect(decipher.update(sealed.subarray(14, -16)).toString("utf8") + decipher.final("utf8")).toBe("時計台");
});

test("同じ平文でも暗号文は毎回違う", () => {
  const key = newKey();
  const seen = new Set(
    Array.from({ length: 1000 }, () => Buffer.from(sealText(key, aad, "x")).toString("base64")),
  );
  expect(seen.size).toBe(1000);
});

test("用途の鍵は用途と根で変わり、同じなら変わらない（RFC 5869 の手順と一致）", () => {
  const root = new Uint8Array(32).fill(7);
  const prk = createHmac("sha256", Buffer.alloc(32)).update(root).digest();
  const expected = createHmac("sha256", prk).update("madoguchi/lookup").update(Buffer.of(1)).digest();
  expect(Buffer.from(deriveKey(root, "lookup"))).toEqual(expected);
  expect(deriveKey(root, "log")).not.toEqual(deriveKey(root, "lookup"));
  expect(deriveKey(newKey(), "lookup")).not.toEqual(deriveKey(root, "lookup"));
  expect(() => deriveKey(new Uint8Array(8), "lookup")).toThrow();
});

test("包んだ鍵は、身元と上位の鍵が合うときだけ戻る", () => {
  const kek = newKey();
  const key = newKey();
  const wrapped = wrapKey(kek, "c1|p1|1", key);
  expect(Buffer.from(unwrapKey(kek, "c1|p1|1", wrapped))).toEqual(key);
  expect(() => unwrapKey(kek, "c1|p2|1", wrapped)).toThrow(SealBroken);
  expect(() => unwrapKey(newKey(), "c1|p1|1", wrapped)).toThrow(SealBroken);
  expect(() => unwrapKey(kek, "c1|p1|1", sealBytes(kek, "c1|p1|1", key))).toThrow(SealBroken);
});

test("照合値は 128 ビットで、鍵ごとに違う", () => {
  const key = newKey();
  expect(lookupHmac(key, "+81112112136").length).toBe(16);
  expect(sameBytes(lookupHmac(key, "+81112112136"), lookupHmac(key, "+81112112136"))).toBe(true);
  expect(sameBytes(lookupHmac(key, "+81112112136"), lookupHmac(newKey(), "+81112112136"))).toBe(false);
  expect(sameBytes(new Uint8Array(3), new Uint8Array(4))).toBe(false);
});
