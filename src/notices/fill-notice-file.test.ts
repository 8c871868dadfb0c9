import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { readTables } from "../office/table-reader.ts";
import { parseXml } from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { field, mergeField, paragraph, run, wordFile } from "../testing/word-fixture.ts";
import { workbookOf } from "../testing/workbook-fixture.ts";
import { mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { fillNoticeFile, fillOneNotice, inspectNotice, prepareNotice } from "./fill-notice-file.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../testing/${name}`, import.meta.url)));
const mergefields = fixture("postcard-mergefield.docx");
const braces = fixture("postcard-braces.docx");
const now = "2025-07-01T09:00";
const columns = [
  "郵便番号",
  "住所1",
  "住所2",
  "氏名",
  "区分",
  "受講日",
  "開始時刻",
  "終了時刻",
  "会場",
  "会場所在地",
  "講座名",
  "受付番号",
  "持ち物",
  "問合せ電話",
];
const person = [
  "060-0042",
  "札幌市中央区大通西１丁目",
  "",
  "髙橋　次郎",
  "相談会",
  "2025-08-05",
  "10:00",
  "12:00",
  "区民センター",
  "",
  "入門",
  "7",
  "",
  "011-000-0000",
];

function csv(...rows: string[][]): Uint8Array {
  const line = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return new TextEncoder().encode([columns, ...rows].map(line).join("\r\n"));
}

function changed(values: Record<string, string>): string[] {
  return person.map((value, at) => values[columns[at] ?? ""] ?? value);
}

function fill(template: Uint8Array, list: Uint8Array) {
  const filled = fillNoticeFile({ template, list, listName: "list.csv", now });
  const parts = new Map(
    [...openZip(filled.docx)].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
  const xml = parts.get("word/document.xml") ?? "";
  const text = (source: string) =>
    source
      .replace(/<w:br\/>/g, "⏎")
      .replace(/<wp:posOffset>\d+<\/wp:posOffset>/g, "")
      .replace(/<\/w:p>/g, "\n")
      .replace(/<[^>]+>/g, "");
  return { ...filled, parts, xml, text: text(xml), all: [...parts.values()].join("\n") };
}

describe("６(2)オ 見本のはがき（MERGEFIELD）", () => {
  test("見本の README のとおりに入る", () => {
    const { text, xml, people, pages, warnings, all } = fill(mergefields, csv(person));
    expect([people, pages, warnings]).toEqual([1, 2, []]);
    expect(text).toContain("デジタル活用支援スマートフォン相談会\n");
    expect(text).toContain("2025年8月5日(火)　10:00～12:00\n");
    expect(text).toContain("0007\n");
    expect(text).not.toMatch(/（|）|※持ち物|\n　\n/);
    expect(all).not.toMatch(/fldChar|fldSimple|MERGEFIELD|«|»|mailMerge|TargetMode="External"|業務/);
    expect(xml).toMatch(
      /<w:b\/><w:noProof\/><w:sz w:val="36"\/>.{0,60}<w:t xml:space="preserve">髙橋　次郎</,
    );
  });

  test("住所２・持ち物・会場所在地があるとき", () => {
    const { text, xml } = fill(
      mergefields,
      csv(
        changed({ 住所2: "大通ハイツ&ビル", 持ち物: "筆記用具", 会場所在地: "中央区南２条", 区分: "講習会" }),
      ),
    );
    expect(text).toContain("　大通ハイツ&amp;ビル\n");
    expect(text).toContain("※持ち物：筆記用具\n");
    expect(text).toContain("（中央区南２条）");
    expect(text).toContain("スマートフォン講習会\n");
    expect(xml).toMatch(/<w:sz w:val="16"\/>.{0,60}<w:t xml:space="preserve">（中央区南２条）/);
  });

  test("新旧二つの書き方のテキストボックスに同じ文字が入る", () => {
    const { xml } = fill(mergefields, csv(person, changed({ 氏名: "﨑山 𠮷子" })));
    const boxes = [
      ...xml.matchAll(
        /<mc:Choice[\s\S]*?<w:txbxContent>([\s\S]*?)<\/w:txbxContent>[\s\S]*?<mc:Fallback>[\s\S]*?<w:txbxContent>([\s\S]*?)<\/w:txbxContent>/g,
      ),
    ];
    expect(boxes).toHaveLength(6);
    for (const box of boxes) expect(box[1]).toBe(box[2]);
  });

  test("フッターは人ごとの番号になる", () => {
    const { parts } = fill(mergefields, csv(person, person, person));
    const footers = [...parts]
      .filter(([name]) => /footer\d+\.xml$/.test(name))
      .map(([, xml]) => xml.replace(/<[^>]+>/g, "").trim());
    expect(footers).toEqual(
      [1, 2, 3].map((number) => `問合せ先：コールセンター　011-000-0000　No.${number}`),
    );
  });
});

describe("６(2)オ 見本のはがき（波括弧）", () => {
  test("波括弧は一つも残らず、持ち物のない人の※の文は消える", () => {
    const without = fill(braces, csv(person));
    expect(without.all.replace(/xmlns[^>]*|\{[0-9A-F-]{36}\}/g, "")).not.toMatch(/[{}]/);
    expect(without.text).not.toContain("※");
    expect(fill(braces, csv(changed({ 持ち物: "筆記用具" }))).text).toContain("※持ち物：筆記用具\n");
  });
});

describe("値", () => {
  test("どんな文字でも、壊れた XML にならず、そのまま入る", () => {
    const template = compileTemplate(wordFile({ body: paragraph(mergeField("氏名")) }));
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (name) => {
        const merged = mergeDocx(
          template,
          { columns: ["氏名"], rows: [[{ text: name }]] },
          { now, columnOf: () => 0 },
        );
        const xml = new TextDecoder("utf-8", { fatal: true }).decode(
          openZip(merged.docx).get("word/document.xml"),
        );
        const shown = xml
          .slice(xml.indexOf("<w:body>"))
          .replace(/<w:br\/>/g, "\n")
          .replace(/<w:tab\/>/g, "\t")
          .replace(/<[^>]+>/g, "");
        const plain = shown
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&amp;", "&");
        expect(plain).toBe(
          name
            .replace(/\r\n?|[\u2028\u2029\u000b]/g, "\n")
            .replace(/[\u0000-\u0008\u000c\u000e-\u001f\ufffe\uffff]/g, ""),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("Excel の一覧", () => {
  test("６(2)オ 日付・時刻・先頭の 0 は Excel の見た目と本来の値の両方から正しく入る", () => {
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const head = ["氏名", "受講日", "開始時刻", "受付番号", "郵便番号"].map(text).join("");
    const person = `${text("髙橋")}<c s="6"><v>45874</v></c><c s="9"><v>0.5625</v></c><c s="4"><v>7</v></c><c s="3" t="inlineStr"><is><t>060-0042</t></is></c>`;
    const list = workbookOf({
      sheets: [
        { name: "名簿", xml: `<sheetData><row r="1">${head}</row><row r="2">${person}</row></sheetData>` },
      ],
    });
    const template = wordFile({
      body: paragraph(
        mergeField("受講日", "", '\\@ "yyyy年M月d日(aaa)"') +
          run("/{受講日}/") +
          mergeField("開始時刻", "", '\\@ "午前/午後h時m分"') +
          run("/{開始時刻}/{受付番号}/") +
          mergeField("受付番号", "", '\\# "00000"') +
          run("/{郵便番号}{氏名}"),
      ),
    });
    const { docx, warnings } = fillNoticeFile({ template, list, listName: "名簿.xlsx", now });
    const xml = new TextDecoder().decode(openZip(docx).get("word/document.xml"));
    expect(xml.replace(/<[^>]+>/g, "").trim()).toMatch(
      /2025年8月5日\(火\)\/令和7年8月5日\/午後1時30分\/13:30\/0007\/00007\/060-0042髙橋$/,
    );
    expect(warnings).toEqual([]);
  });
});

describe("作る前に知らせる", () => {
  test("足りない項目、使わない見出し、差し込めないフィールド、ただの文字の «»", () => {
    const template = wordFile({
      body:
        paragraph(
          mergeField("氏名") + mergeField("クーポン") + field(" ADDRESSBLOCK \\f x ", "«AddressBlock»"),
        ) + paragraph(run("«住所»")),
    });
    const report = inspectNotice(template, readTables(csv(person), "list.csv"));
    expect(report.missing).toEqual(["クーポン"]);
    expect(report.unused).toContain("郵便番号");
    expect(report.unsupported).toEqual([{ type: "ADDRESSBLOCK", count: 1 }]);
    expect(report.warnings.join("\n")).toMatch(/クーポン[\s\S]*«住所»|«住所»[\s\S]*クーポン/);
    expect(report.warnings.join("\n")).toContain("ADDRESSBLOCK");
    expect(report.fields[0]).toEqual({
      name: "氏名",
      kinds: ["MERGEFIELD"],
      pictures: [],
      source: "氏名",
      standard: "氏名",
    });
  });

  test("日付として読めない値の数を、値を出さずに知らせる", () => {
    const { warnings } = fill(mergefields, csv(person, changed({ 受講日: "来週の火曜" })));
    expect(warnings.join()).toMatch(/「受講日」に日付や時刻として読めない値が 1 か所/);
    expect(warnings.join()).not.toContain("来週");
  });

  test("一人分だけの下見は、その人だけを含み、番号も通しのまま", () => {
    const prepared = prepareNotice(
      mergefields,
      readTables(csv(person, changed({ 氏名: "乙野" })), "list.csv"),
    );
    const all = [...openZip(fillOneNotice(prepared, 1, now)).values()]
      .map((bytes) => new TextDecoder().decode(bytes))
      .join("");
    expect(all).toContain("乙野");
    expect(all).not.toContain("髙橋");
    expect(all.replace(/<[^>]+>/g, "")).toContain("No.2");
  });
});

describe("使えないひな形", () => {
  const list = csv(person);
  const ole = (mark: string) => {
    const bytes = new Uint8Array(2048);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes.set(Buffer.from(mark, "utf16le"), 512);
    return bytes;
  };
  const text = (value: string) => new TextEncoder().encode(value);
  test.each<[string, Uint8Array, RegExp]>([
    ["項目がない", wordFile({ body: paragraph(run("お知らせ")) }), /差し込み項目が一つもありません/],
    ["古い .doc", ole("WordDocument"), /\.doc/],
    ["パスワード", ole("EncryptedPackage"), /パスワード/],
    [
      "マクロ",
      wordFile({
        body: paragraph(mergeField("氏名")),
        mainType: "application/vnd.ms-word.document.macroEnabled.main+xml",
      }),
      /マクロ/,
    ],
    ["PDF", text("%PDF-1.7"), /PDF/],
    ["RTF", text("{\\rtf1"), /rtf/],
    ["空", new Uint8Array(), /Word 文書/],
    ["Excel", fixture("booking-list-template.xlsx"), /Word 文書/],
    ["途中で切れた", mergefields.subarray(0, 3000), /./],
    [
      "XML の爆弾",
      writeZip(
        new Map(
          [...openZip(mergefields)].map(([name, bytes]) => [
            name,
            name === "word/document.xml" ? text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') : bytes,
          ]),
        ),
      ),
      /DOCTYPE/,
    ],
    [
      "閉じていない XML",
      writeZip(
        new Map(
          [...openZip(mergefields)].map(([name, bytes]) => [
            name,
            name === "word/document.xml" ? bytes.subarray(0, 9000) : bytes,
          ]),
        ),
      ),
      /壊れて/,
    ],
  ])("%s は、理由と直し方を言って断る", (_name, template, reason) => {
    const failing = () => fillNoticeFile({ template, list, listName: "list.csv", now });
    expect(failing).toThrow(AppError);
    expect(failing).toThrow(reason);
  });

  test("でたらめに壊した文書でも、断るか、できるかのどちらかで、ほかの例外にならない", () => {
    const parts = openZip(mergefields);
    const source = new TextDecoder().decode(parts.get("word/document.xml"));
    fc.assert(
      fc.property(
        fc.nat(source.length - 1),
        fc.nat(400),
        fc.constantFrom(
          "",
          "<w:p>",
          "</w:p>",
          '"',
          "&",
          "</w:tc>",
          '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        (at, cut, put) => {
          const broken = source.slice(0, at) + put + source.slice(at + cut);
          const template = writeZip(new Map([...parts, ["word/document.xml", text(broken)]]));
          try {
            const { docx } = fillNoticeFile({ template, list, listName: "list.csv", now });
            for (const [name, part] of openZip(docx)) if (/\.(xml|rels)$/.test(name)) parseXml(part);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("６(2)オ 千人分を数秒で作る", () => {
  const rows = Array.from({ length: 1000 }, (_, at) =>
    changed({ 受付番号: String(at + 1), 氏名: `受講者${at + 1}` }),
  );
  const started = performance.now();
  const { people, docx } = fillNoticeFile({
    template: mergefields,
    list: csv(...rows),
    listName: "list.csv",
    now,
  });
  expect(people).toBe(1000);
  expect(performance.now() - started).toBeLessThan(8000);
  expect(docx.length).toBeLessThan(3_000_000);
});
