import fc from "fast-check";
import { expect, test } from "vitest";
import { writeWordDocument } from "../office/word-document.ts";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { checkSheetDocument } from "./check-sheet-document.ts";
import { readCheckSheet } from "./check-sheet-reader.ts";
import { finalMinutesDocument, type MinutesFacts } from "./final-minutes-document.ts";
import { maskNames } from "./mask-names.ts";
import {
  beginRecord,
  changeLine,
  editTrail,
  labelList,
  type MinutesRecord,
  NOBODY,
  nameLabel,
  type RecordSpeaker,
  restyle,
  speakerName,
  unmatched,
} from "./minutes-record.ts";

const AT = "2024-08-21T01:00:00.000Z";
const bytes = (text: string) => new TextEncoder().encode(text);
const teams = [
  "WEBVTT",
  "",
  "00:00:01.000 --> 00:00:04.000",
  "<v 話者1>えーと、札幌しのデータです。</v>",
  "",
  "00:00:10.000 --> 00:00:11.000",
  "<v 話者2>はい。</v>",
  "",
  "00:00:12.000 --> 00:00:15.000",
  "<v 話者1>佐藤委員はどうですか。佐藤町の話です。</v>",
  "",
  "00:01:00.000 --> 00:01:05.000",
  "だれかの声です。",
  "",
].join("\n");
const speakers = new Map<string, RecordSpeaker>([
  ["m1", { key: "m1", name: "佐藤 花子", role: "座長" }],
  ["m2", { key: "m2", name: "鈴木 一郎", role: "委員" }],
]);
const begin = (style: MinutesRecord["style"] = "points", text = teams) =>
  beginRecord(bytes(text), { style, words: [{ wrong: "札幌し", right: "札幌市" }], at: AT });
const by = { who: "planner", at: AT };

test("3(2) 規則で直したところは、前と後と録音の時刻が残り、もとの言葉は変わらない", () => {
  const record = begin();
  expect(record.lines.map(({ from, said, text, omitted }) => [from, said, text, omitted])).toEqual([
    [1, "えーと、札幌しのデータです。", "札幌市のデータです。", false],
    [10, "はい。", "はい。", true],
    [12, "佐藤委員はどうですか。佐藤町の話です。", "佐藤委員はどうですか。佐藤町の話です。", false],
    [60, "だれかの声です。", "だれかの声です。", false],
  ]);
  expect(editTrail(record).map(({ line, edit }) => [line.from, edit.kind, edit.before, edit.after])).toEqual([
    [1, "filler", "えーと、札幌しのデータです。", "札幌しのデータです。"],
    [1, "word", "札幌しのデータです。", "札幌市のデータです。"],
    [10, "omit", "載せる", "載せない（相づち）"],
  ]);
  const full = restyle(changeLine(record, 3, { text: "直した" }, by), "full", [], AT);
  expect(full.lines.map(({ text, omitted }) => [text, omitted])).toEqual([
    ["えーと、札幌しのデータです。", false],
    ["はい。", false],
    ["直した", false],
    ["だれかの声です。", false],
  ]);
});

test("3(2) 話し手は、人が札ごとに、または発言ごとに決める。決めないものは札のまま、札がなければ発言者不明", () => {
  let record = begin();
  const names = () => record.lines.map((line) => speakerName(record, line, speakers));
  expect(names()).toEqual(["話者1", "話者2", "話者1", "発言者不明"]);
  expect(labelList(record).map(({ label, count }) => [label, count])).toEqual([
    ["話者1", 2],
    ["話者2", 1],
  ]);
  expect(unmatched(record, speakers)).toBe(4);
  record = nameLabel(nameLabel(record, "話者1", "m1"), "話者2", "m2");
  record = changeLine(record, 3, { speaker: "m2" }, by);
  record = changeLine(record, 4, { speaker: NOBODY }, by);
  expect(names()).toEqual(["佐藤 花子", "鈴木 一郎", "鈴木 一郎", "発言者不明"]);
  expect(unmatched(record, speakers)).toBe(0);
  expect(record.lines[2]?.edits.at(-1)).toMatchObject({
    kind: "speaker",
    before: "",
    after: "m2",
    by: "planner",
  });
  expect(names()[0]).toBe("佐藤 花子");
  record = nameLabel(record, "話者1", "");
  expect(names()[0]).toBe("話者1");
});

test("3(2) 一つの発言を二つに分けても言葉は失われず、後の話し手は決まっていない。空にはできない", () => {
  const record = changeLine(begin(), 3, { text: "佐藤委員はどうですか。\n====\n佐藤町の話です。" }, by);
  expect(record.lines.map(({ id, text, label }) => [id, text, label])).toEqual([
    [1, "札幌市のデータです。", "話者1"],
    [2, "はい。", "話者2"],
    [3, "佐藤委員はどうですか。", "話者1"],
    [5, "佐藤町の話です。", undefined],
    [4, "だれかの声です。", undefined],
  ]);
  expect(record.lines[3]).toMatchObject({ from: 12, speaker: "" });
  expect(() => changeLine(record, 3, { text: "  " }, by)).toThrowError(
    expect.objectContaining({ faults: [expect.objectContaining({ field: "t3" })] }),
  );
});

