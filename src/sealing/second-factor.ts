import { AppError } from "../base/error.ts";
import { cardHmac, newReaderChallenge, readCardNumber, readerProof, sameText } from "./ic-card.ts";
import { newRecoveryCodes, type RecoveryCodes, spendRecoveryCode } from "./recovery-code.ts";
import {
  beginAssertion,
  beginRegistration,
  finishAssertion,
  finishRegistration,
  type RelyingParty,
  type SecurityKey,
} from "./security-key.ts";
import { newTotpSecret, qrSvg, readTotpSecret, type TotpPeriod, totpUri, verifyTotp } from "./totp.ts";

/*
 * 二つ目の要素（別紙1 5(8)）。どれもスマートフォンなしで使える。種類が増えても、登録も確認もこの四つの関数だけで済む。
 * ここは何も保存しない: 呼ぶ側が FactorRecord を封緘して残し、確認のたびに返る新しい record で（古い値のままなら、という
 * 条件つきの更新で）置き換える。更新できなかったら、同じ答えが同時に二度使われたので、確認を失敗とする。
 */
export type FactorKind = "totp" | "security-key" | "ic-card" | "recovery-codes";

/** 残すもの（JSON にできる。秘密を含むので封緘する）。 */
export type FactorRecord =
  | {
      readonly kind: "totp";
      readonly secret: string;
      readonly period: TotpPeriod;
      readonly lastCounter: number | null;
    }
  | ({ readonly kind: "security-key" } & SecurityKey)
  | { readonly kind: "ic-card"; readonly numberHmac: string; readonly readerKey: string | null }
  | ({ readonly kind: "recovery-codes" } & RecoveryCodes);

/** 問いと答えの間、サーバーが持っておくもの（JSON にできる）。expiresAtMs はシステムの時計。 */
export interface FactorState {
  readonly kind: FactorKind;
  readonly expiresAtMs: number;
  /** セキュリティキーと読取機への問い。 */
  readonly challenge?: string;
  /** 登録中の秘密（TOTP の base32、読取機の鍵の base64）。 */
  readonly secret?: string;
  readonly period?: TotpPeriod;
}

/** 事務所の側の決まり。systemMs はシステムの時計のミリ秒。 */
export interface FactorSetting {
  readonly systemMs: number;
  readonly party: RelyingParty;
  /** カードの番号の照合値を作る 32 バイトの鍵。 */
  readonly cardKey: Uint8Array;
}

/** 登録の頼み方。tokenSecret は専用のトークンについてきた秘密、readerKey は問いに答えられる読取機の鍵（base64）。 */
export interface EnrolmentRequest {
  readonly kind: FactorKind;
  readonly user: { readonly id: string; readonly name: string };
  readonly tokenSecret?: string;
  readonly period?: TotpPeriod;
  readonly readerKey?: string;
  readonly known?: readonly FactorRecord[];
}

/** 画面に見せるもの。 */
export type FactorPrompt =
  | { readonly kind: "totp"; readonly secret?: string; readonly uri?: string; readonly qr?: string }
  | { readonly kind: "security-key"; readonly options: object }
  | { readonly kind: "ic-card"; readonly challenge?: string }
  | { readonly kind: "recovery-codes"; readonly left: number };

/** 答え。text は打った符号・番号、proof は読取機の答え、credential はブラウザーのセキュリティキーの答え。 */
export interface FactorAnswer {
  readonly text?: string;
  readonly proof?: string;
  readonly credential?: unknown;
}

export type FactorFailure = "wrong" | "replayed" | "expired";
export type FactorResult =
  | { readonly ok: true; readonly record: FactorRecord; readonly left?: number }
  | { readonly ok: false; readonly reason: FactorFailure; readonly message: string };

const LIFE_MS = 5 * 60 * 1000;

/** 登録を始める。recovery-codes は問いがないので {@link issueRecoveryCodes} を使う。 */
export async function beginEnrolment(
  request: EnrolmentRequest,
  setting: FactorSetting,
): Promise<{ prompt: FactorPrompt; state: FactorState }> {
  const state = { kind: request.kind, expiresAtMs: setting.systemMs + LIFE_MS };
  switch (request.kind) {
    case "totp": {
      const { period = 30 } = request;
      const secret =
        request.tokenSecret === undefined ? newTotpSecret() : readTotpSecret(request.tokenSecret);
      if (secret === undefined)
        throw new AppError(
          "BAD_INPUT",
          "トークンの秘密を読めません。同梱の紙の base32 か 16 進の文字列を、そのまま入れてください。",
        );
      const uri = totpUri(secret, setting.party.name, request.user.name, period);
      return {
        prompt: { kind: "totp", secret, uri, qr: qrSvg(uri, "登録用の QR コード") },
        state: { ...state, secret, period },
      };
    }
    case "security-key": {
      const known = (request.known ?? []).filter((record) => record.kind === "security-key");
      const options = await beginRegistration(setting.party, request.user, known);
      return { prompt: { kind: "security-key", options }, state: { ...state, challenge: options.challenge } };
    }
    case "ic-card": {
      const { readerKey } = request;
      if (readerKey === undefined) return { prompt: { kind: "ic-card" }, state };
      if (Buffer.from(readerKey, "base64").length < 16)
        throw new AppError("BAD_INPUT", "読取機の鍵を読めません。16 バイト以上の base64 で入れてください。");
      const challenge = newReaderChallenge();
      return { prompt: { kind: "ic-card", challenge }, state: { ...state, challenge, secret: readerKey } };
    }
    case "recovery-codes":
      throw new Error("recovery codes are issued, not enrolled");
  }
}

