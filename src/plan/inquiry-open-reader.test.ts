import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findProgram } from "../office/office-program.ts";
import { openZip, writeZip } from "../office/zip.ts";
import type { Inquiry } from "./inquiry.ts";
import { inquiryWord, inquiryWorkbook } from "./inquiry-document.ts";
import { readOpenPaper } from "./inquiry-open-reader.ts";
import { readInquiry } from "./inquiry-reader.ts";
import { matchCame } from "./match-came.ts";

const line = (block: string, sent: string, at: number): Inquiry["lines"][number] => ({
  ...{ id: block, block, position: at + 1, version: 1, sent, came: null, remark: "", state: "waiting" },
});
const inquiry: Inquiry = {
  ...{ id: "0192-aaaa-bbbbcccc", number: 3, department: "総務課", subject: "確認", due: "2025-01-17" },
  ...{ state: "open", at: "2025-01-08T00:00:00.000Z", returnedAt: null },
  lines: [line("p1", "一つ目の文。市は、計画を作る。", 0), line("m06.p2", "二つ目の文。\n- 手続\n- 窓口", 1)],
};
const paper = {
  ...{ inquiry, title: "第２次計画", author: "市", created: "2025-01-08T00:00:00.000Z", due: "1月17日" },
  places: new Map<string, string>(),
};
const known = new Set(inquiry.lines.map(({ block }) => block));

function edited(bytes: Uint8Array, name: string): Uint8Array {
  const parts = openZip(bytes);
  const xml = new TextDecoder().decode(parts.get(name)).replace("計画を作る", "計画を作り直す");
  return new Uint8Array(writeZip(parts.set(name, new TextEncoder().encode(xml))));
}

test("3(1)(ｱ) OpenDocument の表: コメント、変更履歴、取消線、結合、くり返しの列", () => {
  const cell = (text: string, more = "") =>
    `<table:table-cell${more}><text:p>${text}</text:p></table:table-cell>`;
  const content = `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"><office:automatic-styles><style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>消した文</text:p></text:tracked-changes><text:p>表の外。</text:p><table:table table:name="表1"><table:table-row>${cell("p1")}${cell('残す<text:span text:style-name="T1">消す</text:span>字<office:annotation><text:p>確かめて</text:p></office:annotation>', ' table:number-rows-spanned="2"')}<table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row>${cell("p2")}<table:covered-table-cell/></table:table-row></table:table></office:text></office:body></office:document-content>`;
  const { tables, outside } = readOpenPaper(new Map([["content.xml", new TextEncoder().encode(content)]]));
  expect(outside).toEqual(["表の外。"]);
  expect(tables[0]?.rows[0]?.slice(0, 2)).toEqual([
    { text: "p1" },
    { text: "残す字", note: "確かめて", struck: true },
  ]);
  expect(tables[0]?.rows[0]?.length).toBe(60);
  expect(tables[0]?.rows[1]?.[1]).toEqual({ text: "", joined: "down" });
});

test("3(1)(ｱ) LibreOffice（soffice）で保存し直した Word・Excel・OpenDocument も同じに読み、古い形は言う", () => {
  const soffice = findProgram(["soffice", "libreoffice"]);
  if (soffice === undefined) throw new Error("soffice がない");
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-inquiry-"));
  try {
    writeFileSync(join(folder, "a.docx"), edited(inquiryWord(paper), "word/document.xml"));
    writeFileSync(join(folder, "a.xlsx"), edited(inquiryWorkbook(paper), "xl/worksheets/sheet1.xml"));
    const resave = (to: string, from: string, name: string): Uint8Array => {
      const out = join(folder, to);
      execFileSync(
        soffice,
        [
          "--headless",
          `-env:UserInstallation=file://${folder}/lo`,
          "--convert-to",
          to,
          "--outdir",
          out,
          join(folder, from),
        ],
        { stdio: "ignore", timeout: 120_000 },
      );
      return new Uint8Array(readFileSync(join(out, name)));
    };
    for (const [to, from] of [
      ["docx", "a.docx"],
      ["odt", "a.docx"],
      ["xlsx", "a.xlsx"],
      ["ods", "a.xlsx"],
    ] as const) {
      const { lines, code, outside } = readInquiry(resave(to, from, `a.${to}`), `a.${to}`, known);
      const states = matchCame(inquiry.lines, lines, new Map()).answers.map(
        (one) => `${one.block} ${one.state}`,
      );
      expect([to, code, outside, states]).toEqual([...[to, "3-bbbbcccc", []], ["p1 changed", "m06.p2 same"]]);
    }
    for (const [to, from] of [
      ["doc", "a.docx"],
      ["xls", "a.xlsx"],
    ] as const)
      expect(() => readInquiry(resave(to, from, `a.${to}`), `a.${to}`, known)).toThrow("保存し直した");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
