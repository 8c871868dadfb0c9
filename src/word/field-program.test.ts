import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { body, lines, merge, one, type Person } from "../testing/merge-fixture.ts";
import {
  escaped,
  field,
  mergeField,
  paragraph,
  run,
  simpleField,
  wordFile,
} from "../testing/word-fixture.ts";
import { compileTemplate } from "./docx-template.ts";

describe("差し込みフィールド", () => {
  test("命令が何個の run に分かれ、引用符や大文字小文字が違っても読む", () => {
    const template = body(
      paragraph(
        field([" MERGE", "FIELD ", "郵便", "番号", " "], "«郵便番号»") +
          run("／") +
          simpleField(' MERGEFIELD  "氏名"  \\* MERGEFORMAT ', "«氏名»"),
      ),
      paragraph(field(" mergefield “会 場” ", "«会場»")),
    );
    expect(one(template, { 郵便番号: "060-0042", 氏名: "髙橋　次郎", "会 場": "北館" })).toEqual([
      "060-0042／髙橋　次郎",
      "北館",
    ]);
  });

  test("値の記号・制御文字・改行・サロゲートペアで XML を壊さず、文字も変えない", () => {
    const xml = merge(body(paragraph(mergeField("氏名"))), [
      { 氏名: "𠮷田<&\"'>\u0001﨑\r\n髙\t様\ud800" },
    ]).xml;
    expect(xml).toContain("𠮷田&lt;&amp;&quot;'&gt;﨑</w:t><w:br/><w:t");
    expect(xml).toContain("髙</w:t><w:tab/><w:t");
    expect(xml).not.toMatch(/[\u0001\ud800](?![\udc00-\udfff])/);
  });

  test("結果の文字の書式を残し、CHARFORMAT なら命令の書式にする", () => {
    const shown = merge(
      body(
        paragraph(
          field(" MERGEFIELD 氏名 ", run("«氏名»", '<w:b/><w:sz w:val="36"/>')) +
            field(" MERGEFIELD 会場 \\* CHARFORMAT ", run("«会場»", "<w:b/>"), "<w:i/>"),
        ),
      ),
      [{ 氏名: "甲", 会場: "乙" }],
    ).xml;
    expect(shown).toContain(
      '<w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t xml:space="preserve">甲</w:t></w:r>',
    );
    expect(shown).toContain('<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">乙</w:t></w:r>');
  });

  test.each([
    ['受講日 \\@ "yyyy年M月d日(aaa)"', "2025-08-05", "2025年8月5日(火)"],
    ['受講日 \\@ "ggge年M月d日"', "2025/8/5", "令和7年8月5日"],
    ['受講日 \\@ "yyyy/MM/dd"', "令和7年8月5日", "2025/08/05"],
    ['受講日 \\@ "AM/PMh時mm分"', "13:05", "午後1時05分"],
    ['受講日 \\@ "M月d日"', "未定", "未定"],
    ['受付番号 \\# "0000"', "7", "0007"],
    ['受付番号 \\# "#,##0円"', "1234", "1,234円"],
    ['会場所在地 \\b "（" \\f "）"', "中央区南２条", "（中央区南２条）"],
    ['会場所在地 \\b "（" \\f "）"', "", ""],
    ["受付番号 \\* DBCHAR", "12", "１２"],
    ["氏名 \\* Upper", "abc", "ABC"],
  ])("書式 %s は %s を %s にする", (code, value, shown) => {
    const name = code.split(" ")[0] ?? "";
    expect(one(body(paragraph(field(` MERGEFIELD ${code} `, "見本"))), { [name]: value })).toEqual([shown]);
  });

  test("段落をまたぐ差し込みフィールドは一つの段落にまとまり、文書は壊れない", () => {
    const broken =
      '<w:p><w:r><w:t>前</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGEFIELD 住所 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>«住</w:t></w:r></w:p>' +
      '<w:p><w:r><w:t>所»</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>後</w:t></w:r></w:p>';
    expect(one(body(broken, paragraph(run("次"))), { 住所: "北１条" })).toEqual(["前北１条後", "次"]);
  });

  test("PAGE は残し、総ページ数は一人分のページ数に読み替える", () => {
    const { parts, xml } = merge(
      wordFile({
        body: paragraph(mergeField("氏名")),
        section: '<w:footerReference w:type="default" r:id="rIdF"/><w:pgSz w:w="11906" w:h="16838"/>',
        footers: { rIdF: paragraph(field(" PAGE ", "1") + run("/") + field(" NUMPAGES ", "9")) },
      }),
      [{ 氏名: "甲" }, { 氏名: "乙" }],
    );
    const footer = (parts.get("word/footer-rIdF.xml") ?? "").replace(/<[^>]+>/g, "");
    expect(footer).toContain(" PAGE 1/ SECTIONPAGES 1");
    expect(xml.match(/r:id="rIdF"/g)).toHaveLength(2);
  });

  test("DATE は作成した日の文字になる", () => {
    expect(
      one(
        body(paragraph(mergeField("氏名")), paragraph(field(' DATE \\@ "ggge年M月d日" ', "令和元年1月1日"))),
        { 氏名: "甲" },
      ),
    ).toEqual(["甲", "令和7年7月1日"]);
  });

  test("SET・REF・計算式・QUOTE・MERGEREC", () => {
    const template = body(
      paragraph(
        field([" SET 合計 ", field([" = ", mergeField("人数"), " * 2 + 1 "], "0")], "") +
          field(" REF 合計 ", "0") +
          run("/") +
          field([" QUOTE ", '"', mergeField("人数"), '名" '], "0"),
      ),
      paragraph(
        field(" MERGEREC ", "1") + run("-") + field([" = ", mergeField("人数"), " / 3 ", '\\# "0.00" '], "0"),
      ),
    );
    expect(one(template, { 人数: "10" })).toEqual(["21/10名", "1-3.33"]);
  });

  test("REF はひな形のブックマークの中の、その人の値になる", () => {
    const marked = `<w:bookmarkStart w:id="0" w:name="宛名"/>${mergeField("氏名")}<w:bookmarkEnd w:id="0"/>`;
    const { xml } = merge(
      body(paragraph(marked), paragraph(field(" REF 宛名 \\h ", "«氏名»") + run(" 様"))),
      [{ 氏名: "甲" }, { 氏名: "乙" }],
    );
    expect(lines(xml)).toEqual(["甲", "甲 様", "乙", "乙 様"]);
  });

  test("バーコードの差し込みは、値の入ったバーコードのフィールドになる", () => {
    const { xml } = merge(body(paragraph(field(" MERGEBARCODE 郵便番号 JPPOST \\h 100 ", "x"))), [
      { 郵便番号: "0600042" },
    ]);
    expect(xml.replace(/<[^>]+>/g, "")).toContain("DISPLAYBARCODE &quot;0600042&quot; JPPOST");
  });
});

