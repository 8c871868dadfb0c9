import { expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { buildPlanFile } from "./build-plan-file.ts";
import { mergeCells } from "./table-merge.ts";

test("3(1)(ｷ) 「<<」は左、「^^」は上のます目の続き。続く先のない印は、空のます目", () => {
  const [first, second, third] = mergeCells([
    ["a", "<<", "b"],
    ["^^", "c", "d"],
    ["e", "^^", "^^"],
  ]);
  expect(first?.map(({ span, covered }) => [span, covered])).toEqual([
    [2, undefined],
    [1, "left"],
    [1, undefined],
  ]);
  // 横に結合したます目の下へは、続けられない。
  expect(second?.[0]).toMatchObject({ text: "", down: 1 });
  expect(second?.[1]).toMatchObject({ down: 2 });
  expect(third?.map(({ covered }) => covered)).toEqual([undefined, "above", "above"]);
  expect(mergeCells([["<<", "x"]])[0]?.[0]).toMatchObject({ text: "", span: 1 });
});

test("3(1)(ｷ) 結合した表は、Word・PowerPoint・HTML のどれでも結合のまま", async () => {
  const table =
    "表: 組織 {#t}\n| 部 | 課 | 人数 | << |\n|---|---|---|---|\n| 総務 | 総務 | 3 | 4 |\n| ^^ | 人事 | 5 | 6 |\n";
  const files = new Map([
    ["plan.yaml", new TextEncoder().encode("title: 題")],
    ["a.md", new TextEncoder().encode(`# 章\n\n${table}`)],
  ]);
  const built = await buildPlanFile(files, ["docx", "pptx", "html"], "2025-01-01T00:00:00.000Z", {
    noPages: true,
  });
  const [docx, pptx, html] = built.files.map(({ bytes }) => bytes);
  const part = (zip: Uint8Array | undefined, name: RegExp) =>
    [...openZip(zip ?? new Uint8Array())]
      .filter(([path]) => name.test(path))
      .map(([, body]) => new TextDecoder().decode(body))
      .join("");
  const word = part(docx, /^word\/document\.xml$/);
  expect(word).toContain('<w:gridSpan w:val="2"/>');
  expect(word.match(/<w:vMerge/g)).toHaveLength(2);
  const slides = part(pptx, /^ppt\/slides\/slide\d+\.xml$/);
  expect(slides).toMatch(/gridSpan="2"/);
  expect(slides).toMatch(/rowSpan="2"/);
  const web = new TextDecoder().decode(html);
  expect(web).toMatch(/<th scope="colgroup" colspan="2">人数<\/th>/);
  expect(web).toMatch(/<th scope="rowgroup" rowspan="2">総務<\/th>/);
  expect(web).not.toContain("^^");
});
