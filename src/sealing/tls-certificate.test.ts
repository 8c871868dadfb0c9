import { X509Certificate } from "node:crypto";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { beforeAll, expect, test } from "vitest";
import { type CertifiedKey, certificateFacts, issueCertificate, makeAuthority } from "./tls-certificate.ts";

const HOST = "madoguchi.office.internal";
let authority: CertifiedKey;
let server: CertifiedKey;

beforeAll(async () => {
  authority = await makeAuthority("窓口 認証局");
  server = await issueCertificate(authority, [HOST, "127.0.0.1"], 397);
});

/** 一度つないで、版か、断られた理由を返す。 */
async function handshake(serving: CertifiedKey, trusted: string, name: string): Promise<string> {
  const listener = createServer(
    { cert: serving.certificate, key: serving.privateKey, minVersion: "TLSv1.3" },
    (socket) => socket.end("ok"),
  );
  listener.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  const byIp = name === "127.0.0.1";
  const outcome = await new Promise<string>((resolve) => {
    const socket: TLSSocket = connect({
      port,
      host: byIp ? name : "127.0.0.1",
      ca: trusted,
      ...(byIp ? {} : { servername: name }),
    });
    socket.once("secureConnect", () => resolve(socket.getProtocol() ?? ""));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once("close", () => resolve("closed"));
    socket.resume();
  });
  await new Promise((resolve) => listener.close(resolve));
  return outcome;
}

test("5(1) 事務所の認証局だけを信じる席が、ホスト名でも IP でも TLS 1.3 でつながる", async () => {
  expect(await handshake(server, authority.certificate, HOST)).toBe("TLSv1.3");
  expect(await handshake(server, authority.certificate, "127.0.0.1")).toBe("TLSv1.3");
});

test("名前の違うサーバー、別の認証局、期限の切れた証明書にはつながらない", async () => {
  expect(await handshake(server, authority.certificate, "other.office.internal")).toBe(
    "ERR_TLS_CERT_ALTNAME_INVALID",
  );
  const other = await makeAuthority("窓口 認証局");
  expect(await handshake(server, other.certificate, HOST)).toMatch(/SELF_SIGNED|UNABLE_TO|SIGNATURE/);
  const long = await makeAuthority("長い認証局", { systemMs: Date.now() - 20 * 86_400_000 });
  const expired = await issueCertificate(long, [HOST], 5, Date.now() - 10 * 86_400_000);
  expect(await handshake(expired, long.certificate, HOST)).toBe("CERT_HAS_EXPIRED");
});

test("証明書は認証局に署名され、用途・名前・期限・通し番号が決めたとおり", async () => {
  const [ca, leaf] = [new X509Certificate(authority.certificate), new X509Certificate(server.certificate)];
  expect(ca.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.verify(ca.publicKey) && leaf.checkIssued(ca)).toBe(true);
  expect(leaf.subjectAltName).toBe(`DNS:${HOST}, IP Address:127.0.0.1`);
  expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(ca.subject).toContain("CN=窓口 認証局");
  expect(leaf.serialNumber.length).toBe(32);
  const facts = await certificateFacts(server.certificate);
  expect(facts.names).toEqual([HOST, "127.0.0.1"]);
  expect(facts.expiresAtMs).toBe(Date.parse(leaf.validTo));
  expect(facts.fingerprint).toBe(leaf.fingerprint256.replaceAll(":", "").toLowerCase());
});

test("サーバーの証明書は認証局の期限を越えず、切れた認証局からは出さない", async () => {
  const brief = await makeAuthority("短い認証局", { days: 3 });
  const leaf = await issueCertificate(brief, [HOST], 100);
  expect((await certificateFacts(leaf.certificate)).expiresAtMs).toBe(
    (await certificateFacts(brief.certificate)).expiresAtMs,
  );
  await expect(issueCertificate(brief, [HOST], 1, Date.now() + 4 * 86_400_000)).rejects.toMatchObject({
    code: "REFUSED",
  });
});

test("名前・日数・PEM・鍵の組の誤りは、ことばで断る", async () => {
  for (const name of [
    "",
    "窓口",
    "a_b",
    "-x",
    "1.2.3",
    "a..b",
    `${"a".repeat(64)}.jp`,
    "*.office.internal",
    "a b",
  ]) {
    await expect(issueCertificate(authority, [name]), name).rejects.toMatchObject({ code: "BAD_INPUT" });
  }
  await expect(issueCertificate(authority, [])).rejects.toThrow(/ホスト名がありません/);
  for (const days of [0, 826, 1.5, Number.NaN])
    await expect(issueCertificate(authority, [HOST], days)).rejects.toThrow(/日数/);
  await expect(issueCertificate({ ...authority, certificate: "x" }, [HOST])).rejects.toThrow(/PEM/);
  await expect(issueCertificate({ ...authority, privateKey: server.privateKey }, [HOST])).rejects.toThrow(
    /組/,
  );
  await expect(issueCertificate({ ...authority, privateKey: "x" }, [HOST])).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await expect(makeAuthority(" ")).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(
    new X509Certificate((await issueCertificate(authority, ["ＭＡＤＯ.local", "[::1]"])).certificate)
      .subjectAltName,
  ).toBe("DNS:mado.local, IP Address:0:0:0:0:0:0:0:1");
});
