import "reflect-metadata";
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { verifyRegistrationResponse } from "@simplewebauthn/server";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { afterEach, expect, test, vi } from "vitest";
import { readerProof } from "./ic-card.ts";
import {
  beginEnrolment,
  beginFactor,
  type FactorRecord,
  type FactorSetting,
  finishEnrolment,
  issueRecoveryCodes,
  verifyFactor,
} from "./second-factor.ts";
import { requireHostname } from "./security-key.ts";
import { totpCode } from "./totp.ts";

const NOW = Date.parse("2025-09-17T04:40:10.000Z");
const party = {
  rpId: "madoguchi.office.internal",
  origin: "https://madoguchi.office.internal:8443",
  name: "窓口",
};
const setting: FactorSetting = { systemMs: NOW, party, cardKey: new Uint8Array(32).fill(4) };
const user = { id: "0190-op", name: "op-0417" };
const later = (ms: number): FactorSetting => ({ ...setting, systemMs: NOW + ms });
/** 保存して読み直したもの（JSON にできることの確かめを兼ねる）。 */
const stored = (record: FactorRecord): FactorRecord => JSON.parse(JSON.stringify(record));

afterEach(() => vi.unstubAllGlobals());

async function enrolled(
  request: Omit<Parameters<typeof beginEnrolment>[0], "user">,
  answer: (prompt: Awaited<ReturnType<typeof beginEnrolment>>["prompt"]) => object,
): Promise<FactorRecord> {
  const { prompt, state } = await beginEnrolment({ user, ...request }, setting);
  const result = await finishEnrolment(JSON.parse(JSON.stringify(state)), answer(prompt), setting);
  if (!result.ok) throw new Error(result.reason);
  return stored(result.record);
}

test("別紙1 5(8) TOTP: 実物の符号で登録し、次の符号で通り、同じ符号は二度通らない", async () => {
  const record = await enrolled({ kind: "totp" }, (prompt) => {
    if (prompt.kind !== "totp") throw new Error("wrong prompt");
    expect(prompt.uri).toContain("otpauth://totp/");
    expect(prompt.qr).toMatch(/^<svg /);
    return { text: totpCode(prompt.secret ?? "", NOW) };
  });
  if (record.kind !== "totp") return expect.unreachable();
  const { prompt, state } = await beginFactor(record, setting);
  expect(prompt).toEqual({ kind: "totp" });
  expect(await verifyFactor(record, state, { text: totpCode(record.secret, NOW) }, setting)).toMatchObject({
    ok: false,
    reason: "replayed",
  });
  const next = await verifyFactor(
    record,
    state,
    { text: totpCode(record.secret, NOW + 30_000) },
    later(30_000),
  );
  if (!next.ok) return expect.unreachable();
  expect(
    await verifyFactor(
      stored(next.record),
      state,
      { text: totpCode(record.secret, NOW + 30_000) },
      later(31_000),
    ),
  ).toMatchObject({ ok: false, reason: "replayed" });
  expect(await verifyFactor(record, state, {}, setting)).toMatchObject({ ok: false, reason: "wrong" });
});

