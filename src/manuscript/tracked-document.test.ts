import fc from "fast-check";
import { expect, test } from "vitest";
import { writeWordDocument } from "../office/word-document.ts";
import { childOf, childrenOf, localName, parseXml, textOf, type XmlElement } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { trackedDocument } from "./tracked-document.ts";

const created = "2025-01-01T00:00:00.000Z";
const read = (chapter: string, more: Record<string, string> = {}) =>
  readManuscript(
    new Map(
      Object.entries({ "plan.yaml": "title: 計画", "01.md": chapter, ...more }).map(([name, text]) => [
        name,
        new TextEncoder().encode(text),
      ]),
    ),
  );

type Choice = "accept" | "reject";

/** 変更履歴を全部承諾した（元に戻した）あとの文書。段落の文と、表の行。書く側と別に作った、試験のための読み手。 */
function settled(docx: Uint8Array, choice: Choice): string[] {
  const [keep, drop] = choice === "accept" ? ["ins", "del"] : ["del", "ins"];
  const xml = parseXml(openZip(docx).get("word/document.xml") ?? new Uint8Array());
  const body = childOf(xml, "w:body");
  const has = (element: XmlElement | undefined, path: string[], name: string): boolean => {
    const [first, ...rest] = path;
    if (!element) return false;
    if (first === undefined) return childrenOf(element).some((one) => localName(one) === name);
    return has(
      childrenOf(element).find((one) => localName(one) === first),
      rest,
      name,
    );
  };
  const words = (element: XmlElement): string =>
    childrenOf(element)
      .map((one) => {
        const name = localName(one);
        if (name === drop) return "";
        if (name === keep || name === "r" || name === "hyperlink") return words(one);
        if (name === "t" || name === "delText") return textOf(one);
        if (name === "br") return "\n";
        if (name === "drawing") return "〔図〕";
        return "";
      })
      .join("");
  const out: string[] = [];
  let carried = "";
  for (const element of childrenOf(body as XmlElement)) {
    if (localName(element) === "p") {
      carried += words(element);
      // 終わりの印が消えれば、次の段落とつながる。
      if (has(element, ["pPr", "rPr"], drop)) continue;
      if (carried !== "") out.push(carried);
      carried = "";
    } else if (localName(element) === "tbl") {
      if (carried !== "") out.push(carried);
      carried = "";
      for (const row of childrenOf(element)) {
        if (localName(row) !== "tr" || has(row, ["trPr"], drop)) continue;
        out.push(
          childrenOf(row)
            .filter((cell) => localName(cell) === "tc")
            .map((cell) =>
              childrenOf(cell)
                .map((one) => words(one))
                .join(""),
            )
            .join("｜"),
        );
      }
    }
  }
  if (carried !== "") out.push(carried);
  return out;
}

const tracked = (a: string, b: string, more: [Record<string, string>, Record<string, string>] = [{}, {}]) =>
  writeWordDocument(trackedDocument(read(a, more[0]), read(b, more[1]), created));
const plain = (text: string, more: Record<string, string> = {}) =>
  settled(tracked(text, text, [more, more]), "accept");

const base = `# 策定 {#c1}

一つ目の段落です。市民の暮らしを支えます[^1]。

二つ目の段落です。手続を改めます。三つ目の文もあります。

[^1]: 市民調査による。

## 背景

- 一つ
- 二つ

表: 人口 {#t1}
| 年 | 人 |
|---|---|
| 令和５年 | 100 |
| 令和６年 | 90 |

# 施策 {#c2}

[[@c2]]の本文です。

:::measure {#m1 title="窓口" owner="企画課"}
取組の本文です。
:::

:::figure {#f1 title="図の題" data="data/x.csv" source="調査" alt="棒"}
:::
`;
const data = { "data/x.csv": "項目,値\nA,1\nB,2\n" };

