import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openZip, writeZip } from "../office/zip.ts";
import { fillXlsx } from "../testing/answer-form-fixture.ts";
import { answerFormDocx, answerFormXlsx } from "./answer-form-document.ts";
import { readFormAnswer } from "./answer-form-reader.ts";
import { offeredOutcomes, packageFormat, type ReviewManifest } from "./review-package.ts";

const manifest: ReviewManifest = {
  ...{ format: packageFormat, id: "p", demo: false, work: "業務", client: "札幌市", clientUnit: "企画課" },
  ...{ contractor: "受託者", kind: "application", document: "令和7年度 申請 第1号", version: 1 },
  ...{ formTitle: "申請書", title: "件名 <b>&", clause: "8", submittedAt: "2025-09-17T04:40:00.000Z" },
  ...{ due: null, attachments: [], madeAt: "2025-09-17T04:40:00.000Z" },
  items: [{ label: "回答者", value: "回答の内容・理由ではない文\n二行目" }],
  outcomes: offeredOutcomes("application"),
};
const facts = { manifest, hash: "a".repeat(64), code: "7K2M-Q0XR-9TBD" };

/** 空の欄（右のます）に、上から順に書く。 */
function fillDocx(bytes: Uint8Array, words: readonly string[]): Uint8Array {
  const parts = openZip(bytes);
  let xml = Buffer.from(parts.get("word/document.xml") ?? []).toString();
  for (const label of ["回答", "回答の内容・理由", "回答した方（部署と職名）"].entries()) {
    const at = xml.indexOf(`>${label[1]}</w:t>`, xml.indexOf("確認番号"));
    const paragraph = xml.indexOf("</w:p>", xml.indexOf("<w:tc>", at));
    const text = `<w:r><w:t>${words[label[0]] ?? ""}</w:t></w:r>`;
    xml = xml.slice(0, paragraph) + text + xml.slice(paragraph);
  }
  return writeZip(new Map([...parts, ["word/document.xml", Buffer.from(xml)]]));
}

test("Word の回答様式に書かれたことを、見出しの右の欄から読む", () => {
  const filled = fillDocx(answerFormDocx(facts), ["☑ 承認。", "差し支えありません。", "企画課 係長"]);
  expect(readFormAnswer(filled)).toEqual({
    ...{ source: "docx", code: facts.code, outcome: "承認", words: "差し支えありません。" },
    officer: "企画課 係長",
  });
});

test("Excel の回答様式に書かれたことを読む。空の欄は空のまま", () => {
  expect(
    readFormAnswer(fillXlsx(answerFormXlsx(facts), { B4: "差戻し", B5: "根拠を添えてください。" })),
  ).toEqual({
    ...{ source: "xlsx", code: facts.code, outcome: "差戻し", words: "根拠を添えてください。", officer: "" },
  });
});

test("回答様式でない Excel や Word は、わけを言って断る", () => {
  const other = readFileSync(new URL("../testing/booking-list-template.xlsx", import.meta.url));
  expect(() => readFormAnswer(other)).toThrow("確認番号");
  expect(() => readFormAnswer(writeZip(new Map([["a.txt", Buffer.from("x")]])))).toThrow();
});
