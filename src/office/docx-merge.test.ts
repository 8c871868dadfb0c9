import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cell,
  escaped,
  field,
  mergeField,
  paragraph,
  postcardSection,
  row,
  run,
  simpleField,
  table,
  textBox,
  type WordFixture,
  wordFile,
} from "../testing/word-fixture.ts";
import { mergeDocx } from "./docx-merge.ts";
import { compileTemplate } from "./docx-template.ts";
import type { MergeOptions } from "./merge-data.ts";
import { openZip } from "./zip.ts";

type Person = Record<string, string>;

function merge(template: Uint8Array, people: Person[], more: Partial<MergeOptions> = {}) {
  const columns = [...new Set(people.flatMap((person) => Object.keys(person)))];
  const rows = people.map((person) => columns.map((column) => ({ text: person[column] ?? "" })));
  const columnOf = (name: string) => {
    const at = columns.indexOf(name);
    return at < 0 ? undefined : at;
  };
  const merged = mergeDocx(
    compileTemplate(template),
    { columns, rows },
    { now: "2025-07-01T09:05", columnOf, ...more },
  );
  const parts = new Map(
    [...openZip(merged.docx)].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
  return { ...merged, parts, xml: parts.get("word/document.xml") ?? "" };
}

/** 段落ごとの文字（テキストボックスの中も、出てくる順に）。改行は ⏎。 */
function lines(xml: string): string[] {
  const text = xml
    .replace(/^<\?xml[^>]*>\n?|<wp:posOffset>\d+<\/wp:posOffset>/g, "")
    .replace(/<w:instrText[^>]*>[^<]*<\/w:instrText>/g, "")
    .replace(/<w:br\/>/g, "⏎")
    .replace(/<\/w:p>/g, "\n")
    .replace(/<[^>]+>/g, "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) =>
      line.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    );
}

function body(...paragraphs: string[]): Uint8Array {
  return wordFile({ body: paragraphs.join("") });
}

const one = (template: Uint8Array, person: Person) => lines(merge(template, [person]).xml);

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

describe("一枚に何人も（NEXT）", () => {
  const card = (next: string) =>
    cell(paragraph(next + mergeField("氏名") + run(" 様")) + paragraph(run("受付 ") + mergeField("番号")));
  const labels = wordFile({
    body:
      table(
        2,
        row(card(""), card(field(" NEXT ", ""))),
        row(card(field(" NEXT ", "")), card(field(" NEXT ", ""))),
      ) + paragraph(run("台紙")),
  });
  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ 氏名: `人${at + 1}`, 番号: String(at + 1) }));

  test("四人ずつ載り、最後の台紙の空きには「様」も残さない", () => {
    const merged = merge(labels, people(6));
    expect([merged.people, merged.sheets]).toEqual([6, 2]);
    expect(lines(merged.xml)).toEqual([
      "人1 様",
      "受付 1",
      "人2 様",
      "受付 2",
      "人3 様",
      "受付 3",
      "人4 様",
      "受付 4",
      "台紙",
      "人5 様",
      "受付 5",
      "人6 様",
      "受付 6",
      "",
      "",
      "",
      "",
      "台紙",
    ]);
  });

  test("ちょうど割り切れる人数で、余分な台紙を作らない", () => {
    expect(merge(labels, people(8)).sheets).toBe(2);
  });

  test("テキストボックスの NEXT は、新旧二つの書き方で二度進まない", () => {
    const template = wordFile({
      body: paragraph(
        textBox(paragraph(mergeField("氏名")), 1) +
          textBox(paragraph(field(" NEXT ", "") + mergeField("氏名")), 2),
      ),
    });
    const merged = merge(template, people(3));
    expect(lines(merged.xml).filter(Boolean)).toEqual(["人1", "人1", "人2", "人2", "人3", "人3"]);
    expect(compileTemplate(template).peoplePerSheet).toBe(2);
  });

  test("何人いても、全員がちょうど一度ずつ載る", () => {
    const template = compileTemplate(labels);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const rows = people(count).map((person) => [{ text: person.氏名 }, { text: person.番号 }]);
        const columns = ["氏名", "番号"];
        const merged = mergeDocx(
          template,
          { columns, rows },
          { now: "2025-07-01T09:00", columnOf: (name) => columns.indexOf(name) },
        );
        const xml = new TextDecoder().decode(openZip(merged.docx).get("word/document.xml"));
        const names = lines(xml).filter((line) => line.includes("様"));
        expect(names).toEqual(people(count).map((person) => `${person.氏名} 様`));
        expect(merged.sheets).toBe(Math.ceil(count / 4));
      }),
      { numRuns: 20 },
    );
  });
});

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

