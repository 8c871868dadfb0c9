import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { barcodeDrawing, customerBarcode } from "../japan/customer-barcode.ts";
import { countPages } from "../office/pdf-converter.ts";
import { missingCharacters, pdfFont, textWidth } from "../office/pdf-font.ts";
import { drawSheets } from "../office/pdf-sheet.ts";
import { layOutCard, type OwnCardContent, type OwnCardSetting, postalBoxes } from "./own-card.ts";
import { cardFonts } from "./own-card-document.ts";

const made = customerBarcode("001-0031", "札幌市北区北三十一条西5丁目2-10");
const plain: OwnCardContent = {
  postal: "0010031",
  address: "札幌市北区北三十一条西5丁目2-10",
  building: "",
  name: "相馬　キヨ子",
  number: "0213",
  kind: "スマートフォン講習会",
  day: "令和7年10月1日（水）",
  time: "午前10時から正午",
  venue: "麻生まちづくりセンター",
  venueAddress: "札幌市北区北三十九条西5丁目",
  room: "2階",
  course: "入門",
  bring: "筆記用具",
  phone: "0120-000-000",
  by: ["札幌市", "デジタル企画課"],
  from: ["差出人・返還先", "〒060-0001 札幌市中央区北一条西0丁目0-0"],
  mark: "料金後納",
  markOffice: "札幌中央局",
  barcode: "bars" in made ? barcodeDrawing(made.bars) : undefined,
  large: false,
};
const across: OwnCardSetting = { format: "madoguchi-card/1", direction: "horizontal" };
const down: OwnCardSetting = { format: "madoguchi-card/1", direction: "vertical" };
const fonts = cardFonts();
const joined = (sheet: { texts: { text: string }[] }) => sheet.texts.map((one) => one.text).join("");

describe("まどぐちの標準のはがき", () => {
  test("郵便番号の枠は日本郵便の位置で、7桁が一つずつ入り、バーコードは実寸", () => {
    const { front } = layOutCard(plain, across, fonts);
    const boxes = front.rules.filter((one) => one.width === 5.7 && one.height === 8);
    expect(boxes.map((one) => [one.x, one.y])).toEqual(postalBoxes.x.map((x) => [x, 12]));
    // 右端の枠の右は、はがきの右から 8 mm。
    expect(100 - ((postalBoxes.x.at(-1) ?? 0) + postalBoxes.width)).toBeCloseTo(8);
    const digits = front.texts.filter((one) => one.size === 5.2).map((one) => one.text);
    expect(digits.join("")).toBe("0010031");
    const [bar] = front.paths;
    expect(plain.barcode).toMatchObject({ width: 79.8, height: 3.6 });
    expect(bar?.d).toBe(plain.barcode?.path);
    expect(bar?.x).toBeGreaterThanOrEqual(10);
    expect(joined(front)).toContain("札幌中央局料金後納郵便");
  });

  test("長い氏名と建物は小さくして入れ、入らないものは欄の名で知らせ、大きな文字の版も面は増えない", () => {
    const long = {
      ...plain,
      name: "長谷川　エリザベス・アレクサンドラ",
      building: "グランドメゾン篠路　イーストコート1205号室",
    };
    for (const setting of [across, down]) expect(layOutCard(long, setting, fonts).overflow).toEqual([]);
    const huge = {
      ...plain,
      name: "寿".repeat(40),
      address: "町".repeat(120),
      building: "棟".repeat(90),
      bring: "靴".repeat(900),
    };
    for (const setting of [across, down])
      expect(layOutCard(huge, setting, fonts).overflow).toEqual(["住所", "建物名", "氏名", "文面"]);
    const large = layOutCard({ ...plain, large: true }, across, fonts);
    expect(large.overflow).toEqual([]);
    const sizeOf = (card: typeof large) => card.back.texts.find((one) => one.text === plain.day)?.size ?? 0;
    expect(sizeOf(large)).toBeGreaterThan(sizeOf(layOutCard(plain, across, fonts)) * 1.1);
  });

  test("書体にない字は、替えずに知らせる", () => {
    expect(layOutCard({ ...plain, name: "髙﨑　鷗" }, across, fonts).missing).toEqual([]);
    const odd = layOutCard({ ...plain, name: "𠮷野　渡邉󠄀" }, across, fonts);
    expect(odd.missing).toEqual(["𠮷", "邉󠄀"]);
    expect(joined(odd.front)).toContain("𠮷野　渡邉󠄀　様");
    expect(missingCharacters("あ　漢 A", pdfFont())).toEqual([]);
  });

  test("どんな内容でも、横書きの字は紙の中に収まるか、入りきらないと知らせる", () => {
    const words = fc.string({ unit: fc.constantFrom(..."札幌市北区１２3-A、。（）ー "), maxLength: 160 });
    fc.assert(
      fc.property(words, words, words, fc.boolean(), (address, building, name, large) => {
        const card = layOutCard({ ...plain, address, building, name, large }, across, fonts);
        if (card.overflow.length > 0) return;
        for (const sheet of [card.front, card.back])
          for (const { text, x, y, size, bold } of sheet.texts) {
            expect(x).toBeGreaterThan(0);
            expect(x + textWidth(text, size, fonts[bold ? "bold" : "regular"])).toBeLessThan(100);
            expect(y + size).toBeLessThan(148);
          }
      }),
      { numRuns: 60 },
    );
  });

  test("PDF は一人に二面で、紙は 100×148 mm", async () => {
    const card = layOutCard(plain, down, fonts);
    const pdf = await drawSheets([card.front, card.back, card.front, card.back], { title: "受講通知書" });
    expect(countPages(pdf)).toBe(4);
    expect(Buffer.from(pdf).toString("latin1")).toMatch(/\/MediaBox \[0 0 283\.46\d* 419\.52\d*\]/);
  });
});
