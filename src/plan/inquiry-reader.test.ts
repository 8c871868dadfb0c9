import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openZip, writeZip } from "../office/zip.ts";
import type { Inquiry } from "./inquiry.ts";
import { inquiryWord, inquiryWorkbook } from "./inquiry-document.ts";
import { readInquiry } from "./inquiry-reader.ts";
import { matchCame } from "./match-came.ts";

const line = (block: string, sent: string, at: number): Inquiry["lines"][number] => ({
  ...{ id: block, block, position: at + 1, version: 1, sent, came: null, remark: "", state: "waiting" },
});
const inquiry: Inquiry = {
  ...{ id: "0192-aaaa-bbbbcccc", number: 3, department: "総務課", subject: "確認", due: "2025-01-17" },
  ...{ state: "open", at: "2025-01-08T00:00:00.000Z", returnedAt: null },
  lines: [
    line("p1", "一つ目の文。市は、計画を作る。", 0),
    line("m06.p2", "二つ目の文。申請を増やす。\n- 手続\n- 窓口", 1),
    line("s1-1", "三つ目の文。支所で相談する。", 2),
  ],
};
const places = new Map([
  ["p1", "第１章"],
  ["m06.p2", "施策6"],
  ["s1-1", "第３章"],
]);
const paper = {
  ...{ inquiry, title: "第２次計画", author: "市", created: "2025-01-08T00:00:00.000Z", due: "1月17日" },
  places,
};
const known = new Set(inquiry.lines.map(({ block }) => block));

/** 部品の XML を書き換えた文書。 */
function edited(bytes: Uint8Array, changes: Record<string, (xml: string) => string>): Uint8Array {
  const parts = openZip(bytes);
  for (const [name, change] of Object.entries(changes)) {
    const before = new TextDecoder().decode(parts.get(name) ?? new Uint8Array());
    const after = change(before);
    if (after === before) throw new Error(`${name} が変わらなかった`);
    parts.set(name, new TextEncoder().encode(after));
  }
  return new Uint8Array(writeZip(parts));
}
const word = (change: (xml: string) => string) => edited(inquiryWord(paper), { "word/document.xml": change });
const sheetPart = "xl/worksheets/sheet1.xml";

function answers(bytes: Uint8Array, name = "回答.docx") {
  const { lines, outside, code, number } = readInquiry(bytes, name, known);
  const { answers: found, extra } = matchCame(inquiry.lines, lines, places);
  return {
    ...{ outside, code, number, extra },
    answers: found.map(({ block, state, text, remark, told }) => ({ block, state, text, remark, told })),
    states: found.map(({ block, state }) => `${block} ${state}`),
  };
}

test("3(1)(ｱ) 庁内照会は、Word でも Excel でも、出したままの形で部分の印から読み戻せ、照会の印で号が分かる", () => {
  for (const [bytes, name] of [
    [inquiryWord(paper), "回答.docx"],
    [inquiryWorkbook(paper), "名を変えた.docx"],
  ] as const)
    expect(answers(bytes, name)).toMatchObject({
      ...{ code: "3-bbbbcccc", number: 3, outside: [], extra: [] },
      states: ["p1 same", "m06.p2 same", "s1-1 same"],
    });
});

test("3(1)(ｱ) Word: 印を消す・書き換える、意見なしと書く、段落を貼る、行を足す、表の外に書く", () => {
  const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
  const row = (...cells: string[]) =>
    `<w:tr>${cells.map((text) => `<w:tc>${run(text)}</w:tc>`).join("")}</w:tr>`;
  const found = answers(
    word((xml) =>
      xml
        .replace("一つ目の文。市は、計画を作る。", "特に意見はございません。")
        .replace(/>m06\.p2</, "><")
        .replace("二つ目の文。申請を増やす。", "二つ目の文。申請をさらに増やす。")
        .replace(/>s1-1</, ">Ｓ１－１<")
        .replace(
          "三つ目の文。支所で相談する。</w:t></w:r></w:p>",
          (all) => `${all}${run("貼り付けた段落。")}`,
        )
        .replace(
          "</w:tbl>",
          `${row("", "", "新しく書いてほしい文。", "財政課から")}</w:tbl>${run("体制図を足してほしい。")}`,
        ),
    ),
  );
  expect(found.states).toEqual(["p1 same", "m06.p2 changed", "s1-1 changed"]);
  expect(found.answers[1]).toMatchObject({
    text: "二つ目の文。申請をさらに増やす。\n- 手続\n- 窓口",
    told: ["部分の印が消えていたので、場所と文の近さで結びました。"],
  });
  expect(found.answers[2]?.text).toBe("三つ目の文。支所で相談する。\n貼り付けた段落。");
  expect(found.extra).toMatchObject([
    { text: "新しく書いてほしい文。", remark: "財政課から", after: "s1-1", where: "表1の5行目" },
  ]);
  expect(found.outside).toEqual(["体制図を足してほしい。"]);
});

