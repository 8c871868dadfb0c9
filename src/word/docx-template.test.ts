import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { lines, merge, one } from "../testing/merge-fixture.ts";
import {
  field,
  mergeField,
  paragraph,
  postcardSection,
  run,
  textBox,
  wordFile,
} from "../testing/word-fixture.ts";
import { compileTemplate } from "./docx-template.ts";

const person = { 氏名: "髙橋　一郎", 会場: "北区民センター", 区分: "講習会" };
const proof = (type: string) => `<w:proofErr w:type="${type}"/>`;
const control = (inner: string, more = "") =>
  `<w:sdt><w:sdtPr>${more}<w:id w:val="77"/></w:sdtPr><w:sdtContent>${inner}</w:sdtContent></w:sdt>`;

describe("6(2)オ 見たことのない書き方のひな形", () => {
  test("校正の印・しおり・改訂の番号で切れた差込みも、波括弧も、全角の波括弧も埋まる", () => {
    const split = [
      proof("spellStart"),
      run("｛氏"),
      proof("spellEnd"),
      '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>',
      run("名｝", "<w:lang/>"),
    ].join("");
    const cut = field([" MERGE", "FIELD ", "会", "場 "], "«会場»");
    const mixed = [run("{会"), proof("gramStart"), run("場}")].join("");
    expect(one(wordFile({ body: paragraph(split) + paragraph(mixed) }), person)).toEqual([
      "髙橋　一郎",
      "北区民センター",
    ]);
    const marked = cut.replace("</w:r><w:r>", `</w:r>${proof("gramEnd")}<w:r>`);
    expect(one(wordFile({ body: paragraph(marked) }), person)).toEqual(["北区民センター"]);
  });

  test("段落・行・ますの内容コントロールの中、鍵のかかったもの、その入れ子でも埋まる", () => {
    const locked = control(paragraph(mergeField("氏名")), '<w:lock w:val="sdtContentLocked"/>');
    const inline = paragraph(control(control(mergeField("会場"))));
    const { xml } = merge(wordFile({ body: locked + inline }), [person, { ...person, 氏名: "二人目" }]);
    expect(lines(xml).filter((line) => line !== "")).toEqual([
      "髙橋　一郎",
      "北区民センター",
      "二人目",
      "北区民センター",
    ]);
    const ids = [...xml.matchAll(/<w:id w:val="(-?\d+)"\/>/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("ヘッダーとフッターとテキストボックスの中の、入れ子の IF も人ごとに解ける", () => {
    const inner = field([' IF "', mergeField("会場"), '" = "北*" "北" "南" ']);
    const nested = field([' IF "', mergeField("区分"), '" = "講習会" "', inner, '" "相談" ']);
    const made = merge(
      wordFile({
        body: paragraph(textBox(paragraph(nested), 3)),
        section: `<w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>${postcardSection}`,
        headers: { rIdH: paragraph(nested) },
        footers: { rIdF: paragraph(nested) },
      }),
      [person, { ...person, 会場: "白石" }, { ...person, 区分: "相談会" }],
    );
    const seen = (kind: RegExp) =>
      [...made.parts]
        .filter(([name]) => kind.test(name))
        .map(([, xml]) => lines(xml).join(""))
        .filter((text) => text !== "");
    for (const kind of [/header[^/]*\.xml$/, /footer[^/]*\.xml$/])
      for (const text of ["北", "南", "相談"]) expect(seen(kind)).toContain(text);
    const boxes = lines(made.xml).filter((line) => line.trim() !== "");
    expect(new Set(boxes)).toEqual(new Set(["北", "南", "相談"]));
    expect([...made.parts.values()].join("")).not.toMatch(/fldChar|MERGEFIELD/);
  });

  test("改訂履歴の中の差込みも埋まり、消した側の命令は残さない", () => {
    const tracked = `<w:ins w:id="9" w:author="市" w:date="2025-07-01T00:00:00Z">${mergeField("氏名")}</w:ins>`;
    const text = one(wordFile({ body: paragraph(tracked) }), person).join("");
    expect(text).toContain("髙橋　一郎");
  });

  test("Strict で保存された文書、別の形式のファイルは、埋まるか、わけを言って断る", () => {
    const base = wordFile({ body: paragraph(mergeField("氏名")) });
    const strict = new Map(
      [...openZip(base)].map(([name, bytes]) => {
        const text = new TextDecoder().decode(bytes);
        const moved = text
          .replaceAll(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
          )
          .replaceAll(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
          );
        return [name, new TextEncoder().encode(moved)];
      }),
    );
    expect(one(writeZip(strict), person)).toEqual(["髙橋　一郎"]);
    for (const text of ["{\\rtf1 氏名}", "\u00d0\u00cf\u0011\u00e0", "<html>氏名</html>", ""])
      expect(() => compileTemplate(Buffer.from(text, "latin1"))).toThrow(AppError);
  });
});
