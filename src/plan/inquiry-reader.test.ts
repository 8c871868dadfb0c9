import { expect, test } from "vitest";
import type { Inquiry } from "./inquiry.ts";
import { inquiryWord, inquiryWorkbook } from "./inquiry-document.ts";
import { readInquiry } from "./inquiry-reader.ts";

const line = (block: string, sent: string, at: number): Inquiry["lines"][number] => ({
  ...{ id: block, block, position: at + 1, version: 1, sent, came: null, remark: "", state: "waiting" },
});
const inquiry: Inquiry = {
  ...{ id: "i", number: 1, department: "総務課", subject: "確認", due: "2025-01-17", state: "open" },
  ...{ at: "2025-01-08T00:00:00.000Z", returnedAt: null },
  lines: [line("p1", "一つ目の文。", 0), line("m06.p2", "二つ目。", 1)],
};
const paper = {
  ...{ inquiry, title: "計画", author: "市", created: "2025-01-08T00:00:00.000Z", due: "1月17日" },
  places: new Map([["p1", "第１章"]]),
};

test("3(1)(ｱ) 庁内照会は、Word でも Excel でも、出したままの形で部分の印から読み戻せる", () => {
  const wanted = [
    { block: "p1", text: "一つ目の文。", remark: "" },
    { block: "m06.p2", text: "二つ目。", remark: "" },
  ];
  expect(readInquiry(inquiryWord(paper), "回答.docx")).toEqual(wanted);
  expect(readInquiry(inquiryWorkbook(paper), "回答.xlsx")).toEqual(wanted);
});
