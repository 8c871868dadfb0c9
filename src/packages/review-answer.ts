import { createPublicKey, verify } from "node:crypto";
import { z } from "zod";
import { AppError } from "../base/error.ts";
import type { FilingState, Outcome } from "../filings/filing.ts";
import { sha256, wordsLimit } from "./review-package.ts";

export const answerFormat = "madoguchi-review-answer/1";
/** 署名するのは、この字と statement をつないだもの（ほかの署名の使い回しを防ぐ）。 */
export const signingPrefix = "madoguchi-review-answer/1\n";
export const answerFileLimit = 5 * 1024 * 1024;

const outcomes = ["approved", "refused", "returned", "received", "answered"] as const satisfies Outcome[];
const fileSchema = z.strictObject({
  format: z.literal(answerFormat),
  /** 署名した文（JSON の文字のまま）。 */
  statement: z.string().max(100_000),
  /** Ed25519 の公開鍵（32バイト、base64）。 */
  key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
const statementSchema = z.strictObject({
  format: z.literal(answerFormat),
  /** 一式の照合値（SHA-256、16進）。 */
  package: z.string().regex(/^[0-9a-f]{64}$/),
  document: z.string().max(200),
  outcome: z.enum(outcomes),
  words: z.string().max(wordsLimit),
  officer: z.string().trim().min(1).max(80),
  at: z.iso.datetime(),
});
export type AnswerStatement = z.infer<typeof statementSchema>;
export type AnswerOutcome = AnswerStatement["outcome"];

/** 署名つきの回答ファイルを読んだもの。sound が偽なら、署名と中身が合わない。 */
export interface SignedAnswer {
  statement: AnswerStatement;
  publicKey: string;
  fingerprint: string;
  sound: boolean;
}

/** 公開鍵の指紋（SHA-256、16進）。 */
export function fingerprintOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, "base64"));
}

/**
 * 回答ファイル（JSON）を読み、署名を確かめる。
 * @throws AppError BAD_INPUT（回答ファイルではない、形が違う）
 */
export function readSignedAnswer(bytes: Uint8Array): SignedAnswer {
  const file = fileSchema.safeParse(parse(Buffer.from(bytes).toString("utf8")));
  if (!file.success) throw notAnswer();
  const statement = statementSchema.safeParse(parse(file.data.statement));
  if (!statement.success) throw notAnswer();
  const { key, signature } = file.data;
  return {
    statement: statement.data,
    publicKey: key,
    fingerprint: fingerprintOf(key),
    sound: isSound(file.data.statement, key, signature),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

function isSound(statement: string, key: string, signature: string): boolean {
  try {
    const x = Buffer.from(key, "base64").toString("base64url");
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, Buffer.from(signingPrefix + statement), publicKey, Buffer.from(signature, "base64"));
  } catch {
    return false; // 曲線の上にない鍵など
  }
}

function notAnswer(): AppError {
  return new AppError(
    "BAD_INPUT",
    "まどぐちの回答ファイルではないか、途中で切れています。委託者の方に、一式の画面で保存したファイルをそのまま送っていただいてください。",
  );
}

/** 届いた回答の扱い。applied だけが、協議・届出に効いた。 */
export const standings = {
  applied: "反映した",
  unconfirmed: "鍵の確認待ち",
  unsigned: "電話の確認待ち",
  tampered: "署名が合わない",
  unknown: "どの一式の回答でもない",
  outdated: "前の版への回答",
  settled: "もう答えがある",
  repeated: "同じ回答が前に届いた",
  unfit: "できない答え",
  revoked: "使わないと決めた鍵",
  dismissed: "委託者の回答ではない",
} as const;
export type Standing = keyof typeof standings;

export interface AnswerFacts {
  /** 署名の正しさ。署名のない様式は undefined。 */
  sound: boolean | undefined;
  /** 同じ回答が前に届いている。 */
  seen: boolean;
  /** 一式が見つかったか、その版。 */
  packageVersion: number | undefined;
  filing: { state: FilingState; version: number } | undefined;
  /** この一式でできる答えで、要る言葉がある。 */
  fit: boolean;
  /** 署名した鍵の状態。知らない鍵は waiting。 */
  key: "waiting" | "confirmed" | "revoked" | undefined;
  /** 署名のない様式で、責任者が電話で確かめた。 */
  phoned: boolean;
}

/** 届いた回答の扱いを決める。順に、壊れているもの、知らないもの、古いもの、まだ確かめていないもの。 */
export function standingOf(facts: AnswerFacts): Standing {
  if (facts.sound === false) return "tampered";
  if (facts.packageVersion === undefined || !facts.filing) return "unknown";
  if (facts.seen) return "repeated";
  const { filing } = facts;
  if (facts.packageVersion !== filing.version || filing.state === "draft" || filing.state === "withdrawn")
    return "outdated";
  if (filing.state !== "submitted") return "settled";
  if (!facts.fit) return "unfit";
  if (facts.sound === undefined) return facts.phoned ? "applied" : "unsigned";
  if (facts.key === "revoked") return "revoked";
  return facts.key === "confirmed" ? "applied" : "unconfirmed";
}
