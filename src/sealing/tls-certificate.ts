import "reflect-metadata"; // x509 が読み込みのときに要る
import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { AppError } from "../base/error.ts";

/*
 * 事務所の中だけの認証局と、サーバーの証明書（ECDSA P-256、SHA-256）。インターネットの認証局には頼らない（5(1)）。
 * 認証局の秘密鍵は、証明書を出すときだけ取り出し、ふだんはサーバーに置かない。
 */
const KEYS = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** 席の計算機の時計が少し遅れていても、出したばかりの証明書が使えるように。 */
const SLACK_MS = 60 * 60 * 1000;

/** 証明書と秘密鍵（どちらも PEM。秘密鍵は PKCS8）。 */
export interface CertifiedKey {
  readonly certificate: string;
  readonly privateKey: string;
}

/** 認証局を作る。name は証明書に出る名（例「窓口 認証局」）。systemMs はシステムの時計。 */
export async function makeAuthority(
  name: string,
  options: { days?: number; systemMs?: number } = {},
): Promise<CertifiedKey> {
  const { days = 3650, systemMs = Date.now() } = options;
  requireDays(days, 7300);
  const keys = await crypto.subtle.generateKey(KEYS, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(systemMs, days),
    name: [{ CN: [commonName(name)] }],
    keys,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certified(certificate, keys.privateKey);
}

/**
 * サーバーの証明書を出す。hostnames はホスト名か IP アドレス（少なくとも一つ）、days は有効な日数（825 日まで）。
 * 認証局の期限を越えない。期限の切れた認証局、読めない PEM、名前の誤りは {@link AppError}。
 */
export async function issueCertificate(
  authority: CertifiedKey,
  hostnames: readonly string[],
  days = 397,
  systemMs = Date.now(),
): Promise<CertifiedKey> {
  requireDays(days, 825);
  const names = hostnames.map(generalName);
  const [first] = names;
  if (first === undefined)
    throw new AppError("BAD_INPUT", "証明書に入れるホスト名がありません。少なくとも一つ入れてください。");
  const { issuer, signingKey } = await readAuthority(authority);
  const { notBefore, notAfter } = validity(systemMs, days);
  if (issuer.notAfter.getTime() <= systemMs) {
    throw new AppError(
      "REFUSED",
      "認証局の期限が切れています。新しい認証局を作り、席の計算機に配り直してください。",
    );
  }
  const keys = await crypto.subtle.generateKey(KEYS, true, ["sign", "verify"]);
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
    await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: issuer.subject,
    subject: [{ CN: [commonName(String(first.value))] }],
    notBefore,
    notAfter: new Date(Math.min(notAfter.getTime(), issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGNING,
    extensions,
  });
  return certified(certificate, keys.privateKey);
}

/** 証明書の中身（health の表示と、期限の知らせのため）。fingerprint は SHA-256 の 16 進。 */
export async function certificateFacts(
  pem: string,
): Promise<{ names: string[]; expiresAtMs: number; fingerprint: string }> {
  const certificate = readCertificate(pem);
  const names =
    certificate.getExtension(SubjectAlternativeNameExtension)?.names.items.map((name) => name.value) ?? [];
  const fingerprint = Buffer.from(await certificate.getThumbprint("SHA-256")).toString("hex");
  return { names, expiresAtMs: certificate.notAfter.getTime(), fingerprint };
}

async function readAuthority(
  authority: CertifiedKey,
): Promise<{ issuer: X509Certificate; signingKey: CryptoKey }> {
  const issuer = readCertificate(authority.certificate);
  try {
    const key = createPrivateKey(authority.privateKey);
    const der = key.export({ format: "der", type: "pkcs8" });
    const own = createPublicKey(key).export({ format: "der", type: "spki" });
    if (!own.equals(Buffer.from(issuer.publicKey.rawData)))
      throw new Error("the key is not this certificate's");
    return {
      issuer,
      signingKey: await crypto.subtle.importKey("pkcs8", new Uint8Array(der), KEYS, false, ["sign"]),
    };
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "認証局の秘密鍵が読めないか、証明書と組になっていません。同じときに作った二つを使ってください。",
    );
  }
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new AppError("BAD_INPUT", "証明書を読めません。PEM の形のファイルを使ってください。");
  }
}

async function certified(certificate: X509Certificate, privateKey: CryptoKey): Promise<CertifiedKey> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return {
    certificate: `${certificate.toString("pem")}\n`,
    privateKey: String(key.export({ format: "pem", type: "pkcs8" })),
  };
}

/** 証明書は秒の単位なので、切り捨てておく。 */
function validity(systemMs: number, days: number): { notBefore: Date; notAfter: Date } {
  const start = Math.floor(systemMs / 1000) * 1000;
  return { notBefore: new Date(start - SLACK_MS), notAfter: new Date(start + days * DAY_MS) };
}

function generalName(typed: string): JsonGeneralName {
  const name = typed
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, "");
  if (isIP(name) !== 0) return { type: "ip", value: name };
  const labels = name.split(".");
  const sound =
    name.length <= 253 &&
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? "");
  if (!sound)
    throw new AppError(
      "BAD_INPUT",
      "ホスト名の形が正しくありません。英小文字・数字・ハイフンを点でつないだ名（例 madoguchi.office.internal）か IP アドレスを入れてください。",
    );
  return { type: "dns", value: name };
}

/** CN は 64 字まで。名前の確かめには SAN だけが使われる。 */
function commonName(name: string): string {
  const short = [...name.trim()].slice(0, 64).join("");
  if (short === "") throw new AppError("BAD_INPUT", "認証局の名前を入れてください。");
  return short;
}

/** 正の 127 ビット。 */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

function requireDays(days: number, max: number): void {
  if (!Number.isInteger(days) || days < 1 || days > max)
    throw new AppError("BAD_INPUT", `証明書の日数は 1 から ${max} までの整数にしてください。`);
}