describe("人ごとの節と部品", () => {
  const footer: Partial<WordFixture> = {
    section: `<w:footerReference w:type="default" r:id="rIdF"/>${postcardSection}`,
    footers: { rIdF: paragraph(run("No.") + field(" MERGESEQ ", "1")) },
  };

  test("６(2)オ はがき（表裏）は、人ごとに奇数ページで始まり、余分な段落を足さない", () => {
    const template = wordFile({
      body:
        paragraph(mergeField("氏名")) + paragraph('<w:r><w:br w:type="page"/></w:r>') + paragraph(run("裏")),
      ...footer,
    });
    const { xml, parts } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }, { 氏名: "丙" }]);
    expect(xml.match(/<w:sectPr>/g)).toHaveLength(3);
    expect(xml.match(/<w:type w:val="oddPage"\/>/g)).toHaveLength(2);
    expect(xml.match(/<w:p>/g)).toHaveLength(9);
    expect(xml).toMatch(/<\/w:sectPr><\/w:body>/);
    const texts = [...parts]
      .filter(([name]) => /footer\d/.test(name))
      .map(([, footerXml]) => lines(footerXml)[0]);
    expect(texts).toEqual(["No.1", "No.2", "No.3"]);
    expect(parts.has("word/footer-rIdF.xml")).toBe(false);
  });

  test("一ページの手紙は、次の紙から始まる（ラベルの連続した節でも）", () => {
    const template = wordFile({
      body: paragraph(mergeField("氏名")),
      section: '<w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/>',
    });
    const { xml } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }]);
    expect([...xml.matchAll(/<w:type w:val="(\w+)"\/>/g)].map((found) => found[1])).toEqual([
      "continuous",
      "nextPage",
    ]);
  });

  test("表で終わる本文には、見えない段落を足して区切る", () => {
    const template = wordFile({ body: table(1, row(cell(paragraph(mergeField("氏名"))))) });
    const { xml } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }]);
    expect(xml.match(/<w:sectPr>/g)).toHaveLength(2);
    expect(xml).toContain('w:lineRule="exact"');
  });

  test("前の人の最後の節のヘッダーが、次の人の最初の節に続かない", () => {
    const inner = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`;
    const template = wordFile({
      body: paragraph(mergeField("氏名"), inner) + paragraph(run("二節")),
      section: '<w:headerReference w:type="default" r:id="rIdH"/><w:pgSz w:w="11906" w:h="16838"/>',
      headers: { rIdH: paragraph(mergeField("氏名")) },
    });
    const { xml, parts } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }]);
    const third = xml.split("<w:sectPr>")[3] ?? "";
    const id = /<w:headerReference w:type="default" r:id="(\w+)"/.exec(third)?.[1] ?? "";
    const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(
      parts.get("word/_rels/document.xml.rels") ?? "",
    )?.[1];
    expect(parts.get(`word/${target}`)).toContain("<w:p/>");
  });

  test("図・図形・ブックマークの番号と名前が重ならない", () => {
    const marked = `<w:bookmarkStart w:id="0" w:name="_Hlk1"/>${mergeField("氏名")}<w:bookmarkEnd w:id="0"/>`;
    const template = wordFile({ body: paragraph(marked + textBox(paragraph(mergeField("氏名")), 1)) });
    const { xml } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }, { 氏名: "丙" }]);
    for (const pattern of [
      /wp:docPr id="(\d+)"/g,
      /w:bookmarkStart w:id="(\d+)"/g,
      /w:name="([^"]+)"/g,
      /v:shape id="([^"]+)"/g,
      /o:spid="([^"]+)"/g,
    ]) {
      const found = [...xml.matchAll(pattern)].map((one) => one[1]);
      expect(found).toHaveLength(3);
      expect(new Set(found).size).toBe(3);
    }
    expect(xml.match(/<v:shapetype /g)).toHaveLength(1);
  });

  test("番号つき箇条書きは人ごとに 1 から、脚注は人ごとに別のものになる", () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const footnotes = `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="1">${paragraph(mergeField("氏名"))}</w:footnote>`;
    const template = wordFile({
      body: paragraph(
        `${mergeField("氏名")}<w:r><w:footnoteReference w:id="1"/></w:r>`,
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
      ),
      numbering,
      footnotes,
    });
    const { xml, parts } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }]);
    expect([...xml.matchAll(/w:numId w:val="(\d+)"/g)].map((found) => found[1])).toEqual(["1", "2"]);
    expect(parts.get("word/numbering.xml")).toContain(
      '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>',
    );
    expect([...xml.matchAll(/footnoteReference w:id="(\d+)"/g)].map((found) => found[1])).toEqual(["1", "2"]);
    expect(lines(parts.get("word/footnotes.xml") ?? "")).toEqual(["", "甲", "乙"]);
  });

  test("メールマージの設定と接続先、外部のひな形の場所、コメントを残さない", () => {
    const template = wordFile({
      body: paragraph(mergeField("氏名")),
      settings:
        '<w:attachedTemplate r:id="rId2"/><w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:dataSource r:id="rId1"/></w:mailMerge><w:rsids><w:rsidRoot w:val="00112233"/></w:rsids>',
      settingsRelations: [
        { id: "rId1", type: "mailMergeSource", target: "file:///C:\\業務\\名簿.xlsx" },
        { id: "rId2", type: "attachedTemplate", target: "file:///C:\\Users\\yamada\\x.dotx" },
      ],
    });
    const all = [...merge(template, [{ 氏名: "甲" }]).parts.values()].join("");
    expect(all).not.toMatch(/mailMerge|attachedTemplate|file:|業務|yamada|rsid/);
  });

  test("名簿型（カタログ）は節を改めずに続ける", () => {
    const template = wordFile({
      body: paragraph(mergeField("氏名")),
      settings: '<w:mailMerge><w:mainDocumentType w:val="catalog"/></w:mailMerge>',
    });
    const { xml } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }]);
    expect(lines(xml)).toEqual(["甲", "乙"]);
    expect(xml.match(/<w:sectPr>/g)).toHaveLength(1);
  });

  test("内容コントロールの番号と外のデータとの結び付きを外す", () => {
    const control = `<w:sdt><w:sdtPr><w:id w:val="5"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>${paragraph(mergeField("氏名"))}</w:sdtContent></w:sdt>`;
    const { xml } = merge(wordFile({ body: control + paragraph("") }), [{ 氏名: "甲" }, { 氏名: "乙" }]);
    expect(xml).not.toMatch(/dataBinding|w:id w:val/);
    expect(lines(xml).filter(Boolean)).toEqual(["甲", "乙"]);
  });
});
