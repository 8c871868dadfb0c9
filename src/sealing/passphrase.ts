import { randomBytes } from "node:crypto";
import { generateMnemonic, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/japanese.js";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import { openBytes, SealBroken, sealBytes } from "./seal.ts";
import { STRETCH_COST, type StretchCost, stretchKey } from "./stretch.ts";

/*
 * 鍵の断片を守る合言葉: BIP-39 の日本語 2048 語から 12 語（128 ビットと検査 4 ビット）。
 * どの語もひらがなで、濁点と小さい字を忘れて書いても、ほとんどが一通りに決まる。
 */
export const PASSPHRASE_WORDS = 12;

const byExact = new Map(wordlist.map((word) => [word.normalize("NFC"), word]));
const byLoose = looseIndex();

/** 新しい合言葉（ひらがな 12 語）。 */
export function generatePassphrase(): string[] {
  // 一覧の語は分解形（NFKD）なので、見せるときは合成形にする。
  return generateMnemonic(wordlist, 128)
    .split(/\s/u)
    .map((word) => word.normalize("NFC"));
}

/** 読み取った合言葉。unknown は一覧にない語の位置（1 から）。 */
export type ReadPassphrase =
  | { ok: true; words: string[] }
  | { ok: false; unknown: number[]; count: number; message: string };

/**
 * 人が打った合言葉を読む。全角・半角カナ・カタカナ、分かれた濁点、番号や読点つき、空白の種類、
 * 濁点や小さい字の書き落とし（一通りに決まるもの）、空白なしの続け書きを許す。
 */
export function readPassphrase(typed: string): ReadPassphrase {
  const pieces = hiragana(typed.slice(0, 2000)).match(/[ぁ-ゖー]+/gu) ?? [];
  const found = pieces.map(wordOf);
  if (pieces.length === PASSPHRASE_WORDS) {
    const unknown = found.flatMap((word, i) => (word === undefined ? [i + 1] : []));
    if (unknown.length > 0)
      return refused(
        unknown,
        pieces.length,
        `${unknown.join("、")}番目の語が、合言葉の一覧にありません。書き写しを確かめてください。`,
      );
    const words = found.filter((word) => word !== undefined);
    return isSound(words)
      ? accepted(words)
      : refused(
          [],
          pieces.length,
          "語はどれも一覧にありますが、組み合わせが正しくありません。順番と、似た語の取り違えを確かめてください。",
        );
  }
  const cut = pieces.length < PASSPHRASE_WORDS ? cutIntoWords(pieces.join("")) : undefined;
  if (cut) return accepted(cut);
  return refused(
    [],
    pieces.length,
    `合言葉は ${PASSPHRASE_WORDS} 語です。${pieces.length} 語と読み取りました。語の間を空けて、もう一度入れてください。`,
  );
}

/** 合言葉で守った鍵の断片（そのまま JSON にして保管する）。salt と sealed は base64。 */
export interface ProtectedShare {
  readonly format: "madoguchi-share/1";
  readonly kdf: "argon2id";
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: string;
  readonly sealed: string;
}

/** 断片を合言葉で封緘する。合言葉が読めなければ BAD_INPUT。 */
export async function protectShare(
  passphrase: string,
  share: Uint8Array,
  cost: StretchCost = STRETCH_COST,
): Promise<ProtectedShare> {
  const salt = randomBytes(16);
  const head = {
    format: "madoguchi-share/1",
    kdf: "argon2id",
    ...cost,
    salt: salt.toString("base64"),
  } as const;
  const key = await stretchKey(phraseBytes(passphrase), salt, cost);
  return { ...head, sealed: Buffer.from(sealBytes(key, canonicalJson(head), share)).toString("base64") };
}

/** 封緘した断片を開く。合言葉が違えば FORBIDDEN、形が崩れていれば BAD_INPUT。 */
export async function openShare(passphrase: string, given: unknown): Promise<Uint8Array> {
  const { sealed, ...head } = asProtectedShare(given);
  const { memoryKiB, passes, lanes } = head;
  const key = await stretchKey(phraseBytes(passphrase), Buffer.from(head.salt, "base64"), {
    memoryKiB,
    passes,
    lanes,
  });
  try {
    return openBytes(key, canonicalJson(head), Buffer.from(sealed, "base64"));
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause;
    throw new AppError("FORBIDDEN", "この合言葉では開きません。ほかの人の合言葉でないか、確かめてください。");
  }
}

function asProtectedShare(given: unknown): ProtectedShare {
  const { format, kdf, memoryKiB, passes, lanes, salt, sealed } = (given ?? {}) as Record<string, unknown>;
  const sound =
    format === "madoguchi-share/1" &&
    kdf === "argon2id" &&
    // 手間の上限: 壊れたファイルに機械を止めさせない（1 GiB、16 回、8 列まで）。
    within(memoryKiB, 8, 1024 * 1024) &&
    within(passes, 1, 16) &&
    within(lanes, 1, 8) &&
    memoryKiB >= 8 * lanes &&
    typeof salt === "string" &&
    Buffer.from(salt, "base64").length >= 8 &&
    typeof sealed === "string";
  if (!sound)
    throw new AppError(
      "BAD_INPUT",
      "鍵の断片のファイルの形が正しくありません。保管した元のファイルを使ってください。",
    );
  return { format, kdf, memoryKiB, passes, lanes, salt, sealed };
}

function within(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function phraseBytes(passphrase: string): Uint8Array {
  const read = readPassphrase(passphrase);
  if (read.ok) return Buffer.from(mnemonicOf(read.words), "utf8");
  const faults = read.unknown.map((at) => ({
    field: `word-${at}`,
    message: "この語は合言葉の一覧にありません。",
  }));
  throw new AppError("BAD_INPUT", read.message, { faults });
}

function hiragana(typed: string): string {
  return typed
    .replace(/[\u309b\uff9e]/g, "\u3099")
    .replace(/[\u309c\uff9f]/g, "\u309a")
    .normalize("NFKC")
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

function wordOf(piece: string): string | undefined {
  return byExact.get(piece) ?? byLoose.get(loose(piece));
}

/** 濁点・半濁点を落とし、小さい字を大きくした形。 */
function loose(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\u3099\u309a]/g, "")
    .replace(/[ぁぃぅぇぉっゃゅょゎ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 1));
}

/** ゆるい形から語へ。二つの語が同じ形になるものは載せない（推し量らない）。 */
function looseIndex(): Map<string, string> {
  const index = new Map<string, string>();
  const twice = new Set<string>();
  for (const word of wordlist) {
    const form = loose(word);
    if (index.has(form)) twice.add(form);
    index.set(form, word);
  }
  for (const form of twice) index.delete(form);
  return index;
}

/** 続け書きを 12 語に切る。検査に合う切り方がただ一つのときだけ答える。 */
function cutIntoWords(text: string): string[] | undefined {
  const sound: string[][] = [];
  let budget = 20_000;
  const walk = (from: number, words: readonly string[]) => {
    if (--budget < 0 || sound.length > 1) return;
    if (words.length === PASSPHRASE_WORDS) {
      if (from === text.length && isSound(words)) sound.push([...words]);
      return;
    }
    for (let length = 2; length <= 8 && from + length <= text.length; length++) {
      const word = byExact.get(text.slice(from, from + length));
      if (word !== undefined) walk(from + length, [...words, word]);
    }
  };
  walk(0, []);
  return sound.length === 1 && budget >= 0 ? sound[0] : undefined;
}

function isSound(words: readonly string[]): boolean {
  return validateMnemonic(mnemonicOf(words), wordlist);
}

function mnemonicOf(words: readonly string[]): string {
  return words.map((word) => word.normalize("NFKD")).join(" ");
}

function accepted(words: readonly string[]): ReadPassphrase {
  return { ok: true, words: words.map((word) => word.normalize("NFC")) };
}

function refused(unknown: number[], count: number, message: string): ReadPassphrase {
  return { ok: false, unknown, count, message };
}
