import { Secret, TOTP } from "otpauth";
import { create } from "qrcode";

/*
 * 時刻にもとづく使い捨ての符号（RFC 6238、SHA-1、6桁）。スマートフォンは要らない: 専用のトークンか、席の計算機のアプリで作る。
 * 時刻はいつもシステムの時計（ミリ秒）を引数でもらう。事務所の時計は使わない。
 */
const DIGITS = 6;

/** 符号の変わる間隔（秒）。専用のトークンには 60 秒のものがある。 */
export type TotpPeriod = 30 | 60;

/** 新しい秘密（160 ビット、base32）。 */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** 専用のトークンについてくる秘密（base32 か 16 進）を base32 にそろえる。読めなければ undefined。128–512 ビット。 */
export function readTotpSecret(typed: string): string | undefined {
  const text = typed.normalize("NFKC").replace(/[\s-]/g, "").replace(/=+$/, "");
  const isHex = /^[0-9a-f]{32,128}$/i.test(text) && text.length % 2 === 0;
  // 16 進だけの字で書かれた base32 は 0・1・8・9 を含まない。含まなければ、長さが base32 の 20 バイト（32 字）でも 16 進とみなすしかないので断る。
  if (isHex && /[0189]/.test(text)) return Secret.fromHex(text.toLowerCase()).base32;
  if (isHex || !/^[A-Z2-7]{26,103}$/i.test(text)) return undefined;
  return text.toUpperCase();
}

/** 席の計算機のアプリに読ませる URI。account は利用者名（氏名ではなく）。 */
export function totpUri(secret: string, issuer: string, account: string, period: TotpPeriod = 30): string {
  return totpOf(secret, period, issuer, account).toString();
}

/**
 * URI を QR コードの SVG に。大きさと色は外側の CSS で決める（style 属性は使わない）。
 * 暗い所だけを一つの path にし、周りに4升の余白を置く。
 */
export function qrSvg(text: string, label: string): string {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const { size, data } = modules;
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (data[y * size + x]) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  }
  const side = size + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${escaped(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`;
}

/** 確かめた結果。counter は使われた時刻の番号で、呼ぶ側がこれを次の lastCounter として残す。 */
export type TotpResult = { ok: true; counter: number } | { ok: false; reason: "wrong" | "replayed" };

/**
 * 符号を確かめる（前後1つずれまで）。一度使った番号以前の符号は replayed。
 * systemMs はシステムの時計のミリ秒、lastCounter は前に使われた番号（初めてなら null）。
 */
export function verifyTotp(given: {
  secret: string;
  code: string;
  systemMs: number;
  lastCounter: number | null;
  period?: TotpPeriod;
}): TotpResult {
  const { secret, systemMs, lastCounter, period = 30 } = given;
  const token = given.code.slice(0, 40).normalize("NFKC").replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return { ok: false, reason: "wrong" };
  const delta = totpOf(secret, period).validate({ token, timestamp: systemMs, window: 1 });
  if (delta === null) return { ok: false, reason: "wrong" };
  const counter = TOTP.counter({ period, timestamp: systemMs }) + delta;
  return lastCounter !== null && counter <= lastCounter
    ? { ok: false, reason: "replayed" }
    : { ok: true, counter };
}

/** その時刻の符号（見本の事務所と試験で、トークンの代わりをする）。 */
export function totpCode(secret: string, systemMs: number, period: TotpPeriod = 30): string {
  return totpOf(secret, period).generate({ timestamp: systemMs });
}

function totpOf(secret: string, period: TotpPeriod, issuer = "", label = "totp"): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: DIGITS,
    period,
    issuer,
    label,
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
}
