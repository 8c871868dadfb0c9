import { describe, expect, test } from "vitest";
import { foldFieldName, noticeFields, resolveField } from "./notice-field.ts";

describe("項目名", () => {
  test.each([
    ["住所１", "addressLine1"],
    ["住所 1", "addressLine1"],
    ["住所_1", "addressLine1"],
    ["〒", "postalCode"],
    ["お名前", "name"],
    ["受講者氏名", "name"],
    ["送付先住所１", "addressLine1"],
    ["宛先郵便番号", "postalCode"],
    ["氏名（フリガナ）", "kana"],
    ["日時", "dayAndTime"],
    ["開催日", "day"],
    ["開始時間", "start"],
    ["場所", "venue"],
    ["会場住所", "venueAddress"],
    ["コース", "course"],
    ["整理番号", "number"],
    ["お問い合わせ先", "contactPhone"],
  ])("「%s」は %s", (name, key) => {
    expect(resolveField(name)?.key).toBe(key);
  });

  test.each(["備考", "電話番号", "", "受講者", "x"])("「%s」を勝手に別の項目と決めない", (name) => {
    expect(resolveField(name)?.key).toBe(name === "受講者" ? "name" : undefined);
  });

  test("一つの呼び名が二つの項目を指さない", () => {
    const all = noticeFields.flatMap((field) =>
      [field.name, ...field.aliases].map((name) => [foldFieldName(name), field.key]),
    );
    const owners = new Map<string, Set<string>>();
    for (const [name = "", key = ""] of all) owners.set(name, (owners.get(name) ?? new Set()).add(key));
    expect([...owners].filter(([, keys]) => keys.size > 1)).toEqual([]);
  });
});