test("3(1)(ｱ) Word: 変更履歴を残したまま、取消線で消す、コメントだけ、ます目の結合、行の削除、見出しの行の削除", () => {
  const tracked = answers(
    word((xml) =>
      xml.replace(
        "一つ目の文。市は、計画を作る。</w:t></w:r>",
        '一つ目の文。</w:t></w:r><w:del w:id="9"><w:r><w:delText>市は、計画を作る。</w:delText></w:r></w:del><w:ins w:id="10"><w:r><w:t>市は、計画を改める。</w:t></w:r></w:ins><w:r><w:rPr><w:strike/></w:rPr><w:t>不要な字</w:t></w:r>',
      ),
    ),
  );
  expect(tracked.answers[0]).toMatchObject({
    ...{ state: "changed", text: "一つ目の文。市は、計画を改める。" },
    told: ["取消線の字は、消したものとして読みました。"],
  });
  const comment = new TextEncoder().encode(
    '<w:comments xmlns:w="x"><w:comment w:id="7"><w:p><w:r><w:t>この文は古いです。</w:t></w:r></w:p></w:comment></w:comments>',
  );
  const parts = openZip(
    edited(inquiryWord(paper), {
      "word/document.xml": (xml) =>
        xml.replace(
          "市は、計画を作る。</w:t></w:r>",
          (all) => `${all}<w:r><w:commentReference w:id="7"/></w:r>`,
        ),
      "word/_rels/document.xml.rels": (xml) =>
        xml.replace(
          "</Relationships>",
          '<Relationship Id="rc" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>',
        ),
    }),
  );
  const noted = answers(new Uint8Array(writeZip(parts.set("word/comments.xml", comment))));
  expect(noted.answers[0]).toMatchObject({ state: "opinion", remark: "コメント: この文は古いです。" });

  // 文のます目を下へ結合し、三つ目の行を消す。
  const rows = (xml: string) => xml.match(/<w:tr>[\s\S]*?<\/w:tr>|<w:tr [\s\S]*?<\/w:tr>/g) ?? [];
  const merged = answers(
    word((xml) => {
      const [, , second = "", third = ""] = rows(xml);
      const at = second.indexOf("二つ目の文");
      const cell = second.lastIndexOf("<w:tcPr>", at);
      const joined = `${second.slice(0, cell)}<w:tcPr><w:vMerge/>${second.slice(cell + "<w:tcPr>".length)}`;
      return xml.replace(third, "").replace(second, joined);
    }),
  );
  expect(merged.states).toEqual(["p1 same", "m06.p2 broken"]);
  expect(merged.answers[0]?.told).toEqual(["下の行と、文のます目が結合されています。"]);

  const headless = answers(
    word((xml) => xml.replace(rows(xml)[0] ?? "", "").replace("計画を作る", "計画を作り直す")),
  );
  expect(headless.states).toEqual(["p1 changed", "m06.p2 same", "s1-1 same"]);
});