test("3(1)(ｵ) 変更履歴を全部承諾すると後の版、全部元に戻すと前の版（分割、統合、移動、表、図、注、番号の変更）", () => {
  const after = base
    .replace("手続を改めます。三つ目", "手続を改めます。\n\n三つ目")
    .replace("市民調査による。", "市民調査（令和６年）による。")
    .replace("- 二つ", "- 二つ目\n- 三つ目")
    .replace("| 令和６年 | 90 |", "| 令和６年 | 91 |\n| 令和７年 | 80 |")
    .replace("# 施策 {#c2}", "# 新しい章 {#c9}\n\n新しい章の本文。\n\n# 施策 {#c2}")
    .replace('title="窓口"', 'title="窓口の改善"')
    .replace("## 背景\n", "## 背景と趣旨\n");
  const more = { "data/x.csv": "項目,値\nA,1\nB,3\n" };
  const docx = tracked(base, after, [data, more]);
  expect(settled(docx, "accept")).toEqual(plain(after, more));
  expect(settled(docx, "reject")).toEqual(plain(base, data));
  const xml = new TextDecoder().decode(openZip(docx).get("word/document.xml"));
  // 変わらない所には履歴を付けず、ほんとうに変わった字だけに付ける。
  expect(xml).toContain("一つ目の段落です。市民の暮らしを支えます");
  expect(xml).toMatch(/<w:ins [^>]*><w:r>[^/]*<w:t[^>]*>の改善<\/w:t>/);
  // 段落の分割は、終わりの印の挿入だけ。
  expect(xml).toMatch(
    /<w:rPr><w:ins [^>]*\/><\/w:rPr><\/w:pPr><w:r>(?:(?!<\/w:p>).)*手続を改めます。<\/w:t>/,
  );
  expect(xml).toMatch(/<w:trPr><w:cantSplit\/><w:ins [^>]*\/><\/w:trPr>/);
  // 番号の繰り下げも、字の履歴になる。
  expect(xml).toMatch(/<w:delText[^>]*>２<\/w:delText>/);
});

test("3(1)(ｵ) どんな二つの版でも、全部承諾で後、全部元に戻すで前になる", () => {
  const sentence = fc
    .array(
      fc.constantFrom(
        "市民の",
        "暮らしを",
        "支える。",
        "手続を",
        "改める。",
        "**太字**",
        "雪の日に",
        "[[@c1]]",
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((words) => words.join(""));
  const row = fc.tuple(fc.constantFrom("甲", "乙", "丙"), fc.constantFrom("1", "2", "30"));
  const block = fc.oneof(
    { weight: 4, arbitrary: sentence },
    { weight: 1, arbitrary: sentence.map((text) => `## ${text}`) },
    {
      weight: 1,
      arbitrary: fc
        .array(sentence, { minLength: 1, maxLength: 3 })
        .map((all) => all.map((one) => `- ${one}`).join("\n")),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(row, { minLength: 1, maxLength: 4 })
        .map(
          (rows) => `表: 表題\n| 名 | 値 |\n|---|---|\n${rows.map(([a, b]) => `| ${a} | ${b} |`).join("\n")}`,
        ),
    },
  );
  const whole = fc.array(block, { minLength: 1, maxLength: 8 });
  const text = (blocks: readonly string[]) => `# 章 {#c1}\n\n${blocks.join("\n\n")}\n`;
  fc.assert(
    fc.property(whole, fc.array(fc.tuple(fc.nat(), fc.nat(4), block), { maxLength: 5 }), (before, edits) => {
      const after = [...before];
      for (const [at, how, made] of edits) {
        const place = at % (after.length + 1);
        const one = after[place] ?? "";
        if (how === 0) after.splice(place, 0, made);
        else if (how === 1) after.splice(place, 1);
        else if (how === 2) after.splice(place, 1, made);
        else if (how === 3 && one !== "") after.splice(0, 0, ...after.splice(place, 1));
        else if (/^[^#|\-表]/.test(one)) after.splice(place, 1, ...one.split(/(?<=。)/).filter(Boolean));
      }
      if (after.length === 0) after.push("残る文。");
      const docx = tracked(text(before), text(after));
      expect(settled(docx, "accept")).toEqual(plain(text(after)));
      expect(settled(docx, "reject")).toEqual(plain(text(before)));
    }),
    { numRuns: 80 },
  );
}, 60_000);

test("3(1)(ｵ) 同じ大きさで終わりだけが違う写真も、替わったものとして履歴が付く", () => {
  const png = (last: number) => {
    const bytes = new Uint8Array(6000);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    bytes.set([0, 0, 0, 9, 0, 0, 0, 9], 16);
    bytes[5999] = last;
    return bytes;
  };
  const plan = (last: number) => {
    const made = read('::: photo {#p1 title="庁舎" src="a.png" alt="庁舎" rights="市"}\n:::');
    return { ...made, files: new Map([["a.png", png(last)]]) };
  };
  const marks = (a: number, b: number) =>
    trackedDocument(plan(a), plan(b), created).blocks.flatMap((one) =>
      one.kind === "image" ? [one.tracked] : [],
    );
  expect(marks(1, 1)).toEqual([undefined]);
  expect(marks(1, 2)).toEqual(["deleted", "inserted"]);
});
