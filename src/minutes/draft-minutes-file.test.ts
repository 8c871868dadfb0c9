import fc from "fast-check";
import { expect, test } from "vitest";
import { descendantsOf, parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { draftMinutes, draftMinutesFile } from "./draft-minutes-file.ts";
import { readSpeakerMap } from "./speaker-map.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const options = { created: "2025-09-17T04:40:00.000Z", author: "試験" };
const draft = (text: string, more: object = {}) => draftMinutes(bytes(text), { ...options, ...more });
const said = (text: string) => draft(text).lines.map(({ speaker, text: words }) => [speaker, words]);

test("3(2) Teams の形: 札は <v>、閉じていなくても、同じ人の続きは一つの発言になる", () => {
  const vtt =
    "\ufeffWEBVTT\r\n\r\nNOTE 書き出し\r\n捨てる\r\n\r\nd1a2b3c4-0000-4000-8000-000000000001/10-0\r\n00:00:01.000 --> 00:00:03.500\r\n<v 山田 太郎>定刻になりました。</v>\r\n\r\nd1a2b3c4-0000-4000-8000-000000000001/10-1\r\n00:00:04.000 --> 00:00:06.000\r\n<v 山田 太郎>開会します。\r\n\r\n00:00:09.000 --> 00:00:10.000\r\n<v 鈴木 花子>はい &amp; 了解です。</v>\r\n";
  expect(said(vtt)).toEqual([
    ["山田 太郎", "定刻になりました。開会します。"],
    ["鈴木 花子", "はい & 了解です。"],
  ]);
  expect(draft(vtt)).toMatchObject({ shape: "vtt", speakers: 2, utterances: 2, unattributed: 0, cues: 3 });
});

test("3(2) Zoom の形: 「氏名: 」と全角の「：」。10:30 は話し手ではない", () => {
  expect(
    said(
      "WEBVTT\n\n1\n00:05.000 --> 00:07.000\n佐藤: 資料1です。\n\n2\n00:08.000 --> 00:09.000\n田中：10:30 から再開します。\n\n3\n00:10.000 --> 00:11.000\n10:30 です。\n\n4\n00:20.000 --> 00:21.000\n佐藤: https://example.jp を見てください。\n",
    ),
  ).toEqual([
    ["佐藤", "資料1です。"],
    ["田中", "10:30 から再開します。"],
    ["発言者不明", "10:30 です。"],
    ["佐藤", "https://example.jp を見てください。"],
  ]);
});

test("3(2) Whisper の形: 話し手はなく、コンマの小数、時のない時刻も読む。名を作り出さない", () => {
  const srt =
    "1\n00:00:01,000 --> 00:00:02,500\n結論：賛成多数です。\n\n2\n00:02,500 --> 00:04,000\n次の議題に移ります。\n";
  expect(draft(srt)).toMatchObject({ shape: "srt", speakers: 0, utterances: 2, unattributed: 2 });
  expect(said(srt)[0]).toEqual(["発言者不明", "結論：賛成多数です。"]);
  expect(draft(srt).lines[1]?.from).toBe(2.5);
});

test("3(2) 手で打った記録: 役の札、続きの行、空の行のあとの札のない行", () => {
  expect(
    said(
      "○事務局　定刻になりました。\n資料の確認をします。\n\n委員長：では始めます。\n\n（拍手）\n\n【A委員】質問があります。\n目的：市民のため、とは。\n",
    ),
  ).toEqual([
    ["事務局", "定刻になりました。\n資料の確認をします。"],
    ["委員長", "では始めます。"],
    ["発言者不明", "（拍手）"],
    ["A委員", "質問があります。"],
    ["発言者不明", "目的：市民のため、とは。"],
  ]);
});

test("3(2) 対応表の名を使い、ない札は札のまま、余った札は知らせる", () => {
  const map = readSpeakerMap(bytes("label,name\n話者１,佐藤委員\n話者9,だれか\n"), "map.csv");
  const found = draft(
    "WEBVTT\n\n00:01.000 --> 00:02.000\n話者1: はい。\n\n00:03.000 --> 00:04.000\n話者2: いいえ。\n",
    { speakers: map },
  );
  expect(found.list).toEqual([
    { label: "話者1", name: "佐藤委員", utterances: 1 },
    { label: "話者2", name: "話者2", utterances: 1 },
  ]);
  expect(found.warnings.join()).toMatch(/対応表にない札が 1 .*対応表の札のうち 1 /s);
  expect([...readSpeakerMap(bytes('{"A":"甲"}'), "m.json")]).toEqual([["A", "甲"]]);
  expect(() => readSpeakerMap(bytes("A,甲\nA,乙\n"), "m.csv")).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
});

test("3(2) 言いよどみだけを除き、除いたところは、もとの位置で分かる", () => {
  const text =
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>えーと、あのー、あの会議の件ですが、まあ、その通りです。</v>\n";
  const [line] = draft(text, { style: "tidy" }).lines;
  expect(line?.text).toBe("あの会議の件ですが、その通りです。");
  expect(line?.edits.map(({ at, removed }) => [at, removed])).toEqual([
    [0, "えーと、"],
    [4, "あのー、"],
    [18, "まあ、"],
  ]);
  expect(
    draft("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>えー。</v>\n", { style: "tidy" }).lines[0]?.text,
  ).toBe("えー。");
});

test("3(2) Word の案に、どの発言も、順のまま入る", () => {
  const words = ["一つ目。", "<二つ目> & 「三」", "=cmd"];
  const vtt = `WEBVTT\n\n${words.map((text, n) => `${n}:01.000 --> ${n}:02.000\nA${n % 2}: ${text}`).join("\n\n")}\n`;
  const { docx } = draftMinutesFile(bytes(vtt), { ...options, title: "第1回会議録" });
  const body = openZip(docx).get("word/document.xml") ?? new Uint8Array();
  const text = textOf(parseXml(body));
  const places = words.map((one) => text.indexOf(one));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(descendantsOf(parseXml(body), (one) => one.name === "w:tblHeader").length).toBe(2);
});

const words = fc.string({ unit: fc.constantFrom(..."あいうABC12:：、。　 "), minLength: 1, maxLength: 20 });
const cue = fc.record({
  label: fc.option(fc.constantFrom("佐藤", "田中 花子", "事務局"), { nil: undefined }),
  text: words.filter((text) => text.trim() !== ""),
  gap: fc.integer({ min: 0, max: 5 }),
  hours: fc.boolean(),
  crlf: fc.boolean(),
});

test("3(2) どんな文字起こしでも、文字を一つも失わず、順も変わらない", () => {
  const plain = (text: string) => text.normalize("NFKC").replace(/[\s:]/g, "");
  const letters = (text: string) => [...plain(text)].sort();
  fc.assert(
    fc.property(
      fc.array(cue, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.boolean(),
      (cues, teams, srt) => {
        let at = 0;
        const stamp = (s: number, hours: boolean) =>
          `${hours ? "00:" : ""}${String(Math.floor(s / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}${srt ? "," : "."}000`;
        const blocks = cues.map(({ label, text, gap, hours }, n) => {
          at += gap;
          const from = at;
          at += 1;
          const body = label === undefined ? text : teams ? `<v ${label}>${text}</v>` : `${label}: ${text}`;
          return `${n + 1}\n${stamp(from, hours)} --> ${stamp(at, hours)}\n${body}`;
        });
        const eol = cues[0]?.crlf ? "\r\n" : "\n";
        const file = `${srt ? "" : `WEBVTT${eol}${eol}`}${blocks.join("\n\n").replaceAll("\n", eol)}${eol}`;
        const found = draft(file);
        if (teams)
          expect(found.lines.map(({ text }) => plain(text)).join("")).toBe(
            plain(cues.map(({ text }) => text).join("")),
          );
        // 同じ人の続きは札を一度だけ書くので、札を除いた文字の並びで比べる。
        else
          expect(letters(found.lines.map(({ label, text }) => `${label ?? ""}${text}`).join(""))).toEqual(
            expect.arrayContaining([...new Set(letters(cues.map(({ text }) => text).join("")))]),
          );
        expect(found.cues).toBeGreaterThanOrEqual(cues.length);
      },
    ),
    { numRuns: 300 },
  );
});

/** 話し手のある字幕を、同じ人の 2 秒までの続きだけつないだ、見本の答え。 */
function modelOf(cues: readonly { label: string; text: string; from: number; to: number }[]) {
  const lines: { speaker: string; text: string; to: number }[] = [];
  for (const { label, text, from, to } of cues) {
    const last = lines.at(-1);
    if (last?.speaker === label && from - last.to <= 2) {
      last.text += text;
      last.to = to;
    } else lines.push({ speaker: label, text, to });
  }
  return lines.map(({ speaker, text }) => [speaker, text]);
}

const spoken = fc.record({
  label: fc.constantFrom("佐藤 花子", "田中", "事務局"),
  text: fc.string({ unit: fc.constantFrom(..."かきくけこ。&<"), minLength: 1, maxLength: 12 }),
  gap: fc.constantFrom(0, 0.5, 2, 2.5, 9),
  /** </v> のない、NOTE や STYLE がはさまる、札が GUID、時がない、などの罠。 */
  trap: fc.constantFrom("", "note", "style", "guid", "number", "blank"),
  closed: fc.boolean(),
  hours: fc.boolean(),
});
const entity = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const before: Record<string, string> = {
  note: "NOTE 捨てる\n捨てる二行目\n\n",
  style: "STYLE\n::cue { color: red }\n\n",
  guid: "d1a2b3c4-0000-4000-8000-000000000001/10-0\n",
  number: "12\n",
  blank: "\n\n",
};

test("3(2) 罠のある Teams・Zoom の字幕は、見本の答えと一字も違わない（順、つなぎの2秒、</v> なし、NOTE、実体参照）", () => {
  fc.assert(
    fc.property(
      fc.array(spoken, { minLength: 2, maxLength: 15 }),
      fc.boolean(),
      fc.constantFrom(": ", "： ", "："),
      fc.boolean(),
      (given, teams, colon, crlf) => {
        let at = 1;
        const stamp = (s: number, hours: boolean) =>
          `${hours ? "00:" : ""}${String(Math.floor(s / 60)).padStart(2, "0")}:${(s % 60).toFixed(3).padStart(6, "0")}`;
        const cues = given.map((one) => {
          const from = at + one.gap;
          at = from + 1;
          return { ...one, from, to: at };
        });
        const file = cues
          .map(({ label, text, trap, closed, hours, from, to }) => {
            const said = entity(text);
            const body = teams ? `<v ${label}>${said}${closed ? "</v>" : ""}` : `${label}${colon}${said}`;
            return `${before[trap] ?? ""}${stamp(from, hours)} --> ${stamp(to, hours)} line:90%\n${body}\n\n`;
          })
          .join("");
        const whole = `\ufeffWEBVTT\n\n${file}`;
        expect(said(crlf ? whole.replaceAll("\n", "\r\n") : whole)).toEqual(modelOf(cues));
      },
    ),
    { numRuns: 400 },
  );
});

test("読めないものは、直し方を言って断る。どんなバイト列でも倒れない", () => {
  expect(() => draft("")).toThrowError(expect.objectContaining({ code: "BAD_INPUT" }));
  expect(() => draft("WEBVTT\n\n")).toThrowError(
    expect.objectContaining({ message: expect.stringContaining("発言が一つもありません") }),
  );
  expect(() => draft("%PDF-1.7")).toThrowError(
    expect.objectContaining({ message: expect.stringContaining("PDF は読めません") }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      try {
        draftMinutes(noise, options);
      } catch (cause) {
        expect(cause).toMatchObject({ name: "AppError" });
      }
    }),
    { numRuns: 300 },
  );
});
