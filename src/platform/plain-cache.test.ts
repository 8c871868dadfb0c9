import { expect, test } from "vitest";
import { sealed, table, text } from "../base/column.ts";
import { PlainCache } from "./plain-cache.ts";
import { ERASED, sealRow } from "./sealed-row.ts";

const notes = table("note", { id: text(), kind: text(), body: sealed() });
const key = { id: "k1", key: new Uint8Array(32).fill(7) };

test("一度開いた行は開き直さず、封じたものが変われば開き、鍵がなくなれば忘れる", () => {
  const cache = new PlainCache();
  const row = sealRow(notes, key, { id: "a", kind: "x", body: "はじめ" });
  expect(cache.open(notes, key, row)).toEqual({ id: "a", kind: "x", body: "はじめ" });
  // 鍵が違っても開けるのは、覚えているから。平文の列は、いまのもの。
  const wrong = { id: "k1", key: new Uint8Array(32).fill(9) };
  expect(cache.open(notes, wrong, { ...row, kind: "y" })).toEqual({ id: "a", kind: "y", body: "はじめ" });
  const next = sealRow(notes, key, { id: "a", kind: "y", body: "直した" });
  expect(cache.open(notes, key, next).body).toBe("直した");
  expect(cache.open(notes, undefined, next).body).toBe(ERASED);
  expect(() => cache.open(notes, wrong, next)).toThrow();
});
