import fc from "fast-check";
import { expect, test } from "vitest";
import { writeZip } from "../office/zip.ts";
import { draftMinutes } from "./draft-minutes-file.ts";
import { readTranscript } from "./transcript-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const draft = (given: string | Uint8Array) =>
  draftMinutes(typeof given === "string" ? bytes(given) : given, {
    created: "2025-01-14T01:00:00Z",
    author: "",
  });
const said = (given: string | Uint8Array) =>
  draft(given).lines.map(({ label, text }) => `${label ?? "？"}|${text}`);
const times = (given: string | Uint8Array) => draft(given).lines.map(({ from }) => from);

const shapes: [name: string, file: string, lines: string[]][] = [
  [
    "Zoom のチャット",
    "10:01:22 From 山田 太郎 to Everyone:\n\t3ページについて\n\t数が違うのでは\n10:02:05 開始 佐藤花子 宛先 全員: 確認します\n00:12:33\tTanaka:\tはい\n",
    ["山田 太郎|3ページについて\n数が違うのでは", "佐藤花子|確認します", "Tanaka|はい"],
  ],
  [
    "Zoom の英字の名（A.Suzuki）",
    "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n大学 A.Suzuki: はい\n\n2\n00:03.000 --> 00:04.000\n佐藤@市: 3:2で分けます\n\n3\n00:05.000 --> 00:06.000\n声\n",
    ["大学 A.Suzuki|はい", "佐藤@市|3:2で分けます", "？|声"],
  ],
  [
    "Google Meet: 出席者の行の名は、一度だけでも札",
    "会議 - 文字起こし\n出席者\n山田太郎, 佐藤花子\n\n文字起こし\n\n00:00:00\n \n山田太郎: 定刻です。\n佐藤花子: はい。\n00:05:00\n \n山田太郎: 次です。\n資料2を見てください。\n\nこの文字起こしは自動で作られました。\n",
    [
      "？|会議 - 文字起こし\n出席者\n山田太郎, 佐藤花子",
      "？|文字起こし",
      "山田太郎|定刻です。",
      "佐藤花子|はい。",
      "山田太郎|次です。\n資料2を見てください。",
      "？|この文字起こしは自動で作られました。",
    ],
  ],
  [
    "Whisper の画面の写し",
    "[00:00.000 --> 00:04.000]  始めます\n[00:04.000 --> 00:09.000] [SPEAKER_01]: 資料1の説明です\n[01:00:09.000 --> 01:00:12.000] SPEAKER_00: はい\n",
    ["？|始めます", "SPEAKER_01|資料1の説明です", "SPEAKER_00|はい"],
  ],
  [
    "Whisper の .json と .tsv",
    '{"text":"x","segments":[{"start":0.0,"end":4.0,"text":" 始めます"},{"start":4,"end":5,"text":"はい","speaker":"SPEAKER_01"}]}',
    ["？|始めます", "SPEAKER_01|はい"],
  ],
  [
    "Whisper の .tsv",
    "start\tend\ttext\n0\t4000\t始めます\n4000\t9000\t資料1: です\n",
    ["？|始めます", "？|資料1: です"],
  ],
  [
    "表（CSV）。引用符の中の改行も",
    '開始,終了,話者,発言\n00:00:01,00:00:03,山田,始めます。\n00:00:04,00:00:05,佐藤,"はい、\n続きます。"\n',
    ["山田|始めます。", "佐藤|はい、\n続きます。"],
  ],
  [
    "YouTube の自動字幕: 送り出しの行は一度だけ",
    "WEBVTT\nKind: captions\n\n00:00:00.160 --> 00:00:02.070 align:start\n \nそれでは<00:00:00.640><c>会議を</c>\n\n00:00:02.070 --> 00:00:02.080 align:start\nそれでは会議を\n \n\n00:00:02.080 --> 00:00:04.550 align:start\nそれでは会議を\n始め<00:00:02.500><c>ます</c>\n",
    ["？|それでは会議を", "？|始めます"],
  ],
  [
    "同じことばを二度言ったものは、送り出しではない",
    "WEBVTT\n\n00:00.000 --> 00:01.000\nはい\n\n00:01.000 --> 00:02.000\nはい\n\n00:02.000 --> 00:03.000\nはい\n\n00:03.000 --> 00:04.000\nはい\n\n00:04.000 --> 00:05.000\nはい\n",
    Array.from({ length: 5 }, () => "？|はい"),
  ],
  [
    "一枚に二人: 「- 」と「>>」と札。負の数は札ではない",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n- 賛成の方は。\n- はい。\n\n00:03.000 --> 00:04.000\n- 山田: 賛成です。\n- 佐藤: 私も。\n\n00:05.000 --> 00:06.000\n>> 別の声。\n\n00:07.000 --> 00:08.000\n-5度です\n-3度です\n\n00:09.000 --> 00:10.000\n山田: 次へ。\n佐藤: はい。\n",
    [
      ...[
        "？|賛成の方は。",
        "？|はい。",
        "山田|賛成です。",
        "佐藤|私も。",
        "？|別の声。",
        "？|-5度です\n-3度です",
      ],
      ...["山田|次へ。", "佐藤|はい。"],
    ],
  ],
  [
    "Webex の札",
    'WEBVTT\n\n1 "山田 太郎" (1234567)\n00:01.000 --> 00:02.000\n始めます。\n\n2 "佐藤 花子" (7)\n00:03.000 --> 00:04.000\nはい。\n',
    ["山田 太郎|始めます。", "佐藤 花子|はい。"],
  ],
  [
    "大文字の <V>、class、REGION と STYLE、タグに似たことば",
    'WEBVTT - x\n\nSTYLE\n::cue(v[voice="A"]) { color: lime }\n\nREGION\nid:fred\n\nintro\n00:01.000 --> 00:02.000 region:fred\n<V.loud 山田><i>はい</i> &#12354;</V>\n\n00:03.000 --> 00:04.000\nA<B です。 x > y\n',
    ["山田|はい あ", "？|A<B です。 x > y"],
  ],
  [
    "昔の会議録: 「○事務局（田中課長）」「〇」、見出しと拍手は、だれのことばでもない",
    "日時：令和６年８月20日（火）14：00～16：00\n\n１　開　会\n○事務局（田中課長）　お忙しいところ、ありがとうございます。\n　では、座長に。\n〇山田座長　議題(1)について、\n事務局から説明を。\n○佐藤委員　２点あります。１点目：指標について。\n　　・人数ではなく成果で\n（異議なしの声）\n◎山田座長　ほかには。\n２　閉　会\n",
    [
      "？|日時：令和６年８月20日（火）14：00～16：00",
      "？|１　開　会",
      "事務局(田中課長)|お忙しいところ、ありがとうございます。\nでは、座長に。",
      "山田座長|議題(1)について、\n事務局から説明を。",
      "佐藤委員|２点あります。１点目：指標について。\n・人数ではなく成果で",
      "？|（異議なしの声）",
      "山田座長|ほかには。",
      "？|２　閉　会",
    ],
  ],
  [
    "打ったメモ: 箇条書き、「」、委員A、太字、括弧の役、Q と A は札ではない",
    "・山田委員：電話は残す\n→ 次回まで\n・佐藤委員「対面も必要」\n委員A：賛成\n委員Ｂ：10：30までに\n**田中座長**: では。\n（山田委員）はい。\n\nQ：いつまでか\nA：3月まで\n",
    [
      ...["山田委員|電話は残す\n→ 次回まで", "佐藤委員|対面も必要", "委員A|賛成", "委員B|10：30までに"],
      ...["田中座長|では。", "山田委員|はい。", "？|Q：いつまでか", "？|A：3月まで"],
    ],
  ],
  [
    "「山田座長　　…」の段下げ。名簿の行は、ことばではない",
    "座長　北雪大学教授　架空一郎\n\n山田座長　　それでは始めます。\n佐藤委員　　指標について、\n　　　　　　二点あります。\n",
    [
      "？|座長　北雪大学教授　架空一郎",
      "山田座長|それでは始めます。",
      "佐藤委員|指標について、\n二点あります。",
    ],
  ],
  [
    "時で始まる行",
    "[14:00:05] 山田委員: 始めます\n(14:02) 田中委員　そうです\n14:03 山田委員：10:30 から\n10:30 から再開します。\n",
    ["山田委員|始めます", "田中委員|そうです", "山田委員|10:30 から\n10:30 から再開します。"],
  ],
  [
    "氏名と時の行（Otter、CLOVA、Notta）。文の中の「札：」は、ことば",
    "山田 00:00\n始めます。資料1：骨子です。\n\n[Speaker 2] 01:02:15\nはい。\n\nTranscribed by https://otter.ai\n",
    ["山田|始めます。資料1：骨子です。", "Speaker 2|はい。", "？|Transcribed by https://otter.ai"],
  ],
  [
    "YouTube の .sbv",
    "0:00:01.000,0:00:03.000\n始めます\n\n0:00:04.000,0:00:05.000\nはい\n",
    ["？|始めます", "？|はい"],
  ],
  [
    "動画の編集の道具: 次の行が話し手。Unknown は名ではない",
    "00:00:01:12 - 00:00:05:10\nSpeaker 1\n始めます\n\n00:00:06:00 - 00:00:08:00\nUnknown\nはい\n",
    ["Speaker 1|始めます", "？|はい"],
  ],
  [
    ".ass の Dialogue",
    "[Script Info]\nTitle: x\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:01.00,0:00:03.00,Default,山田,0,0,0,,始めます、{\\i1}はい\nDialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,次\\Nです\n",
    ["山田|始めます、はい", "？|次\nです"],
  ],
  [
    "空の行の抜けた字幕、番号だけのことば",
    "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\n<v 山田>一</v>\n00:00:02,000 --> 00:00:03,000\n<v 佐藤>二</v>\n3\n00:00:13,000 --> 00:00:14,000\n2024\n\n100:00:05.000 --> 100:00:06.000\n百時間\n",
    ["山田|一", "佐藤|二", "？|2024", "？|百時間"],
  ],
  [
    "役の名だけの行の下に、ことば",
    "議事録\n\n山田座長\nそれでは始めます。\n\n佐藤委員\n二点あります。\n一つ目は。\n",
    ["？|議事録", "山田座長|それでは始めます。", "佐藤委員|二点あります。\n一つ目は。"],
  ],
  [
    "括弧の札、道具の札、わからないと書いた札",
    "（司会）定刻です。\n（Ａ委員）質問です。\n[話者A] はい\n(SPEAKER_00) では\n[音楽]\n発言者不明：声\n",
    ["司会|定刻です。", "A委員|質問です。", "話者A|はい", "SPEAKER_00|では\n[音楽]", "？|声"],
  ],
  [
    "<v> に不明と書いた人は、だれでもない",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 不明>はい</v>\n\n00:03.000 --> 00:04.000\n<v Unknown Speaker>いいえ</v>\n",
    ["？|はい", "？|いいえ"],
  ],
  [
    "言い切りの文は、札ではない",
    "山田さん：はい。\nそうですね：と言いました。\n※注意：ここまで\n佐藤先生：では。\n",
    ["山田さん|はい。\nそうですね：と言いました。\n※注意：ここまで", "佐藤先生|では。"],
  ],
];