test("3(1)(ｱ) Excel: 行を移す・増やす、列を足す、列を消す、ます目を結合する、コメントだけで答える", () => {
  const rows = (xml: string) => xml.match(/<row [\s\S]*?<\/row>/g) ?? [];
  const book = (change: (xml: string) => string) => edited(inquiryWorkbook(paper), { [sheetPart]: change });
  const at = (row: string, number: number) =>
    row.replace(/<row r="\d+"/, `<row r="${number}"`).replace(/r="([A-Z]+)\d+"/g, `r="$1${number}"`);
  const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  // 一つ目の行を末尾に移し、文を変えた写しを足し、「修正案」と「担当」の列を足す。
  const moved = answers(
    book((xml) => {
      const [, , , head = "", first = "", second = ""] = rows(xml);
      const copy = at(first, 21).replace("市は、計画を作る。", "市は、計画を作らない。");
      return xml
        .replace(first, "")
        .replace("</sheetData>", `${at(first, 20)}${copy}</sheetData>`)
        .replace(head, head.replace("</row>", `${cell("E4", "修正案")}${cell("F4", "担当")}</row>`))
        .replace(
          second,
          second.replace("</row>", `${cell("E6", "二つ目の案。")}${cell("F6", "企画係")}</row>`),
        );
    }),
    "x.xlsx",
  );
  expect(moved.states).toEqual(["m06.p2 changed", "s1-1 same", "p1 same", "p1 changed"]);
  expect(moved.answers[0]).toMatchObject({ text: "二つ目の案。", remark: "担当: 企画係" });
  expect(moved.answers[3]?.text).toBe("一つ目の文。市は、計画を作らない。");

  const dropped = answers(
    book((xml) =>
      xml.replace(/<c r="A[4-9]"[\s\S]*?(?:<\/c>|\/>)/g, "").replace("計画を作る", "計画を作り直す"),
    ),
    "x.xlsx",
  );
  expect(dropped.states).toEqual(["p1 changed", "m06.p2 same", "s1-1 same"]);

  const merged = answers(
    book((xml) =>
      xml
        .replace(/<c r="C6"[\s\S]*?<\/c>/, "")
        .replace("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C5:C6"/></mergeCells>'),
    ),
    "x.xlsx",
  );
  expect(merged.states).toEqual(["p1 same", "m06.p2 broken", "s1-1 same"]);

  const struck = answers(
    book((xml) =>
      xml.replace(
        /<c r="C5"[\s\S]*?<\/c>/,
        '<c r="C5" t="inlineStr"><is><r><t>一つ目の文。</t></r><r><rPr><strike/></rPr><t>市は、計画を作る。</t></r><r><t>市は改める。</t></r></is></c>',
      ),
    ),
    "x.xlsx",
  );
  expect(struck.answers[0]).toMatchObject({ state: "changed", text: "一つ目の文。市は改める。" });

  const parts = openZip(inquiryWorkbook(paper));
  const bytes = (text: string) => new TextEncoder().encode(text);
  parts.set(
    "xl/worksheets/_rels/sheet1.xml.rels",
    bytes(
      '<Relationships><Relationship Id="r" Type="x/comments" Target="../comments1.xml"/></Relationships>',
    ),
  );
  parts.set(
    "xl/comments1.xml",
    bytes(
      '<comments><commentList><comment ref="C6"><text><r><t>数を確かめて</t></r></text></comment></commentList></comments>',
    ),
  );
  expect(answers(new Uint8Array(writeZip(parts)), "x.xlsx").answers[1]).toMatchObject({
    ...{ block: "m06.p2", state: "opinion", remark: "コメント: 数を確かめて" },
  });
});

test("3(1)(ｱ) 文の欄が空、削ると書く、原案どおりと書く: 直しにせず、意見として見せる", () => {
  const csv = (rows: string[][]) =>
    new TextEncoder().encode(
      [["部分の印", "場所", "原稿の文", "意見・理由"], ...rows].map((row) => row.join(",")).join("\n"),
    );
  const found = answers(
    csv([
      ["p1", "", "", ""],
      ["m06.p2", "", "（削除）", "別の章にあるため"],
      ["s1-1", "", "原案のとおりで結構です", "意見なし"],
      ["", "", "", ""],
      ["zz", "", "", "なし"],
    ]),
    "回答.csv",
  );
  expect(found.states).toEqual(["p1 opinion", "m06.p2 opinion", "s1-1 same"]);
  expect(found.answers[0]?.told).toEqual(["文の欄が空で返りました。削る意味か、部署にお確かめください。"]);
  expect(found.answers[1]?.remark).toBe("（削除）\n別の章にあるため");
  expect(found.extra).toEqual([]);
});

test("開けないもの、よその文書は、どうすればよいかを一文で断る", () => {
  const ole = (word: string) =>
    new Uint8Array([
      ...[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
      ...new Uint8Array(512),
      ...Buffer.from(word, "utf16le"),
    ]);
  const said = (bytes: Uint8Array, name: string) => {
    try {
      readInquiry(bytes, name, known);
      return "";
    } catch (cause) {
      return cause instanceof Error ? cause.message : "";
    }
  };
  expect(said(ole("EncryptedPackage"), "a.xlsx")).toContain("パスワードを外して");
  expect(said(ole("WordDocument"), "a.docx")).toContain("古い Word（.doc）");
  expect(said(ole("Workbook"), "a.xls")).toContain("古い Excel（.xls）");
  expect(said(new TextEncoder().encode("%PDF-1.7"), "a.docx")).toContain("PDF なので");
  expect(said(new Uint8Array(), "a.docx")).toContain("空です");
  expect(said(new Uint8Array(writeZip(new Map([["回答.docx", new Uint8Array(3)]]))), "a.zip")).toContain(
    "包んだもの",
  );
  const other = readFileSync(new URL("../testing/postcard-braces.docx", import.meta.url));
  expect(said(new Uint8Array(other), "よそ.docx")).toContain("表が見つかりません");
});
