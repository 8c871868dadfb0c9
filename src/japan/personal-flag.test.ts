import fc from "fast-check";
import { expect, test } from "vitest";
import { findPersonal, maskPersonal, personalFault } from "./personal-flag.ts";

const kinds = (text: string) => findPersonal(text).map((one) => one.kind);

test.each([
  ["折り返しは 011-000-3301 まで", ["phone"]],
  ["０９０−１２３４−５６７８に電話", ["phone"]],
  ["メールは a.b@example.com です", ["mail"]],
  ["〒001-0031 にお住まい", ["postal"]],
  ["札幌市北区北三十一条西5丁目2-10の方", ["address"]],
  ["佐藤様からのお申し出", ["name"]],
  ["氏名は小野寺光子", ["name"]],
  ["昭和20年3月4日生まれ", ["birth"]],
])("６(9) 「%s」から見つける", (text, found) => {
  expect(kinds(text)).toEqual(found);
});

test.each([
  "お客様にご案内した",
  "受講者様の声",
  "9月26日の10時から",
  "定員は10名、北区民センターは満席",
  "何度かけてもつながらない",
  "2025-09-17 に開設",
])("６(9) 「%s」は個人情報としない", (text) => {
  expect(kinds(text)).toEqual([]);
});

test("６(9) どんな文でも、場所は文の中にあり、重ならず、失敗の文に中身が出ない", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 120 }),
      fc.constantFrom("011-000-3301", "佐藤花子様", ""),
      (text, more) => {
        const whole = `${text} ${more}`;
        const found = findPersonal(whole);
        let last = 0;
        for (const one of found) {
          expect(one.start).toBeGreaterThanOrEqual(last);
          expect(one.end).toBeGreaterThan(one.start);
          last = one.end;
        }
        expect(last).toBeLessThanOrEqual(whole.length);
        expect(personalFault("content", whole)?.message ?? "").not.toMatch(/3301|佐藤/);
      },
    ),
  );
});

test("基準5(3) 伏せた文には、個人情報らしい所が種類の名だけで残り、ほかの字は変わらない", () => {
  expect(maskPersonal("佐藤様、折り返しは 011-000-3301 まで。9時から。")).toBe(
    "［氏名］、折り返しは ［電話番号］ まで。9時から。",
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const found = findPersonal(text);
      if (found.length === 0) expect(maskPersonal(text)).toBe(text);
      for (const { start, end } of found)
        if (end - start >= 6) expect(maskPersonal(text)).not.toContain(text.slice(start, end));
    }),
  );
});
