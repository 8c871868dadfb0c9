import { describe, expect, it } from "vitest";
import { readKenAll } from "./ken-all-reader.ts";
import { lookUpPostalCode, placeText } from "./postal.ts";
import { postalBookOf } from "./postal-book.ts";

const line = (jis: string, code: string, city: string, town: string, flags: string) =>
  `${jis},"${code.slice(0, 5)}","${code}","ﾎｯｶｲﾄﾞｳ","ｻｯﾎﾟﾛｼ","ﾁｮｳ","北海道","${city}","${town}",${flags}`;

const sample = [
  line("01101", "0600001", "札幌市中央区", "北一条西（１〜１９丁目）", "1,0,1,0,0,0"),
  line("01106", "0050840", "札幌市南区", "藤野（４００、４００", "1,0,0,0,0,0"),
  line("01106", "0050840", "札幌市南区", "−２番地）", "1,0,0,0,0,0"),
  line("01108", "0040000", "札幌市厚別区", "以下に掲載がない場合", "0,0,0,1,0,0"),
  line("01110", "0040000", "札幌市清田区", "以下に掲載がない場合", "0,0,0,1,0,0"),
].join("\r\n");

describe("日本郵便の郵便番号表", () => {
  it("何行にも分かれた町域をつなぎ、またがる番号を落とさない", () => {
    const rows = readKenAll(new TextEncoder().encode(sample));
    expect(rows).toHaveLength(4);
    expect(rows[1]?.town).toBe("藤野（４００、４００−２番地）");
    expect(rows[0]).toMatchObject({ code: "0600001", chome: true, shared: false, townKana: "チョウ" });
    const book = postalBookOf(rows);
    expect(lookUpPostalCode("004-0000", book).places.map(placeText)).toEqual([
      "北海道札幌市厚別区",
      "北海道札幌市清田区",
    ]);
    expect(lookUpPostalCode("005-0840", book).places[0]).toMatchObject({
      town: "藤野",
      note: "４００、４００−２番地",
    });
  });

  it("Shift_JIS でも読む", () => {
    // 「北海道」「札幌市中央区」「大通西」の Shift_JIS。
    const sjis = [0x96, 0x6b, 0x8a, 0x43, 0x93, 0xb9];
    const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0));
    const bytes = Uint8Array.from([
      ...ascii('01101,"060","0600042","","","","'),
      ...sjis,
      ...ascii('","X","Y",0,0,0,0,0,0\r\n'),
    ]);
    expect(readKenAll(bytes)[0]).toMatchObject({ code: "0600042", prefecture: "北海道" });
  });

  it.each([
    ["", "行がありません"],
    ["氏名,住所\r\n", "1行目"],
    [`${sample}\r\n01101,x`, "6行目"],
  ])("違うファイルは行を言って断る", (text, words) => {
    expect(() => readKenAll(new TextEncoder().encode(text))).toThrow(words);
  });
});
