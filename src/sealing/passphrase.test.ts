import { wordlist } from "@scure/bip39/wordlists/japanese.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { generatePassphrase, openShare, protectShare, readPassphrase } from "./passphrase.ts";
import { joinShares, splitSecret } from "./shamir.ts";

/** 試験を速くするための小さな手間（製品の既定は 64 MiB・3回）。 */
const LIGHT = { memoryKiB: 64, passes: 1, lanes: 1 };
// BIP-39 の日本語の公開検証値（エントロピー 00…00）。
const ZERO =
  "あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あおぞら";

const katakana = (text: string) =>
  text.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));

test("合言葉は一覧の 12 語で、毎回違い、読み直せる", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const words = generatePassphrase();
    expect(words.length).toBe(12);
    expect(words.every((word) => word === word.normalize("NFC") && /^[ぁ-ゖ]+$/.test(word))).toBe(true);
    expect(readPassphrase(words.join(" "))).toEqual({ ok: true, words });
    seen.add(words.join());
  }
  expect(seen.size).toBe(200);
});

test("公開検証値の合言葉が読める（全角の空白、濁点の分解つき）", () => {
  expect(readPassphrase(ZERO)).toMatchObject({ ok: true });
  expect(readPassphrase(ZERO.normalize("NFKD"))).toEqual(readPassphrase(ZERO));
});

test("人の打ち方の揺れは同じ合言葉になる", () => {
  for (let i = 0; i < 60; i++) {
    const words = generatePassphrase();
    const same = { ok: true, words };
    const spellings = [
      words.join("　"),
      katakana(words.join("、")),
      words.map((word, at) => `${at + 1}. ${word}`).join("\n"),
      words.join(" ").normalize("NFD"),
      words.join(" ").normalize("NFD").replaceAll("\u3099", "゛").replaceAll("\u309a", "゜"),
      `  ${words.join(" \t ")}\r\n`,
    ];
    for (const typed of spellings) expect(readPassphrase(typed)).toEqual(same);
  }
  expect(readPassphrase(`${"ｱｲｻﾂ ".repeat(11)}ｶﾞｯｺｳ`)).toMatchObject({ ok: false, count: 12 });
});

test("濁点と小さい字の書き落としは、一通りに決まる語では補い、決まらない語は推し量らない", () => {
  const words = ZERO.split("　");
  expect(readPassphrase(words.with(11, "あおそら").join(" "))).toMatchObject({ ok: true, words });
  const forms = wordlist.map((word) => readPassphrase([...words.slice(0, 11), word].join(" ")));
  expect(forms.filter((form) => !form.ok && form.unknown.length > 0)).toEqual([]);
  expect(readPassphrase([...words.slice(0, 11), "きやく"].join(" "))).not.toMatchObject({ unknown: [12] });
});

test("空白なしの続け書きも、一通りに切れれば読める", () => {
  let read = 0;
  for (let i = 0; i < 50; i++) {
    const words = generatePassphrase();
    const result = readPassphrase(words.join(""));
    if (result.ok) {
      expect(result.words).toEqual(words);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(40);
});

test("どの語が一覧にないか、いくつと読んだか、組み合わせの誤りかを言い分け、打った語は繰り返さない", () => {
  const words = ZERO.split("　");
  const wrong = readPassphrase(words.with(2, "ほげほげ").with(6, "ぬるぽ").join(" "));
  expect(wrong).toMatchObject({ ok: false, unknown: [3, 7], count: 12 });
  expect(JSON.stringify(wrong)).not.toMatch(/ほげ|ぬるぽ/);
  expect(readPassphrase(words.with(11, "あさひ").join(" "))).toMatchObject({
    ok: false,
    unknown: [],
    message: expect.stringContaining("組み合わせ"),
  });
  expect(readPassphrase("あいさつ あさひ")).toMatchObject({ ok: false, count: 2 });
  for (const junk of ["", "password", "挨拶 朝日", "あ".repeat(100_000)])
    expect(readPassphrase(junk).ok).toBe(false);
});

test("どんな文字列でも、止まらずに答える", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
      expect(typeof readPassphrase(typed).ok).toBe("boolean");
    }),
  );
});

test("別紙1 5(6) 断片は合言葉で開き、揺れた打ち方でも開き、違う合言葉では開かない", async () => {
  const share = new Uint8Array(43).fill(8);
  const kept = JSON.parse(JSON.stringify(await protectShare(ZERO, share, LIGHT)));
  expect(new Uint8Array(await openShare(katakana(ZERO), kept))).toEqual(share);
  await expect(openShare(generatePassphrase().join(" "), kept)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(openShare("あいさつ", kept)).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(openShare(ZERO, { ...kept, passes: 2 })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("既定の手間は 64 MiB・3回・1列で、保管した形に書かれている", async () => {
  const kept = await protectShare(ZERO, new Uint8Array(8));
  expect(kept).toMatchObject({ kdf: "argon2id", memoryKiB: 65536, passes: 3, lanes: 1 });
  expect(Buffer.from(await openShare(ZERO, kept)).length).toBe(8);
});

test("壊れた断片のファイルは、機械を止めずに断る", async () => {
  const kept = await protectShare(ZERO, new Uint8Array(8), LIGHT);
  const broken = [
    null,
    5,
    "",
    {},
    { ...kept, memoryKiB: 1e9 },
    { ...kept, passes: 1e6 },
    { ...kept, lanes: 0 },
    { ...kept, salt: "" },
    { ...kept, sealed: 1 },
    { ...kept, memoryKiB: "64" },
  ];
  for (const given of broken) await expect(openShare(ZERO, given)).rejects.toThrow(AppError);
});

test("三人のうち二人の合言葉で、事務所の鍵が戻る", async () => {
  const root = Uint8Array.from({ length: 32 }, (_, i) => i);
  const phrases = Array.from({ length: 3 }, () => generatePassphrase().join(" "));
  const kept = await Promise.all(
    splitSecret(root, 2, 3).map((share, i) => protectShare(phrases[i] ?? "", share, LIGHT)),
  );
  const shares = await Promise.all([2, 0].map((i) => openShare(phrases[i] ?? "", kept[i])));
  expect(new Uint8Array(joinShares(shares))).toEqual(root);
});
