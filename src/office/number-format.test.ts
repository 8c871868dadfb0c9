import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInFormats } from "./format-section.ts";
import { showNumber } from "./number-format.ts";

/** 2025-09-17（水）。 */
const day = 45917;

describe("日付と時刻の見え方", () => {
  test.each([
    ["yyyy/m/d", "2025/9/17"],
    ['yyyy"年"m"月"d"日"', "2025年9月17日"],
    ["[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Wednesday, September 17, 2025"],
    ["[$-411]ge.m.d", "R7.9.17"],
    ['[$-411]ggge"年"m"月"d"日";@', "令和7年9月17日"],
    ['[$-ja-JP-x-gannen,80]ggge"年"m"月"d"日"', "令和7年9月17日"],
    ["gge年mm月dd日", "令7年09月17日"],
    ["m/d(aaa)", "9/17(水)"],
    ["m月d日（aaaa）", "9月17日（水曜日）"],
    ["ddd", "Wed"],
    ["mmm-yy", "Sep-25"],
    ["ee", "07"],
  ])("%s → %s", (format, text) => {
    expect(showNumber(day, format)).toEqual({ text, kind: "date", iso: "2025-09-17" });
  });

  test("元号の変わり目", () => {
    expect(showNumber(43585, "ggge年m月d日").text).toBe("平成31年4月30日");
    expect(showNumber(43586, "ggge年m月d日").text).toBe("令和1年5月1日");
    expect(showNumber(32515, "ge").text).toBe("S64");
    expect(showNumber(32516, "ge").text).toBe("H1");
  });

  test.each([
    [10 / 24, "h:mm", "10:00", "10:00"],
    [13.5 / 24, "h:mm AM/PM", "1:30 PM", "13:30"],
    [13.5 / 24, 'h"時"mm"分"', "13時30分", "13:30"],
    [9 / 24, "午前/午後h時", "午前9時", "09:00"],
    [26.5 / 24, "[h]:mm", "26:30", "26:30"],
    [0.5 + 30 / 86400, "h:mm:ss", "12:00:30", "12:00:30"],
    [90 / 86400, "mm:ss", "01:30", "00:01:30"],
    [day + 0.375, "h:mm", "9:00", "09:00"],
    [10 / 24, "yyyy/m/d", "1900/1/0", "10:00"],
  ])("%d を %s で", (value, format, text, iso) => {
    const shown = showNumber(value, format);
    expect(shown).toMatchObject({ kind: "time", iso });
    if (format !== "yyyy/m/d") expect(shown.text).toBe(text);
  });

  test("日時、1904年基準、1900年2月の誤り、範囲の外", () => {
    expect(showNumber(day + 0.375, "yyyy/m/d h:mm")).toEqual({
      text: "2025/9/17 9:00",
      kind: "datetime",
      iso: "2025-09-17T09:00",
    });
    expect(showNumber(day - 1462, "yyyy/m/d", true).iso).toBe("2025-09-17");
    expect(showNumber(1, "yyyy/m/d").iso).toBe("1900-01-01");
    expect(showNumber(61, "yyyy/m/d").iso).toBe("1900-03-01");
    expect(showNumber(-1, "yyyy/m/d")).toEqual({ text: "-1", kind: "number" });
    expect(showNumber(5e9, "yyyy/m/d").kind).toBe("number");
  });
});

describe("数の見え方", () => {
  test.each([
    [7, "0000", "0007"],
    [640001, "000-0000", "064-0001"],
    [640001, "[<=999]000;[<=9999]000-00;000-0000", "064-0001"],
    [112223333, "[<=99999999]####-####;\\(00\\)\\ ####-####", "(01) 1222-3333"],
    [1234567.891, "#,##0", "1,234,568"],
    [1234567.891, "#,##0.00", "1,234,567.89"],
    [0.256, "0%", "26%"],
    [0.256, "0.0%", "25.6%"],
    [10, '0"名"', "10名"],
    [10, "General人", "10人"],
    [-5, "#,##0;△#,##0", "△5"],
    [0, '0;-0;"なし"', "なし"],
    [1.005, "0.00", "1.01"],
    [1.5, "0.0#", "1.5"],
    [12000, "#,##0,", "12"],
    [0.1 + 0.2, "General", "0.3"],
    [9012345678, "General", "9012345678"],
    [1.5e20, "General", "1.5E+20"],
    [1980, '"¥"#,##0', "¥1,980"],
    [1980, "[$¥-411]#,##0", "¥1,980"],
    [5, "[赤]0", "5"],
  ])("%d を %s で → %s", (value, format, text) => {
    expect(showNumber(value, format)).toEqual({ text, kind: "number" });
  });

  test("どんな書式と数でも例外にならない", () => {
    const format = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...'0#?.,%@ymdhsagE+[]\\";年:/'), { maxLength: 12 }).map((a) => a.join("")),
    );
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        format,
        fc.boolean(),
        (value, code, old) => {
          expect(typeof showNumber(value, code, old).text).toBe("string");
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("組み込みの書式はすべて表示できる", () => {
    for (const format of Object.values(builtInFormats))
      expect(showNumber(day + 0.5, format).text).not.toBe("");
  });
});
