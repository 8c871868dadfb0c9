import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { writeZip } from "../office/zip.ts";
import { buildPlanFile } from "./build-plan-file.ts";
import { allBlocks, type ManuscriptBlock } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { readPlanFolder } from "./read-plan-folder.ts";
import { readWordManuscript } from "./word-manuscript-reader.ts";
import { readWordPlan } from "./word-plan-reader.ts";
import { writeManuscript } from "./write-manuscript.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** 本文と様式から、小さな Word を作る。 */
function word(body: string, more: Record<string, string> = {}): Uint8Array {
  const relation = (kind: string) =>
    `<Relationship Id="${kind}" Type="${type}/${kind}" Target="${kind}.xml"/>`;
  const rels = (inner: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const parts = new Map([
    [
      "[Content_Types].xml",
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ],
    ["_rels/.rels", rels(`<Relationship Id="r" Type="${type}/officeDocument" Target="word/document.xml"/>`)],
    ["word/_rels/document.xml.rels", rels(Object.keys(more).map(relation).join(""))],
    ["word/document.xml", `<w:document ${w}><w:body>${body}</w:body></w:document>`],
    ...Object.entries(more).map(([kind, xml]): [string, string] => [`word/${kind}.xml`, xml]),
  ]);
  return new Uint8Array(writeZip(new Map([...parts].map(([name, xml]) => [name, bytes(xml)]))));
}
const run = (text: string, bold = false) =>
  `<w:r>${bold ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (inner: string, properties = "") => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`;
const style = (id: string) => `<w:pStyle w:val="${id}"/>`;
const told = (blocks: readonly ManuscriptBlock[]) =>
  blocks.map((one) =>
    one.kind === "heading"
      ? `${"#".repeat(one.level)} ${one.text}`
      : one.kind === "table"
        ? [one.caption, one.header, ...one.rows].join("/")
        : one.kind === "list"
          ? `${one.ordered ? "1" : "-"} ${one.items.join("/")}`
          : "text" in one
            ? one.text
            : one.kind,
  );

const styles = `<w:styles ${w}>
<w:style w:styleId="a1"><w:name w:val="見出し 1"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="a2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="sub"><w:name w:val="章見出し"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="cap"><w:name w:val="caption"/></w:style>
<w:style w:styleId="ti"><w:name w:val="Title"/></w:style></w:styles>`;
const numbering = `<w:numbering ${w}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`;
const footnotes = `<w:footnotes ${w}><w:footnote w:id="2">${p(run("統計書による。"))}</w:footnote></w:footnotes>`;

test("3(1)(ｱ) ほかの Word の見出し・箇条・表・脚注を写し、目次と消した文字と番号は写さない", () => {
  const cell = (text: string, span = "") => `<w:tc><w:tcPr>${span}</w:tcPr>${p(run(text))}</w:tc>`;
  const read = readWordPlan(
    word(
      [
        p(run("松風市情報化計画"), style("ti")),
        p(run("第１章 総論 …… 3"), style("toc")),
        p(run("総論"), style("sub")),
        p(run("１　背景"), style("a2")),
        p(
          `${run("人口が")}<w:del>${run("増えて")}</w:del><w:ins>${run("減って")}</w:ins>${run("いる")}<w:r><w:footnoteReference w:id="2"/></w:r>${run("。")}`,
        ),
        p(run("窓口"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
        p(run("手続"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
        p(run("表１　上位計画"), style("cap")),
        `<w:tbl><w:tr>${cell("計画")}${cell("期間", '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell("総合計画")}${cell("平成30年度")}${cell("令和9年度")}</w:tr></w:tbl>`,
        p(run("資料１　用語集"), style("a1")),
      ].join(""),
      { styles, numbering, footnotes },
    ),
  );
  expect(read.meta).toMatchObject({ title: "松風市情報化計画", numbering: ["第{N}章", "{N}", "", ""] });
  expect(told(read.blocks)).toEqual([
    ...["# 総論", "## 背景", "人口が減っている[^n2]。", "- 窓口/手続"],
    ...["上位計画/計画,期間,<</総合計画,平成30年度,令和9年度", "# 用語集"],
  ]);
  expect(read.blocks.at(-1)).toMatchObject({ annex: true });
  expect(read.footnotes).toEqual(new Map([["n2", "統計書による。"]]));
  const again = readManuscript(writeManuscript(read));
  expect(told(again.blocks)).toEqual(told(read.blocks));
  expect(again.warnings).toEqual([]);
});

test("3(1)(ｱ) 図の名は上の図に、表の名は下の表に結び、結ぶ先のない名と、番号で始まる文は、文として残る", () => {
  const cell = (text: string, properties = "") =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${p(run(text))}</w:tc>`;
  const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;
  const read = readWordPlan(
    word(
      [
        p(run("現状"), style("sub")),
        p(run("表１　利用率")),
        p(run("単位：％")),
        `<w:tbl>${row(cell("区分", '<w:gridSpan w:val="2"/>'), cell("値"))}`,
        `${row(cell("利用", '<w:vMerge w:val="restart"/>'), cell("毎日"), cell("95"))}${row(cell("", "<w:vMerge/>"), cell("週"), cell("3"))}</w:tbl>`,
        p(run("図２を参照。")),
        p(run("図３　どこにもない図"), style("cap")),
        p(run("おわりの文である。ここで名は文に戻る。これより後に図はないので、結ぶ先もない。")),
      ].join(""),
      { styles },
    ),
  );
  expect(told(read.blocks)).toEqual([
    ...[
      "# 現状",
      "単位：％",
      "利用率/区分,<<,値/利用,毎日,95/^^,週,3",
      "図２を参照。",
      "図３　どこにもない図",
    ],
    "おわりの文である。ここで名は文に戻る。これより後に図はないので、結ぶ先もない。",
  ]);
});

test("3(1)(ｱ) 写せなかったものは、ところを言い、隠し文字と消した字は入らず、手で打たれた目次は写さない", () => {
  const text = (one: string, properties = "") => `<w:r><w:rPr>${properties}</w:rPr><w:t>${one}</w:t></w:r>`;
  const comments = `<w:comments ${w}><w:comment w:id="0" w:author="田中">${p(run("要確認"))}</w:comment></w:comments>`;
  const endnotes = `<w:endnotes ${w}><w:endnote w:id="1">${p(run("文末の注。"))}</w:endnote></w:endnotes>`;
  const header = `<w:hdr ${w}>${p(run("秘　検討中"))}</w:hdr>`;
  const deleted = '<w:del w:id="1" w:author="鈴木"><w:r><w:delText>減り</w:delText></w:r></w:del>';
  const read = readWordPlan(
    word(
      [
        p(run("目　次")),
        ...["総論", "背景"].map((one) => p(`<w:r><w:t>${one}</w:t><w:tab/><w:t>3</w:t></w:r>`)),
        p(run("総論"), style("sub")),
        p(
          `${run("人口は")}${deleted}<w:ins>${run("増え")}</w:ins>${text("内緒", "<w:vanish/>")}${run("た。")}<w:r><w:commentReference w:id="0"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>`,
        ),
        p("<w:r><w:drawing><a/></w:drawing></w:r>"),
      ].join(""),
      { styles, comments, endnotes, header },
    ),
  );
  expect(told(read.blocks)).toEqual(["# 総論", "人口は増えた。[^e1]"]);
  expect(read.footnotes).toEqual(new Map([["e1", "文末の注。"]]));
  const own = read.blocks.find((one) => one.kind === "paragraph")?.id;
  expect(read.warnings.filter(({ block }) => block === own).map(({ message }) => message)).toEqual([
    "変更履歴を承諾したものとして写しました（「減り」を消し、「増え」を足し）。",
    "隠し文字「内緒」は写していません。",
    "元の Word の書き込み: 「要確認」（田中）",
    "図形（矢印、線、絵）があり、写していません。図は、画像にして入れてください。",
  ]);
  expect(read.warnings.map(({ message }) => message).join()).toContain("「秘 検討中」は写していません");
});

test("3(1)(ｱ) 様式のない Word は、章・節の字と、番号のある太い一行を見出しにする", () => {
  const lines = [
    [run("麦の市情報化計画", true)],
    [run("令和３年３月")],
    [run("第１章　総論")],
    [run("１　背景", true)],
    [run("本文である。")],
    [run("１　太くない一行")],
    [run("第２章　各論")],
  ];
  const read = readWordPlan(word(lines.map(([one = ""]) => p(one)).join("")), "名のない計画");
  expect(told(read.blocks)).toEqual(["# 総論", "## 背景", "本文である。", "１　太くない一行", "# 各論"]);
  expect(read.meta).toMatchObject({ title: "麦の市情報化計画", date: "令和３年３月" });
});

test("3(1)(ｱ) デモの計画の Word を読み戻すと、章と節、図の値、脚注がそのまま戻る", async () => {
  const files = await readPlanFolder(new URL("../../samples/plan", import.meta.url).pathname);
  const original = readManuscript(files);
  const built = await buildPlanFile(files, ["docx"], "2025-01-14T01:00:00Z");
  const read = readWordPlan(built.files[0]?.bytes ?? new Uint8Array());
  const heads = (blocks: readonly ManuscriptBlock[]) =>
    blocks.flatMap((one) => (one.kind === "heading" && one.level < 3 ? [one.text] : []));
  const wanted = heads(allBlocks(original.blocks)).filter((one) => !/^施策/.test(one));
  const found = new Set(heads(read.blocks));
  expect(wanted.filter((one) => !found.has(one))).toEqual([]);
  const { title, subtitle, author, date } = original.meta;
  expect(read.meta).toMatchObject({ title, subtitle, author, date });
  const figures = (blocks: readonly ManuscriptBlock[]) =>
    allBlocks(blocks).filter((one) => one.kind === "figure" && one.data !== "").length;
  expect(figures(read.blocks)).toBeGreaterThan(10);
  // 注は、使うたびに一つの脚注になる（調べた資料を指す注も）。
  const used = [...files].flatMap(([name, body]) =>
    name.endsWith(".md") ? (new TextDecoder().decode(body).match(/\[\^[^\]\s]+\](?!:)/g) ?? []) : [],
  );
  expect(read.footnotes.size).toBe(used.length);
  expect(readManuscript(writeManuscript(read)).warnings).toEqual([]);
});

test.each([
  ["空のファイル", new Uint8Array()],
  ["PDF", bytes("%PDF-1.7")],
  ["文のない Word", word("<w:sectPr/>")],
  ["ほかの zip", new Uint8Array(writeZip(new Map([["a.txt", bytes("a")]])))],
])("3(1)(ｱ) 読めないものは、することを言って断る: %s", (_, file) => {
  expect(() => readWordPlan(file)).toThrow(AppError);
});

test("3(1)(ｱ) 繰り返しの枠の中の行を落とさず、消した行は読まない（写すときも、比べるときも）", () => {
  const row = (cells: string[], properties = "") =>
    `<w:tr><w:trPr>${properties}</w:trPr>${cells.map((one) => `<w:tc>${p(run(one))}</w:tc>`).join("")}</w:tr>`;
  const framed = (inner: string) => `<w:sdt><w:sdtPr/><w:sdtContent>${inner}</w:sdtContent></w:sdt>`;
  const made = word(
    [
      p(run("指標"), style("sub")),
      `<w:tbl><w:tblPr/>${row(["名", "値"])}${framed(row(["申請", "12"]))}`,
      `${row(["窓口", "3"], '<w:del w:id="1"/>')}`,
      `<w:tr>${framed(`<w:tc>${p(run("相談"))}</w:tc>`)}<w:tc>${p(run("4"))}</w:tc></w:tr></w:tbl>`,
    ].join(""),
    { styles },
  );
  const table = "名,値/申請,12/相談,4";
  expect(told(readWordPlan(made).blocks)).toEqual(["# 指標", `指標/${table}`]);
  expect(told(readWordManuscript(made, "a.docx").blocks)).toEqual(["# 指標", `/${table}`]);
});

test("3(1)(ｵ) 比べる Word も、元の様式から受けた見出しの段と、名で分かる目次を読む", () => {
  const made = word(
    [p(run("第１章 総論 …… 3"), style("21")), p(run("総論"), style("sub")), p(run("本文。"))].join(""),
    { styles: styles.replace('w:styleId="toc"', 'w:styleId="21"') },
  );
  expect(told(readWordManuscript(made, "a.docx").blocks)).toEqual(["# 総論", "本文。"]);
});
