import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasHouseNumber, postalCodesFor, postalMatchesAddress, splitAddress } from "./address.ts";
import { addressKey } from "./address-place.ts";

describe("住所を分ける", () => {
  it.each([
    [
      "北海道札幌市北区北三十一条西5丁目2-10　グリーンハイツ203",
      "北海道",
      "札幌市",
      "北区",
      "北三十一条西",
      "5丁目2-10",
      "グリーンハイツ203",
    ],
    ["札幌市北区北３１条西５丁目２番１０号", "", "札幌市", "北区", "北３１条西", "５丁目２番１０号", ""],
    [
      "札幌市中央区北２条西１丁目１－７ ＯＲＥ札幌ビル８階",
      "",
      "札幌市",
      "中央区",
      "北２条西",
      "１丁目１－７",
      "ＯＲＥ札幌ビル８階",
    ],
    [
      "札幌市手稲区前田1条11丁目1の10メゾン前田201号室",
      "",
      "札幌市",
      "手稲区",
      "前田1条",
      "11丁目1の10",
      "メゾン前田201号室",
    ],
    [
      "東京都千代田区霞が関1丁目3番2号　郵便プラザ503室",
      "東京都",
      "",
      "千代田区",
      "霞が関",
      "1丁目3番2号",
      "郵便プラザ503室",
    ],
    [
      "岩手県宮古市大字津軽石第二十一地割大淵川480",
      "岩手県",
      "宮古市",
      "",
      "大字津軽石",
      "第二十一地割大淵川480",
      "",
    ],
    ["石狩郡当別町材木沢1-2", "", "石狩郡当別町", "", "材木沢", "1-2", ""],
    ["四日市市諏訪町1番5号", "", "四日市市", "", "諏訪町", "1番5号", ""],
    ["広島県廿日市市下平良一丁目11番1号", "広島県", "廿日市市", "", "下平良", "一丁目11番1号", ""],
    [
      "京都府京都市中京区寺町通御池上る上本能寺前町488",
      "京都府",
      "京都市",
      "中京区",
      "寺町通御池上る上本能寺前町",
      "488",
      "",
    ],
    ["札幌市", "", "札幌市", "", "", "", ""],
    ["", "", "", "", "", "", ""],
  ])("%s", (address, prefecture, city, ward, town, street, building) => {
    expect(splitAddress(address)).toMatchObject({ prefecture, city, ward, town, street, building });
  });

  it("区から書かれた住所は、町域か郵便番号で市を見分ける", () => {
    expect(splitAddress("北区北31条西5丁目2-10").place).toMatchObject({
      city: "札幌市北区",
      code: "0010031",
    });
    expect(splitAddress("北区赤羽1-1").place).toMatchObject({ prefecture: "東京都" });
    expect(splitAddress("府中市府川町315").place).toMatchObject({ prefecture: "広島県" });
    expect(splitAddress("府中市宮西町2丁目24").place).toMatchObject({ prefecture: "東京都" });
  });

  it("つなげば元の住所に戻り（空白を除く）、長い入力でも止まらない", () => {
    const part = fc.constantFrom(
      "札幌市",
      "北区",
      "北",
      "二十四",
      "条",
      "西",
      "5",
      "丁目",
      "－",
      "1",
      "番地",
      "号",
      "の",
      "字",
      "大字",
      " ",
      "ハイツ",
      "A",
      "荘",
      "第",
      "地割",
      "線",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 120 }),
      fc.array(part, { maxLength: 40 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (address) => {
        const { prefecture, city, ward, town, street, building } = splitAddress(address);
        const bare = (value: string) => value.replace(/\s/g, "");
        expect(bare(prefecture + city + ward + town + street + building)).toBe(
          bare(address.trim().slice(0, 300)),
        );
      }),
    );
    const started = Date.now();
    for (const evil of [
      "1".repeat(5_000),
      "一".repeat(5_000),
      "札幌市北区".repeat(1_000),
      "1-".repeat(3_000),
      "字".repeat(4_000),
    ])
      splitAddress(evil);
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

describe("番地があるか", () => {
  it.each([
    ["札幌市北区北三十一条西5丁目", false],
    ["札幌市北区北31条西5", false],
    ["札幌市北区北三十一条西", false],
    ["札幌市北区北三十一条西5丁目 グリーンハイツ203", false],
    ["札幌市北区北三十一条西5丁目2-10", true],
    ["札幌市北区北31条西5-2-10", true],
    ["石狩郡当別町材木沢123番地", true],
    ["札幌市南区澄川四条3丁目無番地", true],
    ["山梨県韮崎市龍岡町下條南割400", true],
    ["大阪府堺市堺区中田出井町四丁六番十九号", true],
    ["", false],
  ])("６(2)オ %s → %s", (address, expected) => {
    expect(hasHouseNumber(address)).toBe(expected);
  });
});

describe("郵便番号と住所が合うか", () => {
  it.each([
    ["001-0031", "北海道札幌市北区北三十一条西5丁目2"],
    ["001-0031", "札幌市北区北31条西5丁目2"],
    ["001-0031", "北区北３１条西５丁目２"],
    ["065-0006", "札幌市東区北6条東8-1"],
    ["498-0000", "三重県桑名郡木曽岬町1-1"],
    ["498-0000", "弥富市1-1"],
    ["060-8611", "札幌市中央区北1条西2丁目"],
    ["004-0000", "札幌市清田区1-1"],
    ["027-0203", "宮古市大字津軽石1"],
  ])("〒%s と %s は合う", (code, address) => {
    expect(postalMatchesAddress(code, address).state).toBe("match");
  });

  it.each([
    ["002-8071", "札幌市北区屯田5条8丁目2-10", "town", "札幌市北区あいの里一条", ["0020855"]],
    ["060-0906", "札幌市東区北六条東8丁目1", "chome", "（１〜７丁目）", ["0650006"]],
    ["060-0001", "東京都千代田区霞が関1-1", "city", "札幌市中央区北一条西", ["1000013"]],
    ["004-0000", "札幌市厚別区厚別中央2条5丁目3", "town", "別の番号があります", ["0040052"]],
  ])("〒%s と %s は合わない（%s）", (code, address, what, words, suggested) => {
    const agreement = postalMatchesAddress(code, address);
    expect(agreement).toMatchObject({ state: "differs", what, suggested });
    expect("message" in agreement && agreement.message).toContain(words);
  });

  it.each([
    ["000-0000", "札幌市"],
    ["12", "札幌市"],
    ["068-0546", "夕張市南部菊水町1"],
  ])("〒%s と %s は決めつけない", (code, address) => {
    expect(postalMatchesAddress(code, address).state).toBe("unknown");
  });

  it("住所から番号を引く。一つに決まらなければ引かない", () => {
    expect(postalCodesFor("札幌市東区北六条東4丁目1")).toEqual(["0600906"]);
    expect(postalCodesFor("札幌市東区北六条東9丁目1")).toEqual(["0650006"]);
    expect(postalCodesFor("札幌市北区")).toEqual([]);
    expect(postalCodesFor("どこか遠く")).toEqual([]);
  });

  it("書き方の違いは同じ鍵", () => {
    expect(addressKey("霞ヶ関")).toBe(addressKey("霞が関"));
    expect(addressKey("丸ノ内")).toBe(addressKey("丸の内"));
    expect(addressKey("北 ３１ 条西")).toBe(addressKey("北三十一条西"));
  });
});
