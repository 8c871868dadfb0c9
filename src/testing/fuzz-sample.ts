import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SealedFileWriter } from "../backup/sealed-file.ts";
import { writeSlides } from "../office/slide-document.ts";
import { writeZip } from "../office/zip.ts";
import { newSigningKey, signCheckpoint } from "../sealing/checkpoint.ts";
import { leafBytes } from "../sealing/log-entry.ts";
import { leafHash, rootOf } from "../sealing/merkle.ts";
import { logLines } from "../sealing/write-log-file.ts";
import { simulateCalls } from "./call-log-fixture.ts";
import type { FuzzFile } from "./fuzz-file.ts";
import { makeOfficer } from "./officer-fixture.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** 表と Word のほかの、正しいファイルの見本（文字起こし、電話の記録、仕様書、控え、回答、記録の書き出しなど）。 */
export async function moreFuzzSamples(): Promise<FuzzFile[]> {
  const calls = simulateCalls(7);
  return [
    { name: "録音.vtt", bytes: utf8(vtt) },
    { name: "録音.srt", bytes: utf8(vtt.replace("WEBVTT\n\n", "").replaceAll(".000", ",000")) },
    {
      name: "録音.txt",
      bytes: utf8("座長：定刻になりましたので始めます。\n委員A：よろしくお願いします。\n"),
    },
    { name: "仕様書.txt", bytes: utf8(specification) },
    { name: "仕様書.pdf", bytes: utf8(pdf()) },
    { name: "意見.csv", bytes: utf8("id,letter,person,text\n1,1,1,窓口を増やしてほしい\n2,1,2,=cmd|'x'\n") },
    {
      name: "queue.log",
      bytes: utf8(
        calls.queueLogs
          .map(([, text]) => text)
          .join("")
          .slice(0, 6000),
      ),
    },
    {
      name: "master.cdr",
      bytes: utf8(
        calls.cdrs
          .map(([, text]) => text)
          .join("")
          .slice(0, 6000),
      ),
    },
    { name: "codebook.yaml", bytes: utf8("questions:\n  - { id: q1, type: sa, options: [はい, いいえ] }\n") },
    {
      name: "本文.md",
      bytes: utf8("# はじめに {#start}\n\n本文[^1]\n\n[^1]: 注\n\n| 列 |\n|---|\n| 値 |\n"),
    },
    { name: "資料.pptx", bytes: slides() },
    { name: "照会.odt", bytes: openText() },
    { name: "しるし.svg", bytes: utf8(mark) },
    {
      name: "照会.csv",
      bytes: utf8(
        "部分の印,いまの文,直した文,意見\np1,一つ目の文。,直した文。,\np2,二つ目の文。,,意見なし\n",
      ),
    },
    { name: "回答.json", bytes: utf8(await signedAnswer()) },
    { name: "意見.eml", bytes: utf8(mail) },
    {
      name: "知らせ.cti",
      bytes: utf8(
        '{"event":"newCall","callId":"1757.1","direction":"in","from":"0110000001","queue":"koza"}',
      ),
    },
    { name: "記録.jsonl", bytes: utf8(await logFile()) },
    { name: "控え.backup", bytes: await backup() },
  ];
}

function slides(): Uint8Array {
  const place = { x: 20, y: 40, width: 200, height: 60 };
  const chart = {
    title: "予約",
    unit: "件",
    categories: ["一期"],
    series: [{ name: "予約", values: [312] }],
  };
  return writeSlides({
    ...{ title: "計画", author: "市", created: "2025-01-08T00:00:00Z", footer: "" },
    slides: [
      {
        ...{ title: "第１章　現状", notes: "覚え" },
        items: [
          { ...place, kind: "box", text: "・一つ目\n・二つ目", alt: "" },
          { ...place, kind: "chart", chart, alt: "棒" },
        ],
      },
    ],
  });
}

