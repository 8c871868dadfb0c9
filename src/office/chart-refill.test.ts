import { expect, test } from "vitest";
import { refillCharts } from "./chart-refill.ts";
import { writeWordDocument } from "./word-document.ts";
import type { WordBlock, WordChart } from "./word-model.ts";
import { openZip, writeZip } from "./zip.ts";

const chart = (names: readonly string[], more: Partial<WordChart> = {}): WordChart => ({
  ...{ title: "", unit: "人", form: "column", categories: ["2023", "2024"] },
  series: names.map((name, at) => ({ name, values: [at + 1, at + 2] })),
  ...more,
});
const placed = (id: string, one: WordChart): WordBlock => ({
  ...{ kind: "chart", width: 100, height: 60, name: `図 ${id}`, alt: `図［図の番号 ${id}］`, chart: one },
});
const base = () =>
  writeWordDocument({
    ...{ title: "計画", author: "市", created: "2025-01-14T00:00:00Z" },
    blocks: [placed("f1", chart(["男", "女"])), placed("f2", chart(["世帯"])), placed("f3", chart(["件"]))],
  });
/** 文書の部品を、文字として直す。 */
function edit(docx: Uint8Array, name: string, change: (xml: string) => string): Uint8Array {
  const parts = openZip(docx);
  parts.set(name, new TextEncoder().encode(change(new TextDecoder().decode(parts.get(name)))));
  return writeZip(parts);
}
const read = (docx: Uint8Array, name: string) => new TextDecoder().decode(openZip(docx).get(name));
const body = "word/document.xml";
const frames = (xml: string) =>
  [...xml.matchAll(/<w:p><w:pPr><w:pStyle w:val="Figure"\/>.*?<\/w:p>/g)].map(([one]) => one);
/** しるし（名、代わりの文、しおり）をなくす。 */
const unmarked = (frame: string) =>
  frame
    .replace(/name="図 [^"]*"/, 'name="Chart 9"')
    .replace(/descr="[^"]*"/, 'descr=""')
    .replace(/<w:bookmark\w+ [^>]*>/g, "");
const now = new Map([
  [
    "図 f1",
    chart(["男", "女"], {
      series: [
        { name: "男", values: [71, 72] },
        { name: "女", values: [81, 82] },
      ],
    }),
  ],
  ["図 f2", chart(["世帯"], { series: [{ name: "世帯", values: [91, 92] }] })],
  ["図 f3", chart(["件"], { series: [{ name: "件", values: [61, 62] }] })],
]);

test("3(1)(ｲ) しるしのなくなった図は系列と項目の名で見分け、写しは両方に入れ、消した図は言う", () => {
  const docx = edit(base(), body, (xml) => {
    const [one = "", two = "", three = ""] = frames(xml);
    // 二つ目は消し、三つ目は二度写し、一つ目は、しるしをなくして後ろへ動かす。
    return xml
      .replace(one, "")
      .replace(two, "")
      .replace(three, three + three + unmarked(one));
  });
  const made = refillCharts(docx, now);
  expect(made).toMatchObject({
    ...{ filled: ["図 f3", "図 f1"], missing: ["図 f2"], guessed: ["図 f1"], unknown: 0, unfilled: [] },
    copies: [{ name: "図 f3", count: 2 }],
  });
  expect(read(made.bytes, "word/charts/chart1.xml")).toContain("<c:v>82</c:v>");
  expect(read(made.bytes, "word/charts/chart3.xml")).toContain("<c:v>62</c:v>");
  // 文書の文は、一字も変わらない。
  expect(read(made.bytes, body)).toBe(read(docx, body));
});

test("3(1)(ｲ) 同じ系列と項目の図が二つあるときは、決めずに、そのままにして言う", () => {
  const docx = edit(base(), body, (xml) =>
    frames(xml).reduce((all, one) => all.replace(one, unmarked(one)), xml),
  );
  const twin = new Map([...now, ["図 f4", chart(["件"])]]);
  const made = refillCharts(docx, twin);
  expect(made).toMatchObject({ filled: ["図 f1", "図 f2"], missing: ["図 f3", "図 f4"], unknown: 1 });
  expect(read(made.bytes, "word/charts/chart3.xml")).toBe(read(docx, "word/charts/chart3.xml"));
});

test("3(1)(ｲ) 棒と折れ線を組み合わせ、年を数にし、値の表をなくした図にも入る。散布図は変えずに言う", () => {
  let docx = edit(base(), "word/charts/chart1.xml", (xml) => {
    const [, second = ""] = [...xml.matchAll(/<c:ser>.*?<\/c:ser>/gs)].map(([one]) => one);
    return xml
      .replace(second, "")
      .replace(
        "</c:barChart>",
        `</c:barChart><c:lineChart>${second}<c:axId val="1001"/><c:axId val="1002"/></c:lineChart>`,
      )
      .replaceAll(
        /<c:cat><c:strRef>(.*?)<c:strCache>(.*?)<\/c:strCache><\/c:strRef><\/c:cat>/gs,
        "<c:cat><c:numRef>$1<c:numCache><c:formatCode>General</c:formatCode>$2</c:numCache></c:numRef></c:cat>",
      );
  });
  docx = edit(docx, "word/charts/chart2.xml", (xml) => xml.replaceAll("c:val>", "c:yVal>"));
  const parts = openZip(docx);
  parts.delete("word/embeddings/chart1.xlsx");
  const made = refillCharts(
    writeZip(parts),
    new Map([...now, ["図 f1", chart(["男", "女"], { categories: ["令和５年", "令和６年"] })]]),
  );
  expect(made).toMatchObject({ filled: ["図 f1", "図 f3"], unfilled: ["図 f2"], missing: [] });
  const combined = read(made.bytes, "word/charts/chart1.xml");
  expect(combined.match(/<c:ser>/g)).toHaveLength(2);
  expect(combined).toMatch(/<c:lineChart>.*女.*<\/c:lineChart>/s);
  expect(combined).toContain('<c:strCache><c:ptCount val="2"/><c:pt idx="0"><c:v>令和５年</c:v>');
  expect(combined).not.toContain("<c:numRef><c:f>Sheet1!$A");
  expect(openZip(made.bytes).has("word/embeddings/chart1.xlsx")).toBe(true);
  expect(read(made.bytes, "word/charts/chart2.xml")).toBe(read(docx, "word/charts/chart2.xml"));
});
