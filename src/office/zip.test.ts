import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { openZip, writeZip } from "./zip.ts";

const text = (value: string) => new TextEncoder().encode(value);
const sample = () =>
  writeZip(
    new Map([
      ["[Content_Types].xml", text("<Types/>")],
      ["xl/workbook.xml", text("あ".repeat(5000))],
      ["xl/空.xml", new Uint8Array()],
      ["xl/media/image1.png", text("png")],
    ]),
  );

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("断られるはずのファイルが開きました");
}

/** 目次と先頭の名前を同じ長さの別の名前に置き換える。 */
function rename(zip: Uint8Array, from: string, to: string): Uint8Array {
  const latin = Buffer.from(zip).toString("latin1").replaceAll(from, to);
  return new Uint8Array(Buffer.from(latin, "latin1"));
}

function bomb(mib: number): Uint8Array {
  return writeZip(new Map([["xl/worksheets/sheet1.xml", new Uint8Array(mib * 1024 * 1024)]]));
}

describe("ZIP の読み書き", () => {
  test("書いたものがそのまま、順も同じに読める。2回書いても同じバイト列", () => {
    const parts = openZip(sample());
    expect([...parts.keys()]).toEqual([
      "[Content_Types].xml",
      "xl/workbook.xml",
      "xl/空.xml",
      "xl/media/image1.png",
    ]);
    expect(new TextDecoder().decode(parts.get("xl/workbook.xml"))).toBe("あ".repeat(5000));
    expect(sample()).toEqual(sample());
  });

  test("要る部品だけを展開できる", () => {
    expect([...openZip(sample(), {}, (name) => name.endsWith("workbook.xml")).keys()]).toEqual([
      "xl/workbook.xml",
    ]);
  });

  test("どんな中身も往復で変わらない", () => {
    const names = fc.stringMatching(/^[a-z0-9あ-ん]{1,8}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(names, fc.uint8Array({ maxLength: 300 })), { selector: ([n]) => n }),
        (entries) => {
          const parts = new Map(entries.map(([name, data]) => [`d/${name}`, new Uint8Array(data)]));
          const back = openZip(writeZip(parts));
          expect(new Map([...back].map(([n, d]) => [n, [...d]]))).toEqual(
            new Map([...parts].map(([n, d]) => [n, [...d]])),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("開かないファイル", () => {
  test("ZIP でない、空、途中で切れている", () => {
    expect(refusal(() => openZip(text("氏名,電話")))).toMatchObject({ code: "BAD_INPUT" });
    expect(refusal(() => openZip(new Uint8Array())).message).toContain("空です");
    const zip = sample();
    for (const keep of [40, zip.length >> 1, zip.length - 1]) {
      expect(refusal(() => openZip(zip.subarray(0, keep))).message).toContain("途中で切れています");
    }
  });

  test("パスワード付きと古い形式を見分けて、直し方を言う", () => {
    const ole = new Uint8Array(2048);
    ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(refusal(() => openZip(ole)).message).toContain("古い形式");
    ole.set(Buffer.from("EncryptedPackage", "utf16le"), 1024);
    expect(refusal(() => openZip(ole)).message).toContain("パスワードが付いています");
    const zip = sample();
    const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip[central + 8] = (zip[central + 8] ?? 0) | 1;
    expect(refusal(() => openZip(zip)).message).toContain("パスワードが付いています");
  });

  test("フォルダの外へ出る名前、絶対の名前、同じ名前", () => {
    const zip = writeZip(
      new Map([
        ["aa/bb.xml", text("1")],
        ["aa/cc.xml", text("2")],
      ]),
    );
    for (const name of ["../bb.xml", "/a/bb.xml", "C:\\bb.xml", "..\\bb.xml"]) {
      expect(refusal(() => openZip(rename(zip, "aa/bb.xml", name))).message).toContain("安全でない名前");
    }
    expect(refusal(() => openZip(rename(zip, "aa/bb.xml", "AA/CC.xml"))).message).toContain("同じ名前");
  });

  test("中身が化けていれば壊れていると言う", () => {
    const zip = sample();
    const at = Buffer.from(zip).indexOf("xl/workbook.xml") + "xl/workbook.xml".length;
    zip[at + 3] = (zip[at + 3] ?? 0) ^ 0xff;
    expect(refusal(() => openZip(zip)).message).toContain("壊れています");
  });

  test("圧縮爆弾は展開する前に断り、記憶を使わない", () => {
    const zip = bomb(90);
    const before = process.memoryUsage.rss();
    expect(refusal(() => openZip(zip))).toMatchObject({ code: "TOO_LARGE" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(30 * 1024 * 1024);
  });

  test("大きさを偽った爆弾も、申告を超えたところで止まる", () => {
    const zip = bomb(64);
    const view = new DataView(zip.buffer);
    const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    view.setUint32(central + 24, 1000, true);
    const before = process.memoryUsage.rss();
    expect(refusal(() => openZip(zip)).message).toContain("壊れています");
    expect(process.memoryUsage.rss() - before).toBeLessThan(60 * 1024 * 1024);
  });

  test("部品の数、一つの大きさ、合計の上限", () => {
    const zip = sample();
    expect(refusal(() => openZip(zip, { entries: 3 }))).toMatchObject({ code: "TOO_LARGE" });
    expect(refusal(() => openZip(zip, { entryBytes: 14_999 }))).toMatchObject({ code: "TOO_LARGE" });
    expect(refusal(() => openZip(zip, { totalBytes: 15_000 }))).toMatchObject({ code: "TOO_LARGE" });
    expect(refusal(() => openZip(zip, { fileBytes: 100 }))).toMatchObject({ code: "TOO_LARGE" });
  });

  test("どこを壊しても AppError 以外にはならない", () => {
    const zip = sample();
    const spot = fc.tuple(fc.nat(zip.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 8 }), fc.nat(zip.length), (spots, keep) => {
        const bad = zip.slice(0, keep < 50 ? zip.length : keep);
        for (const [at, value] of spots) if (at < bad.length) bad[at] = value;
        try {
          openZip(bad);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
