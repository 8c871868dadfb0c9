import Encoding from "encoding-japanese";
import { openZip, writeZip } from "../office/zip.ts";
import { serialOf, xlsxOf } from "./sheet-fixture.ts";
import {
  cell,
  mergeField,
  paragraph,
  row,
  run,
  simpleField,
  table,
  textBox,
  wordFile,
} from "./word-fixture.ts";

export interface FuzzFile {
  name: string;
  bytes: Uint8Array;
}

/** 種から決まる乱数（mulberry32）。同じ種からは同じファイルができるので、見つけた種だけ残せばよい。 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const head = ["開催日", "開始時刻", "終了時刻", "会場", "講座名", "定員", "持ち物"];
const classes = [
  ["令和7年10月1日", "9:30", "11:30", "北区民センター", "スマートフォン入門", "20", "筆記用具"],
  ["10月2日(木)", "13時30分", "15:30", "中央区民センター ２階会議室", "キャッシュレス体験", "15名", ""],
  ["R7.10.3", "10:00～12:00", "", "北区民センター", "入門", "10", "－"],
];

/** 正しいファイルの見本。形はコードで作る。 */
export function fuzzSamples(): FuzzFile[] {
  const date = (iso: string) => ({ value: serialOf(iso), format: 'yyyy"年"m"月"d"日"' });
  const typed = [
    ["令和7年度 講習会日程表"],
    head,
    [
      date("2025-10-01"),
      { value: 0.4375, format: "h:mm" },
      { value: 0.5, format: "h:mm" },
      "北区民センター",
      "入門",
      20,
      "筆記用具",
    ],
    [
      date("2025-10-02"),
      { value: 0.5, format: "h:mm" },
      { formula: "B4+1/12", result: 0.58 },
      "南区民センター",
      "応用",
      12,
      null,
    ],
  ];
  const book = { name: "10月", rows: typed, merges: ["A1:G1"] };
  const csv = [head, ...classes].map((line) => line.map((text) => `"${text}"`).join(",")).join("\r\n");
  const letter =
    paragraph(run("受講通知書")) +
    paragraph(run("様 ") + mergeField("氏名") + simpleField(" MERGEFIELD 会場 ", "会場")) +
    table(2, row(cell(paragraph(run("日時"))), cell(paragraph(mergeField("日時"))))) +
    paragraph(textBox(paragraph(mergeField("受付番号")), 7));
  return [
    {
      name: "日程表.xlsx",
      bytes: xlsxOf([
        book,
        {
          name: "会場",
          rows: [
            ["会場", "住所"],
            ["北区民センター", "北区"],
          ],
          hidden: true,
        },
      ]),
    },
    {
      name: "strict.xlsx",
      bytes: xlsxOf({
        sheets: [{ name: "S", rows: [head, ...classes] }],
        strict: true,
        prefix: "x:",
        date1904: true,
      }),
    },
    { name: "日程表.csv", bytes: new TextEncoder().encode(`\ufeff${csv}`) },
    {
      name: "日程表-sjis.csv",
      bytes: new Uint8Array(Encoding.convert(Encoding.stringToCode(csv), { to: "SJIS", from: "UNICODE" })),
    },
    { name: "通知書.docx", bytes: wordFile({ body: letter }) },
  ];
}

/** 見本を壊す。半分はバイトのまま、半分は ZIP の中の一つの部品を壊して詰め直す（検査和に守られた奥まで届く）。 */
export function mutate(seed: number, samples: readonly FuzzFile[]): FuzzFile {
  const random = randomFrom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const { name, bytes } = pick(samples);
  const other = pick(samples).bytes;
  if (random() < 0.5 || !isZip(bytes)) return { name, bytes: broken(bytes, other, random) };
  const parts = openZip(bytes);
  const part = pick([...parts.keys()]);
  const times = 1 + Math.floor(random() * 3);
  let content = parts.get(part) ?? new Uint8Array();
  for (let i = 0; i < times; i += 1)
    content = random() < 0.5 ? rewritten(content, random) : broken(content, content, random);
  parts.set(part, content);
  return { name, bytes: writeZip(parts) };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** バイトを裏返す、途中で切る、ほかのファイルをはさむ、一部をくり返す、消す。 */
function broken(bytes: Uint8Array, other: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const size = Math.floor(random() ** 3 * bytes.length);
  const join = (...pieces: Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));
  switch (Math.floor(random() * 5)) {
    case 0: {
      const flipped = new Uint8Array(bytes);
      for (let i = 0; i < 1 + random() * 16; i += 1)
        flipped[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      return flipped;
    }
    case 1:
      return bytes.slice(0, at);
    case 2: {
      const from = Math.floor(random() * other.length);
      return join(bytes.subarray(0, at), other.subarray(from, from + size), bytes.subarray(at));
    }
    case 3:
      return join(
        bytes.subarray(0, at),
        ...Array.from({ length: 2 + random() * 30 }, () => bytes.subarray(at, at + size)),
        bytes.subarray(at),
      );
    default:
      return join(bytes.subarray(0, at), bytes.subarray(at + size));
  }
}

const nasty = [
  "99999999999999999999",
  "-1",
  "1e308",
  "NaN",
  "",
  "\u0000",
  "\ud800",
  "&#x110000;",
  "&lol;",
  "]]>",
  "<![CDATA[",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "XFD1048576",
  "A0",
  "A1:XFD1048576",
  "令和99年13月45日",
  "25:61",
  "１２３",
  "\u202e",
  "../../etc/passwd",
  "http://example.invalid/",
  "<a>".repeat(500),
  "あ".repeat(5000),
];

/** XML や CSV の文字の、値や要素を意地の悪いものに置き換える。 */
function rewritten(bytes: Uint8Array, random: () => number): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const pieces = text.split(/(?<=[<>"=])|(?=[<>"])/);
  const at = Math.floor(random() * pieces.length);
  const word = nasty[Math.floor(random() * nasty.length)] ?? "";
  if (random() < 0.5) pieces[at] = word;
  else pieces.splice(at, 0, word);
  return new TextEncoder().encode(pieces.join(""));
}
