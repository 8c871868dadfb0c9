import { afterEach, beforeEach, expect, test } from "vitest";
import { writeZip } from "../office/zip.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { buildPlan } from "./build-plan.ts";
import { listPlanComments } from "./comment-block.ts";
import { listPlanBlocks } from "./read-plan.ts";
import { readPlanFile } from "./read-plan-file.ts";
import { takeGivenPlan } from "./take-given-plan.ts";

// .odt と .rtf は、本物の LibreOffice（soffice）で Word に直す。

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const take = async (file: Uint8Array, name: string) =>
  takeGivenPlan(desk.office, desk.actor("p", "planner"), await readPlanFile(file, name));
const texts = async (id: string) =>
  (await listPlanBlocks(desk.office, desk.actor("p", "planner"), id)).map(({ text }) => text);

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const rels = (inner: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
function word(body: string): Uint8Array {
  const parts = {
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": rels(`<Relationship Id="r" Type="${kinds}/officeDocument" Target="word/document.xml"/>`),
    "word/document.xml": `<w:document ${w}><w:body>${body}</w:body></w:document>`,
  };
  return writeZip(new Map(Object.entries(parts).map(([name, xml]) => [name, bytes(xml)])));
}

test("3(1)(ｱ) よその Word から写せなかったものは、あった部分への書き込みになり、書き出したものには出ない", async () => {
  const line = (inner: string) => `<w:p>${inner}</w:p>`;
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const { id, losses } = await take(
    word(
      [
        line(run("第１章　総論")),
        line(
          `${run("人口は")}<w:del w:id="1"><w:r><w:delText>内緒の数</w:delText></w:r></w:del>${run("減った。")}<w:r><w:rPr><w:vanish/></w:rPr><w:t>内緒の文</w:t></w:r>`,
        ),
      ].join(""),
    ),
    "計画",
  );
  expect(losses.length).toBeGreaterThan(1);
  const comments = await listPlanComments(desk.office, desk.actor("p", "planner"), id);
  const place = (await listPlanBlocks(desk.office, desk.actor("p", "planner"), id)).find(({ text }) =>
    text.includes("人口は減った。"),
  );
  const told = comments.find(({ block }) => block === place?.id);
  expect(told).toMatchObject({ open: true, text: expect.stringContaining("「内緒の数」を消し") });
  const made = await buildPlan(desk.office, desk.actor("p", "planner"), id, "html");
  const html = new TextDecoder().decode(made.bytes);
  expect(html).toContain("人口は減った。");
  expect(html).not.toContain("内緒");
});

test("3(1)(ｱ) OpenDocument（.odt）とリッチテキスト（.rtf）も、そのまま取り込める", async () => {
  const office = "urn:oasis:names:tc:opendocument:xmlns";
  const odt = writeZip(
    new Map(
      Object.entries({
        mimetype: "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="${office}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
        "content.xml": `<office:document-content xmlns:office="${office}:office:1.0" xmlns:text="${office}:text:1.0" office:version="1.2"><office:body><office:text><text:h text:outline-level="1">第１章　総論</text:h><text:p>町の文である。</text:p></office:text></office:body></office:document-content>`,
      }).map(([name, text]) => [name, bytes(text)]),
    ),
  );
  const read = await take(odt, "計画");
  expect(await texts(read.id)).toEqual(expect.arrayContaining(["町の文である。"]));
  expect(read.losses.map(({ message }) => message).join()).toContain(
    "OpenDocument（.odt）を、LibreOffice で",
  );
  const rtf = bytes("{\\rtf1\\ansi Plan text.\\par}");
  expect(await texts((await take(rtf, "計画")).id)).toEqual(["Plan text."]);
}, 120_000);

test.each([
  ["PDF", "%PDF-1.7", "PDF の字は"],
  ["ただの文", "計画", "原稿の一式（.zip）でも、Word（.docx）でもありません"],
])("3(1)(ｱ) 読み込めないものは、わけと、することを言う: %s", async (_, text, why) => {
  await expect(readPlanFile(bytes(text))).rejects.toThrow(why);
});

test("3(1)(ｳ) PowerPoint の概要版は、題を見出しに、文・箇条・表を順に写し、ノートと隠したスライドは言って写さない", async () => {
  const a = 'xmlns:a="a" xmlns:p="p" xmlns:r="r"';
  const line = (text: string, look = "") => `<a:p><a:pPr>${look}</a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const box = (holder: string, inner: string) =>
    `<p:sp><p:nvSpPr><p:nvPr>${holder === "" ? "" : `<p:ph type="${holder}"/>`}</p:nvPr></p:nvSpPr><p:txBody>${inner}</p:txBody></p:sp>`;
  const cell = (text: string, merge = "") => `<a:tc ${merge}><a:txBody>${line(text)}</a:txBody></a:tc>`;
  const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell("区分", 'gridSpan="2"')}${cell("", 'hMerge="1"')}</a:tr><a:tr>${cell("人口")}${cell("3万")}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const slide = (inner: string, show = "1") =>
    `<p:sld ${a} show="${show}"><p:cSld><p:spTree>${inner}</p:spTree></p:cSld></p:sld>`;
  const slides = [
    slide(box("ctrTitle", line("港町ICT計画 概要版")) + box("subTitle", line("令和7年3月"))),
    slide(
      `${box("title", line("計画のねらい"))}${box("body", line("便利に") + line("やさしく"))}${box("", line("自由に置いた文。"))}${table}${box("sldNum", line("2"))}`,
    ),
    slide(box("title", line("内緒の案")), "0"),
  ];
  const pptx = writeZip(
    new Map(
      Object.entries({
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": `<p:presentation ${a}><p:sldIdLst>${slides.map((_, at) => `<p:sldId r:id="s${at}"/>`).join("")}</p:sldIdLst></p:presentation>`,
        "ppt/_rels/presentation.xml.rels": rels(
          slides
            .map((_, at) => `<Relationship Id="s${at}" Type="${kinds}/slide" Target="slides/s${at}.xml"/>`)
            .join(""),
        ),
        ...Object.fromEntries(slides.map((xml, at) => [`ppt/slides/s${at}.xml`, xml])),
        "ppt/slides/_rels/s1.xml.rels": rels(
          `<Relationship Id="n" Type="${kinds}/notesSlide" Target="../notes/n.xml"/>`,
        ),
        "ppt/notes/n.xml": slide(box("body", line("話すこと"))),
      }).map(([name, text]) => [name, bytes(text)]),
    ),
  );
  const { id, title, losses } = await take(pptx, "計画");
  expect(title).toBe("港町ICT計画 概要版");
  const all = (await texts(id)).map((text) => text.trim());
  expect(all.slice(0, 2)).toEqual(["計画のねらい", "- 便利に\n- やさしく"]);
  expect(all).toContain("自由に置いた文。");
  expect(all.at(-1)).toContain("| 区分 | << |");
  expect(all.join()).not.toContain("内緒の案");
  expect(losses.map(({ message }) => message)).toEqual([
    "2枚目: ノートは写していません（「話すこと」）。",
    "3枚目: 隠してあるスライドは写していません。",
  ]);
});
