import { expect, test } from "vitest";
import { readCheckAnswer } from "./check-answer-reader.ts";
import { checkPage } from "./check-letter.ts";
import { beginRecord, changeLine, nameLabel, type RecordSpeaker } from "./minutes-record.ts";

const AT = "2024-08-21T01:00:00.000Z";
const bytes = (text: string) => new TextEncoder().encode(text);
const lookupKey = new Uint8Array(32).fill(7);
const speakers = new Map<string, RecordSpeaker>([
  ["m1", { key: "m1", name: "架空 一郎", role: "座長" }],
  ["m2", { key: "m2", name: "見本 <三月>", role: "委員" }],
]);
const record = () => {
  const vtt =
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>始めます。</v>\n\n01:00:05.000 --> 01:00:06.000\n<v B>対面も残して。</v>\n";
  const begun = beginRecord(bytes(vtt), { style: "tidy", words: [], at: AT });
  return nameLabel(nameLabel(begun, "A", "m1"), "B", "m2");
};
const page = (member = "m2", meeting = "k1") =>
  new TextDecoder().decode(
    checkPage({
      ...{ title: "第1回会議録", from: "事務局", by: "2024-08-22", demo: true, lookupKey, meeting },
      ...{ member: { id: member, name: "見本 <三月>" }, record: record(), speakers },
    }),
  );
const packOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="pack">(.*?)<\/script>/s.exec(html)?.[1] ?? "{}");
const issued = { lookupKey, meeting: "k1", members: ["m1", "m2"] };
const answer = (html: string, corrections: object[], more: object = {}) =>
  bytes(JSON.stringify({ ...packOf(html), note: "よろしく", corrections, ...more }));

test("3(2) 確認の頁: 外のものを読まず、ご自分の発言は直す欄で、録音の時刻つき。氏名の < は文字", () => {
  const html = page();
  expect(html).toContain("default-src 'none'");
  expect(html.replace(/<style>.*?<\/style>|<script.*?<\/script>/gs, "")).not.toMatch(/https?:|<三月>|style=/);
  expect(html).toContain('<textarea data-line="2"');
  expect(html.indexOf("<details>")).toBeLessThan(html.indexOf('<textarea data-line="1"'));
  expect(html).toContain("1:00:05");
});

test("3(2) 確認の頁の回答: だれの頁かは確認番号で分かり、ほかの会議のもの・手を入れたものは読まない", () => {
  const given = answer(page(), [{ line: 2, before: "対面も残して。", after: "対面の窓口も残して。" }]);
  expect(readCheckAnswer(given, record(), issued)).toMatchObject({
    ...{ member: "m2", note: "よろしく", refused: [], moved: [] },
    corrections: [{ line: 2, before: "対面も残して。", after: "対面の窓口も残して。" }],
  });
  const refused = (given: Uint8Array, code: string) =>
    expect(() => readCheckAnswer(given, record(), issued)).toThrowError(expect.objectContaining({ code }));
  refused(answer(page("m2", "k2"), []), "REFUSED");
  refused(answer(page(), [], { hash: "0".repeat(64) }), "REFUSED");
  refused(bytes('{"format":"x"}'), "BAD_INPUT");
  refused(bytes("{"), "BAD_INPUT");
});

test("3(2) 渡したあとで直していた発言と、ない番号は、別に知らせる。同じになった修正は数えない", () => {
  const now = changeLine(record(), 2, { text: "対面は残して。" }, { who: "p", at: AT });
  const given = answer(page(), [
    { line: 2, before: "対面も残して。", after: "対面の窓口も残して。" },
    { line: 9, before: "x", after: "y" },
    { line: 1, before: "始めます。", after: "始め ます。" },
  ]);
  expect(readCheckAnswer(given, now, issued)).toMatchObject({
    ...{ moved: [2], corrections: [{ line: 2, before: "対面は残して。" }], refused: [{ line: 9 }] },
  });
});
