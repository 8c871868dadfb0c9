import { isIP } from "node:net";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";
import { AppError } from "../base/error.ts";

/*
 * セキュリティキー（WebAuthn）。USB に挿す鍵で、電話も外部への接続も要らない。製造元の証明は求めない（attestation none）。
 */

/** 受け付ける署名の方式（EdDSA、ES256、RS256）。 */
const ALGORITHMS = [-8, -7, -257];

/** 自分の側。rpId はホスト名（IP アドレスは規格で使えない）、origin は「https://madoguchi.office.internal:8443」。 */
export interface RelyingParty {
  readonly rpId: string;
  readonly origin: string;
  readonly name: string;
}

/** 残す鍵。publicKey は COSE の base64url。 */
export interface SecurityKey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

type RegistrationAnswer = Parameters<typeof verifyRegistrationResponse>[0]["response"];
type AssertionAnswer = Parameters<typeof verifyAuthenticationResponse>[0]["response"];

/** 開ける名か。IP アドレスで開いた事務所では、まずホスト名を決めてもらう。 */
export function requireHostname(party: RelyingParty): void {
  const { rpId, origin } = party;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const host = url?.hostname ?? "";
  const isIp = isIP(rpId.replace(/^\[|\]$/g, "")) !== 0 || isIP(host.replace(/^\[|\]$/g, "")) !== 0;
  const secure = url?.protocol === "https:" || host === "localhost";
  if (!isIp && rpId !== "" && secure && (host === rpId || host.endsWith(`.${rpId}`))) return;
  throw new AppError(
    "REFUSED",
    isIp
      ? "セキュリティキーは、IP アドレスで開いた窓口では使えません。ホスト名（例 madoguchi.office.internal）で開き直してください。"
      : "セキュリティキーは、https とこの事務所のホスト名で開いたときだけ使えます。開いている場所を確かめてください。",
  );
}

/** 登録の問い。options はそのままブラウザーに渡す JSON。 */
export async function beginRegistration(
  party: RelyingParty,
  user: { id: string; name: string },
  known: readonly SecurityKey[],
) {
  requireHostname(party);
  return generateRegistrationOptions({
    rpID: party.rpId,
    rpName: party.name,
    userID: new Uint8Array(Buffer.from(user.id, "utf8")),
    userName: user.name,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((key) => ({ id: key.credentialId, transports: [...key.transports] })),
    authenticatorSelection: {
      residentKey: "discouraged",
      userVerification: "discouraged",
      authenticatorAttachment: "cross-platform",
    },
  });
}

/** 登録の答えを確かめる。合わなければ undefined。 */
export async function finishRegistration(
  party: RelyingParty,
  challenge: string,
  answer: unknown,
): Promise<SecurityKey | undefined> {
  requireHostname(party);
  try {
    if (hasMakerStatement(answer as RegistrationAnswer)) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationAnswer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return undefined;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return {
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString("base64url"),
      counter,
      transports: transports.map(String).slice(0, 8),
    };
  } catch {
    // 形の崩れた答えも、違う鍵の答えも、外から見れば同じ「合わない」。
    return undefined;
  }
}

/** サインインの問い。 */
export async function beginAssertion(party: RelyingParty, key: SecurityKey) {
  requireHostname(party);
  return generateAuthenticationOptions({
    rpID: party.rpId,
    allowCredentials: [{ id: key.credentialId, transports: [...key.transports] }],
    userVerification: "discouraged",
  });
}

/** サインインの答えを確かめる。合えば、数え上げ（複製の見張り）を進めた鍵。合わなければ undefined。 */
export async function finishAssertion(
  party: RelyingParty,
  key: SecurityKey,
  challenge: string,
  answer: unknown,
): Promise<SecurityKey | undefined> {
  requireHostname(party);
  try {
    const response = answer as AssertionAnswer;
    if (response.id !== key.credentialId) return undefined;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, "base64url")),
        counter: key.counter,
      },
      requireUserVerification: false,
    });
    return verified ? { ...key, counter: authenticationInfo.newCounter } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * 製造元の証明書つきか。求めていないのに付いてきた証明書を確かめると、その失効一覧を取りに外へ接続してしまう
 * （5(1) に反する）ので、確かめずに断る。
 */
function hasMakerStatement(answer: RegistrationAnswer): boolean {
  const statement = decodeAttestationObject(
    new Uint8Array(Buffer.from(answer.response.attestationObject, "base64url")),
  );
  const format = statement.get("fmt");
  return format !== "none" && !(format === "packed" && statement.get("attStmt").get("x5c") === undefined);
}