test("別紙1 5(8) TOTP: 専用のトークンの秘密でも登録でき、違う符号では登録されない", async () => {
  const hex = "3132333435363738393031323334353637383930";
  const record = await enrolled({ kind: "totp", tokenSecret: hex, period: 60 }, () => ({
    text: totpCode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", NOW, 60),
  }));
  expect(record).toMatchObject({ kind: "totp", period: 60 });
  const { state } = await beginEnrolment({ kind: "totp", user }, setting);
  expect(await finishEnrolment(state, { text: "abc" }, setting)).toMatchObject({
    ok: false,
    reason: "wrong",
  });
  expect(
    await finishEnrolment(state, { text: totpCode(state.secret ?? "", NOW) }, later(6 * 60_000)),
  ).toMatchObject({ ok: false, reason: "expired" });
  await expect(beginEnrolment({ kind: "totp", user, tokenSecret: "？" }, setting)).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("別紙1 5(8) ICカード: 番号は残さず、読取機の打ち方の違いを越えて、そのカードだけが通る", async () => {
  const record = await enrolled({ kind: "ic-card" }, () => ({ text: ";01140399a2b1?\r" }));
  expect(JSON.stringify(record)).not.toMatch(/0114|A2B1/i);
  const { state } = await beginFactor(record, setting);
  for (const text of ["01140399A2B1", "０１１４０３９９ａ２ｂ１\n"])
    expect((await verifyFactor(record, state, { text }, setting)).ok).toBe(true);
  for (const text of ["01140399A2B2", "", "12345", "さくら"])
    expect(await verifyFactor(record, state, { text }, setting)).toMatchObject({
      ok: false,
      reason: "wrong",
    });
  expect(
    (await verifyFactor(record, state, { text: "01140399A2B1" }, { ...setting, cardKey: randomBytes(32) }))
      .ok,
  ).toBe(false);
  const enrolment = await beginEnrolment({ kind: "ic-card", user }, setting);
  expect(await finishEnrolment(enrolment.state, { text: "123" }, setting)).toMatchObject({ ok: false });
});

test("別紙1 5(8) ICカード: 鍵を持つ読取機なら、番号を盗み見ても、前の答えを使い回しても通らない", async () => {
  const readerKey = randomBytes(32);
  const number = "01140399A2B1";
  const record = await enrolled({ kind: "ic-card", readerKey: readerKey.toString("base64") }, (prompt) => {
    if (prompt.kind !== "ic-card") throw new Error("wrong prompt");
    return { text: number, proof: readerProof(readerKey, prompt.challenge ?? "", number) };
  });
  const first = await beginFactor(record, setting);
  if (first.prompt.kind !== "ic-card") return expect.unreachable();
  const proof = readerProof(readerKey, first.prompt.challenge ?? "", number);
  expect((await verifyFactor(record, first.state, { text: number, proof }, setting)).ok).toBe(true);
  const second = await beginFactor(record, setting);
  expect((await verifyFactor(record, second.state, { text: number, proof }, setting)).ok).toBe(false);
  expect((await verifyFactor(record, second.state, { text: number }, setting)).ok).toBe(false);
  await expect(beginEnrolment({ kind: "ic-card", user, readerKey: "AA" }, setting)).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("別紙1 5(8) 回復の符号: 10 個が一度ずつ使え、紙の書き写しの揺れを許し、控えから符号は読めない", async () => {
  const { codes, record } = issueRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(JSON.stringify(record)).not.toContain(code);
  let kept = stored(record);
  for (const [i, code] of codes.entries()) {
    const { state, prompt } = await beginFactor(kept, setting);
    expect(prompt).toEqual({ kind: "recovery-codes", left: 10 - i });
    const result = await verifyFactor(
      kept,
      state,
      { text: code.toLowerCase().replaceAll("-", "　") },
      setting,
    );
    expect(result).toMatchObject({ ok: true, left: 9 - i });
    if (!result.ok) return;
    kept = stored(result.record);
    expect(await verifyFactor(kept, state, { text: code }, setting)).toMatchObject({
      ok: false,
      reason: "replayed",
    });
  }
  const { state } = await beginFactor(kept, setting);
  for (const text of ["", "0000-0000-0000-0000", "x".repeat(10_000)])
    expect(await verifyFactor(kept, state, { text }, setting)).toMatchObject({ ok: false, reason: "wrong" });
});

test("別紙1 5(8) セキュリティキー: 登録とサインインが通り、別の場所・古い問い・複製・別の鍵は通らない", async () => {
  const key = softKey();
  const record = await enrolled({ kind: "security-key" }, (prompt) => ({
    credential: key.register(challengeOf(prompt), party.origin),
  }));
  const { prompt, state } = await beginFactor(record, setting);
  const good = key.assert(challengeOf(prompt), party.origin, 5);
  const result = await verifyFactor(record, state, { credential: good }, setting);
  expect(result).toMatchObject({ ok: true, record: { counter: 5 } });
  if (!result.ok) return;
  // 数え上げが進まない答えは、鍵の複製か使い回し。
  expect((await verifyFactor(stored(result.record), state, { credential: good }, setting)).ok).toBe(false);
  const other = await beginFactor(record, setting);
  const wrongs = [
    good,
    key.assert(challengeOf(other.prompt), "https://evil.office.internal", 9),
    softKey().assert(challengeOf(other.prompt), party.origin, 9),
    undefined,
    "text",
    { id: "x" },
  ];
  for (const credential of wrongs)
    expect(await verifyFactor(record, other.state, { credential }, setting)).toMatchObject({
      ok: false,
      reason: "wrong",
    });
  const enrolment = await beginEnrolment({ kind: "security-key", user, known: [record] }, setting);
  expect(JSON.stringify(enrolment.prompt)).toContain(
    record.kind === "security-key" ? record.credentialId : "?",
  );
  for (const credential of [undefined, {}, key.register("b3RoZXI", party.origin)])
    expect((await finishEnrolment(enrolment.state, { credential }, setting)).ok).toBe(false);
});

test("5(1) セキュリティキー: 製造元の証明書が付いた登録は、失効一覧を取りに外へ接続しうるので、正しくても受け付けない", async () => {
  const outward = vi.fn(async () => new Response(null, { status: 404 }));
  vi.stubGlobal("fetch", outward);
  const key = softKey();
  const { prompt, state } = await beginEnrolment({ kind: "security-key", user }, setting);
  const credential = key.register(challengeOf(prompt), party.origin, await makerStatement());
  // 部品そのものは、この登録を正しいと言う。
  const library = await verifyRegistrationResponse({
    response: credential as unknown as Parameters<typeof verifyRegistrationResponse>[0]["response"],
    expectedChallenge: challengeOf(prompt),
    expectedOrigin: party.origin,
    requireUserVerification: false,
    supportedAlgorithmIDs: [-7],
  });
  expect(library.verified).toBe(true);
  outward.mockClear();
  expect((await finishEnrolment(state, { credential }, setting)).ok).toBe(false);
  expect(outward).not.toHaveBeenCalled();
});

test("セキュリティキーは、IP アドレスや http で開いた窓口では断り、次にすることを言う", async () => {
  for (const bad of [
    { rpId: "192.168.1.10", origin: "https://192.168.1.10" },
    { rpId: "[::1]", origin: "https://[::1]" },
    { rpId: "madoguchi.office.internal", origin: "http://madoguchi.office.internal" },
    { rpId: "other.internal", origin: party.origin },
    { rpId: "", origin: "nonsense" },
  ]) {
    await expect(
      beginEnrolment({ kind: "security-key", user }, { ...setting, party: { ...party, ...bad } }),
    ).rejects.toMatchObject({ code: "REFUSED" });
  }
  expect(() => requireHostname({ rpId: "192.168.1.10", origin: "https://192.168.1.10", name: "" })).toThrow(
    /ホスト名/,
  );
  for (const good of [
    party,
    { ...party, rpId: "office.internal" },
    { rpId: "localhost", origin: "http://localhost:3000", name: "" },
  ])
    expect(() => requireHostname(good)).not.toThrow();
});

test("種類の違う問いの答えは使えず、時間が過ぎた問いも使えない", async () => {
  const { codes, record } = issueRecoveryCodes();
  const card = await enrolled({ kind: "ic-card" }, () => ({ text: "01140399A2B1" }));
  const { state } = await beginFactor(card, setting);
  expect(await verifyFactor(record, state, { text: codes[0] ?? "" }, setting)).toMatchObject({
    ok: false,
    reason: "wrong",
  });
  expect(await verifyFactor(card, state, { text: "01140399A2B1" }, later(5 * 60_000))).toMatchObject({
    ok: false,
    reason: "expired",
  });
});

function challengeOf(prompt: { kind: string; options?: object }): string {
  return (prompt.options as { challenge: string }).challenge;
}

/** ソフトウェアで作ったセキュリティキー（ES256）。 */
function softKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  const rpIdHash = createHash("sha256").update(party.rpId).digest();
  const number = (value: number, bytes: number) => {
    const out = Buffer.alloc(bytes);
    out.writeUIntBE(value, 0, bytes);
    return out;
  };
  const client = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const answer = (response: Record<string, string>) => ({
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
    response,
  });
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ]);
  return {
    register(challenge: string, origin: string, maker?: MakerStatement) {
      const authData = Buffer.concat([
        rpIdHash,
        Buffer.of(0x41),
        number(0, 4),
        Buffer.alloc(16),
        number(id.length, 2),
        id,
        isoCBOR.encode(cose),
      ]);
      const clientData = client("webauthn.create", challenge, origin);
      const attestation = new Map<string, unknown>([
        ["fmt", maker ? "packed" : "none"],
        [
          "attStmt",
          maker
            ? maker(Buffer.concat([authData, createHash("sha256").update(clientData).digest()]))
            : new Map(),
        ],
        ["authData", new Uint8Array(authData)],
      ]);
      const bytes = isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0]);
      return answer({
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: Buffer.from(bytes).toString("base64url"),
      });
    },
    assert(challenge: string, origin: string, counter: number) {
      const clientData = client("webauthn.get", challenge, origin);
      const authData = Buffer.concat([rpIdHash, Buffer.of(0x01), number(counter, 4)]);
      const signature = sign(
        "sha256",
        Buffer.concat([authData, createHash("sha256").update(clientData).digest()]),
        privateKey,
      );
      return answer({
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
      });
    },
  };
}

type MakerStatement = (signed: Buffer) => Map<string, unknown>;

/** 製造元の証明書（packed、x5c）で署名する。証明書には失効一覧の場所が書いてある。 */
async function makerStatement(): Promise<MakerStatement> {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "C=JP, O=Maker, OU=Authenticator Attestation, CN=Maker",
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    extensions: [
      new BasicConstraintsExtension(false),
      new CRLDistributionPointsExtension(["http://crl.maker.invalid/a.crl"]),
    ],
  });
  const privateKey = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)),
    format: "der",
    type: "pkcs8",
  });
  return (signed) =>
    new Map<string, unknown>([
      ["alg", -7],
      ["sig", new Uint8Array(sign("sha256", signed, privateKey))],
      ["x5c", [new Uint8Array(certificate.rawData)]],
    ]);
}