const facts = (record: MinutesRecord): MinutesFacts => ({
  ...{
    title: "第1回有識者会議　会議録",
    agenda: ["開会"],
    papers: ["資料1 骨子"],
    decisions: ["骨子を了承した。"],
  },
  facts: (edition) => [["出席", edition === "roles" ? "座長ほか1人" : "佐藤 花子、鈴木 一郎"]],
  ...{ record, speakers, people: [...speakers.values()], handOf: () => "企画担当", final: true },
  ...{ author: "受託者", created: AT },
});
const wordText = (file: Uint8Array) =>
  textOf(parseXml(openZip(file).get("word/document.xml") ?? new Uint8Array()));

test("3(2) 12(4) 公開用は載せない発言と直した跡を出さず、氏名なしの版には氏名も札も出ない", () => {
  let record = nameLabel(begin(), "話者1", "m1");
  record = changeLine(record, 4, { text: "鈴木さんの案に賛成です。" }, by);
  const text = (edition: "internal" | "named" | "roles") =>
    wordText(writeWordDocument(finalMinutesDocument(edition, facts(record))));
  expect(text("internal")).toContain("（載せない）はい。");
  expect(text("internal")).toContain("0:00:01");
  expect(text("internal")).toContain("札幌しのデータです。");
  expect(text("named")).toContain("佐藤 花子");
  expect(text("named")).not.toContain("はい。");
  expect(text("named")).not.toContain("札幌し");
  const roles = text("roles");
  for (const word of ["佐藤 花子", "鈴木", "話者", "佐藤委員"]) expect(roles).not.toContain(word);
  // 地名かもしれない姓は、人が確かめる。
  expect(roles).toContain("佐藤町の話です。");
  expect(roles).toContain("委員の案に賛成です。");
  expect(maskNames("佐藤 花子先生と佐藤委員、佐藤町", [...speakers.values()])).toMatchObject({
    masked: 2,
    left: 1,
  });
});

test("3(2) 確認用の Word を出し、委員の修正（右の欄、左の欄の書き直し）を読み取る", () => {
  const record = nameLabel(begin("tidy"), "話者1", "m1");
  const sheet = writeWordDocument(
    checkSheetDocument({ ...{ title: "会議録", by: "", record, speakers }, author: "受託者", created: AT }),
  );
  expect(readCheckSheet(sheet, record)).toEqual({ corrections: [], refused: [] });
  const zip = openZip(sheet);
  const body = new TextDecoder().decode(zip.get("word/document.xml"));
  const edited = body
    .replace("だれかの声です。", "声は鈴木です。")
    .replace(
      /(札幌市のデータです。(?:(?!<w:tc>).)*<w:tc>(?:(?!<w:p>|<w:p ).)*<w:p[^>]*>(?:<w:pPr>.*?<\/w:pPr>)?)/s,
      "$1<w:r><w:t>札幌市の資料です。</w:t></w:r>",
    );
  expect(edited).not.toBe(body);
  const back = writeZip(new Map([...zip.entries(), ["word/document.xml", bytes(edited)]]));
  const read = readCheckSheet(back, record);
  expect(read.corrections).toEqual([
    { line: 1, before: "札幌市のデータです。", after: "札幌市の資料です。" },
    { line: 4, before: "だれかの声です。", after: "声は鈴木です。" },
  ]);
  // 確認に出したあとで事務局が直した発言は、委員の修正と取り違えない。
  const later = changeLine(record, 3, { text: "あとで直した。" }, by);
  expect(readCheckSheet(back, later).corrections.map(({ line }) => line)).toEqual([1, 4]);
  expect(() => readCheckSheet(bytes("x"), record)).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
});

const pieces = fc.array(
  fc.string({ unit: fc.constantFrom(..."あいう。、えーと"), minLength: 1, maxLength: 12 }),
  {
    minLength: 1,
    maxLength: 12,
  },
);
test("3(2) どう直しても、もとの言葉は said に残り、順は変わらない", () => {
  const kept = fc.array(
    fc.record({ at: fc.nat(30), text: fc.constantFrom("直し", "前\n====\n後"), omitted: fc.boolean() }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(pieces, kept, (words, changes) => {
      const text = words
        .filter((one) => one.trim() !== "")
        .map((one, n) => `${n}:01.000 --> ${n}:02.000\n<v A${n}>${one}</v>`)
        .join("\n\n");
      const start = begin("points", `WEBVTT\n\n${text}\n`);
      let record = start;
      for (const { at, text: to, omitted } of changes) {
        const line = record.lines[at % record.lines.length];
        if (line) record = changeLine(record, line.id, { text: to, omitted }, by);
      }
      const ids = start.lines.map(({ id }) => id);
      const old = record.lines.filter(({ id }) => ids.includes(id));
      expect(old.map(({ id, said }) => [id, said])).toEqual(start.lines.map(({ id, said }) => [id, said]));
      for (const line of old.filter((one) => one.text !== one.said))
        expect(line.edits.some(({ before }) => before !== "")).toBe(true);
    }),
  );
});