for (const [name, file, lines] of shapes)
  test(`3(2) 文字起こしの形: ${name}`, () => {
    expect(said(file)).toEqual(lines);
    // CRLF でも、CR だけでも、BOM があっても、UTF-16 でも同じ。
    for (const eol of ["\r\n", "\r"]) expect(said(file.replaceAll("\n", eol))).toEqual(lines);
    expect(said(`\ufeff${file}`)).toEqual(lines);
    expect(said(new Uint8Array(Buffer.from(`\ufeff${file}`, "utf16le")))).toEqual(lines);
  });

test("3(2) 時: Whisper の .tsv はミリ秒、JSON は秒、空の行で切れた SRT の続きは同じ時", () => {
  expect(times("start\tend\ttext\n0\t4000\ta\n4000\t9000\tb\n")).toEqual([0, 4]);
  expect(times('{"segments":[{"start":1.5,"end":2,"text":"a"}]}')).toEqual([1.5]);
  expect(times('{"utterances":[{"speaker":"A","start":1500,"end":2900,"text":"a"}]}')).toEqual([1.5]);
  expect(
    times('{"transcription":[{"timestamps":{"from":"00:00:01,500","to":"00:00:02,000"},"text":"a"}]}'),
  ).toEqual([1.5]);
  expect(
    times("1\n00:00:01,000 --> 00:00:03,000\n一\n\n続き\n\n2\n00:00:04,000 --> 00:00:05,000\n三\n"),
  ).toEqual([1, 1, 4]);
});

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (...runs: string[]) => `<w:p>${runs.join("")}</w:p>`;
const cells = (rows: string[][]) =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;
const word = (...blocks: string[]) =>
  writeZip(
    new Map([
      [
        "word/document.xml",
        bytes(
          `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${blocks.join("")}</w:body></w:document>`,
        ),
      ],
    ]),
  );
