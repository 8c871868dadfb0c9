import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openZip, writeZip } from "../office/zip.ts";
import { body, lines, merge } from "../testing/merge-fixture.ts";
import {
  cell,
  field,
  mergeField,
  paragraph,
  postcardSection,
  row,
  run,
  table,
  textBox,
  type WordFixture,
  wordFile,
} from "../testing/word-fixture.ts";
import { mergeDocx } from "./docx-merge.ts";
import { compileTemplate } from "./docx-template.ts";

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

  test("NEXTIF は当てはまるときだけ進み、二人目からの SKIPIF はその人だけを飛ばす", () => {
    const nextIf = field([" NEXTIF ", mergeField("番号"), " < 3 "], "");
    expect(
      lines(merge(body(paragraph(mergeField("番号") + nextIf + mergeField("番号"))), people(4)).xml),
    ).toEqual(["12", "33", "44"]);
    const skip = field([" SKIPIF ", mergeField("番号"), ' = "2" '], "");
    const merged = merge(
      body(
        paragraph(
          mergeField("番号") + field(" NEXT ", "") + skip + mergeField("番号") + field(" MERGESEQ ", ""),
        ),
      ),
      people(5),
    );
    expect(lines(merged.xml)).toEqual(["132", "454"]);
    expect([merged.people, merged.skipped]).toEqual([4, 1]);
  });

  test("枠に並べた札では、空いた札の見出しの文字も消える", () => {
    const box = (next: string, id: number) =>
      textBox(paragraph(run("受講票")) + paragraph(next + mergeField("氏名")), id);
    const template = wordFile({ body: paragraph(box("", 1) + box(field(" NEXT ", ""), 2)) });
    expect(merge(template, people(1)).xml.match(/受講票/g)).toHaveLength(2);
    expect(merge(template, people(2)).xml.match(/受講票/g)).toHaveLength(4);
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

  test("作った人、会社、独自のプロパティ、縮小図、コメントの名前を残さない", () => {
    const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const metadata = "http://schemas.openxmlformats.org/package/2006/relationships/metadata";
    const add = (name: string, kind: string, xml: string) => ({ name, kind, xml });
    const added = [
      add(
        "docProps/core.xml",
        `${metadata}/core-properties`,
        '<c:coreProperties xmlns:c="c" xmlns:dc="d"><dc:creator>山田太郎</dc:creator><c:revision>3</c:revision></c:coreProperties>',
      ),
      add(
        "docProps/app.xml",
        `${relations}/extended-properties`,
        "<Properties><Company>山田市</Company><Application>Word</Application></Properties>",
      ),
      add("docProps/custom.xml", `${relations}/custom-properties`, "<Properties>山田</Properties>"),
      add("docProps/thumbnail.jpeg", `${metadata}/thumbnail`, "山田"),
    ];
    const files = openZip(body(paragraph(`${mergeField("氏名")}<w:r><w:commentReference w:id="0"/></w:r>`)));
    const links = added
      .map((one, at) => `<Relationship Id="rIdX${at}" Type="${one.kind}" Target="${one.name}"/>`)
      .join("");
    const put = (name: string, xml: string) => files.set(name, new TextEncoder().encode(xml));
    put(
      "_rels/.rels",
      new TextDecoder()
        .decode(files.get("_rels/.rels"))
        .replace("</Relationships>", `${links}</Relationships>`),
    );
    for (const one of added) put(one.name, one.xml);
    const { parts } = merge(writeZip(files), [{ 氏名: "甲" }]);
    expect([...parts.values()].join("")).not.toMatch(/山田|commentReference/);
    expect(parts.get("docProps/core.xml")).toContain("revision");
    expect(parts.has("docProps/thumbnail.jpeg")).toBe(false);
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

  test("組の目印は、段落の性質が空でも、変更履歴を持っていても、その後ろに入る", () => {
    const history = '<w:pPrChange w:id="1"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>';
    for (const pPr of ["<w:pPr></w:pPr>", "<w:pPr/>", `<w:pPr><w:jc w:val="right"/>${history}</w:pPr>`, ""]) {
      const template = wordFile({ body: `<w:p>${pPr}${mergeField("氏名")}</w:p>` });
      const { xml } = merge(template, [{ 氏名: "甲" }, { 氏名: "乙" }], {
        landmark: (sheet) => `組${sheet}`,
      });
      const begun = /<w:p>((?:(?!<w:r>)[\s\S])*)<w:r>/.exec(xml)?.[1] ?? "";
      expect(begun).toMatch(
        /(<\/w:pPr>|<w:pPr\/>|^)<w:bookmarkStart [^>]*w:name="組0"\/><w:bookmarkEnd [^>]*>$/,
      );
      expect(begun.indexOf("<w:pPr")).toBe(0);
    }
  });
});
