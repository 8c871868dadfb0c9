import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  callerKind,
  callerLabel,
  formatPhone,
  maskPhone,
  phoneKey,
  readPhone,
  spokenDigits,
  spokenPhone,
  spokenPhoneTail,
} from "./phone.ts";

describe("電話番号", () => {
  it.each([
    ["011-211-2136", "011-211-2136", "+81112112136", "fixed"],
    ["０１１（２１１）２１３６", "011-211-2136", "+81112112136", "fixed"],
    ["0112112136", "011-211-2136", "+81112112136", "fixed"],
    ["(011)211－2136", "011-211-2136", "+81112112136", "fixed"],
    ["+81 11-211-2136", "011-211-2136", "+81112112136", "fixed"],
    ["+81-(0)11-211-2136", "011-211-2136", "+81112112136", "fixed"],
    ["8111 2112136", "011-211-2136", "+81112112136", "fixed"],
    ["TEL: 011ー211ー2136", "011-211-2136", "+81112112136", "fixed"],
    ["0126-22-1234", "0126-22-1234", "+81126221234", "fixed"],
    ["0120-000-000", "0120-000-000", undefined, "toll-free"],
    ["0120-444-444", "0120-444-444", "+81120444444", "toll-free"],
    ["0800-123-4567", "0800-123-4567", "+818001234567", "toll-free"],
    ["0570-000-123", "0570-000-123", "+81570000123", "navi-dial"],
    ["050-1234-5678", "050-1234-5678", "+815012345678", "ip"],
    ["09012345678", "090-1234-5678", "+819012345678", "mobile"],
    ["080 1234 5678", "080-1234-5678", "+818012345678", "mobile"],
    ["060-1234-5678", "060-1234-5678", "+816012345678", "mobile"],
  ])("%s", (input, text, e164, kind) => {
    const phone = readPhone(input);
    expect(phone).toMatchObject({ text, kind, extension: undefined });
    if (e164) expect(phone?.e164).toBe(e164);
  });

  it("080-0000-0000 を着信課金（0800）に読み替えず、疑わしいとだけ言う", () => {
    expect(readPhone("080-0000-0000")).toMatchObject({
      text: "080-0000-0000",
      kind: "mobile",
      e164: undefined,
    });
    expect(readPhone("080-0000-0000")?.warning).toContain("使われていない");
    expect(readPhone("0800-000-0000")).toMatchObject({ text: "0800-000-0000", kind: "toll-free" });
  });

  it.each([
    "011-211-2136（内線3456）",
    "011-211-2136 内線：3456",
    "０１１－２１１－２１３６　内３４５６",
    "011-211-2136 ext.3456",
    "011-211-2136 (内線 3456)",
  ])("内線を分ける %s", (input) => {
    expect(readPhone(input)).toMatchObject({ text: "011-211-2136", extension: "3456", warning: undefined });
    expect(formatPhone(input)).toBe("011-211-2136（内線3456）");
  });

  it.each([
    ["211-2136", "市外局番から"],
    ["011-211-213", "桁が足りません（9桁）"],
    ["011-211-21366789", "桁が多すぎます"],
    ["000-0000-0000", "番号計画にない"],
    ["090-2222-2222", "同じ数字"],
    ["+1 212 555 0100", "海外"],
  ])("疑わしい番号は止めずに言う %s", (input, words) => {
    expect(readPhone(input)?.warning).toContain(words);
    expect(phoneKey(input)).toBeTruthy();
  });

  it("番号計画にない番号は、書かれた区切りのまま", () => {
    expect(formatPhone("011-211-213")).toBe("011-211-213");
    expect(formatPhone("ご自宅")).toBe("ご自宅");
    expect(readPhone("1".repeat(500))).toBeUndefined();
  });

  it("同じ番号は書き方によらず同じ鍵", () => {
    const forms = ["011-211-2136", "０１１２１１２１３６", "+81112112136", "(011) 211 2136 内線12"];
    expect(new Set(forms.map(phoneKey))).toEqual(new Set(["+81112112136"]));
    expect(phoneKey("非通知")).toBeUndefined();
  });

  it("伏せ字は末尾4桁だけを残す", () => {
    expect(maskPhone("011-211-4471")).toBe("011-***-4471");
    expect(maskPhone("090-1234-4471")).toBe("090-***-4471");
    expect(maskPhone("0120-444-444")).toBe("0120-***-4444");
    expect(maskPhone("015582-1234")).toBe("015**-***-1234");
    expect(maskPhone("110")).toBe("***10");
    expect(maskPhone("番号なし")).toBe("***");
  });

  it.each([
    ["非通知", "withheld"],
    ["非通知設定", "withheld"],
    ["Anonymous", "withheld"],
    ["P", "withheld"],
    ["公衆電話", "payphone"],
    ["Ｃ", "payphone"],
    ["表示圏外", "out-of-area"],
    ["O", "out-of-area"],
    ["unavailable", "out-of-area"],
    ["", "none"],
    ["011-211-2136", "number"],
  ])("着信の表示 %s は %s", (text, kind) => {
    expect(callerKind(text)).toBe(kind);
  });

  it("着信の表示は伏せて出す", () => {
    expect(callerLabel("0112114471")).toBe("011-***-4471");
    expect(callerLabel("anonymous")).toBe("非通知");
    expect(callerLabel("C")).toBe("公衆電話");
  });

  it("数字を一つずつ読む。シチ・シと言わない", () => {
    expect(spokenDigits("011")).toBe("ゼロ・イチ・イチ");
    expect(spokenDigits("４４７１")).toBe("ヨン・ヨン・ナナ・イチ");
    expect(spokenPhone("011-211-2136")).toBe("ゼロ・イチ・イチ、ニ・イチ・イチ、ニ・イチ・サン・ロク");
    expect(spokenPhoneTail("011-211-4471 内線99")).toBe("ヨン・ヨン・ナナ・イチ");
    expect(spokenPhone("なし")).toBe("");
  });

  it("どんな文字でも止まらず、伏せ字に五桁以上の並びを残さない", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme", maxLength: 90 }), fc.stringMatching(/^[0-9()+ -]{0,30}$/)),
        (text) => {
          expect(() => readPhone(text)).not.toThrow();
          expect(maskPhone(text)).not.toMatch(/\d{5}/);
          expect(maskPhone(text)).toContain("***");
        },
      ),
    );
  });
});