const br = "<w:r><w:br/></w:r>";

test("3(2) Teams の .docx: 氏名と時、改行、ことば。一度だけの人も、始めと終わりの知らせも", () => {
  const file = word(
    paragraph(run("会議の録音")),
    paragraph(run("山田 太郎 started transcription")),
    paragraph(run("山田 太郎"), run("   0:03"), br, run("始めます。")),
    paragraph(run("佐藤 花子"), run("   0:12"), br, run("資料1：骨子案です。10:30 まで。")),
    paragraph(run("山田 太郎"), run("   1:02:03"), br, run("終わります。")),
    paragraph(run("山田 太郎 stopped transcription")),
  );
  expect(said(file)).toEqual([
    ...["？|会議の録音", "？|山田 太郎 started transcription", "山田 太郎|始めます。"],
    ...[
      "佐藤 花子|資料1：骨子案です。10:30 まで。",
      "山田 太郎|終わります。",
      "？|山田 太郎 stopped transcription",
    ],
  ]);
  expect(times(file).slice(2, 5)).toEqual([3, 12, 3723]);
  const old = word(
    ...[
      "0:0:0.0 --&gt; 0:0:3.120",
      "山田 太郎",
      "始めます。",
      "0:0:3.500 --&gt; 0:0:5.120",
      "佐藤",
      "はい。",
    ].map((text) => paragraph(run(text))),
  );
  expect(said(old)).toEqual(["山田 太郎|始めます。", "佐藤|はい。"]);
});