describe("IF と規則", () => {
  const condition = (code: (string | string)[]) => body(paragraph(field(code, "見本")));
  test.each([
    ["=", '"相談会"', "相談会", "○"],
    ["=", '"相談会"', "講習会", "×"],
    ["<>", '""', "", "×"],
    ["<>", '""', "あり", "○"],
    [">", "10", "9", "×"],
    [">", "10", "１１", "○"],
    ["<=", "10", "10", "○"],
    ["<", '"2025年9月1日"', "2025/8/31", "○"],
    [">=", '"2025年9月1日"', "2025/8/31", "×"],
    ["=", '"*区*"', "札幌市北区北10条", "○"],
    ["=", '"?区"', "北区", "○"],
    ["<>", '"?区"', "中央区", "○"],
  ])("IF 値 %s %s（値 %s）は %s", (sign, right, value, shown) => {
    const template = condition([" IF ", mergeField("値"), ` ${sign} ${right} "○" "×" `]);
    expect(one(template, { 値: value })).toEqual([shown]);
  });

  test("比較の記号の前後に空白がなくても、引用符が値に含まれていても読む", () => {
    const template = condition([" IF ", mergeField("値"), '="a" "○" "×" ']);
    expect(one(template, { 値: "a" })).toEqual(["○"]);
    expect(one(template, { 値: '" "x" "y' })).toEqual(["×"]);
  });

  test("結果の中の入れ子の IF と差し込みを解く", () => {
    const inner = field(
      [" IF ", mergeField("区分"), ' = "相談会" "', mergeField("氏名"), '様の相談" "講習" '],
      "見本",
    );
    const template = condition([" IF ", mergeField("状態"), ' = "取消" "" "【', inner, '】" ']);
    expect(one(template, { 区分: "相談会", 氏名: "甲", 状態: "" })).toEqual(["【甲様の相談】"]);
    expect(one(template, { 区分: "講習会", 氏名: "甲", 状態: "" })).toEqual(["【講習】"]);
    expect(one(template, { 区分: "講習会", 氏名: "甲", 状態: "取消" })).toEqual([""]);
  });

  test("条件の中の IF の結果も比べられる", () => {
    const inner = field([" IF ", mergeField("年齢"), ' >= 65 "高齢" "一般" '], "見本");
    expect(one(condition([" IF ", inner, ' = "高齢" "優先" "通常" ']), { 年齢: "70" })).toEqual(["優先"]);
  });

  test("どんな入れ子の IF も、書かれた意味のとおりの文字になる", () => {
    type Part =
      | { text: string }
      | { field: string }
      | { left: string; right: string; same: boolean; yes: Part[]; no: Part[] };
    const words = fc.constantFrom("甲", "乙", "丙様", "(1)", "あ い", "＝", "");
    const names = fc.constantFrom("項目一", "項目二");
    const { parts } = fc.letrec<{ parts: Part[]; part: Part }>((tie) => ({
      parts: fc.array(tie("part"), { maxLength: 3 }),
      part: fc.oneof(
        { maxDepth: 4 },
        fc.record({ text: words }),
        fc.record({ field: names }),
        fc.record({ left: names, right: words, same: fc.boolean(), yes: tie("parts"), no: tie("parts") }),
      ),
    }));
    const code = (part: Part): string => {
      if ("text" in part) return part.text;
      if ("field" in part) return mergeField(part.field);
      const sign = part.same ? "=" : "<>";
      return field(
        [
          " IF ",
          mergeField(part.left),
          ` ${sign} "${part.right}" "`,
          ...part.yes.map(code),
          '" "',
          ...part.no.map(code),
          '" ',
        ],
        "見本",
      );
    };
    const meaning = (part: Part, person: Person): string => {
      if ("text" in part) return part.text;
      if ("field" in part) return person[part.field] ?? "";
      const chosen = ((person[part.left] ?? "") === part.right) === part.same ? part.yes : part.no;
      return chosen.map((one) => meaning(one, person)).join("");
    };
    fc.assert(
      fc.property(parts, words, words, (all, one, two) => {
        const person = { 項目一: one, 項目二: two };
        const shown = all.map((part) => ("text" in part ? run(part.text) : code(part))).join("");
        const template = body(paragraph(shown + mergeField("項目一")));
        expect(lines(merge(template, [person]).xml)).toEqual([
          all.map((part) => meaning(part, person)).join("") + one,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test("入れ子が深すぎるひな形は、止まらずに断る", () => {
    let nested = mergeField("氏名");
    for (let depth = 0; depth < 300; depth += 1) nested = field([' IF 1 = 1 "', nested, '" "" ']);
    expect(() => compileTemplate(body(paragraph(nested)))).toThrow(/入れ子が深すぎ/);
    expect(() => compileTemplate(body(paragraph(run("{#a}".repeat(300) + "{/a}".repeat(300)))))).toThrow(
      /ひな形の/,
    );
  });

  test("段落をまたぐ IF は、選ばれたほうの段落だけを残す", () => {
    const start =
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r>';
    const code = (text: string) =>
      `<w:r><w:instrText xml:space="preserve">${escaped(text)}</w:instrText></w:r>`;
    const end =
      '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>見本</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>';
    const template = body(
      `${start}${mergeField("持ち物")}${code(' <> "" "持ち物')}</w:p><w:p>${mergeField("持ち物")}</w:p><w:p>${code('以上" "なし" ')}${end}`,
      paragraph(run("末尾")),
    );
    expect(one(template, { 持ち物: "筆記用具" })).toEqual(["持ち物", "筆記用具", "以上", "末尾"]);
    expect(one(template, { 持ち物: "" })).toEqual(["なし", "末尾"]);
  });

  test("SKIPIF の人は一枚も作らず、名前もどこにも残さない", () => {
    const template = wordFile({
      body: paragraph(
        mergeField("氏名") +
          field([" SKIPIF ", mergeField("状態"), ' = "取消" '], "") +
          field(" MERGESEQ ", "1"),
      ),
      section: '<w:headerReference w:type="default" r:id="rIdH"/><w:pgSz w:w="11906" w:h="16838"/>',
      headers: { rIdH: paragraph(mergeField("氏名")) },
    });
    const merged = merge(template, [
      { 氏名: "甲", 状態: "取消" },
      { 氏名: "乙", 状態: "" },
      { 氏名: "丙", 状態: "取消" },
      { 氏名: "丁", 状態: "" },
    ]);
    expect(lines(merged.xml)).toEqual(["乙1", "丁2"]);
    expect([merged.people, merged.sheets, merged.skipped]).toEqual([2, 2, 2]);
    expect([...merged.parts.values()].join("")).not.toMatch(/[甲丙]/);
  });
});
