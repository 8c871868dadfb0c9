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

test("3(1)(ｱ) PowerPoint は、読み込めないことと、代わりにすることを言う", async () => {
  const pptx = writeZip(new Map([["ppt/presentation.xml", bytes("<p/>")]]));
  await expect(readPlanFile(pptx)).rejects.toThrow("PowerPoint は読み込めません");
});
