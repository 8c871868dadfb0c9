import fc from "fast-check";
import { expect, test } from "vitest";
import { paperSchema } from "./meeting.ts";
import { copiesFor, printList } from "./print-list.ts";

test("９(3) 両面・部数・カラーから紙の枚数と、減った紙を数える", () => {
  const list = printList(
    [
      paperSchema.parse({ number: "資料1", title: "最終原稿", pages: 15, colour: 4, copies: 14 }),
      paperSchema.parse({ number: "資料2", title: "図", pages: 1, copies: 14, duplex: false }),
    ],
    2,
  );
  expect(list).toMatchObject({ sheets: 8 * 14 + 14, colour: 56, duplexSaved: 98, duplex: 98, dataSaved: 18 });
  expect(copiesFor([{ remote: true }, { remote: false }], 6)).toBe(7);
});

test("９(3) どの紙の組でも、刷る紙と両面で減った紙の和は、全部を片面に刷る紙に等しい", () => {
  const paper = fc.record({ pages: fc.nat(300), copies: fc.nat(50), duplex: fc.boolean() });
  fc.assert(
    fc.property(fc.array(paper, { maxLength: 8 }), (given) => {
      const papers = given.map((one) => paperSchema.parse({ number: "", title: "", ...one }));
      const { sheets, duplexSaved } = printList(papers, 0);
      expect(sheets + duplexSaved).toBe(papers.reduce((sum, one) => sum + one.pages * one.copies, 0));
    }),
  );
});
