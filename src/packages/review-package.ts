import { createHash } from "node:crypto";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { type FilingKind, filingLimits, kindInfo, type Outcome } from "../filings/filing.ts";
import { formatWareki } from "../japan/wareki.ts";

export const packageFormat = "madoguchi-review/1";

/** 一式に添えるファイル。中身は、この照合値で一式に結びつく。 */
export interface PackageAttachment {
  name: string;
  media: string;
  size: number;
  sha256: string;
  /** 提出した室が残していたファイル（会議録など）の id。様式の Word にはない。 */
  kept?: string;
}

/** 確認用の一式の中身。文字にしたもの（manifestText）の SHA-256 が、一式の照合値。 */
export interface ReviewManifest {
  format: typeof packageFormat;
  /** 一式の id。同じ内容でも、作り直せば違う。 */
  id: string;
  demo: boolean;
  work: string;
  client: string;
  clientUnit: string;
  contractor: string;
  kind: FilingKind;
  document: string;
  version: number;
  formTitle: string;
  title: string;
  clause: string;
  submittedAt: Instant;
  /** 回答を望む期限。 */
  due: Instant | null;
  items: readonly { label: string; value: string }[];
  outcomes: readonly OfferedOutcome[];
  attachments: readonly PackageAttachment[];
  madeAt: Instant;
}

export interface OfferedOutcome {
  value: Outcome;
  label: string;
  /** 言葉を書かなければ答えられない。 */
  words: boolean;
}

/** 言葉の要る答え。 */
const wordy: readonly Outcome[] = ["returned", "refused", "answered"];

/** その種類にできる答え。 */
export function offeredOutcomes(kind: FilingKind): OfferedOutcome[] {
  return (Object.entries(kindInfo(kind).outcomes) as [Outcome, string][]).map(([value, label]) => ({
    ...{ value, label, words: wordy.includes(value) },
  }));
}

export const wordsLimit = filingLimits.answer;

/** 照合値のもとになる文字。HTML の中にそのまま置けるように、「<」は \u003c と書く。 */
export function manifestText(manifest: ReviewManifest): string {
  return JSON.stringify(manifest).replaceAll("<", "\\u003c");
}

/** SHA-256（16進、小文字）。 */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** 読み合わせる形（「3f2a 91c0 …」8組、128ビット）。 */
export function spokenHash(hash: string): string {
  return (hash.slice(0, 32).match(/.{4}/g) ?? []).join(" ");
}

/** 「令和7年9月17日（水）13:40」。 */
export function writtenMoment(at: Instant): string {
  return `${formatWareki(dayOf(at), { weekday: true })}${minuteOf(at).replace(/^0/, "")}`;
}