test("3(2) 表で打った .docx: 見出しのある表、ない表、タブ", () => {
  const file = word(
    paragraph(run("会議録")),
    cells([
      ["時間", "発言者", "発言内容"],
      ["14:00", "山田座長", "始めます。"],
      ["14:02", "事務局", "資料1：骨子案です。"],
      ["", "", "聞き取れず"],
    ]),
  );
  expect(said(file)).toEqual([
    "？|会議録",
    "山田座長|始めます。",
    "事務局|資料1：骨子案です。",
    "？|聞き取れず",
  ]);
  expect(
    said(
      word(
        cells([
          ["山田座長", "始めます。"],
          ["佐藤委員", "はい。"],
        ]),
      ),
    ),
  ).toEqual(["山田座長|始めます。", "佐藤委員|はい。"]);
  expect(said(word(paragraph(run("山田座長"), "<w:r><w:tab/></w:r>", run("始めます。"))))).toEqual([
    "山田座長|始めます。",
  ]);
});

const noteLine = fc.record({
  head: fc.constantFrom(
    "○山田委員　",
    "・佐藤：",
    "佐藤: ",
    "（事務局）",
    "",
    "[14:00] ",
    "２　",
    "- ",
    "田中\t",
    "■",
    ">> ",
    "【A】",
  ),
  text: fc.string({ unit: fc.constantFrom(..."あいうア12:：、。「」（）"), minLength: 1, maxLength: 14 }),
  blank: fc.boolean(),
});

test("3(2) どんな手打ちの記録でも、ことばを失わず、順も変わらず、ない名を作らない", () => {
  const plain = (text: string) => text.normalize("NFKC").replace(/[\s:[\]()「」【】○・■\->*]/g, "");
  fc.assert(
    fc.property(fc.array(noteLine, { minLength: 1, maxLength: 14 }), (lines) => {
      const file = lines.map(({ head, text, blank }) => `${head}${text}${blank ? "\n" : ""}`).join("\n");
      if (plain(file) === "") return;
      let at = 0;
      const whole = plain(file);
      for (const { label, text } of readTranscript(bytes(file)).cues) {
        if (label !== undefined) expect(whole).toContain(plain(label));
        // ことばは、元の順に現れる。
        const found = whole.indexOf(plain(text), at);
        expect(found).toBeGreaterThanOrEqual(0);
        at = found + plain(text).length;
      }
      const kept = readTranscript(bytes(file)).cues.map(({ label, text }) => plain(`${label ?? ""}${text}`));
      const letters = (text: string) => [...text.replace(/14[:：]?00/g, "")].sort().join("");
      expect(letters(kept.join(""))).toBe(letters(whole));
    }),
    { numRuns: 500 },
  );
});

test("読めない形は、直し方を言って断る", () => {
  for (const [head, why] of [
    ["%PDF-1.7", /PDF は読めません/],
    ["{\\rtf1", /リッチテキスト は読めません/],
    ["<!doctype html><p>x", /ウェブページや XML は読めません/],
    ['{"a":[1,2]}', /発言の並び/],
  ] as const)
    expect(() => draft(head)).toThrowError(expect.objectContaining({ message: expect.stringMatching(why) }));
  expect(() => draft(writeZip(new Map([["a.txt", bytes("x")]])))).toThrowError(
    expect.objectContaining({ code: "BAD_INPUT" }),
  );
  // 「{」で始まるただの文は、文。
  expect(said("{議事}はここから\n")).toEqual(["？|{議事}はここから"]);
});