function openText(): Uint8Array {
  const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
  const content = `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text><text:p>表の外。</text:p><table:table table:name="表1"><table:table-row>${cell("部分の印")}${cell("直した文")}</table:table-row><table:table-row>${cell("p1")}${cell("直した文。")}</table:table-row></table:table></office:text></office:body></office:document-content>`;
  return new Uint8Array(
    writeZip(
      new Map([
        ["mimetype", utf8("application/vnd.oasis.opendocument.text")],
        ["content.xml", utf8(content)],
      ]),
    ),
  );
}

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g transform="rotate(10 12 12)"><path fill="currentColor" d="M4 4h16v4a8 8 0 0 1-16 0zM6 6c2 1 4 1 6 0s4-1 6 0"/><circle cx="12" cy="18" r="3"/></g></svg>';
const mail = [
  "From: =?UTF-8?B?5qSc5p+7?= <a@example.invalid>",
  "Date: Tue, 14 Jan 2025 10:00:00 +0900",
  "Subject: =?ISO-2022-JP?B?GyRCMFU4KxsoQg==?=",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=UTF-8",
  "Content-Transfer-Encoding: base64",
  "",
  "56qT5Y+j44KS5aKX44KE44GX44Gm44G744GX44GE44CC",
  "--b",
  "Content-Type: text/csv; name*=UTF-8''%E6%84%8F%E8%A6%8B.csv",
  "Content-Disposition: attachment",
  "",
  "id,text",
  "--b--",
  "",
].join("\r\n");
const vtt =
  "WEBVTT\n\n1\n00:00:00.000 --> 00:00:04.000\n<v 座長>定刻になりましたので始めます。\n\n2\n00:00:04.000 --> 00:00:08.000\n<v 委員A>よろしくお願いします。\n";
const specification =
  "業務仕様書\n\n１　業務名\n　講習会申込受付業務\n\n２　履行期間\n　契約締結日から令和８年２月28日まで\n\n３　業務内容\n　(1) 受託者は、毎月10日までに、前月の実績を委託者に報告すること。\n　(2) 受託者は、クレームを受けたときは、翌営業日中に委託者に報告すること。\n";

function pdf(): string {
  const stream = "BT /F1 12 Tf 72 720 Td (1 Contract. The contractor shall report by the 10th.) Tj ET";
  return [
    "%PDF-1.4",
    "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj",
    `4 0 obj <</Length ${stream.length}>> stream\n${stream}\nendstream endobj`,
    "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
    "trailer <</Root 1 0 R>>",
    "%%EOF",
  ].join("\n");
}

async function signedAnswer(): Promise<string> {
  const officer = await makeOfficer();
  const statement = JSON.stringify({ format: "madoguchi-answer/1", decision: "approved", at: "2025-09-17" });
  return JSON.stringify({ statement, key: officer.publicKey, signature: "A".repeat(86) });
}

async function logFile(): Promise<string> {
  const { privateKey } = newSigningKey();
  const at = "2025-09-17T04:40:00.000Z";
  const entries = Array.from({ length: 5 }, (_, seq) => ({
    ...{ id: `e${seq}`, contract: "c", kind: "booking.taken", at, recordedAt: at, actor: "a" },
    ...{ subject: null, about: `b${seq}`, payload: { n: seq }, seq },
  }));
  const root = rootOf(entries.map((entry) => leafHash(leafBytes(entry))));
  const checkpoints = [signCheckpoint(privateKey, "o", entries.length, root, at)];
  const lines: string[] = [];
  for await (const line of logLines({ office: "o", privateKey, exportedAt: at, checkpoints, entries }))
    lines.push(line);
  return lines.join("");
}

async function backup(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-fuzz-"));
  try {
    const path = join(folder, "x.backup");
    const writer = await SealedFileWriter.create(path, new Uint8Array(32).fill(7), {
      part: "data",
      set: "x",
    });
    for (let n = 0; n < 20; n += 1) await writer.line({ table: "event", row: n });
    await writer.finish();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
