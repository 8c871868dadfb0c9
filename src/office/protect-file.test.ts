import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import CFB from "cfb";
import officeCrypto from "officecrypto-tool";
import { beforeAll, describe, expect, test } from "vitest";
import { type AgileLook, agileFile } from "../testing/agile-fixture.ts";
import { paragraph, postcardSection, wordFile } from "../testing/word-fixture.ts";
import { drawSheets } from "./pdf-sheet.ts";
import {
  canProtectPdf,
  generatePassword,
  openLockedFile,
  protectableFormat,
  protectFile,
} from "./protect-file.ts";
import { openProtectedFile } from "./verify-protected-file.ts";

const bytes = wordFile({
  body: paragraph("<w:r><w:t>検査の文書</w:t></w:r>").repeat(400),
  section: postcardSection,
});
const password = generatePassword();
let locked: Uint8Array;
beforeAll(async () => {
  locked = await protectFile({ format: "docx", bytes }, password);
});

describe("委託者に渡すファイル", () => {
  test("AES-256 で封じられ、同じ中身に戻り、違うパスワードでは開かない", () => {
    expect(Buffer.from(locked).subarray(0, 4).toString("hex")).toBe("d0cf11e0");
    const info = CFB.find(CFB.read(Buffer.from(locked), { type: "buffer" }), "/EncryptionInfo");
    const xml = Buffer.from(info?.content as Uint8Array).toString("utf8");
    expect(xml).toMatch(/keyBits="256".*hashAlgorithm="SHA512"/s);
    expect(xml).toContain('spinCount="100000"');
    expect(Buffer.compare(openProtectedFile(locked, password), bytes)).toBe(0);
    expect(() => openProtectedFile(locked, `${password}x`)).toThrowError(/パスワードが違います/);
  });

  test("一つの字でも書き換えられたファイルは、どこであっても断る（ライブラリーは開いてしまう）", async () => {
    const whole = CFB.read(Buffer.from(locked), { type: "buffer" });
    const stream = Buffer.from(CFB.find(whole, "/EncryptedPackage")?.content as Uint8Array);
    let accepted = 0;
    // 長さの欄、先頭、中ほど。
    const places = [0, 9, 0.3, 0.5, 0.8].map((at) => (at < 1 ? Math.floor(stream.length * at) : at));
    for (const place of places) {
      const bad = Buffer.from(stream);
      bad.writeUInt8(bad.readUInt8(place) ^ 1, place);
      const made = rebuilt(whole, bad);
      expect(() => openProtectedFile(made, password)).toThrowError(/書き換えられたか/);
      accepted += await officeCrypto.decrypt(Buffer.from(made), { password }).then(
        () => 1,
        () => 0,
      );
    }
    expect(accepted).toBeGreaterThan(0);
  });

  test.each([
    { hash: "SHA1", bits: 128, spins: 100_000, prefix: "p:" },
    { hash: "SHA384", bits: 192, spins: 1000, prefix: "" },
    { hash: "SHA512", bits: 256, spins: 50_000, prefix: "ns0:" },
  ] satisfies AgileLook[])(
    "ほかのプログラムが書いた agile（$hash、AES-$bits）も、HMAC を確かめて開く",
    (look) => {
      const made = agileFile(bytes, "雪まつり2025", look);
      expect(Buffer.compare(openProtectedFile(made, "雪まつり2025"), bytes)).toBe(0);
      expect(() => openProtectedFile(made, "雪まつり2026")).toThrowError(/パスワードが違います/);
      const whole = CFB.read(Buffer.from(made), { type: "buffer" });
      const stream = Buffer.from(CFB.find(whole, "/EncryptedPackage")?.content as Uint8Array);
      const place = Math.floor(stream.length * 0.6);
      stream.writeUInt8(stream.readUInt8(place) ^ 8, place);
      expect(() => openProtectedFile(rebuilt(whole, stream), "雪まつり2025")).toThrowError(
        /書き換えられたか/,
      );
    },
  );

  test("HMAC のない標準の暗号と、パスワードのないファイルは、どうすればよいかを言って断る", () => {
    const standard = officeCrypto.encrypt(Buffer.from(bytes), { password: "abcdefgh", type: "standard" });
    expect(() => openProtectedFile(standard, "abcdefgh")).toThrowError(/標準の暗号化.*付け直した/s);
    expect(() => openProtectedFile(bytes, "abcdefgh")).toThrowError(/パスワードが付いていません/);
  });

  test("壊れたもの、別の形式、途方もない回数を言うものは、一文で断る", () => {
    for (const odd of [Buffer.from(""), Buffer.from("PK\u0003\u0004"), bytes, locked.slice(0, 3000)])
      expect(() => openProtectedFile(odd, password)).toThrowError(/送り直し/);
    const whole = CFB.read(Buffer.from(locked), { type: "buffer" });
    const info = Buffer.from(CFB.find(whole, "/EncryptionInfo")?.content as Uint8Array);
    const slow = Buffer.from(
      info.toString("latin1").replace('spinCount="100000"', 'spinCount="999999999999"'),
      "latin1",
    );
    const stream = Buffer.from(CFB.find(whole, "/EncryptedPackage")?.content as Uint8Array);
    expect(() => openProtectedFile(rebuilt(whole, stream, slow), password)).toThrowError(/読めません/);
  });

  test("確かめて開くのは別の糸で、何十万回も回すファイルを待つ間も、窓口は動き続ける", async () => {
    expect(Buffer.compare(await openLockedFile(locked, password), bytes)).toBe(0);
    await expect(openLockedFile(locked, `${password}x`)).rejects.toThrowError(/パスワードが違います/);
    await expect(openLockedFile(bytes, password)).rejects.toThrowError(/送り直し/);
    const whole = CFB.read(Buffer.from(locked), { type: "buffer" });
    const part = (name: string) => Buffer.from(CFB.find(whole, name)?.content as Uint8Array);
    const info = part("/EncryptionInfo").toString("latin1");
    const slow = info.replace('spinCount="100000"', 'spinCount="400000"');
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 20);
    const made = rebuilt(whole, part("/EncryptedPackage"), Buffer.from(slow, "latin1"));
    await expect(openLockedFile(made, password)).rejects.toThrowError(/パスワードが違います/);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(4);
  });

  test("パスワードは毎回違い、読み間違える字を含まず、短いものは断る", async () => {
    const made = new Set(Array.from({ length: 200 }, generatePassword));
    expect(made.size).toBe(200);
    for (const one of made) expect(one).toMatch(/^[a-km-z2-9]{4}(-[a-km-z2-9]{4}){4}$/);
    await expect(protectFile({ format: "docx", bytes }, "short")).rejects.toThrowError(/8字から/);
    expect([protectableFormat("a.XLSX"), protectableFormat("a.png")]).toEqual(["xlsx", undefined]);
  });

  test.runIf(canProtectPdf())("PDF も AES-256 になり、パスワードなしでは開かない", async () => {
    const sheet = {
      width: 100,
      height: 148,
      texts: [{ text: "検査", x: 10, y: 10, size: 5 }],
      rules: [],
      paths: [],
    };
    const pdf = await drawSheets([sheet], { title: "検査" });
    const made = await protectFile({ format: "pdf", bytes: pdf }, password);
    const folder = mkdtempSync(join(tmpdir(), "protect-test-"));
    try {
      const path = join(folder, "x.pdf");
      writeFileSync(path, made);
      const told = spawnSync("qpdf", [`--password=${password}`, "--show-encryption", path], {
        encoding: "utf8",
      });
      expect(told.stdout).toMatch(/R = 6[\s\S]*AESv3/);
      expect(spawnSync("qpdf", ["--check", path]).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function rebuilt(from: CFB.CFB$Container, stream: Buffer, info?: Buffer): Uint8Array {
  const made = CFB.utils.cfb_new();
  const first = info ?? Buffer.from(CFB.find(from, "/EncryptionInfo")?.content as Uint8Array);
  CFB.utils.cfb_add(made, "/EncryptionInfo", first);
  CFB.utils.cfb_add(made, "/EncryptedPackage", stream);
  return new Uint8Array(CFB.write(made, { type: "buffer" }) as Buffer);
}
