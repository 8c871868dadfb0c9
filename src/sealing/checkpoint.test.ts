import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkpointText,
  collationNumber,
  groupsOf,
  isCheckpoint,
  keyFingerprint,
  newSigningKey,
  publicKeyOf,
  readPublicKey,
  sameCollationNumber,
  signCheckpoint,
  verifyCheckpoint,
} from "./checkpoint.ts";

const at = "2025-09-17T08:00:00.000Z";
const root = new Uint8Array(32).fill(5);
const keys = newSigningKey();
const publicKey = readPublicKey(keys.publicKey);

test("署名する文は4行で、最後も改行で終わる", () => {
  expect(checkpointText("office-1", { size: 3, root: "cm9vdA==", at })).toBe(
    `madoguchi-log/1 office-1\n3\ncm9vdA==\ntime ${at}\n`,
  );
  expect(() => checkpointText("a\nb", { size: 3, root: "", at })).toThrow();
});

test("別紙1 5(6) 検査点は、件数・根・時刻・事務所・鍵のどれが変わっても通らない", () => {
  if (publicKey === undefined) return expect.unreachable();
  const point = signCheckpoint(keys.privateKey, "office-1", 10, root, at);
  expect(isCheckpoint({ ...point })).toBe(true);
  expect(verifyCheckpoint(publicKey, "office-1", point)).toBe(true);
  const other = readPublicKey(newSigningKey().publicKey);
  if (other === undefined) return expect.unreachable();
  expect(verifyCheckpoint(other, "office-1", point)).toBe(false);
  expect(verifyCheckpoint(publicKey, "office-2", point)).toBe(false);
  for (const change of [
    { size: 9 },
    { root: `A${point.root.slice(1)}` },
    { at: "2025-09-17T08:00:00.001Z" },
    { signature: "AAAA" },
    { signature: `${point.signature} ` },
  ]) {
    expect(verifyCheckpoint(publicKey, "office-1", { ...point, ...change })).toBe(false);
  }
});

test("公開鍵は署名鍵から出せ、Ed25519 でないものは受け取らない", () => {
  expect(publicKeyOf(keys.privateKey)).toBe(keys.publicKey);
  for (const bad of ["", "AAAA", "鍵", Buffer.alloc(200).toString("base64")])
    expect(readPublicKey(bad)).toBeUndefined();
});

test("照合番号は 4×4 文字で、書き写しの揺れを許し、一字違いは許さない", () => {
  const number = collationNumber("office-1", { size: 10, root: "cm9vdA==", at });
  expect(number).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(collationNumber("office-1", { size: 11, root: "cm9vdA==", at })).not.toBe(number);
  const wide = number
    .toLowerCase()
    .replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
    .replaceAll("－", "　");
  expect(sameCollationNumber(wide, number)).toBe(true);
  expect(sameCollationNumber(number.replaceAll("0", "O").replaceAll("1", "l"), number)).toBe(true);
  expect(sameCollationNumber(`${number.slice(0, -1)}${number.endsWith("Z") ? "Y" : "Z"}`, number)).toBe(
    false,
  );
  expect(sameCollationNumber("", number)).toBe(false);
  expect(keyFingerprint(keys.publicKey)).not.toBe(keyFingerprint(newSigningKey().publicKey));
});

test("4×4 文字は先頭 80 ビットと一対一", () => {
  expect(groupsOf(new Uint8Array(10))).toBe("0000-0000-0000-0000");
  expect(groupsOf(new Uint8Array(10).fill(255))).toBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      fc.integer({ min: 0, max: 79 }),
      (bytes, bit) => {
        const changed = Uint8Array.from(bytes, (byte, i) =>
          i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        expect(groupsOf(changed)).not.toBe(groupsOf(bytes));
      },
    ),
  );
});