/** 登録の答えを確かめる。実物で一度通ったものだけが登録される。 */
export async function finishEnrolment(
  state: FactorState,
  answer: FactorAnswer,
  setting: FactorSetting,
): Promise<FactorResult> {
  if (setting.systemMs >= state.expiresAtMs) return failed("expired");
  const { challenge = "", secret, period = 30 } = state;
  switch (state.kind) {
    case "totp":
      return secret === undefined
        ? failed("wrong")
        : verifyFactor({ kind: "totp", secret, period, lastCounter: null }, state, answer, setting);
    case "security-key": {
      const key = await finishRegistration(setting.party, challenge, answer.credential);
      return key ? { ok: true, record: { kind: "security-key", ...key } } : failed("wrong");
    }
    case "ic-card": {
      const number = readCardNumber(answer.text ?? "");
      if (number === undefined) return failed("wrong");
      return verifyFactor(
        { kind: "ic-card", numberHmac: cardHmac(setting.cardKey, number), readerKey: secret ?? null },
        state,
        answer,
        setting,
      );
    }
    case "recovery-codes":
      return failed("wrong");
  }
}

/** 一度きりの符号を 10 個出す。codes は一度だけ見せる。 */
export function issueRecoveryCodes(): { codes: string[]; record: FactorRecord } {
  const { codes, kept } = newRecoveryCodes();
  return { codes, record: { kind: "recovery-codes", ...kept } };
}

/** 確認を始める。 */
export async function beginFactor(
  record: FactorRecord,
  setting: FactorSetting,
): Promise<{ prompt: FactorPrompt; state: FactorState }> {
  const state = { kind: record.kind, expiresAtMs: setting.systemMs + LIFE_MS };
  switch (record.kind) {
    case "totp":
      return { prompt: { kind: "totp" }, state };
    case "security-key": {
      const options = await beginAssertion(setting.party, record);
      return { prompt: { kind: "security-key", options }, state: { ...state, challenge: options.challenge } };
    }
    case "ic-card": {
      if (record.readerKey === null) return { prompt: { kind: "ic-card" }, state };
      const challenge = newReaderChallenge();
      return { prompt: { kind: "ic-card", challenge }, state: { ...state, challenge } };
    }
    case "recovery-codes":
      return {
        prompt: { kind: "recovery-codes", left: record.codes.filter((code) => !code.used).length },
        state,
      };
  }
}

/** 確認の答えを確かめる。合えば、置き換えるべき新しい record を返す。 */
export async function verifyFactor(
  record: FactorRecord,
  state: FactorState,
  answer: FactorAnswer,
  setting: FactorSetting,
): Promise<FactorResult> {
  if (setting.systemMs >= state.expiresAtMs) return failed("expired");
  if (record.kind !== state.kind) return failed("wrong");
  switch (record.kind) {
    case "totp": {
      const result = verifyTotp({ ...record, code: answer.text ?? "", systemMs: setting.systemMs });
      return result.ok
        ? { ok: true, record: { ...record, lastCounter: result.counter } }
        : failed(result.reason);
    }
    case "security-key": {
      const { kind, ...key } = record;
      const next = await finishAssertion(setting.party, key, state.challenge ?? "", answer.credential);
      return next ? { ok: true, record: { kind, ...next } } : failed("wrong");
    }
    case "ic-card":
      return isThisCard(record, state, answer, setting) ? { ok: true, record } : failed("wrong");
    case "recovery-codes": {
      const result = spendRecoveryCode(record, answer.text ?? "");
      return result.ok
        ? { ok: true, record: { kind: record.kind, ...result.kept }, left: result.left }
        : failed(result.reason);
    }
  }
}

function isThisCard(
  record: Extract<FactorRecord, { kind: "ic-card" }>,
  state: FactorState,
  answer: FactorAnswer,
  setting: FactorSetting,
): boolean {
  const number = readCardNumber(answer.text ?? "");
  if (number === undefined || !sameText(cardHmac(setting.cardKey, number), record.numberHmac)) return false;
  if (record.readerKey === null) return true;
  if (state.challenge === undefined) return false;
  return sameText(
    readerProof(Buffer.from(record.readerKey, "base64"), state.challenge, number),
    answer.proof ?? "",
  );
}

const MESSAGES: Record<FactorFailure, string> = {
  wrong:
    "二つ目の確認が合いませんでした。もう一度お試しください。カードは、半角英数の入力に切り替えてからかざしてください。",
  replayed: "この符号は一度使われています。次の符号に変わってから入れてください。",
  expired: "時間が過ぎました。はじめからやり直してください。",
};

function failed(reason: FactorFailure): FactorResult {
  return { ok: false, reason, message: MESSAGES[reason] };
}
