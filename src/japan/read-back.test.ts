import { describe, expect, it } from "vitest";
import { readBackText, readingHints, spellKana, spokenDate } from "./read-back.ts";

describe("復唱", () => {
  it("画面の復唱文と同じ", () => {
    const booking = {
      day: "2025-10-01",
      start: "10:00",
      venue: "麻生まちづくりセンター",
      name: "小野寺光子",
      phone: "011-700-4471",
      callingNow: true,
    };
    expect(readBackText(booking)).toBe(
      "10月1日、水曜日、午前10時から、麻生まちづくりセンター。お名前は小野寺光子様。お電話は今おかけの、末尾 ヨン・ヨン・ナナ・イチ でお間違いないでしょうか。",
    );
    expect(readBackText(booking)).not.toContain("700");
  });

  it("電話番号がなければ、そこは言わない", () => {
    expect(
      readBackText({
        day: "2025-10-01",
        start: "13:30",
        venue: "北区民センター",
        course: "入門",
        name: "サトウ",
      }),
    ).toBe(
      "10月1日、水曜日、午後1時30分から、北区民センター、入門。お名前はサトウ様でお間違いないでしょうか。",
    );
  });

  it("いち・しち、よっか・ようかに読み方を添える", () => {
    expect(spokenDate("2026-01-13")).toBe("1月13日、火曜日");
    expect(readingHints("2025-07-17", "13:00")).toEqual([
      { text: "7月", say: "ナナガツ", not: "1月" },
      { text: "17日", say: "ジュウナナニチ", not: "11日" },
      { text: "1時", say: "イチジ", not: "7時" },
    ]);
    expect(readingHints("2025-10-08").map((hint) => hint.say)).toEqual(["ヨウカ"]);
    expect(readingHints("2025-10-13", "10:00")).toEqual([]);
    // シチとは言わない。
    for (let month = 1; month <= 12; month++) {
      for (let date = 1; date <= 28; date++) {
        const day = `2025-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
        for (const hint of readingHints(day, "07:00")) expect(hint.say).not.toContain("シチ");
      }
    }
  });

  it("カナを一字ずつ伝える", () => {
    expect(spellKana("たかばシュッパー")).toEqual([
      "煙草のタ",
      "為替のカ",
      "はがきのハに濁点",
      "新聞のシ",
      "小さいユ",
      "小さいツ",
      "はがきのハに半濁点",
      "長音",
    ]);
    expect(spellKana("オノ　ミツコ")).toContain("名前に移ります");
    // 五十音のすべてに伝え方がある。
    const all =
      "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
    for (const [i, word] of spellKana(all).entries())
      expect(word.endsWith(`の${all[i]}`) || word.includes(all[i] ?? "")).toBe(true);
  });
});
