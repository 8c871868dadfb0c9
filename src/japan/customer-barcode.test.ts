import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  barcodeAddressCode,
  barcodeBars,
  barcodeCharacters,
  barcodeDrawing,
  checkDigit,
  customerBarcode,
} from "./customer-barcode.ts";

/** 日本郵便マニュアルの付番事例（9/9、検証用）と (4/9)(5/9) の例。CC は空白で区切る。 */
const official: [string, string, string][] = [
  ["263-0023", "千葉市稲毛区緑町3丁目30-8　郵便ビル403号", "2 6 3 0 0 2 3 3 - 3 0 - 8 - 4 0 3 CC4 CC4 CC4 5"],
  [
    "014-0113",
    "秋田県大仙市堀見内　南田茂木　添60-1",
    "0 1 4 0 1 1 3 6 0 - 1 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC8",
  ],
  ["110-0016", "東京都台東区台東5-6-3　ABCビル10F", "1 1 0 0 0 1 6 5 - 6 - 3 - 1 0 CC4 CC4 CC4 CC4 CC4 9"],
  [
    "060-0906",
    "北海道札幌市東区北六条東4丁目　郵便センター6号館",
    "0 6 0 0 9 0 6 4 - 6 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 9",
  ],
  [
    "065-0006",
    "北海道札幌市東区北六条東8丁目　郵便センター10号館",
    "0 6 5 0 0 0 6 8 - 1 0 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 9",
  ],
  [
    "407-0033",
    "山梨県韮崎市龍岡町下條南割　韮崎400",
    "4 0 7 0 0 3 3 4 0 0 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 -",
  ],
  [
    "273-0102",
    "千葉県鎌ケ谷市右京塚　東3丁目-20-5　郵便・A&bコーポB604号",
    "2 7 3 0 1 0 2 3 - 2 0 - 5 CC1 1 6 0 4 CC4 CC4 0",
  ],
  [
    "198-0036",
    "東京都青梅市河辺町十一丁目六番地一号　郵便タワー601",
    "1 9 8 0 0 3 6 1 1 - 6 - 1 - 6 0 1 CC4 CC4 CC4 CC8",
  ],
  [
    "027-0203",
    "岩手県宮古市大字津軽石第二十一地割大淵川480",
    "0 2 7 0 2 0 3 2 1 - 4 8 0 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC5",
  ],
  [
    "590-0016",
    "大阪府堺市堺区中田出井町四丁六番十九号",
    "5 9 0 0 0 1 6 4 - 6 - 1 9 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC2",
  ],
  [
    "080-0831",
    "北海道帯広市稲田町南七線　西28",
    "0 8 0 0 8 3 1 7 - 2 8 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC4 CC7",
  ],
  [
    "317-0055",
    "茨城県日立市宮田町6丁目7-14　ABCビル2F",
    "3 1 7 0 0 5 5 6 - 7 - 1 4 - 2 CC4 CC4 CC4 CC4 CC4 CC1",
  ],
  [
    "650-0046",
    "神戸市中央区港島中町9丁目7-6　郵便シティA棟1F1号",
    "6 5 0 0 0 4 6 9 - 7 - 6 CC1 0 1 - 1 CC4 CC4 CC4 5",
  ],
  [
    "623-0011",
    "京都府綾部市青野町綾部6-7　LプラザB106",
    "6 2 3 0 0 1 1 6 - 7 CC2 1 CC1 1 1 0 6 CC4 CC4 CC4 4",
  ],
  [
    "064-0804",
    "札幌市中央区南四条西29丁目1524-23　第2郵便ハウス501",
    "0 6 4 0 8 0 4 2 9 - 1 5 2 4 - 2 3 - 2 - 3",
  ],
  ["910-0067", "福井県福井市新田塚3丁目80-25　J1ビル2-B", "9 1 0 0 0 6 7 3 - 8 0 - 2 5 CC1 9 1 - 2 CC1 9"],
  [
    "100-0013",
    "東京都千代田区霞が関1丁目3番2号　郵便プラザ503室",
    "1 0 0 0 0 1 3 1 - 3 - 2 - 5 0 3 CC4 CC4 CC4 CC4 9",
  ],
];

function characters(postalCode: string, address: string): string {
  const made = customerBarcode(postalCode, address);
  return "none" in made ? made.none : made.characters.join(" ");
}

describe("カスタマバーコード", () => {
  it.each(official)("マニュアルの付番事例 〒%s %s", (postalCode, address, expected) => {
    expect(characters(postalCode, address)).toBe(expected);
  });

  it("算用数字の条（北31条西）は町域として除き、番地にしない", () => {
    const kanji = characters("001-0031", "札幌市北区北三十一条西5丁目2-10");
    expect(characters("001-0031", "札幌市北区北３１条西５丁目２－１０")).toBe(kanji);
    expect(kanji).toMatch(/^0 0 1 0 0 3 1 5 - 2 - 1 0 CC4/);
    expect(barcodeAddressCode("北２４条西５丁目２－１０")).toBe("5-2-10");
  });

  it("階の後の部屋番号はハイフンで分ける", () => {
    expect(barcodeAddressCode("6丁目7-14　ABCビル2F201号室")).toBe("6-7-14-2-201");
  });

  it("事業所の個別番号は番号だけ、代表の番号と表にない番号には付けない", () => {
    expect(characters("060-8611", "札幌市中央区北一条西2丁目")).toBe(
      barcodeCharacters("0608611", "").join(" "),
    );
    expect(customerBarcode("001-0000", "札幌市北区")).toEqual({ none: expect.stringContaining("代表") });
    expect(customerBarcode("000-0000", "札幌市北区")).toEqual({ none: expect.stringContaining("表にない") });
  });

  it("67本、和は19の倍数、英字の途中で切れても21文字", () => {
    const part = fc.stringMatching(/^[0-9A-Z-]{0,30}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{7}$/), part, (code, address) => {
        const made = barcodeCharacters(code, address);
        expect(made).toHaveLength(21);
        const bars = barcodeBars(made);
        expect(bars).toHaveLength(67);
        expect(checkDigit(made.slice(0, 20))).toBe(made[20]);
      }),
    );
  });

  it("19の文字のバーはどれも違う（読み取り機が一つに決められる）", () => {
    const names = [..."0123456789-", ...Array.from({ length: 8 }, (_, i) => `CC${i + 1}`)];
    expect(new Set(names.map((name) => barcodeBars([name]).join(""))).size).toBe(19);
  });

  it("住所表示番号は、どんな文字からも数字・英字・ハイフンだけになる", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const code = barcodeAddressCode(text);
        expect(code).toMatch(/^(?:[0-9A-Z](?:-?[0-9A-Z])*)?$/);
        expect(() => barcodeCharacters("0600001", code)).not.toThrow();
      }),
    );
  });

  it("10ポイントで高さ3.6 mm、ピッチ1.2 mm。形が範囲の外なら断る", () => {
    const made = customerBarcode("100-0013", "東京都千代田区霞が関1丁目3番2号");
    if ("none" in made) throw new Error(made.none);
    const drawing = barcodeDrawing(made.bars);
    expect(drawing.height).toBe(3.6);
    expect(drawing.width).toBe(79.8);
    expect(drawing.path.match(/M/g)).toHaveLength(67);
    // スタートはロング・セミロング下。
    expect(drawing.path).toMatch(/^M0 0h0\.6V3\.6h-0\.6zM1\.2 1\.2h0\.6V3\.6h-0\.6z/);
    expect(() => barcodeDrawing(made.bars, 7)).toThrow("8ポイント");
  });
});
