import { describe, expect, it } from "vitest";
import { cleanName, nameKey, unusualCharacters } from "./person-name.ts";

describe("氏名", () => {
  it("書かれた字を変えない（髙・﨑・𠮷・異体字セレクタ・CJK互換漢字）", () => {
    for (const name of [
      "髙﨑　一",
      "𠮷田",
      "葛\u{e0100}城",
      "\ufa10田",
      "\ufa19山",
      "渡邉",
      "Ｊｏｈｎ",
      "ﾊﾅｺ",
    ])
      expect(cleanName(name)).toBe(name);
  });

  it("空白を全角一つに、制御文字と見えない字を除く", () => {
    expect(cleanName("  小野寺 \t 光子\u0000\n")).toBe("小野寺　光子");
    expect(cleanName("小野寺\u200b光子")).toBe("小野寺　光子");
    expect(cleanName("\u202e小野寺")).toBe("小野寺");
  });

  it("探す鍵は異体字・全角半角・空白を畳む", () => {
    expect(nameKey("髙﨑　一")).toBe(nameKey("高崎一"));
    expect(nameKey("渡邉")).toBe(nameKey("渡邊"));
    expect(nameKey("葛\u{e0100}城")).toBe(nameKey("葛城"));
    expect(nameKey("\ufa10田")).toBe(nameKey("塚田"));
    expect(nameKey("𠮷田")).toBe(nameKey("吉田"));
    expect(nameKey("Ｓｍｉｔｈ")).toBe(nameKey("smith"));
    expect(nameKey("高田")).not.toBe(nameKey("高畑"));
  });

  it("書けない字を、重ねずに挙げる", () => {
    expect(unusualCharacters("𠮷田　𠮷子", (char) => char !== "𠮷")).toEqual(["𠮷"]);
    expect(unusualCharacters("小野寺　光子", () => true)).toEqual([]);
  });
});
