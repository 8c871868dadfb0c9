import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookUpPostalCode, municipalities, placeText } from "./postal.ts";
import { builtInPostalBook, postalBookOf } from "./postal-book.ts";
import { chomeAllowed, formatPostalCode, parsePostalCode, readPostalCode, townNames } from "./postal-code.ts";

const texts = (code: string) => lookUpPostalCode(code).places.map(placeText);

describe("郵便番号の書き方", () => {
  it.each([
    "060-8611",
    "０６０－８６１１",
    "〒060-8611",
    "0608611",
    " 〒 060ー8611 ",
    "060‐8611",
    "060−8611",
  ])("%s", (text) => {
    expect(parsePostalCode(text)).toBe("0608611");
    expect(formatPostalCode(text)).toBe("060-8611");
  });

  it.each(["060-861", "06086112", "", "〒", "abc-defg", "9".repeat(1_000)])("%s は7桁でない", (text) => {
    expect(readPostalCode(text)).toBeUndefined();
    expect(() => parsePostalCode(text)).toThrow("数字7桁");
  });
});

describe("郵便番号から場所", () => {
  it("町域の注記を宛名に入れない", () => {
    expect(texts("060-0001")).toEqual(["北海道札幌市中央区北一条西"]);
    expect(lookUpPostalCode("060-0001").places[0]).toMatchObject({ note: "１〜１９丁目", chome: true });
    expect(texts("001-0000")).toEqual(["北海道札幌市北区"]);
  });

  it("二つの市区町村にまたがる番号は、すべての候補を出す", () => {
    expect(texts("498-0000")).toEqual(["愛知県弥富市", "三重県桑名郡木曽岬町"]);
    expect(texts("004-0000")).toEqual(["北海道札幌市厚別区", "北海道札幌市清田区"]);
    expect(texts("700-0941")).toEqual(["岡山県岡山市北区青江", "岡山県岡山市南区青江"]);
    expect(lookUpPostalCode("498-0000").complete).toBe(true);
  });

  it("候補に出しきれない番号は、そう言う", () => {
    expect(lookUpPostalCode("068-0546")).toMatchObject({ complete: false });
    expect(lookUpPostalCode("060-0001")).toMatchObject({ complete: true });
  });

  it("事業所の個別番号", () => {
    const [place] = lookUpPostalCode("060-8611").places;
    expect(place?.office).toMatchObject({
      name: "札幌市役所",
      kana: "サツポロシヤクシヨ",
      postOffice: "札幌中央",
      poBox: false,
    });
    expect(place && placeText(place)).toBe("北海道札幌市中央区北一条西２丁目");
    expect(lookUpPostalCode("060-8703").places[0]?.office?.poBox).toBe(true);
  });

  it("ない番号、読めない番号は候補なし", () => {
    expect(lookUpPostalCode("000-0000").places).toEqual([]);
    expect(lookUpPostalCode("なし")).toEqual({ code: "", places: [], complete: true });
  });

  it("表のどの行からも、注記と「以下に掲載がない場合」は出ない", () => {
    const book = builtInPostalBook();
    let seen = 0;
    for (const prefix of book.prefixes()) {
      for (const row of book.rows(prefix)) {
        for (const { town } of townNames(row.town)) {
          seen++;
          if (/[（）、〜]|掲載がない|場合|.一円$/.test(town)) throw new Error(`${row.code} ${town}`);
        }
      }
    }
    expect(seen).toBeGreaterThan(140_000);
    expect(municipalities().length).toBeGreaterThan(1_800);
  });

  it("取り込んだ表では、またがる番号の行をそのまま出す", () => {
    const row = {
      code: "4980000",
      jisCode: "23235",
      prefecture: "愛知県",
      city: "弥富市",
      town: "以下に掲載がない場合",
      chome: false,
      shared: true,
    };
    const book = postalBookOf([
      row,
      { ...row, jisCode: "24303", prefecture: "三重県", city: "桑名郡木曽岬町" },
    ]);
    expect(lookUpPostalCode("4980000", book).places.map(placeText)).toEqual([
      "愛知県弥富市",
      "三重県桑名郡木曽岬町",
    ]);
    expect(lookUpPostalCode("4980000", book).complete).toBe(true);
  });

  it("どんな文字でも止まらない", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.stringMatching(/^[0-9]{7}$/)),
        (text) => {
          for (const place of lookUpPostalCode(text).places)
            expect(placeText(place)).not.toMatch(/以下に掲載/);
        },
      ),
    );
  });
});

describe("町域の読み方", () => {
  it.each([
    ["以下に掲載がない場合", [""]],
    ["南相木村一円", [""]],
    ["一円", ["一円"]],
    ["岡谷市の次に番地がくる場合", [""]],
    ["種市第１５地割〜第２１地割（鹿糠、小路合）", ["種市"]],
    ["穴明２２地割、穴明２３地割", ["穴明"]],
    ["湯之沢３１地割〜湯之沢３５地割", ["湯之沢"]],
    ["甲、乙（大木戸）", ["甲", "乙"]],
    ["北六条東（１〜７丁目）", ["北六条東"]],
    ["丸の内（次のビルを除く）", ["丸の内"]],
    ["琴平町の次に１〜４２６番地がくる場合（川東）", [""]],
    ["恵比寿恵比寿ガーデンプレイス（高層棟）（１階）", ["恵比寿恵比寿ガーデンプレイス"]],
  ])("%s", (raw, towns) => {
    expect(townNames(raw).map(({ town }) => town)).toEqual(towns);
  });

  it("丁目の範囲", () => {
    expect(chomeAllowed("１〜１９丁目", 19)).toBe(true);
    expect(chomeAllowed("１〜１９丁目", 20)).toBe(false);
    expect(chomeAllowed("１、３〜５丁目", 4)).toBe(true);
    expect(chomeAllowed("１、３〜５丁目", 2)).toBe(false);
    expect(chomeAllowed("５丁目", 5)).toBe(true);
    expect(chomeAllowed("その他", 5)).toBeUndefined();
    expect(chomeAllowed("丁目", 1)).toBeUndefined();
    expect(chomeAllowed(undefined, 1)).toBeUndefined();
  });
});
