import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newTotpSecret, qrSvg, readTotpSecret, totpCode, totpUri, verifyTotp } from "./totp.ts";

// RFC 6238 付録 B の秘密「12345678901234567890」。
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW = Date.parse("2025-09-17T04:40:10.000Z");

test("RFC 6238 付録 B の検証値（8桁の下6桁）と一致する", () => {
  const vectors: [number, string][] = [
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ];
  for (const [seconds, code] of vectors) expect(totpCode(RFC_SECRET, seconds * 1000)).toBe(code);
});

test("別紙1 5(8) 前後1つずれまでの符号が通り、2つ以上は通らない", () => {
  const secret = newTotpSecret();
  for (const shift of [-1, 0, 1]) {
    const result = verifyTotp({
      secret,
      code: totpCode(secret, NOW + shift * 30_000),
      systemMs: NOW,
      lastCounter: null,
    });
    expect(result).toEqual({ ok: true, counter: Math.floor(NOW / 30_000) + shift });
  }
  const far = [-3, -2, 2, 3].filter(
    (shift) =>
      verifyTotp({ secret, code: totpCode(secret, NOW + shift * 30_000), systemMs: NOW, lastCounter: null })
        .ok,
  );
  // 6桁なので百万に一つの偶然はありうるが、四つそろって起きることはない。
  expect(far.length).toBeLessThan(2);
});

test("別紙1 5(8) 一度使った符号と、それより前の符号は通らない", () => {
  const secret = newTotpSecret();
  const code = totpCode(secret, NOW);
  const first = verifyTotp({ secret, code, systemMs: NOW, lastCounter: null });
  if (!first.ok) return expect.unreachable();
  expect(verifyTotp({ secret, code, systemMs: NOW + 5_000, lastCounter: first.counter })).toEqual({
    ok: false,
    reason: "replayed",
  });
  const older = totpCode(secret, NOW - 30_000);
  expect(verifyTotp({ secret, code: older, systemMs: NOW, lastCounter: first.counter })).toEqual({
    ok: false,
    reason: "replayed",
  });
  const next = totpCode(secret, NOW + 30_000);
  expect(
    verifyTotp({ secret, code: next, systemMs: NOW + 30_000, lastCounter: first.counter }),
  ).toMatchObject({ ok: true });
});

test("符号の全角・空白は許し、6桁の数字でないものは通さない", () => {
  const code = totpCode(RFC_SECRET, NOW);
  const wide = code.replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  for (const typed of [
    wide,
    ` ${code.slice(0, 3)} ${code.slice(3)} `,
    `${code.slice(0, 3)}-${code.slice(3)}`,
  ]) {
    expect(verifyTotp({ secret: RFC_SECRET, code: typed, systemMs: NOW, lastCounter: null }).ok).toBe(true);
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (typed) => {
      fc.pre(!/^\d{6}$/.test(typed.normalize("NFKC").replace(/[\s-]/g, "")));
      expect(verifyTotp({ secret: RFC_SECRET, code: typed, systemMs: NOW, lastCounter: null })).toEqual({
        ok: false,
        reason: "wrong",
      });
    }),
  );
});

test("60 秒のトークンも扱える（別の計算で確かめる）", () => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(NOW / 60_000)));
  const mac = createHmac("sha1", "12345678901234567890").update(counter).digest();
  const at = (mac[19] ?? 0) & 15;
  const code = String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  expect(totpCode(RFC_SECRET, NOW, 60)).toBe(code);
  expect(verifyTotp({ secret: RFC_SECRET, code, systemMs: NOW, lastCounter: null, period: 60 }).ok).toBe(
    true,
  );
});

test("秘密は 160 ビットの base32。トークンの 16 進・base32 を読み、それ以外は断る", () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(new Set(Array.from({ length: 100 }, newTotpSecret)).size).toBe(100);
  expect(readTotpSecret("3132 3334 3536 3738 3930 3132 3334 3536 3738 3930")).toBe(RFC_SECRET);
  expect(readTotpSecret(RFC_SECRET.toLowerCase().replace(/(.{4})/g, "$1 "))).toBe(RFC_SECRET);
  for (const bad of ["", "ABC", "かな", "A".repeat(200), "not base32 ! not base32 ! not"])
    expect(readTotpSecret(bad)).toBeUndefined();
});

test("URI はアプリの読む形で、QR の SVG に style 属性も名前もない", () => {
  const uri = totpUri(RFC_SECRET, "窓口", "op-0417");
  const url = new URL(uri);
  expect(url.protocol).toBe("otpauth:");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    secret: RFC_SECRET,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
    issuer: "窓口",
  });
  const svg = qrSvg(uri, '二要素の "QR"');
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+" role="img" aria-label="二要素の &quot;QR&quot;"/,
  );
  expect(svg).not.toMatch(/style=|<script|otpauth/);
  expect(svg.match(/h1v1h-1z/g)?.length).toBeGreaterThan(300);
});
