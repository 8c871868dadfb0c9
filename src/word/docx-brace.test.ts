import { describe, expect, test } from "vitest";
import { body, merge, one } from "../testing/merge-fixture.ts";
import { cell, mergeField, paragraph, row, run, table } from "../testing/word-fixture.ts";
import { compileTemplate } from "./docx-template.ts";

describe("波括弧", () => {
  test("run に分かれた {…}、全角の波括弧、書式つきを読む", () => {
    const template = body(
      paragraph(run("{") + run("氏", "<w:b/>") + run("名}　様")),
      paragraph(run('｛会場｝ {{番号}} {受講日|M月d日(aaa)} {番号 \\# "000"} { MERGEFIELD 氏名 }')),
    );
    expect(one(template, { 氏名: "甲", 会場: "北館", 番号: "7", 受講日: "2025-08-05" })).toEqual([
      "甲　様",
      "北館 7 8月5日(火) 007 甲",
    ]);
  });

  test("条件の範囲: 同じ段落、段落をまたぐ範囲、否定、値との比較", () => {
    const template = body(
      paragraph(run("{#持ち物}※{持ち物}{/持ち物}{^持ち物}手ぶら{/}")),
      paragraph(run("{#区分=相談会}")),
      paragraph(run("相談会の方へ")),
      paragraph(run("{/区分}")),
      paragraph(run("以上 {氏名}")),
    );
    expect(one(template, { 持ち物: "筆記用具", 区分: "相談会", 氏名: "甲" })).toEqual([
      "※筆記用具",
      "相談会の方へ",
      "以上 甲",
    ]);
    expect(one(template, { 持ち物: "", 区分: "講習会", 氏名: "甲" })).toEqual(["手ぶら", "以上 甲"]);
  });

  test("表の行の範囲は、行ごと出し消しする。全部の行なら表ごと", () => {
    const some = body(
      table(
        1,
        row(cell(paragraph(run("{#会場}{会場}")) + paragraph(run("{/会場}")))),
        row(cell(paragraph(run("{#電話}電話")))),
        row(cell(paragraph(run("{電話}{/電話}")))),
      ),
      paragraph(run("末")),
    );
    expect(one(some, { 会場: "北館", 電話: "" })).toEqual(["北館", "", "末"]);
    const all = merge(
      body(
        table(1, row(cell(paragraph(run("{#電話}{電話}")))), row(cell(paragraph(run("{/電話}"))))),
        paragraph(run("末")),
      ),
      [{ 電話: "" }],
    ).xml;
    expect(all).not.toContain("<w:tbl>");
  });

  test("ますの中の段落が全部消えても、ますには段落が残る", () => {
    const template = body(
      table(1, row(cell(paragraph(run("{#a}")) + paragraph(run("{a}")) + paragraph(run("{/a}"))))),
      paragraph(run("末")),
    );
    expect(merge(template, [{ a: "" }]).xml).toContain("</w:tcPr><w:p></w:p></w:tc>");
  });

  test.each([["{#a}だけ"], ["だけ{/a}"], ["{#a}{#b}{/a}{/b}"]])(
    "範囲が閉じていない %s は、直し方を言って断る",
    (text) => {
      expect(() => compileTemplate(body(paragraph(run(text))))).toThrow(/ひな形の/);
    },
  );

  test("MERGEFIELD のひな形では、知らない {…} は文字のまま残す", () => {
    expect(
      one(body(paragraph(mergeField("氏名") + run(" {注意} {会場}"))), { 氏名: "甲", 会場: "北館" }),
    ).toEqual(["甲 {注意} 北館"]);
  });
});
