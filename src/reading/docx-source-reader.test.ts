import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { writeZip } from "../office/zip.ts";
import { formatNumber } from "./docx-mark.ts";
import { readDocxSource } from "./docx-source-reader.ts";
import { readSpecFile } from "./read-spec-file.ts";

const ns =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function docx(body: string, more: Record<string, string> = {}): Uint8Array {
  const files: Record<string, string> = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${relation}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `<w:document ${ns}><w:body>${body}</w:body></w:document>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.keys(
      more,
    )
      .map((name, at) => `<Relationship Id="r${at}" Type="${relation}/${name}" Target="${name}.xml"/>`)
      .join("")}</Relationships>`,
  };
  for (const [name, xml] of Object.entries(more)) files[`word/${name}.xml`] = xml;
  return writeZip(new Map(Object.entries(files).map(([name, xml]) => [name, new TextEncoder().encode(xml)])));
}

function p(text: string, props = ""): string {
  return `<w:p>${props === "" ? "" : `<w:pPr>${props}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

function listed(text: string, level: number, list = "1"): string {
  return p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
}

const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = `<w:numbering ${ns}><w:abstractNum w:abstractNumId="0">${level(0, "decimalFullWidth", "第%1")}${level(1, "decimal", "(%2)")}${level(2, "aiueoFullWidth", "%3")}${level(3, "decimalEnclosedCircle", "%4")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>`;

test("自動の番号を文字にして、条項の道にする（様式から付く番号も）", async () => {
  const styles = `<w:styles ${ns}><w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="H2"><w:basedOn w:val="H"/></w:style></w:styles>`;
  const body = [
    p("業務の内容", '<w:pStyle w:val="H2"/>'),
    listed("受付", 1),
    listed("受託者は、電話を受け付け、速やかに記録すること。", 2),
    listed("受託者は、名簿を作成すること。", 2),
    listed("発送", 1),
    listed("受託者は、通知書を発送しなければならない。", 2),
    p("その他", '<w:pStyle w:val="H"/>'),
    listed("雑則", 1),
  ].join("");
  const { clauses, obligations } = await readSpecFile(docx(body, { numbering, styles }));
  expect(clauses.map((one) => one.number)).toEqual([
    "第1",
    "第1(1)",
    "第1(1)ア",
    "第1(1)イ",
    "第1(2)",
    "第1(2)ア",
    "第2",
    "第2(1)",
  ]);
  expect(obligations.map((one) => [one.clause, one.verb, one.due.kind])).toEqual([
    ["第1(1)ア", "受け付ける", "none"],
    ["第1(1)ア", "記録", "immediate"],
    ["第1(1)イ", "作成", "none"],
    ["第1(2)ア", "発送", "none"],
  ]);
});

test("変更履歴の削除とふりがなを読まず、挿入と脚注と文字枠を読む", () => {
  const body = `<w:p><w:r><w:t>１ 受託者は、</w:t></w:r><w:del><w:r><w:delText>毎日</w:delText></w:r></w:del><w:ins><w:r><w:t>毎月</w:t></w:r></w:ins><w:r><w:ruby><w:rt><w:r><w:t>ほうこく</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>報告</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>すること。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${p("枠の中")}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${p("枠の中")}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
  const footnotes = `<w:footnotes ${ns}><w:footnote w:id="2">${p("書面による。")}</w:footnote></w:footnotes>`;
  const { lines } = readDocxSource(docx(body, { footnotes }));
  expect(lines.map((line) => line.text)).toEqual([
    "１ 受託者は、毎月報告すること。",
    "書面による。",
    "枠の中",
  ]);
});

test("表は行ごとに読み、成果物の表から期限つきの義務を作る", async () => {
  const row = (...cells: string[]) =>
    `<w:tr>${cells.map((cell) => `<w:tc>${p(cell)}</w:tc>`).join("")}</w:tr>`;
  const table = `<w:tbl>${row("成果物", "形式", "提出期限")}${row("実施計画書", "Word", "契約締結後１４日以内")}${row("最終報告書", ".pdf", "令和８年３月中旬（予定）")}</w:tbl>`;
  const { obligations } = await readSpecFile(docx(p("１　成果物") + table));
  expect(obligations).toMatchObject([
    {
      clause: "1",
      verb: "提出",
      object: "実施計画書",
      format: "Word",
      due: { kind: "relative", text: "契約締結後１４日以内" },
    },
    {
      clause: "1",
      verb: "提出",
      object: "最終報告書",
      format: ".pdf",
      due: { kind: "absolute", date: "2026-03-20" },
    },
  ]);
});

test("二段組みの囲み（項目と内容の表）の文からも義務を読む", async () => {
  const table = `<w:tbl><w:tr><w:tc>${p("秘密の保持")}</w:tc><w:tc>${p("受託者は、知り得た秘密を漏らしてはならない。")}${p("違反したときは、直ちに報告すること。")}</w:tc></w:tr></w:tbl>`;
  const { obligations } = await readSpecFile(docx(p("１　条件") + table));
  expect(obligations.map((one) => [one.verb, one.prohibited ?? false, one.due.kind])).toEqual([
    ["漏らす", true, "none"],
    ["報告", false, "immediate"],
  ]);
});

test("番号の書式", () => {
  expect(formatNumber(12, "japaneseCounting")).toBe("十二");
  expect(formatNumber(3, "iroha")).toBe("ハ");
  expect(formatNumber(9, "upperRoman")).toBe("IX");
  expect(formatNumber(12, "decimalFullWidth")).toBe("１２");
});

test("Word 文書でない ZIP、古い Word、空のファイルは、文で断る", async () => {
  const zip = writeZip(new Map([["a.txt", new TextEncoder().encode("x")]]));
  await expect(readSpecFile(zip)).rejects.toThrow(AppError);
  await expect(readSpecFile(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).rejects.toThrow(/古い Word/);
  await expect(readSpecFile(new Uint8Array())).rejects.toThrow(/文字がありません/);
});
